#include "vocabulary/desk_verdict.h"

#include <string.h>

#define NNBSP "\u202f"
#define NBSP "\u00a0"

static const Wording VERDICTS[DESK_VERDICT_COUNT] = {
  [DESK_PRINTING] = { "Le nouveau badge s’imprime" NNBSP "; l’ancien n’ouvre plus rien.",
                      "新胸卡正在打印，旧胸卡已失效。" },
  [DESK_VOIDED] = { "Ce badge n’ouvre plus rien.", "该胸卡已失效。" },
  [DESK_CONFIRMED] = { "C’est noté" NBSP ": le badge est imprimé.", "已记录：胸卡已打印。" },
  [DESK_CANCELED] = { "L’impression est annulée" NNBSP "; si ce badge sort, détruisez-le.",
                      "打印已取消；如胸卡仍被打出，请销毁。" },
  [DESK_CORRECTED]
  = { "L’inscription est corrigée. Si un badge porte l’ancien texte, réimprimez-le.",
      "报名信息已更正。如胸卡上仍是旧内容，请重新打印。" },
  [DESK_REGISTERED] = { "La personne est inscrite.", "已完成现场登记。" },
  [DESK_CLOSED] = { "L’alerte est classée.", "提醒已关闭。" },
  [DESK_ALREADY] = { "C’était déjà fait" NBSP ": rien n’a changé.", "此前已完成，无需重复操作。" },
  [DESK_NO_VOLUNTEER] = { "Indiquez d’abord votre nom.", "请先填写您的姓名。" },
  [DESK_NO_TEXT] = { "Écrivez le motif en quelques mots.", "请简要填写原因。" },
  [DESK_UNKNOWN] = { "Cette référence n’est pas connue ici" NBSP
                     ": vérifiez-la, ou cherchez la personne par son nom.",
                     "此处没有该编号：请核对，或按姓名查找。" },
  [DESK_REVOKED] = { "Cette inscription n’est plus active" NBSP ": voyez avec l’organisation.",
                     "该报名已不在有效状态：请联系组委会。" },
  [DESK_NO_BADGE]
  = { "Aucun badge de cette personne n’est connu ici. S’il est perdu, réimprimez-le" NBSP
      ": l’ancien n’ouvrira plus rien.",
      "此处没有此人的胸卡记录。如已遗失，请重新打印，旧胸卡即失效。" },
  [DESK_CHANGED] = { "Un autre badge vient d’être émis pour cette personne" NBSP
                     ": regardez sa fiche avant de réimprimer.",
                     "此人刚有新胸卡签发：请先查看其资料，再决定是否重印。" },
  [DESK_NO_SERIAL] = { "Aucun badge de cette personne n’a encore ce numéro ici" NBSP
                       ": relisez le numéro sur le badge, ou regardez sa fiche.",
                       "此处尚无此人的该编号胸卡：请核对胸卡上的编号，或查看其资料。" },
  [DESK_NO_JOB] = { "Cette impression n’existe pas" NBSP ": choisissez-la dans la liste.",
                    "没有该打印任务：请从列表中选择。" },
  [DESK_ELSEWHERE] = { "Cette impression est celle d’un autre poste" NBSP ": répondez là-bas.",
                       "该打印任务属于其他站点：请到该站点处理。" },
  [DESK_JOB_OPEN] = { "L’impression est en cours" NBSP ": attendez, ou annulez-la.",
                      "正在打印：请稍候，或取消打印。" },
  [DESK_JOB_PRINTED] = { "Ce badge est imprimé. S’il manque, réimprimez-le avec un motif.",
                         "该胸卡已打印。如找不到，请注明原因后重印。" },
  [DESK_JOB_FAILED] = { "Ce badge n’a pas été imprimé" NBSP ": relancez l’impression.",
                        "该胸卡未打印：请重新打印。" },
  [DESK_JOB_UNSURE]
  = { "Dites d’abord si ce badge est sorti de l’imprimante.", "请先确认该胸卡是否已打出。" },
  [DESK_JOB_VOID] = { "Ce badge n’est plus valable" NBSP ": il n’y a rien à imprimer.",
                      "该胸卡已失效，无需打印。" },
  [DESK_NO_NAME] = { "Il faut au moins un nom.", "请至少填写一个姓名。" },
  [DESK_BAD_TEXT] = { "Ce texte est trop long ou contient des caractères illisibles.",
                      "该内容过长或含有无法识别的字符。" },
  [DESK_BAD_SCRIPT]
  = { "Le nom chinois s’écrit en caractères chinois, le nom latin en lettres latines.",
      "中文姓名请用汉字，外文姓名请用拉丁字母。" },
  [DESK_NO_PROGRAMME] = { "Le programme n’est pas encore arrivé sur ce poste" NBSP
                          ": attendez le réseau ou appelez l’équipe technique.",
                          "本站点尚未收到日程：请等待网络恢复，或联系技术人员。" },
  [DESK_BAD_CATEGORY] = { "Choisissez une catégorie du programme.", "请选择日程中的参会类别。" },
  [DESK_BAD_EVENT] = { "Choisissez un événement du programme.", "请选择日程中的活动。" },
  [DESK_BAD_DAY] = { "Choisissez un jour du programme.", "请选择日程中的日期。" },
  [DESK_BAD_COUNTRY]
  = { "Ce pays n’est pas reconnu" NBSP ": écrivez son nom ou son code de deux lettres.",
      "无法识别该国家：请填写名称或两位代码。" },
  [DESK_KNOWN] = { "Quelqu’un de ce nom est déjà inscrit" NBSP ": regardez sa fiche.",
                   "已有同名人员报名：请先查看其资料。" },
  [DESK_NO_ALERT] = { "Cette alerte n’existe pas, ou plus" NBSP ": choisissez-la dans la liste.",
                      "没有该提醒，或已不存在：请从列表中选择。" },
};

