/* person_sheet.h: what is held about a person (roster/person_file.h) on paper, in both
 * languages of the congress, to be given to her.
 *
 * First the registration as it is now, then all that has happened, in order. What a desk
 * wrote stands there as it was written.
 *
 * Threads: as the Journal; badge_fonts_start() first. Blocks on disk. */
#pragma once

#include "journal/journal.h"
#include "roster/person_file.h"

/* The PDF; free with g_bytes_unref(). */
GBytes *person_sheet_draw (Journal *journal, const PersonFile *file, GError **error);
