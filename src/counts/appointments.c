#include "counts/appointments.h"

#include "counts/guest_name.h"
#include "journal/query.h"
#include "vocabulary/name_table.h"

#include <string.h>

#define DAY "iif (a.date = '', :today, a.date)"
static const char ROWS[]
    = "SELECT a.id, a.kind, a.date, a.opens, a.closes, a.place, a.line, a.fr, a.zh, a.places, "
      "a.reference, ifnull (d.family, ''), ifnull (d.given, ''), ifnull (d.name_zh, ''), "
      "ifnull (d.protocol, 0) AND NOT :protocol, ifnull (d.country, ''), ifnull "
      "(d.organisation_fr, ''), ifnull (d.organisation_zh, ''), ifnull (g.fr, ifnull "
      "(d.delegation, '')), ifnull (g.zh, ifnull (d.delegation, '')), ifnull (d.hotel, ''), "
      "a.host, a.seat, ifnull (m.met, 0), ifnull ((SELECT iif (p.last_direction = 'out', 1, 2) "
      "FROM presence p JOIN checkpoint c ON c.id = p.checkpoint AND c.kind = 'entrance' WHERE "
      "p.reference = a.reference AND p.day = " DAY " ORDER BY p.last_at DESC, p.last_station "
      "DESC, p.last_seq DESC LIMIT 1), 0), EXISTS (SELECT 1 FROM presence p JOIN checkpoint c "
      "ON c.id = p.checkpoint AND c.kind = 'shuttle' WHERE p.reference = a.reference AND p.day "
      "= a.date AND (c.id = a.line OR NOT EXISTS (SELECT 1 FROM checkpoint k WHERE k.id = "
      "a.line))), EXISTS (SELECT 1 FROM presence p WHERE p.reference = a.reference AND p.day "
      ">= a.date), ifnull (d.protocol, 0), ifnull (d.delegation, '') FROM appointment a LEFT "
      "JOIN delegate d ON d.reference = a.reference LEFT JOIN delegation g ON g.id = "
      "d.delegation AND NOT g.removed LEFT JOIN appointment_met m ON m.reference = a.reference "
      "AND m.id = a.id WHERE NOT a.removed AND (:kind = '' OR a.kind = :kind) AND (:date = '' "
      "OR a.date = :date) AND (:id = '' OR a.id = :id) ORDER BY a.date, a.opens, a.kind, a.id, "
      "d.delegation, a.reference";

/* Columns of ROWS. */
enum {
  ID,
  KIND,
  DATE,
  FROM,
  TO,
  PLACE,
  LINE,
  FR,
  ZH,
  PLACES,
  REFERENCE,
  FAMILY,
  GIVEN,
  NAME_ZH,
  HIDDEN,
  COUNTRY,
  ORGANISATION_FR,
  ORGANISATION_ZH,
  DELEGATION_FR,
  DELEGATION_ZH,
  HOTEL,
  HOST,
  SEAT,
  MET,
  PRESENT,
  RODE,
  SEEN,
  PROTOCOL,
  DELEGATION
};

/* States ----------------------------------------------------------------------------- */

const char *appointments_state_name (AppointmentsState state)
{
  static const char *const NAMES[] = { "awaited", "left", "here", "met" };
  G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == APPOINTMENTS_STATES);
  return name_table_name (NAMES, APPOINTMENTS_STATES, state);
}

Pair appointments_state_wording (AppointmentKind kind, AppointmentsState state)
{
  gboolean received = kind == APPOINTMENT_ARRIVAL || kind == APPOINTMENT_MOTORCADE;
  switch (state) {
  case APPOINTMENTS_LEFT:
    return words_pair_in ("appointment", NC_ ("appointment", "has left"));
  case APPOINTMENTS_HERE:
    return words_pair_in ("appointment", NC_ ("appointment", "in the building"));
  case APPOINTMENTS_MET:
    return received ? words_pair_in ("appointment", NC_ ("appointment", "met"))
                    : words_pair_in ("appointment", NC_ ("appointment", "on board"));
  case APPOINTMENTS_AWAITED:
  case APPOINTMENTS_STATES:
    break;
  }
  return kind == APPOINTMENT_ARRIVAL
             ? words_pair_in ("appointment", NC_ ("appointment", "to be met"))
             : words_pair_in ("appointment", NC_ ("appointment", "not seen yet"));
}

static AppointmentsState state_of (AppointmentKind kind, Query *query)
{
  gboolean met = query_int (query, MET) != 0
                 || (kind == APPOINTMENT_SHUTTLE && query_int (query, RODE) != 0)
                 || (kind == APPOINTMENT_ARRIVAL && query_int (query, SEEN) != 0);
  gint64 present = query_int (query, PRESENT);
  if (met)
    return APPOINTMENTS_MET;
  if (kind == APPOINTMENT_SHUTTLE || kind == APPOINTMENT_DEPARTURE)
    return APPOINTMENTS_AWAITED;
  return present == 2 ? APPOINTMENTS_HERE : present == 1 ? APPOINTMENTS_LEFT : APPOINTMENTS_AWAITED;
}

