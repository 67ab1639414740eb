/* dates.h: dates as the two sides write them in full, whatever the machine's language: «
 * mercredi 26 octobre », “10月26日 星期三”. Dates come as ISO dates ("2016-10-26"); what is
 * none gives empty texts. Free all texts with g_free().
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

/* « mercredi 26 octobre » and “10月26日 星期三”. */
void dates_day (const char *iso, char **fr, char **zh);

/* « 26–29 octobre 2016 » and “2016年10月26–29日”. */
void dates_span (const char *first, const char *last, char **fr, char **zh);

/* Place and dates of the congress: « Chengdu, 26–29 octobre 2016 » and “成都
 * 2016年10月26–29日”; without dates the place alone. */
void dates_place_and_span (const char *place_fr, const char *place_zh, const char *first,
                           const char *last, char **fr, char **zh);

/* "09:30", also for "9:30", and "01:30" for "25:30"; a text that is no such time as it
 * is. */
char *dates_clock (const char *text);
