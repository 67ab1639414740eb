#include "badge/badge.h"

#include "unit/badge/people.h"

#include <string.h>

static BadgeTemplate *template_;

static gboolean contains (const BadgeSheet *sheet, const char *text)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (sheet->bytes, &length);
  return memmem (data, length, text, strlen (text)) != NULL;
}

static void test_pdf (void)
{
  BadgeContent french = people_french (), chinese = people_chinese ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) pdf = badge_pdf (template_, &french, BADGE_FRONT, &error);
  g_assert_no_error (error);
  gsize length = 0;
  const char *data = g_bytes_get_data (pdf->bytes, &length);
  g_assert_cmpuint (length, >, 10000);
  g_assert_cmpuint (length, <, 60000);
  g_assert_cmpint (memcmp (data, "%PDF-1.", 7), ==, 0);
  g_assert_true (contains (pdf, "297.63"));       /* the page, in points */
  g_assert_true (contains (pdf, "/Count 1"));
  g_assert_true (contains (pdf, "Inter-Bold"));   /* embedded */
  g_assert_true (contains (pdf, "/FontFile3"));
  g_assert_true (contains (pdf, "/CIDFontType0C")); /* the excerpt of the Chinese */
  g_assert_false (contains (pdf, "/Type3"));
  g_assert_false (contains (pdf, "CreationDate"));
  g_autoptr (BadgeSheet) other = badge_pdf (template_, &chinese, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (pdf->bytes, other->bytes));
  g_autoptr (BadgeSheet) again = badge_pdf (template_, &french, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (pdf->bytes, again->bytes)); /* the same badge is the same file */
}

static void test_raster (void)
{
  static const struct {
    guint dpi, width, height;
  } table[] = { { 203, 839, 1183 }, { 300, 1240, 1748 }, { 72, 298, 420 }, { 300, 1240, 1748 } };
  BadgeContent content = people_chinese ();
  g_autoptr (GBytes) first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BadgeSheet) sheet = badge_raster (template_, &content, BADGE_FRONT, table[i].dpi, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (sheet->width_px, ==, table[i].width);
    g_assert_cmpuint (sheet->height_px, ==, table[i].height);
    g_assert_cmpuint (sheet->stride, >=, sheet->width_px * 4);
    g_assert_cmpuint (g_bytes_get_size (sheet->bytes), ==, (gsize) sheet->stride * sheet->height_px);
    if (i == 3)
      g_assert_true (g_bytes_equal (sheet->bytes, first)); /* the kept art is not drawn upon */
    if (i == 1)
      first = g_bytes_ref (sheet->bytes);
  }
}

static void test_png (void)
{
  BadgeContent content = people_french ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) png = badge_png (template_, &content, BADGE_FRONT, 100, &error);
  g_assert_no_error (error);
  const guint8 *data = g_bytes_get_data (png->bytes, NULL);
  g_assert_cmpint (memcmp (data, "\x89PNG\r\n\x1a\n", 8), ==, 0);
  g_assert_cmpuint ((guint) data[18] << 8 | data[19], ==, 413);
  g_assert_cmpuint ((guint) data[22] << 8 | data[23], ==, 583);
}

static void test_refused (void)
{
  static const guint resolutions[] = { 0, 35, 1201, G_MAXUINT };
  BadgeContent content = people_french ();
  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (badge_png (template_, &content, BADGE_FRONT, resolutions[i], &error));
    g_assert_error (error, BADGE_ERROR, BADGE_ERROR_WRITE);
  }
  content.family = content.given = content.name_zh = NULL;
  g_autoptr (GError) pdf = NULL, png = NULL, raster = NULL;
  g_assert_null (badge_pdf (template_, &content, BADGE_FRONT, &pdf));
  g_assert_error (pdf, BADGE_ERROR, BADGE_ERROR_FIT);
  g_assert_null (badge_png (template_, &content, BADGE_FRONT, 100, &png));
  g_assert_error (png, BADGE_ERROR, BADGE_ERROR_FIT);
  g_assert_null (badge_raster (template_, &content, BADGE_FRONT, 100, &raster));
  g_assert_error (raster, BADGE_ERROR, BADGE_ERROR_FIT);
}

/* Absent texts are empty texts. */
static void test_bare (void)
{
  static const char *const none[] = { NULL };
  BadgeContent content = { .family = "Goff", .code = "A", .events_fr = none, .events_zh = none, .days = none };
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) pdf = badge_pdf (template_, &content, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pdf);
  content.events_fr = content.events_zh = content.days = NULL;
  g_autoptr (BadgeSheet) again = badge_pdf (template_, &content, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (pdf->bytes, again->bytes));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  template_ = badge_template_load (PEOPLE_TEMPLATE, &error);
  g_assert_no_error (error);
  g_test_add_func ("/badge/pdf", test_pdf);
  g_test_add_func ("/badge/raster", test_raster);
  g_test_add_func ("/badge/png", test_png);
  g_test_add_func ("/badge/refused", test_refused);
  g_test_add_func ("/badge/bare", test_bare);
  int result = g_test_run ();
  badge_template_free (template_);
  return result;
}
