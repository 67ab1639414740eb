#include "desk/alert.h"

#include "congress/appointment.h"
#include "journal/query.h"
#include "desk/desk_step.h"

#include <string.h>

#define COLUMNS                                                                                    \
  "SELECT a.id, a.kind, a.reference, a.serial, a.issuer, a.checkpoint, ifnull (c.fr, ''), ifnull " \
  "(c.zh, ''), a.station, a.job, a.at, a.happened, a.closed, "                                     \
  "ifnull (d.family, ''), ifnull (d.given, ''), ifnull (d.name_zh, ''), ifnull (d.country, ''), "  \
  "ifnull (d.protocol, 0), a.other, ifnull (o.fr, ''), ifnull (o.zh, '') "                         \
  "FROM alert a LEFT JOIN checkpoint c ON c.id = a.checkpoint AND a.checkpoint <> '' LEFT JOIN "   \
  "delegate d ON d.reference = a.reference LEFT JOIN checkpoint o ON o.id = a.other AND a.other "  \
  "<> a.checkpoint AND a.other <> '' "
static const char LIST[] = COLUMNS "WHERE :all OR NOT a.closed ORDER BY a.at DESC, a.id";
static const char ONE[] = COLUMNS "WHERE a.id = :id";

#define CONFLICT_PREFIX "conflict:"

static const struct {
  const char *name;
  const char *text, *remedy; /* msgids */
} KINDS[ALERT_KIND_COUNT] = {
  [ALERT_BADGE_VOID]
  = { "badge-void", N_ ("A void badge was shown"),
      N_ ("Find the person: take this badge back and make sure that they have the right one.") },
  [ALERT_DOUBLE]
  = { "double", N_ ("A badge was shown where it cannot be: somebody may have a copy"),
      N_ ("Ask its owner for papers and print a new badge: the copy then opens nothing. If "
          "there is no copy, close the alert.") },
  [ALERT_FORGED]
  = { "forged", N_ ("A forged code was shown"), N_ ("Tell the security of this checkpoint.") },
  [ALERT_PROTOCOL] = { "protocol", N_ ("A guest of protocol has arrived"),
                       N_ ("Tell the protocol team discreetly.") },
  [ALERT_REPEATED] = { "repeated", N_ ("A badge came out twice"), N_ ("Destroy the second one.") },
  [ALERT_UNSURE] = { "unsure", N_ ("A badge may have come out of the printer"),
                     N_ ("Go and see, then answer yes or no at that station.") },
  [ALERT_FAILED]
  = { "failed", N_ ("A badge was not printed"), N_ ("Start the printing again at that station.") },
  [ALERT_UNTRUE] = { "untrue", N_ ("What stands on a badge is no longer true"),
                     N_ ("Print the badge again; for many, “accueil badge batch --changed”.") },
  [ALERT_CONFLICT] = { "conflict", N_ ("One right was used twice"),
                       N_ ("Check with the person, then close the alert.") },
  [ALERT_APART] = { "apart", N_ ("A station wrote what it may not write; it has no effect"),
                    N_ ("Tell the organisers: that station may have been stolen, or has the wrong "
                        "role.") },
  [ALERT_FORK] = { "fork", N_ ("Two machines work under one station's name"),
                   N_ ("Tell the organisers: at the hub “accueil-hub invite NEW-NAME”, then "
                       "“accueil rejoin CODE” at the machine whose screen says so.") },
  [ALERT_OLDER] = { "older", N_ ("A station works from an older copy of its file"),
                    N_ ("Tell the organisers: at the hub “accueil-hub invite” with its name, "
                        "then "
                        "“accueil enrol CODE” there; with a new name and “accueil rejoin "
                        "CODE” if "
                        "another machine goes on under it.") },
  [ALERT_EXCESS] = { "excess", N_ ("A station sends far more than it should"),
                     N_ ("Tell the organisers: that machine runs wild, or is in wrong hands. What "
                         "it sends is slowed down; nothing is lost.") },
  [ALERT_HEADSET] = { "headset", N_ ("Somebody went out with a headset"),
                      N_ ("Ask her, or her delegation, to bring it back.") },
  [ALERT_CALL]
  = { "call", N_ ("Somebody asks for help"), N_ ("Go to this checkpoint, then close the alert.") },
};
/* Conflicts with words of their own, by what stands in their ids (journal/schema). */
static const struct {
  const char *in_id, *text, *remedy; /* msgids */
} CONFLICTS[] = {
  { "@badge/", N_ ("Two badges were issued for the same person"),
    N_ ("Take both back and print a new one.") },
  { "@headset:", N_ ("One headset was lent to two people"),
    N_ ("Ask who has it, and scan it: that notes it as given back.") },
  { "@headsets:", N_ ("One person was lent two headsets"),
    N_ ("Ask her for one of them, and scan it.") },
  { "@stock:", N_ ("More headsets are lent than there are"),
    N_ ("Look for those that came back without a scan, and scan them.") },
};

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
  g_free (alert->other);
  g_free (alert->station);
  g_free (alert->job);
  reception_free (alert->reception);
  g_free (alert);
}

