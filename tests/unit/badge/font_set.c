#include "badge/font_set.h"
#include "words_here.h"

#include "badge/badge.h"
#include "unit/badge/people.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <string.h>

static char *write_conf (const char *directory, const char *text)
{
  char *path = g_build_filename (directory, "fonts.conf", NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void refused (const char *path, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (badge_fonts_start (path, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_FONT);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void test_refused (void)
{
  g_autofree char *directory = g_dir_make_tmp ("badge-fonts-XXXXXX", NULL);
  g_autofree char *path = write_conf (directory, "<fontconfig><dir>/nowhere</dir></fontconfig>");
  refused (path, "fonts-inter");
  g_free (write_conf (directory,
                      "<fontconfig><dir>/usr/share/fonts/opentype/inter</dir></fontconfig>"));
  refused (path, "fonts-noto-cjk");
  g_free (write_conf (directory, "<fontconfig><dir>/usr/share/fonts/opentype</dir></fontconfig>"));
  refused (path, "fonts-noto-core");
  g_free (write_conf (directory, "<fontconfig><dir>"));
  refused (path, "broken");
  g_remove (path);
  refused (path, path);
  refused (directory, directory);
  g_rmdir (directory);
}

/* Families of other scripts, of which Pango takes what the two named ones have not. */
static gboolean is_other_script (const char *name)
{
  return g_str_has_prefix (name, "Noto Serif Tibetan")
         || (g_str_has_prefix (name, "Noto Sans ") && strcmp (name, "Noto Sans Display") != 0
             && strstr (name, "Symbols") == NULL && strstr (name, "Math") == NULL);
}

/* Whatever else is installed, of it nothing is seen: two weights of Inter, two of the
 * languages that share Noto's file, one or two of other scripts. */
static void test_only_pinned (void)
{
  static const char *const aliases[]
      = { "Sans", "Serif", "Monospace", "System-ui", NULL }; /* Pango's own names */
  FontSet *fonts = font_set_new ();
  g_autoptr (Phrase) phrase = phrase_new ("x", FALSE, PHRASE_LIGHT);
  PangoLayout *layout = font_set_shape (fonts, phrase, 0, 1);
  PangoFontFamily **families = NULL;
  int n = 0;
  guint seen = 0;
  pango_font_map_list_families (pango_context_get_font_map (pango_layout_get_context (layout)),
                                &families, &n);
  for (int i = 0; i < n; i++) {
    const char *name = pango_font_family_get_name (families[i]);
    if (g_strv_contains (aliases, name))
      continue;
    gboolean wanted = strcmp (name, FONT_LATIN) == 0 || strcmp (name, FONT_HAN) == 0;
    gboolean other = !wanted && strstr (name, " CJK ") == NULL;
    if (other && !is_other_script (name))
      g_error ("%s is seen", name);
    PangoFontFace **faces = NULL;
    int n_faces = 0;
    pango_font_family_list_faces (families[i], &faces, &n_faces);
    guint upright = 0; /* Pango adds slanted faces of its own making */
    for (int j = 0; j < n_faces; j++)
      upright += !pango_font_face_is_synthesized (faces[j]);
    g_assert_cmpuint (upright, >=, other ? 1 : 2);
    g_assert_cmpuint (upright, <=, 2);
    g_free (faces);
    seen += wanted;
  }
  g_assert_cmpuint (seen, ==, 2);
  g_free (families);
  g_object_unref (layout);
  font_set_free (fonts);
}

/* At 96 dpi, Pango's own, a text would be a third wider: an em of Chinese must be an
 * em. */
static void test_points (void)
{
  FontSet *fonts = font_set_new ();
  g_autoptr (Phrase) phrase = phrase_new ("中法", TRUE, PHRASE_LIGHT);
  PangoLayout *layout = font_set_shape (fonts, phrase, 0, strlen (phrase->text));
  PangoRectangle logical;
  pango_layout_get_extents (layout, NULL, &logical);
  g_assert_cmpfloat_with_epsilon (pango_units_to_double (logical.width), 2 * PHRASE_SHAPED_PT,
                                  0.01);
  g_object_unref (layout);
  font_set_free (fonts);
}

static void test_kept (void)
{
  FontSet *fonts = font_set_new ();
  g_autoptr (Phrase) light = phrase_new ("Bretagne", FALSE, PHRASE_LIGHT),
                     bold = phrase_new ("Bretagne", FALSE, PHRASE_BOLD);
  PangoLayout *a = font_set_shape (fonts, light, 0, 8), *b = font_set_shape (fonts, light, 0, 8),
              *c = font_set_shape (fonts, bold, 0, 8);
  g_assert_true (a == b);
  g_assert_true (a != c);
  for (guint i = 0; i < 3 * FONT_KEPT_MAX; i++) { /* more than is kept */
    g_autofree char *text = g_strdup_printf ("%u", i);
    g_autoptr (Phrase) phrase = phrase_new (text, FALSE, PHRASE_LIGHT);
    g_object_unref (font_set_shape (fonts, phrase, 0, strlen (text)));
  }
  PangoLayout *d = font_set_shape (fonts, light, 0, 8);
  g_assert_true (a != d);
  g_object_unref (a);
  g_object_unref (b);
  g_object_unref (c);
  g_object_unref (d);
  font_set_free (fonts);
}

static const char *const rare[] = { "䶮", "𬭶", "㛃", "龘", "㐂", "葛\U000e0100", "Ễ", "ữ",
                                    "Đ",  "İ",    "ı",  "Ş",  "ğ",  "\u202f",       "Œ", "Ÿ",
                                    "œ",  "ÿ",    "’",  "·",  "×" };

static void test_rare_characters (void)
{
  FontSet *fonts = font_set_new ();
  for (guint i = 0; i < G_N_ELEMENTS (rare); i++)
    for (guint weight = 0; weight < 2; weight++) {
      g_autoptr (Phrase) phrase = phrase_new (rare[i], FALSE, weight ? PHRASE_BOLD : PHRASE_LIGHT);
      PangoLayout *layout = font_set_shape (fonts, phrase, 0, strlen (phrase->text));
      g_assert_cmpint (pango_layout_get_unknown_glyphs_count (layout), ==, 0);
      g_object_unref (layout);
    }
  font_set_free (fonts);
}

static cairo_status_t drop (void *data, const guint8 *bytes, guint length)
{
  *(gsize *) data += length;
  return CAIRO_STATUS_SUCCESS;
}

/* Of other scripts, the cluster of a letter in a picture and in a PDF: both are right to
 * left, one joins its letters, one has a joiner without a look of its own. */
static void test_right_to_left (void)
{
  static const char *const NAMES[] = { "محمد بن سلمان", "דוד לוי", "کاوه\u200cنژاد", "Ali علي 12" };
  FontSet *fonts = font_set_new ();
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    for (guint pdf = 0; pdf < 2; pdf++) {
      g_autoptr (Phrase) phrase = phrase_new (NAMES[i], FALSE, PHRASE_BOLD);
      PangoLayout *layout = font_set_shape (fonts, phrase, 0, strlen (phrase->text));
      gsize size = 0;
      cairo_surface_t *surface = pdf ? cairo_pdf_surface_create_for_stream (drop, &size, 300, 100)
                                     : cairo_image_surface_create (CAIRO_FORMAT_A8, 300, 100);
      cairo_t *cr = cairo_create (surface);
      font_set_begin (fonts);
      font_set_collect (fonts, layout);
      font_set_collected (fonts);
      font_set_show (fonts, cr, layout, 12, 10, 50, FONT_AS_DRAWN);
      g_assert_cmpint (pango_layout_get_unknown_glyphs_count (layout), ==, 0);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_finish (surface);
      g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_destroy (surface);
      g_object_unref (layout);
    }
  font_set_free (fonts);
}

/* A name beside Chinese stands on the same line: Pango would lift it by half its size. */
static void test_on_one_line (void)
{
  static const char *const TEXTS[] = { "姓名：محمد，", "姓名：דוד，", "姓名：สมชาย，" };
  FontSet *fonts = font_set_new ();
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autoptr (Phrase) phrase = phrase_new (TEXTS[i], TRUE, PHRASE_LIGHT);
    PangoLayout *layout = font_set_shape (fonts, phrase, 0, strlen (phrase->text));
    PangoLayoutIter *iter = pango_layout_get_iter (layout);
    guint runs = 0;
    do
      if (pango_layout_iter_get_run_readonly (iter) != NULL) {
        runs++;
        g_assert_cmpint (pango_layout_iter_get_run_baseline (iter), ==,
                         pango_layout_iter_get_baseline (iter));
      }
    while (pango_layout_iter_next_run (iter));
    g_assert_cmpuint (runs, >=, 3);
    pango_layout_iter_free (iter);
    g_object_unref (layout);
  }
  font_set_free (fonts);
}

static void test_pdf_is_small (void)
{
  FontSet *fonts = font_set_new ();
  g_autoptr (Phrase) phrase = phrase_new ("江苏省人民政府外事办公室", TRUE, PHRASE_BOLD);
  PangoLayout *layout = font_set_shape (fonts, phrase, 0, strlen (phrase->text));
  gsize size = 0;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (drop, &size, 300, 100);
  cairo_t *cr = cairo_create (surface);
  font_set_begin (fonts);
  font_set_collect (fonts, layout);
  font_set_collected (fonts);
  font_set_show (fonts, cr, layout, 12, 10, 50, FONT_AS_DRAWN);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  g_assert_cmpuint (size, >, 2000);
  g_assert_cmpuint (size, <, 8000); /* 60 KB where cairo embeds the font itself */
  g_object_unref (layout);
  font_set_free (fonts);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  g_test_add_func ("/fonts/refused", test_refused);
  g_test_add_func ("/fonts/only-pinned", test_only_pinned);
  g_test_add_func ("/fonts/points", test_points);
  g_test_add_func ("/fonts/kept", test_kept);
  g_test_add_func ("/fonts/rare-characters", test_rare_characters);
  g_test_add_func ("/fonts/right-to-left", test_right_to_left);
  g_test_add_func ("/fonts/on-one-line", test_on_one_line);
  g_test_add_func ("/fonts/pdf-is-small", test_pdf_is_small);
  return g_test_run ();
}
