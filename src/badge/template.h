/* template.h: an SVG file as art and slots.
 *
 * The page size is the SVG's, in mm. Slots (slot.h) are measured and never printed, nor
 * is anything else of a layer `slots`. All else is art. What each slot is for is told to
 * the designer in assets/badge/a6-portrait.svg; a front without `name`, `category` or
 * `qr` is refused, as are slots that lie over each other or off the page.
 *
 * Everything here is in points (1/72 inch), y downwards.
 *
 * Threads: one at a time. Blocks on disk when loading.  */
#pragma once

#include "badge/art.h"
#include "badge/caption.h"
#include "badge/badge_content.h"
#include "badge/font_set.h"
#include "badge/logo_row.h"
#include "badge/slot.h"

#define PT_PER_MM (72.0 / 25.4)
#define TEMPLATE_BYTES_MAX (16 * 1024 * 1024)
#define TEMPLATE_SIDE_MIN_MM 20.0
#define TEMPLATE_SIDE_MAX_MM 420.0

/* One side, front or back, without its other. All that is wrong goes into @faults
 * (template_fault.h); NULL where it cannot be used at all, and then there is at least
 * one. */
BadgeTemplate *template_load_side (const char *path, gboolean is_back, GPtrArray *faults);
/* The path of the back that belongs to @path, NULL if there is no such file. Free with
 * g_free(). */
char *template_back_path (const char *path);

const char *template_path (const BadgeTemplate *template_);
const SvgNode *template_root (const BadgeTemplate *template_);
const Slot *template_slot (const BadgeTemplate *template_, SlotId id);
/* TRUE if the template has it and shows it to somebody with @traits. */
gboolean template_has_slot (const BadgeTemplate *template_, SlotId id, const char *const *traits);
FontSet *template_fonts (BadgeTemplate *template_);
Art *template_art (BadgeTemplate *template_);
/* Caption: what art_draw() leaves out. */
const GArray *template_captions (BadgeTemplate *template_);
/* @logos (BadgeLogo) as a row to be drawn, kept for the next badge; NULL for none. */
const LogoRow *template_logos (BadgeTemplate *template_, const GArray *logos);
/* The back; NULL for none. */
BadgeTemplate *template_back (BadgeTemplate *template_);
double template_width_pt (const BadgeTemplate *template_);
double template_height_pt (const BadgeTemplate *template_);
/* How far the nearest other slot or the page's edge is from the slot `qr`. */
double template_qr_clear_pt (const BadgeTemplate *template_);
/* TRUE if all that is drawn must be black or white: data-ink="black". */
gboolean template_is_one_bit (const BadgeTemplate *template_);

/* Whether @node is drawn as art: no slot, and not in the layer of slots. */
gboolean template_is_art (const SvgNode *node, gpointer unused);

/* The place on the page of the element with @id (SvgNode.id), as drawn (its ink) and as
 * laid out; FALSE if it has none. */
gboolean template_measure (const BadgeTemplate *template_, const char *id, Box *ink, Box *box);
/* TRUE if the element with @id leaves a mark on the page. */
gboolean template_leaves_ink (const BadgeTemplate *template_, const char *id);
