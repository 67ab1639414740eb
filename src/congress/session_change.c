#include "congress/session_change.h"

#include "congress/definition.h"
#include "core/json.h"
#include "journal/query.h"
#include "vocabulary/dates.h"

#include <string.h>

#define DAY_MINUTES 1440
#define DOOR_BEFORE_MINUTES 30 /* as event_door.c has it */

/* The facts that define them now, with what is new. */
static const char SESSION_BODY[]
    = "SELECT json_set (f.body, '$.day', :day, '$.from', :from, '$.to', :to, '$.room', :room, "
      "'$.removed', json (iif (:cancelled, 'true', 'false'))) FROM session s JOIN fact f ON "
      "f.station = s.station AND f.seq = s.seq WHERE s.id = :id";
static const char DOORS[]
    = "SELECT c.id, json_set (f.body, '$.opens', json (:opens)) FROM checkpoint c JOIN fact f ON "
      "f.station = c.station AND f.seq = c.seq WHERE c.session = :id AND NOT c.removed ORDER BY "
      "c.id";
static const char CHANGES[]
    = "SELECT session, fr, zh, cancelled, date, opens, closes, room FROM session_change c WHERE "
      "c.date >= :day AND c.at > ifnull ((SELECT max (p.at) FROM passage p WHERE p.reference = "
      ":reference AND p.verdict = 'ADMITTED'), 0) ORDER BY date, opens, session";

G_DEFINE_QUARK (session - change - error - quark, session_change_error)

/* Changing ----------------------------------------------------------------------- */

/* What will hold, whole. */
typedef struct {
  const ProgrammeEntry *entry;
  const char *day, *date, *room;
  char from[6], to[6];
  gboolean cancelled;
} Plan;

static gboolean refuse (GError **error, SessionChangeError code, const char *message)
{
  g_set_error_literal (error, SESSION_CHANGE_ERROR, code, message);
  return FALSE;
}

static gboolean set_clock (const char *text, char clock[6], gint *minute)
{
  *minute = definition_minutes (text, DAY_MINUTES);
  g_snprintf (clock, 6, "%02d:%02d", MAX (*minute, 0) / 60 % 100, MAX (*minute, 0) % 60);
  return *minute >= 0;
}

/* Minutes that it lasts stay as they are where only the beginning is said. */
static gboolean plan_hours (const SessionChange *change, Plan *plan, GError **error)
{
  gint from = 0, to = 0, before = definition_minutes (plan->entry->from, DAY_MINUTES),
       after = definition_minutes (plan->entry->to, DAY_MINUTES);
  if (!set_clock (change->from != NULL ? change->from : plan->entry->from, plan->from, &from)
      || !set_clock (change->to != NULL ? change->to : plan->entry->to, plan->to, &to))
    return refuse (error, SESSION_CHANGE_ERROR_TIME, _ ("a time is written like 14:00"));
  if (change->from != NULL && change->to == NULL) {
    g_autofree char *text = g_strdup_printf ("%02d:%02d", MIN (from + after - before, 1439) / 60,
                                             MIN (from + after - before, 1439) % 60);
    set_clock (text, plan->to, &to);
  }
  return from < to
         || refuse (error, SESSION_CHANGE_ERROR_TIME, _ ("the session ends before it begins"));
}

static gboolean make_plan (const Programme *programme, const char *session,
                           const SessionChange *change, Plan *plan, GError **error)
{
  *plan = (Plan){ .entry = programme_session (programme, session), .cancelled = change->cancelled };
  if (plan->entry == NULL) {
    g_autofree char *words
        = programme_words (programme->sessions),
        *message = g_strdup_printf (_ ("there is no session “%s” in the event file; there are: %s"),
                                    session, words);
    return refuse (error, SESSION_CHANGE_ERROR_UNKNOWN, message);
  }
  const Day *day = programme_day (programme, change->day != NULL ? change->day : plan->entry->day);
  if (day == NULL)
    return refuse (error, SESSION_CHANGE_ERROR_UNKNOWN, _ ("that is no day of the event file"));
  plan->day = day->label;
  plan->date = day->date;
  plan->room = change->room != NULL ? change->room : plan->entry->room;
  if (!plan_hours (change, plan, error))
    return FALSE;
  if (!plan->cancelled && strcmp (plan->day, plan->entry->day) == 0
      && strcmp (plan->from, plan->entry->from) == 0 && strcmp (plan->to, plan->entry->to) == 0
      && strcmp (plan->room, plan->entry->room) == 0)
    return refuse (error, SESSION_CHANGE_ERROR_NOTHING, _ ("it is so already"));
  return TRUE;
}

