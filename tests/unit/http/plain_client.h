/* plain_client.h: for the tests of http/: a server without TLS on a free port, and raw
 * requests to it. */
#pragma once

#include "http/address.h"
#include "http/server.h"

#include <gio/gio.h>
#include <string.h>

typedef struct {
  Server *server;
  guint port;
} PlainServer;

static inline void plain_start (PlainServer *plain, const Route *routes, ServerOptions options)
{
  g_autofree char *host = NULL;
  g_autoptr (GError) error = NULL;

  options.routes = routes;
  options.socket = address_listen ("127.0.0.1:0", &host, &plain->port, &error);
  g_assert_no_error (error);
  plain->server = server_start (&options, &error);
  g_assert_no_error (error);
}

static inline GSocketConnection *plain_connect (const PlainServer *plain)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) plain->port, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static inline void plain_send (GSocketConnection *connection, const char *text, gsize length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, length,
                             NULL, NULL, NULL);
}

/* Reads until @text was seen or the other side has ended; all there was. */
static inline char *plain_read_until (GSocketConnection *connection, const char *text)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GString *all = g_string_new (NULL);
  char buffer[4096];
  gssize got;

  while ((text == NULL || strstr (all->str, text) == NULL)
         && (got = g_input_stream_read (in, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (all, buffer, got);
  return g_string_free (all, FALSE);
}

/* One request with these header lines ("A: b\r\n…") and this body; the whole answer. */
static inline char *plain_ask (const PlainServer *plain, const char *method, const char *path,
                               const char *headers, const char *body)
{
  g_autoptr (GSocketConnection) connection = plain_connect (plain);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\n%s", method,
                          path, headers != NULL ? headers : "");
  if (body != NULL)
    g_string_append_printf (text, "Content-Length: %zu\r\n", strlen (body));
  g_string_append_printf (text, "\r\n%s", body != NULL ? body : "");
  plain_send (connection, text->str, text->len);
  return plain_read_until (connection, NULL);
}

/* Asserts that @answer has this status and holds @expected. */
static inline void plain_assert (const char *answer, guint status, const char *expected)
{
  g_autofree char *line = g_strdup_printf ("HTTP/1.1 %u ", status);

  if (!g_str_has_prefix (answer, line) || (expected != NULL && strstr (answer, expected) == NULL))
    g_error ("%u and “%s” were expected, this came:\n%s", status, expected, answer);
}
