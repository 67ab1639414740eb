/* line_source.h: opens what a line_reader.h reads: standard input, a FIFO, a listening
 * socket.
 * Threads: reentrant. Blocks on the file system only. */
#pragma once

#include "scan/reader.h"

#define LINE_SOURCE_SUFFIX ".socket" /* of a path that is a socket */

typedef enum { LINE_SOURCE_INPUT, LINE_SOURCE_FIFO, LINE_SOURCE_SOCKET } LineSourceKind;

typedef struct {
  LineSourceKind kind;
  int fd;                /* -1 while closed; standard input's is not closed */
  guint64 device, inode; /* of the path, to see whether it is still the same */
} LineSource;

/* FALSE, with the reader's @state and its detail (free with g_free()), if it cannot be
 * opened. */
gboolean line_source_open (LineSource *source, const char *path, ReaderState *state, char **detail);
/* The path still leads to what was opened, and not everybody may write there. */
gboolean line_source_stands (const LineSource *source, const char *path);
/* Takes a socket's path away, if it is still ours. */
void line_source_close (LineSource *source, const char *path);
/* How the path stands, as another program than the reader can see it: READY if one reads
 * there. Takes nothing and makes nothing. @detail as above, "" for nothing to add. */
ReaderState line_source_look (const char *path, char **detail);
