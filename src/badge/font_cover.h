/* font_cover.h: which characters the pinned fonts have, without drawing any: for what is
 * typed or imported, long before a badge is printed.
 *
 * Threads: reentrant, after badge_fonts_start(). Nothing here blocks.  */
#pragma once

#include <glib.h>

/* TRUE if badges can show @character: a pinned font has it, or it has no look of its own
 * (joiners, marks of direction). */
gboolean font_cover_has (gunichar character);
