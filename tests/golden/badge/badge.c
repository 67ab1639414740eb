/* The badges of a French and a Chinese delegate, against the pictures in data/. */
#include "badge/badge.h"

#include "golden/compare.h"
#include "unit/badge/people.h"

#define DATA "tests/golden/badge/data"
#define DPI 150

static BadgeTemplate *template_;

static GBytes *draw (const BadgeContent *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) sheet = badge_png (template_, content, BADGE_FRONT, DPI, &error);
  g_assert_no_error (error);
  return g_bytes_ref (sheet->bytes);
}

static void test_french (void)
{
  BadgeContent content = people_french ();
  g_autoptr (GBytes) png = draw (&content);
  compare_with_golden (DATA, "french", png);
}

static void test_chinese (void)
{
  BadgeContent content = people_chinese ();
  g_autoptr (GBytes) png = draw (&content);
  compare_with_golden (DATA, "chinese", png);
}

/* The comparison itself: another person, a right less, two letters more, another code do not pass. */
static double share_of (const BadgeContent *content, const char *reference_path)
{
  g_autoptr (BadgeSheet) sheet = badge_raster (template_, content, BADGE_FRONT, DPI, NULL);
  gsize length = 0;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&sheet->bytes), &length);
  cairo_surface_t *picture = cairo_image_surface_create_for_data (data, CAIRO_FORMAT_RGB24, (int) sheet->width_px, (int) sheet->height_px, (int) sheet->stride);
  cairo_surface_t *reference = cairo_image_surface_create_from_png (reference_path);
  double share = compare_pictures (picture, reference, NULL);
  cairo_surface_destroy (picture);
  cairo_surface_destroy (reference);
  g_free (data);
  return share;
}

static void test_comparison (void)
{
  BadgeContent content = people_french ();
  g_assert_cmpfloat (share_of (&content, DATA "/french.png"), <=, COMPARE_SHARE);
  g_assert_cmpfloat (share_of (&content, DATA "/chinese.png"), >, COMPARE_SHARE);
  content.headset = FALSE;
  g_assert_cmpfloat (share_of (&content, DATA "/french.png"), >, COMPARE_SHARE);
  content = people_french ();
  content.given = "Anne-Laurent";
  g_assert_cmpfloat (share_of (&content, DATA "/french.png"), >, COMPARE_SHARE);
  content = people_french ();
  content.code = "AC:0";
  g_assert_cmpfloat (share_of (&content, DATA "/french.png"), >, COMPARE_SHARE);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  template_ = badge_template_load (PEOPLE_TEMPLATE, &error);
  g_assert_no_error (error);
  g_test_add_func ("/golden/french", test_french);
  g_test_add_func ("/golden/chinese", test_chinese);
  g_test_add_func ("/golden/comparison", test_comparison);
  int result = g_test_run ();
  badge_template_free (template_);
  return result;
}
