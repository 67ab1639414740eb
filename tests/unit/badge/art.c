#include "badge/art.h"
#include "words_here.h"

#include "badge/template.h"
#include "unit/badge/people.h"

#include <glib/gstdio.h>
#include <string.h>

static char *directory;

/* Four squares of 10 mm: for all, for the press, for whoever is no press, for the press
 * of the 26th; and a slot for the press. */
static const char drawing[]
    = "<svg xmlns='http://www.w3.org/2000/svg' width='50mm' height='50mm' viewBox='0 0 50 50'>"
      "<rect x='0' y='0' width='10' height='10' fill='#ff0000'/>"
      "<g data-if='category:press'><rect x='10' y='0' width='10' height='10' fill='#00ff00'/><rect "
      "x='30' y='0' width='10' height='10' fill='#ffff00' data-if='day:26'/></g>"
      "<rect data-unless='category:press' x='20' y='0' width='10' height='10' fill='#0000ff'/>"
      "<g data-if='category:press'><g id='role'><rect x='0' y='40' width='50' height='10' "
      "style='fill:#123456'/><text style='font-size:4px;fill:#123456' "
      "y='45'>Modératrice</text></g></g></svg>";

static BadgeTemplate *load (void)
{
  g_autofree char *path = g_build_filename (directory, "art.back.svg", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (path, drawing, -1, NULL));
  g_autoptr (GPtrArray) faults = g_ptr_array_new ();
  BadgeTemplate *template_ = template_load_side (path, TRUE, faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_remove (path);
  return template_;
}

static guint32 pixel (cairo_surface_t *surface, int x_mm, int y_mm)
{
  guint32 value;
  cairo_surface_flush (surface);
  memcpy (&value,
          cairo_image_surface_get_data (surface)
              + y_mm * 4 * cairo_image_surface_get_stride (surface) + x_mm * 16,
          sizeof value);
  return value & 0xffffff;
}

#define DPI 101 /* 25.4 mm: about four pixels a mm */

static void test_conditions (void)
{
  static const char *const nobody[] = { NULL }, *const press[] = { "category:press", NULL },
                           *const today[] = { "day:26", "category:press", NULL },
                           *const other[] = { "day:26", "category:staff", NULL };
  static const struct {
    const char *const *traits;
    guint32 press, rest, press_26;
    gboolean slot;
  } table[] = {
    { NULL, 0xffffff, 0x0000ff, 0xffffff, FALSE },  { nobody, 0xffffff, 0x0000ff, 0xffffff, FALSE },
    { press, 0x00ff00, 0xffffff, 0xffffff, TRUE },  { today, 0x00ff00, 0xffffff, 0xffff00, TRUE },
    { other, 0xffffff, 0x0000ff, 0xffffff, FALSE },
  };
  g_autoptr (BadgeTemplate) template_ = load ();
  g_assert_cmpuint (art_conditions (template_art (template_)), ==, 4);
  for (guint round = 0; round < 2; round++) /* from the cache the second time */
    for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
      g_autoptr (GError) error = NULL;
      cairo_surface_t *surface
          = art_raster (template_art (template_),
                        art_variant (template_art (template_), table[i].traits), DPI, &error);
      g_assert_no_error (error);
      g_assert_cmphex (pixel (surface, 5, 5), ==, 0xff0000);
      g_assert_cmphex (pixel (surface, 15, 5), ==, table[i].press);
      g_assert_cmphex (pixel (surface, 25, 5), ==, table[i].rest);
      g_assert_cmphex (pixel (surface, 35, 5), ==, table[i].press_26);
      g_assert_cmphex (pixel (surface, 25, 45), ==,
                       0xffffff); /* a slot and its placeholder are never printed */
      g_assert_cmpint (template_has_slot (template_, SLOT_ROLE, table[i].traits), ==,
                       table[i].slot);
    }
}

/* More variants and resolutions than are kept. */
static void test_kept (void)
{
  g_autoptr (BadgeTemplate) template_ = load ();
  Art *art = template_art (template_);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *first = art_raster (art, 0, DPI, &error);
  g_assert_true (art_raster (art, 0, DPI, &error) == first); /* drawn once */
  for (guint i = 0; i < 3 * ART_VARIANTS_MAX; i++) {
    cairo_surface_t *surface = art_raster (art, i, DPI + i % 2, &error);
    g_assert_no_error (error);
    g_assert_cmphex (pixel (surface, 15, 5), ==, i & 1 ? 0x00ff00 : 0xffffff);
  }
  g_assert_null (art_raster (art, 0, 0, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_WRITE);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  directory = g_dir_make_tmp ("badge-art-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/art/conditions", test_conditions);
  g_test_add_func ("/art/kept", test_kept);
  int result = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  return result;
}
