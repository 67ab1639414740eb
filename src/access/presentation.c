#include "access/presentation.h"

#include "core/json.h"
#include "credential/issue.h"
#include "journal/query.h"
#include "roster/delegate_role.h"

#include <string.h>

/* Badges of a person, the last one first (as the view badge_state has it). */
static const char BADGES[]
    = "SELECT b.serial, b.issuer, EXISTS (SELECT 1 FROM badge_void v WHERE v.reference = "
      "b.reference AND v.serial = b.serial AND v.issuer = b.issuer), "
      "EXISTS (SELECT 1 FROM badge_double x WHERE x.reference = b.reference AND x.serial = "
      "b.serial AND x.issuer = b.issuer) AND EXISTS (SELECT 1 FROM badge_doubted x WHERE "
      "x.reference = b.reference AND x.serial = b.serial AND x.issuer = b.issuer)"
      " FROM badge b WHERE b.reference = :reference AND (b.serial <= 8 OR NOT EXISTS (SELECT 1 "
      "FROM badge_unlikely u WHERE u.reference = b.reference AND u.serial = b.serial AND u.issuer "
      "= "
      "b.issuer)) ORDER BY b.serial DESC, b.at DESC, b.issuer DESC";
static const char BADGE_IS_VOID[] = "SELECT 1 FROM badge_void WHERE reference = :reference AND "
                                    "serial = :serial AND issuer = :issuer";
static const char BADGE_IS_DOUBTED[] = "SELECT 1 FROM badge_doubted WHERE reference = :reference "
                                       "AND serial = :serial AND issuer = :issuer";
static const char STATION_IS_REVOKED[] = "SELECT revoked FROM station_key WHERE station = :station";
/* Then only those of its badges open of which its facts, as far as they count, tell. */
static const char STATION_IS_DISOWNED[] = "SELECT 1 FROM disowned WHERE station = :station";
static const char TICKET_IS_VOID[]
    = "SELECT serial >= :serial FROM ticket_void WHERE reference = :reference";
/* At all doors of a group; on one day only, if :day is not ''. */
static const char ADMISSIONS[]
    = "SELECT direction, day, at FROM passage WHERE reference = :reference AND doors = :doors AND "
      "verdict = 'ADMITTED' AND (:day = '' OR day = :day)"
      " ORDER BY at, station, seq";
static const char GROUPS[] = "SELECT line FROM appointment WHERE reference = :reference AND kind = "
                             "'group' AND NOT removed";
static const char HAS_HEADSET[] = "SELECT 1 FROM headset_out WHERE reference = :reference";
static const char PEOPLE_INSIDE[]
    = "SELECT ifnull (sum (inside), 0) FROM passage_count WHERE checkpoint = "
      ":checkpoint AND day = :day AND verdict = 'ADMITTED'";
/* Of the desks of one event; a fact that does not say of which is of any. */
static const char HEADSETS_LENT[]
    = "SELECT count (*) FROM headset_out WHERE event = :event OR event = ''";