static const char *const NAMES[DESK_VERDICT_COUNT] = {
  [DESK_PRINTING] = "printing",
  [DESK_VOIDED] = "voided",
  [DESK_CONFIRMED] = "confirmed",
  [DESK_CANCELED] = "canceled",
  [DESK_CORRECTED] = "corrected",
  [DESK_REGISTERED] = "registered",
  [DESK_CLOSED] = "closed",
  [DESK_ALREADY] = "already",
  [DESK_NO_VOLUNTEER] = "no-volunteer",
  [DESK_NO_TEXT] = "no-text",
  [DESK_UNKNOWN] = "unknown",
  [DESK_REVOKED] = "revoked",
  [DESK_NO_BADGE] = "no-badge",
  [DESK_CHANGED] = "changed",
  [DESK_NO_SERIAL] = "no-serial",
  [DESK_NO_JOB] = "no-job",
  [DESK_ELSEWHERE] = "elsewhere",
  [DESK_JOB_OPEN] = "job-open",
  [DESK_JOB_PRINTED] = "job-printed",
  [DESK_JOB_FAILED] = "job-failed",
  [DESK_JOB_UNSURE] = "job-unsure",
  [DESK_JOB_VOID] = "job-void",
  [DESK_NO_NAME] = "no-name",
  [DESK_BAD_TEXT] = "bad-text",
  [DESK_BAD_SCRIPT] = "bad-script",
  [DESK_NO_PROGRAMME] = "no-programme",
  [DESK_BAD_CATEGORY] = "bad-category",
  [DESK_BAD_EVENT] = "bad-event",
  [DESK_BAD_DAY] = "bad-day",
  [DESK_BAD_COUNTRY] = "bad-country",
  [DESK_KNOWN] = "known",
  [DESK_NO_ALERT] = "no-alert",
};

/* With the three that only facts have. */
static const struct {
  const char *name;
  Wording text;
} REASONS[] = {
  [DESK_LOST] = { "lost", { "perdu", "遗失" } },
  [DESK_DAMAGED] = { "damaged", { "abîmé", "损坏" } },
  [DESK_MISSPELLED] = { "misspelled", { "nom mal écrit", "姓名有误" } },
  [DESK_NOT_PRINTED] = { "not-printed", { "pas imprimé", "未打印" } },
  [DESK_OTHER] = { "other", { "autre", "其他" } },
  { "first", { "premier badge", "首张胸卡" } },
  { "replaced", { "remplacé", "已更换" } },
  { "canceled", { "annulé", "已取消" } },
};

gboolean desk_verdict_is_success (DeskVerdict verdict)
{
  return verdict <= DESK_ALREADY;
}

const char *desk_verdict_name (DeskVerdict verdict)
{
  return NAMES[verdict];
}

Wording desk_verdict_wording (DeskVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < DESK_VERDICT_COUNT, VERDICTS[DESK_NO_JOB]);
  return VERDICTS[verdict];
}

const char *desk_reason_name (DeskReason reason)
{
  return REASONS[reason].name;
}

gboolean desk_reason_from_name (const char *name, DeskReason *reason)
{
  for (guint i = 0; name != NULL && i < DESK_REASON_COUNT; i++)
    if (strcmp (REASONS[i].name, name) == 0) {
      *reason = (DeskReason) i;
      return TRUE;
    }
  return FALSE;
}

Wording desk_reason_wording (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (strcmp (REASONS[i].name, name) == 0)
      return REASONS[i].text;
  return (Wording){ name, name };
}
