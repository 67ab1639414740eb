/* descriptor.h: writing to a file descriptor.
 * Threads: reentrant. Blocks on the descriptor.  */
#pragma once

#include <glib.h>

/* Writes all of @data, going on after interruptions and short writes. FALSE with errno
 * set. */
gboolean descriptor_write (int fd, const void *data, gsize length);
