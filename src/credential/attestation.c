#include "credential/attestation.h"

#include "core/identifier.h"

#include <string.h>

#define TYPE 0xA3

/* Base64 of URLs into the usual one and back, with its padding. */
static char *turned (const char *text, gboolean to_url)
{
  g_autoptr (GString) made = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++) {
    static const char FROM[] = "+/", TO[] = "-_";
    const char *at = strchr (to_url ? FROM : TO, *p);
    if (to_url && *p == '=')
      continue;
    g_string_append_c (made, at == NULL ? *p : to_url ? TO[at - FROM] : FROM[at - TO]);
  }
  while (!to_url && made->len % 4 != 0)
    g_string_append_c (made, '=');
  return g_strdup (made->str);
}

static void put_text (GByteArray *bytes, const char *text)
{
  guint8 length = (guint8) strlen (text);
  g_byte_array_append (bytes, &length, 1);
  g_byte_array_append (bytes, (const guint8 *) text, length);
}

char *attestation_make (const SignSecret *congress, const char *reference, const char *claims)
{
  if (!identifier_is_reference (reference) || strlen (claims) > ATTESTATION_CLAIMS_MAX
      || !g_str_is_ascii (claims))
    return NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  SignPublic key;
  guint8 type = TYPE, id[SIGN_KEY_ID_BYTES], signature[SIGNATURE_BYTES];
  sign_public_of (congress, &key);
  sign_key_id (&key, id);
  g_byte_array_append (bytes, &type, 1);
  g_byte_array_append (bytes, id, sizeof id);
  put_text (bytes, reference);
  put_text (bytes, claims);
  sign_make (congress, bytes->data, bytes->len, signature);
  g_byte_array_append (bytes, signature, sizeof signature);
  g_autofree char *base64 = g_base64_encode (bytes->data, bytes->len);
  return turned (base64, TRUE);
}

/* From @at on; FALSE where it does not fit. */
static gboolean take_text (const guint8 *bytes, gsize length, gsize *at, char *text, gsize most)
{
  if (*at >= length)
    return FALSE;
  gsize size = bytes[*at];
  if (size > most || *at + 1 + size > length)
    return FALSE;
  memcpy (text, bytes + *at + 1, size);
  text[size] = '\0';
  *at += 1 + size;
  return strlen (text) == size && g_str_is_ascii (text);
}

gboolean attestation_read (const char *text, Attestation *attestation)
{
  gsize length = 0, at = 1 + SIGN_KEY_ID_BYTES;
  *attestation = (Attestation){ 0 };
  if (strnlen (text, ATTESTATION_TEXT_MAX + 1) > ATTESTATION_TEXT_MAX
      || strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
             != strlen (text))
    return FALSE;
  g_autofree char *base64 = turned (text, FALSE);
  g_autofree guint8 *bytes = g_base64_decode (base64, &length);
  if (length < at + 2 + SIGNATURE_BYTES || bytes[0] != TYPE)
    return FALSE;
  memcpy (attestation->key_id, bytes + 1, SIGN_KEY_ID_BYTES);
  gsize end = length - SIGNATURE_BYTES;
  if (!take_text (bytes, end, &at, attestation->reference, 32)
      || !take_text (bytes, end, &at, attestation->claims, ATTESTATION_CLAIMS_MAX) || at != end
      || end > sizeof attestation->signed_part || !identifier_is_reference (attestation->reference))
    return FALSE;
  memcpy (attestation->signed_part, bytes, end);
  attestation->signed_length = end;
  memcpy (attestation->signature, bytes + end, SIGNATURE_BYTES);
  return TRUE;
}

gboolean attestation_is_signed_by (const Attestation *attestation, const SignPublic *key)
{
  guint8 id[SIGN_KEY_ID_BYTES];
  sign_key_id (key, id);
  return memcmp (id, attestation->key_id, sizeof id) == 0
         && sign_check (key, attestation->signed_part, attestation->signed_length,
                        attestation->signature);
}
