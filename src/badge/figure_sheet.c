#include "badge/figure_sheet.h"

#include "badge/badge_page.h"
#include "badge/pdf_pages.h"

#include <string.h>

#define MM PT_PER_MM
#define WIDTH_PT (210 * MM)
#define HEIGHT_PT (297 * MM)
#define MARGIN_PT (16 * MM)
#define INNER_PT (WIDTH_PT - 2 * MARGIN_PT)
#define LAST_PT (HEIGHT_PT - 20 * MM) /* all ends above it */
#define FOOT_PT (HEIGHT_PT - 13 * MM)
#define RULE_PT (1 * MM)
#define HAIRLINE_PT (0.2 * MM)
#define ANY_PT (200 * MM) /* deep enough for any text */

#define SECTION_GAP_PT (8 * MM)
#define SECTION_ROOM_PT (50 * MM) /* one begins only where so much is left */
#define HEADING_ROOM_PT (24 * MM)
#define CHART_ROOM_PT (48 * MM)
#define TILE_PT (19 * MM)
#define TILE_GAP_PT (3 * MM)
#define BAR_PT (4.4 * MM)
#define BAR_ROW_PT (8.6 * MM)
#define BAR_LABEL_PT (58 * MM)
#define BAR_NUMBER_PT (30 * MM)
#define COLUMNS_PT (27 * MM)
#define COLUMN_MOST_PT (9 * MM)
#define LOGOS_PT (14 * MM)
#define PAD_PT (1.1 * MM)
#define CUT_CHARACTERS 60

static const Colour second_ink = { 0.29, 0.325, 0.392 }, pale = { 0.78, 0.77, 0.74 },
                    ground = { 0.955, 0.955, 0.945 };
static const Colour PARTS[FIGURE_SHEET_PARTS]
    = { { 0.122, 0.227, 0.576 }, { 0.784, 0.063, 0.180 }, { 0.45, 0.45, 0.43 } };

struct _FigureSheet {
  PdfPages *pdf;
  char *foot;
  guint pages;
  double y; /* where the next goes */
  FigureField fields[FIGURE_SHEET_COLUMNS];
  OwnedPair headings[FIGURE_SHEET_COLUMNS];
  guint field_count;
  GHashTable *shown; /* text → the same with what the fonts have */
};

static void outline (FigureSheet *sheet, Box box)
{
  cairo_set_source_rgb (sheet->pdf->cr, second_ink.red, second_ink.green, second_ink.blue);
  cairo_set_line_width (sheet->pdf->cr, 0.25 * MM);
  cairo_rectangle (sheet->pdf->cr, box.x, box.y, box.width, box.height);
  cairo_stroke (sheet->pdf->cr);
}

/* Texts ------------------------------------------------------------------------------ */

/* How a text stands in its box. */
typedef struct {
  double pt;
  PhraseWeight weight;
  Colour colour;
  Align across;
  double second;             /* the size of the second language, of the first's */
  gboolean tabular, running; /* running: lines as full as they can be */
} Face;

static const Face BODY = { 8.2, PHRASE_LIGHT, { 0, 0, 0 }, ALIGN_START, 0.95, FALSE, FALSE },
                  SMALL
                  = { 7.4, PHRASE_LIGHT, { 0.29, 0.325, 0.392 }, ALIGN_START, 1, FALSE, FALSE },
                  STRONG = { 8.2, PHRASE_BOLD, { 0, 0, 0 }, ALIGN_START, 0.95, FALSE, FALSE },
                  FIGURES = { 8.4, PHRASE_LIGHT, { 0, 0, 0 }, ALIGN_END, 1, TRUE, FALSE };

/* With what the fonts have; the sheet's. */
static const char *showable (FigureSheet *sheet, const char *text)
{
  const char *known = g_hash_table_lookup (sheet->shown, text);
  if (known != NULL)
    return known;
  char *shown = font_set_showable (sheet->pdf->fonts, text, G_MAXLONG);
  g_hash_table_insert (sheet->shown, g_strdup (text), shown);
  return shown;
}

static void add (Block *block, WordsSide side, const char *text, const Face *face, double scale)
{
  Phrase *phrase = phrase_new (text, words_is_chinese (side), face->weight);
  phrase->tabular = face->tabular;
  layout_block_add (block, phrase, scale, scale < 1 || block->n_parts > 0 ? 0.22 : 0);
}

