/* Any bytes as a scanned text: reading must answer, and what reads as a code must be
 * written again to the same bytes. */
#include "credential/base45.h"
#include "credential/code.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A signed part and signature go back to the canonical text. */
static void check_canonical (const char *text, const Code *code)
{
  guint8 bytes[sizeof code->signed_part + SIGNATURE_BYTES];
  g_autofree char *again = NULL, *whole = NULL, *trimmed = g_strstrip (g_strdup (text));

  memcpy (bytes, code->signed_part, code->signed_length);
  memcpy (bytes + code->signed_length, code->signature, SIGNATURE_BYTES);
  again = base45_encode (bytes, code->signed_length + SIGNATURE_BYTES);
  whole = g_strconcat (CODE_PREFIX, again, NULL);
  g_assert_cmpstr (whole, ==, trimmed);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static SignPublic key;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree guint8 *room = g_malloc (size + 1);
  g_autoptr (GError) error = NULL;
  gsize length;
  Code code;

  sign_start ();
  if (code_read (text, &code, &error)) {
    check_canonical (text, &code);
    g_assert_false (code_is_signed_by (&code, &key));
  } else
    g_assert_nonnull (error);

  if (base45_decode ((const char *) data, size, room, size, &length)) {
    g_autofree char *again = base45_encode (room, length);
    g_assert_cmpmem (again, (int) strlen (again), data, (int) size);
  }
  /* The bytes themselves, as if they had been the decoded ones: gets the fuzzer past
   * base45. */
  {
    g_autofree char *encoded = base45_encode (data, MIN (size, 200));
    g_autofree char *ours = g_strconcat (CODE_PREFIX, encoded, NULL);
    if (code_read (ours, &code, NULL))
      check_canonical (ours, &code);
  }
  return 0;
}
