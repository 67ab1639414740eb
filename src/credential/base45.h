/* base45.h: base45 (RFC 9285): bytes as text that QR symbols hold in their alphanumeric
 * mode.
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include <glib.h>

/* Free with g_free(). */
char *base45_encode (const guint8 *data, gsize length);
/* FALSE if @text is not canonical base45 or holds more than @size bytes. */
gboolean base45_decode (const char *text, gsize text_length, guint8 *data, gsize size,
                        gsize *length);
