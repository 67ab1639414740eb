/* line_reader.h: codes as lines from standard input, a FIFO or a Unix socket, for other
 * hardware, scripts and tests.
 *
 * "-" is standard input. A path that ends in “.socket” (LINE_SOURCE_SUFFIX) is a socket
 * (SOCK_STREAM) that is made here and taken away at the end; any other is a FIFO, made if
 * it is missing. Both get the mode 0660: their owner and group may write, and one that
 * others may write to is refused. Who reads a FIFO locks it (flock(2)), so that no two
 * readers share its codes. Writers of a FIFO may come and go; a code that is not followed
 * by a line end within LINE_READER_PAUSE_MS is taken as it is. At most
 * LINE_READER_CLIENTS_MAX are connected to a socket at once; the next wait until one
 * leaves, or has been silent for LINE_READER_SILENT_MS and gives its place.
 *
 * Lines are read as lines.h says; one that is longer than READER_CODE_BYTES_MAX is left
 * out, and told in the state. When codes come faster than they are taken, writers wait:
 * no more than a few thousand bytes of each are kept here. That others wait is told too.
 *
 * States: READY; UNPLUGGED: the path has been taken away, and is made anew; DENIED: no
 * right to open it, others may write to it, or another program listens there; FAILED: it
 * is something else, or the folder is missing. Tried again every LINE_READER_RETRY_MS.
 * ENDED: the end of standard input.
 *
 * Threads: a LineReader has one thread. Only line_reader_free() blocks, until that has
 * ended (at once).  */
#pragma once

#include "scan/line_source.h"
#include "scan/reader.h"

#define LINE_READER_CLIENTS_MAX 16
#define LINE_READER_PAUSE_MS 500
#define LINE_READER_SILENT_MS 5000
#define LINE_READER_RETRY_MS 1000

typedef struct _LineReader LineReader;

/* Starts at once and never fails: what is wrong is told as a state. @listener is
 * copied. */
LineReader *line_reader_new (const char *name, const char *path, const ReaderListener *listener);
void line_reader_free (LineReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LineReader, line_reader_free)
