/* Requests to a server without TLS: what a route reads of them, and what it answers. */
#include "http/request.h"

#include "unit/http/plain_client.h"

#include <glib/gstdio.h>
#include <unistd.h>

static int context; /* its address is what routes get */

static gboolean show (Request *request)
{
  const char *cookie = request_cookie (request, "__Host-s");

  g_assert_true (request_context (request) == &context);
  return request_answer_text (
      request, HTTP_STATUS_OK, "text/plain",
      g_strdup_printf ("ref=%s none=%s q=%s cookie=%s peer=%s path=%s method=%s",
                       request_parameter (request, "ref"), request_parameter (request, "none"),
                       request_query (request, "q"), cookie, request_peer (request),
                       request_path (request), request_method (request)));
}

static gboolean fill (Request *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Urlencoded) form = request_form (request, &error);

  if (form == NULL)
    return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "form", "%s", error->message);
  return request_answer_text (request, HTTP_STATUS_OK, "text/plain",
                              g_strdup_printf ("name=%s", urlencoded_value (form, "name")));
}

static gboolean count (Request *request)
{
  gint64 number;

  if (!request_number (request, "n", 7, 1, 100, &number))
    return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "query", "n");
  return request_answer_json (request, HTTP_STATUS_OK, g_strdup_printf ("%d", (int) number));
}

static gboolean sign_in (Request *request)
{
  g_assert_false (request_set_cookie (request, "__Host-s", "a b", -1));
  g_assert_false (request_set_cookie (request, "__Host-s", "a;b", -1));
  g_assert_false (request_set_cookie (request, "__Host-s", "a\r\nX: y", -1));
  g_assert_true (request_set_cookie (request, "__Host-s", "secret", -1));
  g_assert_true (request_set_cookie (request, "__Host-old", "", 0));
  return request_redirect (request, "/now");
}

static gboolean split_header (Request *request)
{
  g_assert_false (request_add_header (request, "X-Name", "a\r\nX-Evil: b"));
  g_assert_false (request_add_header (request, "X\n", "a"));
  g_assert_false (request_redirect (request, "/now\r\nX-Evil: b"));
  g_assert_true (request_add_header (request, "ETag", "\"1\""));
  g_assert_true (request_add_header (request, "Cache-Control", "max-age=3600"));
  return request_answer_empty (request, HTTP_STATUS_NOT_MODIFIED);
}

static gboolean bytes (Request *request)
{
  g_autoptr (GBytes) picture = g_bytes_new ("\x89PNG\0picture", 12);

  return request_answer_bytes (request, HTTP_STATUS_OK, "image/png", picture);
}

static gboolean file (Request *request)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("accueil-request-XXXXXX", &path, NULL);

  g_assert_cmpint (write (fd, "on disk", 7), ==, 7);
  g_unlink (path);
  return request_answer_file (request, HTTP_STATUS_OK, "text/csv", fd, 7);
}

static gboolean lasting (Request *request)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("accueil-request-XXXXXX", &path, NULL);
  const LastingFile answer = { fd, 7, "text/csv", "\"one\"", FALSE };

  g_assert_cmpint (write (fd, "on disk", 7), ==, 7);
  g_unlink (path);
  return request_answer_lasting (request, &answer);
}

/* Answers from another thread. */
static gpointer later (gpointer request)
{
  request_resume (request);
  return NULL;
}

static gboolean wait_a_little (Request *request)
{
  if (request_work (request) != NULL)
    return request_answer_text (request, HTTP_STATUS_OK, "text/plain",
                                g_strdup (request_work (request)));
  request_set_work (request, g_strdup ("worked"), g_free);
  request_suspend (request);
  g_thread_unref (g_thread_new ("later", later, request));
  return TRUE;
}

static gboolean known (Request *request)
{
  const char *who = request_header (request, "X-Who");

  if (who == NULL) {
    request_note_refusal (request, HTTP_STATUS_UNAUTHORIZED, "who", "say who you are");
    return FALSE;
  }
  request_set_caller (request, g_strdup (who), g_free);
  return TRUE;
}

static gboolean greet (Request *request)
{
  return request_answer_text (request, HTTP_STATUS_OK, "text/plain",
                              g_strconcat ("hello ", request_caller (request), NULL));
}

static const Route ROUTES[] = {
  { "GET", "/people/{ref}", 0, NULL, NULL, show },  { "POST", "/form", 64, NULL, NULL, fill },
  { "GET", "/count", 0, NULL, NULL, count },        { "POST", "/sign-in", 64, NULL, NULL, sign_in },
  { "GET", "/split", 0, NULL, NULL, split_header }, { "GET", "/bytes", 0, NULL, NULL, bytes },
  { "GET", "/file", 0, NULL, NULL, file },          { "GET", "/lasting", 0, NULL, NULL, lasting },
  { "GET", "/wait", 0, NULL, NULL, wait_a_little }, { "GET", "/known", 0, known, NULL, greet },
  { "POST", "/known", 8, known, NULL, greet },      { 0 },
};

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