/* A cancelled one's door is open in the first minute of its day: when it is shut. */
static char *opens_of (const Plan *plan)
{
  gint from = MAX (definition_minutes (plan->from, DAY_MINUTES) - DOOR_BEFORE_MINUTES, 0);
  g_autofree char *opens = g_strdup_printf ("%02d:%02d", from / 60, from % 60);
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  json_out_begin_object (out, NULL);
  json_out_string (out, "day", plan->day);
  json_out_string (out, "from", plan->cancelled ? "00:00" : opens);
  json_out_string (out, "to", plan->cancelled ? "00:01" : plan->to);
  json_out_end_object (out);
  json_out_end_array (out);
  return json_out_finish (out);
}

static gboolean append_session (Journal *journal, const Plan *plan, GError **error)
{
  Query *query = journal_query (journal, SESSION_BODY, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":id", plan->entry->id);
  query_bind_text (query, ":day", plan->day);
  query_bind_text (query, ":from", plan->from);
  query_bind_text (query, ":to", plan->to);
  query_bind_text (query, ":room", plan->room);
  query_bind_int (query, ":cancelled", plan->cancelled);
  g_autofree char *body = g_strdup (query_next (query) ? query_text (query, 0) : "{}");
  return query_end (query, error)
         && journal_append (journal, "session", plan->entry->id, body, NULL, error);
}

static gboolean append_doors (Journal *journal, const Plan *plan, GError **error)
{
  g_autofree char *opens = opens_of (plan);
  g_autoptr (GPtrArray) doors = g_ptr_array_new_with_free_func (g_free);
  Query *query = journal_query (journal, DOORS, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":id", plan->entry->id);
  query_bind_text (query, ":opens", opens);
  while (query_next (query)) {
    g_ptr_array_add (doors, g_strdup (query_text (query, 0)));
    g_ptr_array_add (doors, g_strdup (query_text (query, 1)));
  }
  if (!query_end (query, error))
    return FALSE;
  for (guint i = 0; i + 1 < doors->len; i += 2)
    if (!journal_append (journal, "checkpoint", doors->pdata[i], doors->pdata[i + 1], NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean append_change (Journal *journal, const Plan *plan, GError **error)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "fr", plan->entry->fr);
  json_out_string (out, "zh", plan->entry->zh);
  json_out_bool_if (out, "cancelled", plan->cancelled);
  json_out_string (out, "date", plan->date);
  json_out_string (out, "from", plan->from);
  json_out_string (out, "to", plan->to);
  json_out_string (out, "room", plan->room);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "session-change", plan->entry->id, body, NULL, error);
}

gboolean session_change_make (Journal *journal, const Programme *programme, const char *session,
                              const SessionChange *change, GError **error)
{
  Plan plan;
  return make_plan (programme, session, change, &plan, error) && journal_begin (journal, error)
         && journal_finish (journal,
                            append_session (journal, &plan, error)
                                && append_doors (journal, &plan, error)
                                && append_change (journal, &plan, error),
                            error);
}

/* Telling ------------------------------------------------------------------------ */

/* « A1 : annulé », « A1 : Salle 2, mercredi 26 octobre, 15:00–17:00 » */
static char *told_in (WordsSide side, Query *query)
{
  const char *id = query_text (query, 0);
  g_autofree char *from = dates_clock (query_text (query, 5)),
                  *to = dates_clock (query_text (query, 6)), *first = NULL, *second = NULL;
  if (query_int (query, 3) != 0)
    return g_strdup_printf (words_for (side, N_ ("%s: cancelled")), id);
  dates_day (query_text (query, 4), &first, &second);
  return g_strdup_printf (words_for (side, N_ ("%s, new: %s, %s, %s–%s")), id,
                          query_text (query, 7), side == WORDS_FIRST ? first : second, from, to);
}

static void add (char **text, char *line)
{
  char *joined = *text != NULL ? g_strconcat (*text, " · ", line, NULL) : g_strdup (line);
  g_free (*text);
  g_free (line);
  *text = joined;
}

gboolean session_change_tell (Journal *journal, const char *reference, const char *day,
                              gboolean (*concerns) (const char *session, gconstpointer data),
                              gconstpointer data, OwnedPair *told, GError **error)
{
  OwnedPair found = { NULL, NULL };
  Query *query = journal_query (journal, CHANGES, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  query_bind_text (query, ":day", day);
  while (query_next (query))
    if (concerns (query_text (query, 0), data)) {
      add (&found.first, told_in (WORDS_FIRST, query));
      add (&found.second, told_in (WORDS_SECOND, query));
    }
  *told = (OwnedPair){ found.first != NULL ? found.first : g_strdup (""),
                       found.second != NULL ? found.second : g_strdup ("") };
  return query_end (query, error);
}
