#include "badge/signature_sheet.h"

#include "badge/badge_page.h"
#include "badge/pdf_pages.h"
#include "core/text.h"

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
#define KEEP_WHOLE 0.8
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

static const Colour PALE = { 0.62, 0.62, 0.60 };

typedef struct {
  PdfPages *pdf;
  const SignatureHeading *heading;
  guint page, pages;
  double top; /* where the first row begins, on every page */
  double y;   /* where the next begins */
} Drawing;

/* Texts ------------------------------------------------------------------------------ */

/* Sets the block on the page; FALSE without a fault where it has no room or no letters.
 * */
static gboolean set (Drawing *drawing, const Block *block, double *used)
{
  g_autoptr (GError) error = NULL;
  double depth = 0;
  if (block->n_parts == 0)
    return TRUE;
  if (!layout_block (drawing->pdf->fonts, block, drawing->pdf->lines, &depth, &error))
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

static void set_pair (Drawing *drawing, Box box, Pair pair, double pt, PhraseWeight weight,
                      double *used)
{
  g_autofree char *first = font_set_showable (drawing->pdf->fonts, pair.first, G_MAXLONG),
                  *second = font_set_showable (drawing->pdf->fonts, pair.second, G_MAXLONG);
  g_auto (Block) block = pdf_pages_block (box, pt, pt * 0.6, KEEP_WHOLE, page_ink);
  add (&block, first, words_is_chinese (WORDS_FIRST), weight, 1, 0);
  add (&block, second, words_is_chinese (WORDS_SECOND), weight, 0.9, 0.3);
  if (!set (drawing, &block, used) && used != NULL)
    *used = 0;
}

/* Rows ------------------------------------------------------------------------------- */

/* @most: characters that are left of each text. */
static gboolean set_name (Drawing *drawing, const SignatureRow *row, Box box, glong most)
{
  g_autofree char *family = font_set_showable (drawing->pdf->fonts, row->family, most),
                  *given = font_set_showable (drawing->pdf->fonts, row->given, most),
                  *name = font_set_showable (drawing->pdf->fonts, row->name_zh, most);
  g_auto (Block) block = pdf_pages_block (box, 10.5, 5, KEEP_WHOLE, page_ink);
  block.down = ALIGN_MIDDLE;
  Phrase *latin = phrase_new_latin_name (family, given, FALSE),
         *han = phrase_new (name, TRUE, row->second_leads ? PHRASE_BOLD : PHRASE_LIGHT);
  layout_block_add (&block, row->second_leads ? han : latin, 1, 0);
  layout_block_add (&block, row->second_leads ? latin : han, 0.9, 0.25);
  return set (drawing, &block, NULL);
}

static gboolean set_organisation (Drawing *drawing, const SignatureRow *row, Box box, glong most)
{
  g_autofree char *fr = font_set_showable (drawing->pdf->fonts, row->organisation_fr, most),
                  *zh = font_set_showable (drawing->pdf->fonts, row->organisation_zh, most);
  g_auto (Block) block = pdf_pages_block (box, 8.5, 4.5, KEEP_WHOLE, page_ink);
  block.down = ALIGN_MIDDLE;
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
    pdf_pages_fill (drawing->pdf,
                    (Box){ SIGN_X_PT, y + 2 * PAD_PT, HAIRLINE_PT, height - 3 * PAD_PT }, PALE);
    return;
  }
  set_pair (drawing, (Box){ SIGN_X_PT, y + PAD_PT, end - SIGN_X_PT - 2 * MM, height - 2 * PAD_PT },
            row->said, 8, PHRASE_LIGHT, NULL);
  cairo_set_source_rgb (drawing->pdf->cr, page_ink.red, page_ink.green, page_ink.blue);
  cairo_set_line_width (drawing->pdf->cr, 2 * HAIRLINE_PT);
  cairo_rectangle (drawing->pdf->cr, end, y + (height - TICK_PT) / 2, TICK_PT, TICK_PT);
  cairo_stroke (drawing->pdf->cr);
}

