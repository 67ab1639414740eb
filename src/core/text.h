/* text.h: text of people's names in two scripts: folding for search, scripts, tokens.
 *
 * All text is UTF-8 in and out; invalid UTF-8 is the caller's fault, to be caught with g_utf8_validate() where text comes in.
 * Folding follows ICU: NFKD, marks removed, case folded, and œ æ ß ø ł đ ħ þ ı opened to ASCII. Han characters are kept as they are.
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

/* @text folded for comparison: « L'Haÿ-les-Roses » → "l hay les roses". Every run of what is neither letter, digit nor Han becomes one space; none at either end.
 * Free with g_free(). */
char *text_fold (const char *text);

/* @text in NFC with spaces of any kind trimmed at both ends and runs of them made one; line breaks become spaces. Invisible marks of direction, joining and byte order (U+200B,
 * U+200E–F, U+202A–E, U+2060–9, U+FEFF) are left out. Free with g_free(). */
char *text_clean (const char *text);

/* The search tokens of @texts (a NULL-terminated list), separated by single spaces, ready for FTS5 with the unicode61 tokenizer. For each text:
 * - its folded words; words written together (d'Estienne, Jean-Pierre) also as one; a text of two or three words also as one, and its initials (AFD of Agence française de
 *   développement);
 * - each Han character in order, so that a phrase finds any part; and for every run of them pinyin: from each character on, the syllables joined and (in a run as short as a name) the initials,
 *   so that yang, ouyang, ouyangsiyuan, siyuan and oysy are all the beginning of a token of 欧阳思远. A short run gets both its reading as a name and as words; ü is found as yu, u and v.
 * Free with g_free(). */
char *text_search_tokens (const char *const *texts);

#define TEXT_QUERY_TERMS_MAX 8      /* more words are passed over */
#define TEXT_QUERY_CHARACTERS_MAX 64 /* longer words are cut */

/* What a person typed, as an FTS5 query over text_search_tokens(): every word a prefix, Han characters as a phrase, all of them required. NULL if it holds nothing to
 * look for. Nothing the person types can be an FTS5 operator. Free with g_free(). */
char *text_search_query (const char *typed);
