/* outlines.h: glyphs of font files as charstrings, in the units of cff.h; those of the
 * last badges are kept, as most of a badge's return on the next.
 *
 * Files are opened here, not taken from cairo, which shares its faces between threads
 * with a lock that does not cover what is done with them.
 *
 * Threads: as the FontSet that owns them. Blocks on disk where the kernel has no copy of
 * a file.  */
#pragma once

#include <glib.h>

#define OUTLINES_KEPT_MAX 512 /* glyphs of a file: some 300 bytes each */

typedef struct _Outlines Outlines;
typedef struct _OutlineFile OutlineFile;

Outlines *outlines_new (void);
void outlines_free (Outlines *outlines);

/* Face @index of the file @path, which fontconfig has just named. Lives as long as
 * @outlines. */
OutlineFile *outlines_file (Outlines *outlines, const char *path, int index);
/* Of a glyph that the file does not draw: an empty one. Lives until the next call for
 * this file. */
GBytes *outlines_charstring (OutlineFile *file, guint glyph);
