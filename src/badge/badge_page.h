/* badge_page.h: what stands on one side of one person's badge and where: lines of text,
 * tiles, the code. Made by compose.h, drawn by draw.h.
 *
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/layout.h"
#include "badge/template.h"
#include "credential/qr.h"

typedef enum { ICON_NONE, ICON_MEALS, ICON_TRANSPORT, ICON_HEADSET } Icon;

typedef struct {
  Box box, icon_box;
  guint first_line, n_lines; /* its words in BadgePage.lines */
  Icon icon;
  gboolean held;
  Colour ink; /* of what is held, and of the frame of what is not */
} Tile;

typedef struct {
  Box box;
  Colour colour;
} Rule;

/* A strip of the page that is left out: nobody needs it. */
typedef struct {
  double y, height;
} Fold;

typedef struct {
  BadgeTemplate *template_;   /* of its side; not owned */
  double width_pt, height_pt; /* once folded; see badge_page_height_pt() for rasters */
  guint64 art;                /* its variant (art.h) */
  GPtrArray *captions;        /* Caption, of the template: those of that variant */
  gboolean one_bit;           /* every colour is black or white */
  GArray *lines;              /* Line */
  GArray *tiles;              /* Tile */
  GArray *rules;              /* Rule */
  GArray *folds; /* Fold, from the top down, apart from each other; the places of all else are as if
                    there were none */
  const LogoRow *logos; /* NULL for none; the template's */
  Qr *qr;               /* NULL where there is no slot for it */
  double qr_module_pt;  /* largest that leaves four modules of quiet zone */
  double qr_clear_pt;   /* free on every side of the slot */
  gboolean has_band;
  Box band_box;
  Colour band;
  gboolean band_dark; /* white text stands on it */
  guint band_pattern; /* on a page of one bit (band.h) */
  GArray *panels;     /* Box: what stands on the band */
  gboolean ribbon;
  Box ribbon_box;
} BadgePage;

BadgePage *badge_page_new (BadgeTemplate *template_);
void badge_page_free (BadgePage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BadgePage, badge_page_free)

/* The page's height and how far what stands at @y moves up, in points; on a raster
 * (@px_per_pt > 0) folds are whole pixels. */
double badge_page_height_pt (const BadgePage *page, double px_per_pt);
double badge_page_shift_pt (const BadgePage *page, double y, double px_per_pt);
/* A fold as it is on a raster. */
Fold badge_page_fold (const BadgePage *page, guint i, double px_per_pt);

/* On paper ink is black and nothing else: the ink of the screens (#14181f) is a grey to a
 * printer of one bit, which would pierce the letters with dots. */
extern const Colour page_ink, page_paper;

/* Where a printer of one bit draws the line. */
gboolean badge_page_is_dark (Colour colour);
