#include "badge/layout.h"
#include "words_here.h"

#include "badge/badge_content.h"
#include "unit/badge/people.h"

#include <math.h>
#include <string.h>

#define EPSILON 0.03 /* points */

static FontSet *fonts;

static Block block (double width, double height, double max_pt, double min_pt)
{
  return (Block){ .slot = SLOT_POST,
                  .box = { 10, 20, width, height },
                  .max_pt = max_pt,
                  .min_pt = min_pt,
                  .keep_whole = 0.85 };
}

static const Line *line_at (GArray *lines, guint i)
{
  return &g_array_index (lines, Line, i);
}

static void assert_inside (const Box *box, GArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const Box *ink = &line_at (lines, i)->ink;
    g_assert_cmpfloat (ink->x, >=, box->x - EPSILON);
    g_assert_cmpfloat (ink->y, >=, box->y - EPSILON);
    g_assert_cmpfloat (ink->x + ink->width, <=, box->x + box->width + EPSILON);
    g_assert_cmpfloat (ink->y + ink->height, <=, box->y + box->height + EPSILON);
    if (i > 0)
      g_assert_cmpfloat (
          ink->y, >=, line_at (lines, i - 1)->ink.y + line_at (lines, i - 1)->ink.height - EPSILON);
  }
}

/* All characters but spaces, in the order of the lines: what was set. */
static char *text_of (GArray *lines)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    for (const char *p = pango_layout_get_text (line_at (lines, i)->shaped); *p; p++)
      if (*p != ' ')
        g_string_append_c (text, *p);
  return g_string_free (text, FALSE);
}

