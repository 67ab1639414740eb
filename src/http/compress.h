/* compress.h: answers made smaller by gzip, and whether the other side takes that.
 *
 * What a compressed answer holds shows in its length. So nothing that holds a secret is
 * compressed where a stranger could make it hold words of his choice as well (BREACH):
 * whoever answers says so by request_compress() (request.h).
 * Threads: reentrant. */
#pragma once

#include <glib.h>

/* Below it a head and a checksum gain nothing. */
#define COMPRESS_FROM_BYTES 1024
#define COMPRESS_FAST 4 /* for what is made at once */
#define COMPRESS_BEST 9 /* for what is sent often */

/* Whether “Accept-Encoding: @header” (may be NULL) takes gzip: it is named, or “*”, and
 * not with q=0 (RFC 9110, section 12.5.3). */
gboolean compress_is_taken (const char *header);
/* Free with g_bytes_unref(). */
GBytes *compress_gzip (gconstpointer data, gsize length, gint level);
