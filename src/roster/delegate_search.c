#include "roster/delegate_search.h"

#include "core/text.h"
#include "core/tokens.h"
#include "journal/query.h"
#include "roster/name_word.h"

#include <string.h>

/* Of those found, how many are looked at for the best: a single letter finds half the
 * congress. */
#define LOOKED_AT 200
/* Near names are sought where so few are found. */
#define FEW 8

/* No ORDER BY: what FTS5 finds comes one by one, so that LIMIT ends the search even for a
 * letter that half of all names begin with. */
static const char SEARCH[]
    = "SELECT rowid, tokens FROM delegate_search WHERE delegate_search MATCH :query LIMIT :limit";
static const char COUNT[] = "SELECT count (*) FROM (SELECT 1 FROM delegate_search WHERE "
                            "delegate_search MATCH :query LIMIT :limit)";

typedef struct {
  gint64 number;
  gsize rank; /* lower is better */
} Found;

/* Where in @tokens the term begins, as a rank: a whole token before one that only begins
 * so, and the reference and name, which come first, before the organisation. */
static gsize rank_of_term (const char *tokens, const char *term, gsize length)
{
  gsize best = G_MAXINT16;
  for (const char *p = strstr (tokens, term); p != NULL; p = strstr (p + 1, term)) {
    if (p > tokens && p[-1] != ' ')
      continue;
    gboolean whole = p[length] == ' ' || p[length] == '\0';
    best = MIN (best, (gsize) (p - tokens) + (whole ? 0 : 1000));
    if (whole)
      break;
  }
  return best;
}

/* 欧阳 stands in the tokens as "欧 阳". */
static char *term_of_word (const char *word)
{
  if (!text_is_han (g_utf8_get_char (word)))
    return g_strdup (word);
  g_autoptr (GString) term = g_string_new (NULL);
  for (const char *p = word; *p != '\0'; p = text_next (p)) {
    if (p > word)
      g_string_append_c (term, ' ');
    g_string_append_len (term, p, text_next (p) - p);
  }
  return g_strdup (term->str);
}

/* What the words come to in @tokens: each alone, or all as one. */
static gsize rank_exact (const char *tokens, char **words)
{
  gsize rank = 0;
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *term = term_of_word (words[i]);
    rank += rank_of_term (tokens, term, strlen (term));
  }
  g_autofree char *whole = g_strjoinv ("", words);
  return MIN (rank, rank_of_term (tokens, whole, strlen (whole)));
}

/* How far @word is from the nearest of the tokens @all, and where that stands. */
static gsize rank_near_word (char **all, const char *word)
{
  gsize best = G_MAXINT16, length = strlen (word);
  for (guint k = 0; all[k] != NULL; k++) {
    gsize other = strlen (all[k]);
    if (other + 1 >= length && other <= length + 1)
      best = MIN (best, (gsize) text_distance (word, all[k]) * 100 + k);
    else if (g_str_has_prefix (all[k], word))
      best = MIN (best, 50 + k);
  }
  return best;
}

static gsize rank_near (const char *tokens, char **words)
{
  g_auto (GStrv) all = g_strsplit (tokens, " ", -1);
  gsize rank = 0;
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *form = tokens_near_form (words[i]);
    rank += rank_near_word (all, form);
  }
  return rank;
}

static int by_rank (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;
  return x->rank != y->rank      ? (x->rank < y->rank ? -1 : 1)
         : x->number < y->number ? -1
                                 : x->number > y->number;
}

static GArray *find (Journal *journal, const char *match, char **words,
                     gsize (*rank) (const char *tokens, char **words), GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  Query *query = journal_query (journal, SEARCH, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":query", match);
  query_bind_int (query, ":limit", LOOKED_AT);
  while (query_next (query)) {
    Found one = { .number = query_int (query, 0), .rank = rank (query_text (query, 1), words) };
    g_array_append_val (found, one);
  }
  if (!query_end (query, error))
    return NULL;
  g_array_sort (found, by_rank);
  return g_steal_pointer (&found);
}

/* How many @match finds, if they are more than were looked at. */
static gboolean count (Journal *journal, const char *match, guint *total, GError **error)
{
  if (*total < LOOKED_AT)
    return TRUE;
  Query *query = journal_query (journal, COUNT, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":query", match);
  query_bind_int (query, ":limit", DELEGATE_SEARCH_COUNT_MAX);
  if (query_next (query))
    *total = (guint) query_int (query, 0);
  return query_end (query, error);
}

