#include "counts/figures_people.h"

#include "journal/query.h"
#include "congress/days.h"

#include <string.h>

#define BITS 64

static const char EVENTS[] = "SELECT id FROM event WHERE NOT removed ORDER BY sort, id";
static const char CATEGORIES[]
    = "SELECT id, fr, zh, '' FROM category WHERE NOT removed ORDER BY sort, id";
static const char DELEGATIONS[]
    = "SELECT id, fr, zh, country FROM delegation WHERE NOT removed ORDER BY id";
static const char PEOPLE[]
    = "SELECT reference, events, days, category, delegation, country, revoked, function_fr, "
      "function_zh, organisation_fr, organisation_zh, transport, hotel, headset, language, rank, "
      "status FROM delegate";
/* Of facts that came since: those that leave people and definitions as they are. */
static const char CHANGED[]
    = "SELECT EXISTS (SELECT 1 FROM fact WHERE number > :after AND kind NOT IN ('passage', "
      "'print', 'badge-issued', 'badge-void', 'loan', 'call', 'alert-closed', 'conflict-closed', "
      "'undone', 'answer', 'head-count', 'met'))";

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
  group->id = g_strdup (id);
  group->fr = g_strdup (fr);
  group->zh = g_strdup (zh);
  group->country = g_strdup (country);
  g_ptr_array_add (groups, group);
  g_hash_table_insert (places, group->id, GUINT_TO_POINTER (groups->len));
  return groups->len - 1;
}

/* The place of the group @id, which is made where the event file names none. */
static guint group_of (GPtrArray *groups, GHashTable *places, const char *id, const char *fr,
                       const char *zh)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, id));
  return place != 0 ? place - 1 : add_group (groups, places, id, fr, zh, "");
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

static void count_one (GHashTable *counts, const char *key)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));
  g_hash_table_replace (counts, g_strdup (key), GUINT_TO_POINTER (before + 1));
}

static void add_person (FiguresPeople *people, Query *query)
{
  const char *id = query_text (query, 4), *fr = query_text (query, 9), *zh = query_text (query, 10);
  /* A delegation that bears its organisation's name has it in both languages. */
  gboolean organisation = strcmp (id, fr) == 0 || strcmp (id, zh) == 0;
  const char *category = query_text (query, 3);
  FiguresPerson person = { .registered = query_int (query, 6) == 0 };
  person.events = bits_of (people->events, query_text (query, 1));
  person.days = bits_of (people->days, query_text (query, 2));
  person.category
      = group_of (people->categories, people->category_of, category, category, category);
  person.delegation
      = group_of (people->delegations, people->delegation_of, id,
                  organisation && *fr != '\0' ? fr : id, organisation && *zh != '\0' ? zh : id);
  const FiguresGroup *delegation = people->delegations->pdata[person.delegation];
  const char *country = query_text (query, 5);
  person.side = (guint8) figures_side_of (*country != '\0' ? country : delegation->country);
  if (person.registered && query_int (query, 11) != 0)
    count_one (people->riders, query_text (query, 12));
  if (person.registered && query_int (query, 13) != 0)
    count_one (people->listeners, query_text (query, 14));
  const char *rank = query_text (query, 15);
  person.rank = *rank != '\0' ? rank_find (people->ranks, rank) : RANK_NONE;
  person.guessed = person.rank == RANK_NONE;
  if (person.guessed)
    person.rank = rank_of_function (people->ranks, query_text (query, 7), query_text (query, 8));
  person.pending = *query_text (query, 16) != '\0';
  g_array_append_val (people->people, person);
  g_hash_table_insert (people->by_reference,
                       g_string_chunk_insert (people->texts, query_text (query, 0)),
                       GUINT_TO_POINTER (people->people->len));
}

/* Whether a fact after @since may have changed people or definitions: any that is no
 * passage, badge, loan and the like. A walk over those facts alone. */
static gboolean have_changed (Journal *journal, gint64 since, gboolean *changed, GError **error)
{
  Query *query = journal_query (journal, CHANGED, error);
  if (query == NULL)
    return FALSE;
  query_bind_int (query, ":after", since);
  *changed = query_next (query) && query_int (query, 0) != 0;
  return query_end (query, error);
}

FiguresPeople *figures_people_refresh (FiguresPeople *people, Journal *journal, GError **error)
{
  g_autoptr (FiguresPeople) known = people;
  g_autoptr (GError) failed = NULL;
  gint64 number = journal_last_number (journal, &failed);
  gboolean changed = TRUE;
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  if (known != NULL && !have_changed (journal, known->number, &changed, error))
    return NULL;
  if (!changed) {
    known->number = number;
    return g_steal_pointer (&known);
  }
  g_autoptr (FiguresPeople) fresh = people_new ();
  fresh->number = fresh->built = number;
  Query *query
      = read_definitions (journal, fresh, error) ? journal_query (journal, PEOPLE, error) : NULL;
  if (query == NULL)
    return NULL;
  while (query_next (query))
    add_person (fresh, query);
  return query_end (query, error) ? g_steal_pointer (&fresh) : NULL;
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
