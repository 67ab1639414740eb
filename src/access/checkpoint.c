#include "access/checkpoint.h"

#include "core/words.h"
#include "credential/issue.h"
#include "journal/query.h"

#include <string.h>

#define HEADSET_ITEM "headset"

static const char CHECKPOINT_BY_ID[]
    = "SELECT kind, event, session, fr, zh, once, direction, entitlement, badge, capacity, events, "
      "categories, opens, at, station, seq"
      " FROM checkpoint WHERE id = :id AND NOT removed";
static const char CHECKPOINT_IDS[] = "SELECT id FROM checkpoint WHERE NOT removed ORDER BY id";
static const char CONGRESS[]
    = "SELECT timezone, days, at, station, seq FROM congress WHERE id = 'congress'";
static const char STAMP[] = "SELECT p.at, p.station, p.seq, p.removed, c.at, c.station, c.seq FROM "
                            "checkpoint p, congress c WHERE p.id = :id AND c.id = 'congress'";

/* Badges of a person, the last one first (as the view badge_state has it). */
static const char BADGES[]
    = "SELECT b.serial, b.issuer, EXISTS (SELECT 1 FROM badge_void v WHERE v.reference = "
      "b.reference AND v.serial = b.serial AND v.issuer = b.issuer)"
      " FROM badge b WHERE b.reference = :reference AND (b.serial <= 8 OR NOT EXISTS (SELECT 1 "
      "FROM badge_unlikely u WHERE u.reference = b.reference AND u.serial = b.serial AND u.issuer "
      "= "
      "b.issuer)) ORDER BY b.serial DESC, b.at DESC, b.issuer DESC";
static const char BADGE_IS_VOID[] = "SELECT 1 FROM badge_void WHERE reference = :reference AND "
                                    "serial = :serial AND issuer = :issuer";
static const char STATION_IS_REVOKED[] = "SELECT revoked FROM station_key WHERE station = :station";
/* Then only those of its badges open of which its facts, as far as they count, tell. */
static const char STATION_IS_DISOWNED[] = "SELECT 1 FROM disowned WHERE station = :station";
/* All of a period; on one day only, if :day is not ''. */
static const char ADMISSIONS[]
    = "SELECT direction FROM passage WHERE reference = :reference AND checkpoint = :checkpoint AND "
      "verdict = 'ADMITTED' AND (:day = '' OR day = :day)"
      " ORDER BY at, station, seq";
static const char HAS_HEADSET[]
    = "SELECT 1 FROM loan WHERE reference = :reference AND item = '" HEADSET_ITEM
      "' AND direction = 'out'";
static const char PEOPLE_INSIDE[] = "SELECT count (*) FROM presence WHERE checkpoint = :checkpoint "
                                    "AND day = :day AND last_direction = 'in'";
static const char HEADSETS_LENT[]
    = "SELECT count (*) FROM loan WHERE item = '" HEADSET_ITEM "' AND direction = 'out'";

G_DEFINE_QUARK (checkpoint - error - quark, checkpoint_error)

typedef struct {
  gint64 at[2], seq[2];
  char *station[2];
} Stamp; /* which facts define a checkpoint and the congress */

struct _Checkpoint {
  char *id, *event, *session, *fr, *zh;
  CheckpointKind kind;
  Once once;
  Direction direction;
  Entitlement entitlement;
  gboolean badge;
  guint capacity;
  char **events, **categories;
  char **labels, **dates; /* of the congress's days */
  GArray *openings;       /* Opening; their days are those of `dates` */
  GTimeZone *zone;
  Stamp stamp;
};

const char *checkpoint_id (const Checkpoint *checkpoint)
{
  return checkpoint->id;
}

const char *checkpoint_fr (const Checkpoint *checkpoint)
{
  return checkpoint->fr;
}

const char *checkpoint_zh (const Checkpoint *checkpoint)
{
  return checkpoint->zh;
}

CheckpointKind checkpoint_kind (const Checkpoint *checkpoint)
{
  return checkpoint->kind;
}

void checkpoint_set_exit (Checkpoint *checkpoint)
{
  checkpoint->direction = DIRECTION_OUT;
}

