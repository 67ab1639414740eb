/* What can be listened on, and what cannot. */
#include "http/address.h"

#include <unistd.h>

static void test_listens (void)
{
  static const struct {
    const char *text, *host;
  } TABLE[]
      = { { "127.0.0.1:0", "127.0.0.1" }, { "localhost:0", "127.0.0.1" }, { "0.0.0.0:0", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autofree char *host = NULL;
    g_autoptr (GError) error = NULL;
    guint port = 0;
    int fd = address_listen (TABLE[i].text, &host, &port, &error);

    g_assert_no_error (error);
    g_assert_cmpint (fd, >=, 0);
    g_assert_cmpstr (host, ==, TABLE[i].host);
    g_assert_cmpuint (port, >, 0);
    close (fd);
  }
}

static void test_refuses (void)
{
  static const char *const TABLE[] = { "",
                                       "8443",
                                       ":8443",
                                       "127.0.0.1",
                                       "127.0.0.1:",
                                       "127.0.0.1:x",
                                       "127.0.0.1:65536",
                                       "127.0.0.1:-1",
                                       "hub.example:8443",
                                       "::1:8443",
                                       "[::1:8443",
                                       "[]:1",
                                       "1.2.3:4" };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autofree char *host = NULL;
    g_autoptr (GError) error = NULL;
    guint port;

    g_assert_cmpint (address_listen (TABLE[i], &host, &port, &error), ==, -1);
    g_assert_error (error, ADDRESS_ERROR, ADDRESS_ERROR_FORMAT);
  }
}

static void test_taken (void)
{
  g_autofree char *host = NULL, *other_host = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  guint port, other;
  int fd = address_listen ("127.0.0.1:0", &host, &port, NULL);

  text = g_strdup_printf ("127.0.0.1:%u", port);
  g_assert_cmpint (address_listen (text, &other_host, &other, &error), ==, -1);
  g_assert_error (error, ADDRESS_ERROR, ADDRESS_ERROR_LISTEN);
  close (fd);
}

static void test_url (void)
{
  g_autofree char *four = address_url ("192.0.2.1", 8443), *six = address_url ("2001:db8::1", 1),
                  *name = address_url ("hub.example", 8443);

  g_assert_cmpstr (four, ==, "https://192.0.2.1:8443");
  g_assert_cmpstr (six, ==, "https://[2001:db8::1]:1");
  g_assert_cmpstr (name, ==, "https://hub.example:8443");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/address/listens", test_listens);
  g_test_add_func ("/hub/address/refuses", test_refuses);
  g_test_add_func ("/hub/address/taken", test_taken);
  g_test_add_func ("/hub/address/url", test_url);
  return g_test_run ();
}
