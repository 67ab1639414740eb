/* page.h: what stands on one person's badge and where: lines of text, tiles, the code. Composed first, so that a text that does not fit is found before anything is drawn.
 *
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/layout.h"
#include "ticket/qr.h"

#define PAGE_QR_MODULE_MIN_MM 0.5
#define PAGE_EVENTS_MAX 6
#define PAGE_DAYS_MAX 12

typedef enum { ICON_NONE, ICON_MEALS, ICON_TRANSPORT, ICON_HEADSET } Icon;

typedef struct {
  Box box, icon_box;
  guint first_line, n_lines; /* its words in Page.lines */
  Icon icon;
  gboolean held;
} Tile;

typedef struct {
  double red, green, blue;
} Colour;

typedef struct {
  BadgeTemplate *template_; /* of its side; not owned */
  double width_pt, height_pt;
  GArray *lines; /* Line */
  GArray *tiles; /* Tile */
  Qr *qr; /* NULL where there is no slot for it */
  double qr_module_pt; /* largest that leaves four modules of quiet zone */
  double qr_clear_pt;  /* free on every side of the slot */
  Colour band;
  gboolean band_dark;  /* white text stands on it */
  gboolean ribbon;
  Box ribbon_box;
} Page;

/* BADGE_ERROR_FIT, BADGE_ERROR_FONT. */
Page *page_compose (BadgeTemplate *template_, const BadgeContent *content, GError **error);
void page_free (Page *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

/* On paper ink is black and nothing else: the ink of the screens (#14181f) is a grey to a printer of one bit, which would pierce the letters with dots. */
extern const Colour page_ink;
