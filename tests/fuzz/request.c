/* Any bytes as what a stranger sends to the hub: each connection is answered in HTTP or
 * ended, and the next one who asks properly is served. */
#include "http/request.h"
#include "http/urlencoded.h"
#include "../unit/http/plain_client.h"

#include <stdint.h>

#define BODY_MOST 2048
#define PATIENCE_US 30000 /* for what is half a request, an answer may never come */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static gboolean say (Request *request)
{
  const char *ref = request_parameter (request, "ref"), *peer = request_peer (request);
  gint64 number;
  gboolean good = request_number (request, "after", 0, 0, 1000, &number);

  g_assert_cmpstr (ref, !=, "");
  g_assert_cmpstr (peer, ==, "127.0.0.1");
  g_assert_true (!good || (number >= 0 && number <= 1000));
  return request_answer_text (request, HTTP_STATUS_OK, "text/plain", g_strdup ("served"));
}

static gboolean take (Request *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Urlencoded) form = request_form (request, &error);

  if (form == NULL)
    return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "form", "%s", error->message);
  return request_answer_text (request, HTTP_STATUS_OK, "text/plain",
                              g_strdup (urlencoded_value (form, "a") != NULL ? "a" : "none"));
}

static const Route ROUTES[] = {
  { "GET", "/people/{ref}", 0, NULL, NULL, say },
  { "POST", "/form", BODY_MOST, NULL, NULL, take },
  { 0 },
};

/* What has come back until nothing more does. */
static char *read_some (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  GString *all = g_string_new (NULL);
  char buffer[4096];
  gssize got;
  while (g_socket_condition_timed_wait (socket, G_IO_IN, PATIENCE_US, NULL, NULL)
         && (got = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (all, buffer, got);
  return g_string_free (all, FALSE);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static PlainServer plain;
  if (plain.server == NULL)
    plain_start (&plain, ROUTES, (ServerOptions){ .limits = { .threads = 1 } });
  g_autoptr (GSocketConnection) connection = plain_connect (&plain);
  plain_send (connection, (const char *) data, size);
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  g_autofree char *answer = read_some (connection);
  g_assert_true (*answer == '\0' || g_str_has_prefix (answer, "HTTP/1."));
  g_autofree char *served = plain_ask (&plain, "GET", "/people/FR-1?after=3", NULL, NULL);
  plain_assert (served, 200, "served");
  return 0;
}
