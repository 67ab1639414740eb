/* row_rights.h: what a row says that its person is registered for: events, days,
 * sessions, roles in them, ribbons. A part of row.h, which says what wins.
 *
 * A cell lists them in the event file's words, in either language, with whatever
 * stands between; what means nothing is a fault with what is possible. Without an
 * event file what is written is kept.
 *
 * Threads: as the RowReader. Nothing here blocks. */
#pragma once

#include "roster/row_reader.h"

/* Gives @delegate its events, days, sessions and roles. */
void row_rights_take (RowReader *reader, Delegate *delegate);
void row_rights_take_ribbons (RowReader *reader, Delegate *delegate);
