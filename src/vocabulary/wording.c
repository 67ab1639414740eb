#include "vocabulary/wording.h"

#include <string.h>

/* Spaces that French typography wants: narrow before ? ! ; and full before a colon.
 * Neither breaks. */
#define NNBSP "\u202f"
#define NBSP "\u00a0"

#define DESK                                                                                       \
  {                                                                                                \
    "Le bureau d’accueil vous aide.", "请到接待处，工作人员会为您办理。"           \
  }
#define QUESTION                                                                                   \
  {                                                                                                \
    "Une question" NNBSP "? Le bureau d’accueil vous aide.", "如有疑问，请到接待处。"   \
  }

/* The first row of a verdict whose detail is "" or fits. General rows stand last in their
 * verdict. */
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
  { VERDICT_ALREADY_IN, "returned", { "Ce casque est déjà rendu", "耳机已归还" }, { "", "" } },
  { VERDICT_ALREADY_IN, "", { "Votre entrée est déjà enregistrée", "您已签到入场" }, QUESTION },

  { VERDICT_NOT_ENTITLED,
    "event",
    { "Votre inscription concerne un autre événement", "您报名的是另一场活动" },
    { "Le bureau d’accueil peut compléter votre inscription.", "接待处可为您补办报名。" } },
  { VERDICT_NOT_ENTITLED,
    "category",
    { "Cet espace est réservé à d’autres invités", "此区域仅向特定嘉宾开放" },
    QUESTION },
  { VERDICT_NOT_ENTITLED,
    "session",
    { "Cet atelier n’est pas dans votre inscription", "您的报名未包含此分论坛" },
    { "Le bureau d’accueil vous dira s’il reste des places.", "请到接待处询问是否有余位。" } },
  { VERDICT_NOT_ENTITLED,
    "meals",
    { "Le repas n’est pas compris dans votre inscription", "您的报名未包含用餐" },
    QUESTION },
  { VERDICT_NOT_ENTITLED,
    "transport",
    { "La navette n’est pas comprise dans votre inscription", "您的报名未包含班车" },
    QUESTION },
  { VERDICT_NOT_ENTITLED,
    "headset",
    { "Le casque n’est pas compris dans votre inscription", "您的报名未包含同传耳机" },
    QUESTION },
  { VERDICT_NOT_ENTITLED,
    "",
    { "Cet accès n’est pas compris dans votre inscription", "您的报名未包含此项" },
    QUESTION },

  { VERDICT_NOT_TODAY,
    "nothing",
    { "Rien n’a lieu ici aujourd’hui", "此处今日没有活动" },
    { "Le programme vous indique le bon jour.", "请查看日程，确认日期。" } },
  { VERDICT_NOT_TODAY,
    "",
    { "Votre inscription vaut pour un autre jour", "您报名的是其他日期" },
    { "Le bureau d’accueil peut ajouter ce jour.", "接待处可为您增加今天。" } },
  { VERDICT_CLOSED,
    "",
    { "C’est fermé en ce moment", "现在不在开放时间" },
    { "Les horaires sont dans le programme.", "开放时间请见日程。" } },
  { VERDICT_FULL,
    "",
    { "C’est complet pour le moment", "目前已满" },
    { "Une place peut se libérer" NBSP ": patientez un instant.", "可能会有空位，请稍候。" } },

  { VERDICT_BADGE_VOID,
    "replaced",
    { "Ce badge a été remplacé", "此胸卡已更换" },
    { "Un badge plus récent existe à votre nom. Le bureau d’accueil vous aide en un instant.",
      "您已有一张新胸卡。请到接待处，工作人员将立即为您办理。" } },
  { VERDICT_BADGE_VOID,
    "",
    { "Ce badge n’est plus valable", "此胸卡已失效" },
    { "Le bureau d’accueil vous en imprime un autre.", "请到接待处，为您重新打印。" } },
  { VERDICT_TICKET_USED,
    "",
    { "Présentez votre badge", "请出示您的胸卡" },
    { "Il remplace votre convocation. Badge perdu" NNBSP "? Le bureau d’accueil vous aide.",
      "胸卡已代替参会凭证。如有遗失，请到接待处。" } },

  { VERDICT_UNKNOWN,
    "other-congress",
    { "Ce code vient d’un autre congrès", "此二维码属于其他会议" },
    DESK },
  { VERDICT_UNKNOWN,
    "damaged",
    { "Le code n’a pas été lu en entier", "二维码未能完整读取" },
    { "Présentez-le encore une fois, bien à plat.", "请放平后再试一次。" } },
  { VERDICT_UNKNOWN,
    "not-here",
    { "Votre inscription n’est pas encore connue ici", "此处暂未收到您的报名信息" },
    DESK },
  { VERDICT_UNKNOWN,
    "",
    { "Ce code n’est pas reconnu ici", "此处无法识别该二维码" },
    { "Présentez votre convocation ou votre badge, ou passez au bureau d’accueil.",
      "请出示参会凭证或胸卡，或到接待处。" } },
  { VERDICT_FORGED, "", { "Ce code n’a pas pu être vérifié", "此二维码未能通过验证" }, DESK },
  { VERDICT_REVOKED,
    "station",
    { "Ce badge doit être imprimé à nouveau", "此胸卡需要重新打印" },
    { "Le bureau d’accueil s’en charge en un instant.", "请到接待处，工作人员将立即为您办理。" } },
  { VERDICT_REVOKED,
    "",
    { "Votre inscription n’est plus active", "您的报名已不在有效状态" },
    DESK },
};

