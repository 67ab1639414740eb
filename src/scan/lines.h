/* lines.h: codes as lines of text from a file descriptor: standard input, a FIFO, a
 * socket. A line longer than LINE_BYTES_MAX is read to its end and given as the first
 * LINE_BYTES_MAX bytes with `cut`; memory is bounded whatever comes. CR, LF and
 * surrounding white space are removed, empty lines passed over; bytes that are no UTF-8
 * or control characters become '?'.
 * Threads: a Lines belongs to one thread. lines_next() blocks on the descriptor,
 * lines_read() does if nothing can be read; lines_take() never does.  */
#pragma once

#include <glib.h>

#define LINE_BYTES_MAX 1024

typedef struct _Lines Lines;
Lines *lines_new (int fd); /* does not close @fd */
void lines_free (Lines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lines, lines_free)
/* The next line, valid until the next call; NULL at the end (and @error set if reading
 * failed: a GFileError). */
const char *lines_next (Lines *lines, gboolean *cut, GError **error);

/* For whoever waits for several descriptors at once: read when one is ready, then take
 * until there is nothing more to take. */

/* Reads once what is there, a few thousand bytes at most; not before all that came before
 * has been taken. FALSE at the end (and @error set if reading failed); what has come of a
 * last line can be taken then. */
gboolean lines_read (Lines *lines, GError **error);
/* The next line that has come whole, valid until the next call; NULL if none has. */
const char *lines_take (Lines *lines, gboolean *cut);
/* Part of a line has come, and its end has not. */
gboolean lines_is_open (const Lines *lines);
/* What has come of a line is longer than LINE_BYTES_MAX: it will be given with `cut`, if
 * it ever ends. */
gboolean lines_is_cut (const Lines *lines);
/* What has come of a line is a line: for senders that end a code by a pause. The next
 * lines_take() gives it. */
void lines_close (Lines *lines);
/* How many characters were replaced by '?' so far. */
guint64 lines_replaced (const Lines *lines);
