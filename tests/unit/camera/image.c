#include "camera/image.h"
#include "unit/scan/symbol.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;

/* Files ------------------------------------------------------------------------------ */

static char *path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void save (const Frame *frame, const char *path, const char *type, gboolean alpha)
{
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, (int) frame->width, (int) frame->height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  guint stride = (guint) gdk_pixbuf_get_rowstride (pixbuf), channels = alpha ? 4 : 3;
  g_autoptr (GError) error = NULL;

  for (guint y = 0; y < frame->height; y++)
    for (guint x = 0; x < frame->width; x++) {
      guchar *p = pixels + y * stride + x * channels;
      guint8 grey = frame->grey[y * frame->width + x];
      /* With alpha, all ink is black and paper is transparent. */
      memset (p, alpha ? 0 : grey, 3);
      if (alpha)
        p[3] = grey < 128 ? 255 : 0;
    }
  g_assert_true (gdk_pixbuf_save (pixbuf, path, type, &error, NULL));
  g_assert_no_error (error);
}

static void test_files (void)
{
  static const struct {
    const char *name, *type;
    gboolean alpha;
  } ROWS[] = { { "a.png", "png", FALSE },
               { "transparent.png", "png", TRUE },
               { "a.jpg", "jpeg", FALSE },
               { "wrong-name.txt", "png", FALSE },
               { "a.bmp", "bmp", FALSE } };
  g_autoptr (Frame) frame = blank (250, 200, 255);

  draw (frame, 30, 30, 5, 0, 0, 255);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *path = path_of (ROWS[i].name);
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) codes = NULL;
    save (frame, path, ROWS[i].type, ROWS[i].alpha);
    codes = image_file_codes (path, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (codes[0], ==, SYMBOL_TEXT);
    g_assert_null (codes[1]);
    g_unlink (path);
  }
}

/* The same code twice is one code. */
static void test_twice (void)
{
  g_autofree char *path = path_of ("twice.png");
  g_autoptr (Frame) frame = blank (400, 200, 255);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) codes = NULL;

  draw (frame, 30, 30, 5, 0, 0, 255);
  draw (frame, 230, 30, 5, 1, 0, 255);
  save (frame, path, "png", FALSE);
  codes = image_file_codes (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (codes[0], ==, SYMBOL_TEXT);
  g_assert_null (codes[1]);
  g_unlink (path);
}

static void check_refused (const char *path, ImageError code)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) codes = image_file_codes (path, &error);

  g_assert_null (codes);
  g_assert_error (error, IMAGE_ERROR, (gint) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void check_contents_refused (const char *bytes, gsize length, ImageError code)
{
  g_autofree char *path = path_of ("bad");

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  check_refused (path, code);
  g_unlink (path);
}

static void test_bad_files (void)
{
  static const char SVG[] = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
  /* A header that promises 20000 × 20000 pixels, with its right CRC. */
  static const char BOMB[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4e\x20\0\0\x4e\x20\1\0\0\0\0\xcb"
                             "\x0b\x7b\x94\0\0\0\nIDATxxxxxxxxxx";
  g_autofree char *missing = path_of ("missing.png"), *pipe_path = path_of ("pipe"),
                  *large = path_of ("large");
  FILE *file;

  check_refused (missing, IMAGE_ERROR_READ);
  check_refused (folder, IMAGE_ERROR_READ);
  check_contents_refused ("", 0, IMAGE_ERROR_READ);
  check_contents_refused ("AC:BB8", 6, IMAGE_ERROR_READ);
  check_contents_refused (SVG, strlen (SVG), IMAGE_ERROR_READ);
  check_contents_refused (BOMB, sizeof BOMB - 1, IMAGE_ERROR_READ);
  check_contents_refused (BOMB, 20, IMAGE_ERROR_READ);
  check_contents_refused ("\xff\xd8\xff\xe0garbage", 11, IMAGE_ERROR_READ);

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  check_refused (pipe_path, IMAGE_ERROR_READ);
  g_unlink (pipe_path);

  file = g_fopen (large, "w");
  g_assert_cmpint (ftruncate (fileno (file), IMAGE_BYTES_MAX + 1), ==, 0);
  fclose (file);
  check_refused (large, IMAGE_ERROR_READ);
  g_unlink (large);
}

static void test_bomb_is_named (void)
{
  static const char BOMB[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4e\x20\0\0\x4e\x20\1\0\0\0\0\xcb"
                             "\x0b\x7b\x94\0\0\0\nIDATxxxxxxxxxx";
  g_autofree char *path = path_of ("bomb.png");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, BOMB, sizeof BOMB - 1, NULL));
  g_assert_null (image_file_codes (path, &error));
  g_assert_nonnull (strstr (error->message, "100 million pixels"));
  g_unlink (path);
}

/* Every truncation of a good file is refused or read, never a crash. */
static void test_truncated (void)
{
  g_autofree char *path = path_of ("whole.png"), *bytes = NULL;
  gsize length;
  g_autoptr (Frame) frame = blank (150, 150, 255);

  draw (frame, 20, 20, 4, 0, 0, 255);
  save (frame, path, "png", FALSE);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize kept = 0; kept < length; kept += 1 + length / 50) {
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) codes = NULL;
    g_assert_true (g_file_set_contents (path, bytes, (gssize) kept, NULL));
    codes = image_file_codes (path, &error);
    g_assert_true ((codes != NULL) != (error != NULL));
  }
  g_unlink (path);
}

static void test_no_code (void)
{
  g_autofree char *path = path_of ("blank.png");
  g_autoptr (Frame) frame = blank (150, 150, 255);

  save (frame, path, "png", FALSE);
  check_refused (path, IMAGE_ERROR_NO_CODE);
  g_unlink (path);
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("accueil-image-XXXXXX", NULL);
  g_test_add_func ("/scan/image/files", test_files);
  g_test_add_func ("/scan/image/twice", test_twice);
  g_test_add_func ("/scan/image/bad-files", test_bad_files);
  g_test_add_func ("/scan/image/bomb-is-named", test_bomb_is_named);
  g_test_add_func ("/scan/image/truncated", test_truncated);
  g_test_add_func ("/scan/image/no-code", test_no_code);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