void checkpoint_free (Checkpoint *checkpoint)
{
  if (checkpoint == NULL)
    return;
  g_free (checkpoint->id);
  g_free (checkpoint->event);
  g_free (checkpoint->session);
  g_free (checkpoint->fr);
  g_free (checkpoint->zh);
  g_strfreev (checkpoint->events);
  g_strfreev (checkpoint->categories);
  g_strfreev (checkpoint->labels);
  g_strfreev (checkpoint->dates);
  g_array_unref (checkpoint->openings);
  g_clear_pointer (&checkpoint->zone, g_time_zone_unref);
  g_free (checkpoint->stamp.station[0]);
  g_free (checkpoint->stamp.station[1]);
  g_free (checkpoint);
}

/* Loading ---------------------------------------------------------------------------- */

/* The strings of a JSON array. */
static char **strings_of (const char *json)
{
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonValue *array = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; array != NULL && i < json_in_length (array); i++) {
    const char *text = json_in_element_string (array, i);
    if (text != NULL)
      g_strv_builder_add (builder, text);
  }
  return g_strv_builder_end (builder);
}

static const char *date_of (const Checkpoint *checkpoint, const char *label)
{
  for (guint i = 0; label != NULL && checkpoint->labels[i] != NULL; i++)
    if (strcmp (checkpoint->labels[i], label) == 0)
      return checkpoint->dates[i];
  return NULL;
}

static gint minutes_of (const char *clock)
{
  g_auto (GStrv) parts = g_strsplit (clock != NULL ? clock : "", ":", 2);
  return parts[0] != NULL && parts[1] != NULL ? (gint) (g_ascii_strtoll (parts[0], NULL, 10) * 60
                                                        + g_ascii_strtoll (parts[1], NULL, 10))
                                              : 0;
}

static void read_days (Checkpoint *checkpoint, const char *json)
{
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new (), dates = g_strv_builder_new ();
  JsonValue *array = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; array != NULL && i < json_in_length (array); i++) {
    JsonValue *day = json_in_element (array, i);
    const char *label = json_in_string (day, "label"), *date = json_in_string (day, "date");
    if (label == NULL || date == NULL)
      continue;
    g_strv_builder_add (labels, label);
    g_strv_builder_add (dates, date);
  }
  checkpoint->labels = g_strv_builder_end (labels);
  checkpoint->dates = g_strv_builder_end (dates);
}

static void read_openings (Checkpoint *checkpoint, const char *json)
{
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  JsonValue *array = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; array != NULL && i < json_in_length (array); i++) {
    JsonValue *open = json_in_element (array, i);
    const char *date = date_of (checkpoint, json_in_string (open, "day"));
    /* A day that the congress no longer has can never come; kept, so that the checkpoint
     * does not turn into one that is always open. */
    Opening opening = { date != NULL ? date : "", minutes_of (json_in_string (open, "from")),
                        minutes_of (json_in_string (open, "to")) };
    g_array_append_val (checkpoint->openings, opening);
  }
}

/* Time zone and days. FALSE with @error if the congress is not known. */
static gboolean load_congress (Journal *journal, Checkpoint *checkpoint, GError **error)
{
  Query *query = journal_query (journal, CONGRESS, error);
  if (query == NULL)
    return FALSE;
  g_autofree char *zone_name = NULL;
  if (query_next (query)) {
    zone_name = g_strdup (query_text (query, 0));
    read_days (checkpoint, query_text (query, 1));
    checkpoint->stamp.at[1] = query_int (query, 2);
    checkpoint->stamp.station[1] = g_strdup (query_text (query, 3));
    checkpoint->stamp.seq[1] = query_int (query, 4);
  }
  if (!query_end (query, error))
    return FALSE;
  if (zone_name == NULL) {
    g_set_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_EVENT,
                 _ ("opening the checkpoint %s: this replica knows no congress yet; load one with "
                    "“accueil event load FILE” or let it sync with the hub"),
                 checkpoint->id);
    return FALSE;
  }
  checkpoint->zone = g_time_zone_new_identifier (zone_name);
  if (checkpoint->zone == NULL) {
    g_set_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_EVENT,
                 _ ("opening the checkpoint %s: this machine does not know the time zone %s; "
                    "install the package tzdata"),
                 checkpoint->id, zone_name);
    return FALSE;
  }
  return TRUE;
}

