#include "badge/sheet.h"

#include "badge/badge_page.h"
#include "badge/pdf_pages.h"

#define WIDTH_PT (210 * PT_PER_MM)
#define HEIGHT_PT (297 * PT_PER_MM)
#define MARGIN_PT (18 * PT_PER_MM)
#define FOOT_PT (12 * PT_PER_MM) /* above the lower margin */
#define INNER_PT (WIDTH_PT - 2 * MARGIN_PT)
#define TEXT_PT (84 * PT_PER_MM)
#define SYMBOL_X_PT (MARGIN_PT + 100 * PT_PER_MM) /* where the modules of all symbols begin */
#define RULE_PT (1 * PT_PER_MM)
#define HAIRLINE_PT (0.25 * PT_PER_MM)
#define ITEM_GAP_PT (4 * PT_PER_MM)
#define TITLE_GAP_PT (2.6 * PT_PER_MM)
#define LOGOS_PT (13 * PT_PER_MM) /* how high they are at most */
#define CAPTION_GAP_PT (1.6 * PT_PER_MM)

struct _Sheet {
  PdfPages *pdf;
  WordsSide lead; /* stands first */
  guint pages;
  double y; /* where the next item begins */
  OwnedPair title, text;
  char *foot;
  const LogoRow *logos; /* NULL: none, or shown */
};

Sheet *sheet_new_with (const char *title, FontSet *fonts)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  sheet->pdf = pdf_pages_new (title, WIDTH_PT, HEIGHT_PT, fonts);
  return sheet;
}

Sheet *sheet_new (const char *title)
{
  return sheet_new_with (title, NULL);
}

static void clear_heading (Sheet *sheet)
{
  words_owned_clear (&sheet->title);
  words_owned_clear (&sheet->text);
  g_free (sheet->foot);
}

void sheet_free (Sheet *sheet)
{
  if (sheet == NULL)
    return;
  pdf_pages_free (sheet->pdf);
  clear_heading (sheet);
  g_free (sheet);
}

/* Text ------------------------------------------------------------------------------- */

/* A text in one size from the top of its box, or along its foot. */
static Block block_at (double x, double y, double width, double size_pt)
{
  return pdf_pages_block ((Box){ x, y, width, HEIGHT_PT }, size_pt, size_pt, 1, page_ink);
}

/* Pages ------------------------------------------------------------------------------ */

/* @text in the script of that side's language. */
static Phrase *phrase_in (WordsSide side, const char *text, PhraseWeight weight)
{
  return phrase_new (text, words_is_chinese (side), weight);
}

/* Both texts, the one that leads first. */
static void add_both (Sheet *sheet, Block *block, Pair pair, PhraseWeight weight, double scale,
                      double gap)
{
  WordsSide other = sheet->lead == WORDS_FIRST ? WORDS_SECOND : WORDS_FIRST;
  layout_block_add (block, phrase_in (sheet->lead, words_side (pair, sheet->lead), weight), 1, 0);
  layout_block_add (block, phrase_in (other, words_side (pair, other), weight), scale, gap);
}

static void draw_foot (Sheet *sheet)
{
  g_autoptr (GArray) lines = layout_lines_new ();
  g_autofree char *name = words_line (words_pair_in ("name of this software",
                                                     NC_ ("name of this software", "accueil"))),
                  *number = g_strdup_printf ("%s · %u", name, sheet->pages);
  double top = HEIGHT_PT - MARGIN_PT;
  g_auto (Block) left = block_at (MARGIN_PT, top, INNER_PT * 0.75, 7.5),
                 right = block_at (MARGIN_PT + INNER_PT * 0.75, top, INNER_PT * 0.25, 7.5);
  right.across = ALIGN_END;
  layout_block_add (&left, phrase_new (sheet->foot, FALSE, PHRASE_LIGHT), 1, 0);
  layout_block_add (&right, phrase_new (number, TRUE, PHRASE_LIGHT), 1, 0);
  pdf_pages_set (sheet->pdf, &left, lines);
  pdf_pages_set (sheet->pdf, &right, lines);
  layout_add (sheet->pdf->lines, lines, 0);
}

