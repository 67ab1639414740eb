#include "core/hash.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (HASH_BYTES == crypto_generichash_BYTES);

struct _Hasher {
  crypto_generichash_state state;
};

Hash hash_of (const void *data, gsize length)
{
  Hash hash;

  crypto_generichash (hash.bytes, HASH_BYTES, data, length, NULL, 0);
  return hash;
}

Hasher *hash_new (void)
{
  /* libsodium wants its state on a boundary of 64 bytes. */
  Hasher *hasher = g_aligned_alloc0 (1, sizeof (Hasher), 64);

  crypto_generichash_init (&hasher->state, NULL, 0, HASH_BYTES);
  return hasher;
}

static void put_be64 (guint8 bytes[8], guint64 value)
{
  guint64 big = GUINT64_TO_BE (value);

  memcpy (bytes, &big, sizeof big);
}

void hash_add (Hasher *hasher, const void *data, gsize length)
{
  guint8 prefix[8];

  put_be64 (prefix, length);
  crypto_generichash_update (&hasher->state, prefix, sizeof prefix);
  crypto_generichash_update (&hasher->state, data, length);
}

void hash_add_piece (Hasher *hasher, const void *data, gsize length)
{
  crypto_generichash_update (&hasher->state, data, length);
}

void hash_add_text (Hasher *hasher, const char *text)
{
  hash_add (hasher, text, strlen (text));
}

void hash_add_int (Hasher *hasher, gint64 value)
{
  guint8 bytes[8];

  put_be64 (bytes, (guint64) value);
  hash_add (hasher, bytes, sizeof bytes);
}

Hash hash_finish (Hasher *hasher)
{
  Hash hash;

  crypto_generichash_final (&hasher->state, hash.bytes, HASH_BYTES);
  g_aligned_free (hasher);
  return hash;
}

gboolean hash_equal (const Hash *a, const Hash *b)
{
  return memcmp (a->bytes, b->bytes, HASH_BYTES) == 0;
}

char *hash_to_hex (const Hash *hash)
{
  char *hex = g_malloc (HASH_BYTES * 2 + 1);

  return sodium_bin2hex (hex, HASH_BYTES * 2 + 1, hash->bytes, HASH_BYTES);
}

gboolean hash_from_hex (const char *hex, Hash *hash)
{
  gsize length = 0;

  if (hex == NULL || strlen (hex) != HASH_BYTES * 2)
    return FALSE;
  return sodium_hex2bin (hash->bytes, HASH_BYTES, hex, HASH_BYTES * 2, NULL, &length, NULL) == 0
         && length == HASH_BYTES;
}
