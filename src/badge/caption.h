/* caption.h: Chinese words of the art. PDFs show them as they show a badge's own texts,
 * from excerpts of the font (font_set.h): librsvg's way would copy 16 MB into each.
 *
 * Only what is plain text, upright and in one style is a caption; all else stays with the
 * art.
 *
 * Threads: as the FontSet. Blocks on nothing.  */
#pragma once

#include "badge/font_set.h"
#include "badge/slot.h"

typedef struct {
  const SvgNode *node;
  PangoLayout *shaped;
  double size_pt, x, baseline; /* on the page, in points */
  Colour colour;
} Caption;

/* Where @node's ink stands on the page; FALSE if it cannot be told. */
typedef gboolean (*CaptionMeasure) (const SvgNode *node, Box *ink, gpointer data);

/* An array of Caption that frees what it holds. @is_art: the others are not looked
 * into. */
GArray *caption_find (const SvgNode *root, FontSet *fonts, SvgKeep is_art, CaptionMeasure measure,
                      gpointer data);
