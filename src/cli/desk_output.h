/* desk_output.h: what the commands of a volunteer's desk share: how an answer is said,
 * and when something happened.
 *
 * A line of these commands is for a volunteer: French and Chinese together. With --json
 * it is one object:
 *
 *   {"done":true,"verdict":"printing","reference":"FR-1","serial":2,"field":"","fr":"…","zh":"…"}
 *
 * Threads: the main thread only. */
#pragma once

#include "cli/command.h"
#include "desk/desk.h"

/* Says @result, or @error if @done is FALSE (which it frees); returns the exit status.
 * @reference: of whom it is about, where @result does not say. */
int desk_output_report (const Command *command, gboolean done, const DeskResult *result,
                        const char *reference, gboolean json, GError *error);
/* The venue's time zone, else this machine's. Free with g_time_zone_unref(). */
GTimeZone *desk_output_zone (Journal *journal);
/* "2016-10-26 09:12", or for machines "2016-10-26T09:12:00+08:00". Free with g_free(). */
char *desk_output_time (GTimeZone *zone, gint64 ms, gboolean machine);
/* @text without control characters, which a terminal obeys; changed in place. */
char *desk_output_clean (char *text);
