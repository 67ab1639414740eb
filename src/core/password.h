/* password.h: secrets that people type, kept as Argon2id hashes (RFC 9106), from
 * libsodium.
 * Threads: reentrant. sign_start() must have been called once. Hashing and checking take
 * some tenths of a second and 64 MB: that is their purpose.  */
#pragma once

#include <glib.h>

#define PASSWORD_BYTES_MAX 128

/* The hash with its salt and parameters, as text; NULL if there is no memory for it. Free
 * with g_free(). */
char *password_hash (const char *password);
/* FALSE too for a @hash that is none. */
gboolean password_check (const char *hash, const char *password);
/* @digits random decimal digits. Free with g_free(). */
char *password_new_digits (guint digits);
