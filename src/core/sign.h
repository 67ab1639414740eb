/* sign.h: Ed25519 signatures (RFC 8032) and secrets, from libsodium.
 *
 * Keys are plain values; a secret key held in one should be wiped with sign_wipe() when
 * done, and one that stays as long as the program be held by sign_hold().
 * Threads: reentrant. sign_start() must have been called once; secrets come from the
 * kernel's generator.  */
#pragma once

#include <glib.h>

#define SIGN_PUBLIC_BYTES 32
#define SIGN_SECRET_BYTES 64
#define SIGNATURE_BYTES 64
#define SIGN_KEY_ID_BYTES 4

typedef struct {
  guint8 bytes[SIGN_PUBLIC_BYTES];
} SignPublic;

typedef struct {
  guint8 bytes[SIGN_SECRET_BYTES];
} SignSecret;

/* Initialises libsodium, and from then on no memory of this process goes into a core
 * dump, nor does another program of the same user look into it. Safe to call again.
 * Aborts if the machine has no source of randomness. */
void sign_start (void);

void sign_key_new (SignPublic *key, SignSecret *secret);
void sign_public_of (const SignSecret *secret, SignPublic *key);
void sign_make (const SignSecret *secret, const void *data, gsize length,
                guint8 signature[SIGNATURE_BYTES]);
gboolean sign_check (const SignPublic *key, const void *data, gsize length,
                     const guint8 signature[SIGNATURE_BYTES]);

/* The first bytes of BLAKE2b-256 of the public key, by which a code names its signer. */
void sign_key_id (const SignPublic *key, guint8 id[SIGN_KEY_ID_BYTES]);
/* The same as 8 hex digits; free with g_free(). */
char *sign_key_id_text (const SignPublic *key);

/* Base64 (RFC 4648); free with g_free(). The readers answer FALSE for anything but a key
 * of the right size. */
char *sign_public_text (const SignPublic *key);
char *sign_secret_text (const SignSecret *secret);
gboolean sign_public_from_text (const char *text, SignPublic *key);
gboolean sign_secret_from_text (const char *text, SignSecret *secret);
gboolean sign_signature_from_text (const char *text, guint8 signature[SIGNATURE_BYTES]);

void sign_wipe (SignSecret *secret);
/* An empty secret in memory of its own that is never swapped out, as far as the machine
 * lets us lock it. Wiped and freed by sign_release(), which takes NULL too. */
SignSecret *sign_hold (void);
void sign_release (SignSecret *secret);

/* @bytes random bytes as URL-safe base64 without padding: tokens and one-time secrets.
 * Free with g_free(). */
char *sign_secret_new (gsize bytes);
/* Compares in constant time. NULL equals nothing. */
gboolean sign_secret_equal (const char *a, const char *b);
