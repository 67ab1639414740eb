/* sealed.h: files sealed to a public key (libsodium): whoever has that key makes
 * them, and only who has its secret opens them again.
 *
 * A sealed file is a line of text, a key of its own in a sealed box (crypto_box_seal:
 * X25519, XSalsa20-Poly1305), and pieces of SEALED_PIECE_BYTES under that key
 * (crypto_secretstream: XChaCha20-Poly1305). A piece that is altered, missing, or in
 * another place is found, and so is an end that was cut off.
 *
 * Keys are texts with a check of their own, so that one typed wrong is refused:
 * nobody could ever open what is sealed to it. Threads: reentrant. sign_start() must
 * have been called once. Blocks on the files. */
#pragma once

#include "core/hash.h"

#define SEALED_PIECE_BYTES (64 * 1024)
#define SEALED_PUBLIC_PREFIX "accueil-seal:"
#define SEALED_SECRET_PREFIX "accueil-open:"

#define SEALED_ERROR sealed_error_quark ()
GQuark sealed_error_quark (void);
typedef enum {
  SEALED_ERROR_KEY,  /* the text is no such key */
  SEALED_ERROR_FILE, /* no sealed file, to another key, altered, or cut off */
  SEALED_ERROR_IO,   /* it cannot be read or written */
} SealedError;

/* Makes two texts that belong together; free with g_free(). */
void sealed_keys_new (char **public, char **secret);
/* FALSE with KEY if @public is no public key. */
gboolean sealed_check_public (const char *public, GError **error);
/* TRUE if what @fd holds at its beginning is a sealed file; the place in it stays. */
gboolean sealed_is (int fd);

/* Each reads @from to its end and writes to @to. @written (may be NULL): the digest of
 * all bytes written. */
gboolean sealed_make (int from, int to, const char *public, Hash *written, GError **error);
/* What was written when this fails is not to be used. */
gboolean sealed_open (int from, int to, const char *secret, GError **error);