/* Into @lines, from the top of @box; how deep it reaches, -1 where it has no room. */
static double lay (FigureSheet *sheet, Box box, Pair pair, const Face *face, GArray *lines)
{
  double used = 0;
  g_auto (Block) block = pdf_pages_block (box, face->pt, face->pt * 0.6, 0.85, face->colour);
  block.across = face->across;
  block.filled = face->running;
  add (&block, WORDS_FIRST, pair.first, face, 1);
  if (strcmp (pair.first, pair.second) != 0)
    add (&block, WORDS_SECOND, pair.second, face, *pair.first != '\0' ? face->second : 1);
  if (block.n_parts == 0)
    return 0;
  return layout_block (sheet->pdf->fonts, &block, lines, &used, NULL) ? used : -1;
}

static char *cut (const char *text)
{
  if (g_utf8_strlen (text, -1) <= CUT_CHARACTERS)
    return g_strdup (text);
  const char *end = g_utf8_offset_to_pointer (text, CUT_CHARACTERS);
  return g_strdup_printf ("%.*s…", (int) (end - text), text);
}

/* The same, with its end left out where it has no room at all. */
static double set_in (FigureSheet *sheet, Box box, Pair pair, const Face *face, GArray *lines)
{
  pair = (Pair){ showable (sheet, pair.first), showable (sheet, pair.second) };
  double used = lay (sheet, box, pair, face, lines);
  if (used >= 0)
    return used;
  g_autofree char *first = cut (pair.first), *second = cut (pair.second);
  used = lay (sheet, box, (Pair){ first, second }, face, lines);
  return MAX (used, 0);
}

static double set (FigureSheet *sheet, Box box, Pair pair, const Face *face)
{
  return set_in (sheet, box, pair, face, sheet->pdf->lines);
}

/* Pages ------------------------------------------------------------------------------ */

static void draw_foot (FigureSheet *sheet)
{
  static const Face FACE
      = { 7, PHRASE_LIGHT, { 0.29, 0.325, 0.392 }, ALIGN_START, 1, FALSE, FALSE };
  Face right = FACE;
  right.across = ALIGN_END;
  g_autofree char *number = g_strdup_printf ("%u", sheet->pages);
  pdf_pages_fill (sheet->pdf, (Box){ MARGIN_PT, FOOT_PT - 1.6 * MM, INNER_PT, HAIRLINE_PT }, pale);
  set (sheet, (Box){ MARGIN_PT, FOOT_PT, INNER_PT - 12 * MM, 5 * MM }, (Pair){ sheet->foot, "" },
       &FACE);
  set (sheet, (Box){ MARGIN_PT + INNER_PT - 10 * MM, FOOT_PT, 10 * MM, 5 * MM },
       (Pair){ number, "" }, &right);
}

static void begin_page (FigureSheet *sheet)
{
  if (sheet->pages++ > 0)
    pdf_pages_show (sheet->pdf);
  pdf_pages_rule (sheet->pdf, (Box){ MARGIN_PT, MARGIN_PT, INNER_PT, RULE_PT });
  draw_foot (sheet);
  sheet->y = MARGIN_PT + RULE_PT + 5 * MM;
}

/* TRUE if a page was begun for it. */
static gboolean make_room (FigureSheet *sheet, double height)
{
  if (sheet->y + height <= LAST_PT)
    return FALSE;
  begin_page (sheet);
  return TRUE;
}

static void draw_heading (FigureSheet *sheet, const FigureHeading *heading)
{
  static const Face TITLE
      = { 23, PHRASE_BOLD, { 0, 0, 0 }, ALIGN_START, 0.85, FALSE, FALSE },
      CONGRESS = { 11.5, PHRASE_BOLD, { 0.29, 0.325, 0.392 }, ALIGN_START, 1, FALSE, FALSE },
      UNDER = { 10, PHRASE_LIGHT, { 0.29, 0.325, 0.392 }, ALIGN_START, 1, FALSE, FALSE };
  const Box box = { MARGIN_PT, 0, INNER_PT, ANY_PT };
  Box at = box;
  at.y = sheet->y;
  if (heading->logos != NULL && logo_row_count (heading->logos) > 0)
    at.y += logo_row_draw (heading->logos, sheet->pdf->cr,
                           (Box){ MARGIN_PT, at.y, INNER_PT, LOGOS_PT })
            + 8 * MM;
  at.y += set (sheet, at, heading->title, &TITLE) + 4.5 * MM;
  at.y += set (sheet, at, heading->congress, &CONGRESS) + 2.4 * MM;
  at.y += set (sheet, at, heading->under, &UNDER);
  sheet->y = at.y;
}

