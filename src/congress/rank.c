#include "congress/rank.h"

#include "core/json.h"
#include "core/text.h"
#include "core/words.h"
#include "journal/query.h"

#include <string.h>

static const char RANKS[]
    = "SELECT id, fr, zh, words FROM rank WHERE NOT removed ORDER BY sort, id";

/* Beginnings of French functions, as text_fold() leaves them, and endings of Chinese
 * ones. */
static const char *const OTHER[] = { "conseiller", "conseillere", "assistant", "assistante", NULL };
static const char *const MINISTER[] = {
  "ministre", "ambassadeur", "ambassadrice", "secretaire d etat", "副部长", "部长", "大使", NULL,
};
static const char *const GOVERNOR[] = {
  "president de la region",
  "presidente de la region",
  "president de region",
  "presidente de region",
  "president du conseil regional",
  "presidente du conseil regional",
  "president du departement",
  "presidente du departement",
  "president du conseil departemental",
  "presidente du conseil departemental",
  "gouverneur",
  "gouverneure",
  "vice gouverneur",
  "vice gouverneure",
  "prefet",
  "prefete",
  "副省长",
  "省长",
  "自治区主席",
  "大区主席",
  "省委书记",
  NULL,
};
static const char *const MAYOR[] = {
  "maire",
  "president de la metropole",
  "presidente de la metropole",
  "president de metropole",
  "presidente de metropole",
  "市长",
  "市委书记",
  NULL,
};
static const char *const DEPUTY[] = {
  "ministre conseiller",
  "vice president",
  "vice presidente",
  "vice maire",
  "maire adjoint",
  "maire adjointe",
  "adjoint au maire",
  "adjointe au maire",
  "consul",
  "consule",
  "副市长",
  "副主席",
  "总领事",
  NULL,
};
static const char *const DIRECTOR[] = {
  "directeur",  "directeur adjoint",
  "directrice", "directrice adjointe",
  "市长助理",   "副局长",
  "局长",       "副厅长",
  "厅长",       "司长",
  "处长",       "副主任",
  "主任",       "总监",
  NULL,
};

static const struct {
  const char *id, *name;
  const char *const *words;
} KNOWN[] = {
  { "minister", NC_ ("rank", "Minister, ambassador"), MINISTER },
  { "governor", NC_ ("rank", "President of a region, vice-governor"), GOVERNOR },
  { "mayor", NC_ ("rank", "Mayor, president of a metropolis"), MAYOR },
  { "deputy", NC_ ("rank", "Vice-president, deputy mayor"), DEPUTY },
  { "director", NC_ ("rank", "Director"), DIRECTOR },
  { RANK_OTHER, NC_ ("rank", "Others"), OTHER },
};

/* A word of a function, as it is looked for. */
typedef struct {
  char *text;
  gboolean ending; /* in Chinese what somebody is stands last */
  guint rank;
} Word;

struct _RankBook {
  GPtrArray *ranks;  /* Rank */
  GArray *words;     /* Word */
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

static void word_clear (gpointer data)
{
  g_free (((Word *) data)->text);
}

void rank_book_free (RankBook *book)
{
  if (book == NULL)
    return;
  g_ptr_array_unref (book->ranks);
  g_array_unref (book->words);
  g_hash_table_unref (book->names);
  g_free (book);
}

const char *const *rank_known_words (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (strcmp (KNOWN[i].id, id) == 0)
      return KNOWN[i].words;
  return NULL;
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
  for (; words != NULL && *words != NULL; words++) {
    Word word = { .ending = text_has_han (*words), .rank = place };
    word.text = word.ending ? text_key (*words) : text_fold (*words);
    if (*word.text == '\0') {
      g_free (word.text);
      continue;
    }
    g_array_append_val (book->words, word);
    add_name (book, *words, place);
  }
}

static void add_known (RankBook *book, guint known)
{
  Pair names = words_pair_in ("rank", KNOWN[known].name);
  guint place = add_rank (book, KNOWN[known].id, names.first, names.second);
  ((Rank *) g_ptr_array_index (book->ranks, place))->source = KNOWN[known].name;
  add_words (book, place, KNOWN[known].words);
}

static RankBook *book_new (void)
{
  RankBook *book = g_new0 (RankBook, 1);
  book->ranks = g_ptr_array_new_with_free_func (rank_free);
  book->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (book->words, word_clear);
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
    add_words (book, place, words[0] != NULL ? (const char *const *) words : rank_known_words (id));
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
             other_words[0] != NULL ? (const char *const *) other_words : OTHER);
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

/* TRUE if @text begins with the words of @word, and not in the middle of one, or ends
 * with its characters. */
static gboolean fits (const Word *word, const char *text)
{
  gsize length = strlen (word->text);
  if (word->ending)
    return g_str_has_suffix (text, word->text);
  return strncmp (text, word->text, length) == 0 && (text[length] == '\0' || text[length] == ' ');
}

/* Of all that fit the longest decides. @text is folded, or a key. */
static guint rank_of_text (const RankBook *book, const char *text, gboolean ending)
{
  gsize longest = 0;
  guint rank = book->ranks->len - 1;
  for (guint i = 0; i < book->words->len; i++) {
    const Word *word = &g_array_index (book->words, Word, i);
    if (word->ending != ending || strlen (word->text) <= longest || !fits (word, text))
      continue;
    longest = strlen (word->text);
    rank = word->rank;
  }
  return rank;
}

guint rank_of_function (const RankBook *book, const char *function_fr, const char *function_zh)
{
  guint rank = book->ranks->len - 1;
  if (*function_fr != '\0') {
    g_autofree char *folded = text_fold (function_fr);
    rank = rank_of_text (book, folded, FALSE);
  }
  if (*function_zh != '\0') {
    g_autofree char *key = text_key (function_zh);
    rank = MIN (rank, rank_of_text (book, key, TRUE));
  }
  return rank;
}
