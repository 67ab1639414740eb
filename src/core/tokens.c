#include "core/tokens.h"

#include "core/pinyin.h"
#include "core/telephone.h"
#include "core/text.h"

#include <string.h>

#define NAME_RUN_MAX 5     /* Han characters: a longer run is no person's name */
#define RUN_MAX 60         /* characters of a run that get pinyin */
#define JOINED_SYLLABLES 4 /* joined from each character on, in a longer run */
#define WHOLE_SYLLABLES 12 /* joined from its first character on */
#define JOINED_WORDS 4     /* of what is written together, from which all is joined */
#define NAME_WORDS_MAX 3   /* words of a text that are also joined as a whole */
#define READ_AS_MAX 8      /* ways to read a name */
#define TOKENS_MAX 256     /* of Latin letters, from one list of texts */

/* In front of an e-mail address: a letter that no folded text has. */
#define ADDRESS "\xC2\xAA"
/* In front of the end of a telephone number: another such. */
#define TELEPHONE "\xC2\xBA"
#define TELEPHONE_TEXT "tel:"

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

/* Of a character of a name: its reading there, and all others. */
typedef struct {
  const char *readings[PINYIN_READINGS_MAX + 2];
  guint count;
} ReadAs;

static void read_as_add (ReadAs *as, const char *reading)
{
  for (guint i = 0; i < as->count; i++)
    if (strcmp (as->readings[i], reading) == 0)
      return;
  if (as->count < G_N_ELEMENTS (as->readings))
    as->readings[as->count++] = reading;
}

/* Every way to read the name @run: as a name, as plain words, with each other reading of
 * each character; READ_AS_MAX at most. */
static void tokens_add_name (Tokens *tokens, const char *run)
{
  g_auto (GStrv) named = pinyin_name_syllables (run);
  g_auto (GStrv) plain = pinyin_syllables (run);
  ReadAs as[NAME_RUN_MAX] = { 0 };
  guint count = 0, ways = 1;
  for (const char *p = run; *p != '\0' && count < NAME_RUN_MAX; p = text_next (p), count++) {
    const char *readings[PINYIN_READINGS_MAX];
    guint known = pinyin_readings (g_utf8_get_char (p), readings);
    read_as_add (&as[count], named[count]);
    read_as_add (&as[count], plain[count]);
    for (guint i = 0; i < known; i++)
      read_as_add (&as[count], readings[i]);
    ways *= as[count].count;
  }
  for (guint way = 0; way < MIN (ways, READ_AS_MAX); way++) {
    char *syllables[NAME_RUN_MAX + 1] = { NULL };
    guint left = way;
    for (guint i = 0; i < count; i++) {
      syllables[i] = (char *) (guintptr) as[i].readings[left % as[i].count];
      left /= as[i].count;
    }
    tokens_add_syllables (tokens, syllables);
  }
}

/* 南特大学, 成都市: no person's name, though as short as one. Each reading of each of its
 * characters would be half of the index. */
static gboolean is_place (const char *run)
{
  static const char *const ENDS[]
      = { "大学", "学院", "学校", "公司", "集团", "银行", "中心", "协会", "学会", "总会", "政府",
          "市",   "省",   "区",   "县",   "局",   "厅",   "署",   "部",   "处",   "委",   NULL };
  for (gsize i = 0; ENDS[i] != NULL; i++)
    if (g_str_has_suffix (run, ENDS[i]) && strlen (run) > 2 * strlen ("市"))
      return TRUE;
  return FALSE;
}

