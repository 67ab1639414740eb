/* code_labels.h: labels with codes, to be stuck on things: on each a QR symbol, what the
 * thing is called in large letters, and a line of small ones.
 *
 * They stand on A4 in rows of labels of one size, as sheets of labels are sold (the
 * usual: 65 of 38.1 × 21.2 mm), or one a page, for a roll.
 *
 * Threads: badge_fonts_start() first (badge.h); then reentrant. Blocks on nothing. The
 * same labels give the same bytes. */
#pragma once

#include "core/words.h"

typedef struct {
  const char *name, *code; /* code: what the symbol says */
} CodeLabel;

typedef struct {
  double width_mm, height_mm;    /* of a label */
  guint columns, rows;           /* of a page; 0: one label a page, of its size */
  double pitch_x_mm, pitch_y_mm; /* from one to the next */
  guint skip;                    /* places of the first page that are used up */
} CodeLabelSheet;

/* 65 on A4, 38.1 × 21.2 mm. */
extern const CodeLabelSheet code_labels_usual;

/* @small stands beneath each name. The PDF; free with g_bytes_unref(). BADGE_ERROR. */
GBytes *code_labels_draw (const CodeLabel *labels, guint count, const CodeLabelSheet *sheet,
                          Pair small, GError **error);
