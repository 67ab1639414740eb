/* emergency_sheet.h: the emergency list (counts/emergency.h) on paper: who is inside, by
 * zone and delegation, each with a box to tick when she is found; above them, on every
 * page, how old the list is and which stations have not been heard.
 *
 * Guests marked for protocol are named: who looks for people must know of all.
 *
 * Threads: badge_fonts_start() first (badge.h); then as the Journal. Blocks on disk, and
 * draws for some tenths of a second where hundreds are inside. */
#pragma once

#include "counts/emergency.h"

/* Reads the list and draws it: a PDF of A4 pages; free with g_bytes_unref().
 * @emergency (may be NULL): what stands on it; free with emergency_free(). Errors of
 * badge_content.h and of the journal. */
GBytes *emergency_sheet_draw (Journal *journal, Emergency **emergency, GError **error);