static void test_fits (void)
{
  static const struct {
    const char *text;
    gboolean han;
    double width, height, max_pt, min_pt;
    guint lines;
    double at_least_pt;
    const char *first; /* how the first line reads */
  } table[] = {
    { "Urbaniste", FALSE, 250, 60, 12, 7, 1, 12, "Urbaniste" },
    { "Directrice des relations internationales", FALSE, 250, 60, 12, 7, 1, 11, NULL },
    { "Vice-présidente déléguée aux relations internationales", FALSE, 250, 60, 12, 7, 2, 12,
      "Vice-présidente déléguée" },
    { "Communauté d'agglomération de Saint-Quentin-en-Yvelines", FALSE, 250, 60, 13, 7, 2, 13,
      "Communauté d’agglomération" },
    { "Communauté d'agglomération de Saint-Quentin-en-Yvelines", FALSE, 250, 16, 13, 7, 1, 8,
      NULL }, /* no room for two lines */
    { "Saint-Quentin-en-Yvelines", FALSE, 110, 80, 13, 7, 2, 12,
      "Saint-Quentin-" }, /* a hyphen where there is no space */
    { "圣康坦昂伊夫林城镇共同体", TRUE, 250, 60, 12, 7, 1, 12, NULL },
    { "圣康坦昂伊夫林城镇共同体", TRUE, 80, 60, 12, 7, 2, 11, "圣康坦昂伊夫" },
    { "安娜-洛尔·凯尔东居夫", TRUE, 110, 60, 20, 7, 2, 18, "安娜-洛尔·" },
    { "Vice-présidente déléguée aux relations internationales, à la coopération décentralisée, aux "
      "ports, à la mer et à l'égalité des droits entre les territoires du littoral",
      FALSE, 250, 44, 12, 7, 4, 9, NULL },
    { "Anticonstitutionnellement", FALSE, 60, 20, 20, 4, 1, 4,
      NULL }, /* one word is never broken, but shrinks */
    { "a b", FALSE, 250, 60, 12, 7, 1, 12, NULL },
    { "·", TRUE, 250, 60, 12, 7, 1, 12, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_auto (Block) one = block (table[i].width, table[i].height, table[i].max_pt, table[i].min_pt);
    layout_block_add (&one, phrase_new (table[i].text, table[i].han, PHRASE_LIGHT), 1, 0);
    g_autoptr (GArray) lines = layout_lines_new ();
    g_autoptr (GError) error = NULL;
    layout_block (fonts, &one, lines, NULL, &error);
    g_assert_no_error (error);
    g_test_message ("%s: %u lines, %.2f pt, “%s”", table[i].text, lines->len,
                    line_at (lines, 0)->size_pt,
                    pango_layout_get_text (line_at (lines, 0)->shaped));
    g_assert_cmpuint (lines->len, ==, table[i].lines);
    g_assert_cmpfloat (line_at (lines, 0)->size_pt, >=, table[i].at_least_pt);
    g_assert_cmpfloat (line_at (lines, 0)->size_pt, <=, table[i].max_pt);
    if (table[i].first != NULL)
      g_assert_cmpstr (pango_layout_get_text (line_at (lines, 0)->shaped), ==, table[i].first);
    assert_inside (&one.box, lines);
    g_autofree char *set = text_of (lines);
    g_autoptr (GString) wanted = g_string_new (one.parts[0].phrase->text);
    g_string_replace (wanted, " ", "", 0);
    g_assert_cmpstr (set, ==, wanted->str); /* never cut */
  }
}

static void test_refused (void)
{
  g_autofree char *endless = g_strnfill (LAYOUT_CHARACTERS_MAX + 1, 'a');
  const struct {
    const char *text;
    double width, height;
    int code;
  } table[] = {
    { "Anticonstitutionnellement", 40, 60, BADGE_ERROR_FIT },
    { "un deux trois quatre cinq six sept huit", 60, 20, BADGE_ERROR_FIT },
    { "x", 250, 5, BADGE_ERROR_FIT },
    { endless, 250, 60, BADGE_ERROR_FIT },
    { "Zoé \xf0\x9f\x8e\x89", 250, 60, BADGE_ERROR_FONT },
    { "\xf0\x92\x80\x80", 250, 60, BADGE_ERROR_FONT }, /* cuneiform */
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_auto (Block) one = block (table[i].width, table[i].height, 12, 7);
    layout_block_add (&one, phrase_new (table[i].text, FALSE, PHRASE_LIGHT), 1, 0);
    g_autoptr (GArray) lines = layout_lines_new ();
    g_autoptr (GError) error = NULL;
    g_assert_false (layout_block (fonts, &one, lines, NULL, &error));
    g_assert_error (error, BADGE_ERROR, table[i].code);
    g_assert_nonnull (strstr (error->message, "“post”"));
    g_assert_cmpuint (lines->len, ==, 0);
  }
}

static void test_alignment (void)
{
  for (int across = 0; across < 3; across++)
    for (int down = 0; down < 3; down++) {
      g_auto (Block) two = block (200, 100, 12, 7);
      two.across = (Align) across;
      two.down = (Align) down;
      layout_block_add (&two, phrase_new ("Foire", FALSE, PHRASE_BOLD), 1, 0);
      layout_block_add (&two, phrase_new ("西博会", TRUE, PHRASE_LIGHT), 0.8, 0.1);
      g_autoptr (GArray) lines = layout_lines_new ();
      g_assert_true (layout_block (fonts, &two, lines, NULL, NULL));
      g_assert_cmpuint (lines->len, ==, 2);
      assert_inside (&two.box, lines);
      g_assert_cmpfloat_with_epsilon (line_at (lines, 1)->size_pt,
                                      0.8 * line_at (lines, 0)->size_pt, 0.001);
      for (guint i = 0; i < 2; i++) { /* ink, not side bearings, stands on the edge */
        const Box *ink = &line_at (lines, i)->ink;
        double left = ink->x - two.box.x, right = two.box.x + two.box.width - ink->x - ink->width;
        g_assert_cmpfloat_with_epsilon (across == ALIGN_START ? left
                                        : across == ALIGN_END ? right
                                                              : left - right,
                                        0, 0.01);
      }
      double above = line_at (lines, 0)->ink.y - two.box.y,
             below = two.box.y + two.box.height - line_at (lines, 1)->ink.y
                     - line_at (lines, 1)->ink.height;
      if (down == ALIGN_MIDDLE)
        g_assert_cmpfloat_with_epsilon (above, below, 1.5);
      else
        g_assert_cmpfloat (down == ALIGN_START ? above : below, <, 3);
    }
}

static void test_empty (void)
{
  g_auto (Block) none = block (200, 100, 12, 7);
  layout_block_add (&none, phrase_new ("  ", FALSE, PHRASE_BOLD), 1, 0);
  g_assert_cmpuint (none.n_parts, ==, 0);
  g_autoptr (GArray) lines = layout_lines_new ();
  g_assert_true (layout_block (fonts, &none, lines, NULL, NULL));
  g_assert_cmpuint (lines->len, ==, 0);
}

/* How a long title is broken, in narrower and narrower boxes: each line keeps the rules
 * of its script, and stands on the edge with its ink. */
static void test_rules_of_both_scripts (void)
{
  static const struct {
    const char *text;
    gboolean han;
    const char *no_start, *no_end;
  } table[] = {
    { "主管国际关系、地方政府合作（含港口、海洋事务）与“沿海地区权利平等”的副主席：《中法城市》——试"
      "点项目负责人……",
      TRUE, "、（含」）”：》—…，。", "（“《" },
    { "Chargée de mission « villes durables » auprès de l'adjointe : eau, énergie ; quelles "
      "priorités ? Œuvrer pour l'égalité !",
      FALSE, ";:?!»’", "«’" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (double width = 60; width < 260; width += 3.5) {
      g_auto (Block) one = block (width, 400, 11, 5);
      layout_block_add (&one, phrase_new (table[i].text, table[i].han, PHRASE_LIGHT), 1, 0);
      g_autoptr (GArray) lines = layout_lines_new ();
      if (!layout_block (fonts, &one, lines, NULL, NULL))
        continue;
      assert_inside (&one.box, lines);
      for (guint j = 0; j < lines->len; j++) {
        const char *text = pango_layout_get_text (line_at (lines, j)->shaped);
        gunichar first = g_utf8_get_char (text),
                 last = g_utf8_get_char (g_utf8_prev_char (text + strlen (text)));
        if ((j > 0 && first != 0xff08 && g_utf8_strchr (table[i].no_start, -1, first) != NULL)
            || (j + 1 < lines->len && g_utf8_strchr (table[i].no_end, -1, last) != NULL))
          g_error ("“%s” may be no line", text);
        g_assert_cmpfloat_with_epsilon (line_at (lines, j)->ink.x, one.box.x, 0.01);
      }
    }
}

/* A mark that hangs half empty at a line's end takes no room: the line may be as wide as
 * its ink. */
static void test_trimmed_ends (void)
{
  g_auto (Block) one = block (56, 60, 12, 12); /* four and a half characters; five would be 60 */
  layout_block_add (&one, phrase_new ("江苏省人，民政府外", TRUE, PHRASE_LIGHT), 1, 0);
  g_autoptr (GArray) lines = layout_lines_new ();
  g_assert_true (layout_block (fonts, &one, lines, NULL, NULL));
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (pango_layout_get_text (line_at (lines, 0)->shaped), ==, "江苏省人，");
}

/* Whatever comes, it fits or is refused. */
static void test_any_text (void)
{
  static const char *const words[] = { "de",
                                       "Saint-Quentin",
                                       "L'Haÿ-les-Roses",
                                       "Œ",
                                       "coopération",
                                       "江苏省",
                                       "人民政府",
                                       "，",
                                       "2016",
                                       "(APCAE)",
                                       "d'",
                                       "–" };
  guint fits = 0;
  for (guint i = 0; i < 300; i++) {
    gboolean han = g_test_rand_bit ();
    GString *text = g_string_new (NULL);
    for (int n = g_test_rand_int_range (1, 14); n > 0; n--)
      g_string_append_printf (text, "%s%s", words[g_test_rand_int_range (0, G_N_ELEMENTS (words))],
                              g_test_rand_bit () ? " " : "");
    g_auto (Block) two
        = block (g_test_rand_double_range (40, 260), g_test_rand_double_range (10, 100), 14, 6);
    layout_block_add (&two, phrase_new (text->str, han, PHRASE_BOLD), 1, 0);
    layout_block_add (&two, phrase_new (text->str, !han, PHRASE_LIGHT), 0.7, 0.1);
    g_string_free (text, TRUE);
    g_autoptr (GArray) lines = layout_lines_new ();
    g_autoptr (GError) error = NULL;
    if (layout_block (fonts, &two, lines, NULL, &error)) {
      assert_inside (&two.box, lines);
      fits++;
    } else
      g_assert_error (error, BADGE_ERROR, BADGE_ERROR_FIT);
  }
  g_assert_cmpuint (fits, >, 30);
}

/* What is written from right to left is broken where it is read on, each line as wide as
 * its words, and stands in its box; a name in it that is not, too. */
static void test_right_to_left (void)
{
  static const char *const TEXTS[]
      = { "بلدية الدار البيضاء الكبرى للتعاون الدولي", "עיריית תל אביב יפו לשיתוף פעולה בינלאומי",
          "جامعة الملك محمد (Rabat, 2016) للعلوم" };
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    for (Align across = ALIGN_START; across <= ALIGN_END; across++) {
      g_auto (Block) one = block (90, 80, 12, 6);
      one.across = across;
      layout_block_add (&one, phrase_new (TEXTS[i], FALSE, PHRASE_BOLD), 1, 0);
      g_autoptr (GArray) lines = layout_lines_new ();
      g_autoptr (GError) error = NULL;
      g_assert_true (layout_block (fonts, &one, lines, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (lines->len, >=, 2);
      assert_inside (&one.box, lines);
      g_autofree char *set = text_of (lines);
      g_auto (GStrv) words = g_strsplit (TEXTS[i], " ", -1);
      g_autofree char *whole = g_strjoinv ("", words);
      g_assert_cmpstr (set, ==, whole);
      for (guint k = 0; k < lines->len; k++) { /* none is left nearly empty */
        const Box *ink = &line_at (lines, k)->ink;
        g_assert_cmpfloat (ink->width, >, one.box.width / 4);
      }
    }
}

/* Accents upon accents above, and letters that hang down below them: no ink touches
 * any, whatever stands where, in Latin and in Chinese, however the block is aligned;
 * with parts that may not be smaller than can be read. */
static void test_accents_apart (void)
{
  static const char *const words[]
      = { "NGUYỄN", "Ỗng",     "ỳqgjp",  "ỊỴỘ",      "Ǻ",   "Ṩẵ",    "Ĝĵ",  "Çiğdem", "İ",  "ẤỀ",
          "Ặgy",    "(APCAE)", "买买提", "《中法》", "Ấ，", "Œuvre", "5es", "de",     "1er" };
  guint fits = 0;
  for (guint i = 0; i < 400; i++) {
    g_auto (Block) block_
        = block (g_test_rand_double_range (40, 240), g_test_rand_double_range (20, 130), 24, 6);
    block_.down = (Align) g_test_rand_int_range (0, 3);
    block_.across = (Align) g_test_rand_int_range (0, 3);
    if (g_test_rand_bit ()) {
      block_.least_pt[0] = 6;
      block_.least_pt[1] = 7.1;
    }
    for (int parts = g_test_rand_int_range (1, 5); parts > 0; parts--) {
      g_autoptr (GString) text = g_string_new (NULL);
      for (int n = g_test_rand_int_range (1, 9); n > 0; n--)
        g_string_append_printf (text, "%s ",
                                words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      layout_block_add (&block_,
                        phrase_new (text->str, g_test_rand_bit (),
                                    g_test_rand_bit () ? PHRASE_BOLD : PHRASE_LIGHT),
                        g_test_rand_double_range (0.67, 1), g_test_rand_double_range (0, 0.3));
    }
    g_autoptr (GArray) lines = layout_lines_new ();
    g_autoptr (GError) error = NULL;
    double used = 0;
    if (!layout_block (fonts, &block_, lines, &used, &error)) {
      g_assert_error (error, BADGE_ERROR, BADGE_ERROR_FIT);
      continue;
    }
    assert_inside (&block_.box, lines);
    for (guint j = 0; j < lines->len; j++) {
      const Line *line = line_at (lines, j);
      g_assert_cmpfloat (line->size_pt, >=, block_.least_pt[0] - 0.001);
      if (j > 0)
        g_assert_cmpfloat (line->ink.y, >,
                           line_at (lines, j - 1)->ink.y + line_at (lines, j - 1)->ink.height);
      if (block_.down == ALIGN_START)
        g_assert_cmpfloat (line->ink.y + line->ink.height, <=, block_.box.y + used + EPSILON);
    }
    fits++;
  }
  g_assert_cmpuint (fits, >, 60);
}

/* Raised letters that would be too small stand on the line. */
static void test_ordinals (void)
{
  for (guint small = 0; small < 2; small++) {
    g_auto (Block) one = block (200, 40, small ? 9 : 12, 6);
    one.least_pt[0] = 6;
    layout_block_add (&one, phrase_new ("5es Rencontres", FALSE, PHRASE_LIGHT), 1, 0);
    g_autoptr (GArray) lines = layout_lines_new ();
    g_assert_true (layout_block (fonts, &one, lines, NULL, NULL));
    g_assert_cmpint (one.parts[0].phrase->plain_ordinals, ==, small);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  fonts = font_set_new ();
  g_test_add_func ("/layout/fits", test_fits);
  g_test_add_func ("/layout/refused", test_refused);
  g_test_add_func ("/layout/alignment", test_alignment);
  g_test_add_func ("/layout/empty", test_empty);
  g_test_add_func ("/layout/rules-of-both-scripts", test_rules_of_both_scripts);
  g_test_add_func ("/layout/trimmed-ends", test_trimmed_ends);
  g_test_add_func ("/layout/any-text", test_any_text);
  g_test_add_func ("/layout/accents-apart", test_accents_apart);
  g_test_add_func ("/layout/right-to-left", test_right_to_left);
  g_test_add_func ("/layout/ordinals", test_ordinals);
  int result = g_test_run ();
  font_set_free (fonts);
  return result;
}
