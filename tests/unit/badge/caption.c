#include "badge/caption.h"
#include "words_here.h"

#include "badge/badge.h"
#include "badge/compose.h"
#include "badge/template_fault.h"
#include "unit/badge/people.h"

#include <glib/gstdio.h>
#include <string.h>

static char *directory;

#define TEXT(more, words)                                                                          \
  "<text y='20' style='font-family:Noto Sans CJK SC;font-size:5px' " more ">" words "</text>"

static BadgeTemplate *load (const char *content)
{
  g_autofree char *path = g_build_filename (directory, "caption.back.svg", NULL);
  g_autofree char *text = g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' width='100mm' "
                                           "height='60mm' viewBox='0 0 100 60'>%s</svg>",
                                           content);
  g_autoptr (GPtrArray) faults = template_fault_list_new ();
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  BadgeTemplate *template_ = template_load_side (path, TRUE, faults);
  g_assert_cmpuint (faults->len, ==, 0);
  g_remove (path);
  return template_;
}

/* What is plain, upright and in one style, wherever it stands. */
static void test_which (void)
{
  static const struct {
    const char *content;
    guint captions;
  } table[] = {
    { TEXT ("x='5'", "我的日程"), 1 },
    { TEXT ("x='50' text-anchor='middle' fill='#1f3a93' font-weight='bold'", "我的日程 Programme"),
      1 },
    { "<g transform='translate(5,5) scale(1.5)'>" TEXT ("x='5'", "我的日程") "</g>", 1 },
    { "<text x='5' y='20' style='font-family:Inter;font-size:4px'>Mon programme · 我的日程</text>",
      1 },
    { TEXT ("x='5'", "我的日程") TEXT ("x='5' data-if='category:press'", "媒体"), 2 },
    { TEXT ("x='5'", "Programme"), 0 }, /* cairo embeds Inter well */
    { TEXT ("x='5'", "我的<tspan fill='red'>日程</tspan>"), 0 },
    { TEXT ("x='5' transform='rotate(10)'", "我的日程"), 0 },
    { TEXT ("x='5' letter-spacing='2'", "我的日程"), 0 },
    { TEXT ("x='5' opacity='0.5'", "我的日程"), 0 },
    { TEXT ("x='5' fill='none' stroke='#000'", "我的日程"), 0 },
    { TEXT ("x='5' display='none'", "我的日程"), 0 },
    { "<defs>" TEXT ("x='5'", "我的日程") "</defs>", 0 },
    { "<g id='label'><rect x='5' y='5' width='50' height='10'/>" TEXT ("x='5'", "我的日程") "</g>",
      0 }, /* a placeholder */
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (BadgeTemplate) template_ = load (table[i].content);
    g_test_message ("%s", table[i].content);
    g_assert_cmpuint (template_captions (template_)->len, ==, table[i].captions);
  }
}

/* It stands where librsvg draws it. */
static void test_where (void)
{
  g_autoptr (BadgeTemplate) template_
      = load ("<g transform='translate(10,5)'><text x='30' y='20' style='font-family:Noto Sans CJK "
              "SC;font-size:5px;text-anchor:end;fill:#c8102e'>中</text></g>");
  const Caption *caption = &g_array_index (template_captions (template_), Caption, 0);
  g_assert_cmpfloat_with_epsilon (caption->size_pt, 5 * PT_PER_MM, 0.01);
  g_assert_cmpfloat_with_epsilon (caption->x, 35 * PT_PER_MM, 0.2);
  g_assert_cmpfloat_with_epsilon (caption->baseline, 25 * PT_PER_MM, 0.2);
  g_assert_cmpfloat_with_epsilon (caption->colour.red, 0xc8 / 255.0, 0.001);
}

static void test_conditions (void)
{
  static const char *const press[] = { "category:press", NULL };
  g_autoptr (BadgeTemplate) template_ = load (
      TEXT ("x='5'", "我的日程") "<g data-if='category:press'>" TEXT ("x='50'", "媒体") "</g>");
  BadgeContent content = people_french ();
  g_autoptr (BadgePage) others = compose_page (template_, &content, FALSE, NULL);
  content.traits = press;
  g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, NULL);
  g_assert_cmpuint (others->captions->len, ==, 1);
  g_assert_cmpuint (page->captions->len, ==, 2);
}

/* A PDF with Chinese art is as small as one without. */
static void test_pdf (void)
{
  g_autofree char *front = g_build_filename (directory, "front.svg", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents (PEOPLE_TEMPLATE, &text, NULL, NULL));
  g_autoptr (GString) with = g_string_new (text);
  g_string_replace (
      with, "<g id=\"slots\"",
      "<text x='8' y='144' style='font-family:Noto Sans CJK "
      "SC;font-size:2px'>胸卡仅限本人使用。如遗失或拾到，请交接待处</text><g id=\"slots\"",
      1);
  g_assert_true (g_file_set_contents (front, with->str, -1, NULL));
  g_autoptr (BadgeTemplate) template_ = badge_template_load (front, &error);
  g_assert_no_error (error);
  BadgeContent content = people_french ();
  g_autoptr (BadgeSheet) pdf = badge_pdf (template_, &content, BADGE_FRONT, &error);
  g_assert_no_error (error);
  gsize length = 0;
  const char *data = g_bytes_get_data (pdf->bytes, &length);
  g_assert_cmpuint (length, <, 60000);
  g_assert_null (memmem (data, length, "NotoSans", 8));
  g_remove (front);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  directory = g_dir_make_tmp ("badge-caption-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/caption/which", test_which);
  g_test_add_func ("/caption/where", test_where);
  g_test_add_func ("/caption/conditions", test_conditions);
  g_test_add_func ("/caption/pdf", test_pdf);
  int result = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  return result;
}
