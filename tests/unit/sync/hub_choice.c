/* Which addresses a station takes for hubs', and where it goes when its own does not
 * answer. */
#include "sync/hub_choice.h"

#include "core/sign.h"
#include "sync/client_terms.h"
#include "unit/access/replica.h"

#include <string.h>

static void test_clean (void)
{
  g_autofree char *long_url = g_strnfill (HUB_CHOICE_ADDRESS_BYTES_MAX, 'a'),
                  *too_long = g_strconcat ("https://", long_url, NULL);
  const struct {
    const char *text, *but, *kept;
  } ROWS[] = {
    { NULL, NULL, "" },
    { "", NULL, "" },
    { "https://a:1 https://b:2", NULL, "https://a:1 https://b:2" },
    { "  https://b:2\n\thttps://a:1 ", NULL, "https://b:2 https://a:1" },
    { "https://a:1 https://b:2 https://a:1", "https://b:2", "https://a:1" },
    { "http://a https:// file:///etc/passwd a:1 HTTPS://A", NULL, "" },
    { "https://user@a https://a?x https://a#x https://a\"b https://é", NULL, "" },
    { too_long, NULL, "" },
    { "https://1 https://2 https://3 https://4 https://5 https://6 https://7 https://8 https://9",
      NULL, "https://1 https://2 https://3 https://4 https://5 https://6 https://7 https://8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *kept = hub_choice_clean (ROWS[i].text, ROWS[i].but);

    g_assert_cmpstr (kept, ==, ROWS[i].kept);
  }
}

static void keep (Journal *journal, const char *name, const char *value)
{
  g_assert_true (journal_set_local (journal, name, value, NULL));
}

/* How many others it tries after the first, and how often it was away from it then. */
static guint count_ways (HubChoice *choice, guint *away)
{
  guint ways = 0;

  *away = 0;
  hub_choice_begin (choice);
  while (hub_choice_next (choice)) {
    ways++;
    *away += hub_choice_is_away (choice);
  }
  return ways;
}

static void test_ways (void)
{
  static const struct {
    const char *others, *proxy;
    guint ways, away;
  } ROWS[] = {
    { NULL, NULL, 0, 0 },
    { "https://first", NULL, 0, 0 },
    { "https://b", NULL, 3, 2 }, /* each in a hurry, then with patience */
    { "https://b https://first https://c", NULL, 5, 4 },
    { NULL, "http://proxy:3128", 2, 1 }, /* directly, through it, directly with patience */
    { "https://b", "http://proxy:3128", 5, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (HubChoice) choice = NULL;
    g_autoptr (GError) error = NULL;
    Replica replica = { 0 };
    guint away;

    replica_open (&replica, "est");
    g_assert_null (hub_choice_new (replica.journal, &error));
    g_assert_no_error (error);
    keep (replica.journal, JOURNAL_LOCAL_HUB_URL, "https://first");
    keep (replica.journal, JOURNAL_LOCAL_HUB_PIN, "sha256//x");
    keep (replica.journal, JOURNAL_LOCAL_HUB_TOKEN, "est.x");
    keep (replica.journal, JOURNAL_LOCAL_HUB_OTHERS, ROWS[i].others);
    g_unsetenv ("HTTPS_PROXY");
    if (ROWS[i].proxy != NULL)
      g_setenv ("https_proxy", ROWS[i].proxy, TRUE);
    else
      g_unsetenv ("https_proxy");
    choice = hub_choice_new (replica.journal, &error);
    g_assert_no_error (error);
    g_assert_false (hub_choice_is_away (choice));
    g_assert_cmpuint (count_ways (choice, &away), ==, ROWS[i].ways);
    g_assert_cmpuint (away, ==, ROWS[i].away);
    replica_close (&replica);
  }
}

/* What the hub tells is kept; whoever is away stays where it is. */
static void test_learn (void)
{
  g_autoptr (HubChoice) choice = NULL;
  g_autofree char *kept = NULL;
  Replica replica = { 0 };

  g_unsetenv ("https_proxy");
  replica_open (&replica, "est");
  keep (replica.journal, JOURNAL_LOCAL_HUB_URL, "https://first");
  keep (replica.journal, JOURNAL_LOCAL_HUB_PIN, "sha256//x");
  keep (replica.journal, JOURNAL_LOCAL_HUB_TOKEN, "est.x");
  choice = hub_choice_new (replica.journal, NULL);
  hub_choice_learn (choice, replica.journal, NULL);
  hub_choice_learn (choice, replica.journal, "https://first https://b ftp://c");
  kept = journal_local (replica.journal, JOURNAL_LOCAL_HUB_OTHERS, NULL);
  g_assert_cmpstr (kept, ==, "https://b");
  hub_choice_begin (choice);
  g_assert_true (hub_choice_next (choice));
  g_assert_true (hub_choice_is_away (choice));
  hub_choice_learn (choice, replica.journal, "https://c https://b");
  g_assert_true (hub_choice_is_away (choice));
  hub_choice_learn (choice, replica.journal, "https://c");
  g_assert_false (hub_choice_is_away (choice)); /* the one it spoke to is none any more */
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  hub_connection_start ();
  g_test_add_func ("/sync/hub_choice/clean", test_clean);
  g_test_add_func ("/sync/hub_choice/ways", test_ways);
  g_test_add_func ("/sync/hub_choice/learn", test_learn);
  return g_test_run ();
}