FigureSheet *figure_sheet_new (const FigureHeading *heading)
{
  FigureSheet *sheet = g_new0 (FigureSheet, 1);
  sheet->pdf = pdf_pages_new (heading->title.first, WIDTH_PT, HEIGHT_PT, NULL);
  sheet->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sheet->foot = g_strdup (heading->foot);
  begin_page (sheet);
  draw_heading (sheet, heading);
  return sheet;
}

static void forget_table (FigureSheet *sheet)
{
  for (guint i = 0; i < sheet->field_count; i++)
    words_owned_clear (&sheet->headings[i]);
  sheet->field_count = 0;
}

void figure_sheet_free (FigureSheet *sheet)
{
  if (sheet == NULL)
    return;
  pdf_pages_free (sheet->pdf);
  g_hash_table_unref (sheet->shown);
  forget_table (sheet);
  g_free (sheet->foot);
  g_free (sheet);
}

static void put_note (FigureSheet *sheet, Pair text)
{
  const Box box = { MARGIN_PT, sheet->y, INNER_PT, ANY_PT };
  Face face = SMALL;
  face.running = TRUE;
  double used = set (sheet, box, text, &face);
  sheet->y += used > 0 ? used + 3 * MM : 0;
}

void figure_sheet_section (FigureSheet *sheet, Pair title, Pair meaning)
{
  static const Face TITLE
      = { 14, PHRASE_BOLD, { 0.122, 0.227, 0.576 }, ALIGN_START, 0.9, FALSE, FALSE };
  if (!make_room (sheet, SECTION_GAP_PT + SECTION_ROOM_PT))
    sheet->y += SECTION_GAP_PT;
  g_autofree char *both = words_line (title);
  const Box box = { MARGIN_PT, sheet->y, INNER_PT, ANY_PT };
  sheet->y += set (sheet, box, (Pair){ both, "" }, &TITLE) + 1.6 * MM;
  pdf_pages_fill (sheet->pdf, (Box){ MARGIN_PT, sheet->y, INNER_PT, HAIRLINE_PT }, page_ink);
  sheet->y += 2 * MM;
  put_note (sheet, meaning);
}

void figure_sheet_heading (FigureSheet *sheet, Pair title)
{
  static const Face FACE = { 10, PHRASE_BOLD, { 0, 0, 0 }, ALIGN_START, 1, FALSE, FALSE };
  if (!make_room (sheet, CHART_ROOM_PT))
    sheet->y += 3 * MM;
  g_autofree char *both = words_line (title);
  const Box box = { MARGIN_PT, sheet->y, INNER_PT, ANY_PT };
  sheet->y += set (sheet, box, (Pair){ both, "" }, &FACE) + 2 * MM;
}

/* Marks ------------------------------------------------------------------------------ */

/* "12 345": thin spaces between thousands, as both languages may have them. */
static char *number_text (gint64 number)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  GString *text = g_string_new (NULL);
  gsize length = strlen (plain);
  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0 && plain[i - 1] != '-')
      g_string_append (text, "\u202f");
    g_string_append_c (text, plain[i]);
  }
  return g_string_free (text, FALSE);
}

void figure_sheet_tiles (FigureSheet *sheet, const FigureTile *tiles, guint count)
{
  static const Face NUMBER
      = { 19, PHRASE_BOLD, { 0.122, 0.227, 0.576 }, ALIGN_START, 1, TRUE, FALSE };
  double width = (INNER_PT - (count - 1) * TILE_GAP_PT) / count;
  make_room (sheet, TILE_PT);
  for (guint i = 0; i < count; i++) {
    double x = MARGIN_PT + i * (width + TILE_GAP_PT);
    g_autofree char *number = number_text (tiles[i].number);
    pdf_pages_fill (sheet->pdf, (Box){ x, sheet->y, width, TILE_PT }, ground);
    set (sheet, (Box){ x + 2.4 * MM, sheet->y + 2 * MM, width - 4 * MM, 8 * MM },
         (Pair){ number, "" }, &NUMBER);
    set (sheet, (Box){ x + 2.4 * MM, sheet->y + 10 * MM, width - 4 * MM, 8.4 * MM }, tiles[i].label,
         &SMALL);
  }
  sheet->y += TILE_PT + 3 * MM;
}

