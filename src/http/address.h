/* address.h: where the hub listens ("0.0.0.0:8443", "[::1]:0") and under which address
 * stations reach it.
 * Threads: reentrant. address_listen() does not block. */
#pragma once

#include <glib.h>

#define ADDRESS_DEFAULT "0.0.0.0:8443"

#define ADDRESS_ERROR address_error_quark ()
GQuark address_error_quark (void);
typedef enum {
  ADDRESS_ERROR_FORMAT, /* not ADDRESS:PORT */
  ADDRESS_ERROR_LISTEN, /* the system refuses: port taken, no such address, no right to it */
} AddressError;

/* Listens on @text. The socket, or -1; the caller closes it. Port 0: the system
 * chooses one. *@host: the address, NULL if it stands for all of this machine;
 * *@port: the port. */
int address_listen (const char *text, char **host, guint *port, GError **error);

/* "https://HOST:PORT", with brackets around an IPv6 address. Free with g_free(). */
char *address_url (const char *host, guint port);
