#include "core/tokens.h"

#include "core/pinyin.h"
#include "core/text.h"

#include <string.h>

#define NAME_RUN_MAX 5     /* Han characters: a longer run is no person's name */
#define RUN_MAX 60         /* characters of a run that get pinyin */
#define JOINED_SYLLABLES 4 /* joined from each character on, in a longer run */
#define WHOLE_SYLLABLES 12 /* joined from its first character on */
#define NAME_WORDS_MAX 3   /* words of a text that are also joined as a whole */
#define TOKENS_MAX 256     /* of Latin letters, from one list of texts */

/* Tokens as they are gathered. Those of Latin letters are kept once; Han characters are
 * always added, for phrases. */
typedef struct {
  GString *out;
  guint count;
  struct {
    gsize at, length;
  } seen[TOKENS_MAX];
} Tokens;

static void tokens_add_always (Tokens *tokens, const char *token, gsize length)
{
  if (tokens->out->len > 0)
    g_string_append_c (tokens->out, ' ');
  g_string_append_len (tokens->out, token, (gssize) length);
}

static void tokens_add (Tokens *tokens, const char *token, gsize length)
{
  if (length == 0 || tokens->count == TOKENS_MAX)
    return;
  for (guint i = 0; i < tokens->count; i++)
    if (tokens->seen[i].length == length
        && memcmp (tokens->out->str + tokens->seen[i].at, token, length) == 0)
      return;
  tokens_add_always (tokens, token, length);
  tokens->seen[tokens->count].at = tokens->out->len - length;
  tokens->seen[tokens->count++].length = length;
}

/* lyu and nyu (ü) are also looked for as lu and lv. */
static void tokens_add_pinyin (Tokens *tokens, const char *joined, gsize length)
{
  tokens_add (tokens, joined, length);
  if (strstr (joined, "lyu") == NULL && strstr (joined, "nyu") == NULL)
    return;
  for (const char *by = "uv"; *by != '\0'; by++) {
    g_autoptr (GString) variant = g_string_new (NULL);
    for (gsize i = 0; i < length; i++)
      if (joined[i] == 'y' && i > 0 && (joined[i - 1] == 'l' || (joined[i - 1] == 'n'))
          && joined[i + 1] == 'u') {
        g_string_append_c (variant, *by);
        i++;
      } else
        g_string_append_c (variant, joined[i]);
    tokens_add (tokens, variant->str, variant->len);
  }
}

/* From each syllable on: joined (at most JOINED_SYLLABLES in a long run), and initials in
 * a short one. */
static void tokens_add_syllables (Tokens *tokens, char **syllables)
{
  guint count = g_strv_length (syllables);
  gboolean is_name = count <= NAME_RUN_MAX;
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GString) initials = g_string_new (NULL);
  for (guint from = 0; from < count; from++) {
    g_string_truncate (joined, 0);
    g_string_truncate (initials, 0);
    guint most = from == 0 ? WHOLE_SYLLABLES : JOINED_SYLLABLES;
    for (guint i = from; i < count && i < from + most; i++) {
      g_string_append (joined, syllables[i]);
      g_string_append_len (initials, syllables[i], *syllables[i] == '\0' ? 0 : 1);
    }
    tokens_add_pinyin (tokens, joined->str, joined->len);
    if (initials->len > 1 && (is_name || from == 0))
      tokens_add (tokens, initials->str, initials->len);
  }
}

static void tokens_add_han_run (Tokens *tokens, const char *run)
{
  glong characters = g_utf8_strlen (run, -1);
  for (const char *p = run; *p != '\0'; p = text_next (p))
    tokens_add_always (tokens, p, (gsize) (text_next (p) - p));
  g_autofree char *head = characters > RUN_MAX ? g_utf8_substring (run, 0, RUN_MAX) : NULL;
  g_auto (GStrv) plain = pinyin_syllables (head != NULL ? head : run);
  if (characters <= NAME_RUN_MAX) {
    g_auto (GStrv) as_name = pinyin_name_syllables (run);
    tokens_add_syllables (tokens, as_name);
  }
  tokens_add_syllables (tokens, plain);
}

/* Words that initials pass over. */
static gboolean is_small_word (const char *word, gsize length)
{
  static const char *const SMALL[] = { "a", "au", "aux", "d",   "de", "des", "du",  "et",
                                       "l", "la", "le",  "les", "of", "the", "and", "en" };
  for (gsize i = 0; i < G_N_ELEMENTS (SMALL); i++)
    if (strlen (SMALL[i]) == length && memcmp (SMALL[i], word, length) == 0)
      return TRUE;
  return FALSE;
}

/* What the words of one text come to: joined as a whole, and their initials. */
typedef struct {
  GString *joined, *initials, *han;
  guint words;
} Sums;

/* One folded word, split where script changes: Han characters are gathered, the rest is a
 * token. */
