/* telephone.h: the telephone numbers in what a list has in that column.
 *
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include <glib.h>

#define TELEPHONE_DIGITS_MIN 6  /* fewer are an extension, or no number */
#define TELEPHONE_DIGITS_MAX 15 /* of an international one (E.164) */

/* The digits of each number in @text: “06 12 34 56 78 / +86 138-0013-8000 (bureau)” is
 * 0612345678 and 8613800138000. What a spreadsheet made of one (3,36E+10) is none. Free
 * with g_strfreev(). */
char **telephone_numbers (const char *text);