static gboolean is_among (const GArray *found, gint64 number)
{
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, Found, i).number == number)
      return TRUE;
  return FALSE;
}

static gboolean add (Journal *journal, DelegateSearch *search, gint64 number, GError **error)
{
  g_autoptr (GError) failed = NULL;
  Delegate *delegate = delegate_load_by_number (journal, number, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (delegate != NULL)
    g_ptr_array_add (search->delegates, delegate);
  return TRUE;
}

static gboolean add_near (Journal *journal, DelegateSearch *search, char **words,
                          const GArray *found, guint limit, GError **error)
{
  g_autofree char *match = tokens_query_near (words);
  if (match == NULL || found->len >= FEW)
    return TRUE;
  g_autoptr (GArray) near = find (journal, match, words, rank_near, error);
  if (near == NULL)
    return FALSE;
  guint before = search->delegates->len;
  for (guint i = 0; i < near->len && search->delegates->len < limit
                    && search->delegates->len < before + DELEGATE_SEARCH_NEAR_MAX;
       i++) {
    gint64 number = g_array_index (near, Found, i).number;
    if (!is_among (found, number) && !add (journal, search, number, error))
      return FALSE;
  }
  search->near = search->delegates->len - before;
  return TRUE;
}

/* “St-Étienne” as “saint etienne”, “zhang1” as “zhang”, any other word as it is. */
static char *other_word (const char *word)
{
  g_autofree char *folded = text_fold (word);
  gsize length = strlen (folded), letters = strspn (folded, "abcdefghijklmnopqrstuvwxyz");
  gsize saint = g_str_has_prefix (folded, "ste ") || strcmp (folded, "ste") == 0 ? 3
                : g_str_has_prefix (folded, "st ") || strcmp (folded, "st") == 0 ? 2
                                                                                 : 0;
  if (saint > 0)
    return g_strconcat (saint == 3 ? "sainte" : "saint", folded + saint, NULL);
  if (letters >= 2 && letters + 1 == length && folded[letters] >= '1' && folded[letters] <= '5')
    return g_strndup (folded, letters);
  return g_strdup (word);
}

/* What else is meant by words that find nobody: forms of address are no part of a name
 * (Monsieur Martin, 张伟先生), nor are tones in digits. NULL for nothing else. */
static char *otherwise (const char *typed)
{
  g_autofree char *clean = text_clean (typed);
  g_auto (GStrv) words = g_strsplit (clean, " ", -1);
  guint count = g_strv_length (words), titles = name_word_titles (words, count);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = titles < count ? titles : 0; i < count; i++) {
    g_autofree char *word = other_word (words[i]);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word);
  }
  g_string_truncate (text, text->len - name_word_title_zh (text->str));
  return strcmp (text->str, clean) != 0 ? g_strdup (text->str) : NULL;
}

DelegateSearch *delegate_search (Journal *journal, const char *typed, guint limit, GError **error)
{
  g_autoptr (DelegateSearch) search = g_new0 (DelegateSearch, 1);
  search->delegates = g_ptr_array_new_with_free_func ((GDestroyNotify) delegate_free);
  g_auto (GStrv) words = tokens_words (typed);
  g_autofree char *match = tokens_query (words);
  if (match == NULL)
    return g_steal_pointer (&search);
  g_autoptr (GArray) found = find (journal, match, words, rank_exact, error);
  if (found == NULL)
    return NULL;
  g_autofree char *other = found->len == 0 ? otherwise (typed) : NULL;
  if (other != NULL)
    return delegate_search (journal, other, limit, error);
  search->total = found->len;
  if (!count (journal, match, &search->total, error))
    return NULL;
  limit = MIN (limit, DELEGATE_SEARCH_MAX);
  for (guint i = 0; i < found->len && i < limit; i++)
    if (!add (journal, search, g_array_index (found, Found, i).number, error))
      return NULL;
  return add_near (journal, search, words, found, limit, error) ? g_steal_pointer (&search) : NULL;
}

void delegate_search_free (DelegateSearch *search)
{
  if (search == NULL)
    return;
  g_ptr_array_unref (search->delegates);
  g_free (search);
}

gboolean delegate_search_is_near (const DelegateSearch *search, guint index)
{
  return index >= search->delegates->len - search->near;
}
