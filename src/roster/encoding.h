/* encoding.h: which encoding a list is written in, found from its bytes alone.
 *
 * A byte order mark decides. Without one, the whole file is read as UTF-16 (if a
 * twentieth of its bytes or more are zero), UTF-8, GB18030 and Windows-1252, and in each
 * what fits is counted against what does not. That a byte can be decoded is not enough,
 * since nearly all bytes can be in Windows-1252 and most pairs in GB18030; what does not
 * fit is also:
 * - in Windows-1252, four or more accented letters and signs in a row, three of them no
 *   punctuation (hanzi read wrongly), and what UTF-8 makes of French letters (Ã©, â€™);
 * - in GB18030, a rare hanzi inside a Latin word (é and the letter after it), and UTF-8
 *   text, hanzi or French letters. An encoding is taken only if all fits, so that a file
 *   of which a part was pasted in another encoding is refused, with the first line and
 *   byte that do not fit. Of two that fit, the one with the more plausible letters is
 *   taken: accents beside Latin letters, hanzi of everyday use.
 *
 * Must not know: anything of rows or headings.
 * Threads: reentrant. Nothing here blocks but on reading mapped pages.  */
#pragma once

#include <glib.h>

typedef enum {
  ENCODING_UTF8,
  ENCODING_UTF16LE,
  ENCODING_UTF16BE,
  ENCODING_GB18030,
  ENCODING_WINDOWS_1252, /* this and those after it: as in western.h */
  ENCODING_ISO_8859_15,
  ENCODING_CP850,
  ENCODING_MACINTOSH,
  ENCODING_WINDOWS_1250,
  ENCODING_ISO_8859_2,
  ENCODING_WINDOWS_1254,
} Encoding;

/* "UTF-8", "UTF-16LE", …: what people and iconv call it. */
const char *encoding_name (Encoding encoding);

/* @start: bytes of the byte order mark. IMPORT_ERROR_ENCODING names line and byte;
 * IMPORT_ERROR_FORMAT if it is a workbook or XML. */
gboolean encoding_detect (const guint8 *bytes, gsize length, Encoding *encoding, gsize *start,
                          GError **error);

/* The line (from 1) of the byte at @offset of a text in @encoding, and its place in that
 * line (from 1). */
void encoding_position (const guint8 *bytes, gsize offset, Encoding encoding, guint *line,
                        guint *byte);
