#include "badge/signature_sheet.h"

#include "badge/badge_page.h"
#include "badge/layout.h"
#include "core/text.h"

#include <cairo-pdf.h>
#include <string.h>

#define MM PT_PER_MM
#define WIDTH_PT (210 * MM)
#define HEIGHT_PT (297 * MM)
#define MARGIN_PT (15 * MM)
#define INNER_PT (WIDTH_PT - 2 * MARGIN_PT)
#define FOOT_PT (HEIGHT_PT - 12 * MM) /* where it begins */
#define LAST_PT (HEIGHT_PT - 18 * MM) /* rows end above it */
#define ROW_PT (12 * MM)
#define LIST_ROW_PT (8.5 * MM) /* where nobody signs */
#define GROUP_PT (6.4 * MM)
#define TICK_PT (4.2 * MM)
#define PAD_PT (1.2 * MM)
#define HAIRLINE_PT (0.2 * MM)
#define RULE_PT (1 * MM)
#define KIND_PT (55 * MM)
/* What has no room is cut to so many characters. */
#define CUT_CHARACTERS 48
#define CUT_NOTES 240

/* Columns: where they begin, and how wide. */
#define NUMBER_PT (9 * MM)
#define NAME_X_PT (MARGIN_PT + 12.5 * MM)
#define NAME_PT (58.5 * MM)
#define ORGANISATION_X_PT (NAME_X_PT + NAME_PT + 4 * MM)
#define ORGANISATION_PT (52 * MM)
#define SIGN_X_PT (ORGANISATION_X_PT + ORGANISATION_PT + 3 * MM)

static const Colour BLUE = { 0.122, 0.227, 0.576 }, RED = { 0.784, 0.063, 0.180 },
                    PALE = { 0.62, 0.62, 0.60 };

typedef struct {
  FontSet *fonts;
  cairo_t *cr;
  GArray *lines; /* of the page */
  const SignatureHeading *heading;
  guint page, pages;
  double top; /* where the first row begins, on every page */
  double y;   /* where the next begins */
  GError *error;
} Drawing;

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void rectangle (Drawing *drawing, double x, double y, double width, double height,
                       Colour colour)
{
  cairo_set_source_rgb (drawing->cr, colour.red, colour.green, colour.blue);
  cairo_rectangle (drawing->cr, x, y, width, height);
  cairo_fill (drawing->cr);
}

/* Texts ------------------------------------------------------------------------------ */

static Block block_at (Box box, double max_pt, double min_pt, Align down)
{
  Block block = { .slot = SLOT_LABEL,
                  .box = box,
                  .down = down,
                  .max_pt = max_pt,
                  .min_pt = min_pt,
                  .other = 1,
                  .keep_whole = 0.8 };
  layout_block_colour (&block, page_ink);
  return block;
}

/* Sets the block on the page; FALSE without a fault where it has no room or no letters.
 * */
static gboolean set (Drawing *drawing, const Block *block, double *used)
{
  g_autoptr (GError) error = NULL;
  double depth = 0;
  if (block->n_parts == 0 || drawing->error != NULL)
    return TRUE;
  if (!layout_block (drawing->fonts, block, drawing->lines, &depth, &error))
    return FALSE;
  if (used != NULL)
    *used = depth;
  return TRUE;
}

static void add (Block *block, const char *text, gboolean han, PhraseWeight weight, double scale,
                 double gap)
{
  layout_block_add (block, phrase_new (text, han, weight), scale, gap);
}

static gboolean is_han (WordsSide side)
{
  return strcmp (words_key (side), "zh") == 0;
}

static void set_pair (Drawing *drawing, Box box, Pair pair, double pt, PhraseWeight weight,
                      double *used)
{
  g_autofree char *first = font_set_showable (drawing->fonts, pair.first, G_MAXLONG),
                  *second = font_set_showable (drawing->fonts, pair.second, G_MAXLONG);
  g_auto (Block) block = block_at (box, pt, pt * 0.6, ALIGN_START);
  add (&block, first, is_han (WORDS_FIRST), weight, 1, 0);
  add (&block, second, is_han (WORDS_SECOND), weight, 0.9, 0.3);
  if (!set (drawing, &block, used) && used != NULL)
    *used = 0;
}

