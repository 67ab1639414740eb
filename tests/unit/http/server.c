/* Servers: what they refuse of strangers, several in one process, TLS and none. */
#include "http/server.h"

#include "http/certificate.h"
#include "http/request.h"
#include "http/strangers.h"
#include "unit/http/plain_client.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <time.h>
#include <unistd.h>

static char ONE[] = "one", TWO[] = "two", TLS[] = "tls"; /* contexts */

static gboolean name (Request *request)
{
  return request_answer_text (request, HTTP_STATUS_OK, "text/plain",
                              g_strdup (request_context (request)));
}

static gboolean take (Request *request)
{
  gsize length;

  body_text (request_body (request), &length);
  return request_answer_json (request, HTTP_STATUS_OK, g_strdup_printf ("%zu", length));
}

static const Route ROUTES[] = {
  { "GET", "/name", 0, NULL, NULL, name },
  { "POST", "/take", 10000, NULL, NULL, take },
  { 0 },
};

static gboolean refuse_as_page (Request *request, guint status, const char *word,
                                const char *message)
{
  return request_answer_text (request, status, "text/html; charset=utf-8",
                              g_strdup_printf ("<p>%s</p>", word));
}

static void decorate (Request *request, guint status)
{
  request_add_header (request, "X-Frame-Options", status == HTTP_STATUS_OK ? "DENY" : "deny");
}

static void test_two (void)
{
  PlainServer one, two;
  g_autofree char *first = NULL, *second = NULL, *page = NULL;

  plain_start (&one, ROUTES, (ServerOptions){ .context = ONE });
  plain_start (&two, ROUTES,
               (ServerOptions){ .context = TWO, .refuse = refuse_as_page, .decorate = decorate });
  first = plain_ask (&one, "GET", "/name", NULL, NULL);
  second = plain_ask (&two, "GET", "/name", NULL, NULL);
  page = plain_ask (&two, "GET", "/none", NULL, NULL);
  plain_assert (first, 200, "\r\n\r\none");
  plain_assert (second, 200, "X-Frame-Options: DENY\r\n");
  plain_assert (page, 404, "<p>path</p>");
  plain_assert (page, 404, "X-Frame-Options: deny\r\n");
  server_stop (one.server);
  g_free (second);
  second = plain_ask (&two, "GET", "/name", NULL, NULL); /* the other goes on */
  plain_assert (second, 200, "\r\n\r\ntwo");
  server_stop (two.server);
}

/* Another takes the place of one on the same listening socket, and goes on alone. */
static void test_in_place (void)
{
  g_autofree char *host = NULL, *answer = NULL;
  g_autoptr (GError) error = NULL;
  PlainServer two = { 0 };
  int listening = address_listen ("127.0.0.1:0", &host, &two.port, &error);
  Server *one;

  g_assert_no_error (error);
  one = server_start (
      &(ServerOptions){ .routes = ROUTES, .context = ONE, .socket = dup (listening) }, &error);
  two.server = server_start (
      &(ServerOptions){ .routes = ROUTES, .context = TWO, .socket = dup (listening) }, &error);
  g_assert_no_error (error);
  server_stop (one);
  for (guint i = 0; i < 20; i++) {
    g_free (answer);
    answer = plain_ask (&two, "GET", "/name", NULL, NULL);
    plain_assert (answer, 200, "\r\n\r\ntwo");
  }
  server_stop (two.server);
  close (listening);
}

/* All bodies together have a limit, and what is refused is given back. */
static void test_bodies (void)
{
  PlainServer plain;
  g_autofree char *body = g_strnfill (9000, 'x'), *refused = NULL, *taken = NULL;

  plain_start (&plain, ROUTES, (ServerOptions){ .limits = { .bodies_bytes = 8000 } });
  refused = plain_ask (&plain, "POST", "/take", NULL, body);
  plain_assert (refused, 503, "Retry-After: 1\r\n");
  body[7000] = '\0';
  taken = plain_ask (&plain, "POST", "/take", NULL, body);
  plain_assert (taken, 200, "7000");
  server_stop (plain.server);
}

/* Of a body that is refused a fair part is read, then the connection is broken off. */
static void test_endless (void)
{
  static const char HEAD[]
      = "POST /take HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n";
  PlainServer plain;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *block = g_strnfill (0x1000, 'x'),
                  *chunk = g_strconcat ("1000\r\n", block, "\r\n", NULL), *answer = NULL;
  GOutputStream *out;

  plain_start (&plain, ROUTES, (ServerOptions){ .limits = { .refused_bytes = 20000 } });
  connection = plain_connect (&plain);
  out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  plain_send (connection, HEAD, sizeof HEAD - 1);
  while (g_output_stream_write_all (out, chunk, strlen (chunk), NULL, NULL, NULL))
    ; /* ends because the server has broken it off */
  answer = plain_read_until (connection, NULL);
  g_assert_cmpstr (answer, ==, "");
  server_stop (plain.server);
}

