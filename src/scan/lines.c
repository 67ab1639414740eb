#include "scan/lines.h"

#include "core/words.h"
#include "scan/reader.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES 4096
#define BYTE_ORDER_MARK "\357\273\277"

struct _Lines {
  int fd;
  char buffer[BUFFER_BYTES];
  gsize filled, used; /* of buffer */
  gboolean ended;
  gboolean begun; /* the first line is behind us */
  char raw[LINE_BYTES_MAX];
  gsize raw_length;
  gboolean cut;
  gboolean closed; /* ended without an end of line */
  guint64 replaced;
  GString *line;
};

Lines *lines_new (int fd)
{
  Lines *lines = g_new0 (Lines, 1);

  lines->fd = fd;
  lines->line = g_string_sized_new (LINE_BYTES_MAX);
  return lines;
}

void lines_free (Lines *lines)
{
  if (lines == NULL)
    return;
  g_string_free (lines->line, TRUE);
  g_free (lines);
}

gboolean lines_read (Lines *lines, GError **error)
{
  while (!lines->ended && lines->used == lines->filled) {
    ssize_t count = read (lines->fd, lines->buffer, sizeof lines->buffer);
    lines->filled = (gsize) MAX (count, 0);
    lines->used = 0;
    if (count > 0 || (count < 0 && errno == EAGAIN))
      return TRUE;
    if (count < 0 && errno == EINTR)
      continue;
    lines->ended = TRUE;
    if (count < 0)
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   _ ("reading scanned lines: %s"), g_strerror (errno));
  }
  return !lines->ended;
}

/* Adds a byte to the line, up to the limit; white space before the first does not
 * count. */
static void take (Lines *lines, char byte)
{
  if (lines->raw_length == 0 && g_ascii_isspace (byte))
    return;
  if (lines->raw_length < sizeof lines->raw)
    lines->raw[lines->raw_length++] = byte;
  else if (!g_ascii_isspace (byte))
    lines->cut = TRUE;
}

/* Whatever a scanner sends, what is shown or logged later must not steer a terminal. */
static void clean (Lines *lines)
{
  const char *at = lines->raw;
  const char *end = lines->raw + lines->raw_length;

  g_string_truncate (lines->line, 0);
  if (!lines->begun && lines->raw_length >= strlen (BYTE_ORDER_MARK)
      && memcmp (at, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    at += strlen (BYTE_ORDER_MARK);
  lines->begun = TRUE;
  while (at < end && g_ascii_isspace (*at))
    at++;
  while (end > at && g_ascii_isspace (end[-1]))
    end--;
  lines->replaced += reader_append (lines->line, at, (gsize) (end - at));
}

/* The line that has come is wanted no more. */
static void begin_line (Lines *lines)
{
  lines->raw_length = 0;
  lines->cut = FALSE;
  lines->closed = FALSE;
}

const char *lines_take (Lines *lines, gboolean *cut)
{
  for (;;) {
    gboolean line_end = lines->closed;
    while (!line_end && lines->used < lines->filled) {
      char byte = lines->buffer[lines->used++];
      line_end = byte == '\n' || byte == '\r';
      if (!line_end)
        take (lines, byte);
    }
    if (!line_end && (!lines->ended || lines->raw_length == 0))
      return NULL;
    clean (lines);
    if (cut != NULL)
      *cut = lines->cut;
    begin_line (lines);
    if (lines->line->len > 0)
      return lines->line->str;
  }
}

gboolean lines_is_open (const Lines *lines)
{
  return lines->raw_length > 0;
}

gboolean lines_is_cut (const Lines *lines)
{
  return lines->cut;
}

void lines_close (Lines *lines)
{
  lines->closed = lines->raw_length > 0;
}

guint64 lines_replaced (const Lines *lines)
{
  return lines->replaced;
}

const char *lines_next (Lines *lines, gboolean *cut, GError **error)
{
  for (;;) {
    const char *line = lines_take (lines, cut);
    if (line != NULL || lines->ended)
      return line;
    if (!lines_read (lines, error) || lines->filled > 0)
      continue;
    struct pollfd wait = { .fd = lines->fd, .events = POLLIN };
    poll (&wait, 1, -1);
  }
}