/* Rows ------------------------------------------------------------------------------- */

/* @most: characters that are left of each text. */
static gboolean set_name (Drawing *drawing, const SignatureRow *row, Box box, glong most)
{
  g_autofree char *family = font_set_showable (drawing->fonts, row->family, most),
                  *given = font_set_showable (drawing->fonts, row->given, most),
                  *name = font_set_showable (drawing->fonts, row->name_zh, most);
  g_auto (Block) block = block_at (box, 10.5, 5, ALIGN_MIDDLE);
  Phrase *latin = phrase_new_latin_name (family, given, FALSE),
         *han = phrase_new (name, TRUE, row->second_leads ? PHRASE_BOLD : PHRASE_LIGHT);
  layout_block_add (&block, row->second_leads ? han : latin, 1, 0);
  layout_block_add (&block, row->second_leads ? latin : han, 0.9, 0.25);
  return set (drawing, &block, NULL);
}

static gboolean set_organisation (Drawing *drawing, const SignatureRow *row, Box box, glong most)
{
  g_autofree char *fr = font_set_showable (drawing->fonts, row->organisation_fr, most),
                  *zh = font_set_showable (drawing->fonts, row->organisation_zh, most);
  g_auto (Block) block = block_at (box, 8.5, 4.5, ALIGN_MIDDLE);
  gboolean both = *fr != '\0' && *zh != '\0' && strcmp (fr, zh) != 0;
  if (both || !row->second_leads || *zh == '\0')
    add (&block, *fr != '\0' ? fr : zh, *fr == '\0' || text_has_han (fr), PHRASE_LIGHT, 1, 0);
  if (both || (row->second_leads && *zh != '\0'))
    add (&block, zh, TRUE, PHRASE_LIGHT, 0.95, 0.25);
  return set (drawing, &block, NULL);
}

static gboolean is_signed (const Drawing *drawing)
{
  return drawing->heading->kind.first == NULL;
}

static double row_height (const Drawing *drawing)
{
  return is_signed (drawing) ? ROW_PT : LIST_ROW_PT;
}

/* Where one signs, or what is known of her and a box to tick. */
static void draw_third (Drawing *drawing, const SignatureRow *row, double y)
{
  double height = row_height (drawing), end = MARGIN_PT + INNER_PT - TICK_PT;
  if (is_signed (drawing)) {
    rectangle (drawing, SIGN_X_PT, y + 2 * PAD_PT, HAIRLINE_PT, height - 3 * PAD_PT, PALE);
    return;
  }
  set_pair (drawing, (Box){ SIGN_X_PT, y + PAD_PT, end - SIGN_X_PT - 2 * MM, height - 2 * PAD_PT },
            row->said, 8, PHRASE_LIGHT, NULL);
  cairo_set_source_rgb (drawing->cr, page_ink.red, page_ink.green, page_ink.blue);
  cairo_set_line_width (drawing->cr, 2 * HAIRLINE_PT);
  cairo_rectangle (drawing->cr, end, y + (height - TICK_PT) / 2, TICK_PT, TICK_PT);
  cairo_stroke (drawing->cr);
}

static void draw_row (Drawing *drawing, const SignatureRow *row, guint number)
{
  double y = drawing->y, full = row_height (drawing), height = full - 2 * PAD_PT;
  Box name = { NAME_X_PT, y + PAD_PT, NAME_PT, height },
      organisation = { ORGANISATION_X_PT, y + PAD_PT, ORGANISATION_PT, height };
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_auto (Block) count
      = block_at ((Box){ MARGIN_PT, y + PAD_PT, NUMBER_PT, height }, 8.5, 6, ALIGN_MIDDLE);
  Phrase *figures = phrase_new (text, FALSE, PHRASE_LIGHT);
  figures->tabular = TRUE;
  count.across = ALIGN_END;
  layout_block_add (&count, figures, 1, 0);
  set (drawing, &count, NULL);
  if (!set_name (drawing, row, name, G_MAXLONG))
    set_name (drawing, row, name, CUT_CHARACTERS / 2);
  if (!set_organisation (drawing, row, organisation, G_MAXLONG))
    set_organisation (drawing, row, organisation, CUT_CHARACTERS);
  draw_third (drawing, row, y);
  rectangle (drawing, MARGIN_PT, y + full, INNER_PT, HAIRLINE_PT, PALE);
  drawing->y += full;
}