static void read_row (Checkpoint *checkpoint, Query *query)
{
  /* A word of a later version reads as the most careful one there is. */
  if (!checkpoint_kind_from_name (query_text (query, 0), &checkpoint->kind))
    checkpoint->kind = CHECKPOINT_ZONE;
  checkpoint->event = g_strdup (query_text (query, 1));
  checkpoint->session = g_strdup (query_text (query, 2));
  checkpoint->fr = g_strdup (query_text (query, 3));
  checkpoint->zh = g_strdup (query_text (query, 4));
  if (!once_from_name (query_text (query, 5), &checkpoint->once))
    checkpoint->once = ONCE_DAY;
  if (!direction_from_name (query_text (query, 6), &checkpoint->direction))
    checkpoint->direction = DIRECTION_IN;
  if (!entitlement_from_name (query_text (query, 7), &checkpoint->entitlement))
    checkpoint->entitlement = ENTITLEMENT_NONE;
  checkpoint->badge = query_int (query, 8) != 0;
  checkpoint->capacity = (guint) query_int (query, 9);
  checkpoint->events = strings_of (query_text (query, 10));
  checkpoint->categories = strings_of (query_text (query, 11));
  read_openings (checkpoint, query_text (query, 12));
  checkpoint->stamp.at[0] = query_int (query, 13);
  checkpoint->stamp.station[0] = g_strdup (query_text (query, 14));
  checkpoint->stamp.seq[0] = query_int (query, 15);
}

static gboolean fail_unknown (Journal *journal, const char *id, GError **error)
{
  g_auto (GStrv) ids = checkpoint_ids (journal, error);
  if (ids == NULL)
    return FALSE;
  g_autofree char *list = g_strjoinv (", ", ids);
  g_set_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_UNKNOWN,
               _ ("there is no checkpoint “%s” in the event file; there are: %s"), id,
               *list ? list : _ ("none"));
  return FALSE;
}

Checkpoint *checkpoint_load (Journal *journal, const char *id, GError **error)
{
  g_autoptr (Checkpoint) checkpoint = g_new0 (Checkpoint, 1);
  checkpoint->id = g_strdup (id);
  checkpoint->openings = g_array_new (FALSE, FALSE, sizeof (Opening));
  if (!load_congress (journal, checkpoint, error))
    return NULL;
  Query *query = journal_query (journal, CHECKPOINT_BY_ID, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":id", id);
  gboolean found = query_next (query);
  if (found)
    read_row (checkpoint, query);
  if (!query_end (query, error) || (!found && !fail_unknown (journal, id, error)))
    return NULL;
  return g_steal_pointer (&checkpoint);
}

gboolean checkpoint_is_current (Journal *journal, const Checkpoint *checkpoint, gboolean *current,
                                GError **error)
{
  Query *query = journal_query (journal, STAMP, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":id", checkpoint->id);
  const Stamp *stamp = &checkpoint->stamp;
  *current = query_next (query) && query_int (query, 0) == stamp->at[0]
             && strcmp (query_text (query, 1), stamp->station[0]) == 0
             && query_int (query, 2) == stamp->seq[0] && query_int (query, 3) == 0
             && query_int (query, 4) == stamp->at[1]
             && strcmp (query_text (query, 5), stamp->station[1]) == 0
             && query_int (query, 6) == stamp->seq[1];
  return query_end (query, error);
}

char **checkpoint_ids (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, CHECKPOINT_IDS, error);
  if (query == NULL)
    return NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  while (query_next (query))
    g_strv_builder_add (builder, query_text (query, 0));
  return query_end (query, error) ? g_strv_builder_end (builder) : NULL;
}

/* Gathering -------------------------------------------------------------------------- */

/* Labels of days as lists write them, into dates, which are the checkpoint's. Free with
 * g_free(). */
static const char **dates_of (const Checkpoint *checkpoint, const char *const *labels)
{
  const char **dates = g_new0 (const char *, g_strv_length ((char **) (guintptr) labels) + 1);
  guint count = 0;
  for (guint i = 0; labels[i] != NULL; i++) {
    const char *date = date_of (checkpoint, labels[i]);
    if (date != NULL)
      dates[count++] = date;
  }
  return dates;
}

