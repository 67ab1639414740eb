#include "desk/desk_job.h"

#include "journal/query.h"
#include "desk/desk_step.h"
#include "issuance/job_queue.h"
#include "issuance/badge_data.h"
#include "vocabulary/print_failure.h"

#include <string.h>

#define CONFIRMED "confirmed" /* reason of a `print` fact: a person has seen the badge */
#define DENIED "not-printed"  /* … or that there is none */
#define CANCELED "canceled"

#define COLUMNS                                                                                    \
  "SELECT b.reference, b.serial, b.issuer, b.at, b.reason, b.volunteer, b.print, ifnull "          \
  "(p.state, ''), ifnull (p.printer, ''), ifnull (p.reason, ''), ifnull (p.at, b.at), "            \
  "(SELECT good FROM badge_state g WHERE g.reference = b.reference AND g.serial = b.serial AND "   \
  "g.issuer = b.issuer), "                                                                         \
  "(SELECT reason FROM badge_void v WHERE v.reference = b.reference AND v.serial = b.serial AND "  \
  "v.issuer = b.issuer), "                                                                         \
  "ifnull (d.family, ''), ifnull (d.given, ''), ifnull (d.name_zh, ''), ifnull (d.country, ''), "  \
  "ifnull (d.protocol, 0) "                                                                        \
  "FROM badge b LEFT JOIN print_job p ON p.reference = b.reference AND p.serial = b.serial AND "   \
  "p.issuer = b.issuer LEFT JOIN delegate d ON d.reference = b.reference "

static const char OF_PERSON[]
    = COLUMNS "WHERE b.reference = :reference ORDER BY b.serial DESC, b.at DESC, b.issuer DESC";
static const char OF_STATION[] = COLUMNS "WHERE b.issuer = :station AND b.print AND (:all OR "
                                         "ifnull (p.state, '') <> 'printed') ORDER BY b.seq";
static const char OF_JOB[] = COLUMNS
    "WHERE b.reference = :reference AND b.serial = :serial AND b.issuer = :station AND b.print";
/* An agent says how its printers stand every ten seconds (spool/printer_state.h). */
#define PRINTER_HEARD_MS 30000
static const char HAS_PRINTER[]
    = "SELECT EXISTS (SELECT 1 FROM printer_state WHERE heard > :since)";
static const char IS_JOB[] = "SELECT 1 FROM print_job WHERE job = :job";
static const char NUMBER[] = "SELECT number FROM print_job WHERE job = :job";

static const char *const REPEATED = N_ ("Came out twice: destroy the second badge.");

void desk_badge_free (DeskBadge *badge)
{
  if (badge == NULL)
    return;
  g_free (badge->reference);
  g_free (badge->issuer);
  g_free (badge->name);
  g_free (badge->reason);
  g_free (badge->volunteer);
  g_free (badge->void_reason);
  g_free (badge->job);
  g_free (badge->printer);
  g_free (badge->trouble);
  g_free (badge);
}

/* Reading ---------------------------------------------------------------------------- */

static DeskBadge *badge_of_row (Query *query)
{
  DeskBadge *badge = g_new0 (DeskBadge, 1);
  badge->reference = g_strdup (query_text (query, 0));
  badge->serial = (guint) query_int (query, 1);
  badge->issuer = g_strdup (query_text (query, 2));
  badge->issued_at = query_int (query, 3);
  badge->reason = g_strdup (query_text (query, 4));
  badge->volunteer = g_strdup (query_text (query, 5));
  badge->print = query_int (query, 6) != 0;
  print_state_from_name (query_text (query, 7), &badge->state);
  badge->printer = g_strdup (query_text (query, 8));
  badge->trouble = g_strdup (query_text (query, 9));
  badge->since = query_int (query, 10);
  badge->good = query_int (query, 11) != 0;
  badge->void_reason = g_strdup (badge->good                 ? ""
                                 : query_is_null (query, 12) ? "replaced"
                                                             : query_text (query, 12));
  badge->name = desk_name_of (query, 13);
  badge->job = badge_data_job_name (badge->issuer, badge->reference, badge->serial);
  return badge;
}

static GPtrArray *read_badges (Query *query, GError **error)
{
  g_autoptr (GPtrArray) badges = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_badge_free);
  while (query_next (query))
    g_ptr_array_add (badges, badge_of_row (query));
  return query_end (query, error) ? g_steal_pointer (&badges) : NULL;
}

