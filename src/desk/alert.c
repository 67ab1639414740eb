#include "desk/alert.h"

#include "journal/query.h"
#include "desk/desk_step.h"

#include <string.h>

#define NBSP "\u00a0"

#define COLUMNS                                                                                    \
  "SELECT a.id, a.kind, a.reference, a.serial, a.issuer, a.checkpoint, ifnull (c.fr, ''), ifnull " \
  "(c.zh, ''), a.station, a.job, a.at, a.happened, a.closed, "                                     \
  "ifnull (d.family, ''), ifnull (d.given, ''), ifnull (d.name_zh, ''), ifnull (d.country, ''), "  \
  "ifnull (d.protocol, 0) "                                                                        \
  "FROM alert a LEFT JOIN checkpoint c ON c.id = a.checkpoint AND a.checkpoint <> '' LEFT JOIN "   \
  "delegate d ON d.reference = a.reference "
static const char LIST[] = COLUMNS "WHERE :all OR NOT a.closed ORDER BY a.at DESC, a.id";
static const char ONE[] = COLUMNS "WHERE a.id = :id";

#define CONFLICT_PREFIX "conflict:"

static const struct {
  const char *name;
  Wording text, remedy;
} KINDS[ALERT_KIND_COUNT] = {
  [ALERT_BADGE_VOID]
  = { "badge-void",
      { "Un badge annulé a été présenté", "有人出示了已失效的胸卡" },
      { "Retrouvez la personne" NBSP ": reprenez ce badge et vérifiez qu’elle a le bon.",
        "请找到此人：收回该胸卡，并确认其持有有效胸卡。" } },
  [ALERT_FORGED]
  = { "forged",
      { "Un code falsifié a été présenté", "有人出示了伪造的二维码" },
      { "Prévenez la sécurité de ce point de contrôle.", "请通知该验证点的安保人员。" } },
  [ALERT_PROTOCOL] = { "protocol",
                       { "Un invité du protocole est arrivé", "礼宾嘉宾已到达" },
                       { "Prévenez discrètement le protocole.", "请低调通知礼宾人员。" } },
  [ALERT_REPEATED] = { "repeated",
                       { "Un badge est sorti deux fois", "有胸卡打印了两张" },
                       { "Détruisez le second.", "请销毁多余的一张。" } },
  [ALERT_UNSURE]
  = { "unsure",
      { "Un badge est peut-être sorti de l’imprimante", "有胸卡不确定是否已打印" },
      { "Allez voir, puis répondez oui ou non à ce poste.", "请查看后在该站点回答“是”或“否”。" } },
  [ALERT_FAILED] = { "failed",
                     { "Un badge n’a pas été imprimé", "有胸卡未能打印" },
                     { "Relancez l’impression à ce poste.", "请在该站点重新打印。" } },
  [ALERT_CONFLICT]
  = { "conflict",
      { "Un même droit a servi deux fois", "同一权益被使用了两次" },
      { "Vérifiez avec la personne, puis classez l’alerte.", "请与本人核实，然后关闭提醒。" } },
  [ALERT_CALL] = { "call",
                   { "Quelqu’un demande de l’aide", "有人请求帮助" },
                   { "Allez à ce point de contrôle, puis classez l’alerte.",
                     "请前往该验证点，然后关闭提醒。" } },
};
/* Of people with two badges. */
static const Wording TWO_BADGES
    = { "Deux badges ont été émis pour la même personne", "同一人被签发了两张胸卡" };
static const Wording TWO_BADGES_REMEDY
    = { "Reprenez les deux et imprimez-en un nouveau.", "请收回两张胸卡并重新打印一张。" };

const char *alert_kind_name (AlertKind kind)
{
  return KINDS[kind].name;
}

void alert_free (Alert *alert)
{
  if (alert == NULL)
    return;
  g_free (alert->id);
  g_free (alert->reference);
  g_free (alert->name);
  g_free (alert->issuer);
  g_free (alert->checkpoint);
  g_free (alert->checkpoint_fr);
  g_free (alert->checkpoint_zh);
  g_free (alert->station);
  g_free (alert->job);
  g_free (alert);
}

