/* What the pinned fonts have and have not, as badges are drawn with them. */
#include "badge/font_cover.h"

#include "badge/badge.h"
#include "badge/font_set.h"
#include "core/text.h"

/* The first character of @text that badges cannot show, 0 if there is none. */
static gunichar first_lacking (const char *text)
{
  for (const char *at = text; *at != '\0'; at = text_next (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)) && !font_cover_has (g_utf8_get_char (at)))
      return g_utf8_get_char (at);
  return 0;
}

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
                                       "محمد بن سلمان",
                                       "דוד לוי",
                                       "สมชาย ใจดี",
                                       "नरेन्द्र",
                                       "Հայկ",
                                       "გიორგი",
                                       "བཀྲ་ཤིས་ཚེ་རིང་",
                                       "ꆈꌠ",
                                       "ئابدۇراخمان",
                                       "کاوه\xe2\x80\x8cنژاد",
                                       "\xf0\x92\x80\x80", /* cuneiform: nobody's name */
                                       "\xf0\xb1\x8d\x90" };
  g_autoptr (FontSet) fonts = font_set_new ();
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    gunichar drawn = font_set_lacks (fonts, TEXTS[i]), covered = first_lacking (TEXTS[i]);
    g_test_message ("%s: U+%04X, U+%04X", TEXTS[i], drawn, covered);
    g_assert_cmpuint (covered, ==, drawn);
  }
  g_assert_cmpuint (first_lacking ("Al 🎉"), ==, 0x1f389);
  g_assert_cmpuint (first_lacking ("Hélène"), ==, 0);
  g_assert_cmpuint (first_lacking ("\xf0\x92\x80\x80"), ==, 0x12000);
  g_assert_cmpuint (first_lacking ("محمد דוד สมชาย बसु ภาษา ꆈꌠ བཀྲ་ཤིས"), ==, 0);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  g_assert_true (badge_fonts_start ("fonts/fonts.conf", &error));
  g_test_add_func ("/font-cover/as-drawn", test_as_drawn);
  return g_test_run ();
}
