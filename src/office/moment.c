#include "office/moment.h"

#include "congress/agenda.h"
#include "counts/answers.h"
#include "counts/appointments.h"
#include "desk/alert.h"
#include "desk/screen_sign.h"
#include "replication/enrolment.h"

#include <string.h>

static void station_free (gpointer data)
{
  MomentStation *station = data;

  g_free (station->name);
  words_owned_clear (&station->called);
  station_state_unref (station->state);
  g_free (station);
}

Moment *moment_ref (Moment *moment)
{
  g_atomic_int_inc (&moment->references);
  return moment;
}

void moment_unref (Moment *moment)
{
  if (moment == NULL || !g_atomic_int_dec_and_test (&moment->references))
    return;
  figures_free (moment->figures);
  g_clear_pointer (&moment->alerts, g_ptr_array_unref);
  g_clear_pointer (&moment->matters, g_ptr_array_unref);
  g_clear_pointer (&moment->cast, g_ptr_array_unref);
  g_clear_pointer (&moment->agenda, g_ptr_array_unref);
  g_clear_pointer (&moment->answers, g_ptr_array_unref);
  g_clear_pointer (&moment->appointments, g_ptr_array_unref);
  g_clear_pointer (&moment->stations, g_ptr_array_unref);
  logo_shelf_unref (moment->logos);
  g_free (moment);
}

static gboolean has_supply_note (const StationState *state)
{
  for (guint i = 0; i < state->printers->len; i++)
    if (((const StationStatePrinter *) state->printers->pdata[i])->notes[0] != '\0')
      return TRUE;
  return FALSE;
}

static gboolean has_trouble (const StationState *state)
{
  for (guint i = 0; i < state->printers->len; i++)
    if (((const StationStatePrinter *) state->printers->pdata[i])->troubles[0] != '\0')
      return TRUE;
  return FALSE;
}

/* @hub_ms: as far as most are from the hub's clock, none is to be blamed for it. */
static MomentStationNeed need_of (const MomentStation *station, gint64 hub_ms)
{
  const StationState *state = station->state;

  if (station->revoked || !station->enrolled)
    return station->revoked ? MOMENT_STATION_REVOKED : MOMENT_STATION_INVITED;
  if (station->silent)
    return MOMENT_STATION_SILENT;
  if (state == NULL)
    return MOMENT_STATION_WELL;
  if (has_trouble (state))
    return MOMENT_STATION_PRINTER;
  if (ABS (state->offset_ms - hub_ms) > STATION_STATE_CLOCK_MS)
    return MOMENT_STATION_CLOCK;
  return has_supply_note (state) ? MOMENT_STATION_SUPPLY : MOMENT_STATION_WELL;
}

/* What it says of itself is of now, or nothing is known. */
static StationState *state_of (StationStates *states, const char *name, gint64 now_ms)
{
  g_autoptr (StationState) state = station_state_get (states, name);

  return state != NULL && now_ms - state->at_ms <= STATION_STATE_OLD_MS ? g_steal_pointer (&state)
                                                                        : NULL;
}

static void take_name (MomentStation *station, GHashTable *names)
{
  const OwnedPair *called = g_hash_table_lookup (names, station->name);

  station->called = (OwnedPair){ g_strdup (called != NULL ? called->first : ""),
                                 g_strdup (called != NULL ? called->second : "") };
}

const MomentStation *moment_station (const Moment *moment, const char *name)
{
  for (guint i = 0; i < moment->stations->len; i++)
    if (strcmp (((const MomentStation *) moment->stations->pdata[i])->name, name) == 0)
      return moment->stations->pdata[i];
  return NULL;
}

