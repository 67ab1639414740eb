#include "counts/figures_people.h"

#include "journal/query.h"
#include "congress/days.h"

#include <string.h>

#define BITS 64
/* FiguresGroup's `first` of those that the event file names. */
#define DEFINED (-1)

static const char EVENTS[] = "SELECT id FROM event WHERE NOT removed ORDER BY sort, id";
static const char CATEGORIES[]
    = "SELECT id, fr, zh, '' FROM category WHERE NOT removed ORDER BY sort, id";
static const char DELEGATIONS[]
    = "SELECT id, fr, zh, country FROM delegation WHERE NOT removed ORDER BY id";
#define COLUMNS                                                                                    \
  "d.reference, d.events, d.days, d.category, d.delegation, d.country, d.revoked, d.function_fr, " \
  "d.function_zh, d.organisation_fr, d.organisation_zh, d.transport, d.hotel, d.headset, "         \
  "d.language, d.rank, d.status"
static const char PEOPLE[] = "SELECT " COLUMNS " FROM delegate d ORDER BY d.number";
/* Those of whom a registration has come since; in their order, as above. */
static const char REGISTERED[]
    = "SELECT " COLUMNS " FROM (SELECT DISTINCT subject FROM fact NOT INDEXED WHERE number > "
      ":after AND kind = 'registration') f CROSS JOIN delegate d ON d.reference = f.subject ORDER "
      "BY d.number";
/* Of facts that came since, any but registrations and those that leave people and
 * definitions as they are. */
static const char CHANGED[]
    = "SELECT EXISTS (SELECT 1 FROM fact WHERE number > :after AND kind NOT IN ('passage', "
      "'print', 'badge-issued', 'badge-void', 'loan', 'call', 'alert-closed', 'conflict-closed', "
      "'undone', 'answer', 'head-count', 'met', 'registration', 'list', 'note', 'handover', "
      "'letter', 'appointment', 'ticket-void', 'headset', 'headset-defect', 'session-change', "
      "'message', 'station-name', 'volunteer'))";

static void group_free (gpointer data)
{
  FiguresGroup *group = data;
  g_free (group->id);
  g_free (group->fr);
  g_free (group->zh);
  g_free (group->country);
  g_free (group);
}

void figures_people_free (FiguresPeople *people)
{
  if (people == NULL)
    return;
  g_array_unref (people->people);
  g_hash_table_unref (people->by_reference);
  g_string_chunk_free (people->texts);
  g_ptr_array_unref (people->events);
  g_ptr_array_unref (people->days);
  g_ptr_array_unref (people->dates);
  g_hash_table_unref (people->riders);
  g_hash_table_unref (people->listeners);
  g_hash_table_unref (people->category_of);
  g_hash_table_unref (people->delegation_of);
  rank_book_free (people->ranks);
  g_ptr_array_unref (people->categories);
  g_ptr_array_unref (people->delegations);
  g_free (people);
}

static FiguresPeople *people_new (void)
{
  FiguresPeople *people = g_new0 (FiguresPeople, 1);
  people->people = g_array_new (FALSE, FALSE, sizeof (FiguresPerson));
  people->by_reference = g_hash_table_new (g_str_hash, g_str_equal);
  people->texts = g_string_chunk_new (64 * 1024);
  people->events = g_ptr_array_new_with_free_func (g_free);
  people->days = g_ptr_array_new_with_free_func (g_free);
  people->dates = g_ptr_array_new_with_free_func (g_free);
  people->categories = g_ptr_array_new_with_free_func (group_free);
  people->delegations = g_ptr_array_new_with_free_func (group_free);
  people->riders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  people->listeners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  people->category_of = g_hash_table_new (g_str_hash, g_str_equal);
  people->delegation_of = g_hash_table_new (g_str_hash, g_str_equal);
  return people;
}

/* Groups ----------------------------------------------------------------------------- */

static guint add_group (GPtrArray *groups, GHashTable *places, const char *id, const char *fr,
                        const char *zh, const char *country)
{
  FiguresGroup *group = g_new0 (FiguresGroup, 1);
  group->first = DEFINED;
  group->id = g_strdup (id);
  group->fr = g_strdup (fr);
  group->zh = g_strdup (zh);
  group->country = g_strdup (country);
  g_ptr_array_add (groups, group);
  g_hash_table_insert (places, group->id, GUINT_TO_POINTER (groups->len));
  return groups->len - 1;
}

