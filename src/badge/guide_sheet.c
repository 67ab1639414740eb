#include "badge/guide_sheet.h"

#include "badge/badge_page.h"
#include "badge/pdf_pages.h"
#include "core/words.h"

#define MM PT_PER_MM
#define WIDTH_PT (210 * MM)
#define HEIGHT_PT (297 * MM)
#define MARGIN_PT (14 * MM)
#define INNER_PT (WIDTH_PT - 2 * MARGIN_PT)
#define GAP_PT (8 * MM) /* between columns */
#define COLUMN_PT ((INNER_PT - GAP_PT) / GUIDE_SHEET_COLUMNS)
#define RULE_PT (1 * MM)
#define HAIRLINE_PT (0.25 * MM)
#define CORNER_PT (1.6 * MM)

/* From the top down. */
#define TITLE_Y_PT (MARGIN_PT + 4 * MM)
#define COLUMNS_Y_PT (MARGIN_PT + 19 * MM)
#define STEPS_Y_PT (COLUMNS_Y_PT + 8.5 * MM)
#define STEP_PT (56.5 * MM)
#define PICTURE_HEIGHT_PT (53 * MM)
#define PICTURE_WIDTH_PT (PICTURE_HEIGHT_PT * 9 / 16)
#define NOTES_Y_PT (STEPS_Y_PT + GUIDE_SHEET_STEPS * STEP_PT + 2 * MM)
#define NOTES_PT (41 * MM)
#define NOTES_HEAD_PT (7.5 * MM)
#define NOTE_HEAD_PT (5 * MM)
#define NOTE_GAP_PT (5 * MM)
#define CALLS_Y_PT (NOTES_Y_PT + NOTES_PT + 6 * MM)
#define CALL_PT (8 * MM)
#define FOOT_Y_PT (HEIGHT_PT - 11 * MM)
#define NUMBER_PT (5.2 * MM)

#define TEXT_PT 9.5
#define TEXT_MIN_PT 7.5
#define NOTE_PT 9.0
#define KEEP_WHOLE 0.95
#define STEP_DOWN_PT 0.25
#define PARAGRAPH 0.5 /* above each, in the size of the text */

static const Colour second_ink = { 0.29, 0.325, 0.392 }, pale = { 0.78, 0.77, 0.74 };
static const Colour marks[] = { [GUIDE_PLAIN] = { 0.29, 0.325, 0.392 },
                                [GUIDE_YES] = { 0.114, 0.478, 0.310 },
                                [GUIDE_ATTENTION] = { 0.541, 0.325, 0 } };

typedef struct {
  const GuideSheet *sheet;
  PdfPages *pdf;
} Drawing;

static void set_colour (Drawing *drawing, Colour colour)
{
  cairo_set_source_rgb (drawing->pdf->cr, colour.red, colour.green, colour.blue);
}

/* Texts ------------------------------------------------------------------------------ */

static void add (const Drawing *drawing, Block *block, const char *text, PhraseWeight weight,
                 double scale, double gap)
{
  if (text != NULL)
    layout_block_add (block,
                      drawing->sheet->han || drawing->sheet->french
                          ? phrase_new (text, drawing->sheet->han, weight)
                          : phrase_new_plain (text, weight),
                      scale, gap);
}

static double set_text (Drawing *drawing, Box box, const char *text, PhraseWeight weight, double pt,
                        Colour colour)
{
  g_auto (Block) block = pdf_pages_block (box, pt, MAX (pt * 0.75, 7), KEEP_WHOLE, colour);
  block.filled = TRUE;
  add (drawing, &block, text, weight, 1, 0);
  return pdf_pages_set (drawing->pdf, &block, drawing->pdf->lines);
}

/* Above what it is the heading of, at the bottom of its box: beside others on one line.
 * */
