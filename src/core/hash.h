/* hash.h: BLAKE2b-256 (RFC 7693), the only digest the project uses.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

#define HASH_BYTES 32

typedef struct {
  guint8 bytes[HASH_BYTES];
} Hash;

Hash hash_of (const void *data, gsize length);

/* A digest over several parts; each part's length is hashed before it, so that no two
 * lists of parts give the same input. */
typedef struct _Hasher Hasher;
Hasher *hash_new (void);
void hash_add (Hasher *hasher, const void *data, gsize length);
/* What comes in pieces, and is one part of any length: as hash_of() of all of them. */
void hash_add_piece (Hasher *hasher, const void *data, gsize length);
void hash_add_text (Hasher *hasher, const char *text);
void hash_add_int (Hasher *hasher, gint64 value); /* 8 bytes, big endian */
/* Frees @hasher. */
Hash hash_finish (Hasher *hasher);

gboolean hash_equal (const Hash *a, const Hash *b);

/* 64 lower-case hex digits; free with g_free(). */
char *hash_to_hex (const Hash *hash);
/* FALSE if @hex is not 64 hex digits. */
gboolean hash_from_hex (const char *hex, Hash *hash);
