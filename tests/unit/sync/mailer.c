/* Which addresses can be written to, and which servers asked. */
#include "sync/mailer.h"

static void test_addresses (void)
{
  static const struct {
    const char *text;
    gboolean good;
  } ROWS[] = {
    { "a@example.org", TRUE },
    { "joëlle@exämple.org", TRUE },
    { "a.b+c@mail.example", TRUE },
    { "", FALSE },
    { "a", FALSE },
    { "@example.org", FALSE },
    { "a@", FALSE },
    { "a@b@c", FALSE },
    { "a b@example.org", FALSE },
    { "a@example.org\r\nBcc: x@y.z", FALSE },
    { "a@example.org,b@c.d", FALSE },
    { "<a@example.org>", FALSE },
    { "a@-example.org", FALSE },
    { "a@example.org.", FALSE },
    { "\377@example.org", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("%s", ROWS[i].text);
    g_assert_cmpint (mailer_is_address (ROWS[i].text), ==, ROWS[i].good);
  }
  g_autofree char *endless = g_strnfill (400, 'a'), *long_one = g_strconcat (endless, "@b.c", NULL);
  g_assert_false (mailer_is_address (long_one));
}

static void test_servers (void)
{
  static const char *const BAD[]
      = { "", "mail.example", "http://mail.example", "smtp://a b", "file:///etc/passwd" };
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (mailer_new (&(MailerOptions){ .url = BAD[i] }, &error));
    g_assert_error (error, MAILER_ERROR, MAILER_ERROR_ADDRESS);
  }
}

/* Nobody listens there: no letter can be sent, and this one was not. */
static void test_unreached (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Mailer) mailer = mailer_new (&(MailerOptions){ .url = "smtp://127.0.0.1:1" }, &error);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  MailerState state = MAILER_SENT;
  g_assert_no_error (error);
  const MailerMessage message
      = { "a@b.c", "Congrès", "d@e.f", "参会凭证", "…", "a.pdf", pdf, "1@b" };
  g_assert_false (mailer_send (mailer, &message, &state, NULL, &error));
  g_assert_error (error, MAILER_ERROR, MAILER_ERROR_SERVER);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailer/addresses", test_addresses);
  g_test_add_func ("/mailer/servers", test_servers);
  g_test_add_func ("/mailer/unreached", test_unreached);
  return g_test_run ();
}