static void set_heading (Drawing *drawing, Box box, const char *text, double pt, Colour colour)
{
  g_auto (Block) block = pdf_pages_block (box, pt, MAX (pt * 0.75, 7), KEEP_WHOLE, colour);
  block.down = ALIGN_END;
  add (drawing, &block, text, PHRASE_BOLD, 1, 0);
  pdf_pages_set (drawing->pdf, &block, drawing->pdf->lines);
}

static Block paragraphs (const Drawing *drawing, Box box, const char *const *texts, double pt)
{
  Block block = pdf_pages_block (box, pt, pt, KEEP_WHOLE, page_ink);
  block.filled = TRUE;
  for (guint i = 0; i < GUIDE_SHEET_TEXTS && texts[i] != NULL; i++)
    add (drawing, &block, texts[i], PHRASE_LIGHT, 1, i > 0 ? PARAGRAPH : 0);
  return block;
}

static void set_paragraphs (Drawing *drawing, Box box, const char *const *texts, double pt)
{
  g_auto (Block) block = paragraphs (drawing, box, texts, pt);
  pdf_pages_set (drawing->pdf, &block, drawing->pdf->lines);
}

typedef struct {
  Box box;
  const char *const *texts;
} Room;

/* The largest size, not above @pt, in which all of them fit; the smallest if there is
 * none: then the first that does not is refused. */
static double common_size (const Drawing *drawing, const Room *rooms, guint count, double pt)
{
  guint fits = 0;
  for (; fits < count && pt > TEXT_MIN_PT; pt -= fits < count ? STEP_DOWN_PT : 0)
    for (fits = 0; fits < count; fits++) {
      g_autoptr (GArray) lines = layout_lines_new ();
      g_auto (Block) block = paragraphs (drawing, rooms[fits].box, rooms[fits].texts, pt);
      if (!layout_block (drawing->pdf->fonts, &block, lines, NULL, NULL))
        break;
    }
  return pt;
}

/* Steps ------------------------------------------------------------------------------ */

