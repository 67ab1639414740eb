/* Where stations find the hubs: one value a replica, whatever address it has had. */
#include "replication/hub_addresses.h"

#include "core/sign.h"
#include "journal/shared_log.h"
#include "unit/access/replica.h"

static void assert_all (Journal *journal, const char *wanted)
{
  g_autofree char *all = hub_addresses_read (journal, NULL);

  g_assert_cmpstr (all, ==, wanted);
}

static void test_addresses (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica = { 0 };

  replica_open (&replica, "hub");
  assert_all (replica.journal, "");
  g_assert_true (hub_addresses_note (replica.journal, "https://a:1", &error));
  assert_all (replica.journal, "https://a:1");
  g_assert_true (hub_addresses_note (replica.journal, "https://a:2", &error)); /* it has moved */
  assert_all (replica.journal, "https://a:2");
  g_assert_true (
      journal_set_local (replica.journal, JOURNAL_LOCAL_HUB_AT "0", "https://b:1", NULL));
  g_assert_false (hub_addresses_forget (replica.journal, "https://a:1", &error));
  g_assert_error (error, HUB_ADDRESSES_ERROR, HUB_ADDRESSES_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_true (hub_addresses_forget (replica.journal, "https://a:2", &error));
  assert_all (replica.journal, "https://b:1");
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_test_add_func ("/replication/hub_addresses", test_addresses);
  return g_test_run ();
}
