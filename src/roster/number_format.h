/* number_format.h: a number of a spreadsheet as its format shows it: 7 with the format
 * 0000 is 0007, 42669 with a date's is 2016-10-26.
 *
 * What a list needs is kept, what only looks well is not:
 * - digits, zeros in front, decimals, percent, words and signs of the format: as shown;
 * - separators of thousands: left out, since 1,234 and 1 234 are the same number;
 * - dates: always as 2016-10-26, times as 14:30 or 14:30:05, both as 2016-10-26 14:30:05.
 *   How a date without its own form looks depends on the machine that opens the file:
 *   10/11 is November here and October there.
 * - General: whole numbers with all their digits up to 15, which is what Excel keeps;
 *   longer ones, whose end is lost, as 5.10123197001011E+17, so that nobody takes them
 *   for right.
 *
 * Format codes: ECMA-376 part 1, 18.8.30 (numFmts).
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

typedef struct _NumberFormat NumberFormat;

/* @code: as in the file. */
NumberFormat *number_format_new (const char *code);
/* The format that the number @id means without being written in a file; General if
 * unknown. */
NumberFormat *number_format_new_built_in (guint id);
void number_format_free (NumberFormat *format);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NumberFormat, number_format_free)

/* TRUE if whole numbers are shown as they are. */
gboolean number_format_is_general (const NumberFormat *format);

/* @is_1904: days are counted from 1904, as old Macintosh files do. @format may be NULL:
 * General. */
char *number_format_show (const NumberFormat *format, double value, gboolean is_1904);
