#include "roster/decoder.h"

#include "core/words.h"
#include "roster/import_fault.h"

#include <errno.h>
#include <string.h>

struct _Decoder {
  const guint8 *bytes;
  gsize length, position;
  Encoding encoding;
  GIConv converter; /* unused for UTF-8 */
};

Decoder *decoder_new (const guint8 *bytes, gsize length, Encoding encoding)
{
  Decoder *decoder = g_new0 (Decoder, 1);
  decoder->bytes = bytes;
  decoder->length = length;
  decoder->encoding = encoding;
  if (encoding != ENCODING_UTF8)
    decoder->converter = g_iconv_open ("UTF-8", encoding_name (encoding));
  return decoder;
}

void decoder_free (Decoder *decoder)
{
  if (decoder == NULL)
    return;
  if (decoder->encoding != ENCODING_UTF8 && decoder->converter != (GIConv) -1)
    g_iconv_close (decoder->converter);
  g_free (decoder);
}

gsize decoder_position (const Decoder *decoder)
{
  return decoder->position;
}

static gssize fail_at (const Decoder *decoder, GError **error)
{
  guint line, byte;
  encoding_position (decoder->bytes, decoder->position, decoder->encoding, &line, &byte);
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_ENCODING,
               _ ("reading it as %s failed: line %u, byte %u (0x%02X) is no character. Correct "
                  "that line, or save the list again as CSV UTF-8."),
               encoding_name (decoder->encoding), line, byte, decoder->bytes[decoder->position]);
  return -1;
}

gssize decoder_read (Decoder *decoder, char *buffer, gsize size, GError **error)
{
  gsize left = decoder->length - decoder->position;
  if (left == 0)
    return 0;
  if (decoder->encoding == ENCODING_UTF8) {
    gsize take = MIN (left, size);
    memcpy (buffer, decoder->bytes + decoder->position, take);
    decoder->position += take;
    return (gssize) take;
  }
  if (decoder->converter == (GIConv) -1) {
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_ENCODING,
                 _ ("this machine cannot convert %s to UTF-8. Save the list again as CSV UTF-8."),
                 encoding_name (decoder->encoding));
    return -1;
  }
  gchar *in = (gchar *) (guintptr) (decoder->bytes + decoder->position); /* iconv's interface is not
                                                                      const, but it only reads */
  gchar *out = buffer;
  gsize room = size;
  gsize result = g_iconv (decoder->converter, &in, &left, &out, &room);
  decoder->position = decoder->length - left;
  if (room < size)
    return (gssize) (size - room); /* an error in what follows is met again by the next call */
  return result == (gsize) -1 ? fail_at (decoder, error) : 0;
}