GPtrArray *desk_badges (Journal *journal, const char *reference, GError **error)
{
  Query *query = journal_query (journal, OF_PERSON, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  return read_badges (query, error);
}

/* Nobody has to do anything about it any more. */
static gboolean is_settled (const DeskBadge *badge)
{
  /* One that is void is being called off there. */
  return badge->state == PRINT_STATE_PRINTED
         || (!badge->good && !print_state_is_at_printer (badge->state));
}

GPtrArray *desk_jobs (Journal *journal, gboolean all, GError **error)
{
  Query *query = journal_query (journal, OF_STATION, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":station", journal_station (journal));
  query_bind_int (query, ":all", all);
  GPtrArray *badges = read_badges (query, error);
  for (guint i = badges != NULL && !all ? badges->len : 0; i > 0; i--)
    if (is_settled (badges->pdata[i - 1]))
      g_ptr_array_remove_index (badges, i - 1);
  return badges;
}

Pair desk_state_wording (const DeskBadge *badge)
{
  if (!badge->good && badge->state != PRINT_STATE_PRINTED)
    return desk_verdict_reason_wording (strcmp (badge->void_reason, "replaced") == 0 ? "replaced"
                                                                                     : CANCELED);
  return print_state_wording (badge->state);
}

Pair desk_state_remedy (const DeskBadge *badge)
{
  PrintFailure failure;

  if (badge->state == PRINT_STATE_PRINTED)
    return strcmp (badge->trouble, "repeated") == 0 ? words_pair (REPEATED) : PAIR_EMPTY;
  if (!badge->good)
    return PAIR_EMPTY;
  if (badge->state == PRINT_STATE_FAILED && print_failure_from_name (badge->trouble, &failure))
    return print_failure_remedy (failure);
  Pair remedy = print_state_remedy (badge->state);
  if (*remedy.first != '\0')
    return remedy;
  /* Of several troubles the first: who has put that right may find the others gone. */
  g_autofree char *trouble = g_strndup (badge->trouble, strcspn (badge->trouble, ","));
  return *trouble && strcmp (trouble, JOB_QUEUE_MOVED) != 0 ? wording_printer_reason (trouble)
                                                            : PAIR_EMPTY;
}

/* One job ---------------------------------------------------------------------------- */

static gboolean has_row (Journal *journal, const char *sql, const char *job, gint64 *number,
                         GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":job", job);
  *number = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

/* "accueil-STATION-REFERENCE-SERIAL" of this station. Both the station and the reference
 * may hold hyphens. */
static gboolean split_job (Journal *journal, const char *job, char **reference, guint *serial)
{
  g_autofree char *beginning = badge_data_job_name (journal_station (journal), "", 0);
  gsize length = strlen (beginning) - strlen ("-0");
  const char *last = strrchr (job, '-');
  if (strncmp (job, beginning, length) != 0 || last == NULL || last < job + length)
    return FALSE;
  *serial = (guint) g_ascii_strtoull (last + 1, NULL, 10);
  *reference = g_strndup (job + length, (gsize) (last - (job + length)));
  g_autofree char *again = badge_data_job_name (journal_station (journal), *reference, *serial);
  if (strcmp (again, job) == 0)
    return TRUE;
  g_clear_pointer (reference, g_free);
  return FALSE;
}

/* The badge that @job prints here; with *@badge NULL the verdict is set. */
static gboolean find_job (Journal *journal, const char *job, DeskBadge **badge, DeskResult *result,
                          GError **error)
{
  g_autofree char *reference = NULL;
  guint serial = 0;
  gint64 elsewhere = 0;
  if (split_job (journal, job, &reference, &serial)) {
    Query *query = journal_query (journal, OF_JOB, error);
    if (query == NULL)
      return FALSE;
    query_bind_text (query, ":reference", reference);
    query_bind_int (query, ":serial", serial);
    query_bind_text (query, ":station", journal_station (journal));
    g_autoptr (GPtrArray) found = read_badges (query, error);
    if (found == NULL)
      return FALSE;
    if (found->len > 0) {
      *badge = g_ptr_array_steal_index (found, 0);
      g_strlcpy (result->reference, reference, sizeof result->reference);
      return TRUE;
    }
  }
  result->verdict = DESK_NO_JOB;
  if (!has_row (journal, IS_JOB, job, &elsewhere, error))
    return FALSE;
  if (elsewhere)
    result->verdict = DESK_ELSEWHERE;
  return TRUE;
}

/* The serial of the badge that is good now. */
static gboolean note_good (Journal *journal, const DeskBadge *badge, DeskResult *result,
                           GError **error)
{
  g_autoptr (GPtrArray) badges = desk_badges (journal, badge->reference, error);
  if (badges == NULL)
    return FALSE;
  for (guint i = 0; i < badges->len; i++)
    if (((const DeskBadge *) badges->pdata[i])->good)
      result->serial = ((const DeskBadge *) badges->pdata[i])->serial;
  return TRUE;
}

static gboolean append_end (Journal *journal, const DeskBadge *badge, PrintState state,
                            const char *reason, const char *volunteer, GError **error)
{
  gint64 number = 0;
  if (!has_row (journal, NUMBER, badge->job, &number, error))
    return FALSE;
  const JobQueueFact fact = { .job = badge->job,
                              .reference = badge->reference,
                              .issuer = badge->issuer,
                              .queue = badge->printer,
                              .reason = reason,
                              .volunteer = volunteer,
                              .state = state,
                              .number = number,
                              .serial = badge->serial };
  return job_queue_append (journal, &fact, error);
}

/* Prints another in place of @badge, which is good; only makes it void where the
 * registration has been withdrawn. */
static gboolean replace (Journal *journal, const DeskBadge *badge, const DeskWork *work,
                         DeskResult *result, GError **error)
{
  const IssueWhy why
      = { .reason = desk_verdict_reason_name (DESK_NOT_PRINTED), .volunteer = work->why.volunteer };
  if (!desk_issue (journal, badge->reference, &why, result, error))
    return FALSE;
  if (desk_verdict_is_success (result->verdict))
    return TRUE;
  result->verdict = DESK_VOIDED;
  return issue_void (journal, badge->reference, &why, NULL, error);
}

static DeskVerdict verdict_of_state (const DeskBadge *badge)
{
  if (!print_state_is_final (badge->state))
    return DESK_JOB_OPEN;
  return badge->state == PRINT_STATE_PRINTED  ? DESK_JOB_PRINTED
         : badge->state == PRINT_STATE_FAILED ? DESK_JOB_FAILED
                                              : DESK_JOB_UNSURE;
}

/* The answers ------------------------------------------------------------------------ */

static gboolean answer (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  g_autoptr (DeskBadge) badge = NULL;
  if (!find_job (journal, work->job, &badge, result, error))
    return FALSE;
  if (badge == NULL)
    return TRUE;
  DeskVerdict state = verdict_of_state (badge);
  if (state != DESK_JOB_UNSURE) {
    gboolean same = work->printed
                        ? state == DESK_JOB_PRINTED
                        : state == DESK_JOB_FAILED && strcmp (badge->trouble, DENIED) == 0;
    desk_end (result, same ? DESK_ALREADY : state);
    return note_good (journal, badge, result, error);
  }
  if (work->printed) {
    result->serial = badge->good ? badge->serial : 0;
    result->verdict = DESK_CONFIRMED;
    return append_end (journal, badge, PRINT_STATE_PRINTED, CONFIRMED, work->why.volunteer, error);
  }
  if (!append_end (journal, badge, PRINT_STATE_FAILED, DENIED, work->why.volunteer, error))
    return FALSE;
  if (badge->good)
    return replace (journal, badge, work, result, error);
  result->verdict = DESK_VOIDED; /* replaced already: nothing more to print */
  return note_good (journal, badge, result, error);
}

gboolean desk_answer (Journal *journal, const char *job, gboolean printed, const char *volunteer,
                      DeskResult *result, GError **error)
{
  DeskWork work = { .job = job, .printed = printed };
  return desk_step (journal, answer, &work, volunteer, result, error);
}

static gboolean retry (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  g_autoptr (DeskBadge) badge = NULL;
  if (!find_job (journal, work->job, &badge, result, error))
    return FALSE;
  if (badge == NULL)
    return TRUE;
  DeskVerdict state = verdict_of_state (badge);
  if (state == DESK_JOB_FAILED && badge->good)
    return replace (journal, badge, work, result, error);
  gboolean retried
      = state == DESK_JOB_FAILED
        && strcmp (badge->void_reason, desk_verdict_reason_name (DESK_NOT_PRINTED)) == 0;
  desk_end (result, retried ? DESK_ALREADY : state == DESK_JOB_FAILED ? DESK_JOB_VOID : state);
  return note_good (journal, badge, result, error);
}

gboolean desk_retry (Journal *journal, const char *job, const char *volunteer, DeskResult *result,
                     GError **error)
{
  DeskWork work = { .job = job };
  return desk_step (journal, retry, &work, volunteer, result, error);
}

static gboolean cancel (Journal *journal, DeskWork *work, DeskResult *result, GError **error)
{
  g_autoptr (DeskBadge) badge = NULL;
  if (!find_job (journal, work->job, &badge, result, error))
    return FALSE;
  if (badge == NULL)
    return TRUE;
  DeskVerdict state = verdict_of_state (badge);
  if (strcmp (badge->void_reason, CANCELED) == 0 && state != DESK_JOB_PRINTED)
    return desk_end (result, DESK_ALREADY);
  if (state != DESK_JOB_OPEN || !badge->good) {
    desk_end (result, state == DESK_JOB_OPEN ? DESK_JOB_VOID : state);
    return note_good (journal, badge, result, error);
  }
  const IssueWhy why = { .reason = CANCELED, .volunteer = work->why.volunteer };
  result->verdict = DESK_CANCELED;
  return issue_void_one (journal, badge->reference, badge->serial, badge->issuer, &why, error);
}

gboolean desk_cancel (Journal *journal, const char *job, const char *volunteer, DeskResult *result,
                      GError **error)
{
  DeskWork work = { .job = job };
  return desk_step (journal, cancel, &work, volunteer, result, error);
}

gboolean desk_has_printer (Journal *journal, gboolean *has, GError **error)
{
  Query *query = journal_query (journal, HAS_PRINTER, error);

  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":since", journal_now_ms (journal) - PRINTER_HEARD_MS);
  *has = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error);
}
