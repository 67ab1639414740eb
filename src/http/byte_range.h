/* byte_range.h: the part of an answer that is asked for by “Range: bytes=…” (RFC 9110,
 * section 14): so that a download that was cut goes on where it stopped.
 * Threads: reentrant. */
#pragma once

#include <glib.h>

typedef enum {
  BYTE_RANGE_WHOLE, /* none is asked for, or several, or not as it must be: all of it */
  BYTE_RANGE_PART,
  BYTE_RANGE_OUTSIDE, /* it begins behind the end: 416 */
} ByteRange;

/* Reads @header (may be NULL), of an answer of @size bytes. PART: *@first and *@last are
 * the numbers of its first and its last byte. */
ByteRange byte_range_read (const char *header, guint64 size, guint64 *first, guint64 *last);
