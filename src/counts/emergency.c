#include "counts/emergency.h"

#include "congress/programme.h"
#include "core/collate.h"
#include "journal/query.h"

#include <string.h>

/* In order, so that of a person's rows the last one decides. */
static const char PLACES[]
    = "SELECT p.reference, p.checkpoint, p.last_at, p.last_direction, c.kind <> 'entrance', c.fr, "
      "c.zh, c.direction IN ('out', 'both') OR EXISTS (SELECT 1 FROM passage_count o "
      "WHERE o.checkpoint = c.id AND o.day = p.day AND o.verdict = 'ADMITTED' AND o.inside < "
      "o.people) "
      "OR EXISTS (SELECT 1 FROM checkpoint x WHERE x.kind = 'entrance' AND c.kind = 'entrance' "
      "AND x.event = c.event AND x.direction = 'out' AND NOT x.removed) "
      "FROM checkpoint c CROSS JOIN presence p ON p.checkpoint = c.id "
      "AND (p.day = :day OR p.last_at > :night) WHERE c.kind IN ('entrance', 'zone') "
      "OR (c.kind = 'session' AND c.direction IN ('out', 'both')) "
      "ORDER BY p.last_at, p.last_station, p.last_seq";
static const char LAST_HEARD[]
    = "SELECT station, max (at) FROM passage WHERE station <> :own AND day = :day GROUP BY station";

typedef struct {
  char *reference;
  char *entrance, *zone; /* ids; "" for none, or left */
  gint64 entrance_ms, zone_ms;
  gboolean outside;
  gboolean doubtful; /* nobody saw where she went last */
} Came;

typedef struct {
  char *fr, *zh;
  gboolean zone, scans_out;
} Place;

typedef struct {
  Emergency *emergency;
  const Programme *programme;
  GHashTable *came;   /* reference → Came */
  GHashTable *places; /* id → Place */
  GHashTable *people; /* reference → EmergencyPerson */
  gboolean all_scan_out;
} Walk;

static void came_free (gpointer data)
{
  Came *came = data;
  g_free (came->reference);
  g_free (came->entrance);
  g_free (came->zone);
  g_free (came);
}

static void place_free (gpointer data)
{
  Place *place = data;
  g_free (place->fr);
  g_free (place->zh);
  g_free (place);
}

static void person_free (gpointer data)
{
  EmergencyPerson *person = data;
  delegate_free (person->delegate);
  g_free (person->reference);
  g_free (person->place_fr);
  g_free (person->place_zh);
  g_free (person->delegation_fr);
  g_free (person->delegation_zh);
  g_free (person);
}

static void station_free (gpointer data)
{
  EmergencyStation *station = data;
  g_free (station->name);
  g_free (station);
}

void emergency_free (Emergency *emergency)
{
  if (emergency == NULL)
    return;
  as_of_free (emergency->as_of);
  g_ptr_array_unref (emergency->people);
  g_ptr_array_unref (emergency->unheard);
  g_free (emergency);
}

