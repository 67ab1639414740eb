#include "congress/rank.h"

#include "core/json.h"
#include "core/rank_words.h"
#include "core/text.h"
#include "core/words.h"
#include "journal/query.h"

#include <string.h>

static const char RANKS[]
    = "SELECT id, fr, zh, words FROM rank WHERE NOT removed ORDER BY sort, id";

/* As core/rank_words.h has them. */
static const struct {
  const char *id, *name;
} KNOWN[] = {
  { "minister", NC_ ("rank", "Minister, ambassador") },
  { "governor", NC_ ("rank", "President of a region, vice-governor") },
  { "mayor", NC_ ("rank", "Mayor, president of a metropolis") },
  { "deputy", NC_ ("rank", "Vice-president, deputy mayor") },
  { "director", NC_ ("rank", "Director") },
  { RANK_OTHER, NC_ ("rank", "Others") },
};

struct _RankBook {
  GPtrArray *ranks; /* Rank */
  RankWords *words;
  GHashTable *names; /* folded → place + 1 */
};

static void rank_free (gpointer data)
{
  Rank *rank = data;
  g_free (rank->id);
  g_free (rank->fr);
  g_free (rank->zh);
  g_free (rank);
}

void rank_book_free (RankBook *book)
{
  if (book == NULL)
    return;
  g_ptr_array_unref (book->ranks);
  rank_words_free (book->words);
  g_hash_table_unref (book->names);
  g_free (book);
}

/* Adding ----------------------------------------------------------------------------- */

/* The first that bears a name keeps it. */
static void add_name (RankBook *book, const char *name, guint place)
{
  g_autofree char *folded = text_fold (name);
  if (*folded != '\0' && !g_hash_table_contains (book->names, folded))
    g_hash_table_insert (book->names, g_steal_pointer (&folded), GUINT_TO_POINTER (place + 1));
}

static guint add_rank (RankBook *book, const char *id, const char *fr, const char *zh)
{
  Rank *rank = g_new0 (Rank, 1);
  rank->id = g_strdup (id);
  rank->fr = g_strdup (fr);
  rank->zh = g_strdup (zh);
  g_ptr_array_add (book->ranks, rank);
  add_name (book, id, book->ranks->len - 1);
  add_name (book, fr, book->ranks->len - 1);
  add_name (book, zh, book->ranks->len - 1);
  return book->ranks->len - 1;
}

static void add_words (RankBook *book, guint place, const char *const *words)
{
  for (; words != NULL && *words != NULL; words++)
    if (rank_words_add (book->words, *words, place))
      add_name (book, *words, place);
}

static void add_known (RankBook *book, guint known)
{
  Pair names = words_pair_in ("rank", KNOWN[known].name);
  guint place = add_rank (book, KNOWN[known].id, names.first, names.second);
  ((Rank *) g_ptr_array_index (book->ranks, place))->source = KNOWN[known].name;
  add_words (book, place, rank_words_known (KNOWN[known].id));
}

static RankBook *book_new (void)
{
  RankBook *book = g_new0 (RankBook, 1);
  book->ranks = g_ptr_array_new_with_free_func (rank_free);
  book->words = rank_words_new ();
  book->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return book;
}

RankBook *rank_book_read (Journal *journal, GError **error)
{
  g_autoptr (RankBook) book = book_new ();
  g_autofree char *other_fr = NULL, *other_zh = NULL;
  g_auto (GStrv) other_words = NULL;
  Query *query = journal_query (journal, RANKS, error);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    const char *id = query_text (query, 0);
    g_auto (GStrv) words = json_in_strings_of (query_text (query, 3));
    if (strcmp (id, RANK_OTHER) == 0) {
      other_fr = g_strdup (query_text (query, 1));
      other_zh = g_strdup (query_text (query, 2));
      other_words = g_steal_pointer (&words);
      continue;
    }
    guint place = add_rank (book, id, query_text (query, 1), query_text (query, 2));
    add_words (book, place, words[0] != NULL ? (const char *const *) words : rank_words_known (id));
  }
  if (!query_end (query, error))
    return NULL;
  for (guint i = 0; book->ranks->len == i && i + 1 < G_N_ELEMENTS (KNOWN); i++)
    add_known (book, i);
  if (other_fr == NULL) {
    add_known (book, G_N_ELEMENTS (KNOWN) - 1);
    return g_steal_pointer (&book);
  }
  add_words (book, add_rank (book, RANK_OTHER, other_fr, other_zh),
             other_words[0] != NULL ? (const char *const *) other_words
                                    : rank_words_known (RANK_OTHER));
  return g_steal_pointer (&book);
}

/* Looking up ------------------------------------------------------------------------- */

guint rank_count (const RankBook *book)
{
  return book->ranks->len;
}

const Rank *rank_at (const RankBook *book, guint place)
{
  return g_ptr_array_index (book->ranks, MIN (place, book->ranks->len - 1));
}

guint rank_find (const RankBook *book, const char *word)
{
  g_autofree char *folded = text_fold (word);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (book->names, folded));
  return place != 0 ? place - 1 : RANK_NONE;
}

char *rank_names (const RankBook *book)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < book->ranks->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "; " : "", rank_at (book, i)->fr);
  return g_strdup (names->str);
}

guint rank_of_function (const RankBook *book, const char *function_fr, const char *function_zh)
{
  return rank_words_of (book->words, function_fr, function_zh, book->ranks->len - 1);
}
