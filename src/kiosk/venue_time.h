/* venue_time.h: moments as the clock on the wall at the venue shows them.
 * Threads: reentrant. Nothing here fails or blocks. */
#pragma once

#include "congress/programme.h"

#define VENUE_TIME_ISO_DATE "%Y-%m-%d"
#define VENUE_TIME_CLOCK "%H:%M"

/* @ms: Unix milliseconds; @format as of g_date_time_format(). Free with g_free(). */
char *venue_time_format (const Programme *programme, gint64 ms, const char *format);