/* Fills the delegate's half, with what is the delegate's and @dates. */
static void set_delegate (const Delegate *delegate, const char *const *dates,
                          DecisionQuestion *question)
{
  const char *space = strrchr (delegate->role, ' '); /* "intervenant A1" */
  question->registered = TRUE;
  question->revoked = delegate->revoked;
  question->pending = delegate->status != NULL && *delegate->status != '\0';
  question->category = delegate->category;
  question->role_session = space != NULL ? space + 1 : "";
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
  if (sql == BADGE_IS_VOID) {
    query_bind_int (query, ":serial", presentation->serial);
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
    question->badge = is_void ? BADGE_LOST : first ? BADGE_GOOD : BADGE_REPLACED;
  }
  if (!query_end (query, error))
    return FALSE;
  if (presentation->presented != PRESENTED_BADGE)
    return TRUE;
  if (!known) {
    gboolean is_void = FALSE;
    if (!ask (journal, BADGE_IS_VOID, presentation, &is_void, error))
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

/* What this delegate did here before, and who else is here. @day: the day it counts
 * for. */
static gboolean gather_past (Journal *journal, const Checkpoint *checkpoint,
                             const Presentation *presentation, const char *day,
                             DecisionQuestion *question, GError **error)
{
  gboolean headset = checkpoint->kind == CHECKPOINT_HEADSET;
  if (headset) {
    if (!ask (journal, HAS_HEADSET, presentation, &question->inside, error))
      return FALSE;
  } else if (checkpoint->once != ONCE_NEVER || checkpoint->direction == DIRECTION_BOTH) {
    Query *query = journal_query (journal, ADMISSIONS, error);
    if (query == NULL)
      return FALSE;
    query_bind_text (query, ":reference", presentation->reference);
    query_bind_text (query, ":checkpoint", checkpoint->id);
    query_bind_text (query, ":day",
                     checkpoint->once == ONCE_EVENT || checkpoint->once == ONCE_SESSION ? "" : day);
    while (query_next (query)) {
      question->inside = strcmp (query_text (query, 0), "in") == 0;
      question->admitted += question->inside;
    }
    if (!query_end (query, error))
      return FALSE;
  }
  if (checkpoint->capacity == 0)
    return TRUE;
  Query *query = journal_query (journal, headset ? HEADSETS_LENT : PEOPLE_INSIDE, error);
  if (query == NULL)
    return FALSE;
  if (!headset) {
    query_bind_text (query, ":checkpoint", checkpoint->id);
    query_bind_text (query, ":day", day);
  }
  if (query_next (query))
    question->people_inside = (guint) query_int (query, 0);
  return query_end (query, error);
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
    .openings = (const Opening *) (gpointer) checkpoint->openings->data,
    .opening_count = checkpoint->openings->len,
    .once = checkpoint->once,
    .direction = checkpoint->direction,
    .entitlement = checkpoint->entitlement,
    .issues_badge = checkpoint->badge,
    .capacity = checkpoint->capacity,
  };
}

gboolean checkpoint_decide (Journal *journal, const Checkpoint *checkpoint,
                            const Presentation *presentation, const Delegate *delegate,
                            gint64 now_ms, CheckpointAnswer *answer, GError **error)
{
  char today[11];
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
  if (presentation->reference != NULL
      && (!gather_badges (journal, presentation, &question, error)
          || !gather_past (journal, checkpoint, presentation, day, &question, error)))
    return FALSE;
  answer->answer = decision_make (&question);
  g_strlcpy (answer->day, answer->answer.day, sizeof answer->day);
  g_strlcpy (answer->period, period_of (checkpoint, answer->answer.period, answer->day),
             sizeof answer->period);
  answer->answer.day = NULL;
  return TRUE;
}

gboolean checkpoint_grants (const Checkpoint *checkpoint, const CheckpointRights *from)
{
  g_auto (GStrv) events = strings_of (from->events), labels = strings_of (from->days),
                 workshops = strings_of (from->workshops);
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