/* G_N_ELEMENTS (CONFLICTS) for one without. */
static guint conflict_of (const Alert *alert)
{
  guint i = 0;
  while (i < G_N_ELEMENTS (CONFLICTS)
         && (alert->kind != ALERT_CONFLICT || strstr (alert->id, CONFLICTS[i].in_id) == NULL))
    i++;
  return i;
}

Pair alert_wording (const Alert *alert)
{
  guint own = conflict_of (alert);
  return words_pair (own < G_N_ELEMENTS (CONFLICTS) ? CONFLICTS[own].text
                                                    : KINDS[alert->kind].text);
}

OwnedPair alert_host (const Alert *alert)
{
  return alert->reception != NULL && *alert->reception->known != '\0'
             ? words_filled (N_ ("To be received by %s"), alert->reception->known)
             : (OwnedPair){ g_strdup (""), g_strdup ("") };
}

const char *alert_act (const Alert *alert)
{
  return alert->kind == ALERT_PROTOCOL ? N_ ("Has been met") : N_ ("Seen to");
}

Pair alert_remedy (const Alert *alert)
{
  guint own = conflict_of (alert);
  return words_pair (own < G_N_ELEMENTS (CONFLICTS) ? CONFLICTS[own].remedy
                                                    : KINDS[alert->kind].remedy);
}

/* Of a badge that was shown at two places: from one to the other. */
static char *places (const char *before, const char *last)
{
  return *before != '\0' ? g_strconcat (before, " → ", last, NULL) : g_strdup (last);
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
  alert->other = g_strdup (query_text (query, 18));
  alert->checkpoint_fr = places (query_text (query, 19), query_text (query, 6));
  alert->checkpoint_zh = places (query_text (query, 20), query_text (query, 7));
  alert->station = g_strdup (query_text (query, 8));
  alert->job = g_strdup (query_text (query, 9));
  alert->at_ms = clock_hybrid_ms (query_int (query, 10));
  alert->happened = (guint) query_int (query, 11);
  alert->closed = query_int (query, 12) != 0;
  alert->name = desk_name_of (query, 13);
  return alert;
}

