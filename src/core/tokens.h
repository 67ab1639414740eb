/* tokens.h: how people are found: the tokens of their texts, and what a person types as a
 * query over them.
 *
 * All text is UTF-8. Threads: reentrant after the first call (see pinyin.h). Nothing here
 * blocks or fails.  */
#pragma once

#include <glib.h>

/* The search tokens of @texts (a NULL-terminated list), separated by single spaces,
 * ready for FTS5 with the unicode61 tokenizer. For each text:
 * - its folded words; words written together (d'Estienne, Côtes-d'Armor) also as one, from
 *   each on; a text of two or three words also as one, and its initials (AFD of Agence
 *   française de développement); numbers without the zeros in front (CN-0041: 41, cn41);
 * - each Han character in order, so that a phrase finds any part; and for every run of
 *   them pinyin: from each character on, the syllables joined and (in a run as short as a
 *   name) the initials, so that yang, ouyang, ouyangsiyuan, siyuan and oysy are all the
 *   beginning of a token of 欧阳思远. A short run gets each of its readings (王长江 is
 *   changjiang and zhangjiang); ü is found as yu, u and v;
 * - an e-mail address: one token for the whole of it;
 * - of a text that begins with "tel:" the ends of its telephone numbers, and nothing else.
 * Free with g_free(). */
char *tokens_of_texts (const char *const *texts);

#define TOKENS_TELEPHONE_SHORT 4       /* digits at the end of a number, by which it is found */
#define TOKENS_TELEPHONE_LONG 8        /* the same of a number that is typed whole */
#define TOKENS_QUERY_TERMS_MAX 8       /* more words are passed over */
#define TOKENS_QUERY_CHARACTERS_MAX 64 /* longer words are cut */

/* What a person typed, in words of one script each; an e-mail address is one. Apostrophe,
 * hyphen and space are the same. Free with g_strfreev(). */
char **tokens_words (const char *typed);

/* An FTS5 query over tokens_of_texts() for @words of tokens_words(): every one a prefix,
 * or two together; Han characters as a phrase; all of them required. Digits may also be
 * a telephone number's last four, or the whole of it. NULL if there is
 * none. Nothing a person types can be an FTS5 operator. Free with g_free(). */
char *tokens_query (char **words);

#define TOKENS_NEAR_MIN 4 /* letters of a word that may be misspelt */
#define TOKENS_NEAR_MAX 12
/* Of all words that may be misspelt: each letter costs about 53 look-ups. */
#define TOKENS_NEAR_LETTERS 13

/* The same with words misspelt by one letter each (the first that are long enough, of
 * TOKENS_NEAR_LETTERS together), or written with other hanzi of the same sound: whole
 * words only. NULL if there is no such word. Finds what tokens_query() finds too. Free
 * with g_free(). */
char *tokens_query_near (char **words);
/* What a word comes near as: hanzi as their pinyin, any other as itself. Free with
 * g_free(). */
char *tokens_near_form (const char *word);
