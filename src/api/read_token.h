/* read_token.h: tokens by which other programs read from the hub: each with what it may
 * read and until when.
 *
 * They are values of the hub's own replica alone (journal_local()): a snapshot has none
 * of them, no fact speaks of them. A token is "NAME.SECRET"; only its BLAKE2b-256 is
 * kept, and is compared in constant time.
 *
 * Threads: as the Journal; an array that was read belongs to who read it. Blocks on
 * disk. What changes something commits its own transaction. */
#pragma once

#include "core/identifier.h"
#include "journal/journal.h"

#define READ_TOKENS_MAX 100

#define READ_TOKEN_ERROR read_token_error_quark ()
GQuark read_token_error_quark (void);
typedef enum {
  READ_TOKEN_ERROR_NAME,    /* no name that a token can have */
  READ_TOKEN_ERROR_TAKEN,   /* there is one of that name */
  READ_TOKEN_ERROR_UNKNOWN, /* there is none */
  READ_TOKEN_ERROR_SCOPE,   /* no such scope, or none */
  READ_TOKEN_ERROR_END,     /* no date, or one that is past */
  READ_TOKEN_ERROR_MANY,    /* READ_TOKENS_MAX are there */
  READ_TOKEN_ERROR_DAMAGED, /* what is kept cannot be read */
} ReadTokenError;

typedef enum {
  READ_TOKEN_FIGURES = 1 << 0,  /* figures and counts */
  READ_TOKEN_PASSAGES = 1 << 1, /* passages, with references */
  READ_TOKEN_TABLES = 1 << 2,   /* tables, with names */
  READ_TOKEN_PROTOCOL = 1 << 3, /* and guests marked for protocol in what it may read */
  READ_TOKEN_METRICS = 1 << 4,
} ReadTokenScope;

typedef struct {
  char *name, *hash;
  guint scopes; /* ReadTokenScope */
  gint64 created_ms, until_ms;
} ReadToken;

/* "figures,passages" as scopes. FALSE with @error. */
gboolean read_token_scopes (const char *words, guint *scopes, GError **error);
/* The same as words; free with g_free(). */
char *read_token_scope_words (guint scopes);

/* All, by name: ReadToken, free with g_ptr_array_unref(). */
GPtrArray *read_token_all (Journal *journal, GError **error);
/* Makes one that is good to the end of the ISO date @until at this machine. The token's
 * text, which is not kept; free with g_free(). */
char *read_token_add (Journal *journal, const char *name, guint scopes, const char *until,
                      GError **error);
gboolean read_token_revoke (Journal *journal, const char *name, GError **error);
/* What @token may read now, 0 for nothing: unknown, revoked or past its end. Without
 * @error set. */
guint read_token_admits (Journal *journal, const char *token, GError **error);
