/* tokens.h: how people are found: the tokens of their texts, and what a person types as a
 * query over them.
 *
 * All text is UTF-8. Threads: reentrant after the first call (see pinyin.h). Nothing here
 * blocks or fails.  */
#pragma once

#include <glib.h>

/* The search tokens of @texts (a NULL-terminated list), separated by single spaces, ready
 * for FTS5 with the unicode61 tokenizer. For each text:
 * - its folded words; words written together (d'Estienne, Jean-Pierre) also as one; a
 *   text of two or three words also as one, and its initials (AFD of Agence française de
 *   développement);
 * - each Han character in order, so that a phrase finds any part; and for every run of
 *   them pinyin: from each character on, the syllables joined and (in a run as short as a
 *   name) the initials, so that yang, ouyang, ouyangsiyuan, siyuan and oysy are all the
 *   beginning of a token of 欧阳思远. A short run gets both its reading as a name and as
 *   words; ü is found as yu, u and v. Free with g_free().  */
char *tokens_of_texts (const char *const *texts);

#define TOKENS_QUERY_TERMS_MAX 8       /* more words are passed over */
#define TOKENS_QUERY_CHARACTERS_MAX 64 /* longer words are cut */

/* What a person typed, as an FTS5 query over tokens_of_texts(): every word a prefix, Han
 * characters as a phrase, all of them required. NULL if it holds nothing to look for.
 * Nothing the person types can be an FTS5 operator. Free with g_free(). */
char *tokens_query (const char *typed);
