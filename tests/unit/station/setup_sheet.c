/* The sheet of set-up codes, as a printer would see it: turned into pixels, every code on
 * every page is read again, the inverted one too. */
#include "badge/badge.h"
#include "usb/code128.h"
#include "usb/selftest.h"
#include "usb/setup.h"
#include "station/setup_sheet.h"
#include "words_here.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <zbar.h>

#define DPI 300
#define PAGES 6 /* test codes and five makers */

static char *folder;

/* The texts of all codes of one kind on a page, below the share @from of its height. */
static GPtrArray *codes_on (guint page, double from, zbar_symbol_type_t type)
{
  g_autofree char *name = g_strdup_printf ("page-%u.png", page),
                  *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, &error);
  guint width, height, channels, top;
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  g_autofree guint8 *grey = NULL;

  g_assert_no_error (error);
  width = (guint) gdk_pixbuf_get_width (pixbuf);
  top = (guint) (from * gdk_pixbuf_get_height (pixbuf));
  height = (guint) gdk_pixbuf_get_height (pixbuf) - top;
  channels = (guint) gdk_pixbuf_get_n_channels (pixbuf);
  grey = g_malloc ((gsize) width * height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      grey[y * width + x] = gdk_pixbuf_read_pixels (
          pixbuf)[(top + y) * (guint) gdk_pixbuf_get_rowstride (pixbuf) + x * channels];
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, type, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_TEST_INVERTED, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, grey, (gsize) width * height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    g_ptr_array_add (
        codes, g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol)));
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return codes;
}

static void draw_pages (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = setup_sheet_pdf (&error);
  g_autofree char *path = g_build_filename (folder, "sheet.pdf", NULL),
                  *pages = g_build_filename (folder, "page", NULL),
                  *dpi = g_strdup_printf ("%d", DPI);
  const char *command[] = { "pdftoppm", "-r", dpi, "-gray", "-png", path, pages, NULL };
  int status = 0;

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL),
                                      (gssize) g_bytes_get_size (pdf), NULL));
  g_spawn_sync (NULL, (char **) (guintptr) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_unlink (path);
}

/* The three of the usual kind are seen together; ZBar looks for inverted ones where it
 * finds nothing else, so that one is looked at alone: it is the last. */
static void test_tests (void)
{
  g_autoptr (GPtrArray) codes = codes_on (1, 0, ZBAR_QRCODE),
                        inverted = codes_on (1, 0.66, ZBAR_QRCODE);

  g_assert_cmpuint (codes->len, ==, 3);
  g_assert_cmpuint (inverted->len, ==, 1);
  g_ptr_array_extend_and_steal (codes, g_steal_pointer (&inverted));
  for (guint i = 0; i < codes->len; i++)
    g_assert_cmpstr (g_ptr_array_index (codes, i), ==, SELFTEST_TEXT);
}

static gboolean has (const GPtrArray *codes, const char *text)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *) (guintptr) codes, text, g_str_equal, NULL);
}

static void test_makers (void)
{
  guint count;
  const SetupFamily *families = setup_families (&count);

  g_assert_cmpuint (count + 1, ==, PAGES);
  for (guint i = 0; i < count; i++) {
    g_autoptr (GPtrArray) codes = codes_on (i + 2, 0, ZBAR_CODE128),
                          qr = codes_on (i + 2, 0, ZBAR_QRCODE);
    guint drawn = 0;
    for (guint j = 0; j < SETUP_PURPOSES; j++) {
      const char *code = families[i].steps[j].code;
      if (code == NULL)
        continue;
      drawn++;
      g_assert_cmpint (code[0], ==, CODE128_FNC3);
      g_assert_true (has (codes, code + 1)); /* ZBar leaves FNC3 out */
    }
    g_assert_cmpuint (codes->len, ==, drawn);
    g_assert_cmpuint (qr->len, ==, 0);
  }
}

static void test_page_count (void)
{
  g_autofree char *one_more = g_strdup_printf ("page-%d.png", PAGES + 1),
                  *path = g_build_filename (folder, one_more, NULL);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  words_here ();
  badge_fonts_start ("fonts/fonts.conf", &error);
  g_assert_no_error (error);
  folder = g_dir_make_tmp ("accueil-sheet-XXXXXX", NULL);
  draw_pages ();
  g_test_add_func ("/station/setup-sheet/tests", test_tests);
  g_test_add_func ("/station/setup-sheet/makers", test_makers);
  g_test_add_func ("/station/setup-sheet/page-count", test_page_count);
  status = g_test_run ();
  for (guint i = 1; i <= PAGES; i++) {
    g_autofree char *name = g_strdup_printf ("page-%u.png", i),
                    *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return status;
}
