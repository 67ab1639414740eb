#include "roster/status.h"

#include "core/text.h"
#include "roster/value.h"

#include <string.h>

/* Folded; French ones in the masculine singular. */
static const char *const WORDS[][64] = {
  [STATUS_REGISTERED]
  = { "inscrit",    "confirme",   "valide",   "accepte",   "paye",      "regle",    "present",
      "actif",      "ok",         "oui",      "participe", "approuve",  "termine",  "emis",
      "registered", "confirmed",  "valid",    "validated", "accepted",  "approved", "paid",
      "attending",  "checked in", "active",   "complete",  "completed", "issued",   "going",
      "yes",        "已报名",     "报名成功", "已确认",    "确认",      "已通过",   "通过",
      "审核通过",   "已审核",     "已支付",   "支付成功",  "已付款",    "已缴费",   "有效",
      "正常",       "已签到",     "未签到",   "参加",      "已完成",    "报名通过", "已付款",
      NULL },
  [STATUS_PENDING] = { "en attente",
                       "a confirmer",
                       "attente",
                       "non confirme",
                       "a valider",
                       "provisoire",
                       "pre inscrit",
                       "preinscrit",
                       "liste d attente",
                       "liste complementaire",
                       "sur liste d attente",
                       "non paye",
                       "impaye",
                       "paiement en attente",
                       "en cours",
                       "en attente de paiement",
                       "en attente de validation",
                       "en attente de confirmation",
                       "a payer",
                       "pending",
                       "to be confirmed",
                       "tentative",
                       "unconfirmed",
                       "waiting",
                       "waitlisted",
                       "waitlist",
                       "waiting list",
                       "on waiting list",
                       "on hold",
                       "unpaid",
                       "awaiting payment",
                       "pending payment",
                       "pending approval",
                       "awaiting approval",
                       "maybe",
                       "待审核",
                       "待确认",
                       "待支付",
                       "待付款",
                       "未支付",
                       "未付款",
                       "待缴费",
                       "审核中",
                       "未审核",
                       "未确认",
                       "候补",
                       "待定",
                       "等待确认",
                       "等待审核",
                       "待付款",
                       NULL },
  [STATUS_CANCELLED] = { "annule",        "rembourse",
                         "desiste",       "refuse",
                         "retire",        "rejete",
                         "resilie",       "supprime",
                         "expire",        "decline",
                         "abandonne",     "invalide",
                         "ne vient pas",  "n assistera pas",
                         "excuse",        "empeche",
                         "desistement",   "annulation",
                         "desinscrit",    "non",
                         "cancelled",     "canceled",
                         "refunded",      "declined",
                         "rejected",      "withdrawn",
                         "not attending", "void",
                         "voided",        "deleted",
                         "expired",       "invalid",
                         "denied",        "no",
                         "已取消",        "取消",
                         "已退款",        "退款",
                         "退款成功",      "已退票",
                         "退票",          "已拒绝",
                         "拒绝",          "审核不通过",
                         "审核未通过",    "未通过",
                         "不通过",        "作废",
                         "已作废",        "无效",
                         "已失效",        "已关闭",
                         "已过期",        "不参加",
                         "取消报名",      "已撤销",
                         "已退款",        NULL },
};

static gboolean find (const char *folded, Status *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_strv_contains (WORDS[i], folded)) {
      *status = (Status) i;
      return TRUE;
    }
  return FALSE;
}

/* Without any ending that a word has for several, or for a woman. */
static gboolean find_without_ending (const char *folded, Status *status)
{
  static const char *const ENDINGS[] = { " e s", " es", " e", " s", "es", "s", "e" };
  gsize length = strlen (folded);
  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++) {
    gsize ending = strlen (ENDINGS[i]);
    if (length <= ending + 2 || strcmp (folded + length - ending, ENDINGS[i]) != 0)
      continue;
    g_autofree char *word = g_strndup (folded, length - ending);
    if (find (word, status))
      return TRUE;
  }
  return FALSE;
}

static gboolean find_word (const char *folded, Status *status)
{
  return find (folded, status) || find_without_ending (folded, status);
}

/* “Confirmé / 已确认”: both say the same. */
static gboolean find_both (const char *text, Status *status)
{
  g_autofree char *latin = NULL, *han = NULL;
  Status other;
  if (!value_both (text, &latin, &han))
    return FALSE;
  g_autofree char *folded = text_fold (han);
  return find_word (latin, status) && find_word (folded, &other) && *status == other;
}

gboolean status_read (const char *text, Status *status)
{
  g_autofree char *folded = text_fold (text);
  return find_word (folded, status) || find_both (text, status);
}

gboolean status_read_meaning (const char *text, char **word, Status *status)
{
  const char *equals = strrchr (text, '=');
  if (equals == NULL || equals == text || !status_read (equals + 1, status))
    return FALSE;
  g_autofree char *written = g_strndup (text, (gsize) (equals - text));
  *word = text_clean (written);
  if (**word != '\0')
    return TRUE;
  g_clear_pointer (word, g_free);
  return FALSE;
}
