/* Signatures that were checked once in this seed are known: the simulator is linked so
 * that what is tested calls this in the place of sign_check() (--wrap in the Makefile).
 * Every machine checks the same ones, and that is half of all arithmetic. */
#include "core/hash.h"
#include "core/lock.h"
#include "core/sign.h"

#include <glib.h>
#include <string.h>

#define KNOWN_MAX 20000

static Lock mutex = LOCK_INIT;
static GHashTable *known; /* Hash of key, data and signature → whether it holds; under mutex */

gboolean __real_sign_check (const SignPublic *key, const void *data, gsize length,
                            const guint8 signature[SIGNATURE_BYTES]);
gboolean __wrap_sign_check (const SignPublic *key, const void *data, gsize length,
                            const guint8 signature[SIGNATURE_BYTES]);

static guint hash_value (gconstpointer data)
{
  const Hash *hash = data;
  guint value;

  memcpy (&value, hash->bytes, sizeof value);
  return value;
}

static gboolean is_equal (gconstpointer a, gconstpointer b)
{
  return hash_equal (a, b);
}

static Hash key_of (const SignPublic *key, const void *data, gsize length, const guint8 *signature)
{
  Hasher *hasher = hash_new ();

  hash_add_piece (hasher, key->bytes, sizeof key->bytes);
  hash_add_piece (hasher, signature, SIGNATURE_BYTES);
  hash_add_piece (hasher, data, length);
  return hash_finish (hasher);
}

gboolean __wrap_sign_check (const SignPublic *key, const void *data, gsize length,
                            const guint8 signature[SIGNATURE_BYTES])
{
  Hash hash = key_of (key, data, length, signature);
  gpointer holds = NULL;
  gboolean found;

  lock_take (&mutex);
  if (known == NULL)
    known = g_hash_table_new_full (hash_value, is_equal, g_free, NULL);
  found = g_hash_table_lookup_extended (known, &hash, NULL, &holds);
  lock_give (&mutex);
  if (found)
    return GPOINTER_TO_INT (holds);
  holds = GINT_TO_POINTER (__real_sign_check (key, data, length, signature));
  lock_take (&mutex);
  if (g_hash_table_size (known) >= KNOWN_MAX)
    g_hash_table_remove_all (known);
  g_hash_table_insert (known, g_memdup2 (&hash, sizeof hash), holds);
  lock_give (&mutex);
  return GPOINTER_TO_INT (holds);
}
