#include "kiosk/page_attract.h"

#include "credential/qr.h"
#include "kiosk/ui_fit.h"

#include <math.h>

#define SWEEP_US 4000000.0 /* of the line across the code, there and back */
#define CORNER 0.22        /* of the frame's side */

typedef struct {
  GtkWidget *page, *aim, *logos;
  const LogoRow *row;
  Qr *code;
  Camera *camera;
  guint64 number; /* of the camera's picture that is drawn */
  double phase;   /* 0…1 */
} Parts;

/* A code that says the program's name: a picture, not to be read by anybody. */
static void draw_code (cairo_t *cr, const Qr *qr, double x, double y, double side)
{
  double module = side / qr->size;

  for (guint row = 0; row < qr->size; row++)
    for (guint column = 0; column < qr->size; column++)
      if (qr_is_dark (qr, column, row))
        cairo_rectangle (cr, x + column * module, y + row * module, module * 1.03, module * 1.03);
  cairo_fill (cr);
}

static void corner (cairo_t *cr, double x, double y, double dx, double dy)
{
  double round = 0.25;

  cairo_move_to (cr, x, y + dy);
  cairo_line_to (cr, x, y + dy * round);
  cairo_curve_to (cr, x, y, x, y, x + dx * round, y);
  cairo_line_to (cr, x + dx, y);
  cairo_stroke (cr);
}

/* What the camera sees, as in a mirror, filling the square; FALSE while it sees
 * nothing. */
static gboolean draw_camera (cairo_t *cr, Camera *camera, double left, double top, double side)
{
  g_auto (CameraView) view = { 0 };
  cairo_surface_t *surface;
  double scale;

  if (!camera_view (camera, &view))
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) view.frame->width,
                                        (int) view.frame->height);
  for (guint y = 0; y < view.frame->height; y++) {
    guint32 *row = (guint32 *) (gpointer) (cairo_image_surface_get_data (surface)
                                           + y * (gsize) cairo_image_surface_get_stride (surface));
    for (guint x = 0; x < view.frame->width; x++)
      row[view.mirrored ? x : view.frame->width - 1 - x]
          = view.frame->grey[(gsize) y * view.frame->width + x] * 0x010101u;
  }
  cairo_surface_mark_dirty (surface);
  scale = side / MIN (view.frame->width, view.frame->height);
  cairo_save (cr);
  cairo_rectangle (cr, left, top, side, side);
  cairo_clip (cr);
  cairo_translate (cr, left + side / 2, top + side / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, -(double) view.frame->width / 2,
                            -(double) view.frame->height / 2);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
  return TRUE;
}

static void draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Parts *parts = data;
  double side = MIN (width, height), left = (width - side) / 2, top = (height - side) / 2,
         line = side * 0.022, inset = line, length = side * CORNER;
  double sweep = 0.5 - 0.5 * cos (parts->phase * 2 * G_PI);

  cairo_set_line_width (cr, line);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_source_rgb (cr, 0x1f / 255.0, 0x3a / 255.0, 0x93 / 255.0);
  corner (cr, left + inset, top + inset, length, length);
  corner (cr, left + side - inset, top + inset, -length, length);
  cairo_set_source_rgb (cr, 0xc8 / 255.0, 0x10 / 255.0, 0x2e / 255.0);
  corner (cr, left + inset, top + side - inset, length, -length);
  corner (cr, left + side - inset, top + side - inset, -length, -length);
  cairo_set_source_rgb (cr, 0x14 / 255.0, 0x18 / 255.0, 0x1f / 255.0);
  if (parts->camera != NULL
      && draw_camera (cr, parts->camera, left + side * 0.06, top + side * 0.06, side * 0.88))
    return;
  if (parts->code != NULL)
    draw_code (cr, parts->code, left + side * 0.25, top + side * 0.25, side * 0.5);
  cairo_set_source_rgba (cr, 0xc8 / 255.0, 0x10 / 255.0, 0x2e / 255.0, 0.85);
  cairo_set_line_width (cr, line * 0.5);
  cairo_move_to (cr, left + side * 0.12, top + side * (0.2 + 0.6 * sweep));
  cairo_line_to (cr, left + side * 0.88, top + side * (0.2 + 0.6 * sweep));
  cairo_stroke (cr);
}

