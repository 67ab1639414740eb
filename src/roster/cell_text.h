/* cell_text.h: the text of one cell, cleaned by what its column holds: characters
 * that old systems write are put right (characters.h), what keeps Excel from taking a
 * text for a number is left out.
 *
 * Must not know: rows and lists (cells.h). Threads: reentrant. Nothing here blocks. */
#pragma once

#include "roster/heading.h"

/* Names of persons, in either script. */
gboolean cell_text_is_name (Field field);
/* Looked for letter by letter, so that nothing in it is taken for typography. */
gboolean cell_text_is_code (Field field);
/* Told by what stands in it, and printed or looked for as it is: where a sign for
 * nothing would be taken for a name. */
gboolean cell_text_is_free (Field field);

/* @raw cleaned. Free with g_free(). */
char *cell_text_clean (const char *raw, Field field);