void figure_sheet_legend (FigureSheet *sheet, const Pair *parts, guint count, Pair whole)
{
  const double square = 2.8 * MM, width = INNER_PT / (FIGURE_SHEET_PARTS + 1);
  for (guint i = 0; i <= count; i++) {
    g_autofree char *both = words_line (i < count ? parts[i] : whole);
    const Box box = { MARGIN_PT + i * width, sheet->y, square, square };
    if (*both == '\0')
      continue;
    if (i < count)
      pdf_pages_fill (sheet->pdf, box, PARTS[i]);
    else
      outline (sheet, box);
    set (sheet,
         (Box){ box.x + square + 1.6 * MM, sheet->y - 0.2 * MM, width - square - 3 * MM, 5 * MM },
         (Pair){ both, "" }, &SMALL);
  }
  sheet->y += square + 2.6 * MM;
}

static gint64 sum_of (const FigureBar *bar)
{
  gint64 sum = 0;
  for (guint i = 0; i < FIGURE_SHEET_PARTS; i++)
    sum += bar->parts[i];
  return sum;
}

/* "812 / 1 020" at the right of a bar; its own number alone where there is no whole. */
static void set_number (FigureSheet *sheet, const FigureBar *bar, double x)
{
  g_autofree char *sum = number_text (sum_of (bar)), *whole = number_text (bar->whole),
                  *text = bar->whole > 0 ? g_strdup_printf ("%s / %s", sum, whole) : g_strdup (sum);
  set (sheet, (Box){ x, sheet->y + 1.5 * MM, BAR_NUMBER_PT, BAR_ROW_PT }, (Pair){ text, "" },
       &FIGURES);
}

static void draw_bar (FigureSheet *sheet, const FigureBar *bar, double scale)
{
  double x = MARGIN_PT + BAR_LABEL_PT + 2 * MM, y = sheet->y + 1 * MM, start = x;
  set (sheet, (Box){ MARGIN_PT, sheet->y + 0.4 * MM, BAR_LABEL_PT, BAR_ROW_PT - 1 * MM },
       bar->label, &BODY);
  for (guint i = 0; i < FIGURE_SHEET_PARTS; i++) {
    double width = (double) bar->parts[i] * scale;
    pdf_pages_fill (sheet->pdf, (Box){ x, y, width, BAR_PT }, PARTS[i]);
    x += width;
  }
  if (bar->whole > 0)
    outline (sheet, (Box){ start, y, (double) bar->whole * scale, BAR_PT });
  set_number (sheet, bar, MARGIN_PT + INNER_PT - BAR_NUMBER_PT);
}

void figure_sheet_bars (FigureSheet *sheet, const FigureBar *bars, guint count)
{
  const double room = INNER_PT - BAR_LABEL_PT - BAR_NUMBER_PT - 4 * MM;
  gint64 most = 1;
  for (guint i = 0; i < count; i++)
    most = MAX (most, MAX (bars[i].whole, sum_of (&bars[i])));
  for (guint i = 0; i < count; i++) {
    make_room (sheet, BAR_ROW_PT);
    draw_bar (sheet, &bars[i], room / (double) most);
    sheet->y += BAR_ROW_PT;
  }
  sheet->y += 2 * MM;
}

