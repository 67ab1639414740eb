/* scope_words.h: scopes as people write them, "figures,passages", and as bits: the first
 * of the words that there are is bit 0. What each means is for whoever has the words.
 * Threads: reentrant. */
#pragma once

#include <glib.h>

/* Reads @text, of which blanks round the commas do not count. NULL, or the first word
 * that is none of @words (NULL-terminated): free it with g_free(). *@scopes: those
 * before it. */
char *scope_words_read (const char *const *words, const char *text, guint *scopes);
/* The same as words; free with g_free(). */
char *scope_words_write (const char *const *words, guint scopes);
