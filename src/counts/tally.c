#include "counts/tally.h"

#include "journal/query.h"
#include "vocabulary/verdict.h"

#include <string.h>

static const char EVENTS[] = "SELECT id FROM event WHERE NOT removed ORDER BY sort, id";
/* Removed ones too: people came through them. */
static const char ENTRANCES[]
    = "SELECT id, event FROM checkpoint WHERE kind = 'entrance' ORDER BY id";
static const char LAST_DAY[]
    = "SELECT max ((SELECT max (day) FROM presence p WHERE p.checkpoint = c.id)) FROM checkpoint c";
static const char REGISTERED[] = "SELECT sum (delegates) FROM delegate_kind";
static const char AT_ENTRANCE[] = "SELECT reference, day, last_at, last_station, last_seq, "
                                  "last_direction FROM presence WHERE checkpoint = :checkpoint";
static const char ARRIVALS[] = "SELECT events, people FROM arrival_count";
static const char ON_DAY[]
    = "SELECT arrived, inside FROM day_count WHERE day = :day AND event = :event";
#define ANY_EVENT "*"
#define GROUPED(column)                                                                            \
  "SELECT reference, revoked, " column ", organisation_fr, organisation_zh FROM delegate"
static const char *const DELEGATES[]
    = { NULL, GROUPED ("category"), GROUPED ("delegation"), GROUPED ("country") };
/* Each walks an index alone; reading the verdict of every passage of every person would
 * not. */
static const char PASSAGES_OF_PEOPLE[]
    = "SELECT reference, count (*) FROM passage WHERE reference <> '' GROUP BY reference";
static const char REFUSALS[]
    = "SELECT checkpoint, day, verdict FROM passage_count WHERE verdict <> 'ADMITTED'";
static const char REFUSED_PEOPLE[] = "SELECT reference FROM passage WHERE checkpoint = :checkpoint "
                                     "AND day = :day AND verdict = :verdict";

/* Her last passage at an entrance on the day that is looked at. */
typedef struct {
  gint64 at, seq;
  const char *station;
  gboolean seen, out;
} Last;

typedef struct {
  guint group;
  guint64 events; /* bit i: came through an entrance of events[i] */
  gboolean arrived;
  Last last;
} Person;

/* People by reference. */
typedef struct {
  GHashTable *by_reference;
  GStringChunk *texts;
} People;

static void people_start (People *people)
{
  people->by_reference = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  people->texts = g_string_chunk_new (64 * 1024);
}