static void begin_page (Sheet *sheet)
{
  g_autoptr (GArray) lines = layout_lines_new ();
  double y = MARGIN_PT + RULE_PT + 5 * PT_PER_MM;
  if (sheet->pages++)
    pdf_pages_show (sheet->pdf);
  pdf_pages_rule (sheet->pdf, (Box){ MARGIN_PT, MARGIN_PT, INNER_PT, RULE_PT });
  if (sheet->logos != NULL && logo_row_count (sheet->logos) > 0)
    y += logo_row_draw (sheet->logos, sheet->pdf->cr, (Box){ MARGIN_PT, y, INNER_PT, LOGOS_PT })
         + 6 * PT_PER_MM;
  sheet->logos = NULL;
  g_auto (Block) title = block_at (MARGIN_PT, y, INNER_PT, 20);
  add_both (sheet, &title, words_of_owned (&sheet->title), PHRASE_BOLD, 0.9, 0.25);
  y += pdf_pages_set (sheet->pdf, &title, lines) + 4 * PT_PER_MM;
  g_auto (Block) text = block_at (MARGIN_PT, y, INNER_PT, 10);
  add_both (sheet, &text, words_of_owned (&sheet->text), PHRASE_LIGHT, 1, 0.3);
  y += pdf_pages_set (sheet->pdf, &text, lines);
  layout_add (sheet->pdf->lines, lines, 0);
  draw_foot (sheet);
  sheet->y = y + 5 * PT_PER_MM;
}

char *sheet_showable (Sheet *sheet, const char *text)
{
  return font_set_showable (sheet->pdf->fonts, text, G_MAXLONG);
}

void sheet_set_logos (Sheet *sheet, const LogoRow *logos)
{
  sheet->logos = logos;
}

void sheet_set_lead (Sheet *sheet, WordsSide lead)
{
  sheet->lead = lead;
}

void sheet_page (Sheet *sheet, Pair title, Pair text, const char *foot)
{
  clear_heading (sheet);
  sheet->title = (OwnedPair){ g_strdup (title.first), g_strdup (title.second) };
  sheet->text = (OwnedPair){ g_strdup (text.first), g_strdup (text.second) };
  sheet->foot = g_strdup (foot);
  begin_page (sheet);
}

/* Symbols ---------------------------------------------------------------------------- */

SheetSymbol sheet_qr_symbol (const Qr *qr, double module_mm)
{
  return (SheetSymbol){ .dark = qr->modules,
                        .columns = qr->size,
                        .rows = qr->size,
                        .quiet = QR_QUIET_MODULES,
                        .module_mm = module_mm };
}

static double symbol_height (const SheetSymbol *symbol)
{
  return symbol->bar_mm > 0 ? symbol->bar_mm * PT_PER_MM
                            : (symbol->rows + 2 * symbol->quiet) * symbol->module_mm * PT_PER_MM;
}

static double symbol_width (const SheetSymbol *symbol)
{
  return (symbol->columns + 2 * symbol->quiet) * symbol->module_mm * PT_PER_MM;
}

/* A run of modules is one rectangle, so that no viewer shows a seam within it. */
static void draw_symbol (Sheet *sheet, const SheetSymbol *symbol, double x, double y)
{
  double module = symbol->module_mm * PT_PER_MM,
         height = symbol->bar_mm > 0 ? symbol->bar_mm * PT_PER_MM : module,
         top = symbol->bar_mm > 0 ? y : y + symbol->quiet * module;
  if (symbol->inverted)
    pdf_pages_fill (sheet->pdf, (Box){ x, y, symbol_width (symbol), symbol_height (symbol) },
                    page_ink);
  cairo_set_source_rgb (sheet->pdf->cr, symbol->inverted ? 1 : 0, symbol->inverted ? 1 : 0,
                        symbol->inverted ? 1 : 0);
  for (guint row = 0; row < symbol->rows; row++)
    for (guint from = 0, to; from < symbol->columns; from = to) {
      gboolean dark = symbol->dark[row * symbol->columns + from] != 0;
      for (to = from + 1;
           to < symbol->columns && (symbol->dark[row * symbol->columns + to] != 0) == dark; to++)
        ;
      if (dark)
        cairo_rectangle (sheet->pdf->cr, x + (symbol->quiet + from) * module, top + row * height,
                         (to - from) * module, height);
    }
  cairo_fill (sheet->pdf->cr);
}

