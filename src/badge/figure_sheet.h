/* figure_sheet.h: a report of figures on A4, as PDF: sections with what they mean, large
 * numbers, bars, columns by the hour, tables, in the two languages of the congress.
 *
 * It fills from the top; what has no room begins the next page, and a table says its
 * headings again there. Every mark has its number beside it, so that a page printed in
 * black says the same; the sides have colours and an order. A word that has no room is
 * drawn smaller, then left out at its end; a character that no pinned font has is a 〓.
 *
 * Must not know: what the figures count.
 * Threads: badge_fonts_start() first (badge.h). A FigureSheet belongs to one thread.
 * Blocks on nothing. The same calls give the same bytes. */
#pragma once

#include "badge/logo_row.h"
#include "core/words.h"

#define FIGURE_SHEET_PARTS 3   /* of a bar: the first is blue, then red, then grey */
#define FIGURE_SHEET_COLUMNS 8 /* of a table, at most */

/* On the first page; @foot on all. */
typedef struct {
  Pair congress, title, under;
  const char *foot;
  const LogoRow *logos; /* above all; NULL for none */
} FigureHeading;

typedef struct {
  gint64 number;
  Pair label;
} FigureTile;

/* Its parts end to end, as a share of its whole: what is missing stays an outline. A part
 * that is more than what is left of the whole goes beyond it. */
typedef struct {
  Pair label;
  gint64 parts[FIGURE_SHEET_PARTS];
  gint64 whole;
} FigureBar;

typedef struct {
  char label[8]; /* "09" */
  gint64 number;
} FigureColumn;

typedef struct {
  Pair heading;
  double share;     /* of the width that all columns have */
  gboolean figures; /* at the right, figures of one width */
} FigureField;

typedef struct _FigureSheet FigureSheet;

FigureSheet *figure_sheet_new (const FigureHeading *heading);
void figure_sheet_free (FigureSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FigureSheet, figure_sheet_free)

/* A section, and beneath its title what its figures mean. */
void figure_sheet_section (FigureSheet *sheet, Pair title, Pair meaning);
/* A smaller heading within it. */
void figure_sheet_heading (FigureSheet *sheet, Pair title);
/* At most six, side by side. */
void figure_sheet_tiles (FigureSheet *sheet, const FigureTile *tiles, guint count);
/* Which part has which colour, and what the outline is. */
void figure_sheet_legend (FigureSheet *sheet, const Pair *parts, guint count, Pair whole);
/* On one scale: the largest whole is as long as there is room. */
void figure_sheet_bars (FigureSheet *sheet, const FigureBar *bars, guint count);
/* Upright, from the left to the right, of one day. */
void figure_sheet_columns (FigureSheet *sheet, const FigureColumn *columns, guint count);
/* A table begins; then its rows, each with a Pair for every field (PAIR_EMPTY for none).
 * A number is a Pair whose second text is "". @strong: the sum of the others. */
void figure_sheet_table (FigureSheet *sheet, const FigureField *fields, guint count);
void figure_sheet_row (FigureSheet *sheet, const Pair *cells, gboolean strong);

/* The PDF; free with g_bytes_unref(). Nothing can be added afterwards.
 * BADGE_ERROR_WRITE. */
GBytes *figure_sheet_finish (FigureSheet *sheet, GError **error);