static const Wording ADMITTED[CHECKPOINT_KIND_COUNT][2] = {
  [CHECKPOINT_ENTRANCE] = { { "Bienvenue", "欢迎光临" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_ZONE] = { { "Bienvenue", "欢迎光临" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_SESSION] = { { "Bon atelier", "欢迎参加分论坛" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_MEAL] = { { "Bon appétit", "祝您用餐愉快" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_SHUTTLE] = { { "Bienvenue à bord", "欢迎乘车" }, { "À bientôt", "再见，欢迎再来" } },
  [CHECKPOINT_HEADSET]
  = { { "Voici votre casque", "请领取同传耳机" }, { "Casque rendu, merci", "耳机已归还，谢谢" } },
  [CHECKPOINT_B2B] = { { "Bons échanges", "祝您洽谈愉快" }, { "À bientôt", "再见，欢迎再来" } },
};

/* What is wrong with a printer, and what to do (vocabulary/printer_reason.h). */
static const Wording TROUBLES[PRINTER_REASON_COUNT] = {
  [PRINTER_REASON_NO_SPOOLER]
  = { "Le service d’impression ne répond pas" NBSP ": appelez l’équipe technique.",
      "打印服务无响应：请联系技术人员。" },
  [PRINTER_REASON_NO_QUEUE]
  = { "Cette imprimante n’est pas installée sur ce poste" NBSP ": appelez l’équipe technique.",
      "本站点未安装此打印机：请联系技术人员。" },
  [PRINTER_REASON_SPOOL] = { "Le disque de ce poste est plein" NBSP ": appelez l’équipe technique.",
                             "本站点磁盘已满：请联系技术人员。" },
  [PRINTER_REASON_REJECTING]
  = { "La file d’impression est fermée" NBSP ": l’équipe technique peut la rouvrir.",
      "打印队列已关闭：请技术人员重新开放。" },
  [PRINTER_REASON_OFF] = { "L’imprimante ne répond pas" NBSP ": allumez-la et vérifiez ses câbles.",
                           "打印机无响应：请开机并检查连线。" },
  [PRINTER_REASON_OFFLINE] = { "L’imprimante est hors ligne" NBSP
                               ": remettez-la en ligne sur son panneau, et vérifiez son câble.",
                               "打印机处于脱机状态：请在面板上恢复联机，并检查连线。" },
  [PRINTER_REASON_AUTHENTICATION]
  = { "L’imprimante demande un mot de passe" NBSP ": appelez l’équipe technique.",
      "打印机要求密码：请联系技术人员。" },
  [PRINTER_REASON_FILTER]
  = { "Le pilote de l’imprimante a échoué" NBSP ": appelez l’équipe technique.",
      "打印机驱动出错：请联系技术人员。" },
  [PRINTER_REASON_JAM] = { "Bourrage" NBSP ": ouvrez l’imprimante et retirez la feuille doucement.",
                           "卡纸：请打开打印机，轻轻取出纸张。" },
  [PRINTER_REASON_COVER] = { "Le capot est ouvert" NBSP ": refermez-le.", "盖子未关：请关好。" },
  [PRINTER_REASON_TRAY]
  = { "Le bac manque" NBSP ": remettez-le en place.", "缺少纸盒：请装回纸盒。" },
  [PRINTER_REASON_PAPER]
  = { "Plus de papier" NBSP ": ajoutez des badges vierges.", "缺纸：请添加空白胸卡纸。" },
  [PRINTER_REASON_OTHER_PAPER]
  = { "Le papier demandé n’est pas en place" NBSP ": mettez des badges vierges.",
      "纸张不符：请放入空白胸卡纸。" },
  [PRINTER_REASON_RIBBON] = { "Plus d’encre ou de ruban" NBSP ": changez la cartouche ou le ruban.",
                              "墨水或色带用尽：请更换墨盒或色带。" },
  [PRINTER_REASON_TONER]
  = { "Plus de toner" NBSP ": changez la cartouche.", "碳粉用尽：请更换粉盒。" },
  [PRINTER_REASON_WASTE]
  = { "Le bac de récupération est plein" NBSP ": remplacez-le.", "废粉盒已满：请更换。" },
  [PRINTER_REASON_OUTPUT]
  = { "La sortie est pleine" NBSP ": retirez les badges.", "出纸口已满：请取走胸卡。" },
  [PRINTER_REASON_HEAT]
  = { "L’imprimante n’est pas à la bonne température" NBSP ": attendez un instant.",
      "打印机温度异常：请稍候。" },
  [PRINTER_REASON_PART]
  = { "Une pièce de l’imprimante est usée" NBSP ": appelez l’équipe technique.",
      "打印机部件已到寿命：请联系技术人员。" },
  [PRINTER_REASON_MEMORY]
  = { "La mémoire de l’imprimante est pleine" NBSP ": éteignez-la et rallumez-la.",
      "打印机内存不足：请关机后重新开机。" },
  [PRINTER_REASON_PAUSED]
  = { "L’imprimante est en pause" NBSP ": appuyez sur sa touche de reprise.",
      "打印机已暂停：请按继续键。" },
  [PRINTER_REASON_STOPPED]
  = { "La file d’impression est arrêtée" NBSP ": elle reprend seule quand la cause a disparu" NNBSP
      "; sinon, appelez l’équipe technique.",
      "打印队列已停止：故障排除后将自动恢复；如未恢复，请联系技术人员。" },
  [PRINTER_REASON_SLOW] = { "L’imprimante tarde à répondre" NBSP ": vérifiez ses câbles.",
                            "打印机响应超时：请检查连线。" },
  [PRINTER_REASON_UNKNOWN] = { "L’imprimante demande de l’aide" NBSP ": voyez son écran.",
                               "打印机需要处理：请查看其屏幕提示。" },
  [PRINTER_REASON_PAPER_LOW] = { "Bientôt plus de papier" NBSP ": préparez des badges vierges.",
                                 "纸张不足：请准备空白胸卡纸。" },
  [PRINTER_REASON_RIBBON_LOW]
  = { "Bientôt plus d’encre ou de ruban" NBSP ": préparez une cartouche ou un ruban.",
      "墨水或色带不足：请准备墨盒或色带。" },
  [PRINTER_REASON_TONER_LOW]
  = { "Bientôt plus de toner" NBSP ": préparez une cartouche.", "碳粉不足：请准备粉盒。" },
  [PRINTER_REASON_WASTE_HIGH]
  = { "Le bac de récupération est presque plein" NBSP ": préparez son remplaçant.",
      "废粉盒将满：请准备更换。" },
  [PRINTER_REASON_OUTPUT_HIGH]
  = { "La sortie est presque pleine" NBSP ": retirez les badges.", "出纸口将满：请取走胸卡。" },
};

static guint find_verdict (Verdict verdict, const char *detail)
{
  for (guint i = 0; i < G_N_ELEMENTS (VERDICTS); i++)
    if (VERDICTS[i].verdict == verdict
        && (*VERDICTS[i].detail == '\0' || g_strcmp0 (VERDICTS[i].detail, detail) == 0))
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
  return (Wording){ "Ce poste ne peut plus rien enregistrer\u202f; rien n’a été décidé. Appelez "
                    "l’équipe technique.",
                    "本站点暂时无法记录，未作任何判定。请联系技术人员。" };
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
  PrinterReason trouble
      = reason != NULL ? printer_reason_of_keyword (reason) : PRINTER_REASON_UNKNOWN;
  PrinterReasonSeverity severity;

  /* A printer's own word. */
  if (trouble == PRINTER_REASON_UNKNOWN && reason != NULL
      && !printer_reason_of_printer_reason (reason, &trouble, &severity))
    trouble = PRINTER_REASON_UNKNOWN;
  return TROUBLES[trouble];
}

Wording wording_trouble (PrinterReason trouble)
{
  g_return_val_if_fail ((guint) trouble < PRINTER_REASON_COUNT, TROUBLES[PRINTER_REASON_UNKNOWN]);
  return TROUBLES[trouble];
}
