/* What the pinned fonts have and have not, as badges are drawn with them. */
#include "badge/font_cover.h"

#include "badge/badge.h"
#include "badge/font_set.h"

/* The characters of names, and some that no badge can show; as font_set.h finds when it
 * draws. */
static void test_as_drawn (void)
{
  static const char *const TEXTS[] = { "Hélène Lefèvre",
                                       "Œuvrard d’Estienne L'Haÿ",
                                       "欧阳思远",
                                       "劉洋",
                                       "𬭶",
                                       "Nguyễn",
                                       "Łukasz Đặng",
                                       "Zoe\xcc\x88",
                                       "Al 🎉",
                                       "\xee\xa1\xa3",
                                       "Мария",
                                       "محمد",
                                       "\xf0\xb1\x8d\x90" };
  g_autoptr (FontSet) fonts = font_set_new ();
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    gunichar drawn = font_set_lacks (fonts, TEXTS[i]), covered = font_cover_lacks (TEXTS[i]);
    g_test_message ("%s: U+%04X, U+%04X", TEXTS[i], drawn, covered);
    g_assert_cmpuint (covered, ==, drawn);
  }
  g_assert_cmpuint (font_cover_lacks ("Al 🎉"), ==, 0x1f389);
  g_assert_cmpuint (font_cover_lacks ("Hélène"), ==, 0);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  g_assert_true (badge_fonts_start ("fonts/fonts.conf", &error));
  g_test_add_func ("/font-cover/as-drawn", test_as_drawn);
  return g_test_run ();
}
