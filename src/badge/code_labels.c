#include "badge/code_labels.h"

#include "badge/badge_page.h"
#include "badge/layout.h"
#include "core/words.h"
#include "credential/qr.h"

#include <cairo-pdf.h>
#include <string.h>

#define MM PT_PER_MM
#define A4_WIDTH_MM 210
#define A4_HEIGHT_MM 297
#define PAD_MM 1.6
#define NAME_MAX_PT 15.0
#define NAME_MIN_PT 5.0
#define SMALL_PT 5.5
#define SMALL_MIN_PT 3.5

const CodeLabelSheet code_labels_usual = { 38.1, 21.2, 5, 13, 40.6, 21.2, 0 };

typedef struct {
  const CodeLabelSheet *sheet;
  Pair small;
  FontSet *fonts;
  cairo_t *cr;
  GArray *lines; /* of the page */
  GError *error;
} Drawing;

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void draw_symbol (Drawing *drawing, const char *code, double x, double y, double side)
{
  g_autoptr (Qr) qr = qr_new (code, drawing->error == NULL ? &drawing->error : NULL);
  if (qr == NULL)
    return;
  double module = side / (qr->size + 4); /* the label's edge is quiet too */
  cairo_set_source_rgb (drawing->cr, 0, 0, 0);
  for (guint row = 0; row < qr->size; row++)
    for (guint column = 0; column < qr->size; column++)
      if (qr_is_dark (qr, column, row))
        cairo_rectangle (drawing->cr, x + (column + 2) * module, y + (row + 2) * module, module,
                         module);
  cairo_fill (drawing->cr);
}

static Block block_at (Box box, double max_pt, double min_pt, Align down)
{
  Block block = { .slot = SLOT_LABEL,
                  .box = box,
                  .down = down,
                  .max_pt = max_pt,
                  .min_pt = min_pt,
                  .other = 1,
                  .keep_whole = 0.9 };
  layout_block_colour (&block, page_ink);
  return block;
}

static void set (Drawing *drawing, const Block *block)
{
  if (block->n_parts > 0 && drawing->error == NULL)
    layout_block (drawing->fonts, block, drawing->lines, NULL, &drawing->error);
}

static gboolean is_han (WordsSide side)
{
  return strcmp (words_key (side), "zh") == 0;
}

/* The symbol at the left, as large as the label allows, but half of its width at most. */
static void draw_label (Drawing *drawing, const CodeLabel *label, double x, double y)
{
  double width = drawing->sheet->width_mm * MM, height = drawing->sheet->height_mm * MM,
         side = MIN (height - 2 * PAD_MM * MM, width * 0.55);
  draw_symbol (drawing, label->code, x + PAD_MM * MM / 2, y + (height - side) / 2, side);
  double left = x + side + PAD_MM * MM, inner = width - side - 2 * PAD_MM * MM;
  g_auto (Block) name = block_at ((Box){ left, y + height * 0.2, inner, height * 0.34 },
                                  NAME_MAX_PT, NAME_MIN_PT, ALIGN_END);
  layout_block_add (&name, phrase_new_plain (label->name, PHRASE_BOLD), 1, 0);
  set (drawing, &name);
  g_auto (Block) small = block_at ((Box){ left, y + height * 0.58, inner, height * 0.34 }, SMALL_PT,
                                   SMALL_MIN_PT, ALIGN_START);
  small.filled = TRUE;
  layout_block_add (&small, phrase_new (drawing->small.first, is_han (WORDS_FIRST), PHRASE_LIGHT),
                    1, 0);
  layout_block_add (&small, phrase_new (drawing->small.second, is_han (WORDS_SECOND), PHRASE_LIGHT),
                    1, 0.3);
  set (drawing, &small);
}

static void show_page (Drawing *drawing)
{
  layout_show (drawing->fonts, drawing->cr, drawing->lines);
  cairo_show_page (drawing->cr);
}

static void draw_all (Drawing *drawing, const CodeLabel *labels, guint count)
{
  const CodeLabelSheet *sheet = drawing->sheet;
  guint places = MAX (sheet->columns, 1) * MAX (sheet->rows, 1);
  double left = sheet->columns > 0
                    ? (A4_WIDTH_MM - (sheet->columns - 1) * sheet->pitch_x_mm - sheet->width_mm) / 2
                    : 0,
         top = sheet->columns > 0
                   ? (A4_HEIGHT_MM - (sheet->rows - 1) * sheet->pitch_y_mm - sheet->height_mm) / 2
                   : 0;
  for (guint i = 0; i < count; i++) {
    guint place = (i + sheet->skip) % places, columns = MAX (sheet->columns, 1);
    guint row = place / columns, column = place % columns;
    if (place == 0 && i > 0)
      show_page (drawing);
    draw_label (drawing, &labels[i], (left + column * sheet->pitch_x_mm) * MM,
                (top + row * sheet->pitch_y_mm) * MM);
  }
  show_page (drawing);
}

GBytes *code_labels_draw (const CodeLabel *labels, guint count, const CodeLabelSheet *sheet,
                          Pair small, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (FontSet) fonts = font_set_new ();
  g_autoptr (GArray) lines = layout_lines_new ();
  gboolean roll = sheet->columns == 0;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append, bytes, (roll ? sheet->width_mm : A4_WIDTH_MM) * MM,
      (roll ? sheet->height_mm : A4_HEIGHT_MM) * MM);
  Drawing drawing = {
    .sheet = sheet, .small = small, .fonts = fonts, .cr = cairo_create (surface), .lines = lines
  };
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, small.first);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "-");
  draw_all (&drawing, labels, count);
  cairo_status_t status = cairo_status (drawing.cr);
  cairo_destroy (drawing.cr);
  cairo_surface_finish (surface);
  status = status == CAIRO_STATUS_SUCCESS ? cairo_surface_status (surface) : status;
  cairo_surface_destroy (surface);
  if (drawing.error == NULL && status != CAIRO_STATUS_SUCCESS)
    g_set_error (&drawing.error, BADGE_ERROR, BADGE_ERROR_WRITE, _ ("Cannot draw the labels: %s"),
                 cairo_status_to_string (status));
  if (drawing.error == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_propagate_error (error, drawing.error);
  return NULL;
}