static void people_clear (People *people)
{
  g_hash_table_unref (people->by_reference);
  g_string_chunk_free (people->texts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (People, people_clear)

static Person *person_of (People *people, const char *reference)
{
  Person *person = g_hash_table_lookup (people->by_reference, reference);
  if (person != NULL)
    return person;
  person = g_new0 (Person, 1);
  person->group = TALLY_NO_GROUP;
  g_hash_table_insert (people->by_reference, g_string_chunk_insert (people->texts, reference),
                       person);
  return person;
}

static void last_update (Last *last, People *people, Query *query)
{
  gint64 at = query_int (query, 2), seq = query_int (query, 4);
  const char *station = query_text (query, 3);
  if (last->seen) {
    int order = at != last->at ? (at > last->at ? 1 : -1) : strcmp (station, last->station);
    if (order < 0 || (order == 0 && seq < last->seq))
      return;
  }
  *last = (Last){ at, seq, g_string_chunk_insert_const (people->texts, station), TRUE,
                  strcmp (query_text (query, 5), "out") == 0 };
}

/* Reading ---------------------------------------------------------------------------- */

static void group_free (gpointer data)
{
  TallyGroup *group = data;
  g_free (group->id);
  g_free (group->fr);
  g_free (group->zh);
  g_free (group);
}

static void entrance_free (gpointer data)
{
  TallyEntrance *entrance = data;
  g_free (entrance->id);
  g_free (entrance);
}

void tally_free (Tally *tally)
{
  if (tally == NULL)
    return;
  g_ptr_array_unref (tally->events);
  g_ptr_array_unref (tally->entrances);
  g_ptr_array_unref (tally->groups);
  g_free (tally);
}

static gboolean read_definitions (Journal *journal, Tally *tally, GError **error)
{
  Query *query = journal_query (journal, EVENTS, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query) && tally->events->len < TALLY_EVENTS_MAX)
    g_ptr_array_add (tally->events, g_strdup (query_text (query, 0)));
  if (!query_end (query, error) || !(query = journal_query (journal, ENTRANCES, error)))
    return FALSE;
  while (query_next (query)) {
    TallyEntrance *entrance = g_new0 (TallyEntrance, 1);
    guint index = 0;
    entrance->id = g_strdup (query_text (query, 0));
    gboolean found = g_ptr_array_find_with_equal_func (tally->events, query_text (query, 1),
                                                       g_str_equal, &index);
    entrance->event = found ? (gint) index : -1;
    g_ptr_array_add (tally->entrances, entrance);
  }
  if (!query_end (query, error) || !(query = journal_query (journal, LAST_DAY, error)))
    return FALSE;
  if (query_next (query))
    g_strlcpy (tally->day, query_text (query, 0), sizeof tally->day);
  return query_end (query, error);
}

static guint group_of (Tally *tally, GHashTable *indices, TallyGrouping grouping, Query *query)
{
  const char *id = query_text (query, 2);
  gpointer index = NULL;
  if (g_hash_table_lookup_extended (indices, id, NULL, &index))
    return GPOINTER_TO_UINT (index);
  TallyGroup *group = g_new0 (TallyGroup, 1);
  const char *fr = query_text (query, 3), *zh = query_text (query, 4);
  gboolean organisation
      = grouping == TALLY_DELEGATION && (strcmp (id, fr) == 0 || strcmp (id, zh) == 0);
  group->id = g_strdup (id);
  group->fr = g_strdup (organisation ? fr : "");
  group->zh = g_strdup (organisation ? zh : "");
  g_hash_table_insert (indices, group->id, GUINT_TO_POINTER (tally->groups->len));
  g_ptr_array_add (tally->groups, group);
  return tally->groups->len - 1;
}

static gboolean read_groups (Journal *journal, Tally *tally, TallyGrouping grouping, People *people,
                             GError **error)
{
  Query *query = journal_query (journal, DELEGATES[grouping], error);
  if (query == NULL)
    return FALSE;
  g_autoptr (GHashTable) indices = g_hash_table_new (g_str_hash, g_str_equal);
  while (query_next (query)) {
    Person *person = person_of (people, query_text (query, 0));
    person->group = group_of (tally, indices, grouping, query);
    if (query_int (query, 1) == 0)
      ((TallyGroup *) tally->groups->pdata[person->group])->registered++;
  }
  return query_end (query, error);
}

static gboolean read_entrance (Journal *journal, Tally *tally, const TallyEntrance *entrance,
                               People *people, GError **error)
{
  Query *query = journal_query (journal, AT_ENTRANCE, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":checkpoint", entrance->id);
  while (query_next (query)) {
    Person *person = person_of (people, query_text (query, 0));
    person->arrived = TRUE;
    if (entrance->event >= 0)
      person->events |= G_GUINT64_CONSTANT (1) << entrance->event;
    if (strcmp (query_text (query, 1), tally->day) == 0)
      last_update (&person->last, people, query);
  }
  return query_end (query, error);
}

static void add_up (Tally *tally, const People *people)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, people->by_reference);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Person *person = value;
    if (!person->arrived)
      continue;
    gboolean inside = person->last.seen && !person->last.out, first = person->events & 1,
             second = person->events & 2;
    tally->arrived++;
    tally->inside += inside;
    tally->both += first && second;
    tally->only_first += first && !second;
    tally->only_second += second && !first;
    for (guint i = 0; i < tally->events->len; i++)
      tally->arrived_at[i] += (gint64) (person->events >> i & 1);
    if (person->group != TALLY_NO_GROUP) {
      TallyGroup *group = tally->groups->pdata[person->group];
      group->arrived++;
      group->inside += inside;
    }
  }
}

/* Everybody, by the events they came to, without looking at anybody: the projections have
 * counted. */
static gboolean read_arrivals (Journal *journal, Tally *tally, GError **error)
{
  Query *query = journal_query (journal, ARRIVALS, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    g_auto (GStrv) events = g_strsplit (query_text (query, 0), "\n", -1);
    gint64 people = query_int (query, 1);
    guint64 came = 0;
    for (guint i = 0; events[i] != NULL; i++) {
      guint index = 0;
      if (!g_ptr_array_find_with_equal_func (tally->events, events[i], g_str_equal, &index))
        continue;
      came |= G_GUINT64_CONSTANT (1) << index;
      tally->arrived_at[index] += people;
    }
    tally->arrived += people;
    tally->both += (came & 3) == 3 ? people : 0;
    tally->only_first += (came & 3) == 1 ? people : 0;
    tally->only_second += (came & 3) == 2 ? people : 0;
  }
  gint64 arrived_today = 0;
  return query_end (query, error)
         && tally_day (tally, journal, tally->day, -1, &arrived_today, &tally->inside, error);
}