/* The place of the group @id, which is made where the event file names none: of @person,
 * by her place. */
static guint group_of (GPtrArray *groups, GHashTable *places, guint person, const char *id,
                       const char *fr, const char *zh)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, id));
  if (place != 0)
    return place - 1;
  place = add_group (groups, places, id, fr, zh, "");
  ((FiguresGroup *) groups->pdata[place])->first = (gint) person;
  return place;
}

static gboolean read_groups (Journal *journal, const char *sql, GPtrArray *groups,
                             GHashTable *places, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query))
    add_group (groups, places, query_text (query, 0), query_text (query, 1), query_text (query, 2),
               query_text (query, 3));
  return query_end (query, error);
}

static gboolean read_definitions (Journal *journal, FiguresPeople *people, GError **error)
{
  g_autoptr (GPtrArray) days = days_load (journal, error);
  people->ranks = days != NULL ? rank_book_read (journal, error) : NULL;
  Query *query = people->ranks != NULL ? journal_query (journal, EVENTS, error) : NULL;
  if (query == NULL)
    return FALSE;
  while (query_next (query) && people->events->len < BITS)
    g_ptr_array_add (people->events, g_strdup (query_text (query, 0)));
  for (guint i = 0; i < days->len && i < BITS; i++) {
    const Day *day = g_ptr_array_index (days, i);
    g_ptr_array_add (people->days, g_strdup (day->label));
    g_ptr_array_add (people->dates, g_strdup (day->date));
  }
  return query_end (query, error)
         && read_groups (journal, CATEGORIES, people->categories, people->category_of, error)
         && read_groups (journal, DELEGATIONS, people->delegations, people->delegation_of, error);
}

/* People ----------------------------------------------------------------------------- */

/* @list is a JSON array of identifiers, which need no escapes. */
static guint64 bits_of (const GPtrArray *ids, const char *list)
{
  guint64 bits = 0;
  for (guint i = 0; i < ids->len; i++) {
    const char *id = ids->pdata[i], *at = list;
    gsize length = strlen (id);
    while ((at = strstr (at, id)) != NULL) {
      if (at > list && at[-1] == '"' && at[length] == '"') {
        bits |= G_GUINT64_CONSTANT (1) << i;
        break;
      }
      at += 1;
    }
  }
  return bits;
}

static void count_one (GHashTable *counts, const char *key, gint more)
{
  if (key == NULL)
    return;
  gint count = GPOINTER_TO_INT (g_hash_table_lookup (counts, key)) + more;
  if (count > 0)
    g_hash_table_replace (counts, g_strdup (key), GINT_TO_POINTER (count));
  else
    g_hash_table_remove (counts, key);
}

static void count_person (FiguresPeople *people, const FiguresPerson *person, gint more)
{
  count_one (people->riders, person->hotel, more);
  count_one (people->listeners, person->language, more);
}

/* She who stands, or will, at @place. */
static FiguresPerson person_of (FiguresPeople *people, guint place, Query *query)
{
  const char *id = query_text (query, 4), *fr = query_text (query, 9), *zh = query_text (query, 10);
  /* A delegation that bears its organisation's name has it in both languages. */
  gboolean organisation = strcmp (id, fr) == 0 || strcmp (id, zh) == 0;
  const char *category = query_text (query, 3);
  FiguresPerson person = { .registered = query_int (query, 6) == 0 };
  person.events = bits_of (people->events, query_text (query, 1));
  person.days = bits_of (people->days, query_text (query, 2));
  person.category
      = group_of (people->categories, people->category_of, place, category, category, category);
  person.delegation
      = group_of (people->delegations, people->delegation_of, place, id,
                  organisation && *fr != '\0' ? fr : id, organisation && *zh != '\0' ? zh : id);
  const FiguresGroup *delegation = people->delegations->pdata[person.delegation];
  const char *country = query_text (query, 5);
  person.side = (guint8) figures_side_of (*country != '\0' ? country : delegation->country);
  if (person.registered && query_int (query, 11) != 0)
    person.hotel = g_string_chunk_insert_const (people->texts, query_text (query, 12));
  if (person.registered && query_int (query, 13) != 0)
    person.language = g_string_chunk_insert_const (people->texts, query_text (query, 14));
  const char *rank = query_text (query, 15);
  person.rank = *rank != '\0' ? rank_find (people->ranks, rank) : RANK_NONE;
  person.guessed = person.rank == RANK_NONE;
  if (person.guessed)
    person.rank = rank_of_function (people->ranks, query_text (query, 7), query_text (query, 8));
  person.pending = *query_text (query, 16) != '\0';
  return person;
}