/* Items ------------------------------------------------------------------------------ */

static double set_words (Sheet *sheet, const SheetItem *item, GArray *lines)
{
  double width = item->symbol != NULL ? TEXT_PT : INNER_PT;
  g_auto (Block) title = block_at (MARGIN_PT, 0, width, 12.5),
                 text = block_at (MARGIN_PT, 0, width, 9.5);
  add_both (sheet, &title, item->title, PHRASE_BOLD, 1, 0.2);
  double depth = pdf_pages_set (sheet->pdf, &title, lines);
  add_both (sheet, &text, item->text, PHRASE_LIGHT, 1, 0.25);
  text.box.y = depth + (depth > 0 && text.n_parts ? TITLE_GAP_PT : 0);
  return text.n_parts ? text.box.y + pdf_pages_set (sheet->pdf, &text, lines) : depth;
}

void sheet_item (Sheet *sheet, const SheetItem *item)
{
  g_autoptr (GArray) words = layout_lines_new (), caption = layout_lines_new ();
  const SheetSymbol *symbol = item->symbol;
  double depth = set_words (sheet, item, words), side = symbol != NULL ? symbol_height (symbol) : 0;
  if (symbol != NULL && item->caption != NULL && item->caption[0]) {
    g_auto (Block) block
        = block_at (SYMBOL_X_PT, side + CAPTION_GAP_PT, WIDTH_PT - MARGIN_PT - SYMBOL_X_PT, 8.5);
    Phrase *phrase = phrase_new (item->caption, FALSE, PHRASE_LIGHT);
    phrase->tabular = TRUE;
    layout_block_add (&block, phrase, 1, 0);
    side += CAPTION_GAP_PT + pdf_pages_set (sheet->pdf, &block, caption);
  }
  depth = MAX (depth, side);
  if (sheet->y + ITEM_GAP_PT + depth > HEIGHT_PT - MARGIN_PT - FOOT_PT)
    begin_page (sheet);
  pdf_pages_fill (sheet->pdf, (Box){ MARGIN_PT, sheet->y, INNER_PT, HAIRLINE_PT }, page_ink);
  double top = sheet->y + ITEM_GAP_PT;
  layout_add (sheet->pdf->lines, words, top);
  layout_add (sheet->pdf->lines, caption, top);
  if (symbol != NULL)
    draw_symbol (sheet, symbol, SYMBOL_X_PT - symbol->quiet * symbol->module_mm * PT_PER_MM, top);
  sheet->y = top + depth + ITEM_GAP_PT;
}

void sheet_item_showable (Sheet *sheet, Pair title, Pair text, const SheetSymbol *symbol,
                          const char *caption)
{
  g_auto (OwnedPair) head
      = { sheet_showable (sheet, title.first), sheet_showable (sheet, title.second) },
      body = { sheet_showable (sheet, text.first), sheet_showable (sheet, text.second) };
  const SheetItem item = { words_of_owned (&head), words_of_owned (&body), symbol, caption };
  sheet_item (sheet, &item);
}

GBytes *sheet_finish (Sheet *sheet, GError **error)
{
  if (sheet->pdf->error == NULL && !sheet->pages)
    g_set_error (&sheet->pdf->error, BADGE_ERROR, BADGE_ERROR_WRITE,
                 _ ("Cannot draw the sheet: it has no page"));
  pdf_pages_show (sheet->pdf);
  return pdf_pages_finish (sheet->pdf, error);
}
