/* gzip_file.h: whole files made smaller by gzip (RFC 1952), and back, a piece at a time.
 * Threads: reentrant. Blocks on disk. Errors are of G_IO_ERROR. */
#pragma once

#include <glib.h>

#define GZIP_FILE_FAST 1 /* half the size of the best costs a tenth of the time */

/* From the place where @from stands to where @to stands; @level 1 to 9. */
gboolean gzip_file_pack (int from, int to, gint level, GError **error);
/* The way back, at most @most bytes. What was cut or altered is an error: the format has a
 * checksum. */
gboolean gzip_file_unpack (int from, int to, gint64 most, GError **error);
