/* name.h: the parts of people's names as lists write them.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

/* "DUPONT Jean", "Jean DUPONT", "Dupont, Jean" → Dupont's family name as written, and his
 * given name. FALSE (and both NULL) if nothing shows which is which. Free both with
 * g_free(). */
gboolean name_split_latin (const char *name, char **family, char **given);

/* Puts right what a list in hanzi has in the columns of a Latin name: a family name in
 * hanzi, or a given name that stands alone, moves, with the other, to @name_zh (unless
 * that is filled). */
void name_take_hanzi (char **family, char **given, char **name_zh);

/* A name in Latin letters in the column of the Chinese name moves to @family and @given,
 * if those are empty. */
void name_take_latin (char **family, char **given, char **name_zh);
