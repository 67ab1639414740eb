/* lines.h: codes as lines of text from a file descriptor: standard input, a pipe, a scanner's serial port.
 * A line longer than LINE_BYTES_MAX is read to its end and given as the first LINE_BYTES_MAX bytes with `cut`; memory is bounded whatever comes. CR, LF and surrounding white space are removed, empty lines passed over; bytes that are no UTF-8 or
 * control characters become '?'.
 * Threads: a Lines belongs to one thread. lines_next() blocks on the descriptor.  */
#pragma once

#include <glib.h>

#define LINE_BYTES_MAX 1024

typedef struct _Lines Lines;
Lines *lines_new (int fd); /* does not close @fd */
void lines_free (Lines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lines, lines_free)
/* The next line, valid until the next call; NULL at the end (and @error set if reading failed: a GFileError). */
const char *lines_next (Lines *lines, gboolean *cut, GError **error);
