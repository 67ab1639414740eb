/* Where messages may go, and what becomes of one that nobody takes. */
#include "sync/post.h"

#include "sync/hub_connection.h"

#include <string.h>

static void test_addresses (void)
{
  static const struct {
    const char *url;
    gboolean good;
  } ROWS[] = {
    { "https://example.org/told", TRUE },
    { "http://127.0.0.1:8080/x", TRUE },
    { "http://localhost/x", TRUE },
    { "http://[::1]:1/", TRUE },
    { "http://example.org/", FALSE },
    { "http://127.0.0.1.example.org/", FALSE },
    { "http://localhost.example/", FALSE },
    { "https://", FALSE },
    { "file:///etc/passwd", FALSE },
    { "", FALSE },
    { "http://127.0.0.1:80@example.org/", FALSE },
    { "http://localhost:x@example.org/", FALSE },
    { "http://127.0.0.1\\@example.org/", FALSE },
    { "http://127.0.0.1#@example.org/", TRUE }, /* a part that is never sent */
    { "https://user:pass@example.org/", FALSE },
    { "https://@example.org/", FALSE },
    { "https:///told", FALSE },
    { "https://example.org/a b", FALSE },
    { "https://example.org/\r\nHost: x", FALSE },
    { "HTTPS://example.org/", TRUE },
    { "https:example.org", FALSE },
    { "gopher://127.0.0.1:25/", FALSE },
    { "http://169.254.169.254/latest/", FALSE },
    { "http://2130706433/", FALSE },
    { "http://0/", FALSE },
    { "http://127.1/", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", ROWS[i].url);
    g_assert_cmpint (post_check (ROWS[i].url, &error), ==, ROWS[i].good);
    g_assert_cmpint (error == NULL, ==, ROWS[i].good);
  }
}

static void test_nobody (void)
{
  static const char *const HEADERS[] = { "Content-Type: application/json", NULL };
  g_autoptr (GError) error = NULL;
  guint status = 1;
  hub_connection_start ();
  g_assert_false (
      post_send ("http://127.0.0.1:1/secret?key=hidden", HEADERS, "{}", 2000, &status, &error));
  g_assert_error (error, POST_ERROR, POST_ERROR_UNREACHABLE);
  g_assert_null (strstr (error->message, "secret"));
  g_assert_null (strstr (error->message, "hidden"));
  g_assert_cmpuint (status, ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/post/addresses", test_addresses);
  g_test_add_func ("/post/nobody", test_nobody);
  return g_test_run ();
}
