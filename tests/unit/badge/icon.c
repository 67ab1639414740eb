#include "badge/icon.h"
#include "words_here.h"

#include <string.h>

#define SIDE 240
#define MARGIN 40

/* Draws @icon in the middle of a larger surface; counts the inked pixels in its box,
 * fails on any outside. */
static guint ink (Icon icon, guint8 picture[SIDE * SIDE])
{
  const int whole = SIDE + 2 * MARGIN;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, whole, whole);
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0, 0, 0);
  icon_draw (cr, icon, (Box){ MARGIN, MARGIN, SIDE, SIDE });
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_assert_false (cairo_has_current_point (cr));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  guint inside = 0, outside = 0;
  for (int y = 0; y < whole; y++)
    for (int x = 0; x < whole; x++) {
      guint8 alpha = cairo_image_surface_get_data (
          surface)[y * cairo_image_surface_get_stride (surface) + x];
      gboolean in = x >= MARGIN && y >= MARGIN && x < MARGIN + SIDE && y < MARGIN + SIDE;
      if (in)
        picture[(y - MARGIN) * SIDE + x - MARGIN] = alpha;
      inside += in && alpha > 127;
      outside += !in && alpha > 0;
    }
  g_assert_cmpuint (outside, ==, 0);
  cairo_surface_destroy (surface);
  return inside;
}

static void test_icons (void)
{
  static guint8 pictures[ICON_HEADSET + 1][SIDE * SIDE];
  g_assert_cmpuint (ink (ICON_NONE, pictures[ICON_NONE]), ==, 0);
  for (Icon icon = ICON_MEALS; icon <= ICON_HEADSET; icon++) {
    guint inked = ink (icon, pictures[icon]);
    g_assert_cmpuint (inked, >, SIDE * SIDE / 12); /* lines, not a speck and not a blot */
    g_assert_cmpuint (inked, <, SIDE * SIDE * 2 / 5);
    for (Icon other = ICON_NONE; other < icon; other++)
      g_assert_cmpint (memcmp (pictures[icon], pictures[other], sizeof pictures[0]), !=, 0);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/icon/icons", test_icons);
  return g_test_run ();
}
