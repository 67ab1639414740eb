/* cff.h: a small font of a few glyphs, in the Compact Font Format (Adobe Technical Notes
 * 5176, the file, and 5177, its charstrings).
 *
 * It is a bare CFF, without hints or a character map, and with names that nothing knows;
 * glyph 0 is empty. (CID-keyed it would need no names; but cairo 1.16 leaks a little at
 * each CID-keyed font.)
 *
 * Threads: a CffFont belongs to one thread. Blocks on nothing.  */
#pragma once

#include <ft2build.h>
#include FT_OUTLINE_H
#include <glib.h>

#define CFF_UNITS_PER_EM 1000
#define CFF_GLYPHS_MAX 60000

typedef struct _CffFont CffFont;

CffFont *cff_new (void);
void cff_free (CffFont *cff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CffFont, cff_free)

/* A glyph. @outline is in font units, with cubic curves or none; one that is NULL is
 * empty. */
GBytes *cff_charstring (FT_Outline *outline, int advance);
/* The index of the new glyph, from 1 on. */
guint cff_add (CffFont *cff, GBytes *charstring);
/* The file. */
GBytes *cff_write (const CffFont *cff);