/* Whether a client that offers no more than @priorities comes to an agreement. */
static gboolean agrees (const PlainServer *plain, const char *priorities)
{
  g_autoptr (GSocketConnection) connection = plain_connect (plain);
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t session;
  int code;

  gnutls_certificate_allocate_credentials (&credentials);
  gnutls_init (&session, GNUTLS_CLIENT);
  g_assert_cmpint (gnutls_priority_set_direct (session, priorities, NULL), ==, 0);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_transport_set_int (session, g_socket_get_fd (g_socket_connection_get_socket (connection)));
  g_socket_set_blocking (g_socket_connection_get_socket (connection), TRUE);
  do
    code = gnutls_handshake (session);
  while (code < 0 && !gnutls_error_is_fatal (code));
  gnutls_deinit (session);
  gnutls_certificate_free_credentials (credentials);
  return code == 0;
}

/* Who connects cannot choose what costs the server a hundred times as much. */
static void test_exchanges (void)
{
  static const char *const NAMES[] = { "localhost", NULL };
  g_autofree char *key = certificate_make_key (NULL), *host = NULL;
  g_autofree char *certificate = certificate_make (key, NAMES, 1477440000, NULL);
  ServerOptions options = { .routes = ROUTES, .key_pem = key, .certificate_pem = certificate };
  PlainServer plain;

  options.socket = address_listen ("127.0.0.1:0", &host, &plain.port, NULL);
  plain.server = server_start (&options, NULL);
  g_assert_true (agrees (&plain, "NORMAL:-GROUP-ALL:+GROUP-X25519"));
  g_assert_true (agrees (&plain, "NORMAL:-GROUP-ALL:+GROUP-SECP256R1"));
  g_assert_true (agrees (&plain, "NORMAL:-GROUP-ALL:+GROUP-FFDHE8192:+GROUP-X25519"));
  g_assert_false (agrees (&plain, "NORMAL:-GROUP-ALL:+GROUP-FFDHE8192"));
  g_assert_false (agrees (&plain, "NORMAL:-GROUP-ALL:+GROUP-SECP521R1"));
  server_stop (plain.server);
}

static double processor_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* Of a client that hears nothing of what is answered. */
static ssize_t hear_nothing (gnutls_transport_ptr_t transport, void *data, size_t size)
{
  errno = EAGAIN;
  return -1;
}

/* Who begins a handshake and stops in the middle of it costs nothing while the server waits. */
static void test_stalled (void)
{
  enum { STALLED = 8, WATCHED_MS = 300, MOST_MS = 30 };
  static const char *const NAMES[] = { "localhost", NULL };
  g_autofree char *key = certificate_make_key (NULL), *host = NULL;
  g_autofree char *certificate = certificate_make (key, NAMES, 1477440000, NULL);
  ServerOptions options = { .routes = ROUTES, .key_pem = key, .certificate_pem = certificate };
  gnutls_certificate_credentials_t credentials;
  gnutls_session_t sessions[STALLED];
  GSocketConnection *connections[STALLED];
  PlainServer plain;
  double before;

  options.socket = address_listen ("127.0.0.1:0", &host, &plain.port, NULL);
  plain.server = server_start (&options, NULL);
  gnutls_certificate_allocate_credentials (&credentials);
  for (guint i = 0; i < STALLED; i++) {
    GSocket *socket;

    connections[i] = plain_connect (&plain);
    socket = g_socket_connection_get_socket (connections[i]);
    gnutls_init (&sessions[i], GNUTLS_CLIENT | GNUTLS_NONBLOCK);
    gnutls_set_default_priority (sessions[i]);
    gnutls_credentials_set (sessions[i], GNUTLS_CRD_CERTIFICATE, credentials);
    gnutls_transport_set_int (sessions[i], g_socket_get_fd (socket));
    gnutls_transport_set_pull_function (sessions[i], hear_nothing);
    g_assert_cmpint (gnutls_handshake (sessions[i]), ==, GNUTLS_E_AGAIN);
    g_assert_true (g_socket_condition_wait (socket, G_IO_IN, NULL, NULL)); /* answered */
  }
  before = processor_ms ();
  g_usleep (WATCHED_MS * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpfloat (processor_ms () - before, <, MOST_MS);
  for (guint i = 0; i < STALLED; i++) {
    gnutls_deinit (sessions[i]);
    g_object_unref (connections[i]);
  }
  gnutls_certificate_free_credentials (credentials);
  server_stop (plain.server);
}

/* Two readings of where a request ends, or of what it asks for. */
static void test_strict (void)
{
  static const struct {
    const char *path, *headers;
    guint status;
  } CASES[] = {
    { "/name", "Transfer-Encoding : chunked\r\n", 400 },
    { "/name", "Transfer-Encoding: gzip, chunked\r\n", 400 },
    { "/name", "X Y: 1\r\n", 400 },
    { "/name", "X: a\rY: b\r\n", 400 },
    { "/name", "X: a\001b\r\n", 400 },
    { "/name", "X: a\tb\xc3\xa9\r\n", 200 },
    { "/name", "Host: other\r\n", 400 },
    { "/name", "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n", 400 },
    { "/name%00x", "", 400 },
    { "/%6eame", "", 200 },
    { "/name?a=%00", "", 400 },
  };
  PlainServer plain;

  plain_start (&plain, ROUTES, (ServerOptions){ .context = ONE });
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *answer = plain_ask (&plain, "GET", CASES[i].path, CASES[i].headers, NULL);

    plain_assert (answer, CASES[i].status, "");
  }
  for (guint i = 0; i < 2; i++) {
    static const char *const TWICE[]
        = { "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Content-Length: 0\r\nContent-Length: 3\r\n\r\nabc" };
    g_autofree char *text
        = g_strconcat ("POST /take HTTP/1.1\r\nHost: h\r\nConnection: close\r\n", TWICE[i], NULL),
        *answer = NULL;
    g_autoptr (GSocketConnection) connection = plain_connect (&plain);

    plain_send (connection, text, strlen (text));
    answer = plain_read_until (connection, NULL);
    g_assert_null (strstr (answer, " 200 "));
  }
  server_stop (plain.server);
}