static void tokens_add_han_run (Tokens *tokens, const char *run)
{
  glong characters = g_utf8_strlen (run, -1);
  for (const char *p = run; *p != '\0'; p = text_next (p))
    tokens_add_always (tokens, p, (gsize) (text_next (p) - p));
  if (characters <= NAME_RUN_MAX && !is_place (run)) {
    tokens_add_name (tokens, run);
    return;
  }
  g_autofree char *head = characters > RUN_MAX ? g_utf8_substring (run, 0, RUN_MAX) : NULL;
  g_auto (GStrv) plain = pinyin_syllables (head != NULL ? head : run);
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

/* 0041 is looked for as 41 too, CN-0041 as cn41. */
static void append_number (GString *text, const char *word, gsize length)
{
  gsize zeros = strspn (word, "0");
  gboolean number = zeros > 0 && zeros < length && strspn (word, "0123456789") >= length;
  g_string_append_len (text, word + (number ? zeros : 0), (gssize) (length - (number ? zeros : 0)));
}

static void add_number (Tokens *tokens, const char *word, gsize length)
{
  g_autoptr (GString) number = g_string_new (NULL);
  append_number (number, word, length);
  if (number->len < length)
    tokens_add (tokens, number->str, number->len);
}

/* What stands between two spaces: its words, and if there are several, from each on all
 * as one: Côtes-d'Armor is cotes, d, armor, cotesdarmor and darmor. */
static void add_chunk (Tokens *tokens, Sums *sums, const char *chunk)
{
  g_autofree char *folded = text_fold (chunk);
  gboolean latin = !text_has_han (folded);
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  gsize starts[JOINED_WORDS], words = 0;
  for (const char *word = folded; *word != '\0'; words++) {
    gsize length = strcspn (word, " ");
    add_word (tokens, sums, word, length);
    add_number (tokens, word, length);
    if (words < JOINED_WORDS)
      starts[words] = whole->len;
    g_string_append_len (whole, word, (gssize) length);
    append_number (plain, word, length);
    word += length + (word[length] == ' ');
  }
  if (!latin || words < 2)
    return;
  for (gsize i = 0; i + 1 < words && i < JOINED_WORDS; i++)
    tokens_add (tokens, whole->str + starts[i], whole->len - starts[i]);
  tokens_add (tokens, plain->str, plain->len);
}

/* An e-mail address is one token, lest everybody is found by "com". */
static gboolean add_address (Tokens *tokens, const char *text)
{
  const char *at = strchr (text, '@');
  if (at == NULL || strchr (text, ' ') != NULL)
    return FALSE;
  g_autofree char *key = text_key (text), *token = g_strconcat (ADDRESS, key, NULL);
  tokens_add (tokens, token, strlen (token));
  return TRUE;
}

/* The last digits of @number, of which people know how many: TOKENS_TELEPHONE_SHORT of
 * anybody's, all of their own, with whatever stands before its TOKENS_TELEPHONE_LONG
 * last. */
static void add_number_end (Tokens *tokens, const char *number, gsize digits)
{
  gsize length = strlen (number);
  if (length < digits)
    return;
  g_autofree char *token = g_strconcat (TELEPHONE, number + length - digits, NULL);
  tokens_add (tokens, token, strlen (token));
}

static gboolean add_telephone (Tokens *tokens, const char *text)
{
  if (!g_str_has_prefix (text, TELEPHONE_TEXT))
    return FALSE;
  g_auto (GStrv) numbers = telephone_numbers (text + strlen (TELEPHONE_TEXT));
  for (guint i = 0; numbers[i] != NULL; i++) {
    add_number_end (tokens, numbers[i], TOKENS_TELEPHONE_SHORT);
    add_number_end (tokens, numbers[i], TOKENS_TELEPHONE_LONG);
  }
  return TRUE;
}

static void add_text (Tokens *tokens, Sums *sums, const char *text)
{
  if (add_address (tokens, text) || add_telephone (tokens, text))
    return;
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

/* A word that is looked for: of one script, without space or quote. */
static void words_add (GPtrArray *words, const char *word, gsize length)
{
  if (words->len == TOKENS_QUERY_TERMS_MAX || length == 0)
    return;
  glong characters = g_utf8_strlen (word, (gssize) length);
  const char *end = g_utf8_offset_to_pointer (word, MIN (characters, TOKENS_QUERY_CHARACTERS_MAX));
  g_ptr_array_add (words, g_strndup (word, (gsize) (end - word)));
}

/* Splits @folded at spaces and where script changes. */
static void words_of_folded (GPtrArray *words, const char *folded)
{
  for (const char *p = folded; *p != '\0';) {
    const char *start = p;
    gboolean han = text_is_han (g_utf8_get_char (p));
    while (*p != '\0' && *p != ' ' && text_is_han (g_utf8_get_char (p)) == han)
      p = text_next (p);
    words_add (words, start, (gsize) (p - start));
    p += *p == ' ';
  }
}

char **tokens_words (const char *typed)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *clean = text_clean (typed);
  g_auto (GStrv) chunks = g_strsplit (clean, " ", TOKENS_QUERY_TERMS_MAX + 1);
  for (guint i = 0; chunks[i] != NULL; i++) {
    const char *at = strchr (chunks[i], '@');
    g_autofree char *folded
        = at != NULL && at > chunks[i] ? text_key (chunks[i]) : text_fold (chunks[i]);
    if (at != NULL && at > chunks[i] && *folded != '\0') {
      g_autofree char *address = g_strconcat (ADDRESS, folded, NULL);
      words_add (words, address, strlen (address));
    } else
      words_of_folded (words, folded);
  }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

static gboolean is_joinable (const char *word)
{
  return word != NULL && !text_is_han (g_utf8_get_char (word)) && !g_str_has_prefix (word, ADDRESS);
}

static gboolean is_digits (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

/* `"word"*`, or `"欧 阳"` for Han characters. */
static void append_term (GString *query, const char *word)
{
  gboolean han = text_is_han (g_utf8_get_char (word));
  g_string_append_c (query, '"');
  for (const char *p = word; *p != '\0'; p = text_next (p)) {
    if (han && p > word)
      g_string_append_c (query, ' ');
    g_string_append_len (query, p, text_next (p) - p);
  }
  g_string_append (query, han ? "\"" : "\"*");
}

/* Word @i itself, or the beginning of a token together with its neighbour: "jean pierre"
 * finds Jeanpierre, "d armor" d'Armor. Four digits may be the last of a telephone
 * number. */
static void append_word (GString *query, char **words, guint i)
{
  const char *before = i > 0 && is_joinable (words[i - 1]) ? words[i - 1] : NULL;
  const char *behind = words[i + 1] != NULL && is_joinable (words[i + 1]) ? words[i + 1] : NULL;
  gboolean short_end = strlen (words[i]) == TOKENS_TELEPHONE_SHORT && is_digits (words[i]);
  if (!is_joinable (words[i]) || (before == NULL && behind == NULL && !short_end)) {
    append_term (query, words[i]);
    return;
  }
  g_string_append_c (query, '(');
  append_term (query, words[i]);
  if (before != NULL)
    g_string_append_printf (query, " OR \"%s%s\"*", before, words[i]);
  if (behind != NULL)
    g_string_append_printf (query, " OR \"%s%s\"*", words[i], behind);
  if (short_end)
    g_string_append_printf (query, " OR \"" TELEPHONE "%s\"", words[i]);
  g_string_append_c (query, ')');
}

char *tokens_query (char **words)
{
  if (words[0] == NULL)
    return NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++) {
    g_string_append (query, i > 0 ? " AND " : "");
    append_word (query, words, i);
  }
  g_autofree char *whole = g_strjoinv ("", words);
  gboolean joinable = g_strv_length (words) > 2;
  for (guint i = 0; words[i] != NULL; i++)
    joinable = joinable && is_joinable (words[i]);
  if (joinable)
    g_string_append_printf (query, " OR \"%s\"*", whole);
  gsize length = strlen (whole);
  if (is_digits (whole) && length >= TOKENS_TELEPHONE_LONG && length <= TELEPHONE_DIGITS_MAX)
    g_string_append_printf (query, " OR \"" TELEPHONE "%s\"",
                            whole + length - TOKENS_TELEPHONE_LONG);
  return g_string_free (g_steal_pointer (&query), FALSE);
}

/* Near names ------------------------------------------------------------------------- */

static void append_near (GString *query, const char *word, gsize length, const char *more,
                         const char *rest)
{
  g_string_append_printf (query, " OR \"%.*s%s%s\"", (int) length, word, more, rest);
}

/* Every text that one letter makes of @word: left out, put in, another, two exchanged. */
static void append_all_near (GString *query, const char *word)
{
  static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz";
  gsize length = strlen (word);
  for (gsize i = 0; i <= length; i++) {
    if (i < length)
      append_near (query, word, i, "", word + i + 1);
    if (i + 1 < length && word[i] != word[i + 1]) {
      const char swapped[] = { word[i + 1], word[i], '\0' };
      append_near (query, word, i, swapped, word + i + 2);
    }
    for (const char *letter = LETTERS; *letter != '\0'; letter++) {
      const char put[] = { *letter, '\0' };
      append_near (query, word, i, put, word + i);
      if (i < length && word[i] != *letter)
        append_near (query, word, i, put, word + i + 1);
    }
  }
}

static gboolean may_be_misspelt (const char *word)
{
  gsize length = strlen (word);
  return length >= TOKENS_NEAR_MIN && length <= TOKENS_NEAR_MAX
         && strspn (word, "abcdefghijklmnopqrstuvwxyz") == length;
}

char *tokens_near_form (const char *word)
{
  glong characters = g_utf8_strlen (word, -1);
  if (characters < 2 || characters > NAME_RUN_MAX || !text_is_han (g_utf8_get_char (word)))
    return g_strdup (word);
  g_auto (GStrv) syllables = pinyin_name_syllables (word);
  return g_strjoinv ("", syllables);
}

/* Word @i, or what sounds the same, or a word of one letter's difference. */
static void append_word_near (GString *query, char **words, guint i)
{
  g_autofree char *form = tokens_near_form (words[i]);
  g_string_append_c (query, '(');
  append_word (query, words, i);
  if (strcmp (form, words[i]) != 0)
    g_string_append_printf (query, " OR \"%s\"", form);
  else
    append_all_near (query, words[i]);
  g_string_append_c (query, ')');
}

/* What it costs to look for what is near @word: its letters, 0 for hanzi that have a
 * sound; more than there are for a word that nothing is near. */
static gsize near_letters (const char *word)
{
  g_autofree char *form = tokens_near_form (word);
  return strcmp (form, word) != 0 ? 0 : may_be_misspelt (word) ? strlen (word) : G_MAXSIZE;
}

char *tokens_query_near (char **words)
{
  g_autoptr (GString) query = g_string_new (NULL);
  gsize left = TOKENS_NEAR_LETTERS;
  gboolean any = FALSE;
  for (guint i = 0; words[i] != NULL; i++) {
    gsize letters = near_letters (words[i]);
    g_string_append (query, i > 0 ? " AND " : "");
    if (letters <= left) {
      append_word_near (query, words, i);
      left -= letters;
      any = TRUE;
    } else
      append_word (query, words, i);
  }
  return any ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}
