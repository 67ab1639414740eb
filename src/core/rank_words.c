#include "core/rank_words.h"

#include "core/text.h"

#include <string.h>

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
  const char *id;
  const char *const *words;
} KNOWN[] = {
  { "minister", MINISTER }, { "governor", GOVERNOR }, { "mayor", MAYOR },
  { "deputy", DEPUTY },     { "director", DIRECTOR }, { "other", OTHER },
};

/* A word of a function, as it is looked for. */
typedef struct {
  char *text;
  gboolean ending; /* in Chinese what somebody is stands last */
  guint rank;
} Word;

struct _RankWords {
  GArray *words; /* Word */
};

static void word_clear (gpointer data)
{
  g_free (((Word *) data)->text);
}

RankWords *rank_words_new (void)
{
  RankWords *words = g_new0 (RankWords, 1);
  words->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (words->words, word_clear);
  return words;
}

void rank_words_free (RankWords *words)
{
  if (words == NULL)
    return;
  g_array_unref (words->words);
  g_free (words);
}

const char *rank_words_known_id (guint place)
{
  return place < G_N_ELEMENTS (KNOWN) ? KNOWN[place].id : NULL;
}

const char *const *rank_words_known (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (strcmp (KNOWN[i].id, id) == 0)
      return KNOWN[i].words;
  return NULL;
}

gboolean rank_words_add (RankWords *words, const char *text, guint rank)
{
  Word word = { .ending = text_has_han (text), .rank = rank };
  word.text = word.ending ? text_key (text) : text_fold (text);
  if (*word.text == '\0') {
    g_free (word.text);
    return FALSE;
  }
  g_array_append_val (words->words, word);
  return TRUE;
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
static guint rank_of_text (const RankWords *words, const char *text, gboolean ending, guint other)
{
  gsize longest = 0;
  guint rank = other;
  for (guint i = 0; i < words->words->len; i++) {
    const Word *word = &g_array_index (words->words, Word, i);
    if (word->ending != ending || strlen (word->text) <= longest || !fits (word, text))
      continue;
    longest = strlen (word->text);
    rank = word->rank;
  }
  return rank;
}

guint rank_words_of (const RankWords *words, const char *function_fr, const char *function_zh,
                     guint other)
{
  guint rank = other;
  if (*function_fr != '\0') {
    g_autofree char *folded = text_fold (function_fr);
    rank = rank_of_text (words, folded, FALSE, other);
  }
  if (*function_zh != '\0') {
    g_autofree char *key = text_key (function_zh);
    rank = MIN (rank, rank_of_text (words, key, TRUE, other));
  }
  return rank;
}