gboolean presentation_taken (Journal *journal, const Checkpoint *checkpoint, const char *day,
                             gint64 *taken, GError **error)
{
  gboolean headset = checkpoint->kind == CHECKPOINT_HEADSET;
  Query *query = journal_query (journal, headset ? HEADSETS_LENT : PEOPLE_INSIDE, error);
  if (query == NULL)
    return FALSE;
  if (headset)
    query_bind_text (query, ":event", checkpoint->event);
  else {
    query_bind_text (query, ":checkpoint", checkpoint->id);
    query_bind_text (query, ":day", day);
  }
  *taken = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

/* Gathering -------------------------------------------------------------------------- */

/* Labels of days as lists write them, into dates, which are the checkpoint's. Free with
 * g_free(). */
static const char **dates_of (const Checkpoint *checkpoint, const char *const *labels)
{
  const char **dates = g_new0 (const char *, g_strv_length ((char **) (guintptr) labels) + 1);
  guint count = 0;
  for (guint i = 0; labels[i] != NULL; i++) {
    const char *date = days_date_of (checkpoint->days, labels[i]);
    if (date != NULL)
      dates[count++] = date;
  }
  return dates;
}

/* Fills the delegate's half, with what is the delegate's and @dates. */
static void set_delegate (const Delegate *delegate, const char *const *dates,
                          DecisionQuestion *question)
{
  question->registered = TRUE;
  question->revoked = delegate->revoked;
  question->pending = delegate->status != NULL && *delegate->status != '\0';
  question->category = delegate->category;
  question->has_role = delegate_role_is_in (delegate_roles (delegate), question->session);
  question->delegate_events = (const char *const *) delegate->events;
  question->delegate_days = dates;
  question->delegate_sessions = (const char *const *) delegate->workshops;
  question->meals = delegate->meals;
  question->transport = delegate->transport;
  question->headset = delegate->headset;
}

/* TRUE in *@answer if @sql, with what was presented, has a row whose first column is not
 * 0. */
static gboolean ask (Journal *journal, const char *sql, const Presentation *presentation,
                     gboolean *answer, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  if (sql == STATION_IS_REVOKED || sql == STATION_IS_DISOWNED)
    query_bind_text (query, ":station", presentation->issuer);
  else
    query_bind_text (query, ":reference", presentation->reference);
  if (sql == BADGE_IS_VOID || sql == BADGE_IS_DOUBTED || sql == TICKET_IS_VOID)
    query_bind_int (query, ":serial", presentation->serial);
  if (sql == BADGE_IS_VOID || sql == BADGE_IS_DOUBTED) {
    query_bind_text (query, ":issuer", presentation->issuer);
  }
  *answer = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error);
}