/* Where and when people were refused, or their passage was taken back: checkpoint, day and
 * verdict of each, one after the other. */
static char **read_refusals (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, REFUSALS, error);
  if (query == NULL)
    return NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  while (query_next (query))
    for (int i = 0; i < 3; i++)
      g_strv_builder_add (builder, query_text (query, i));
  return query_end (query, error) ? g_strv_builder_end (builder) : NULL;
}

static TallyGroup *group_at (const Tally *tally, const People *people, const char *reference)
{
  const Person *person = g_hash_table_lookup (people->by_reference, reference);
  return person != NULL && person->group != TALLY_NO_GROUP ? tally->groups->pdata[person->group]
                                                           : NULL;
}

/* Passages and refusals of each group. */
static gboolean read_passages (Journal *journal, Tally *tally, const People *people, GError **error)
{
  Query *query = journal_query (journal, PASSAGES_OF_PEOPLE, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    TallyGroup *group = group_at (tally, people, query_text (query, 0));
    if (group != NULL)
      group->passages += query_int (query, 1);
  }
  g_auto (GStrv) refusals = query_end (query, error) ? read_refusals (journal, error) : NULL;
  if (refusals == NULL)
    return FALSE;
  for (char **at = refusals; *at != NULL; at += 3) {
    if (!(query = journal_query (journal, REFUSED_PEOPLE, error)))
      return FALSE;
    query_bind_text (query, ":checkpoint", at[0]);
    query_bind_text (query, ":day", at[1]);
    query_bind_text (query, ":verdict", at[2]);
    while (query_next (query)) {
      TallyGroup *group = group_at (tally, people, query_text (query, 0));
      if (group == NULL)
        continue;
      group->refused += strcmp (at[2], VERDICT_UNDONE) != 0;
      group->passages--;
    }
    if (!query_end (query, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean read_registered (Journal *journal, Tally *tally, TallyGrouping grouping,
                                 GError **error)
{
  for (guint i = 0; i < tally->groups->len; i++)
    tally->registered += ((TallyGroup *) tally->groups->pdata[i])->registered;
  if (grouping != TALLY_UNGROUPED)
    return TRUE;
  Query *query = journal_query (journal, REGISTERED, error);
  if (query == NULL)
    return FALSE;
  if (query_next (query))
    tally->registered = query_int (query, 0);
  return query_end (query, error);
}

/* Everybody one by one, each with her group. */
static gboolean read_people (Journal *journal, Tally *tally, TallyGrouping grouping, GError **error)
{
  g_auto (People) people;
  people_start (&people);
  if (!read_groups (journal, tally, grouping, &people, error))
    return FALSE;
  for (guint i = 0; i < tally->entrances->len; i++)
    if (!read_entrance (journal, tally, tally->entrances->pdata[i], &people, error))
      return FALSE;
  add_up (tally, &people);
  return read_passages (journal, tally, &people, error);
}

Tally *tally_read (Journal *journal, TallyGrouping grouping, GError **error)
{
  g_autoptr (Tally) tally = g_new0 (Tally, 1);
  tally->events = g_ptr_array_new_with_free_func (g_free);
  tally->entrances = g_ptr_array_new_with_free_func (entrance_free);
  tally->groups = g_ptr_array_new_with_free_func (group_free);
  if (!read_definitions (journal, tally, error))
    return NULL;
  if (!(grouping == TALLY_UNGROUPED ? read_arrivals (journal, tally, error)
                                    : read_people (journal, tally, grouping, error))
      || !read_registered (journal, tally, grouping, error))
    return NULL;
  return g_steal_pointer (&tally);
}

gboolean tally_day (const Tally *tally, Journal *journal, const char *day, gint event,
                    gint64 *arrived, gint64 *inside, GError **error)
{
  *arrived = *inside = 0;
  Query *query = journal_query (journal, ON_DAY, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":day", day);
  query_bind_text (query, ":event", event >= 0 ? tally->events->pdata[event] : ANY_EVENT);
  if (query_next (query)) {
    *arrived = query_int (query, 0);
    *inside = query_int (query, 1);
  }
  return query_end (query, error);
}
