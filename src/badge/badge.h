/* badge.h: a badge from an SVG template and a person's texts, as PDF, PNG or pixels.
 *
 * A template is an SVG file that a designer edits in Inkscape: its page size is the badge's; rectangles with known ids are slots (told to the designer in the comment at the top of
 * assets/badge/a6-portrait.svg, to programmers in template.h). librsvg draws the art, Pango sets texts in the slots: own script first, shrunk or broken over lines until they fit, never cut. Fonts
 * come only from the pinned fontconfig file (fontconfig is used here and nowhere else). The same content gives the same bytes.
 *
 * Must not know: delegates, facts, printers. What to write on the badge is decided by its caller.
 *
 * Threads: badge_fonts_start() once, before any other call and before threads. A BadgeTemplate may be used by one thread at a time.
 * Blocks on disk when loading. Measured warm, release build, two cores: PDF 8 ms, raster of 300 dpi 2 ms; a process that has drawn 300 PDFs has 43 MB resident, 8 of them its own.  */
#pragma once

#include "badge/content.h"

#include <glib.h>

/* One page of PDF, fonts embedded, its text searchable; free with g_bytes_unref(). */
GBytes *badge_pdf (BadgeTemplate *template_, const BadgeContent *content, GError **error);
/* A PNG at @dpi. */
GBytes *badge_png (BadgeTemplate *template_, const BadgeContent *content, guint dpi, GError **error);
/* Pixels at @dpi, 32 bits each (CAIRO_FORMAT_RGB24, native endian), @stride bytes a row. */
GBytes *badge_raster (BadgeTemplate *template_, const BadgeContent *content, guint dpi, guint *width_px, guint *height_px, guint *stride, GError **error);
