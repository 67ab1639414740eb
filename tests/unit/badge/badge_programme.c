#include "badge/compose.h"
#include "badge/template_fault.h"
#include "badge/badge_programme.h"
#include "unit/badge/people.h"
#include "words_here.h"

#include <glib/gstdio.h>
#include <string.h>

static char *directory;

static const BadgeEntry entries[] = {
  { "mercredi 26 octobre", "10月26日 星期三", "09:30", "12:00", "Séance plénière d'ouverture",
    "开幕全体会议", "Grande salle", "", "", "" },
  { "mercredi 26 octobre", "10月26日 星期三", "14:00", "", "Atelier 1 : villes durables",
    "分论坛一：可持续城市", "Salle A1", "Animatrice", "主持人", "A1" },
  { "jeudi 27 octobre", "10月27日 星期四", "", "", "Visites de terrain", "", "", "", "", "" },
};

static BadgeTemplate *load (double width, double height)
{
  g_autofree char *path = g_build_filename (directory, "programme.back.svg", NULL);
  g_autofree char *text = g_strdup_printf (
      "<svg xmlns='http://www.w3.org/2000/svg' width='105mm' height='148mm' viewBox='0 0 105 "
      "148'><g id='programme' data-min-pt='6'><rect x='5' y='5' width='%g' height='%g'/>"
      "<text style='font-size:3.5px'>09:30</text></g></svg>",
      width, height);
  g_autoptr (GPtrArray) faults = template_fault_list_new ();
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  BadgeTemplate *template_ = template_load_side (path, TRUE, faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_remove (path);
  return template_;
}

/* Joined by '|'; spaces that do not break as plain ones. */
static char *lines_of (const BadgePage *page)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < page->lines->len; i++)
    g_string_append_printf (text, "%s%s", i ? "|" : "",
                            pango_layout_get_text (g_array_index (page->lines, Line, i).shaped));
  g_string_replace (text, "\u00a0", " ", 0);
  return g_string_free (text, FALSE);
}

/* Nothing leaves the slot or lies over another. */
static void assert_sound (const BadgePage *page)
{
  const Box *box = &template_slot (page->template_, SLOT_PROGRAMME)->box;
  for (guint i = 0; i < page->lines->len; i++) {
    const Box *ink = &g_array_index (page->lines, Line, i).ink;
    g_assert_cmpfloat (ink->x, >=, box->x - 0.3);
    g_assert_cmpfloat (ink->x + ink->width, <=, box->x + box->width + 0.3);
    g_assert_cmpfloat (ink->y, >=, box->y - 0.3);
    g_assert_cmpfloat (ink->y + ink->height, <=, box->y + box->height + 0.3);
    for (guint j = 0; j < i; j++) {
      const Box *other = &g_array_index (page->lines, Line, j).ink;
      gboolean apart
          = ink->x >= other->x + other->width - 0.3 || other->x >= ink->x + ink->width - 0.3
            || ink->y >= other->y + other->height - 0.3 || other->y >= ink->y + ink->height - 0.3;
      g_assert_true (apart);
    }
  }
}

static void test_both_scripts (void)
{
  g_autoptr (BadgeTemplate) template_ = load (90, 120);
  for (guint zh = 0; zh < 2; zh++) {
    BadgeContent content = zh ? people_chinese () : people_french ();
    content.programme = entries;
    content.n_programme = G_N_ELEMENTS (entries);
    g_autoptr (GError) error = NULL;
    g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, &error);
    g_assert_no_error (error);
    assert_sound (page);
    g_autofree char *lines = lines_of (page);
    g_assert_cmpstr (lines, ==,
                     zh ? "10月26日 星期三 · mercredi 26 octobre|09:30–12:00|开幕全体会议|Séance "
                          "plénière d’ouverture|Grande salle|14:00|分论坛一：可持续城市|Atelier "
                          "1\u202f: villes durables|主持人 · Animatrice|Salle A1|"
                          "10月27日 星期四 · jeudi 27 octobre|Visites de terrain"
                        : "mercredi 26 octobre · 10月26日 星期三|09:30–12:00|Séance plénière "
                          "d’ouverture|开幕全体会议|Grande salle|14:00|Atelier 1\u202f: villes "
                          "durables|分论坛一：可持续城市|Animatrice · 主持人|Salle A1|"
                          "jeudi 27 octobre · 10月27日 星期四|Visites de terrain");
    g_assert_cmpuint (page->rules->len, ==, 1); /* between two days */
    const Line *hours = &g_array_index (page->lines, Line, 1),
               *title = &g_array_index (page->lines, Line, 2),
               *other = &g_array_index (page->lines, Line, 3);
    g_assert_cmpfloat_with_epsilon (hours->baseline, title->baseline, 0.01);
    g_assert_cmpfloat (other->size_pt, >=, title->size_pt * 2 / 3);
    g_assert_cmpfloat_with_epsilon (title->ink.x, other->ink.x,
                                    0.01); /* one edge for both scripts */
  }
}

