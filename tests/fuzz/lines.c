/* Any bytes from a scanner: lines come out trimmed, printable, bounded UTF-8, and the end is reached. */
#include "scan/lines.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static int fd = -1;
  g_autoptr (Lines) lines = NULL;
  g_autoptr (GError) error = NULL;
  const char *line;
  gboolean cut;
  size_t count = 0;

  if (fd < 0)
    fd = memfd_create ("lines", 0);
  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
  g_assert_cmpint (pwrite (fd, data, size, 0), ==, (ssize_t) size);
  lseek (fd, 0, SEEK_SET);

  lines = lines_new (fd);
  while ((line = lines_next (lines, &cut, &error)) != NULL) {
    gsize length = strlen (line);
    g_assert_true (g_utf8_validate (line, -1, NULL));
    g_assert_cmpuint (length, >, 0);
    g_assert_cmpuint (length, <=, LINE_BYTES_MAX);
    g_assert_false (g_ascii_isspace (line[0]));
    g_assert_true (cut || !g_ascii_isspace (line[length - 1]));
    for (const char *at = line; *at != '\0'; at += g_utf8_skip[(guchar) *at])
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
    g_assert_cmpuint (++count, <=, size);
  }
  g_assert_no_error (error);
  return 0;
}