static void outline (Drawing *drawing, Box box)
{
  cairo_t *cr = drawing->pdf->cr;
  double right = box.x + box.width, bottom = box.y + box.height;
  cairo_new_sub_path (cr);
  cairo_arc (cr, right - CORNER_PT, box.y + CORNER_PT, CORNER_PT, -G_PI_2, 0);
  cairo_arc (cr, right - CORNER_PT, bottom - CORNER_PT, CORNER_PT, 0, G_PI_2);
  cairo_arc (cr, box.x + CORNER_PT, bottom - CORNER_PT, CORNER_PT, G_PI_2, G_PI);
  cairo_arc (cr, box.x + CORNER_PT, box.y + CORNER_PT, CORNER_PT, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void draw_picture (Drawing *drawing, const char *path, Box box)
{
  cairo_t *cr = drawing->pdf->cr;
  cairo_surface_t *picture = cairo_image_surface_create_from_png (path);
  if (cairo_surface_status (picture) != CAIRO_STATUS_SUCCESS) {
    if (drawing->pdf->error == NULL)
      g_set_error (&drawing->pdf->error, BADGE_ERROR, BADGE_ERROR_WRITE,
                   _ ("Cannot read the picture %s of a screen: %s. Install the program anew."),
                   path, cairo_status_to_string (cairo_surface_status (picture)));
    cairo_surface_destroy (picture);
    return;
  }
  cairo_save (cr);
  outline (drawing, box);
  cairo_clip_preserve (cr);
  cairo_translate (cr, box.x, box.y);
  cairo_scale (cr, box.width / cairo_image_surface_get_width (picture),
               box.height / cairo_image_surface_get_height (picture));
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  outline (drawing, box);
  set_colour (drawing, pale);
  cairo_set_line_width (cr, 2 * HAIRLINE_PT);
  cairo_stroke (cr);
  cairo_surface_destroy (picture);
}

/* In a disc of the colour that the screen has. */
static void draw_number (Drawing *drawing, guint number, double x, double y, GuideColour colour)
{
  const double radius = NUMBER_PT / 2;
  g_autofree char *text = g_strdup_printf ("%u", number);
  set_colour (drawing, marks[colour]);
  cairo_arc (drawing->pdf->cr, x + radius, y + radius, radius, 0, 2 * G_PI);
  cairo_fill (drawing->pdf->cr);
  g_auto (Block) block = pdf_pages_block ((Box){ x, y, NUMBER_PT, NUMBER_PT }, TEXT_PT, TEXT_PT,
                                          KEEP_WHOLE, page_paper);
  block.across = block.down = ALIGN_MIDDLE;
  layout_block_add (&block, phrase_new (text, FALSE, PHRASE_BOLD), 1, 0);
  pdf_pages_set (drawing->pdf, &block, drawing->pdf->lines);
}

/* What stands beside the picture: the heading, and where its paragraphs go. */
static Box draw_step (Drawing *drawing, const GuideStep *step, guint number, double x, double y)
{
  double text = x + PICTURE_WIDTH_PT + 4 * MM, width = COLUMN_PT - PICTURE_WIDTH_PT - 4 * MM;
  draw_picture (drawing, step->picture, (Box){ x, y, PICTURE_WIDTH_PT, PICTURE_HEIGHT_PT });
  draw_number (drawing, number, text, y, step->colour);
  g_auto (Block) heading = pdf_pages_block (
      (Box){ text + NUMBER_PT + 2 * MM, y + 0.4 * MM, width - NUMBER_PT - 2 * MM, 9.6 * MM }, 11.5,
      9, KEEP_WHOLE, marks[step->colour]);
  add (drawing, &heading, step->heading, PHRASE_BOLD, 1, 0);
  double depth = pdf_pages_set (drawing->pdf, &heading, drawing->pdf->lines),
         used = MAX (depth, NUMBER_PT) + 2.4 * MM;
  return (Box){ text, y + used, width, PICTURE_HEIGHT_PT - used };
}

static void draw_columns (Drawing *drawing)
{
  Room rooms[GUIDE_SHEET_COLUMNS * GUIDE_SHEET_STEPS];
  guint count = 0;
  for (guint column = 0; column < GUIDE_SHEET_COLUMNS; column++) {
    double x = MARGIN_PT + column * (COLUMN_PT + GAP_PT);
    set_heading (drawing, (Box){ x, COLUMNS_Y_PT, COLUMN_PT, 6 * MM },
                 drawing->sheet->columns[column], 13, page_ink);
    for (guint i = 0; i < GUIDE_SHEET_STEPS; i++, count++) {
      const GuideStep *step = &drawing->sheet->steps[column][i];
      rooms[count] = (Room){ draw_step (drawing, step, count + 1, x, STEPS_Y_PT + i * STEP_PT),
                             step->texts };
    }
  }
  double pt = common_size (drawing, rooms, count, TEXT_PT);
  for (guint i = 0; i < count; i++)
    set_paragraphs (drawing, rooms[i].box, rooms[i].texts, pt);
}

/* The rest --------------------------------------------------------------------------- */

static void draw_head (Drawing *drawing)
{
  const GuideSheet *sheet = drawing->sheet;
  pdf_pages_rule (drawing->pdf, (Box){ MARGIN_PT, MARGIN_PT, INNER_PT, RULE_PT });
  g_auto (Block) kind = pdf_pages_block (
      (Box){ MARGIN_PT + INNER_PT * 2 / 3, TITLE_Y_PT + 1.6 * MM, INNER_PT / 3, 6 * MM }, 9, 7,
      KEEP_WHOLE, second_ink);
  kind.across = ALIGN_END;
  layout_block_add (&kind, phrase_new (sheet->kind, FALSE, PHRASE_LIGHT), 1, 0);
  pdf_pages_set (drawing->pdf, &kind, drawing->pdf->lines);
  double used = set_text (drawing, (Box){ MARGIN_PT, TITLE_Y_PT, INNER_PT * 2 / 3, 9 * MM },
                          sheet->title, PHRASE_BOLD, 19, page_ink);
  set_text (drawing, (Box){ MARGIN_PT, TITLE_Y_PT + used + 1 * MM, INNER_PT, 6 * MM }, sheet->under,
            PHRASE_LIGHT, 10.5, second_ink);
}

static void draw_notes (Drawing *drawing)
{
  const GuideSheet *sheet = drawing->sheet;
  const double width = (INNER_PT - (GUIDE_SHEET_NOTES - 1) * NOTE_GAP_PT) / GUIDE_SHEET_NOTES;
  pdf_pages_fill (drawing->pdf, (Box){ MARGIN_PT, NOTES_Y_PT - 2 * MM, INNER_PT, HAIRLINE_PT },
                  page_ink);
  set_heading (drawing, (Box){ MARGIN_PT, NOTES_Y_PT, INNER_PT, 6 * MM }, sheet->notes_title, 13,
               page_ink);
  Room rooms[GUIDE_SHEET_NOTES];
  for (guint i = 0; i < GUIDE_SHEET_NOTES; i++) {
    double x = MARGIN_PT + i * (width + NOTE_GAP_PT), y = NOTES_Y_PT + NOTES_HEAD_PT;
    set_heading (drawing, (Box){ x, y, width, NOTE_HEAD_PT }, sheet->notes[i].heading, 10.5,
                 page_ink);
    y += NOTE_HEAD_PT + 1.2 * MM;
    rooms[i] = (Room){ { x, y, width, NOTES_Y_PT + NOTES_PT - y }, sheet->notes[i].texts };
  }
  double pt = common_size (drawing, rooms, GUIDE_SHEET_NOTES, NOTE_PT);
  for (guint i = 0; i < GUIDE_SHEET_NOTES; i++)
    set_paragraphs (drawing, rooms[i].box, rooms[i].texts, pt);
}

/* Lines to write on. */
static void draw_calls (Drawing *drawing)
{
  const GuideSheet *sheet = drawing->sheet;
  const double width = (INNER_PT - (GUIDE_SHEET_CALLS - 1) * NOTE_GAP_PT) / GUIDE_SHEET_CALLS;
  pdf_pages_fill (drawing->pdf, (Box){ MARGIN_PT, CALLS_Y_PT - 2 * MM, INNER_PT, HAIRLINE_PT },
                  page_ink);
  double title = COLUMN_PT * 0.55;
  set_text (drawing, (Box){ MARGIN_PT, CALLS_Y_PT, title, 6 * MM }, sheet->calls_title, PHRASE_BOLD,
            13, page_ink);
  set_text (
      drawing,
      (Box){ MARGIN_PT + title + 2 * MM, CALLS_Y_PT + 0.6 * MM, INNER_PT - title - 2 * MM, 9 * MM },
      sheet->calls_text, PHRASE_LIGHT, TEXT_PT, page_ink);
  for (guint i = 0; i < GUIDE_SHEET_CALLS; i++) {
    double x = MARGIN_PT + i * (width + NOTE_GAP_PT), y = CALLS_Y_PT + 9 * MM + CALL_PT;
    set_text (drawing, (Box){ x, y + 0.8 * MM, width, 5 * MM }, sheet->calls[i], PHRASE_LIGHT, 8,
              second_ink);
    pdf_pages_fill (drawing->pdf, (Box){ x, y, width, HAIRLINE_PT }, second_ink);
  }
  set_text (drawing, (Box){ MARGIN_PT, FOOT_Y_PT, INNER_PT, 5 * MM }, sheet->foot, PHRASE_LIGHT,
            7.5, second_ink);
}

GBytes *guide_sheet_draw (const GuideSheet *sheet, GError **error)
{
  g_autoptr (PdfPages) pdf = pdf_pages_new (sheet->title, WIDTH_PT, HEIGHT_PT, NULL);
  Drawing drawing = { .sheet = sheet, .pdf = pdf };
  draw_head (&drawing);
  draw_columns (&drawing);
  draw_notes (&drawing);
  draw_calls (&drawing);
  pdf_pages_show (pdf);
  return pdf_pages_finish (pdf, error);
}
