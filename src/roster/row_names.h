/* row_names.h: the names of a row, from columns of their own, from one that holds all of
 * them, or from both. A part of row.h, which says what wins.
 *
 * Threads: as the RowReader. Nothing here blocks or fails. */
#pragma once

#include "roster/row_reader.h"

/* Gives @delegate, who was @existing before (or NULL), its title and names. What stood
 * behind the name as a function is given back; free with g_free(). */
char *row_names_take (RowReader *reader, Delegate *delegate, const Delegate *existing);
/* Pinyin for a Chinese person whose Latin name nobody has said; once its country is
 * known. */
void row_names_take_pinyin (RowReader *reader, Delegate *delegate);
