#include "http/byte_range.h"

#include <string.h>

#define UNIT "bytes="
#define DIGITS_MAX 18

/* A number, or none where there are no digits; FALSE if it is too long. @text moves on. */
static gboolean read_number (const char **text, gboolean *there, guint64 *number)
{
  gsize digits = strspn (*text, "0123456789");

  *there = digits > 0;
  *number = digits > 0 && digits <= DIGITS_MAX ? g_ascii_strtoull (*text, NULL, 10) : 0;
  *text += digits;
  return digits <= DIGITS_MAX;
}

/* “-N”: the last N bytes. */
static ByteRange suffix (guint64 count, guint64 size, guint64 *first, guint64 *last)
{
  if (count == 0 || size == 0)
    return BYTE_RANGE_OUTSIDE;
  *first = count < size ? size - count : 0;
  *last = size - 1;
  return BYTE_RANGE_PART;
}

ByteRange byte_range_read (const char *header, guint64 size, guint64 *first, guint64 *last)
{
  const char *text = header;
  gboolean begins, ends;
  guint64 from, to;

  if (text == NULL || g_ascii_strncasecmp (text, UNIT, strlen (UNIT)) != 0)
    return BYTE_RANGE_WHOLE;
  text += strlen (UNIT);
  if (!read_number (&text, &begins, &from) || *text++ != '-' || !read_number (&text, &ends, &to)
      || *text != '\0' || (!begins && !ends) || (begins && ends && to < from))
    return BYTE_RANGE_WHOLE;
  if (!begins)
    return suffix (to, size, first, last);
  if (from >= size)
    return BYTE_RANGE_OUTSIDE;
  *first = from;
  *last = ends && to < size ? to : size - 1;
  return BYTE_RANGE_PART;
}
