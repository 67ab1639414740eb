#include "badge/badge.h"
#include "words_here.h"

#include "unit/badge/people.h"

#include <glib/gstdio.h>
#include <string.h>

static BadgeTemplate *template_;
static char *directory;

static gboolean contains (const BadgeSheet *sheet, const char *text)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (sheet->bytes, &length);
  return memmem (data, length, text, strlen (text)) != NULL;
}

static void test_pdf (void)
{
  BadgeContent french = people_french (), chinese = people_chinese ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) pdf = badge_pdf (template_, &french, BADGE_FRONT, &error);
  g_assert_no_error (error);
  gsize length = 0;
  const char *data = g_bytes_get_data (pdf->bytes, &length);
  g_assert_cmpuint (length, >, 10000);
  g_assert_cmpuint (length, <, 60000);
  g_assert_cmpint (memcmp (data, "%PDF-1.", 7), ==, 0);
  g_assert_true (contains (pdf, "297.63")); /* the page, in points */
  g_assert_true (contains (pdf, "/Count 1"));
  g_assert_true (contains (pdf, "/Type1C"));        /* the excerpts of the French … */
  g_assert_true (contains (pdf, "/CIDFontType0C")); /* … and of the Chinese */
  g_assert_false (contains (pdf, "Inter"));         /* no word is set from the font itself */
  g_assert_false (contains (pdf, "/Type3"));
  g_assert_false (contains (pdf, "CreationDate"));
  g_autoptr (BadgeSheet) other = badge_pdf (template_, &chinese, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (pdf->bytes, other->bytes));
  g_autoptr (BadgeSheet) again = badge_pdf (template_, &french, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (pdf->bytes, again->bytes)); /* the same badge is the same file */
}

static void test_raster (void)
{
  static const struct {
    guint dpi, width, height;
  } table[] = { { 203, 839, 1183 }, { 300, 1240, 1748 }, { 72, 298, 420 }, { 300, 1240, 1748 } };
  BadgeContent content = people_chinese ();
  g_autoptr (GBytes) first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (BadgeSheet) sheet
        = badge_raster (template_, &content, BADGE_FRONT, table[i].dpi, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (sheet->width_px, ==, table[i].width);
    g_assert_cmpuint (sheet->height_px, ==, table[i].height);
    g_assert_cmpuint (sheet->stride, >=, sheet->width_px * 4);
    g_assert_cmpuint (g_bytes_get_size (sheet->bytes), ==,
                      (gsize) sheet->stride * sheet->height_px);
    if (i == 3)
      g_assert_true (g_bytes_equal (sheet->bytes, first)); /* the kept art is not drawn upon */
    if (i == 1)
      first = g_bytes_ref (sheet->bytes);
  }
}

static void test_png (void)
{
  BadgeContent content = people_french ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) png = badge_png (template_, &content, BADGE_FRONT, 100, &error);
  g_assert_no_error (error);
  const guint8 *data = g_bytes_get_data (png->bytes, NULL);
  g_assert_cmpint (memcmp (data, "\x89PNG\r\n\x1a\n", 8), ==, 0);
  g_assert_cmpuint ((guint) data[18] << 8 | data[19], ==, 413);
  g_assert_cmpuint ((guint) data[22] << 8 | data[23], ==, 583);
}

static void test_refused (void)
{
  static const guint resolutions[] = { 0, 35, 1201, G_MAXUINT };
  BadgeContent content = people_french ();
  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (badge_png (template_, &content, BADGE_FRONT, resolutions[i], &error));
    g_assert_error (error, BADGE_ERROR, BADGE_ERROR_WRITE);
  }
  content.family = content.given = content.name_zh = NULL;
  g_autoptr (GError) pdf = NULL, png = NULL, raster = NULL;
  g_assert_null (badge_pdf (template_, &content, BADGE_FRONT, &pdf));
  g_assert_error (pdf, BADGE_ERROR, BADGE_ERROR_FIT);
  g_assert_null (badge_png (template_, &content, BADGE_FRONT, 100, &png));
  g_assert_error (png, BADGE_ERROR, BADGE_ERROR_FIT);
  g_assert_null (badge_raster (template_, &content, BADGE_FRONT, 100, &raster));
  g_assert_error (raster, BADGE_ERROR, BADGE_ERROR_FIT);
}