static void draw_row (Drawing *drawing, const SignatureRow *row, guint number)
{
  double y = drawing->y, full = row_height (drawing), height = full - 2 * PAD_PT;
  Box name = { NAME_X_PT, y + PAD_PT, NAME_PT, height },
      organisation = { ORGANISATION_X_PT, y + PAD_PT, ORGANISATION_PT, height };
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_auto (Block) count = pdf_pages_block ((Box){ MARGIN_PT, y + PAD_PT, NUMBER_PT, height }, 8.5, 6,
                                          KEEP_WHOLE, page_ink);
  count.down = ALIGN_MIDDLE;
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
  pdf_pages_fill (drawing->pdf, (Box){ MARGIN_PT, y + full, INNER_PT, HAIRLINE_PT }, PALE);
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
  g_autofree char *cut = font_set_showable (drawing->pdf->fonts, both, 2 * CUT_CHARACTERS);
  set_pair (drawing, (Box){ MARGIN_PT, drawing->y + 1.6 * MM, INNER_PT, GROUP_PT - 2 * MM },
            (Pair){ cut, "" }, 10, PHRASE_BOLD, NULL);
  pdf_pages_fill (drawing->pdf, (Box){ MARGIN_PT, drawing->y + GROUP_PT, INNER_PT, HAIRLINE_PT },
                  page_ink);
  drawing->y += GROUP_PT;
}

/* What kind of sheet this is, at the right of the congress's name. */
static void set_kind (Drawing *drawing, double y)
{
  g_autofree char *both
      = words_line (is_signed (drawing)
                        ? words_pair_in ("sheet to sign", NC_ ("sheet to sign", "Attendance sheet"))
                        : drawing->heading->kind);
  g_auto (Block) block = pdf_pages_block (
      (Box){ MARGIN_PT + INNER_PT - KIND_PT, y, KIND_PT, 6 * MM }, 8, 6, KEEP_WHOLE, page_ink);
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
    g_autofree char *first = font_set_showable (drawing->pdf->fonts, notes.first, CUT_NOTES),
                    *second = font_set_showable (drawing->pdf->fonts, notes.second, CUT_NOTES);
    set_pair (drawing, box, (Pair){ first, second }, 9, PHRASE_LIGHT, &used);
  }
  return used + 2 * MM;
}

static double set_heading (Drawing *drawing)
{
  const SignatureHeading *heading = drawing->heading;
  double y = MARGIN_PT, used = 0;
  pdf_pages_rule (drawing->pdf, (Box){ MARGIN_PT, y, INNER_PT, RULE_PT });
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
  pdf_pages_fill (drawing->pdf, (Box){ MARGIN_PT, y + 4.5 * MM, INNER_PT, 2 * HAIRLINE_PT },
                  page_ink);
}

static void set_foot (Drawing *drawing)
{
  g_autofree char *number = g_strdup_printf ("%u / %u", drawing->page, drawing->pages);
  g_auto (Block) right
      = pdf_pages_block ((Box){ MARGIN_PT + INNER_PT - 18 * MM, FOOT_PT, 18 * MM, 6 * MM }, 7.5, 6,
                         KEEP_WHOLE, page_ink);
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
    pdf_pages_show (drawing->pdf);
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
  g_array_set_size (drawing->pdf->lines, 0);
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
  }
}

GBytes *signature_sheet_draw (const SignatureHeading *heading, const SignatureRow *rows,
                              guint count, GError **error)
{
  g_autoptr (PdfPages) pdf = pdf_pages_new (heading->title.first, WIDTH_PT, HEIGHT_PT, NULL);
  Drawing drawing = { .pdf = pdf, .heading = heading };
  draw_all (&drawing, rows, count);
  pdf_pages_show (pdf);
  return pdf_pages_finish (pdf, error);
}