static gboolean gather_badges (Journal *journal, const Presentation *presentation,
                               DecisionQuestion *question, GError **error)
{
  Query *query = journal_query (journal, BADGES, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", presentation->reference);
  gboolean first = TRUE, known = FALSE, later = FALSE;
  gint64 last = 0;
  question->badge = BADGE_GOOD;
  for (; query_next (query); first = FALSE) {
    gint64 serial = query_int (query, 0);
    last = MAX (last, serial);
    gboolean is_void = query_int (query, 2) != 0;
    if (first)
      question->has_badge = !is_void;
    later |= serial > (gint64) presentation->serial;
    if (presentation->presented != PRESENTED_BADGE || serial != (gint64) presentation->serial
        || strcmp (query_text (query, 1), presentation->issuer) != 0)
      continue;
    known = TRUE;
    question->badge_doubted = query_int (query, 3) != 0;
    question->badge = is_void ? BADGE_LOST : first ? BADGE_GOOD : BADGE_REPLACED;
  }
  if (!query_end (query, error))
    return FALSE;
  if (presentation->presented != PRESENTED_BADGE)
    return TRUE;
  if (!known) {
    gboolean is_void = FALSE;
    if (!ask (journal, BADGE_IS_VOID, presentation, &is_void, error)
        || !ask (journal, BADGE_IS_DOUBTED, presentation, &question->badge_doubted, error))
      return FALSE;
    question->badge = is_void ? BADGE_LOST : later ? BADGE_REPLACED : BADGE_GOOD;
  }
  if (!ask (journal, STATION_IS_REVOKED, presentation, &question->issuer_revoked, error))
    return FALSE;
  if (known || question->issuer_revoked)
    return TRUE;
  /* One that nobody has told of, with a serial that nobody could have given. */
  question->issuer_revoked = (gint64) presentation->serial > last + ISSUE_LEAP_MAX;
  return question->issuer_revoked
         || ask (journal, STATION_IS_DISOWNED, presentation, &question->issuer_revoked, error);
}

/* One that was made void is as one of an old key. */
static gboolean gather_ticket (Journal *journal, const Presentation *presentation,
                               DecisionQuestion *question, GError **error)
{
  gboolean is_void = FALSE;
  if (presentation->presented != PRESENTED_TICKET || !presentation->voids)
    return TRUE;
  if (!ask (journal, TICKET_IS_VOID, presentation, &is_void, error))
    return FALSE;
  if (is_void)
    question->presented = PRESENTED_OLD_TICKET;
  return TRUE;
}

/* Only at the doors of working groups, and of somebody who is on any list. */
static gboolean gather_groups (Journal *journal, const Checkpoint *checkpoint,
                               const Delegate *delegate, DecisionQuestion *question, GError **error)
{
  Query *query = journal_query (journal, GROUPS, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", delegate->reference);
  while (query_next (query))
    question->in_group
        |= g_strv_contains ((const char *const *) checkpoint->groups, query_text (query, 0));
  return query_end (query, error);
}

/* What has to live as long as the question. */
typedef struct {
  gint64 now_ms;
  char inside_day[11];
} Past;

static gboolean is_limited (const Checkpoint *checkpoint)
{
  return checkpoint->limit > 0 || checkpoint->days_limit > 0 || checkpoint->wait > 0;
}

/* Her ways in and out at these doors. */
static gboolean gather_admissions (Journal *journal, const Checkpoint *checkpoint,
                                   const Presentation *presentation, const char *day, Past *past,
                                   DecisionQuestion *question, GError **error)
{
  gboolean whole = checkpoint->once == ONCE_EVENT || checkpoint->once == ONCE_SESSION,
           always = whole || checkpoint->days_limit > 0 || checkpoint->wait > 0;
  char last[11] = "";
  Query *query = journal_query (journal, ADMISSIONS, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", presentation->reference);
  query_bind_text (query, ":doors", checkpoint_doors (checkpoint));
  query_bind_text (query, ":day", always ? "" : day);
  while (query_next (query)) {
    gboolean in = strcmp (query_text (query, 0), "in") == 0;
    const char *on = query_text (query, 1);
    if (in) {
      gint64 since_ms = past->now_ms - clock_hybrid_ms ((HybridTime) query_int (query, 2));
      question->since = (gint) CLAMP (since_ms / 60000, 0, G_MAXINT);
    }
    if (in && strcmp (on, day) != 0 && strcmp (on, last) != 0) {
      question->days_used++; /* in the order of time, as days come */
      g_strlcpy (last, on, sizeof last);
    }
    if (!whole && strcmp (on, day) != 0)
      continue;
    question->inside = in;
    question->admitted += in;
    g_strlcpy (past->inside_day, on, sizeof past->inside_day);
    question->inside_day = past->inside_day;
  }
  return query_end (query, error);
}

/* What this delegate did here before, and who else is here. @day: the day it counts
 * for. */
static gboolean gather_past (Journal *journal, const Checkpoint *checkpoint,
                             const Presentation *presentation, const char *day, Past *past,
                             DecisionQuestion *question, GError **error)
{
  gboolean headset = checkpoint->kind == CHECKPOINT_HEADSET;
  if (headset) {
    if (!ask (journal, HAS_HEADSET, presentation, &question->inside, error))
      return FALSE;
    if (presentation->lends || presentation->returns)
      question->direction = presentation->lends ? DIRECTION_IN : DIRECTION_OUT;
    question->inside = question->inside && !presentation->several;
  } else if ((checkpoint->once != ONCE_NEVER || checkpoint->direction == DIRECTION_BOTH
              || is_limited (checkpoint))
             && !gather_admissions (journal, checkpoint, presentation, day, past, question, error))
    return FALSE;
  if (checkpoint->capacity == 0)
    return TRUE;
  gint64 taken = 0;
  if (!presentation_taken (journal, checkpoint, day, &taken, error))
    return FALSE;
  question->people_inside = (guint) taken;
  return TRUE;
}

/* The clock on the wall at the venue. */
static gint local_time (const Checkpoint *checkpoint, gint64 now_ms, char day[11])
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) local
      = utc != NULL ? g_date_time_to_timezone (utc, checkpoint->zone) : NULL;
  if (local == NULL) {
    day[0] = '\0'; /* beyond the year 9999 */
    return 0;
  }
  g_snprintf (day, 11, "%04d-%02d-%02d", g_date_time_get_year (local),
              g_date_time_get_month (local), g_date_time_get_day_of_month (local));
  return g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
}

static const char *period_of (const Checkpoint *checkpoint, Once once, const char *day)
{
  switch (once) {
  case ONCE_EVENT:
    return checkpoint->event;
  case ONCE_DAY:
    return day;
  case ONCE_SESSION:
    return checkpoint->session;
  case ONCE_NEVER:
  case ONCE_COUNT:
    break;
  }
  return "";
}

/* The checkpoint's half. */
static DecisionQuestion question_at (const Checkpoint *checkpoint)
{
  return (DecisionQuestion){
    .kind = checkpoint->kind,
    .events = (const char *const *) checkpoint->events,
    .session = checkpoint->session,
    .categories = (const char *const *) checkpoint->categories,
    .has_groups = *checkpoint->groups != NULL,
    .openings = (const Opening *) (gpointer) checkpoint->openings->data,
    .opening_count = checkpoint->openings->len,
    .once = checkpoint->once,
    .direction = checkpoint->direction,
    .entitlement = checkpoint->entitlement,
    .issues_badge = checkpoint->badge,
    .capacity = checkpoint->capacity,
    .any_events = (const char *const *) checkpoint->any_events,
    .limit = checkpoint->limit,
    .days_limit = checkpoint->days_limit,
    .wait = checkpoint->wait,
    .empties = checkpoint->empties,
    .trusts = checkpoint->trusts,
    .since = -1,
  };
}

gboolean presentation_decide (Journal *journal, const Checkpoint *checkpoint,
                              const Presentation *presentation, const Delegate *delegate,
                              gint64 now_ms, PresentationAnswer *answer, GError **error)
{
  char today[11];
  Past past = { .now_ms = now_ms };
  DecisionQuestion question = question_at (checkpoint);
  question.presented = presentation->presented;
  question.minute = local_time (checkpoint, now_ms, today);
  question.day = today;
  gint opening
      = decision_opening_at (question.openings, question.opening_count, today, question.minute);
  const char *day = opening >= 0 ? question.openings[opening].day : today;

  g_autofree const char **dates
      = delegate != NULL ? dates_of (checkpoint, (const char *const *) delegate->days) : NULL;
  if (delegate != NULL)
    set_delegate (delegate, dates, &question);
  if (delegate != NULL && delegate->appointed && question.has_groups
      && !gather_groups (journal, checkpoint, delegate, &question, error))
    return FALSE;
  if (presentation->reference != NULL
      && (!gather_ticket (journal, presentation, &question, error)
          || !gather_badges (journal, presentation, &question, error)
          || !gather_past (journal, checkpoint, presentation, day, &past, &question, error)))
    return FALSE;
  answer->answer = decision_make (&question);
  g_strlcpy (answer->day, answer->answer.day, sizeof answer->day);
  g_strlcpy (answer->period, period_of (checkpoint, answer->answer.period, answer->day),
             sizeof answer->period);
  g_strlcpy (answer->next_day, answer->answer.next_day != NULL ? answer->answer.next_day : "",
             sizeof answer->next_day);
  answer->answer.day = NULL;
  answer->answer.next_day = NULL;
  return TRUE;
}

gboolean presentation_grants (const Checkpoint *checkpoint, const PresentationRights *from)
{
  g_auto (GStrv) events = json_in_strings_of (from->events),
                 labels = json_in_strings_of (from->days),
                 workshops = json_in_strings_of (from->workshops);
  g_autofree const char **dates = dates_of (checkpoint, (const char *const *) labels);
  const char *role = from->role, *category = from->category;
  const Delegate delegate = {
    .category = (char *) (guintptr) category,
    .role = (char *) (guintptr) role,
    .events = events,
    .workshops = workshops,
    .meals = from->meals,
    .transport = from->transport,
    .headset = from->headset,
  };
  DecisionQuestion question = question_at (checkpoint);
  set_delegate (&delegate, dates, &question);
  gboolean opens = question.opening_count == 0;
  for (guint i = 0; i < question.opening_count && !opens; i++)
    opens = g_strv_contains (question.delegate_days, question.openings[i].day);
  return opens && decision_is_entitled (&question);
}