static gboolean begins_group (const SignatureRow *rows, guint first, guint i)
{
  Pair group = rows[i].group;
  return group.first != NULL
         && (i == first || strcmp (group.first, rows[i - 1].group.first) != 0
             || strcmp (group.second, rows[i - 1].group.second) != 0);
}

static void draw_group (Drawing *drawing, Pair group)
{
  g_autofree char *both = words_line (group);
  g_autofree char *cut = font_set_showable (drawing->fonts, both, 2 * CUT_CHARACTERS);
  set_pair (drawing, (Box){ MARGIN_PT, drawing->y + 1.6 * MM, INNER_PT, GROUP_PT - 2 * MM },
            (Pair){ cut, "" }, 10, PHRASE_BOLD, NULL);
  rectangle (drawing, MARGIN_PT, drawing->y + GROUP_PT, INNER_PT, HAIRLINE_PT, page_ink);
  drawing->y += GROUP_PT;
}

/* What kind of sheet this is, at the right of the congress's name. */
static void set_kind (Drawing *drawing, double y)
{
  g_autofree char *both
      = words_line (is_signed (drawing)
                        ? words_pair_in ("sheet to sign", NC_ ("sheet to sign", "Attendance sheet"))
                        : drawing->heading->kind);
  g_auto (Block) block
      = block_at ((Box){ MARGIN_PT + INNER_PT - KIND_PT, y, KIND_PT, 6 * MM }, 8, 6, ALIGN_START);
  block.across = ALIGN_END;
  add (&block, both, FALSE, PHRASE_BOLD, 1, 0);
  set (drawing, &block, NULL);
}

/* Pages ------------------------------------------------------------------------------ */

/* How deep they are. */
static double set_notes (Drawing *drawing, double y)
{
  Pair notes = drawing->heading->notes;
  double used = 0;
  if (notes.first == NULL)
    return 0;
  const Box box = { MARGIN_PT, y, INNER_PT, 30 * MM };
  set_pair (drawing, box, notes, 9, PHRASE_LIGHT, &used);
  if (used == 0) {
    g_autofree char *first = font_set_showable (drawing->fonts, notes.first, CUT_NOTES),
                    *second = font_set_showable (drawing->fonts, notes.second, CUT_NOTES);
    set_pair (drawing, box, (Pair){ first, second }, 9, PHRASE_LIGHT, &used);
  }
  return used + 2 * MM;
}

static double set_heading (Drawing *drawing)
{
  const SignatureHeading *heading = drawing->heading;
  double y = MARGIN_PT, used = 0;
  rectangle (drawing, MARGIN_PT, y, INNER_PT / 2, RULE_PT, BLUE);
  rectangle (drawing, MARGIN_PT + INNER_PT / 2, y, INNER_PT / 2, RULE_PT, RED);
  g_autofree char *congress = words_line (heading->congress), *when = words_line (heading->when),
                  *place = g_strjoin (*when != '\0' && *heading->room != '\0' ? " · " : "", when,
                                      heading->room, NULL);
  y += RULE_PT + 3 * MM;
  set_pair (drawing, (Box){ MARGIN_PT, y, INNER_PT - KIND_PT, 6 * MM }, (Pair){ congress, "" }, 8,
            PHRASE_LIGHT, &used);
  set_kind (drawing, y);
  y += used + 3.2 * MM;
  set_pair (drawing, (Box){ MARGIN_PT, y, INNER_PT, 24 * MM }, heading->title, 16, PHRASE_BOLD,
            &used);
  y += used + 3 * MM;
  set_pair (drawing, (Box){ MARGIN_PT, y, INNER_PT, 8 * MM }, (Pair){ place, "" }, 10, PHRASE_LIGHT,
            &used);
  y += used + set_notes (drawing, y + used + 2 * MM);
  return y + 5 * MM;
}

static void set_column (Drawing *drawing, double x, double y, double width, Pair words)
{
  g_autofree char *both = words_line (words);
  set_pair (drawing, (Box){ x, y, width, 5 * MM }, (Pair){ both, "" }, 7.5, PHRASE_LIGHT, NULL);
}

