/* Webhooks: how they are kept, which are refused, and how a message is signed. */
#include "api/webhook.h"
#include "words_here.h"

#include "unit/access/replica.h"

static void test_life (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  replica_open (&replica, "hub");
  g_autofree char *secret = webhook_add (replica.journal, "protocol-desk", "https://example.org/x",
                                         "protocol, station", &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) all = webhook_all (replica.journal, &error);
  g_assert_cmpuint (all->len, ==, 1);
  const Webhook *webhook = all->pdata[0];
  g_assert_cmpstr (webhook->secret, ==, secret);
  g_assert_cmpuint (webhook->scopes, ==, WEBHOOK_PROTOCOL | WEBHOOK_STATION);
  g_assert_cmpint (webhook->since_ms, ==, hand_ms);
  g_autofree char *words = webhook_scope_words (webhook->scopes);
  g_assert_cmpstr (words, ==, "protocol,station");
  g_assert_true (webhook_remove (replica.journal, "protocol-desk", &error));
  g_autoptr (GPtrArray) none = webhook_all (replica.journal, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (webhook_remove (replica.journal, "protocol-desk", &error));
  g_assert_error (error, WEBHOOK_ERROR, WEBHOOK_ERROR_UNKNOWN);
  replica_close (&replica);
}

static void test_refused (void)
{
  static const struct {
    const char *name, *url, *scopes;
  } ROWS[] = {
    { "A b", "https://example.org/", "conflict" }, { "one", "https://example.org/", "conflict" },
    { "two", "https://example.org/", "hat" },      { "two", "https://example.org/", NULL },
    { "two", "http://example.org/", "conflict" },  { "two", "ftp://example.org/", "conflict" },
  };
  Replica replica;
  replica_open (&replica, "hub");
  g_autofree char *one
      = webhook_add (replica.journal, "one", "http://127.0.0.1:1/", "conflict", NULL);
  g_assert_nonnull (one);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (
        webhook_add (replica.journal, ROWS[i].name, ROWS[i].url, ROWS[i].scopes, &error));
    g_assert_nonnull (error);
  }
  g_assert_true (journal_set_local (replica.journal, "webhooks", "{", NULL));
  g_autoptr (GError) damaged = NULL;
  g_assert_null (webhook_all (replica.journal, &damaged));
  g_assert_error (damaged, WEBHOOK_ERROR, WEBHOOK_ERROR_DAMAGED);
  replica_close (&replica);
}

/* As `printf 1477444320.{} | openssl dgst -sha256 -hmac secret` has it. */
static void test_signature (void)
{
  g_autofree char *signature = webhook_signature ("secret", 1477444320, "{}");
  g_assert_cmpstr (signature, ==,
                   "t=1477444320,v1="
                   "de12625abc3226b26b8cbe280f8e0e64a390a14e74148c9686e64bda9b1cc836");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/webhook/life", test_life);
  g_test_add_func ("/webhook/refused", test_refused);
  g_test_add_func ("/webhook/signature", test_signature);
  return g_test_run ();
}
