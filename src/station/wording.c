#include "station/wording.h"

#include <string.h>

/* Spaces that French typography wants: narrow before ? ! ; and full before a colon. Neither breaks. */
#define NNBSP "\u202f"
#define NBSP "\u00a0"

#define DESK { "Le bureau d’accueil vous aide.", "请到接待处，工作人员会为您办理。" }
#define QUESTION { "Une question" NNBSP "? Le bureau d’accueil vous aide.", "如有疑问，请到接待处。" }

/* The first row of a verdict whose detail is "" or fits. General rows stand last in their verdict. */
static const struct {
  Verdict verdict;
  const char *detail;
  Wording sentence, remedy;
} VERDICTS[] = {
  { VERDICT_ADMITTED, "", { "Bienvenue", "欢迎光临" }, { "", "" } },

  { VERDICT_ALREADY_IN, "used", { "Ce droit a déjà servi", "您的权益已使用" }, QUESTION },
  { VERDICT_ALREADY_IN,
    "loan",
    { "Vous avez déjà un casque", "您已领取同传耳机" },
    { "Rendez-le pour en recevoir un autre.", "归还后可重新领取。" } },
  { VERDICT_ALREADY_IN, "", { "Votre entrée est déjà enregistrée", "您已签到入场" }, QUESTION },

  { VERDICT_NOT_ENTITLED,
    "event",
    { "Votre inscription concerne un autre événement", "您报名的是另一场活动" },
    { "Le bureau d’accueil peut compléter votre inscription.", "接待处可为您补办报名。" } },
  { VERDICT_NOT_ENTITLED, "category", { "Cet espace est réservé à d’autres invités", "此区域仅向特定嘉宾开放" }, QUESTION },
  { VERDICT_NOT_ENTITLED,
    "session",
    { "Cet atelier n’est pas dans votre inscription", "您的报名未包含此分论坛" },
    { "Le bureau d’accueil vous dira s’il reste des places.", "请到接待处询问是否有余位。" } },
  { VERDICT_NOT_ENTITLED, "meals", { "Le repas n’est pas compris dans votre inscription", "您的报名未包含用餐" }, QUESTION },
  { VERDICT_NOT_ENTITLED, "transport", { "La navette n’est pas comprise dans votre inscription", "您的报名未包含班车" }, QUESTION },
  { VERDICT_NOT_ENTITLED, "headset", { "Le casque n’est pas compris dans votre inscription", "您的报名未包含同传耳机" }, QUESTION },
  { VERDICT_NOT_ENTITLED, "", { "Cet accès n’est pas compris dans votre inscription", "您的报名未包含此项" }, QUESTION },

  { VERDICT_NOT_TODAY,
    "nothing",
    { "Rien n’a lieu ici aujourd’hui", "此处今日没有活动" },
    { "Le programme vous indique le bon jour.", "请查看日程，确认日期。" } },
  { VERDICT_NOT_TODAY,
    "",
    { "Votre inscription vaut pour un autre jour", "您报名的是其他日期" },
    { "Le bureau d’accueil peut ajouter ce jour.", "接待处可为您增加今天。" } },
  { VERDICT_CLOSED, "", { "C’est fermé en ce moment", "现在不在开放时间" }, { "Les horaires sont dans le programme.", "开放时间请见日程。" } },
  { VERDICT_FULL,
    "",
    { "C’est complet pour le moment", "目前已满" },
    { "Une place peut se libérer" NBSP ": patientez un instant.", "可能会有空位，请稍候。" } },

  { VERDICT_BADGE_VOID,
    "replaced",
    { "Ce badge a été remplacé", "此胸卡已更换" },
    { "Un badge plus récent existe à votre nom. Le bureau d’accueil vous aide en un instant.", "您已有一张新胸卡。请到接待处，工作人员将立即为您办理。" } },
  { VERDICT_BADGE_VOID,
    "",
    { "Ce badge n’est plus valable", "此胸卡已失效" },
    { "Le bureau d’accueil vous en imprime un autre.", "请到接待处，为您重新打印。" } },
  { VERDICT_TICKET_USED,
    "",
    { "Présentez votre badge", "请出示您的胸卡" },
    { "Il remplace votre convocation. Badge perdu" NNBSP "? Le bureau d’accueil vous aide.", "胸卡已代替参会凭证。如有遗失，请到接待处。" } },

  { VERDICT_UNKNOWN, "other-congress", { "Ce code vient d’un autre congrès", "此二维码属于其他会议" }, DESK },
  { VERDICT_UNKNOWN,
    "damaged",
    { "Le code n’a pas été lu en entier", "二维码未能完整读取" },
    { "Présentez-le encore une fois, bien à plat.", "请放平后再试一次。" } },
  { VERDICT_UNKNOWN, "not-here", { "Votre inscription n’est pas encore connue ici", "此处暂未收到您的报名信息" }, DESK },
  { VERDICT_UNKNOWN,
    "",
    { "Ce code n’est pas reconnu ici", "此处无法识别该二维码" },
    { "Présentez votre convocation ou votre badge, ou passez au bureau d’accueil.", "请出示参会凭证或胸卡，或到接待处。" } },
  { VERDICT_FORGED, "", { "Ce code n’a pas pu être vérifié", "此二维码未能通过验证" }, DESK },
  { VERDICT_REVOKED,
    "station",
    { "Ce badge doit être imprimé à nouveau", "此胸卡需要重新打印" },
    { "Le bureau d’accueil s’en charge en un instant.", "请到接待处，工作人员将立即为您办理。" } },
  { VERDICT_REVOKED, "", { "Votre inscription n’est plus active", "您的报名已不在有效状态" }, DESK },
};