static gboolean is_two_badges (const Alert *alert)
{
  return alert->kind == ALERT_CONFLICT && *alert->checkpoint == '\0';
}

Wording alert_wording (const Alert *alert)
{
  return is_two_badges (alert) ? TWO_BADGES : KINDS[alert->kind].text;
}

Wording alert_remedy (const Alert *alert)
{
  return is_two_badges (alert) ? TWO_BADGES_REMEDY : KINDS[alert->kind].remedy;
}

static Alert *alert_of_row (Query *query)
{
  Alert *alert = g_new0 (Alert, 1);
  alert->kind = ALERT_CONFLICT;
  for (guint i = 0; i < ALERT_KIND_COUNT; i++)
    if (strcmp (KINDS[i].name, query_text (query, 1)) == 0)
      alert->kind = (AlertKind) i;
  alert->id = g_strdup (query_text (query, 0));
  alert->reference = g_strdup (query_text (query, 2));
  alert->serial = (guint) query_int (query, 3);
  alert->issuer = g_strdup (query_text (query, 4));
  alert->checkpoint = g_strdup (query_text (query, 5));
  alert->checkpoint_fr = g_strdup (query_text (query, 6));
  alert->checkpoint_zh = g_strdup (query_text (query, 7));
  alert->station = g_strdup (query_text (query, 8));
  alert->job = g_strdup (query_text (query, 9));
  alert->at_ms = clock_hybrid_ms (query_int (query, 10));
  alert->happened = (guint) query_int (query, 11);
  alert->closed = query_int (query, 12) != 0;
  alert->name = desk_name_of (query, 13);
  return alert;
}

GPtrArray *alert_list (Journal *journal, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) alert_free);
  Query *query = journal_query (journal, LIST, error);
  if (query == NULL)
    return NULL;
  query_bind_int (query, ":all", all);
  while (query_next (query))
    g_ptr_array_add (alerts, alert_of_row (query));
  return query_end (query, error) ? g_steal_pointer (&alerts) : NULL;
}

/* Closing ---------------------------------------------------------------------------- */

static gboolean append_closed (Journal *journal, const Alert *alert, const DeskWork *work,
                               GError **error)
{
  gboolean conflict = alert->kind == ALERT_CONFLICT;
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  if (!conflict)
    json_out_int (body, "seen",
                  work->seen > 0 ? MIN (work->seen, alert->happened) : alert->happened);
  json_out_string_if (body, "reason", work->why.text);
  json_out_string (body, "volunteer", work->why.volunteer);
  json_out_end_object (body);
  g_autofree char *text = json_out_finish (body);
  return journal_append (journal, conflict ? "conflict-closed" : "alert-closed",
                         conflict ? alert->id + strlen (CONFLICT_PREFIX) : alert->id, text, NULL,
                         error);
}

static gboolean close_alert (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  Query *query = journal_query (journal, ONE, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":id", work->form);
  g_autoptr (Alert) alert = query_next (query) ? alert_of_row (query) : NULL;
  if (!query_end (query, error))
    return FALSE;
  if (alert == NULL)
    return desk_end (result, DESK_NO_ALERT);
  g_strlcpy (result->reference, alert->reference, sizeof result->reference);
  if (alert->kind == ALERT_UNSURE || alert->kind == ALERT_FAILED)
    return desk_end (result, alert->kind == ALERT_UNSURE ? DESK_JOB_UNSURE : DESK_JOB_FAILED);
  if (alert->closed)
    return desk_end (result, DESK_ALREADY);
  result->verdict = DESK_CLOSED;
  return append_closed (journal, alert, work, error);
}

gboolean alert_close (Journal *journal, const char *id, guint seen, const char *volunteer,
                      const char *reason, DeskResult *result, GError **error)
{
  g_autofree char *typed = issue_typed (reason, ISSUE_TEXT_MAX);
  DeskWork work = { .form = id, .seen = seen, .text = reason };
  if (*typed)
    return desk_step (journal, close_alert, &work, volunteer, result, error);
  *result = (DeskResult){ .verdict = DESK_NO_TEXT };
  return TRUE;
}