static void walk_clear (Walk *walk)
{
  g_hash_table_unref (walk->came);
  g_hash_table_unref (walk->places);
  g_hash_table_unref (walk->people);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/* Where ------------------------------------------------------------------------------ */

static Came *came_of (Walk *walk, const char *reference)
{
  Came *came = g_hash_table_lookup (walk->came, reference);
  if (came == NULL) {
    came = g_new0 (Came, 1);
    came->reference = g_strdup (reference);
    came->entrance = g_strdup ("");
    came->zone = g_strdup ("");
    g_hash_table_insert (walk->came, came->reference, came);
  }
  return came;
}

static void add_place (Walk *walk, Query *query)
{
  Place *place = g_hash_table_lookup (walk->places, query_text (query, 1));
  gboolean scans_out = query_int (query, 7) != 0;
  if (place == NULL) {
    place = g_new0 (Place, 1);
    place->zone = query_int (query, 4) != 0;
    place->fr = g_strdup (query_text (query, 5));
    place->zh = g_strdup (query_text (query, 6));
    place->scans_out = scans_out;
    g_hash_table_insert (walk->places, g_strdup (query_text (query, 1)), place);
  }
  if (!place->zone && !scans_out)
    walk->all_scan_out = FALSE;
}

static void set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* Inside still: by the entrance, or, where nobody saw her come, about that zone. */
static void leave_zone (Came *came, const char *zone, gint64 at_ms)
{
  if (*came->zone != '\0' && strcmp (came->zone, zone) != 0)
    return;
  set_text (&came->zone, "");
  if (*came->entrance != '\0')
    return;
  set_text (&came->zone, zone);
  came->zone_ms = at_ms;
  came->doubtful = TRUE;
}

static void add_passage (Walk *walk, Query *query)
{
  Came *came = came_of (walk, query_text (query, 0));
  gboolean out = strcmp (query_text (query, 3), "out") == 0, zone = query_int (query, 4) != 0;
  gint64 at_ms = clock_hybrid_ms (query_int (query, 2));
  add_place (walk, query);
  came->outside = !zone && out;
  if (zone && out) {
    leave_zone (came, query_text (query, 1), at_ms);
    return;
  }
  came->doubtful = FALSE;
  set_text (&came->zone, zone ? query_text (query, 1) : "");
  if (!zone)
    set_text (&came->entrance, query_text (query, 1));
  *(zone ? &came->zone_ms : &came->entrance_ms) = at_ms;
}

static gboolean read_places (Journal *journal, Walk *walk, const char *day, GError **error)
{
  Query *query = journal_query (journal, PLACES, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":day", day);
  query_bind_int (query, ":night",
                  clock_hybrid_from_ms (walk->emergency->as_of->at_ms - EMERGENCY_NIGHT_MS));
  while (query_next (query))
    add_passage (walk, query);
  return query_end (query, error);
}

/* Who -------------------------------------------------------------------------------- */

static void add_people (Walk *walk)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, walk->came);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Came *came = value;
    gboolean zone = *came->zone != '\0';
    const Place *place = g_hash_table_lookup (walk->places, zone ? came->zone : came->entrance);
    if (came->outside || place == NULL)
      continue;
    EmergencyPerson *person = g_new0 (EmergencyPerson, 1);
    person->reference = g_strdup (came->reference);
    person->place_fr = g_strdup (place->fr);
    person->place_zh = g_strdup (place->zh);
    person->delegation_fr = g_strdup ("");
    person->delegation_zh = g_strdup ("");
    person->since_ms = zone ? came->zone_ms : came->entrance_ms;
    person->sure = !came->doubtful && place->scans_out && (zone || walk->all_scan_out);
    walk->emergency->sure += person->sure;
    g_ptr_array_add (walk->emergency->people, person);
    g_hash_table_insert (walk->people, person->reference, person);
  }
}

static void add_delegate (const Delegate *delegate, gpointer data)
{
  Walk *walk = data;
  EmergencyPerson *person = g_hash_table_lookup (walk->people, delegate->reference);
  if (person == NULL)
    return;
  const ProgrammeEntry *entry = programme_delegation (walk->programme, delegate->delegation);
  person->delegate = delegate_copy (delegate);
  set_text (&person->delegation_fr, entry != NULL ? entry->fr : delegate->delegation);
  set_text (&person->delegation_zh, entry != NULL ? entry->zh : delegate->delegation);
}

/* Zones first: they are searched first. */
static char *key_of (const Walk *walk, const EmergencyPerson *person)
{
  const Came *came = g_hash_table_lookup (walk->came, person->reference);
  const Delegate *delegate = person->delegate;
  g_autofree char *group = collate_key (person->delegation_fr),
                  *name = delegate == NULL ? g_strdup ("")
                          : *delegate->family != '\0' || *delegate->given != '\0'
                              ? collate_name_fr (delegate->family, delegate->given)
                              : collate_key (delegate->name_zh);
  gboolean zone = *came->zone != '\0';
  return g_strdup_printf ("%d\x01%s\x01%d\x01%s\x01%s\x01%s", !zone,
                          zone ? came->zone : came->entrance, *person->delegation_fr == '\0', group,
                          name, person->reference);
}

static int by_key (gconstpointer a, gconstpointer b, gpointer data)
{
  const EmergencyPerson *first = *(EmergencyPerson *const *) a,
                        *second = *(EmergencyPerson *const *) b;
  return strcmp (g_hash_table_lookup (data, first->reference),
                 g_hash_table_lookup (data, second->reference));
}