gboolean appointments_is_crowded (const AppointmentsThing *thing)
{
  return thing->places > 0 && thing->people->len > thing->places;
}

/* Rows ------------------------------------------------------------------------------- */

static void person_free (gpointer data)
{
  AppointmentsPerson *person = data;
  char *const texts[] = {
    person->reference,     person->name,          person->family,          person->given,
    person->name_zh,       person->country,       person->organisation_fr, person->organisation_zh,
    person->delegation_fr, person->delegation_zh, person->hotel,           person->host,
    person->seat,          person->place,         person->delegation
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (person);
}

static void thing_free (gpointer data)
{
  AppointmentsThing *thing = data;
  char *const texts[] = { thing->id,    thing->date, thing->from, thing->to,
                          thing->place, thing->line, thing->fr,   thing->zh };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (thing->people);
  g_free (thing);
}

static AppointmentsThing *thing_of (Query *query)
{
  AppointmentsThing *thing = g_new0 (AppointmentsThing, 1);
  thing->id = g_strdup (query_text (query, ID));
  if (!appointment_kind_from_name (query_text (query, KIND), &thing->kind))
    thing->kind = APPOINTMENT_MEETING;
  thing->date = g_strdup (query_text (query, DATE));
  thing->from = g_strdup (query_text (query, FROM));
  thing->to = g_strdup (query_text (query, TO));
  thing->place = g_strdup (query_text (query, PLACE));
  thing->line = g_strdup (query_text (query, LINE));
  thing->fr = g_strdup (query_text (query, FR));
  thing->zh = g_strdup (query_text (query, ZH));
  thing->people = g_ptr_array_new_with_free_func (person_free);
  return thing;
}

/* Hers, "" where the reader may not see who she is. */
static char *own (Query *query, int column)
{
  return g_strdup (query_int (query, HIDDEN) != 0 ? "" : query_text (query, column));
}

static AppointmentsPerson *person_of (AppointmentKind kind, Query *query)
{
  AppointmentsPerson *person = g_new0 (AppointmentsPerson, 1);
  person->reference = own (query, REFERENCE);
  person->name = guest_name_of (query, FAMILY);
  person->family = own (query, FAMILY);
  person->given = own (query, GIVEN);
  person->name_zh = own (query, NAME_ZH);
  person->country = own (query, COUNTRY);
  person->organisation_fr = own (query, ORGANISATION_FR);
  person->organisation_zh = own (query, ORGANISATION_ZH);
  person->delegation = own (query, DELEGATION);
  person->delegation_fr = own (query, DELEGATION_FR);
  person->delegation_zh = own (query, DELEGATION_ZH);
  person->hotel = own (query, HOTEL);
  person->host = own (query, HOST);
  person->seat = own (query, SEAT);
  person->place = g_strdup (query_text (query, PLACE));
  person->protocol = query_int (query, PROTOCOL) != 0;
  person->state = state_of (kind, query);
  return person;
}

/* Rows come thing by thing. */
static void take (GPtrArray *things, Query *query)
{
  AppointmentsThing *thing = things->len > 0 ? things->pdata[things->len - 1] : NULL;
  if (thing == NULL || strcmp (thing->id, query_text (query, ID)) != 0
      || strcmp (thing->date, query_text (query, DATE)) != 0
      || strcmp (thing->from, query_text (query, FROM)) != 0) {
    thing = thing_of (query);
    g_ptr_array_add (things, thing);
  }
  AppointmentsPerson *person = person_of (thing->kind, query);
  thing->places = MAX (thing->places, (guint) query_int (query, PLACES));
  thing->there += person->state >= APPOINTMENTS_HERE;
  g_ptr_array_add (thing->people, person);
}

static void keep_waiting (GPtrArray *things)
{
  for (guint i = things->len; i-- > 0;) {
    const AppointmentsThing *thing = things->pdata[i];
    if (thing->there == thing->people->len && !appointments_is_crowded (thing))
      g_ptr_array_remove_index (things, i);
  }
}

GPtrArray *appointments_read (Journal *journal, const AppointmentsFilter *filter, const char *today,
                              GError **error)
{
  g_autoptr (GPtrArray) things = g_ptr_array_new_with_free_func (thing_free);
  Query *query = journal_query (journal, ROWS, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":kind",
                   filter->kind < APPOINTMENT_KINDS ? appointment_kind_name (filter->kind) : "");
  query_bind_text (query, ":date", filter->date != NULL ? filter->date : "");
  query_bind_text (query, ":id", filter->id != NULL ? filter->id : "");
  query_bind_text (query, ":today", today);
  query_bind_int (query, ":protocol", filter->protocol);
  while (query_next (query))
    take (things, query);
  if (!query_end (query, error))
    return NULL;
  if (filter->waiting)
    keep_waiting (things);
  return g_steal_pointer (&things);
}
