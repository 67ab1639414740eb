/* font_set.h: the pinned fonts, and texts shaped with them.
 *
 * A FontSet owns a Pango font map at 72 dpi (one unit is one point; at Pango's usual 96
 * all text would be a third too large), unhinted, so that a text is as wide on a label
 * printer as in the PDF. Every text is shaped once, at PHRASE_SHAPED_PT, and scaled from
 * there; shaped texts are kept, as most words of a badge return on the next.
 *
 * Text in a PDF: cairo copies the whole CFF table of a font to find the thirty glyphs
 * that it needs: 16 MB for each weight of Noto Sans CJK, 4 ms, and more memory than the
 * agent may have. A FontSet therefore shows text in PDFs from excerpts, small fonts of
 * just the glyphs that are used (cff.h): it can be searched and copied. Of Latin the gain
 * is small, but it is one: a sixth of a badge's bytes, a tenth of its time.
 *
 * Threads: as the BadgeTemplate that owns it.  */
#pragma once

#include "badge/phrase.h"

#include <pango/pangocairo.h>

#define FONT_KEPT_MAX 96 /* shaped texts */

typedef struct _FontSet FontSet;

FontSet *font_set_new (void);
void font_set_free (FontSet *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FontSet, font_set_free)

/* The bytes @from … @to of @phrase, shaped on one line; a new reference. */
PangoLayout *font_set_shape (FontSet *fonts, const Phrase *phrase, gsize from, gsize to);

/* The first character of @text that no pinned font has; 0 if they have all. */
gunichar font_set_lacks (FontSet *fonts, const char *text);

/* @text with a 〓 for each character that no pinned font has, and … for what comes after
 * @most characters: for what other people wrote, of which a sheet must not fail. What it
 * has found of a character it keeps. Free with g_free(). */
char *font_set_showable (FontSet *fonts, const char *text, glong most);

/* For PDFs: forgets the glyphs of earlier files, so that the same badge is the same file
 * whatever was drawn before. */
void font_set_begin (FontSet *fonts);
/* Before a page of a PDF is drawn: all texts that will be shown on it, then
 * font_set_collected(). */
void font_set_collect (FontSet *fonts, PangoLayout *shaped);
void font_set_collected (FontSet *fonts);

/* Outlines as the designer drew them; or, for a raster of one bit, with horizontal
 * strokes set on the printer's dots (FreeType's light hinting), so that each is as thick
 * as the next. Advances are the same. */
typedef enum { FONT_AS_DRAWN, FONT_ON_DOTS } FontSharpness;

/* Shows a shaped text (on a PDF, one that was collected, or the file grows and slows) at
 * @size_pt with its baseline's left end at (@x, @y). */
void font_set_show (FontSet *fonts, cairo_t *cr, PangoLayout *shaped, double size_pt, double x,
                    double y, FontSharpness sharpness);