static void add_person (FiguresPeople *people, Query *query)
{
  FiguresPerson person = person_of (people, people->people->len, query);
  count_person (people, &person, 1);
  g_array_append_val (people->people, person);
  g_hash_table_insert (people->by_reference,
                       g_string_chunk_insert (people->texts, query_text (query, 0)),
                       GUINT_TO_POINTER (people->people->len));
}

/* Whether a group's name, or its place among those that no event file names, may be
 * another now that she at @place has left @before for @now: both are of its first. */
static gboolean regroups (const GPtrArray *groups, guint before, guint now, guint place)
{
  const FiguresGroup *left = groups->pdata[before], *joined = groups->pdata[now];
  return left->first == (gint) place || joined->first >= (gint) place;
}

/* Somebody who is known, as she is now. FALSE: all is to be read anew. */
static gboolean change_person (FiguresPeople *people, guint place, Query *query)
{
  FiguresPerson now = person_of (people, place, query),
                *person = &g_array_index (people->people, FiguresPerson, place);
  if (regroups (people->categories, person->category, now.category, place)
      || regroups (people->delegations, person->delegation, now.delegation, place))
    return FALSE;
  count_person (people, person, -1);
  count_person (people, &now, 1);
  *person = now;
  return TRUE;
}

/* Whether a fact after @since may have changed people or definitions otherwise than by
 * registering. A walk over those facts alone. */
static gboolean have_changed (Journal *journal, gint64 since, gboolean *changed, GError **error)
{
  Query *query = journal_query (journal, CHANGED, error);
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":after", since);
  *changed = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error);
}

/* Those who were registered since. *@changed: all is to be read anew. */
static gboolean take_registered (FiguresPeople *people, Journal *journal, gint64 number,
                                 gboolean *changed, GError **error)
{
  Query *query = journal_query (journal, REGISTERED, error);
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":after", people->number);
  while (query_next (query) && !*changed) {
    guint place = figures_people_find (people, query_text (query, 0));
    people->changed = number;
    if (place == FIGURES_PEOPLE_NOBODY)
      add_person (people, query);
    else
      *changed = !change_person (people, place, query);
  }
  return query_end (query, error);
}

static FiguresPeople *read_all (Journal *journal, gint64 number, GError **error)
{
  g_autoptr (FiguresPeople) fresh = people_new ();
  fresh->number = fresh->built = fresh->changed = number;
  Query *query
      = read_definitions (journal, fresh, error) ? journal_query (journal, PEOPLE, error) : NULL;
  if (query == NULL)
    return NULL;
  while (query_next (query))
    add_person (fresh, query);
  return query_end (query, error) ? g_steal_pointer (&fresh) : NULL;
}

FiguresPeople *figures_people_refresh (FiguresPeople *people, Journal *journal, GError **error)
{
  g_autoptr (FiguresPeople) known = people;
  g_autoptr (GError) failed = NULL;
  gint64 number = journal_last_number (journal, &failed);
  gboolean changed = known == NULL;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  if (!changed && !have_changed (journal, known->number, &changed, error))
    return NULL;
  if (!changed && !take_registered (known, journal, number, &changed, error))
    return NULL;
  if (changed)
    return read_all (journal, number, error);
  known->number = number;
  return g_steal_pointer (&known);
}

guint figures_people_find (const FiguresPeople *people, const char *reference)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (people->by_reference, reference));
  return place != 0 ? place - 1 : FIGURES_PEOPLE_NOBODY;
}

static guint64 bit_of (const GPtrArray *ids, const char *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (strcmp (ids->pdata[i], id) == 0)
      return G_GUINT64_CONSTANT (1) << i;
  return 0;
}

guint64 figures_people_event (const FiguresPeople *people, const char *id)
{
  return bit_of (people->events, id);
}

guint64 figures_people_day (const FiguresPeople *people, const char *date)
{
  return bit_of (people->dates, date);
}
