/* font_pages.h: the memory that reading font files takes.
 *
 * FreeType and HarfBuzz map whole files. Each glyph that is looked up makes sixteen pages
 * resident around it, and nothing takes them away again: of the two files of Noto Sans
 * CJK, mapped three times over, 20 MB after sixty badges, and up to 110 MB after a day's.
 *
 * Source: proc(5), /proc/self/maps; madvise(2), MADV_DONTNEED: a private mapping of a
 * file that was never written to is read from the file again, which the kernel has in its
 * cache.  */
#pragma once

#include <glib.h>

/* Gives back the pages of all mapped files of the pinned fonts. The next badge takes what
 * it needs again, which costs it about a millisecond. No other thread may use fonts
 * meanwhile: it could unmap a file, and put something else in its place. */
void font_pages_give_back (void);
