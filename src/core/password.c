#include "core/password.h"

#include <sodium.h>
#include <string.h>

char *password_hash (const char *password)
{
  char hash[crypto_pwhash_argon2id_STRBYTES];
  gsize length = strnlen (password, PASSWORD_BYTES_MAX);

  if (crypto_pwhash_argon2id_str (hash, password, length,
                                  crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                  crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE)
      != 0)
    return NULL;
  return g_strdup (hash);
}

gboolean password_check (const char *hash, const char *password)
{
  /* A hash of another program could ask for any memory: only what password_hash() makes
   * is taken. */
  if (strlen (hash) >= crypto_pwhash_argon2id_STRBYTES
      || crypto_pwhash_str_needs_rehash (hash, crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                         crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE)
             != 0)
    return FALSE;
  return crypto_pwhash_argon2id_str_verify (hash, password, strnlen (password, PASSWORD_BYTES_MAX))
         == 0;
}

char *password_new_digits (guint digits)
{
  char *text = g_malloc0 (digits + 1);

  for (guint i = 0; i < digits; i++)
    text[i] = (char) ('0' + randombytes_uniform (10));
  return text;
}
