/* What is packed is the same when it is unpacked; what was cut, altered or is too large is
 * refused. */
#include "core/gzip_file.h"

#include "core/descriptor.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int new_file (void)
{
  int fd = memfd_create ("gzip-file", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

static gint64 size_of (int fd)
{
  struct stat status;

  g_assert_cmpint (fstat (fd, &status), ==, 0);
  return status.st_size;
}

static int file_with (gsize length, gboolean same)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree guint8 *data = g_malloc (length + 1);
  int fd = new_file ();

  for (gsize i = 0; i < length; i++)
    data[i] = same ? 'a' : (guint8) g_rand_int (rand);
  g_assert_true (descriptor_write (fd, data, length));
  lseek (fd, 0, SEEK_SET);
  return fd;
}

static int packed_of (int fd)
{
  g_autoptr (GError) error = NULL;
  int packed = new_file ();

  g_assert_true (gzip_file_pack (fd, packed, GZIP_FILE_FAST, &error));
  lseek (packed, 0, SEEK_SET);
  return packed;
}

static void assert_equal (int one, int other)
{
  gsize length = (gsize) size_of (one);
  g_autofree guint8 *a = g_malloc (length + 1), *b = g_malloc (length + 1);

  g_assert_cmpint (size_of (one), ==, size_of (other));
  g_assert_cmpint (pread (one, a, length, 0), ==, (gssize) length);
  g_assert_cmpint (pread (other, b, length, 0), ==, (gssize) length);
  g_assert_true (memcmp (a, b, length) == 0);
}

static void test_there_and_back (void)
{
  static const gsize LENGTHS[] = { 0, 1, 1000, 256 * 1024, 256 * 1024 + 1, 3000000 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (LENGTHS); i++) {
    g_autoptr (GError) error = NULL;
    gsize length = LENGTHS[i / 2];
    int plain = file_with (length, i % 2 == 0), packed = packed_of (plain), back = new_file ();

    g_assert_true (gzip_file_unpack (packed, back, (gint64) length, &error));
    g_assert_no_error (error);
    assert_equal (plain, back);
    if (i % 2 == 0 && length > 1000)
      g_assert_cmpint (size_of (packed), <, (gint64) length / 50);
    close (plain);
    close (packed);
    close (back);
  }
}

/* Whatever is wrong, nothing is taken for good. */
static void test_refused (void)
{
  int plain = file_with (100000, FALSE), packed = packed_of (plain);
  gint64 size = size_of (packed);

  for (gint64 at = 0; at < size; at += 997) {
    g_autoptr (GError) error = NULL;
    int back = new_file ();
    guint8 byte, wrong;

    g_assert_cmpint (pread (packed, &byte, 1, at), ==, 1);
    wrong = byte ^ 0x10;
    g_assert_cmpint (pwrite (packed, &wrong, 1, at), ==, 1);
    lseek (packed, 0, SEEK_SET);
    g_assert_false (gzip_file_unpack (packed, back, 100000, &error));
    g_assert_nonnull (error);
    g_assert_cmpint (pwrite (packed, &byte, 1, at), ==, 1);
    close (back);
  }
  for (gint64 cut = 1; cut < size; cut += size / 7) {
    g_autoptr (GError) error = NULL;
    int back = new_file (), short_one;

    lseek (plain, 0, SEEK_SET);
    short_one = packed_of (plain);
    g_assert_cmpint (ftruncate (short_one, size_of (short_one) - cut), ==, 0);
    g_assert_false (gzip_file_unpack (short_one, back, 100000, &error));
    close (short_one);
    close (back);
  }
  close (plain);
  close (packed);
}

static void test_too_large (void)
{
  g_autoptr (GError) error = NULL;
  int plain = file_with (3000000, TRUE), packed = packed_of (plain), back = new_file ();

  g_assert_false (gzip_file_unpack (packed, back, 2999999, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (size_of (back), <, 3000000);
  close (plain);
  close (packed);
  close (back);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/gzip-file/there-and-back", test_there_and_back);
  g_test_add_func ("/core/gzip-file/refused", test_refused);
  g_test_add_func ("/core/gzip-file/too-large", test_too_large);
  return g_test_run ();
}