static gboolean read_stations (Journal *journal, StationStates *states, Moment *moment,
                               GError **error)
{
  g_autoptr (GPtrArray) list = enrolment_list (journal, error);
  g_autoptr (GHashTable) names = list != NULL ? screen_sign_names (journal, error) : NULL;

  if (names == NULL)
    return FALSE;
  moment->states = station_state_changes (states);
  moment->clock = hub_clock_judge (states, moment->figures->as_of->at_ms);
  moment->stations = g_ptr_array_new_with_free_func (station_free);
  for (guint i = 0; i < list->len; i++) {
    const Enrolment *enrolment = list->pdata[i];
    MomentStation *station = g_new0 (MomentStation, 1);

    station->name = g_strdup (enrolment->station);
    station->seq = enrolment->seq;
    station->expires_ms = enrolment->expires_ms;
    station->enrolled = enrolment->enrolled_ms > 0;
    station->revoked = enrolment->revoked_ms > 0;
    station->heard = as_of_station (moment->figures->as_of, station->name);
    station->silent = station->heard != NULL && station->heard->silent;
    station->last_ms = station->heard != NULL ? station->heard->last_ms : enrolment->last_ms;
    station->work = figures_station (moment->figures, station->name);
    station->state = state_of (states, station->name, moment->figures->as_of->at_ms);
    station->need = need_of (station, moment->clock.offset_ms);
    take_name (station, names);
    moment->in_need += station->need < MOMENT_STATION_WELL;
    g_ptr_array_add (moment->stations, station);
  }
  moment->enrolled = as_of_count (moment->figures->as_of, 0, &moment->heard, NULL);
  return TRUE;
}

static gboolean read_logos (Journal *journal, Moment *moment, const Moment *before, GError **error)
{
  moment->logos = logo_shelf_read (journal, before != NULL ? before->logos : NULL, error);
  return moment->logos != NULL;
}

static gboolean read_agenda (Journal *journal, Moment *moment, GError **error)
{
  g_autofree char *today = as_of_day (moment->figures->as_of);

  moment->agenda = agenda_read (journal, today, AGENDA_AHEAD_DAYS, error);
  return moment->agenda != NULL;
}

/* Of the day that the figures are of; the pages hide whom they may not name. */
static gboolean read_appointments (Journal *journal, Moment *moment, GError **error)
{
  const char *day = moment->figures->day;
  const AppointmentsFilter filter = { .kind = APPOINTMENT_KINDS, .date = day, .protocol = TRUE };

  moment->answers = answers_read (journal, error);
  moment->appointments
      = moment->answers != NULL ? appointments_read (journal, &filter, day, error) : NULL;
  return moment->appointments != NULL;
}

/* What needs a person ---------------------------------------------------------------- */

static void matter_free (gpointer data)
{
  MomentMatter *matter = data;

  g_free (matter->id);
  g_free (matter);
}

static guint seconds (gint64 ms)
{
  return (guint) (ms / 1000);
}

/* Whether somebody has closed it as it is now. */
static gboolean is_closed (const MomentMatter *matter, GHashTable *closed, gint64 now_ms)
{
  const gint64 *seen = g_hash_table_lookup (closed, matter->id);

  if (seen == NULL)
    return FALSE;
  return matter->kind == MOMENT_MATTER_PRINTER ? now_ms - *seen * 1000 < MOMENT_MATTER_PRINTER_MS
                                               : *seen >= (gint64) matter->seen;
}

/* Takes over @id. */
static void add (Moment *moment, GHashTable *closed, MomentMatter matter, char *id)
{
  matter.id = id;
  if (is_closed (&matter, closed, moment->figures->as_of->at_ms))
    g_free (id);
  else
    g_ptr_array_add (moment->matters, g_memdup2 (&matter, sizeof matter));
}

/* The room that @member is missed in now; NULL for none. */
static const FiguresRoom *missed_in (const Moment *moment, const CastMember *member)
{
  const GPtrArray *rooms = moment->figures->rooms;
  gint64 now = moment->figures->as_of->at_ms;

  for (guint i = 0; member->place <= CAST_LEFT && i < rooms->len; i++) {
    const FiguresRoom *room = rooms->pdata[i];

    if (strcmp (room->session, member->session) == 0)
      return now >= room->from_ms - CAST_MISSED_MS && now < room->to_ms ? room : NULL;
  }
  return NULL;
}

