#include "issuance/batch_order.h"

#include "core/collate.h"
#include "core/pinyin.h"
#include "journal/query.h"
#include "roster/delegate.h"
#include "congress/programme.h"

#include <string.h>

static const char HOLDERS[] = "SELECT DISTINCT reference FROM badge_state WHERE good";
static const char UNTRUE[] = "SELECT DISTINCT reference FROM badge_to_renew";

/* A person's place in the order: @group, then @key. */
typedef struct {
  char *reference, *group, *key;
} Ranked;

typedef struct {
  BatchSort sort;
  const Programme *programme;
  GHashTable *groups; /* delegation or category as registered → its key: there are few */
  GArray *ranked;
} Ranking;

gboolean batch_order_sort_from_word (const char *word, BatchSort *sort)
{
  static const char *const WORDS[]
      = { "delegation", "surname-fr", "surname-zh", "reference", "category" };

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (word, WORDS[i]) == 0) {
      *sort = (BatchSort) i;
      return TRUE;
    }
  return FALSE;
}

static void ranked_clear (gpointer data)
{
  Ranked *ranked = data;

  g_free (ranked->reference);
  g_free (ranked->group);
  g_free (ranked->key);
}

/* Without a Latin name, its pinyin stands for it. */
static char *key_fr (const Delegate *delegate)
{
  g_autofree char *family = NULL, *given = NULL;

  if (delegate->family[0] == '\0' && delegate->given[0] == '\0'
      && pinyin_of_name (delegate->name_zh, &family, &given))
    return collate_name_fr (family, given);
  return collate_name_fr (delegate->family, delegate->given);
}

static char *make_group (const Ranking *ranking, const char *word)
{
  if (ranking->sort == BATCH_BY_DELEGATION) {
    const ProgrammeEntry *entry
        = word[0] != '\0' ? programme_delegation (ranking->programme, word) : NULL;
    return collate_key (entry != NULL ? entry->fr : word);
  }
  const ProgrammeEntry *entry
      = word[0] != '\0' ? programme_category (ranking->programme, word) : NULL;
  for (guint i = 0; entry != NULL && i < ranking->programme->categories->len; i++)
    if (g_ptr_array_index (ranking->programme->categories, i) == entry)
      return g_strdup_printf ("%05u", i);
  return g_strdup_printf ("~%s", word);
}

static const char *group_of (const Ranking *ranking, const char *word)
{
  const char *key = g_hash_table_lookup (ranking->groups, word);

  if (key == NULL) {
    char *made = make_group (ranking, word);
    g_hash_table_insert (ranking->groups, g_strdup (word), made);
    key = made;
  }
  return key;
}

static void visit (const Delegate *delegate, gpointer data)
{
  Ranking *ranking = data;
  Ranked ranked = { .reference = g_strdup (delegate->reference) };

  if (delegate->revoked) {
    g_free (ranked.reference);
    return;
  }
  switch (ranking->sort) {
  case BATCH_BY_DELEGATION:
  case BATCH_BY_CATEGORY:
    ranked.group = g_strdup (group_of (
        ranking, ranking->sort == BATCH_BY_DELEGATION ? delegate->delegation : delegate->category));
    ranked.key = key_fr (delegate);
    break;
  case BATCH_BY_SURNAME_FR:
    ranked.key = key_fr (delegate);
    break;
  case BATCH_BY_SURNAME_ZH:
    ranked.key = collate_name_zh (delegate->name_zh, delegate->family, delegate->given);
    break;
  case BATCH_BY_REFERENCE:
    break;
  }
  g_array_append_val (ranking->ranked, ranked);
}

static int by_rank (gconstpointer a, gconstpointer b)
{
  const Ranked *one = a, *other = b;
  int order = g_strcmp0 (one->group, other->group);

  order = order != 0 ? order : g_strcmp0 (one->key, other->key);
  return order != 0 ? order : strcmp (one->reference, other->reference);
}

static gboolean read_references (Journal *journal, const char *sql, GHashTable *set, GError **error)
{
  Query *query = journal_query (journal, sql, error);

  if (query == NULL)
    return FALSE;
  while (query_next (query))
    g_hash_table_add (set, g_strdup (query_text (query, 0)));
  return query_end (query, error);
}

static void place_clear (gpointer data)
{
  g_free (((BatchPlace *) data)->reference);
}

GArray *batch_order (Journal *journal, BatchSort sort, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                         holders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                         untrue = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  Ranking ranking = { sort, programme, groups, ranked };

  g_array_set_clear_func (ranked, ranked_clear);
  if (programme == NULL || !delegate_each (journal, visit, &ranking, error)
      || !read_references (journal, HOLDERS, holders, error)
      || !read_references (journal, UNTRUE, untrue, error))
    return NULL;
  g_array_sort (ranked, by_rank);
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (BatchPlace), ranked->len);
  g_array_set_clear_func (places, place_clear);
  for (guint i = 0; i < ranked->len; i++) {
    Ranked *from = &g_array_index (ranked, Ranked, i);
    BatchPlace place = { .reference = g_steal_pointer (&from->reference) };
    place.has_badge = g_hash_table_contains (holders, place.reference);
    place.is_untrue = g_hash_table_contains (untrue, place.reference);
    g_array_append_val (places, place);
  }
  return places;
}

gboolean batch_order_untrue (Journal *journal, guint *count, GError **error)
{
  g_autoptr (GHashTable) untrue = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean read = read_references (journal, UNTRUE, untrue, error);
  *count = g_hash_table_size (untrue);
  return read;
}
