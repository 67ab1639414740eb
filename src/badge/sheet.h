/* sheet.h: A4 pages of instructions in the two languages of the congress, with symbols to
 * be scanned from the paper, as PDF.
 *
 * Pages fill from the top: items one beneath the other, text at the left and its symbol
 * at the right; what does not fit begins a new page under the same heading. All is black
 * on white, so that any printer will do.
 *
 * Must not know: what the symbols mean.
 * Threads: badge_fonts_start() first (badge.h). A Sheet belongs to one thread. Blocks on
 * nothing. The same items give the same bytes.  */
#pragma once

#include "badge/badge_content.h"
#include "badge/font_set.h"
#include "badge/logo_row.h"
#include "core/words.h"
#include "credential/qr.h"

/* Modules with what the reader needs round them. One row: bars. */
typedef struct {
  const guint8 *dark; /* columns × rows, row by row; 1 is dark */
  guint columns, rows;
  guint quiet; /* modules that stay free on each side */
  double module_mm;
  double bar_mm;     /* how high bars are; 0 for square modules */
  gboolean inverted; /* light on dark, quiet zone too */
} SheetSymbol;

/* Texts may be "" or NULL. */
typedef struct {
  Pair title, text;
  const SheetSymbol *symbol; /* NULL for none */
  const char *caption;       /* beneath the symbol, as it is */
} SheetItem;

/* Square modules that point into @qr. */
SheetSymbol sheet_qr_symbol (const Qr *qr, double module_mm);

typedef struct _Sheet Sheet;

Sheet *sheet_new (const char *title);
/* The same with @fonts, which are the caller's and serve one sheet at a time: of a row of
 * sheets each takes a third of the time. */
Sheet *sheet_new_with (const char *title, FontSet *fonts);
void sheet_free (Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

/* @text with a 〓 for each character that no pinned font has: for what other people wrote,
 * of which a sheet must not fail. Free with g_free(). */
char *sheet_showable (Sheet *sheet, const char *text);
/* Which language stands first on the pages begun and in the items added from now on; the
 * congress's first, if nothing is said. */
void sheet_set_lead (Sheet *sheet, WordsSide lead);
/* Above the heading of the first page begun from now on; the caller's, until then. */
void sheet_set_logos (Sheet *sheet, const LogoRow *logos);
/* A new page with a heading, a paragraph beneath it, and a line at its foot. */
void sheet_page (Sheet *sheet, Pair title, Pair text, const char *foot);
/* On the last page begun. */
void sheet_item (Sheet *sheet, const SheetItem *item);
/* The same with title and text as sheet_showable() makes them. */
void sheet_item_showable (Sheet *sheet, Pair title, Pair text, const SheetSymbol *symbol,
                          const char *caption);
/* The PDF; free with g_bytes_unref(). NULL where a text could not be set
 * (BADGE_ERROR_FIT, BADGE_ERROR_FONT) or there is no page (BADGE_ERROR_WRITE); the first
 * that went wrong is told. Nothing can be added afterwards. */
GBytes *sheet_finish (Sheet *sheet, GError **error);
