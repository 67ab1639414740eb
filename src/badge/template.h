/* template.h: an SVG file as art and slots.
 *
 * The page size is the SVG's, in mm. Rectangles with these ids are slots; they are measured and never printed. All else is art. What each slot is for, and the attributes of its rectangle, is told to the
 * designer in assets/badge/a6-portrait.svg; an SVG without `name`, `category` or `qr` is refused, as are slots that lie over each other or off the page.
 *
 * A design could have one slot for each text (`name-own`, `name-other`, `function-fr` …). Here a slot holds a person's texts that belong together, own script first: how deep the second stands depends on
 * how many lines the first took, and where a delegate has no text in the other language no hole may gape.
 *
 * Everything here is in points (1/72 inch), y downwards.
 *
 * Threads: one at a time. Blocks on disk when loading.  */
#pragma once

#include "badge/content.h"
#include "badge/fonts.h"

#include <cairo.h>

#define PT_PER_MM (72.0 / 25.4)
#define TEMPLATE_BYTES_MAX (16 * 1024 * 1024)
#define TEMPLATE_SIDE_MIN_MM 20.0
#define TEMPLATE_SIDE_MAX_MM 420.0

typedef enum {
  SLOT_NAME, /* the first three are must-haves */
  SLOT_CATEGORY,
  SLOT_QR,
  SLOT_CATEGORY_BAND,
  SLOT_RIBBON,
  SLOT_CONGRESS_OWN,
  SLOT_CONGRESS_OTHER,
  SLOT_POST,
  SLOT_EVENTS,
  SLOT_SERVICES,
  SLOT_DAYS,
  SLOT_LABEL,
  SLOT_HOLE,
  SLOT_COUNT
} SlotId;

typedef struct {
  double x, y, width, height;
} Box;

typedef enum { ALIGN_START, ALIGN_MIDDLE, ALIGN_END } Align;

typedef struct {
  gboolean present;
  Box box;
  double max_pt, max_zh_pt, min_pt;
  Align across, down;
} Slot;

/* The element id. */
const char *slot_name (SlotId id);

const Slot *template_slot (const BadgeTemplate *template_, SlotId id);
FontSet *template_fonts (BadgeTemplate *template_);
/* The back; NULL for none. */
BadgeTemplate *template_back (BadgeTemplate *template_);
double template_width_pt (const BadgeTemplate *template_);
double template_height_pt (const BadgeTemplate *template_);
/* How far the nearest other slot or the page's edge is from the slot `qr`. */
double template_qr_clear_pt (const BadgeTemplate *template_);

/* Draws the art in points on @cr. */
gboolean template_draw_art (BadgeTemplate *template_, cairo_t *cr, GError **error);
/* A new RGB24 surface of the page at @dpi with white paper and the art on it; the art is drawn once for a resolution. */
cairo_surface_t *template_art_surface (BadgeTemplate *template_, guint dpi, GError **error);
