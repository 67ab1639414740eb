/* logo_row.h: logos side by side in a box, equal in size to the eye: each stands on the
 * same area, its width and height as its ink has them, whatever blank its file has round
 * it; a free space of a quarter of the largest one's height lies between them.
 *
 * Must not know: whose logos they are, and where they come from.
 * Threads: a LogoRow belongs to one thread at a time. Nothing here blocks. */
#pragma once

#include "badge/badge_content.h"
#include "badge/slot.h"

#include <cairo.h>

#define LOGO_ROW_CLEAR 0.25        /* of the largest height, free between two */
#define LOGO_ROW_CONTRAST_MIN 3.0  /* against white: WCAG 2, 1.4.11 */
#define LOGO_ROW_INK_SHARE_MIN 0.5 /* of a logo's ink that stands out so */
#define LOGO_ROW_MAX 24
#define LOGO_ROW_SIDE_MAX 4000 /* pixels of a PNG */
#define LOGO_ROW_WIDE 3        /* as a PNG: times its height for each of the row, at most */

typedef struct _LogoRow LogoRow;

LogoRow *logo_row_new (void);
void logo_row_free (LogoRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LogoRow, logo_row_free)

/* A picture more, SVG or PNG. BADGE_ERROR_TEMPLATE, with the remedy, for one that cannot
 * be drawn, is blank, or can hardly be seen on white; it is then not in the row. */
gboolean logo_row_add (LogoRow *row, GBytes *picture, gboolean svg, GError **error);
guint logo_row_count (const LogoRow *row);

/* Where each stands in @box, in their order, as large as there is room: at the left, in
 * the middle of its height. @places has room for all. FALSE where there is none. */
gboolean logo_row_place (const LogoRow *row, Box box, Box *places);
/* Draws all of them so; how high the row is, 0 where there is none. */
double logo_row_draw (const LogoRow *row, cairo_t *cr, Box box);
/* One of them, from 0, as a PNG on white of @height_px: the tallest of the row fills it, unless
 * one is wider than there is room, so that all of them at one height are equal in size. NULL
 * where there is no such one. */
GBytes *logo_row_png (const LogoRow *row, guint which, guint height_px, guint *width_px);