static gboolean on_tick (GtkWidget *area, GdkFrameClock *clock, gpointer data)
{
  Parts *parts = data;
  g_auto (CameraView) view = { 0 };
  double phase = fmod ((double) gdk_frame_clock_get_frame_time (clock) / SWEEP_US, 1.0);

  if (parts->camera != NULL && camera_view (parts->camera, &view)) {
    if (view.number != parts->number)
      gtk_widget_queue_draw (area);
    parts->number = view.number;
    return G_SOURCE_CONTINUE;
  }
  /* Ten pictures a second are enough for something slow, on a machine that is to stay
   * cool. */
  if (fabs (phase - parts->phase) < 0.025)
    return G_SOURCE_CONTINUE;
  parts->phase = phase;
  gtk_widget_queue_draw (area);
  return G_SOURCE_CONTINUE;
}

static void draw_logos (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Parts *parts = data;

  if (parts->row != NULL)
    logo_row_draw (parts->row, cr, (Box){ 0, 0, width, height });
}

static void parts_free (gpointer data)
{
  Parts *parts = data;

  qr_free (parts->code);
  g_free (parts);
}

static GtkWidget *build (Ui *ui)
{
  GtkWidget *page = ui_box (GTK_ORIENTATION_VERTICAL, "attract"),
            *card = ui_box (GTK_ORIENTATION_VERTICAL, "card aim"),
            *words = ui_box (GTK_ORIENTATION_VERTICAL, "words");
  GtkWidget *title = ui_pair_heading (ui, "title"), *text = ui_pair (ui, "lead");
  Parts *parts = g_new0 (Parts, 1);
  GtkWidget *whole;

  parts->page = page;
  parts->code = qr_new ("ACCUEIL", NULL);
  parts->aim = gtk_drawing_area_new ();
  parts->phase = 0.25;
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (parts->aim), draw, parts, NULL);
  gtk_widget_set_hexpand (parts->aim, TRUE);
  gtk_widget_set_vexpand (parts->aim, TRUE);
  if (ui_moves ())
    gtk_widget_add_tick_callback (parts->aim, on_tick, parts, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parts->aim), GTK_ACCESSIBLE_PROPERTY_LABEL, "QR",
                                  -1);
  gtk_box_append (GTK_BOX (card), parts->aim);
  gtk_widget_set_halign (card, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (card, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (card, TRUE);
  ui_pair_say (title, words_pair (N_ ("Show your QR code")));
  ui_pair_say (text, words_pair (N_ ("On your phone or on paper, in front of the reader.")));
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), text);
  parts->logos = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (parts->logos), draw_logos, parts, NULL);
  gtk_widget_add_css_class (parts->logos, "card");
  gtk_widget_add_css_class (parts->logos, "logos");
  gtk_widget_set_visible (parts->logos, FALSE);
  gtk_box_append (GTK_BOX (words), parts->logos);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (page), card);
  gtk_box_append (GTK_BOX (page), words);
  whole = ui_fit_new (page, UI_FIT_LEAST);
  g_object_set_data_full (G_OBJECT (whole), "parts", parts, parts_free);
  return whole;
}

static void update (Ui *ui, GtkWidget *page, const FlowView *view)
{
  const Parts *parts = PAGE_PARTS (Parts, page);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (parts->page), ui_is_landscape (ui)
                                                                    ? GTK_ORIENTATION_HORIZONTAL
                                                                    : GTK_ORIENTATION_VERTICAL);
}

void page_attract_camera (GtkWidget *page, Camera *camera)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  parts->camera = camera;
  parts->number = 0;
}

void page_attract_logos (GtkWidget *page, const LogoRow *row, const char *names)
{
  Parts *parts = PAGE_PARTS (Parts, page);

  parts->row = row;
  gtk_widget_set_visible (parts->logos, row != NULL && logo_row_count (row) > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parts->logos), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  names, -1);
  gtk_widget_queue_draw (parts->logos);
}

const Page page_attract = { "attract", build, update };