static void sort_people (const Walk *walk)
{
  GPtrArray *people = walk->emergency->people;
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; i < people->len; i++) {
    EmergencyPerson *person = people->pdata[i];
    g_hash_table_insert (keys, person->reference, key_of (walk, person));
  }
  g_ptr_array_sort_with_data (people, by_key, keys);
}

/* Stations --------------------------------------------------------------------------- */

static void add_station (Emergency *emergency, const char *name, gint64 last_ms)
{
  EmergencyStation *station = g_new0 (EmergencyStation, 1);
  station->name = g_strdup (name);
  station->last_ms = last_ms;
  g_ptr_array_add (emergency->unheard, station);
}

static gboolean read_stations (Journal *journal, Emergency *emergency, const char *day,
                               GError **error)
{
  const GPtrArray *known = emergency->as_of->stations;
  for (guint i = 0; i < known->len; i++) {
    const AsOfStation *station = known->pdata[i];
    if (station->silent)
      add_station (emergency, station->name, station->last_ms);
  }
  if (known->len > 0)
    return TRUE;
  Query *query = journal_query (journal, LAST_HEARD, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":own", journal_station (journal));
  query_bind_text (query, ":day", day);
  while (query_next (query))
    add_station (emergency, query_text (query, 0), clock_hybrid_ms (query_int (query, 1)));
  return query_end (query, error);
}

/* All -------------------------------------------------------------------------------- */

static gboolean read_all (Journal *journal, Emergency *emergency, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  emergency->as_of = programme != NULL ? as_of_read (journal, error) : NULL;
  if (emergency->as_of == NULL)
    return FALSE;
  g_autofree char *day = as_of_day (emergency->as_of);
  g_auto (Walk) walk = {
    .emergency = emergency,
    .programme = programme,
    .came = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, came_free),
    .places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, place_free),
    .people = g_hash_table_new (g_str_hash, g_str_equal),
    .all_scan_out = TRUE,
  };
  if (!read_places (journal, &walk, day, error))
    return FALSE;
  add_people (&walk);
  if (!delegate_each (journal, add_delegate, &walk, error))
    return FALSE;
  sort_people (&walk);
  return read_stations (journal, emergency, day, error);
}

Emergency *emergency_read (Journal *journal, GError **error)
{
  g_autoptr (Emergency) emergency = g_new0 (Emergency, 1);
  emergency->people = g_ptr_array_new_with_free_func (person_free);
  emergency->unheard = g_ptr_array_new_with_free_func (station_free);
  if (!journal_view_begin (journal, error))
    return NULL;
  gboolean read = read_all (journal, emergency, error);
  journal_view_end (journal);
  return read ? g_steal_pointer (&emergency) : NULL;
}

/* Words ------------------------------------------------------------------------------ */

static char *clock_of (const Emergency *emergency, gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, emergency->as_of->zone);
  return g_date_time_format (local, "%H:%M");
}

OwnedPair emergency_said (const Emergency *emergency, const EmergencyPerson *person)
{
  g_autofree char *at = clock_of (emergency, person->since_ms);
  return person->sure ? words_filled ("Inside since %s", at)
                      : words_filled ("Arrived today at %s, may have left", at);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
char *emergency_note (const Emergency *emergency, WordsSide side)
{
  if (emergency->as_of->stations->len > 0)
    return as_of_line_for (emergency->as_of, side);
  g_autofree char *now = as_of_line_for (emergency->as_of, side);
  g_autoptr (GString) note = g_string_new (now);
  g_string_append_printf (note, " · %s",
                          words_for (side, N_ ("as this station alone knows it, not the hub")));
  for (guint i = 0; i < emergency->unheard->len; i++) {
    const EmergencyStation *station = emergency->unheard->pdata[i];
    g_autofree char *at = clock_of (emergency, station->last_ms);
    g_string_append (note, " · ");
    g_string_append_printf (note, words_for (side, N_ ("%s known until %s")), station->name, at);
  }
  return g_string_free (g_steal_pointer (&note), FALSE);
}
#pragma GCC diagnostic pop