static const Wording ADMITTED[CHECKPOINT_KIND_COUNT][2] = {
  [CHECKPOINT_ENTRANCE] = { { "Bienvenue", "欢迎光临" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_ZONE] = { { "Bienvenue", "欢迎光临" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_SESSION] = { { "Bon atelier", "欢迎参加分论坛" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_MEAL] = { { "Bon appétit", "祝您用餐愉快" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_SHUTTLE] = { { "Bienvenue à bord", "欢迎乘车" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_HEADSET] = { { "Voici votre casque", "请领取同传耳机" }, { "Casque rendu, merci", "耳机已归还，谢谢" } },
  [CHECKPOINT_B2B] = { { "Bons échanges", "祝您洽谈愉快" }, { "À bientôt", "再见，欢迎再来" } },
};

/* PWG 5100.1 and RFC 8011 name the reasons. */
static const struct {
  const char *reason;
  Wording text;
} PRINTER[] = {
  { "media-empty", { "Plus de papier" NBSP ": ajoutez des badges vierges.", "缺纸：请添加空白胸卡纸。" } },
  { "media-needed", { "Le papier demandé n’est pas en place" NBSP ": mettez des badges vierges.", "纸张不符：请放入空白胸卡纸。" } },
  { "media-low", { "Bientôt plus de papier" NBSP ": préparez des badges vierges.", "纸张不足：请准备空白胸卡纸。" } },
  { "media-jam", { "Bourrage" NBSP ": ouvrez l’imprimante et retirez la feuille doucement.", "卡纸：请打开打印机，轻轻取出纸张。" } },
  { "cover-open", { "Le capot est ouvert" NBSP ": refermez-le.", "盖子未关：请关好。" } },
  { "door-open", { "Une porte est ouverte" NBSP ": refermez-la.", "机门未关：请关好。" } },
  { "toner-empty", { "Plus de toner" NBSP ": changez la cartouche.", "碳粉用尽：请更换粉盒。" } },
  { "toner-low", { "Bientôt plus de toner" NBSP ": préparez une cartouche.", "碳粉不足：请准备粉盒。" } },
  { "marker-supply-empty", { "Plus d’encre" NBSP ": changez la cartouche ou le ruban.", "耗材用尽：请更换墨盒或色带。" } },
  { "marker-supply-low", { "Bientôt plus d’encre" NBSP ": préparez une cartouche ou un ruban.", "耗材不足：请准备墨盒或色带。" } },
  { "input-tray-missing", { "Le bac manque" NBSP ": remettez-le en place.", "缺少纸盒：请装回纸盒。" } },
  { "output-area-full", { "La sortie est pleine" NBSP ": retirez les badges.", "出纸口已满：请取走胸卡。" } },
  { "offline", { "L’imprimante ne répond pas" NBSP ": allumez-la et vérifiez son câble.", "打印机无响应：请开机并检查连线。" } },
  { "shutdown", { "L’imprimante est éteinte" NBSP ": allumez-la.", "打印机已关机：请开机。" } },
  { "paused", { "L’imprimante est en pause" NBSP ": appuyez sur sa touche de reprise.", "打印机已暂停：请按继续键。" } },
  { "connecting-to-device", { "Connexion à l’imprimante" NBSP ": un instant.", "正在连接打印机，请稍候。" } },
  { "timed-out", { "L’imprimante tarde à répondre" NBSP ": vérifiez son câble.", "打印机响应超时：请检查连线。" } },
};

static guint find_verdict (Verdict verdict, const char *detail)
{
  for (guint i = 0; i < G_N_ELEMENTS (VERDICTS); i++)
    if (VERDICTS[i].verdict == verdict && (*VERDICTS[i].detail == '\0' || g_strcmp0 (VERDICTS[i].detail, detail) == 0))
      return i;
  g_return_val_if_reached (0);
}

Wording wording_verdict (Verdict verdict, const char *detail)
{
  return VERDICTS[find_verdict (verdict, detail)].sentence;
}

Wording wording_remedy (Verdict verdict, const char *detail)
{
  return VERDICTS[find_verdict (verdict, detail)].remedy;
}

Wording wording_admitted (CheckpointKind kind, Direction direction)
{
  g_return_val_if_fail ((guint) kind < CHECKPOINT_KIND_COUNT, VERDICTS[0].sentence);
  return ADMITTED[kind][direction == DIRECTION_OUT ? 1 : 0];
}

Wording wording_standstill (void)
{
  return (Wording) { "Ce poste ne peut plus rien enregistrer\u202f; rien n’a été décidé. Appelez l’équipe technique.", "本站点暂时无法记录，未作任何判定。请联系技术人员。" };
}

Wording wording_ribbon (const char *ribbon)
{
  static const struct {
    const char *id;
    Wording text;
  } RIBBONS[] = {
    { "signatory", { "Signataire", "签署方" } },
    { "candidate", { "Candidat au prix", "奖项候选方" } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (RIBBONS); i++)
    if (strcmp (RIBBONS[i].id, ribbon) == 0)
      return RIBBONS[i].text;
  return (Wording){ ribbon, ribbon };
}

Wording wording_printer_reason (const char *reason)
{
  for (guint i = 0; reason && i < G_N_ELEMENTS (PRINTER); i++)
    if (strcmp (PRINTER[i].reason, reason) == 0)
      return PRINTER[i].text;
  return (Wording){ "L’imprimante demande de l’aide" NBSP ": voyez son écran.", "打印机需要处理：请查看其屏幕提示。" };
}
