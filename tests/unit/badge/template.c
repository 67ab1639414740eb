#include "badge/template.h"
#include "words_here.h"

#include "unit/badge/people.h"

#include <glib/gstdio.h>
#include <string.h>

static char *directory;

/* A page of 100 × 100 mm around @slots. */
static char *page (const char *slots)
{
  return g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' width='100mm' height='100mm' "
                          "viewBox='0 0 100 100'>%s</svg>",
                          slots);
}

#define NAME "<rect id='name' x='5' y='5' width='90' height='20'/>"
#define CATEGORY "<rect id='category' x='5' y='30' width='90' height='10'/>"
#define QR "<rect id='qr' x='10' y='50' width='30' height='30'/>"
#define GOOD NAME CATEGORY QR

static BadgeTemplate *load (const char *svg, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "template.svg", NULL);
  g_assert_true (g_file_set_contents (path, svg, -1, NULL));
  BadgeTemplate *template_ = badge_template_load (path, error);
  g_remove (path);
  return template_;
}

static void test_refused (void)
{
  static const struct {
    const char *slots, *says;
  } table[] = {
    { CATEGORY QR, "“name”" },
    { NAME QR, "“category”" },
    { NAME CATEGORY, "“qr”" },
    { "", "“name”" },
    { GOOD QR, "two elements have the id “qr”" },
    { GOOD "<rect id='post' x='5' y='20' width='90' height='8'/>",
      "“name” and “post” lie over each other" },
    { GOOD "<rect id='hole' x='40' y='5' width='14' height='3'/>", "“name” and “hole”" },
    { GOOD "<rect id='post' x='60' y='60' width='60' height='8'/>", "“post” lies outside" },
    { GOOD "<rect id='post' x='60' y='60' width='0' height='8'/>", "“post”" },
    { GOOD "<circle id='post' cx='60' cy='60' r='5'/>", "“post” is a <circle>" },
    { GOOD "<rect id='post' x='60' y='60' width='30' height='8' data-max-pt='big'/>",
      "data-max-pt=\"big\"" },
    { GOOD "<rect id='post' x='60' y='60' width='30' height='8' data-max-pt='12pt'/>",
      "data-max-pt=\"12pt\"" },
    { GOOD "<rect id='post' x='60' y='60' width='30' height='8' data-min-pt='nan'/>",
      "data-min-pt=\"nan\"" },
    { GOOD "<rect id='post' x='60' y='60' width='30' height='8' data-max-pt='8' data-min-pt='9'/>",
      "“post” has a smallest size" },
    { GOOD "<rect id='post' x='60' y='60' width='30' height='8' data-align='justify'/>",
      "none of left, centre, right" },
    { GOOD "<rect id='post' x='60' y='60' width='30' height='8' data-valign='up'/>",
      "none of top, middle, bottom" },
    { GOOD "<g>", "template" }, /* never closed */
    { GOOD "<text>&unknown;</text>", "template" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *svg = page (table[i].slots);
    g_autoptr (GError) error = NULL;
    g_assert_null (load (svg, &error));
    g_assert_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE);
    if (strstr (error->message, table[i].says) == NULL
        || strstr (error->message, "template.svg") == NULL)
      g_error ("“%s” does not say “%s” and the file", error->message, table[i].says);
  }
}

static void test_no_svg (void)
{
  static const char *const texts[] = {
    "",
    "GIF89a",
    "<html/>",
    "{}",
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>" GOOD "</svg>", /* no size */
    "<svg xmlns='http://www.w3.org/2000/svg' width='4mm' height='100mm' viewBox='0 0 100 100'>" GOOD
    "</svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9000mm' height='100mm' viewBox='0 0 100 "
    "100'>" GOOD "</svg>",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load (texts[i], &error));
    g_assert_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE);
  }
  const char *const paths[] = { "/nowhere/template.svg", directory, "/dev/zero" };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (badge_template_load (paths[i], &error));
    g_assert_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE);
    g_assert_nonnull (strstr (error->message, paths[i]));
  }
}

