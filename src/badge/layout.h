/* layout.h: texts into a box: how large, over how many lines, and where each line stands.
 *
 * A block is a few phrases above each other, the first the largest. All shrink together
 * until the block fits its box. A text is never cut, and never broken inside a word: what
 * does not fit at the smallest size is refused. Lines of one phrase are broken so that
 * the longest is as short as possible.
 *
 * Chinese lines neither begin with closing punctuation nor end with opening (GB/T 15834,
 * UAX 14); full-width punctuation gives up its blank half at either end of a line.
 *
 * Lines stand on the box's edge with their ink, not with the font's side bearing, so that
 * large and small text share an edge. No line's ink, accents and all, touches another's
 * or leaves the box.
 *
 * A block may say how small each script can be read: a part stays at that while the
 * others go on shrinking, and an ordinal whose raised letters would be smaller stands on
 * the line (5es).
 *
 * Threads: as the FontSet. Blocks on nothing.  */
#pragma once

#include "badge/font_set.h"
#include "badge/slot.h"

#define LAYOUT_LINES_MAX 6   /* of one phrase */
#define LAYOUT_PHRASES_MAX 8 /* of one block */
#define LAYOUT_CHARACTERS_MAX 400

typedef struct {
  Phrase *phrase;
  double scale; /* of the block's size */
  double gap;   /* above, in the block's size; ignored for the first */
  Colour colour;
} Part;

typedef struct {
  SlotId slot; /* for messages */
  Box box;
  Align across, down;
  double max_pt, min_pt;
  double least_pt[2]; /* no part is smaller; [1]: one with Chinese in it */
  double other;       /* Slot.other */
  SlotFace face[2];   /* Slot.face: colours of parts that are added */
  double keep_whole;  /* lines are broken only where the block would otherwise be smaller than this
                        share of its size with broken lines */
  gboolean filled;    /* running text: each line is as full as it can be, not all alike */
  Part parts[LAYOUT_PHRASES_MAX];
  guint n_parts;
} Block;

typedef struct {
  SlotId slot;
  PangoLayout *shaped;
  double size_pt, x, baseline;
  Box ink;
  Colour colour;
} Line;

/* The colour of all parts that are added from now on. */
void layout_block_colour (Block *block, Colour colour);
/* Takes @phrase; frees it at once if it is empty. */
void layout_block_add (Block *block, Phrase *phrase, double scale, double gap);
/* Frees the phrases. */
void layout_block_clear (Block *block);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Block, layout_block_clear)

/* An array of Line that frees what it holds. */
GArray *layout_lines_new (void);

/* Appends the block's lines to @lines; nothing for a block without parts. @used, which
 * may be NULL, is told how deep a block at the top of its box reaches into it, in points.
 * BADGE_ERROR_FIT, BADGE_ERROR_FONT. */
gboolean layout_block (FontSet *fonts, const Block *block, GArray *lines, double *used,
                       GError **error);

/* Adds @lines to those of a page, so far @down it, in points. @lines stays the caller's. */
void layout_add (GArray *page, const GArray *lines, double down);

/* Shows all of @lines, each in its colour, and empties it. They are known to @fonts
 * before the first is shown, so that a page's font is small. */
void layout_show (FontSet *fonts, cairo_t *cr, GArray *lines);
