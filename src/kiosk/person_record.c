#include "kiosk/person_record.h"

#include "congress/appointment.h"
#include "congress/scan_message.h"
#include "journal/query.h"
#include "kiosk/venue_time.h"
#include "core/words.h"

#include <string.h>

static const char PASSAGES[]
    = "SELECT p.at, c.fr, c.zh, p.verdict, p.direction, p.reason, c.kind, p.checkpoint, "
      "p.volunteer FROM passage p LEFT JOIN checkpoint c ON c.id = p.checkpoint"
      " WHERE p.reference = :reference ORDER BY p.at DESC, p.station, p.seq LIMIT :limit";
static const char HEADSET[] = "SELECT 'out' FROM headset_out WHERE reference = :reference LIMIT 1";

/* Passages --------------------------------------------------------------------------- */

static void passage_free (PersonRecordPassage *passage)
{
  g_free (passage->when);
  g_free (passage->place_fr);
  g_free (passage->place_zh);
  g_free (passage->volunteer);
  g_free (passage);
}

static char *moment (gint64 ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) there = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return there != NULL ? g_date_time_format (there, "%d · %H:%M") : g_strdup ("");
}

static PersonRecordPassage *read_passage (Query *query, GTimeZone *zone)
{
  PersonRecordPassage *passage = g_new0 (PersonRecordPassage, 1);
  const char *fr = query_text (query, 1), *zh = query_text (query, 2);
  Direction direction = DIRECTION_IN;
  CheckpointKind kind = CHECKPOINT_ENTRANCE;

  passage->when = moment (clock_hybrid_ms (query_int (query, 0)), zone);
  passage->place_fr = g_strdup (fr[0] != '\0' ? fr : query_text (query, 7));
  passage->place_zh = g_strdup (zh);
  passage->volunteer = g_strdup (query_text (query, 8));
  if (!verdict_from_name (query_text (query, 3), &passage->verdict))
    passage->verdict = VERDICT_UNKNOWN;
  if (!direction_from_name (query_text (query, 4), &direction)
      || !checkpoint_kind_from_name (query_text (query, 6), &kind))
    direction = DIRECTION_IN;
  passage->said = strcmp (query_text (query, 3), VERDICT_UNDONE) == 0
                      ? words_pair (N_ ("Taken back"))
                  : passage->verdict != VERDICT_ADMITTED
                      ? wording_told (passage->verdict, query_text (query, 5))
                  : kind == CHECKPOINT_HEADSET ? wording_admitted (kind, direction)
                  : direction == DIRECTION_OUT ? words_pair (N_ ("Way out"))
                                               : words_pair (N_ ("Way in"));
  return passage;
}

static gboolean read_passages (Journal *journal, PersonRecord *record, GTimeZone *zone,
                               GError **error)
{
  Query *query = journal_query (journal, PASSAGES, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", record->guest->reference);
  query_bind_int (query, ":limit", PERSON_RECORD_PASSAGES_MAX);
  while (query_next (query))
    g_ptr_array_add (record->passages, read_passage (query, zone));
  return query_end (query, error);
}

static gboolean read_headset (Journal *journal, PersonRecord *record, GError **error)
{
  Query *query = journal_query (journal, HEADSET, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", record->guest->reference);
  record->has_headset = query_next (query) && strcmp (query_text (query, 0), "out") == 0;
  return query_end (query, error);
}

/* How she stands today, and what the desk has said of her. */
static gboolean read_standing (Journal *journal, const Programme *programme, PersonRecord *record,
                               GError **error)
{
  const char *reference = record->delegate->reference;
  g_autofree char *day
      = venue_time_format (programme, journal_now_ms (journal), VENUE_TIME_ISO_DATE);

  if (!desk_standing (journal, reference, day, &record->standing, error))
    return FALSE;
  record->arrived
      = record->standing.arrived_ms > 0
            ? venue_time_format (programme, record->standing.arrived_ms, VENUE_TIME_CLOCK)
            : g_strdup ("");
  record->note = desk_note_of (journal, reference, error);
  record->taker = record->note != NULL ? desk_taker_of (journal, reference, error) : NULL;
  record->places = record->taker != NULL ? desk_places (journal, error) : NULL;
  return record->places != NULL;
}

/* What she is still to be asked, wherever. */
static gboolean read_questions (Journal *journal, const Programme *programme, PersonRecord *record,
                                const AddresseePerson *person, GError **error)
{
  g_autoptr (GArray) open
      = question_open (journal, programme->questions, record->delegate->reference, person, error);

  for (guint i = 0; open != NULL && i < open->len; i++)
    guest_ask (record->guest, programme->questions->pdata[g_array_index (open, guint, i)]);
  return open != NULL;
}

/* What the event file tells the team of her, beneath the team's own note. */
static gboolean read_team (Journal *journal, const Programme *programme, PersonRecord *record,
                           GError **error)
{
  const Delegate *delegate = record->delegate;
  const AddresseePerson person
      = { delegate->category, (const char *const *) delegate->events, NULL, FALSE };
  g_auto (OwnedPair) team = { NULL, NULL };
  g_autofree char *line = NULL, *both = NULL;

  if (!read_questions (journal, programme, record, &person, error)
      || !scan_message_tell (journal, &person, &team, NULL, error))
    return FALSE;
  if (team.first == NULL)
    return TRUE;
  line = words_line (words_of_owned (&team));
  both = g_strjoin (record->note[0] != '\0' ? "\n" : "", record->note, line, NULL);
  g_free (record->note);
  record->note = g_steal_pointer (&both);
  return TRUE;
}

/* Of all days, what comes first; the desk sees it of guests of protocol too. */
static gboolean read_appointments (Journal *journal, PersonRecord *record, GError **error)
{
  g_auto (OwnedPair) told = { NULL, NULL };

  if (!appointment_tell (journal, record->delegate->reference, NULL, "", &told, error))
    return FALSE;
  if (told.first[0] != '\0')
    guest_remind_lines (record->guest, words_of_owned (&told));
  return TRUE;
}

/* A person --------------------------------------------------------------------------- */

static gboolean read_person (Journal *journal, const Programme *programme, PersonRecord *record,
                             GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (programme->timezone);

  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  record->guest = guest_new (record->delegate, programme);
  record->passages = g_ptr_array_new_with_free_func ((GDestroyNotify) passage_free);
  if (record->delegate->appointed && !read_appointments (journal, record, error))
    return FALSE;
  record->badges = desk_badges (journal, record->delegate->reference, error);
  record->admissions
      = record->badges != NULL ? desk_passages (journal, record->delegate->reference, error) : NULL;
  return record->admissions != NULL && read_passages (journal, record, zone, error)
         && read_headset (journal, record, error)
         && read_standing (journal, programme, record, error)
         && read_team (journal, programme, record, error);
}

PersonRecord *person_record_read (Journal *journal, const Programme *programme,
                                  const char *reference, GError **error)
{
  g_autoptr (PersonRecord) record = g_new0 (PersonRecord, 1);

  record->delegate = delegate_load (journal, reference, error);
  if (record->delegate == NULL || !read_person (journal, programme, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

void person_record_free (PersonRecord *record)
{
  if (record == NULL)
    return;
  guest_unref (record->guest);
  delegate_free (record->delegate);
  g_clear_pointer (&record->badges, g_ptr_array_unref);
  g_clear_pointer (&record->passages, g_ptr_array_unref);
  g_clear_pointer (&record->places, g_ptr_array_unref);
  g_clear_pointer (&record->admissions, g_ptr_array_unref);
  g_free (record->arrived);
  g_free (record->note);
  g_free (record->taker);
  g_free (record);
}