static void test_too_large (void)
{
  g_autofree char *spaces = g_strnfill (TEMPLATE_BYTES_MAX + 1, ' ');
  g_autoptr (GError) error = NULL;
  g_assert_null (load (spaces, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE);
  g_assert_nonnull (strstr (error->message, "larger than 16 MB"));
}

static void test_slots (void)
{
  /* Moved by a transform, as Inkscape writes it, and with attributes. */
  g_autofree char *svg
      = page (NAME "<g transform='translate(0,-10)'><rect id='category' x='5' y='40' width='90' "
                   "height='10' data-max-pt='20' data-max-zh-pt='24' data-min-pt='9.5' "
                   "data-align='right' data-valign='bottom'/></g>" QR);
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeTemplate) template_ = load (svg, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (badge_width_mm (template_), 100, 0.01);
  g_assert_cmpfloat_with_epsilon (badge_height_mm (template_), 100, 0.01);
  const Slot *slot = template_slot (template_, SLOT_CATEGORY);
  g_assert_true (slot->present);
  g_assert_cmpfloat_with_epsilon (slot->box.y, 30 * PT_PER_MM, 0.02);
  g_assert_cmpfloat_with_epsilon (slot->box.width, 90 * PT_PER_MM, 0.02);
  g_assert_cmpfloat (slot->face[0].max_pt, ==, 20);
  g_assert_cmpfloat (slot->face[1].max_pt, ==, 24);
  g_assert_cmpfloat (slot->min_pt, ==, 9.5);
  g_assert_cmpint (slot->across, ==, ALIGN_END);
  g_assert_cmpint (slot->down, ==, ALIGN_END);
  g_assert_false (template_slot (template_, SLOT_POST)->present);
  g_assert_cmpfloat_with_epsilon (template_qr_clear_pt (template_), 10 * PT_PER_MM,
                                  0.02); /* to the left edge and to the category */
}

static guint32 pixel (cairo_surface_t *surface, guint x, guint y)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + (gsize) cairo_image_surface_get_stride (surface) * y;
  guint32 value;
  memcpy (&value, row + x * sizeof value, sizeof value);
  return value & 0xffffff;
}

/* Art is drawn, slots are not; even where the file's own style says so loudly. */
static void test_art (void)
{
  g_autofree char *svg = page (
      "<rect x='60' y='60' width='10' height='10' fill='#ff0000'/>" NAME CATEGORY
      "<rect id='qr' x='10' y='50' width='30' height='30' style='display:inline;fill:#00ff00'/>");
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeTemplate) template_ = load (svg, &error);
  g_assert_no_error (error);
  cairo_surface_t *surface = art_raster (template_art (template_), 0, 254, &error),
                  *again = art_raster (template_art (template_), 0, 254, &error);
  g_assert_no_error (error);
  g_assert_true (surface == again); /* drawn once */
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 1000);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 1000);
  g_assert_cmphex (pixel (surface, 650, 650), ==, 0xff0000);
  g_assert_cmphex (pixel (surface, 250, 650), ==, 0xffffff);
  g_assert_cmphex (pixel (surface, 500, 150), ==, 0xffffff);
  surface = art_raster (template_art (template_), 0, 127, &error);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 500);
}

static void test_people (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeTemplate) template_ = badge_template_load (PEOPLE_TEMPLATE, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (badge_width_mm (template_), 105, 0.01);
  g_assert_cmpfloat_with_epsilon (badge_height_mm (template_), 148, 0.01);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  directory = g_dir_make_tmp ("badge-template-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/template/refused", test_refused);
  g_test_add_func ("/template/no-svg", test_no_svg);
  g_test_add_func ("/template/too-large", test_too_large);
  g_test_add_func ("/template/slots", test_slots);
  g_test_add_func ("/template/art", test_art);
  g_test_add_func ("/template/people", test_people);
  int result = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  return result;
}