static void set_columns (Drawing *drawing, double y)
{
  gboolean sign = is_signed (drawing);
  set_column (drawing, NAME_X_PT, y, NAME_PT,
              words_pair_in ("sheet to sign", NC_ ("sheet to sign", "Name")));
  set_column (drawing, ORGANISATION_X_PT, y, ORGANISATION_PT,
              words_pair_in ("sheet to sign", NC_ ("sheet to sign", "Organisation")));
  set_column (drawing, SIGN_X_PT + (sign ? 2 * PAD_PT : 0), y, WIDTH_PT - MARGIN_PT - SIGN_X_PT,
              sign ? words_pair_in ("sheet to sign", NC_ ("sheet to sign", "Signature"))
                   : drawing->heading->third);
  rectangle (drawing, MARGIN_PT, y + 4.5 * MM, INNER_PT, 2 * HAIRLINE_PT, page_ink);
}

static void set_foot (Drawing *drawing)
{
  g_autofree char *number = g_strdup_printf ("%u / %u", drawing->page, drawing->pages);
  g_auto (Block) right = block_at (
      (Box){ MARGIN_PT + INNER_PT - 18 * MM, FOOT_PT, 18 * MM, 6 * MM }, 7.5, 6, ALIGN_START);
  Phrase *figures = phrase_new (number, FALSE, PHRASE_LIGHT);
  figures->tabular = TRUE;
  right.across = ALIGN_END;
  layout_block_add (&right, figures, 1, 0);
  set (drawing, &right, NULL);
  set_pair (drawing, (Box){ MARGIN_PT, FOOT_PT, INNER_PT - 20 * MM, 8 * MM },
            (Pair){ drawing->heading->foot, "" }, 7, PHRASE_LIGHT, NULL);
}

static void begin_page (Drawing *drawing)
{
  if (drawing->page++ > 0)
    cairo_show_page (drawing->cr);
  double y = set_heading (drawing);
  set_columns (drawing, y);
  drawing->y = drawing->top = y + 5 * MM;
  set_foot (drawing);
}

/* What stands on the page that begins with row @first ends before the one returned, by
 * what the heading leaves. */
static guint end_of_page (const Drawing *drawing, const SignatureRow *rows, guint count,
                          guint first)
{
  double y = drawing->top;
  guint i = first;
  for (; i < count; i++) {
    y += row_height (drawing) + (begins_group (rows, first, i) ? GROUP_PT : 0);
    if (y > LAST_PT && i > first)
      break;
  }
  return i;
}

static void draw_all (Drawing *drawing, const SignatureRow *rows, guint count)
{
  drawing->top = set_heading (drawing) + 5 * MM;
  g_array_set_size (drawing->lines, 0);
  for (guint i = 0; i < count; i = end_of_page (drawing, rows, count, i))
    drawing->pages++;
  drawing->pages = MAX (drawing->pages, 1);
  for (guint first = 0; drawing->page < drawing->pages;) {
    begin_page (drawing);
    guint end = end_of_page (drawing, rows, count, first);
    for (guint i = first; i < end; i++) {
      if (begins_group (rows, first, i))
        draw_group (drawing, rows[i].group);
      draw_row (drawing, &rows[i], i + 1);
    }
    first = end;
    layout_show (drawing->fonts, drawing->cr, drawing->lines);
  }
}

GBytes *signature_sheet_draw (const SignatureHeading *heading, const SignatureRow *rows,
                              guint count, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (FontSet) fonts = font_set_new ();
  g_autoptr (GArray) lines = layout_lines_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append, bytes, WIDTH_PT, HEIGHT_PT);
  Drawing drawing
      = { .fonts = fonts, .cr = cairo_create (surface), .lines = lines, .heading = heading };
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, heading->title.first);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "-");
  draw_all (&drawing, rows, count);
  cairo_show_page (drawing.cr);
  cairo_status_t status = cairo_status (drawing.cr);
  cairo_destroy (drawing.cr);
  cairo_surface_finish (surface);
  status = status == CAIRO_STATUS_SUCCESS ? cairo_surface_status (surface) : status;
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE, _ ("Cannot draw the sheet: %s"),
               cairo_status_to_string (status));
  return NULL;
}