static char *write_template (const char *name, const char *attributes, const char *content)
{
  char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = g_strdup_printf ("<svg xmlns='http://www.w3.org/2000/svg' width='62mm' "
                                           "height='110mm' viewBox='0 0 62 110' %s>%s</svg>",
                                           attributes, content);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

#define FRONT                                                                                      \
  "<rect x='0' y='0' width='1' height='110' fill='#000000'/><g id='name'><rect x='4' y='4' "       \
  "width='54' height='30'/><text style='font-size:9px'>x</text></g>"                               \
  "<g id='post'><rect x='4' y='36' width='54' height='30'/><text "                                 \
  "style='font-size:4px'>x</text></g>"                                                             \
  "<g id='category'><rect x='4' y='70' width='54' height='8'/><text "                              \
  "style='font-size:4px'>x</text></g><rect id='qr' x='4' y='82' width='24' height='24'/>"
#define BACK                                                                                       \
  "<g id='delegation'><rect x='4' y='4' width='54' height='30'/><text "                            \
  "style='font-size:4px'>x</text></g>"

static void test_sides (void)
{
  g_autofree char *front = write_template ("sides.svg", "", FRONT),
                  *back = write_template ("sides.back.svg", "", BACK);
  BadgeContent content = people_french ();
  content.delegation_fr = "Bretagne";
  g_autoptr (GError) error = NULL, none = NULL, both = NULL;
  g_autoptr (BadgeTemplate) two = badge_template_load (front, &error);
  g_assert_no_error (error);
  g_assert_true (badge_has_back (two));
  g_assert_false (badge_has_back (template_));
  static const struct {
    BadgeSides sides;
    guint pages;
  } table[] = { { BADGE_FRONT, 1 }, { BADGE_BACK, 1 }, { BADGE_BOTH, 2 } };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (BadgeSheet) sheet = badge_pdf (two, &content, table[i].sides, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (sheet->pages, ==, table[i].pages);
    g_autofree char *count = g_strdup_printf ("/Count %u", table[i].pages);
    g_assert_true (contains (sheet, count));
  }
  g_autoptr (BadgeSheet) one = badge_pdf (template_, &content, BADGE_BOTH, &error);
  g_assert_cmpuint (one->pages, ==, 1);
  g_assert_null (badge_pdf (template_, &content, BADGE_BACK, &none));
  g_assert_error (none, BADGE_ERROR, BADGE_ERROR_TEMPLATE);
  g_assert_null (badge_png (two, &content, BADGE_BOTH, 100, &both));
  g_assert_error (both, BADGE_ERROR, BADGE_ERROR_WRITE);
  g_autoptr (BadgeSheet) a = badge_bits (two, &content, BADGE_FRONT, 203, &error),
                         b = badge_bits (two, &content, BADGE_BACK, 203, &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (a->bytes, b->bytes));
  g_assert_true (
      g_file_set_contents (back, "<svg", -1, NULL)); /* a broken back is no back that is left out */
  g_assert_null (badge_template_load (front, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE);
  g_assert_nonnull (strstr (error->message, "sides.back.svg"));
  g_remove (front);
  g_remove (back);
}

static gboolean is_black (const BadgeSheet *bits, guint x, guint y)
{
  const guint8 *data = g_bytes_get_data (bits->bytes, NULL);
  return data[y * bits->stride + x / 8] >> (7 - x % 8) & 1;
}

/* On a roll, the paper is as long as its texts need; the art runs through from top to
 * bottom, the code keeps its room. */
static void test_roll (void)
{
  g_autofree char *path = write_template ("roll.svg", "data-height='auto'", FRONT);
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeTemplate) roll = badge_template_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (badge_height_is_auto (roll));
  g_assert_false (badge_height_is_auto (template_));
  BadgeContent full = people_french (), bare = people_french ();
  bare.function_fr = bare.function_zh = bare.organisation_fr = bare.organisation_zh = NULL;
  bare.name_zh = NULL;
  g_autoptr (BadgeSheet) a = badge_bits (roll, &full, BADGE_FRONT, 203, &error),
                         b = badge_bits (roll, &bare, BADGE_FRONT, 203, &error);
  g_autoptr (BadgeSheet) pdf = badge_pdf (roll, &bare, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (a->height_mm, <, badge_height_mm (roll));
  g_assert_cmpfloat (b->height_mm, <,
                     a->height_mm - 25); /* all of the post, and a line of the name */
  g_assert_cmpfloat_with_epsilon (pdf->height_mm, b->height_mm, 0.6);
  g_assert_cmpfloat_with_epsilon (pdf->width_mm, 62, 0.01);
  for (guint y = 0; y < b->height_px; y++)
    g_assert_true (is_black (b, 3, y));
  guint dots
      = (guint) (4 * 203
                 / 25.4); /* between code and end: 4 mm and what its modules leave of the slot */
  for (guint y = b->height_px - dots; y < b->height_px; y++)
    for (guint x = 40; x < 200; x++)
      g_assert_false (is_black (b, x, y));
  g_remove (path);
}

/* Many badges, one file: there when it is finished, its owner's alone; a badge that is
 * refused adds nothing. */
static void test_book (void)
{
  g_autofree char *path = g_build_filename (directory, "book.pdf", NULL);
  BadgeContent people[] = { people_french (), people_chinese (), people_french () };
  people[2].family = people[2].given = people[2].name_zh = "";
  g_autoptr (GError) error = NULL, refused = NULL;
  g_autofree char *first = NULL;
  gsize first_length = 0;
  for (guint round = 0; round < 2; round++) {
    g_autoptr (BadgeBook) book = badge_book_new (path, 0, &error);
    g_assert_no_error (error);
    for (guint i = 0; i < 40; i++)
      g_assert_true (badge_book_add (book, template_, &people[i % 2], BADGE_FRONT, NULL));
    g_assert_false (
        badge_book_add (book, template_, &people[2], BADGE_FRONT, round ? NULL : &refused));
    g_assert_true (badge_book_finish (book, &error));
    g_autofree char *text = NULL;
    gsize length = 0;
    g_assert_true (g_file_get_contents (path, &text, &length, NULL));
    g_assert_nonnull (memmem (text, length, "/Count 40", 9));
    g_assert_cmpuint (length, <, 40 * 12000); /* not forty fonts */
    if (round) {
      g_assert_cmpuint (length, ==, first_length);
      g_assert_cmpint (memcmp (text, first, length), ==, 0);
    }
    g_free (first);
    first = g_steal_pointer (&text);
    first_length = length;
    GStatBuf info;
    g_assert_cmpint (g_stat (path, &info), ==, 0);
    g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  }
  g_assert_error (refused, BADGE_ERROR, BADGE_ERROR_FIT);
  g_remove (path);
  g_autoptr (BadgeBook) left = badge_book_new (path, 0, &error);
  g_assert_true (badge_book_add (left, template_, &people[0], BADGE_FRONT, NULL));
  g_clear_pointer (&left, badge_book_free);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_null (badge_book_new ("/nowhere/book.pdf", 0, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_WRITE);
}

/* Absent texts are empty texts. */
static void test_bare (void)
{
  static const char *const none[] = { NULL };
  BadgeContent content
      = { .family = "Goff", .code = "A", .events_fr = none, .events_zh = none, .days = none };
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeSheet) pdf = badge_pdf (template_, &content, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pdf);
  content.events_fr = content.events_zh = content.days = NULL;
  g_autoptr (BadgeSheet) again = badge_pdf (template_, &content, BADGE_FRONT, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (pdf->bytes, again->bytes));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  template_ = badge_template_load (PEOPLE_TEMPLATE, &error);
  g_assert_no_error (error);
  g_test_add_func ("/badge/pdf", test_pdf);
  g_test_add_func ("/badge/raster", test_raster);
  g_test_add_func ("/badge/png", test_png);
  g_test_add_func ("/badge/refused", test_refused);
  g_test_add_func ("/badge/sides", test_sides);
  g_test_add_func ("/badge/roll", test_roll);
  g_test_add_func ("/badge/book", test_book);
  g_test_add_func ("/badge/bare", test_bare);
  directory = g_dir_make_tmp ("badge-badge-XXXXXX", &error);
  g_assert_no_error (error);
  int result = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  badge_template_free (template_);
  return result;
}