static void add_word (Tokens *tokens, Sums *sums, const char *word, gsize length)
{
  const char *end = word + length, *p = word;
  while (p < end) {
    const char *start = p;
    gboolean han = text_is_han (g_utf8_get_char (p));
    while (p < end && text_is_han (g_utf8_get_char (p)) == han)
      p = text_next (p);
    if (han) {
      g_string_append_len (sums->han, start, p - start);
      continue;
    }
    if (sums->han->len > 0) {
      tokens_add_han_run (tokens, sums->han->str);
      g_string_truncate (sums->han, 0);
    }
    tokens_add (tokens, start, (gsize) (p - start));
    g_string_append_len (sums->joined, start, p - start);
    if (!is_small_word (start, (gsize) (p - start)))
      g_string_append_len (sums->initials, start, text_next (start) - start);
    sums->words++;
  }
}

/* What stands between two spaces: its words, and if there are several, all as one. */
static void add_chunk (Tokens *tokens, Sums *sums, const char *chunk)
{
  g_autofree char *folded = text_fold (chunk);
  const char *space = strchr (folded, ' ');
  if (space == NULL) {
    if (*folded != '\0')
      add_word (tokens, sums, folded, strlen (folded));
    return;
  }
  gboolean latin = !text_has_han (folded);
  g_autoptr (GString) whole = g_string_new (NULL);
  for (const char *word = folded; *word != '\0';) {
    gsize length = strcspn (word, " ");
    add_word (tokens, sums, word, length);
    g_string_append_len (whole, word, (gssize) length);
    word += length + (word[length] == ' ');
  }
  if (latin)
    tokens_add (tokens, whole->str, whole->len);
}

static void add_text (Tokens *tokens, Sums *sums, const char *text)
{
  g_string_truncate (sums->joined, 0);
  g_string_truncate (sums->initials, 0);
  g_string_truncate (sums->han, 0);
  sums->words = 0;
  g_autofree char *clean = text_clean (text);
  g_auto (GStrv) chunks = g_strsplit (clean, " ", -1);
  for (guint i = 0; chunks[i] != NULL; i++)
    add_chunk (tokens, sums, chunks[i]);
  if (sums->han->len > 0)
    tokens_add_han_run (tokens, sums->han->str);
  if (sums->words > 1 && sums->words <= NAME_WORDS_MAX)
    tokens_add (tokens, sums->joined->str, sums->joined->len);
  if (g_utf8_strlen (sums->initials->str, -1) > 1)
    tokens_add (tokens, sums->initials->str, sums->initials->len);
}

char *tokens_of_texts (const char *const *texts)
{
  Tokens tokens = { .out = g_string_sized_new (256), .count = 0 };
  Sums sums = { .joined = g_string_new (NULL),
                .initials = g_string_new (NULL),
                .han = g_string_new (NULL) };
  for (guint i = 0; texts[i] != NULL; i++)
    if (*texts[i] != '\0')
      add_text (&tokens, &sums, texts[i]);
  g_string_free (sums.joined, TRUE);
  g_string_free (sums.initials, TRUE);
  g_string_free (sums.han, TRUE);
  return g_string_free (tokens.out, FALSE);
}

/* Queries ---------------------------------------------------------------------------- */

/* Adds `"word"*`, or `"欧 阳"` for Han characters; @run holds one script and no space or
 * quote. */
static void query_add (GString *query, guint *terms, const char *run, gsize length)
{
  if (*terms == TOKENS_QUERY_TERMS_MAX)
    return;
  gboolean han = text_is_han (g_utf8_get_char (run));
  g_string_append (query, ++*terms > 1 ? " AND \"" : "\"");
  guint characters = 0;
  for (const char *p = run; p < run + length && characters < TOKENS_QUERY_CHARACTERS_MAX;
       p = text_next (p)) {
    if (han && characters > 0)
      g_string_append_c (query, ' ');
    g_string_append_len (query, p, text_next (p) - p);
    characters++;
  }
  g_string_append (query, han ? "\"" : "\"*");
}

char *tokens_query (const char *typed)
{
  g_autoptr (GString) query = g_string_new (NULL);
  guint terms = 0;
  g_autofree char *clean = text_clean (typed);
  g_auto (GStrv) chunks = g_strsplit (clean, " ", TOKENS_QUERY_TERMS_MAX + 1);
  for (guint i = 0; chunks[i] != NULL; i++) {
    g_autofree char *folded = text_fold (chunks[i]);
    g_auto (GStrv) words = g_strsplit (folded, " ", -1);
    g_autofree char *whole = g_strjoinv ("", words);
    for (const char *p = whole; *p != '\0';) {
      const char *start = p;
      gboolean han = text_is_han (g_utf8_get_char (p));
      while (*p != '\0' && text_is_han (g_utf8_get_char (p)) == han)
        p = text_next (p);
      query_add (query, &terms, start, (gsize) (p - start));
    }
  }
  return terms > 0 ? g_strdup (query->str) : NULL;
}
