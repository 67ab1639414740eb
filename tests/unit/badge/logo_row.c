/* Logos side by side: equal on their ink's area, apart from each other, inside their box;
 * what cannot be drawn or seen on white is refused. */
#include "badge/logo_row.h"
#include "words_here.h"

#include <math.h>
#include <string.h>

#define SVG(width, height, body)                                                                   \
  "<svg xmlns='http://www.w3.org/2000/svg' width='" #width "' height='" #height "'>" body "</svg>"

static gboolean add (LogoRow *row, const char *text, gboolean svg, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return logo_row_add (row, bytes, svg, error);
}

static void add_demo (LogoRow *row)
{
  static const char *const NAMES[] = { "ponts", "fleuve", "tour" };
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_strdup_printf ("assets/demo/logos/%s.svg", NAMES[i]), *text = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_true (g_file_get_contents (path, &text, NULL, &error));
    g_assert_true (add (row, text, TRUE, &error));
    g_assert_no_error (error);
  }
}

/* The project's own: a square, a wide and a tall one. */
static void test_places (void)
{
  static const Box ROOMS[]
      = { { 10, 20, 400, 40 }, { 0, 0, 60, 200 }, { 5, 5, 2000, 12 }, { 0, 0, 30, 30 } };
  g_autoptr (LogoRow) row = logo_row_new ();
  add_demo (row);
  for (guint r = 0; r < G_N_ELEMENTS (ROOMS); r++) {
    Box places[LOGO_ROW_MAX], room = ROOMS[r];
    double tallest = 0;
    g_assert_true (logo_row_place (row, room, places));
    for (guint i = 0; i < logo_row_count (row); i++) {
      double area = places[i].width * places[i].height, first = places[0].width * places[0].height;
      g_assert_cmpfloat (fabs (area - first), <, first / 1000);
      g_assert_cmpfloat (places[i].x, >=, room.x - 1e-6);
      g_assert_cmpfloat (places[i].y, >=, room.y - 1e-6);
      g_assert_cmpfloat (places[i].x + places[i].width, <=, room.x + room.width + 1e-6);
      g_assert_cmpfloat (places[i].y + places[i].height, <=, room.y + room.height + 1e-6);
      tallest = MAX (tallest, places[i].height);
    }
    for (guint i = 1; i < logo_row_count (row); i++)
      g_assert_cmpfloat (places[i].x - places[i - 1].x - places[i - 1].width, >=,
                         LOGO_ROW_CLEAR * tallest - 1e-6);
  }
}

