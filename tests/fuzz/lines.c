/* Any bytes from a scanner: lines come out trimmed, printable, bounded UTF-8, and the end
 * is reached. Read at once and read piece by piece, as from a pipe, they are the same. */
#include "scan/lines.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void check_line (const char *line, gboolean cut)
{
  gsize length = strlen (line);

  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <=, LINE_BYTES_MAX);
  g_assert_false (g_ascii_isspace (line[0]));
  g_assert_true (cut || !g_ascii_isspace (line[length - 1]));
  for (const char *at = line; *at != '\0'; at += g_utf8_skip[(guchar) *at])
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

/* The lines again, through a pipe that is filled with a few bytes at a time; how many,
 * the first byte says. */
static void read_pieces (const uint8_t *data, size_t size, const GPtrArray *lines)
{
  int ends[2];
  g_autoptr (Lines) piecewise = NULL;
  guint count = 0;
  size_t piece = size > 0 ? 1 + data[0] % 61 : 1, given = 0;
  gboolean open = TRUE;

  g_assert_cmpint (pipe2 (ends, O_NONBLOCK | O_CLOEXEC), ==, 0);
  piecewise = lines_new (ends[0]);
  while (open) {
    const char *line;
    size_t now = MIN (piece, size - given);
    if (now > 0)
      g_assert_cmpint (write (ends[1], data + given, now), ==, (ssize_t) now);
    else if (ends[1] >= 0) {
      close (ends[1]);
      ends[1] = -1;
    }
    given += now;
    open = lines_read (piecewise, NULL);
    while ((line = lines_take (piecewise, NULL)) != NULL) {
      g_assert_cmpuint (count, <, lines->len);
      g_assert_cmpstr (line, ==, g_ptr_array_index (lines, count));
      count++;
    }
    g_assert_true (open || !lines_is_open (piecewise));
  }
  g_assert_cmpuint (count, ==, lines->len);
  close (ends[0]);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static int fd = -1;
  g_autoptr (Lines) lines = NULL;
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  const char *line;
  gboolean cut;

  if (fd < 0)
    fd = memfd_create ("lines", 0);
  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
  g_assert_cmpint (pwrite (fd, data, size, 0), ==, (ssize_t) size);
  lseek (fd, 0, SEEK_SET);

  lines = lines_new (fd);
  while ((line = lines_next (lines, &cut, &error)) != NULL) {
    check_line (line, cut);
    g_ptr_array_add (seen, g_strdup (line));
    g_assert_cmpuint (seen->len, <=, size);
  }
  g_assert_no_error (error);
  read_pieces (data, size, seen);
  return 0;
}
