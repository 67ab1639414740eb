/* dates.h: dates as the congress's two languages write them in full, whatever the
 * machine's language: « mercredi 26 octobre », “10月26日 星期三”.
 *
 * The catalogues have the names and the order: a pattern such as "{weekday} {day}
 * {month}" in the context "date" (core/words.h). Dates come as ISO dates ("2016-10-26");
 * what is none gives empty texts. Free all texts with g_free().
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include "core/words.h"

/* « mercredi 26 octobre » and “10月26日 星期三”. */
void dates_day (const char *iso, char **first, char **second);

/* « le 26 et le 27 octobre » and “10月26日和27日”; what is no date is left out. */
void dates_list (const char *const *isos, char **first, char **second);

/* « 26/10/2016 » and “2016年10月26日”; what is no date as it is. */
void dates_figures (const char *iso, char **first, char **second);
/* The same in the language of the source: "26 October 2016". */
char *dates_source (const char *iso);

/* Place and dates of the congress: « Chengdu, 26–29 octobre 2016 » and “成都
 * 2016年10月26–29日”; without dates the place alone. */
void dates_place_and_span (Pair place, const char *from, const char *to, char **first,
                           char **second);

/* "09:30", also for "9:30", and "01:30" for "25:30"; a text that is no such time as it
 * is. */
char *dates_clock (const char *text);