/* Nothing is drawn in the space between them, nor where none has its place. */
static void test_clear_space (void)
{
  g_autoptr (LogoRow) row = logo_row_new ();
  Box places[LOGO_ROW_MAX], room = { 20, 10, 360, 60 };
  add_demo (row);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 80);
  cairo_t *cr = cairo_create (surface);
  g_assert_cmpfloat (logo_row_draw (row, cr, room), >, 10);
  g_assert_true (logo_row_place (row, room, places));
  cairo_surface_flush (surface);
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  guint ink = 0;
  for (guint y = 0; y < 80; y++)
    for (guint x = 0; x < 400; x++) {
      gboolean inside = FALSE;
      for (guint i = 0; i < logo_row_count (row); i++)
        inside = inside
                 || (x + 1.0 > places[i].x && x < places[i].x + places[i].width
                     && y + 1.0 > places[i].y && y < places[i].y + places[i].height);
      gboolean marked = pixels[y * stride + 4 * x + 3] > 0;
      ink += marked;
      g_assert_false (marked && !inside);
    }
  g_assert_cmpuint (ink, >, 1000);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void test_refused (void)
{
  static const struct {
    const char *text;
    gboolean svg;
    const char *words; /* NULL: taken */
  } ROWS[] = {
    { SVG (40, 40, "<rect width='40' height='40' fill='#1f3a93'/>"), TRUE, NULL },
    /* Grey enough to be seen by itself, and a pale one; WCAG 2, 1.4.11. */
    { SVG (40, 40, "<rect width='40' height='40' fill='#949494'/>"), TRUE, NULL },
    { SVG (40, 40, "<rect width='40' height='40' fill='#959595'/>"), TRUE, "hardly be seen" },
    { SVG (40, 40, "<rect width='40' height='40' fill='#ffe58a'/>"), TRUE, "hardly be seen" },
    { SVG (40, 40, "<rect width='40' height='40' fill='#fff'/>"), TRUE, "is blank" },
    { SVG (40, 40, ""), TRUE, "is blank" },
    { "<svg", TRUE, "cannot be drawn" },
    { "\x89PNG\r\n\x1a\nrest", FALSE, "cannot be drawn" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (LogoRow) row = logo_row_new ();
    g_autoptr (GError) error = NULL;
    gboolean taken = add (row, ROWS[i].text, ROWS[i].svg, &error);
    g_assert_cmpint (taken, ==, ROWS[i].words == NULL);
    g_assert_cmpuint (logo_row_count (row), ==, taken);
    if (!taken && strstr (error->message, ROWS[i].words) == NULL)
      g_error ("row %u: %s", i, error->message);
  }
}

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Few bytes that would take a great deal of memory. */
static void test_too_large (void)
{
  static const struct {
    int width;
    gboolean taken;
  } ROWS[] = { { LOGO_ROW_SIDE_MAX, TRUE }, { LOGO_ROW_SIDE_MAX + 1, FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (LogoRow) row = logo_row_new ();
    GByteArray *png = g_byte_array_new ();
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, ROWS[i].width, 8);
    cairo_surface_write_to_png_stream (surface, append, png);
    cairo_surface_destroy (surface);
    g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (png);
    g_assert_cmpint (logo_row_add (row, bytes, FALSE, NULL), ==, ROWS[i].taken);
  }
}

/* Each by itself and at one height, they are as large as they are in the row. */
static void test_png (void)
{
  enum { HIGH = 192 };
  g_autoptr (LogoRow) row = logo_row_new ();
  Box places[LOGO_ROW_MAX], own;
  guint width = 0;
  add_demo (row);
  guint count = logo_row_count (row);
  g_assert_true (logo_row_place (row, (Box){ 0, 0, 10 * HIGH, HIGH }, places));
  for (guint i = 0; i < count; i++) {
    g_autoptr (LogoRow) again = logo_row_new ();
    g_autoptr (GBytes) png = logo_row_png (row, i, HIGH, &width);
    g_assert_cmpfloat (fabs (width - places[i].width), <=, 1);
    g_assert_true (logo_row_add (again, png, FALSE, NULL));
    g_assert_true (logo_row_place (again, (Box){ 0, 0, places[i].width, 10 * HIGH }, &own));
    g_assert_cmpfloat (fabs (own.height - places[i].height), <, 0.04 * places[i].height);
  }
  g_assert_null (logo_row_png (row, count, HIGH, &width));
}

/* The blank round a drawing does not make it smaller. */
static void test_blank_round_it (void)
{
  g_autoptr (LogoRow) row = logo_row_new ();
  Box places[LOGO_ROW_MAX];
  g_assert_true (add (row, SVG (40, 40, "<rect width='40' height='40' fill='#000'/>"), TRUE, NULL));
  g_assert_true (add (
      row, SVG (400, 300, "<rect x='300' y='9' width='60' height='60' fill='#000'/>"), TRUE, NULL));
  g_assert_true (logo_row_place (row, (Box){ 0, 0, 100, 20 }, places));
  g_assert_cmpfloat (fabs (places[0].width - places[1].width), <, 0.7);
  g_assert_cmpfloat (fabs (places[0].height - places[1].height), <, 0.7);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/logo-row/places", test_places);
  g_test_add_func ("/logo-row/clear-space", test_clear_space);
  g_test_add_func ("/logo-row/refused", test_refused);
  g_test_add_func ("/logo-row/too-large", test_too_large);
  g_test_add_func ("/logo-row/png", test_png);
  g_test_add_func ("/logo-row/blank-round-it", test_blank_round_it);
  return g_test_run ();
}
