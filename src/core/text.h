/* text.h: text of people's names in two scripts: folding for search, cleaning, scripts.
 *
 * All text is UTF-8 in and out; invalid UTF-8 is the caller's fault, to be caught with
 * g_utf8_validate() where text comes in. Folding follows ICU: NFKD, marks removed, case
 * folded, and œ æ ß ø ł đ ħ þ ı opened to ASCII. Han characters become simplified ones
 * (simplified.h).
 *
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

/* The next character of @p: g_utf8_next_char(), which casts const away. */
static inline const char *text_next (const char *p)
{
  return p + g_utf8_skip[(guchar) *p];
}

/* TRUE for a Han ideograph (Unicode property Script=Han), extensions included. */
gboolean text_is_han (gunichar c);
/* TRUE if any character of @text is a Han ideograph. NULL has none. */
gboolean text_has_han (const char *text);

/* @text folded for comparison: « L'Haÿ-les-Roses » → "l hay les roses". Every run of what
 * is neither letter, digit nor Han becomes one space; none at either end. An apostrophe
 * is none of these, be it typed as ' ’ ʼ or ʹ. Free with g_free(). */
char *text_fold (const char *text);

/* text_fold() without its spaces: « L'Haÿ-les-Roses », "lhay les roses" → "lhaylesroses";
 * 張 偉, 张伟 → "张伟". Two names are written the same, for people, if their keys are equal.
 * Free with g_free(). */
char *text_key (const char *text);

/* @text in NFC with spaces of any kind trimmed at both ends and runs of them made
 * one; line breaks become spaces. What nobody sees is left out: marks of direction
 * and of byte order, soft hyphens, fillers, selectors of form, and joiners where
 * letters need none. Free with g_free(). */
char *text_clean (const char *text);

/* @text with a capital at its beginning, as it stands alone; NULL is "". Free with
 * g_free(). */
char *text_capital (const char *text);

/* Levenshtein's distance in bytes: how many insertions, deletions and replacements make
 * @b of @a; for "did you mean". */
guint text_distance (const char *a, const char *b);

/* TRUE for what a spreadsheet would take for a formula, by its first character: = + - @
 * (Chinese ones know their full-width forms too), tab, CR. Written to a table it needs an
 * apostrophe before it. */
gboolean text_is_formula (const char *text);
/* How many columns of a terminal @text takes: two for a hanzi. */
int text_columns (const char *text);
/* @text in at most @columns of them: what is longer is cut, and ends with “…”. Free with
 * g_free(). */
char *text_fitted (const char *text, int columns);
