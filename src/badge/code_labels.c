#include "badge/code_labels.h"

#include "badge/badge_page.h"
#include "badge/pdf_pages.h"
#include "credential/qr.h"

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
  PdfPages *pdf;
} Drawing;

static void draw_symbol (Drawing *drawing, const char *code, double x, double y, double side)
{
  g_autoptr (Qr) qr = qr_new (code, drawing->pdf->error == NULL ? &drawing->pdf->error : NULL);
  if (qr == NULL)
    return;
  double module = side / (qr->size + 4); /* the label's edge is quiet too */
  cairo_set_source_rgb (drawing->pdf->cr, 0, 0, 0);
  for (guint row = 0; row < qr->size; row++)
    for (guint column = 0; column < qr->size; column++)
      if (qr_is_dark (qr, column, row))
        cairo_rectangle (drawing->pdf->cr, x + (column + 2) * module, y + (row + 2) * module,
                         module, module);
  cairo_fill (drawing->pdf->cr);
}

/* The symbol at the left, as large as the label allows, but half of its width at most. */
static void draw_label (Drawing *drawing, const CodeLabel *label, double x, double y)
{
  double width = drawing->sheet->width_mm * MM, height = drawing->sheet->height_mm * MM,
         side = MIN (height - 2 * PAD_MM * MM, width * 0.55);
  draw_symbol (drawing, label->code, x + PAD_MM * MM / 2, y + (height - side) / 2, side);
  double left = x + side + PAD_MM * MM, inner = width - side - 2 * PAD_MM * MM;
  g_auto (Block) name = pdf_pages_block ((Box){ left, y + height * 0.2, inner, height * 0.34 },
                                         NAME_MAX_PT, NAME_MIN_PT, 0.9, page_ink);
  name.down = ALIGN_END;
  layout_block_add (&name, phrase_new_plain (label->name, PHRASE_BOLD), 1, 0);
  pdf_pages_set (drawing->pdf, &name, drawing->pdf->lines);
  g_auto (Block) small = pdf_pages_block ((Box){ left, y + height * 0.58, inner, height * 0.34 },
                                          SMALL_PT, SMALL_MIN_PT, 0.9, page_ink);
  small.filled = TRUE;
  layout_block_add (&small,
                    phrase_new (drawing->small.first, words_is_chinese (WORDS_FIRST), PHRASE_LIGHT),
                    1, 0);
  layout_block_add (
      &small, phrase_new (drawing->small.second, words_is_chinese (WORDS_SECOND), PHRASE_LIGHT), 1,
      0.3);
  pdf_pages_set (drawing->pdf, &small, drawing->pdf->lines);
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
      pdf_pages_show (drawing->pdf);
    draw_label (drawing, &labels[i], (left + column * sheet->pitch_x_mm) * MM,
                (top + row * sheet->pitch_y_mm) * MM);
  }
  pdf_pages_show (drawing->pdf);
}

GBytes *code_labels_draw (const CodeLabel *labels, guint count, const CodeLabelSheet *sheet,
                          Pair small, GError **error)
{
  gboolean roll = sheet->columns == 0;
  g_autoptr (PdfPages) pdf
      = pdf_pages_new (small.first, (roll ? sheet->width_mm : A4_WIDTH_MM) * MM,
                       (roll ? sheet->height_mm : A4_HEIGHT_MM) * MM, NULL);
  Drawing drawing = { .sheet = sheet, .small = small, .pdf = pdf };
  draw_all (&drawing, labels, count);
  return pdf_pages_finish (pdf, error);
}
