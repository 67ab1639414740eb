#include "print/media.h"

static void check (GArray *media, double width_mm, double height_mm, const char *name,
                   gboolean custom, gboolean rotated)
{
  MediaFit fit = { 0 };
  gboolean found = media_choose (media, width_mm, height_mm, &fit);

  g_test_message ("%g x %g", width_mm, height_mm);
  g_assert_cmpint (found, ==, name != NULL);
  if (!found)
    return;
  g_assert_cmpstr (fit.name, ==, name);
  g_assert_cmpint (fit.custom, ==, custom);
  g_assert_cmpint (fit.rotated, ==, rotated);
  g_free (fit.name);
}

/* A tray with a few fixed sizes. */
static void test_fixed (void)
{
  g_autoptr (GArray) media = media_new ();

  g_assert_true (media_add_name (media, "iso_a4_210x297mm"));
  g_assert_true (media_add_name (media, "iso_a6_105x148mm"));
  g_assert_true (media_add_name (media, "na_index-4x6_4x6in"));
  g_assert_true (media_add_name (media, "custom_cr80_53.98x85.6mm"));
  g_assert_true (media_add_name (media, "iso_a6_105x148mm"));
  g_assert_cmpuint (media->len, ==, 4);
  check (media, 105, 148, "iso_a6_105x148mm", FALSE, FALSE);
  check (media, 104.6, 148.4, "iso_a6_105x148mm", FALSE, FALSE);
  check (media, 148, 105, "iso_a6_105x148mm", FALSE, TRUE);
  check (media, 101.6, 152.4, "na_index-4x6_4x6in", FALSE, FALSE);
  /* Cards are said upright, a badge lies across. */
  check (media, 86, 54, "custom_53.98x85.6mm_53.98x85.6mm", FALSE, TRUE);
  /* A sheet that is a little smaller than the paper stands in its middle; a larger one
   * never. */
  check (media, 100, 150, "na_index-4x6_4x6in", FALSE, FALSE);
  check (media, 107, 150, NULL, FALSE, FALSE);
  check (media, 62, 100, NULL, FALSE, FALSE);
}

/* A roll: the width is what it is, the height is cut as asked. */
static void test_range (void)
{
  g_autoptr (GArray) media = media_new ();

  g_assert_true (media_add_name (media, "custom_62x100mm_62x100mm"));
  media_add_range (media, 12, 25, 62.6, 1000);
  check (media, 62, 100, "custom_62x100mm_62x100mm", FALSE, FALSE);
  check (media, 62, 97.5, "custom_62x97.5mm_62x97.5mm", TRUE, FALSE);
  check (media, 62, 300, "custom_62x300mm_62x300mm", TRUE, FALSE);
  /* Wider than the roll: across. */
  check (media, 86, 54, "custom_54x86mm_54x86mm", TRUE, TRUE);
  check (media, 105, 148, NULL, FALSE, FALSE);
  check (media, 8, 20, NULL, FALSE, FALSE);
}

/* What lies. */
static void test_nonsense (void)
{
  static const char *const NAMES[] = { "custom_min_50x50mm",
                                       "custom_max_216x356mm",
                                       "",
                                       "letter-sized",
                                       "iso_a6_-105x148mm",
                                       "custom_0x0mm_0x0mm",
                                       "custom_999999x999999mm_999999x999999mm" };
  g_autoptr (GArray) media = media_new ();
  g_autofree char *none = media_list (media, 62, 100, 3);

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    g_assert_false (media_add_name (media, NAMES[i]));
  media_add_range (media, 300, 300, 100, 100);
  media_add_range (media, -5, -5, -1, -1);
  media_add_size (media, -62, 100, 0, 0, 0, 0);
  g_assert_cmpuint (media->len, ==, 0);
  g_assert_cmpstr (none, ==, "");
  check (media, 105, 148, NULL, FALSE, FALSE);
}

static void test_list (void)
{
  g_autoptr (GArray) media = media_new ();
  g_autofree char *all = NULL, *nearest = NULL;

  media_add_size (media, 210, 297, 0, 0, 0, 0);
  media_add_size (media, 101.6, 152.4, 0, 0, 0, 0);
  media_add_range (media, 25, 25, 62, 1000);
  all = media_list (media, 105, 148, 5);
  nearest = media_list (media, 105, 148, 1);
  g_assert_cmpstr (all, ==, "101.6 × 152.4, 25–62 × 25–1000, 210 × 297 mm");
  g_assert_cmpstr (nearest, ==, "101.6 × 152.4 mm, and 2 more");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/media/fixed", test_fixed);
  g_test_add_func ("/print/media/range", test_range);
  g_test_add_func ("/print/media/nonsense", test_nonsense);
  g_test_add_func ("/print/media/list", test_list);
  return g_test_run ();
}