static void test_table (void)
{
  const struct {
    const char *method, *path, *headers, *body;
    guint status;
    const char *expected;
  } TABLE[] = {
    { "GET", "/people/R%201?q=%C3%A9+b&day=1&day=2", NULL, NULL, 200,
      "ref=R 1 none=(null) q=é b cookie=(null) peer=127.0.0.1 path=/people/R 1 method=GET" },
    { "GET", "/people/R1", "Cookie: a=b; __Host-s=secret\r\n", NULL, 200, "cookie=secret" },
    { "GET", "/people/%FF", NULL, NULL, 400, "\"error\":\"text\"" },
    { "GET", "/people/R1?q=%FF", NULL, NULL, 400, "\"error\":\"text\"" },
    { "GET", "/people/R1?q=%00", NULL, NULL, 400, "\"error\":\"text\"" },
    { "GET", "/people/R1", "Cookie: a=\xff\r\n", NULL, 400, "\"error\":\"text\"" },
    { "GET", "/nothing", NULL, NULL, 404, "\"error\":\"path\"" },
    { "PUT", "/known", NULL, NULL, 405, "Allow: GET, POST\r\n" },
    { "POST", "/form", FORM, "name=Zo%C3%A9&x=1", 200, "name=Zoé" },
    { "POST", "/form", "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n",
      "name=a", 200, "name=a" },
    { "POST", "/form", "Content-Type: application/x-www-form-urlencodedx\r\n", "name=a", 400,
      "a form is wanted" },
    { "POST", "/form", "Content-Type: text/plain\r\n", "name=a", 400, "a form is wanted" },
    { "POST", "/form", NULL, "name=a", 400, "a form is wanted" },
    { "POST", "/form", FORM, "name=%", 400, "field 1" },
    { "POST", "/form", FORM "Content-Encoding: gzip\r\n", "name=a", 400, "gzip" },
    { "POST", "/form", FORM "Content-Encoding: br\r\n", "name=a", 400, "gzip is" },
    { "POST", "/form", FORM,
      "name=01234567890123456789012345678901234567890123456789012345678901234567890", 413,
      "\"error\":\"size\"" },
    { "GET", "/count", NULL, "x", 413, "takes no body" },
    { "GET", "/count", NULL, NULL, 200, "\r\n\r\n7\n" },
    { "GET", "/count?n=100", NULL, NULL, 200, "\r\n\r\n100\n" },
    { "GET", "/count?n=101", NULL, NULL, 400, "\"error\":\"query\"" },
    { "GET", "/count?n=1e1", NULL, NULL, 400, "\"error\":\"query\"" },
    { "POST", "/sign-in", FORM, "", 303, "Location: /now\r\n" },
    { "POST", "/sign-in", FORM, "", 303,
      "Set-Cookie: __Host-s=secret; Path=/; Secure; HttpOnly; SameSite=Strict\r\n" },
    { "POST", "/sign-in", FORM, "", 303, "SameSite=Strict; Max-Age=0\r\n" },
    { "GET", "/split", NULL, NULL, 304, "Cache-Control: max-age=3600\r\n" },
    { "GET", "/bytes", NULL, NULL, 200, "Content-Type: image/png\r\n" },
    { "GET", "/file", NULL, NULL, 200, "on disk" },
    { "GET", "/lasting", NULL, NULL, 200, "\r\n\r\non disk" },
    { "GET", "/lasting", NULL, NULL, 200, "ETag: \"one\"\r\n" },
    { "GET", "/lasting", "Range: bytes=3-\r\n", NULL, 206, "\r\n\r\ndisk" },
    { "GET", "/lasting", "Range: bytes=3-\r\n", NULL, 206, "Content-Range: bytes 3-6/7\r\n" },
    { "GET", "/lasting", "Range: bytes=0-1\r\nIf-Range: \"one\"\r\n", NULL, 206, "\r\n\r\non" },
    { "GET", "/lasting", "Range: bytes=3-\r\nIf-Range: \"two\"\r\n", NULL, 200, "\r\n\r\non disk" },
    { "GET", "/lasting", "Range: bytes=7-\r\n", NULL, 416, "Content-Range: bytes */7\r\n" },
    { "GET", "/wait", NULL, NULL, 200, "worked" },
    { "GET", "/known", NULL, NULL, 401, "say who you are" },
    { "POST", "/known", NULL, "01234567890", 401, "say who you are" },
    { "POST", "/known", "X-Who: Ana\r\n", "01234567890", 413, "size" },
    { "GET", "/known", "X-Who: Ana\r\n", NULL, 200, "hello Ana" },
    { "GET", "/known", "X-Who: Ana\r\n", NULL, 200, "Cache-Control: no-store\r\n" },
  };
  PlainServer plain;

  plain_start (&plain, ROUTES, (ServerOptions){ .context = &context });
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autofree char *answer
        = plain_ask (&plain, TABLE[i].method, TABLE[i].path, TABLE[i].headers, TABLE[i].body);

    g_test_message ("row %u: %s %s", i, TABLE[i].method, TABLE[i].path);
    plain_assert (answer, TABLE[i].status, TABLE[i].expected);
    g_assert_null (strstr (answer, "Evil"));
  }
  server_stop (plain.server);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/request/table", test_table);
  return g_test_run ();
}
