#include "http/address.h"

#include "core/words.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#define BACKLOG 256

G_DEFINE_QUARK (address - error - quark, address_error)

static GInetAddress *parse (const char *text, guint16 *port, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  guint64 number = 0;
  GInetAddress *address = NULL;

  if (host != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &number, NULL)) {
    gsize length = strlen (host);

    if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
      host[length - 1] = '\0';
      memmove (host, host + 1, length - 1);
      address = g_inet_address_new_from_string (host);
    } else if (strchr (host, ':') == NULL)
      address
          = g_inet_address_new_from_string (strcmp (host, "localhost") == 0 ? "127.0.0.1" : host);
  }
  if (address == NULL)
    g_set_error (error, ADDRESS_ERROR, ADDRESS_ERROR_FORMAT,
                 _ ("“%s” is no place to listen on: use ADDRESS:PORT, for example 0.0.0.0:8443, "
                    "127.0.0.1:8443 or [::]:8443"),
                 text);
  *port = (guint16) number;
  return address;
}

static gboolean refused (const char *text, const GError *cause, GError **error)
{
  g_set_error (error, ADDRESS_ERROR, ADDRESS_ERROR_LISTEN, _ ("listening on %s: %s"), text,
               cause->message);
  return FALSE;
}

/* Binds, listens, and finds out the port. */
static gboolean open_socket (GSocket *socket, GInetAddress *address, guint16 port, const char *text,
                             guint *bound, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, port), got = NULL;

  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, wanted, TRUE, &cause) || !g_socket_listen (socket, &cause)
      || (got = g_socket_get_local_address (socket, &cause)) == NULL)
    return refused (text, cause, error);
  *bound = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  return TRUE;
}

int address_listen (const char *text, char **host, guint *port, GError **error)
{
  guint16 number;
  g_autoptr (GInetAddress) address = parse (text, &number, error);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) cause = NULL;
  int fd;

  *host = NULL;
  if (address == NULL)
    return -1;
  socket = g_socket_new (g_inet_address_get_family (address), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP, &cause);
  if (socket == NULL) {
    refused (text, cause, error);
    return -1;
  }
  if (!open_socket (socket, address, number, text, port, error))
    return -1;
  fd = dup (g_socket_get_fd (socket)); /* GSocket closes its own */
  if (fd < 0) {
    g_set_error (error, ADDRESS_ERROR, ADDRESS_ERROR_LISTEN, _ ("listening on %s: %s"), text,
                 g_strerror (errno));
    return -1;
  }
  if (!g_inet_address_get_is_any (address))
    *host = g_inet_address_to_string (address);
  return fd;
}

char *address_url (const char *host, guint port)
{
  return g_strdup_printf (strchr (host, ':') != NULL ? "https://[%s]:%u" : "https://%s:%u", host,
                          port);
}
