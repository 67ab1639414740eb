#include "core/key_box.h"

#include "core/hash.h"
#include "core/words.h"

#include <sodium.h>
#include <string.h>

#define PREFIX "accueil-key-box:1:"

G_DEFINE_QUARK (key_box - error - quark, key_box_error)

typedef struct {
  guint8 salt[crypto_pwhash_argon2id_SALTBYTES];
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  guint8 sealed[crypto_secretbox_MACBYTES + KEY_BOX_KEY_BYTES];
} Box; /* bytes alone: it has no gaps */

G_STATIC_ASSERT (sizeof (Box)
                 == crypto_pwhash_argon2id_SALTBYTES + crypto_secretbox_NONCEBYTES
                        + crypto_secretbox_MACBYTES + KEY_BOX_KEY_BYTES);

static gboolean fail (GError **error, KeyBoxError code, const char *message)
{
  g_set_error_literal (error, KEY_BOX_ERROR, (gint) code, message);
  return FALSE;
}

void key_box_new (guint8 key[KEY_BOX_KEY_BYTES])
{
  randombytes_buf (key, KEY_BOX_KEY_BYTES);
}

void key_box_wipe (guint8 key[KEY_BOX_KEY_BYTES])
{
  sodium_memzero (key, KEY_BOX_KEY_BYTES);
}

static gboolean derive (const Box *box, const char *card, const char *pin,
                        guint8 opens[crypto_secretbox_KEYBYTES], GError **error)
{
  Hasher *hasher = hash_new ();
  Hash both;
  gboolean good;

  hash_add_text (hasher, card);
  hash_add_text (hasher, pin);
  both = hash_finish (hasher);
  good = crypto_pwhash_argon2id (opens, crypto_secretbox_KEYBYTES, (const char *) both.bytes,
                                 HASH_BYTES, box->salt, crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                 crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE,
                                 crypto_pwhash_argon2id_ALG_ARGON2ID13)
         == 0;
  sodium_memzero (&both, sizeof both);
  return good || fail (error, KEY_BOX_ERROR_MEMORY, _ ("there is not enough memory"));
}

char *key_box_seal (const guint8 key[KEY_BOX_KEY_BYTES], const char *card, const char *pin,
                    GError **error)
{
  guint8 opens[crypto_secretbox_KEYBYTES];
  g_autofree char *base64 = NULL;
  Box box;

  if (strlen (card) < KEY_BOX_CARD_MIN || strlen (pin) < KEY_BOX_PIN_MIN) {
    g_set_error (error, KEY_BOX_ERROR, KEY_BOX_ERROR_WEAK,
                 _ ("the card's code must have at least %d characters, and the PIN %d digits"),
                 KEY_BOX_CARD_MIN, KEY_BOX_PIN_MIN);
    return NULL;
  }
  randombytes_buf (&box, sizeof box);
  if (!derive (&box, card, pin, opens, error))
    return NULL;
  crypto_secretbox_easy (box.sealed, key, KEY_BOX_KEY_BYTES, box.nonce, opens);
  sodium_memzero (opens, sizeof opens);
  base64 = g_base64_encode ((const guint8 *) &box, sizeof box);
  return g_strconcat (PREFIX, base64, NULL);
}

static gboolean read_box (const char *text, Box *box, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  g_autofree char *base64 = NULL;
  gsize length = 0;

  if (g_str_has_prefix (text, PREFIX)) {
    base64 = g_strchomp (g_strdup (text + strlen (PREFIX)));
    bytes = g_base64_decode (base64, &length);
  }
  if (length != sizeof *box)
    return fail (error, KEY_BOX_ERROR_FORM, _ ("this is no sealed key"));
  memcpy (box, bytes, sizeof *box);
  return TRUE;
}

gboolean key_box_open (const char *text, const char *card, const char *pin,
                       guint8 key[KEY_BOX_KEY_BYTES], GError **error)
{
  guint8 opens[crypto_secretbox_KEYBYTES];
  gboolean good;
  Box box;

  memset (key, 0, KEY_BOX_KEY_BYTES);
  if (!read_box (text, &box, error) || !derive (&box, card, pin, opens, error))
    return FALSE;
  good = crypto_secretbox_open_easy (key, box.sealed, sizeof box.sealed, box.nonce, opens) == 0;
  sodium_memzero (opens, sizeof opens);
  return good
         || fail (error, KEY_BOX_ERROR_WRONG,
                  _ ("another card or another PIN has sealed this key"));
}