/* Whoever says nothing, or a little now and then, makes room for others. */
static void test_strangers (void)
{
  PlainServer plain;
  g_autoptr (GSocketConnection) silent = NULL, slow = NULL;
  g_autofree char *end = NULL, *answer = NULL;
  GOutputStream *out;

  plain_start (&plain, ROUTES,
               (ServerOptions){ .context = ONE, .limits = { .strangers = 2, .stranger_s = 1 } });
  silent = plain_connect (&plain);
  for (guint i = 0; i < 3; i++) {
    g_free (answer);
    answer = plain_ask (&plain, "GET", "/name", NULL, NULL);
    plain_assert (answer, 200, "one");
  }
  end = plain_read_until (silent, NULL);
  g_assert_cmpstr (end, ==, "");
  slow = plain_connect (&plain);
  out = g_io_stream_get_output_stream (G_IO_STREAM (slow));
  plain_send (slow, "GET /name HTTP/1.1\r\n", 20);
  while (g_output_stream_write_all (out, "A: b\r\n", 6, NULL, NULL, NULL))
    g_usleep (20000); /* ends because the server has cut it off */
  server_stop (plain.server);
}

/* Who guesses on one connection is answered later and later; others are not held up, nor
 * is the end. */
static void test_guesses (void)
{
  static const char GUESS[] = "GET /none HTTP/1.1\r\nHost: test\r\n\r\n";
  PlainServer plain;
  g_autoptr (GSocketConnection) guesses = NULL;
  g_autofree char *answer = NULL;
  gint64 began;

  plain_start (&plain, ROUTES, (ServerOptions){ .context = ONE });
  guesses = plain_connect (&plain);
  for (guint i = 0; i <= STRANGERS_FREE_REFUSALS; i++) {
    g_autofree char *refused = NULL;
    began = g_get_monotonic_time ();
    plain_send (guesses, GUESS, sizeof GUESS - 1);
    refused = plain_read_until (guesses, "\"}");
    plain_assert (refused, 404, "path");
  }
  g_assert_cmpint (g_get_monotonic_time () - began, >=, STRANGERS_DELAY_MS * 1000);
  plain_send (guesses, GUESS, sizeof GUESS - 1);
  answer = plain_ask (&plain, "GET", "/name", NULL, NULL);
  plain_assert (answer, 200, "one");
  server_stop (plain.server);
}

static void test_tls (void)
{
  static const char *const NAMES[] = { "localhost", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *key = certificate_make_key (&error), *host = NULL, *again = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *certificate = certificate_make (key, NAMES, 1477440000, &error);
  ServerOptions options
      = { .routes = ROUTES, .context = TLS, .key_pem = key, .certificate_pem = certificate };
  PlainServer plain;

  g_assert_no_error (error);
  options.socket = address_listen ("127.0.0.1:0", &host, &plain.port, NULL);
  plain.server = server_start (&options, &error);
  g_assert_no_error (error);
  answer = plain_ask (&plain, "GET", "/name", NULL, NULL);
  g_assert_null (strstr (answer, "tls")); /* nothing without a handshake */
  server_stop (plain.server);

  options.key_pem = "no key";
  options.socket = address_listen ("127.0.0.1:0", &again, &plain.port, NULL);
  g_assert_null (server_start (&options, &error));
  g_assert_error (error, SERVER_ERROR, SERVER_ERROR_HTTP);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/server/two", test_two);
  g_test_add_func ("/http/server/in-place", test_in_place);
  g_test_add_func ("/http/server/bodies", test_bodies);
  g_test_add_func ("/http/server/endless", test_endless);
  g_test_add_func ("/http/server/exchanges", test_exchanges);
  g_test_add_func ("/http/server/stalled", test_stalled);
  g_test_add_func ("/http/server/strict", test_strict);
  g_test_add_func ("/http/server/strangers", test_strangers);
  g_test_add_func ("/http/server/guesses", test_guesses);
  g_test_add_func ("/http/server/tls", test_tls);
  return g_test_run ();
}
