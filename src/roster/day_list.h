/* day_list.h: the days that a cell of a list names: “26, 27”, “26 et 27”, “26日┋27日”,
 * “26-28”, “du 26 au 28 octobre”, “mercredi 26”, “2016-10-26 00:00:00”, “tous les jours”;
 * where only one reading is possible, “mercredi”, “10/26/2016” and Excel's 42669.
 *
 * Nothing is guessed: what can be read in two ways (10-11, where both are days of the
 * congress and 10-11 is a date too) is refused, and so is a weekday that is not that
 * day's.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "congress/programme.h"

typedef enum {
  DAY_LIST_READ,
  DAY_LIST_UNKNOWN,   /* a part is no day */
  DAY_LIST_AMBIGUOUS, /* a part is days in two ways */
  DAY_LIST_WEEKDAY,   /* a part names another weekday than its day is */
} DayListResult;

/* Adds the labels of the days that @text names to @labels (char *), each once. Else @part
 * gets the part in question; free with g_free(). */
DayListResult day_list_read (const Programme *programme, const char *text, GPtrArray *labels,
                             char **part);
