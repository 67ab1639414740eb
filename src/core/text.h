/* text.h: text of people's names in two scripts: folding for search, scripts, tokens.
 *
 * All text is UTF-8 in and out; invalid UTF-8 is the caller's fault, to be caught with g_utf8_validate() where text comes in.
 * Folding follows ICU: NFKD, marks removed, case folded, and œ æ ß ø ł đ ı opened to ASCII. Han characters are kept as they are.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* TRUE for a Han ideograph (Unicode property Script=Han), extensions included. */
gboolean text_is_han (gunichar c);
/* TRUE if any character of @text is a Han ideograph. NULL has none. */
gboolean text_has_han (const char *text);

/* @text folded for comparison: « L'Haÿ-les-Roses » → "l hay les roses". Every run of what is neither letter, digit nor Han becomes one space; none at either end.
 * Free with g_free(). */
char *text_fold (const char *text);

/* @text in NFC with spaces of any kind trimmed at both ends and runs of them made one; line breaks become spaces. Free with g_free(). */
char *text_clean (const char *text);

/* The search tokens of @texts (a NULL-terminated list; NULL entries are not possible, empty ones are): folded words, one token for each Han character, for
 * every word of Han characters its pinyin syllables, their joined form and their initials, and for Latin words their initials too. Separated by single spaces, ready
 * for FTS5 with the unicode61 tokenizer. Free with g_free(). */
char *text_search_tokens (const char *const *texts);

/* What a person typed, as an FTS5 query over text_search_tokens(): every word a prefix, Han characters as a phrase, all of them required. NULL if it holds nothing to
 * look for. Nothing the person types can be an FTS5 operator. Free with g_free(). */
char *text_search_query (const char *typed);
