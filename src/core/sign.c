#include "core/sign.h"

#include "core/hash.h"

#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

G_STATIC_ASSERT (SIGN_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (SIGN_SECRET_BYTES == crypto_sign_SECRETKEYBYTES);
G_STATIC_ASSERT (SIGNATURE_BYTES == crypto_sign_BYTES);

/* The limit alone is not heeded where the kernel hands dumps to a program. */
static void keep_from_dumps (void)
{
  static const struct rlimit NOTHING = { 0, 0 };

  if (prctl (PR_SET_DUMPABLE, 0) != 0 || setrlimit (RLIMIT_CORE, &NOTHING) != 0)
    g_debug ("core dumps stay possible");
}

void sign_start (void)
{
  keep_from_dumps ();
  if (sodium_init () < 0)
    g_error ("libsodium could not start: this machine gives no random numbers");
}

void sign_key_new (SignPublic *key, SignSecret *secret)
{
  crypto_sign_keypair (key->bytes, secret->bytes);
}

void sign_public_of (const SignSecret *secret, SignPublic *key)
{
  crypto_sign_ed25519_sk_to_pk (key->bytes, secret->bytes);
}

void sign_make (const SignSecret *secret, const void *data, gsize length,
                guint8 signature[SIGNATURE_BYTES])
{
  crypto_sign_detached (signature, NULL, data, length, secret->bytes);
}

gboolean sign_check (const SignPublic *key, const void *data, gsize length,
                     const guint8 signature[SIGNATURE_BYTES])
{
  return crypto_sign_verify_detached (signature, data, length, key->bytes) == 0;
}

void sign_key_id (const SignPublic *key, guint8 id[SIGN_KEY_ID_BYTES])
{
  Hash hash = hash_of (key->bytes, SIGN_PUBLIC_BYTES);

  memcpy (id, hash.bytes, SIGN_KEY_ID_BYTES);
}

char *sign_key_id_text (const SignPublic *key)
{
  guint8 id[SIGN_KEY_ID_BYTES];
  char *text = g_malloc (SIGN_KEY_ID_BYTES * 2 + 1);

  sign_key_id (key, id);
  return sodium_bin2hex (text, SIGN_KEY_ID_BYTES * 2 + 1, id, SIGN_KEY_ID_BYTES);
}

static gboolean bytes_from_text (const char *text, guint8 *bytes, gsize length)
{
  gsize got = 0;

  if (text == NULL)
    return FALSE;
  return sodium_base642bin (bytes, length, text, strlen (text), NULL, &got, NULL,
                            sodium_base64_VARIANT_ORIGINAL)
             == 0
         && got == length;
}

char *sign_public_text (const SignPublic *key)
{
  return g_base64_encode (key->bytes, SIGN_PUBLIC_BYTES);
}

char *sign_secret_text (const SignSecret *secret)
{
  return g_base64_encode (secret->bytes, SIGN_SECRET_BYTES);
}

gboolean sign_public_from_text (const char *text, SignPublic *key)
{
  return bytes_from_text (text, key->bytes, SIGN_PUBLIC_BYTES);
}

gboolean sign_secret_from_text (const char *text, SignSecret *secret)
{
  return bytes_from_text (text, secret->bytes, SIGN_SECRET_BYTES);
}

gboolean sign_signature_from_text (const char *text, guint8 signature[SIGNATURE_BYTES])
{
  return bytes_from_text (text, signature, SIGNATURE_BYTES);
}

void sign_wipe (SignSecret *secret)
{
  sodium_memzero (secret->bytes, SIGN_SECRET_BYTES);
}

SignSecret *sign_hold (void)
{
  SignSecret *secret = sodium_malloc (sizeof *secret);

  if (secret == NULL)
    g_error ("no memory for a secret");
  sign_wipe (secret);
  return secret;
}

void sign_release (SignSecret *secret)
{
  sodium_free (secret);
}

char *sign_secret_new (gsize bytes)
{
  g_autofree guint8 *random = g_malloc (bytes);
  gsize size = sodium_base64_encoded_len (bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *text = g_malloc (size);

  randombytes_buf (random, bytes);
  sodium_bin2base64 (text, size, random, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero (random, bytes);
  return text;
}

gboolean sign_secret_equal (const char *a, const char *b)
{
  Hash hash_a, hash_b;

  if (a == NULL || b == NULL)
    return FALSE;
  hash_a = hash_of (a, strlen (a));
  hash_b = hash_of (b, strlen (b));
  return sodium_memcmp (hash_a.bytes, hash_b.bytes, HASH_BYTES) == 0;
}