void figure_sheet_columns (FigureSheet *sheet, const FigureColumn *columns, guint count)
{
  Face number = SMALL, label = SMALL;
  gint64 most = 1;
  if (count == 0)
    return;
  double step = MIN (INNER_PT / count, COLUMN_MOST_PT);
  number.across = label.across = ALIGN_MIDDLE;
  number.pt = 6.6;
  number.colour = page_ink;
  make_room (sheet, COLUMNS_PT + 9 * MM);
  for (guint i = 0; i < count; i++)
    most = MAX (most, columns[i].number);
  double foot = sheet->y + COLUMNS_PT + 4 * MM;
  for (guint i = 0; i < count; i++) {
    double x = MARGIN_PT + i * step,
           height = COLUMNS_PT * (double) columns[i].number / (double) most;
    g_autofree char *text = number_text (columns[i].number);
    pdf_pages_fill (sheet->pdf, (Box){ x + step * 0.14, foot - height, step * 0.72, height },
                    PARTS[0]);
    if (columns[i].number > 0)
      set (sheet, (Box){ x, foot - height - 3.4 * MM, step, 3 * MM }, (Pair){ text, "" }, &number);
    set (sheet, (Box){ x, foot + 1 * MM, step, 4 * MM }, (Pair){ columns[i].label, "" }, &label);
  }
  pdf_pages_fill (sheet->pdf, (Box){ MARGIN_PT, foot, step * count, 2 * HAIRLINE_PT }, page_ink);
  sheet->y = foot + 6.5 * MM;
}

/* Tables ----------------------------------------------------------------------------- */

static double width_of (const FigureSheet *sheet, guint field)
{
  double all = 0;
  for (guint i = 0; i < sheet->field_count; i++)
    all += sheet->fields[i].share;
  return INNER_PT * sheet->fields[field].share / all;
}

/* Cells side by side, as deep as the deepest; appended to the page once it is known. */
static double lay_cells (FigureSheet *sheet, const Pair *cells, const Face *text,
                         const Face *figures, GArray *lines)
{
  double x = MARGIN_PT, deepest = 0;
  for (guint i = 0; i < sheet->field_count; i++) {
    double width = width_of (sheet, i);
    const Box box = { x, 0, width - 3 * MM, ANY_PT };
    double used = set_in (sheet, box, cells[i], sheet->fields[i].figures ? figures : text, lines);
    deepest = MAX (deepest, used);
    x += width;
  }
  return deepest;
}

static void put_headings (FigureSheet *sheet)
{
  Face right = SMALL;
  Pair cells[FIGURE_SHEET_COLUMNS];
  g_autoptr (GArray) lines = layout_lines_new ();
  right.across = ALIGN_END;
  for (guint i = 0; i < sheet->field_count; i++)
    cells[i] = words_of_owned (&sheet->headings[i]);
  double deep = lay_cells (sheet, cells, &SMALL, &right, lines);
  layout_add (sheet->pdf->lines, lines, sheet->y);
  sheet->y += deep + PAD_PT;
  pdf_pages_fill (sheet->pdf, (Box){ MARGIN_PT, sheet->y, INNER_PT, 2 * HAIRLINE_PT }, page_ink);
}

void figure_sheet_table (FigureSheet *sheet, const FigureField *fields, guint count)
{
  forget_table (sheet);
  sheet->field_count = MIN (count, FIGURE_SHEET_COLUMNS);
  for (guint i = 0; i < sheet->field_count; i++) {
    sheet->fields[i] = fields[i];
    sheet->headings[i]
        = (OwnedPair){ g_strdup (fields[i].heading.first), g_strdup (fields[i].heading.second) };
  }
  make_room (sheet, HEADING_ROOM_PT);
  put_headings (sheet);
}

void figure_sheet_row (FigureSheet *sheet, const Pair *cells, gboolean strong)
{
  Face figures = FIGURES;
  g_autoptr (GArray) lines = layout_lines_new ();
  figures.weight = strong ? PHRASE_BOLD : PHRASE_LIGHT;
  double deep = lay_cells (sheet, cells, strong ? &STRONG : &BODY, &figures, lines);
  if (make_room (sheet, deep + 2 * PAD_PT))
    put_headings (sheet);
  layout_add (sheet->pdf->lines, lines, sheet->y + PAD_PT);
  sheet->y += deep + 2 * PAD_PT;
  pdf_pages_fill (sheet->pdf, (Box){ MARGIN_PT, sheet->y, INNER_PT, HAIRLINE_PT }, pale);
}

GBytes *figure_sheet_finish (FigureSheet *sheet, GError **error)
{
  pdf_pages_show (sheet->pdf);
  return pdf_pages_finish (sheet->pdf, error);
}