static void add_speakers (Moment *moment, GHashTable *closed)
{
  for (guint i = 0; i < moment->cast->len; i++) {
    const CastMember *member = moment->cast->pdata[i];
    const FiguresRoom *room = missed_in (moment, member);

    if (room != NULL)
      add (moment, closed,
           (MomentMatter){
               .kind = MOMENT_MATTER_SPEAKER, .seen = 1, .member = member, .room = room },
           g_strdup_printf ("speaker:%s:%s:%s", room->session, member->reference, room->day));
  }
}

static void add_printers (Moment *moment, GHashTable *closed, const MomentStation *station)
{
  for (guint i = 0; i < station->state->printers->len; i++) {
    const StationStatePrinter *printer = station->state->printers->pdata[i];

    if (printer->troubles[0] != '\0')
      add (moment, closed,
           (MomentMatter){ .kind = MOMENT_MATTER_PRINTER,
                           .seen = seconds (moment->figures->as_of->at_ms),
                           .station = station,
                           .printer = printer },
           g_strdup_printf ("printer:%s:%s:%s", station->name, printer->queue, printer->troubles));
  }
}

static void add_stations (Moment *moment, GHashTable *closed)
{
  for (guint i = 0; i < moment->stations->len; i++) {
    const MomentStation *station = moment->stations->pdata[i];

    if (station->silent)
      add (moment, closed,
           (MomentMatter){ .kind = MOMENT_MATTER_SILENT,
                           .seen = seconds (station->last_ms),
                           .station = station },
           g_strconcat ("silent:", station->name, NULL));
    else if (station->need == MOMENT_STATION_PRINTER)
      add_printers (moment, closed, station);
  }
}

static gboolean read_matters (Journal *journal, Moment *moment, GError **error)
{
  g_autoptr (GHashTable) closed = alert_closed_matters (journal, error);

  if (closed == NULL)
    return FALSE;
  moment->matters = g_ptr_array_new_with_free_func (matter_free);
  add_speakers (moment, closed);
  add_stations (moment, closed);
  return TRUE;
}

/* All -------------------------------------------------------------------------------- */

Moment *moment_make (Journal *journal, FiguresReader *reader, StationStates *states,
                     const Moment *before, GError **error)
{
  g_autoptr (Moment) moment = g_new0 (Moment, 1);

  moment->references = 1;
  moment->version = before != NULL ? before->version + 1 : 1;
  moment->figures = figures_reader_read (reader, journal, NULL, NULL, error);
  if (moment->figures == NULL || (moment->alerts = alert_list (journal, FALSE, error)) == NULL
      || (moment->cast = cast_read (journal, moment->figures->day, error)) == NULL
      || !read_logos (journal, moment, before, error) || !read_agenda (journal, moment, error)
      || !read_appointments (journal, moment, error)
      || !read_stations (journal, states, moment, error) || !read_matters (journal, moment, error))
    return NULL;
  return g_steal_pointer (&moment);
}

/* Each as it was: by name, and whether it is enrolled, silent or revoked. */
static gboolean has_same_stations (const Moment *before, const GPtrArray *list, const AsOf *as_of)
{
  if (list->len != before->stations->len)
    return FALSE;
  for (guint i = 0; i < list->len; i++) {
    const MomentStation *station = before->stations->pdata[i];
    const Enrolment *enrolment = list->pdata[i];
    const AsOfStation *heard = as_of_station (as_of, enrolment->station);

    if (strcmp (station->name, enrolment->station) != 0
        || station->silent != (heard != NULL && heard->silent)
        || station->enrolled != (enrolment->enrolled_ms > 0)
        || station->revoked != (enrolment->revoked_ms > 0))
      return FALSE;
  }
  return TRUE;
}

gboolean moment_is_current (Journal *journal, StationStates *states, const Moment *before,
                            gboolean *current, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gint64 number = journal_last_number (journal, &failed);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (AsOf) as_of = NULL;

  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  *current = number == before->figures->number && station_state_changes (states) == before->states;
  if (!*current)
    return TRUE;
  if ((list = enrolment_list (journal, error)) == NULL
      || (as_of = as_of_read (journal, error)) == NULL)
    return FALSE;
  *current = has_same_stations (before, list, as_of);
  return TRUE;
}
