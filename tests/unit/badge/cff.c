#include "badge/cff.h"
#include "words_here.h"

#include <stdlib.h>

static FT_Library library;

typedef struct {
  GBytes *bytes;
  FT_Face face;
} Opened;

static Opened open_font (const CffFont *cff)
{
  Opened opened = { cff_write (cff), NULL };
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (opened.bytes, &length);
  g_assert_cmpint (FT_New_Memory_Face (library, data, (FT_Long) length, 0, &opened.face), ==, 0);
  return opened;
}

static void close_font (Opened *opened)
{
  FT_Done_Face (opened->face);
  g_bytes_unref (opened->bytes);
}

static guint add (CffFont *cff, FT_Outline *outline, int advance)
{
  g_autoptr (GBytes) charstring = cff_charstring (outline, advance);
  return cff_add (cff, charstring);
}

/* A glyph of a real font, and what became of it in ours: the same points. */
static void test_same_outlines (void)
{
  static const guint32 characters[] = { 0x4e00, 0x6b27, 0x9633, 0x9f98, 0x3001, 0x2cb76 };
  static const char *const paths[] = { "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                                       "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc" };
  for (guint p = 0; p < G_N_ELEMENTS (paths); p++) {
    FT_Face real;
    g_assert_cmpint (FT_New_Face (library, paths[p], 2, &real), ==, 0);
    g_autoptr (CffFont) cff = cff_new ();
    for (guint i = 0; i < G_N_ELEMENTS (characters); i++) {
      g_assert_cmpint (FT_Load_Char (real, characters[i], FT_LOAD_NO_SCALE), ==, 0);
      g_assert_cmpuint (add (cff, &real->glyph->outline, (int) real->glyph->advance.x), ==, i + 1);
    }
    Opened ours = open_font (cff);
    g_assert_cmpint (ours.face->units_per_EM, ==, CFF_UNITS_PER_EM);
    g_assert_cmpint (ours.face->num_glyphs, ==, G_N_ELEMENTS (characters) + 1);
    for (guint i = 0; i < G_N_ELEMENTS (characters); i++) {
      g_assert_cmpint (FT_Load_Char (real, characters[i], FT_LOAD_NO_SCALE), ==, 0);
      g_assert_cmpint (FT_Load_Glyph (ours.face, i + 1, FT_LOAD_NO_SCALE), ==, 0);
      const FT_Outline *a = &real->glyph->outline, *b = &ours.face->glyph->outline;
      g_assert_cmpint (real->glyph->advance.x, ==, ours.face->glyph->advance.x);
      g_assert_cmpint (a->n_contours, ==, b->n_contours);
      g_assert_cmpint (a->n_points, ==, b->n_points);
      for (int j = 0; j < a->n_points; j++) {
        g_assert_cmpint (a->points[j].x, ==, b->points[j].x);
        g_assert_cmpint (a->points[j].y, ==, b->points[j].y);
      }
    }
    close_font (&ours);
    FT_Done_Face (real);
  }
}

/* Every length of number, from one byte to three. */
static void test_numbers (void)
{
  static const int steps[]
      = { 0, 1, -1, 107, -107, 108, -108, 1131, -1131, 1132, -1132, 5000, -5000 };
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    for (guint j = i == 0; j < G_N_ELEMENTS (steps); j++) { /* a step of nothing is no point */
      FT_Vector points[] = { { 0, 0 }, { steps[i], steps[j] }, { steps[j] + 3, steps[i] - 5 } };
      char tags[] = { FT_CURVE_TAG_ON, FT_CURVE_TAG_ON, FT_CURVE_TAG_ON };
      short contours[] = { 2 };
      FT_Outline outline = { 1, 3, points, tags, contours, 0 };
      g_autoptr (CffFont) cff = cff_new ();
      add (cff, &outline, abs (steps[i]));
      Opened ours = open_font (cff);
      g_assert_cmpint (FT_Load_Glyph (ours.face, 1, FT_LOAD_NO_SCALE), ==, 0);
      g_assert_cmpint (ours.face->glyph->advance.x, ==, abs (steps[i]));
      g_assert_cmpint (ours.face->glyph->outline.points[1].x, ==, steps[i]);
      g_assert_cmpint (ours.face->glyph->outline.points[1].y, ==, steps[j]);
      close_font (&ours);
    }
}

static void test_empty (void)
{
  g_autoptr (CffFont) cff = cff_new ();
  Opened alone = open_font (cff);
  close_font (&alone);
  g_assert_cmpuint (add (cff, NULL, 224), ==, 1);
  Opened ours = open_font (cff);
  g_assert_cmpint (FT_Load_Glyph (ours.face, 1, FT_LOAD_NO_SCALE), ==, 0);
  g_assert_cmpint (ours.face->glyph->outline.n_points, ==, 0);
  g_assert_cmpint (ours.face->glyph->advance.x, ==, 224);
  close_font (&ours);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_assert_cmpint (FT_Init_FreeType (&library), ==, 0);
  g_test_add_func ("/cff/same-outlines", test_same_outlines);
  g_test_add_func ("/cff/numbers", test_numbers);
  g_test_add_func ("/cff/empty", test_empty);
  int result = g_test_run ();
  FT_Done_FreeType (library);
  return result;
}