/* Who receives whom: of guests of protocol, who are few. */
static gboolean add_receptions (Journal *journal, const GPtrArray *alerts, GError **error)
{
  for (guint i = 0; i < alerts->len; i++) {
    Alert *alert = alerts->pdata[i];
    const char *day = strrchr (alert->id, ':');
    if (alert->kind != ALERT_PROTOCOL || alert->closed || day == NULL)
      continue;
    alert->reception = reception_read (journal, alert->reference, day + 1, error);
    if (alert->reception == NULL)
      return FALSE;
  }
  return TRUE;
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
  return query_end (query, error) && add_receptions (journal, alerts, error)
             ? g_steal_pointer (&alerts)
             : NULL;
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

/* Whoever closes the alert of a guest says that she was met: it is so in the list of her
 * motorcade or arrival too. */
static gboolean append_met (Journal *journal, const Alert *alert, const DeskWork *work,
                            GError **error)
{
  const char *day = strrchr (alert->id, ':');
  g_autoptr (Reception) reception
      = reception_read (journal, alert->reference, day != NULL ? day + 1 : "", error);
  return reception != NULL
         && (*reception->id == '\0'
             || appointment_append_met (journal, alert->reference, reception->id,
                                        work->why.volunteer, error));
}

static gboolean close_found (Journal *journal, DeskWork *work, gboolean answered,
                             DeskResult *result, GError **error)
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
  if (answered && (alert->kind == ALERT_UNSURE || alert->kind == ALERT_FAILED))
    return desk_end (result, alert->kind == ALERT_UNSURE ? DESK_JOB_UNSURE : DESK_JOB_FAILED);
  if (alert->closed)
    return desk_end (result, DESK_ALREADY);
  result->verdict = DESK_CLOSED;
  return append_closed (journal, alert, work, error)
         && (alert->kind != ALERT_PROTOCOL || append_met (journal, alert, work, error));
}

static gboolean close_alert (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  return close_found (journal, work, TRUE, result, error);
}

static gboolean put_aside (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  return close_found (journal, work, FALSE, result, error);
}

static gboolean close_by (Journal *journal, DeskStep step, DeskWork *work, const char *volunteer,
                          DeskResult *result, GError **error)
{
  g_autofree char *typed = issue_typed (work->text, ISSUE_TEXT_MAX);
  if (*typed)
    return desk_step (journal, step, work, volunteer, result, error);
  *result = (DeskResult){ .verdict = DESK_NO_TEXT };
  return TRUE;
}

gboolean alert_close (Journal *journal, const char *id, guint seen, const char *volunteer,
                      const char *reason, DeskResult *result, GError **error)
{
  DeskWork work = { .form = id, .seen = seen, .text = reason };
  return close_by (journal, close_alert, &work, volunteer, result, error);
}

gboolean alert_put_aside (Journal *journal, const char *id, guint seen, const char *volunteer,
                          const char *reason, DeskResult *result, GError **error)
{
  DeskWork work = { .form = id, .seen = seen, .text = reason };
  return close_by (journal, put_aside, &work, volunteer, result, error);
}

/* Matters ---------------------------------------------------------------------------- */

static const char MATTERS[]
    = "SELECT alert, seen FROM alert_closed WHERE alert >= 'printer:' AND alert < 'printer;' UNION "
      "ALL SELECT alert, seen FROM alert_closed WHERE alert >= 'silent:' AND alert < 'silent;' "
      "UNION ALL SELECT alert, seen FROM alert_closed WHERE alert >= 'speaker:' AND alert < "
      "'speaker;'";

static gboolean close_matter (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  JsonOut *body = json_out_new ();
  json_out_begin_object (body, NULL);
  json_out_int (body, "seen", work->seen);
  json_out_string_if (body, "reason", work->why.text);
  json_out_string (body, "volunteer", work->why.volunteer);
  json_out_end_object (body);
  g_autofree char *text = json_out_finish (body);
  result->verdict = DESK_CLOSED;
  return journal_append (journal, "alert-closed", work->form, text, NULL, error);
}

gboolean alert_close_matter (Journal *journal, const char *id, guint seen, const char *volunteer,
                             const char *reason, DeskResult *result, GError **error)
{
  DeskWork work = { .form = id, .seen = seen, .text = reason };
  return close_by (journal, close_matter, &work, volunteer, result, error);
}

GHashTable *alert_closed_matters (Journal *journal, GError **error)
{
  g_autoptr (GHashTable) closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Query *query = journal_query (journal, MATTERS, error);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    gint64 seen = query_int (query, 1);
    g_hash_table_insert (closed, g_strdup (query_text (query, 0)), g_memdup2 (&seen, sizeof seen));
  }
  return query_end (query, error) ? g_steal_pointer (&closed) : NULL;
}
