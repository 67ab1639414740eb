/* picture.h: how large a picture is, told from its first bytes, without unpacking it.
 * Threads: reentrant. Nothing here blocks. Sources: PNG, ISO/IEC 15948, 11.2.2; JPEG,
 * ITU-T T.81, B.2.2. */
#pragma once

#include <glib.h>

/* FALSE if @bytes do not begin a PNG or a JPEG, or end before its size is told. */
gboolean picture_size (const guint8 *bytes, gsize length, guint *width, guint *height);
