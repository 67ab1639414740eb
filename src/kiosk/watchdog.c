#include "kiosk/watchdog.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

#define SIGNS 4
#define LEAST_MS 10
#define PATIENT_US 60000000

struct _Watchdog {
  GSocket *socket; /* NULL where no manager listens */
  guint timer;     /* 0 where nobody waits for signs */
};

static void tell (Watchdog *watchdog, const char *words)
{
  /* A manager that does not read misses this one: the next says the same. */
  if (watchdog->socket != NULL)
    g_socket_send (watchdog->socket, words, strlen (words), NULL, NULL);
}

/* $NOTIFY_SOCKET: a path, or after @ an abstract name. */
static GSocket *connect_manager (void)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (path == NULL || path[0] == '\0')
    return NULL;
  address = path[0] == '@'
                ? g_unix_socket_address_new_with_type (path + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT)
                : g_unix_socket_address_new (path);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT,
                         NULL);
  if (socket == NULL || !g_socket_connect (socket, address, NULL, NULL))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

static gboolean on_time (gpointer data)
{
  tell (data, "WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

/* How long the manager waits for a sign; 0: it waits for none. */
static guint64 allowed_us (void)
{
  const char *text = g_getenv ("WATCHDOG_USEC");
  guint64 allowed = 0;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &allowed, NULL)
             ? allowed
             : 0;
}

Watchdog *watchdog_start (void)
{
  Watchdog *watchdog = g_new0 (Watchdog, 1);
  guint64 allowed = allowed_us ();

  watchdog->socket = connect_manager ();
  tell (watchdog, "READY=1");
  if (watchdog->socket != NULL && allowed > 0)
    watchdog->timer = g_timeout_add_full (
        G_PRIORITY_LOW, (guint) CLAMP (allowed / 1000 / SIGNS, LEAST_MS, G_MAXINT), on_time,
        watchdog, NULL);
  return watchdog;
}

void watchdog_patience (Watchdog *watchdog, gboolean patient)
{
  g_autofree char *words = g_strdup_printf ("WATCHDOG_USEC=%" G_GUINT64_FORMAT,
                                            patient ? (guint64) PATIENT_US : allowed_us ());

  if (watchdog->timer != 0)
    tell (watchdog, words);
}

void watchdog_stop (Watchdog *watchdog)
{
  if (watchdog == NULL)
    return;
  g_clear_handle_id (&watchdog->timer, g_source_remove);
  tell (watchdog, "STOPPING=1");
  g_clear_object (&watchdog->socket);
  g_free (watchdog);
}
