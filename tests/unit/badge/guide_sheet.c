#include "badge/guide_sheet.h"
#include "words_here.h"

#include "badge/badge_content.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>

static char *picture;

static GuideSheet sheet (void)
{
  GuideSheet made = { .title = "Accueillir",
                      .under = "Le premier jour",
                      .kind = "Guide",
                      .columns = { "À l’écran", "Au bureau" },
                      .notes_title = "Quand quelque chose s’arrête",
                      .calls_title = "Qui appeler",
                      .calls_text = "« Appeler l’équipe »",
                      .calls = { "Responsable", "Technique", "Secours" },
                      .foot = "Fin",
                      .french = TRUE };
  for (guint i = 0; i < GUIDE_SHEET_COLUMNS * GUIDE_SHEET_STEPS; i++)
    made.steps[i / GUIDE_SHEET_STEPS][i % GUIDE_SHEET_STEPS] = (GuideStep){
      picture, (GuideColour) (i % 3), "Un titre", { "Une phrase.", "Une autre, plus longue." }
    };
  for (guint i = 0; i < GUIDE_SHEET_NOTES; i++)
    made.notes[i] = (GuideNote){ "L’imprimante", { "Elle attend." } };
  return made;
}

static void test_drawn (void)
{
  GuideSheet one = sheet (), chinese = sheet ();
  chinese.han = TRUE;
  chinese.title = "迎接来宾";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) a = guide_sheet_draw (&one, &error), b = guide_sheet_draw (&one, &error),
                     c = guide_sheet_draw (&chinese, &error);
  g_assert_no_error (error);
  gsize length = 0;
  const char *data = g_bytes_get_data (a, &length);
  g_assert_cmpint (memcmp (data, "%PDF-1.", 7), ==, 0);
  g_assert_nonnull (memmem (data, length, "/Count 1", 8));
  g_assert_nonnull (memmem (data, length, "595.27", 6)); /* A4 */
  g_assert_true (g_bytes_equal (a, b));
  g_assert_false (g_bytes_equal (a, c));
}

/* What has no room at a size that can be read, a character without a letter, a
 * picture that is not there: refused, with what it is. */
static void test_refused (void)
{
  g_autofree char *words = g_strnfill (390, 'm'), *endless = g_strnfill (1000, 'm');
  for (guint i = 0; i < 390; i += 9)
    words[i] = ' ';
  const struct {
    const char *text, *path;
    int code;
    const char *says;
  } table[] = {
    { words, NULL, BADGE_ERROR_FIT, "mmm" },
    { endless, NULL, BADGE_ERROR_FIT, "400" },
    { "Zoé \xf0\x9f\x8e\x89", NULL, BADGE_ERROR_FONT, "Zoé" },
    { NULL, "/nowhere/welcome.png", BADGE_ERROR_WRITE, "/nowhere/welcome.png" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    GuideSheet one = sheet ();
    for (guint j = 0; table[i].text != NULL && j < GUIDE_SHEET_TEXTS; j++)
      one.steps[1][2].texts[j] = table[i].text;
    if (table[i].path != NULL)
      one.steps[0][1].picture = table[i].path;
    g_autoptr (GError) error = NULL;
    g_assert_null (guide_sheet_draw (&one, &error));
    g_assert_error (error, BADGE_ERROR, table[i].code);
    g_assert_nonnull (strstr (error->message, table[i].says));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start ("fonts/fonts.conf", &error);
  g_assert_no_error (error);
  g_autofree char *folder = g_dir_make_tmp ("guide-sheet-XXXXXX", &error);
  g_assert_no_error (error);
  picture = g_build_filename (folder, "screen.png", NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 54, 96);
  g_assert_cmpint (cairo_surface_write_to_png (surface, picture), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  g_test_add_func ("/guide-sheet/drawn", test_drawn);
  g_test_add_func ("/guide-sheet/refused", test_refused);
  int result = g_test_run ();
  g_unlink (picture);
  g_rmdir (folder);
  g_free (picture);
  return result;
}
