/* Any bytes as a list: either an encoding is found in which they decode to valid UTF-8
 * (or the decoder names the place that does not), or they are refused with a place inside
 * the file. */
#include "roster/decoder.h"
#include "roster/import_fault.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Encoding encoding;
  gsize start;
  char piece[64];
  gssize got;

  if (!encoding_detect (data, size, &encoding, &start, &error)) {
    g_assert_true (g_error_matches (error, IMPORT_ERROR, IMPORT_ERROR_ENCODING)
                   || g_error_matches (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_cmpuint (start, <=, size);
  g_autoptr (Decoder) decoder = decoder_new (data + start, size - start, encoding);
  while ((got = decoder_read (decoder, piece, sizeof piece, &error)) > 0)
    g_string_append_len (text, piece, got);
  g_assert_true (got == 0 ? error == NULL
                          : g_error_matches (error, IMPORT_ERROR, IMPORT_ERROR_ENCODING));
  g_assert_cmpuint (decoder_position (decoder), <=, size - start);
  for (gsize i = 0; i < text->len; i++)
    if (text->str[i] == '\0')
      text->str[i] = ' ';
  if (got == 0)
    g_assert_true (g_utf8_validate (text->str, (gssize) text->len, NULL));
  return 0;
}