/* A column of hours: all figures are of one width. */
static void test_tabular (void)
{
  static const BadgeEntry ones[] = { { "x", "x", "11:11", "11:11", "A", "", "", "", "", "" },
                                     { "x", "x", "00:00", "00:00", "A", "", "", "", "", "" } };
  g_autoptr (BadgeTemplate) template_ = load (90, 120);
  BadgeContent content = people_french ();
  content.programme = ones;
  content.n_programme = 2;
  g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, NULL);
  PangoRectangle first, second;
  pango_layout_get_extents (g_array_index (page->lines, Line, 1).shaped, NULL, &first);
  pango_layout_get_extents (g_array_index (page->lines, Line, 3).shaped, NULL, &second);
  g_assert_cmpint (first.width, ==, second.width);
}

/* All in one size, smaller where there is more of it, refused where even the smallest is
 * too large. */
static void test_fits (void)
{
  BadgeEntry many[24];
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = entries[1];
  BadgeContent content = people_french ();
  content.programme = many;
  g_autoptr (BadgeTemplate) template_ = load (90, 110);
  double last = 100;
  for (guint n = 1; n <= 8; n += 7) {
    content.n_programme = n;
    g_autoptr (GError) error = NULL;
    g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, &error);
    g_assert_no_error (error);
    assert_sound (page);
    double size = g_array_index (page->lines, Line, 0).size_pt;
    g_assert_cmpfloat (size, <=, last);
    g_assert_cmpfloat (size, >=, 6);
    last = size;
  }
  content.n_programme = G_N_ELEMENTS (many);
  g_autoptr (GError) too_many = NULL;
  content.n_programme = BADGE_PROGRAMME_ENTRIES_MAX + 1;
  g_assert_null (compose_page (template_, &content, FALSE, &too_many));
  g_assert_error (too_many, BADGE_ERROR, BADGE_ERROR_FIT);
  content.n_programme = 0;
  content.programme = NULL;
  g_autoptr (BadgePage) empty = compose_page (template_, &content, FALSE, NULL);
  g_assert_cmpuint (empty->lines->len, ==, 0);
}

/* What has no room at a size that can be read says less, in this order: its titles in
 * the person's own language alone; sessions by their mark, in both; in her own;
 * without roles; and at last how many more there are. Only a slot without room for a
 * line is refused. */
static void test_says_less (void)
{
  static const struct {
    double height;
    const char *holds, *lacks; /* in French */
  } table[] = {
    { 120, "分论坛一：可持续城市|Animatrice · 主持人|Salle A1", "more" },
    { 27, "villes durables|Animatrice|Salle A1|jeudi", "分论坛" },
    { 19, "A1 · Salle A1|Animatrice · 主持人", "villes durables" },
    { 14.5, "A1 · Salle A1|Animatrice|jeudi", "主持人" },
    { 12.5, "A1 · Salle A1|jeudi", "Animatrice" },
    { 10.5, "et 1 autre", "jeudi" },
    { 8.5, "et 2 autres", "A1" },
  };
  BadgeContent content = people_french ();
  content.programme = entries;
  content.n_programme = G_N_ELEMENTS (entries);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (BadgeTemplate) template_ = load (90, table[i].height);
    g_autoptr (GError) error = NULL;
    g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, &error);
    g_assert_no_error (error);
    assert_sound (page);
    g_autofree char *lines = lines_of (page);
    g_test_message ("%.1f mm: %s", table[i].height, lines);
    g_assert_nonnull (strstr (lines, table[i].holds));
    g_assert_null (strstr (lines, table[i].lacks));
  }
  g_autoptr (BadgeTemplate) none = load (90, 2);
  g_autoptr (GError) error = NULL;
  g_assert_null (compose_page (none, &content, FALSE, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_FIT);
  g_assert_nonnull (strstr (error->message, "“programme”"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  directory = g_dir_make_tmp ("badge-programme-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/programme/both-scripts", test_both_scripts);
  g_test_add_func ("/programme/tabular", test_tabular);
  g_test_add_func ("/programme/fits", test_fits);
  g_test_add_func ("/programme/says-less", test_says_less);
  int result = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  return result;
}
