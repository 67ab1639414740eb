#include "badge/sheet.h"

#include "badge/badge_page.h"
#include "core/words.h"

#include <cairo-pdf.h>

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

static const Colour blue = { 0.122, 0.227, 0.576 }, red = { 0.784, 0.063, 0.180 };

struct _Sheet {
  FontSet *fonts, *own_fonts; /* own: NULL where they are the caller's */
  GByteArray *bytes;
  cairo_surface_t *surface;
  cairo_t *cr;
  WordsSide lead; /* stands first */
  guint pages;
  double y;      /* where the next item begins */
  GArray *lines; /* of the page; shown together, so that one excerpt of each font serves all */
  OwnedPair title, text;
  char *foot;
  const LogoRow *logos; /* NULL: none, or shown */
  GError *error;        /* the first */
};

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

Sheet *sheet_new_with (const char *title, FontSet *fonts)
{
  Sheet *sheet = g_new0 (Sheet, 1);
  sheet->fonts = fonts;
  font_set_begin (fonts);
  sheet->bytes = g_byte_array_new ();
  sheet->lines = layout_lines_new ();
  sheet->surface = cairo_pdf_surface_create_for_stream (append, sheet->bytes, WIDTH_PT, HEIGHT_PT);
  cairo_pdf_surface_set_metadata (sheet->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (sheet->surface, CAIRO_PDF_METADATA_CREATE_DATE, "-");
  sheet->cr = cairo_create (sheet->surface);
  return sheet;
}

Sheet *sheet_new (const char *title)
{
  FontSet *fonts = font_set_new ();
  Sheet *sheet = sheet_new_with (title, fonts);
  sheet->own_fonts = fonts;
  return sheet;
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
  cairo_destroy (sheet->cr);
  cairo_surface_finish (sheet->surface);
  cairo_surface_destroy (sheet->surface);
  g_clear_pointer (&sheet->bytes, g_byte_array_unref);
  g_array_unref (sheet->lines);
  font_set_free (sheet->own_fonts);
  clear_heading (sheet);
  g_clear_error (&sheet->error);
  g_free (sheet);
}

/* Text ------------------------------------------------------------------------------- */

/* A text in one size from the top of its box, or along its foot. */
static Block block_at (double x, double y, double width, double size_pt)
{
  Block block = { .slot = SLOT_LABEL,
                  .box = { x, y, width, HEIGHT_PT },
                  .max_pt = size_pt,
                  .min_pt = size_pt,
                  .other = 1,
                  .keep_whole = 1 };
  layout_block_colour (&block, page_ink);
  return block;
}

/* Sets the block into @lines; how deep it is. */
static double set (Sheet *sheet, const Block *block, GArray *lines)
{
  double used = 0;
  if (block->n_parts && sheet->error == NULL)
    layout_block (sheet->fonts, block, lines, &used, &sheet->error);
  return used;
}

static void show_page (Sheet *sheet)
{
  layout_show (sheet->fonts, sheet->cr, sheet->lines);
  cairo_show_page (sheet->cr);
}

static void rectangle (Sheet *sheet, double x, double y, double width, double height, Colour colour)
{
  cairo_set_source_rgb (sheet->cr, colour.red, colour.green, colour.blue);
  cairo_rectangle (sheet->cr, x, y, width, height);
  cairo_fill (sheet->cr);
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
  set (sheet, &left, lines);
  set (sheet, &right, lines);
  layout_add (sheet->lines, lines, 0);
}

static void begin_page (Sheet *sheet)
{
  g_autoptr (GArray) lines = layout_lines_new ();
  double y = MARGIN_PT + RULE_PT + 5 * PT_PER_MM;
  if (sheet->pages++)
    show_page (sheet);
  rectangle (sheet, MARGIN_PT, MARGIN_PT, INNER_PT / 2, RULE_PT, blue);
  rectangle (sheet, MARGIN_PT + INNER_PT / 2, MARGIN_PT, INNER_PT / 2, RULE_PT, red);
  if (sheet->logos != NULL && logo_row_count (sheet->logos) > 0)
    y += logo_row_draw (sheet->logos, sheet->cr, (Box){ MARGIN_PT, y, INNER_PT, LOGOS_PT })
         + 6 * PT_PER_MM;
  sheet->logos = NULL;
  g_auto (Block) title = block_at (MARGIN_PT, y, INNER_PT, 20);
  add_both (sheet, &title, words_of_owned (&sheet->title), PHRASE_BOLD, 0.9, 0.25);
  y += set (sheet, &title, lines) + 4 * PT_PER_MM;
  g_auto (Block) text = block_at (MARGIN_PT, y, INNER_PT, 10);
  add_both (sheet, &text, words_of_owned (&sheet->text), PHRASE_LIGHT, 1, 0.3);
  y += set (sheet, &text, lines);
  layout_add (sheet->lines, lines, 0);
  draw_foot (sheet);
  sheet->y = y + 5 * PT_PER_MM;
}

char *sheet_showable (Sheet *sheet, const char *text)
{
  return font_set_showable (sheet->fonts, text, G_MAXLONG);
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
    rectangle (sheet, x, y, symbol_width (symbol), symbol_height (symbol), page_ink);
  cairo_set_source_rgb (sheet->cr, symbol->inverted ? 1 : 0, symbol->inverted ? 1 : 0,
                        symbol->inverted ? 1 : 0);
  for (guint row = 0; row < symbol->rows; row++)
    for (guint from = 0, to; from < symbol->columns; from = to) {
      gboolean dark = symbol->dark[row * symbol->columns + from] != 0;
      for (to = from + 1;
           to < symbol->columns && (symbol->dark[row * symbol->columns + to] != 0) == dark; to++)
        ;
      if (dark)
        cairo_rectangle (sheet->cr, x + (symbol->quiet + from) * module, top + row * height,
                         (to - from) * module, height);
    }
  cairo_fill (sheet->cr);
}

/* Items ------------------------------------------------------------------------------ */

static double set_words (Sheet *sheet, const SheetItem *item, GArray *lines)
{
  double width = item->symbol != NULL ? TEXT_PT : INNER_PT;
  g_auto (Block) title = block_at (MARGIN_PT, 0, width, 12.5),
                 text = block_at (MARGIN_PT, 0, width, 9.5);
  add_both (sheet, &title, item->title, PHRASE_BOLD, 1, 0.2);
  double depth = set (sheet, &title, lines);
  add_both (sheet, &text, item->text, PHRASE_LIGHT, 1, 0.25);
  text.box.y = depth + (depth > 0 && text.n_parts ? TITLE_GAP_PT : 0);
  return text.n_parts ? text.box.y + set (sheet, &text, lines) : depth;
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
    side += CAPTION_GAP_PT + set (sheet, &block, caption);
  }
  depth = MAX (depth, side);
  if (sheet->y + ITEM_GAP_PT + depth > HEIGHT_PT - MARGIN_PT - FOOT_PT)
    begin_page (sheet);
  rectangle (sheet, MARGIN_PT, sheet->y, INNER_PT, HAIRLINE_PT, page_ink);
  double top = sheet->y + ITEM_GAP_PT;
  layout_add (sheet->lines, words, top);
  layout_add (sheet->lines, caption, top);
  if (symbol != NULL)
    draw_symbol (sheet, symbol, SYMBOL_X_PT - symbol->quiet * symbol->module_mm * PT_PER_MM, top);
  sheet->y = top + depth + ITEM_GAP_PT;
}

GBytes *sheet_finish (Sheet *sheet, GError **error)
{
  if (sheet->error == NULL && !sheet->pages)
    g_set_error (&sheet->error, BADGE_ERROR, BADGE_ERROR_WRITE,
                 _ ("Cannot draw the sheet: it has no page"));
  show_page (sheet);
  cairo_status_t status = cairo_status (sheet->cr);
  cairo_surface_finish (sheet->surface);
  if (sheet->error == NULL && status != CAIRO_STATUS_SUCCESS)
    g_set_error (&sheet->error, BADGE_ERROR, BADGE_ERROR_WRITE, _ ("Cannot draw the sheet: %s"),
                 cairo_status_to_string (status));
  if (sheet->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&sheet->error));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&sheet->bytes));
}
