/* biff_maker.h: what the tests of old workbooks share: records, and a workbook in memory
 * of the stream that a test gives. */
#pragma once

#include <glib.h>
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>
#include <string.h>

static inline void maker_put (GByteArray *stream, guint type, const void *data, gsize size)
{
  guint8 head[]
      = { (guint8) type, (guint8) (type >> 8), (guint8) size, (guint8) ((guint) size >> 8) };
  g_byte_array_append (stream, head, sizeof head);
  g_byte_array_append (stream, data, (guint) size);
}

/* A record of what @hex says: "0006 0500", two digits a byte, blanks left out. */
static inline void maker_record (GByteArray *stream, guint type, const char *hex)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  for (const char *p = hex; *p != '\0'; p++) {
    if (*p == ' ')
      continue;
    guint8 byte = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));
    g_byte_array_append (data, &byte, 1);
    p++;
  }
  maker_put (stream, type, data->data, data->len);
}

/* An OLE container with @stream under @name. Free with g_free(). */
static inline guint8 *maker_container (const char *name, const guint8 *stream, gsize size,
                                       gsize *length)
{
  GsfOutput *memory = gsf_output_memory_new ();
  GsfOutfile *file = gsf_outfile_msole_new (memory);
  GsfOutput *child = gsf_outfile_new_child (file, name, FALSE);
  if (size > 0)
    g_assert_true (gsf_output_write (child, size, stream));
  g_assert_true (gsf_output_close (child));
  g_object_unref (child);
  g_assert_true (gsf_output_close (GSF_OUTPUT (file)));
  g_object_unref (file);
  *length = (gsize) gsf_output_size (memory);
  guint8 *bytes = g_memdup2 (gsf_output_memory_get_bytes (GSF_OUTPUT_MEMORY (memory)), *length);
  g_object_unref (memory);
  return bytes;
}

#define MAKER_BOF_GLOBALS "0006 0500 0000 0000 00000000 00000000"
#define MAKER_BOF_SHEET "0006 1000 0000 0000 00000000 00000000"

/* The globals of a workbook with one sheet, 名单: formats General, 0000 and a date's; the
 * shared texts Lefèvre (Latin), 王明 (wide) and Hélène (rich), the second cut by a CONTINUE
 * record in its midst. What comes after it is the sheet. */
static inline GByteArray *maker_globals (void)
{
  GByteArray *stream = g_byte_array_new ();
  maker_record (stream, 0x0809, MAKER_BOF_GLOBALS);
  maker_record (stream, 0x041E, "A400 0400 00 30303030");
  maker_record (stream, 0x00E0, "0000 0000 0000");
  maker_record (stream, 0x00E0, "0000 A400 0000");
  maker_record (stream, 0x00E0, "0000 0E00 0000");
  guint at = stream->len + 4;
  maker_record (stream, 0x0085, "00000000 00 00 02 01 0D54 5553");
  maker_record (stream, 0x00FC, "03000000 03000000 0700 00 4C6566E8767265 0200 01 8B73");
  maker_record (stream, 0x003C, "01 0E66 0600 08 0100 48E96CE86E65 00000000");
  maker_record (stream, 0x000A, "");
  guint32 place = GUINT32_TO_LE (stream->len);
  memcpy (stream->data + at, &place, sizeof place);
  return stream;
}
