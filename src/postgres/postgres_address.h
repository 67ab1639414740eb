/* postgres_address.h: where the log is, as a person writes it, made safe: libpq's own
 * form "postgresql://one.example,two.example/accueil?…".
 *
 * A server that is not on this machine is spoken to by TLS alone, and its name is
 * verified; of several hosts the one that takes writes is taken; and one that does
 * not answer is given up within seconds. Threads: any. Nothing here blocks. */
#pragma once

#include <glib.h>

#define POSTGRES_ADDRESS_SCHEME "postgresql://"
#define POSTGRES_ADDRESS_CONNECT_S "3" /* to one host */

typedef struct {
  GPtrArray *names, *values; /* char *, ending with NULL: for PQconnectdbParams() */
} PostgresAddress;

/* INVALID (journal_error.h) for what cannot be read, or is not safe. */
gboolean postgres_address_read (const char *text, PostgresAddress *address, GError **error);
void postgres_address_clear (PostgresAddress *address);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PostgresAddress, postgres_address_clear)
