#include "badge/outlines.h"
#include "words_here.h"

#include "badge/cff.h"

#include <math.h>

#define INTER "/usr/share/fonts/opentype/inter/Inter-Bold.otf"
#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
#define NOTO_SC 2

static FT_Library library;

/* A contour's last point is left out where it has come to be its first. */
static gboolean has_point (const FT_Outline *outline, double x, double y)
{
  for (int i = 0; i < outline->n_points; i++)
    if (fabs ((double) outline->points[i].x - x) < 0.51
        && fabs ((double) outline->points[i].y - y) < 0.51)
      return TRUE;
  return FALSE;
}

/* The glyph as its charstring draws it, beside what FreeType reads of it at once: to the
 * nearest thousandth of the size. */
static void check_glyph (Outlines *outlines, const char *path, int index, guint glyph)
{
  OutlineFile *file = outlines_file (outlines, path, index);
  g_autoptr (CffFont) cff = cff_new ();
  g_assert_cmpuint (cff_add (cff, outlines_charstring (file, glyph)), ==, 1);
  g_autoptr (GBytes) bytes = cff_write (cff);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  FT_Face real, ours;
  g_assert_cmpint (FT_New_Face (library, path, index, &real), ==, 0);
  g_assert_cmpint (FT_New_Memory_Face (library, data, (FT_Long) length, 0, &ours), ==, 0);
  g_assert_cmpint (FT_Load_Glyph (real, glyph, FT_LOAD_NO_SCALE), ==, 0);
  g_assert_cmpint (FT_Load_Glyph (ours, 1, FT_LOAD_NO_SCALE), ==, 0);
  const FT_Outline *a = &real->glyph->outline, *b = &ours->glyph->outline;
  double scale = (double) CFF_UNITS_PER_EM / real->units_per_EM;
  g_assert_cmpfloat_with_epsilon ((double) real->glyph->advance.x * scale,
                                  (double) ours->glyph->advance.x, 0.51);
  g_assert_cmpint (a->n_contours, ==, b->n_contours);
  g_assert_cmpint (a->n_points, >, 0);
  for (int i = 0; i < a->n_points; i++)
    g_assert_true (has_point (b, (double) a->points[i].x * scale, (double) a->points[i].y * scale));
  FT_Done_Face (ours);
  FT_Done_Face (real);
}

static guint glyph_of (const char *path, int index, gunichar character)
{
  FT_Face face;
  g_assert_cmpint (FT_New_Face (library, path, index, &face), ==, 0);
  guint glyph = FT_Get_Char_Index (face, character);
  FT_Done_Face (face);
  g_assert_cmpuint (glyph, !=, 0);
  return glyph;
}

static void test_as_drawn (void)
{
  static const gunichar latin[] = { 'A', 0x00e9, 0x0153, 0x1ec4, '9', 0x2019 },
                        han[] = { 0x4e00, 0x6b27, 0x9f98 };
  Outlines *outlines = outlines_new ();
  for (guint i = 0; i < G_N_ELEMENTS (latin); i++)
    check_glyph (outlines, INTER, 0, glyph_of (INTER, 0, latin[i]));
  for (guint i = 0; i < G_N_ELEMENTS (han); i++)
    check_glyph (outlines, NOTO, NOTO_SC, glyph_of (NOTO, NOTO_SC, han[i]));
  outlines_free (outlines);
}

static void test_kept (void)
{
  Outlines *outlines = outlines_new ();
  OutlineFile *file = outlines_file (outlines, NOTO, NOTO_SC);
  g_assert_true (outlines_file (outlines, NOTO, NOTO_SC) == file);
  g_assert_true (outlines_file (outlines, INTER, 0) != file);
  g_autoptr (GBytes) first = g_bytes_ref (outlines_charstring (file, 1000));
  g_assert_true (outlines_charstring (file, 1000) == first);
  for (guint i = 0; i < OUTLINES_KEPT_MAX; i++)
    outlines_charstring (file, 2000 + i);
  GBytes *again = outlines_charstring (file, 1000);
  g_assert_true (again != first);
  g_assert_true (g_bytes_equal (again, first));
  outlines_free (outlines);
}

/* No such glyph: nothing is drawn, and nothing is broken. */
static void test_beyond (void)
{
  Outlines *outlines = outlines_new ();
  g_autoptr (GBytes) empty = cff_charstring (NULL, 0);
  g_assert_true (
      g_bytes_equal (outlines_charstring (outlines_file (outlines, INTER, 0), 65000), empty));
  outlines_free (outlines);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_assert_cmpint (FT_Init_FreeType (&library), ==, 0);
  g_test_add_func ("/outlines/as-drawn", test_as_drawn);
  g_test_add_func ("/outlines/kept", test_kept);
  g_test_add_func ("/outlines/beyond", test_beyond);
  int result = g_test_run ();
  FT_Done_FreeType (library);
  return result;
}
