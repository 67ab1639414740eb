/* How often a sign-in may fail. */
#include "office/throttle.h"

static void test_doubling (void)
{
  g_autoptr (Throttle) throttle = throttle_new ();
  gint64 now = 1000, wait = 0, before = 0;

  for (guint i = 0; i < THROTTLE_FREE; i++)
    g_assert_cmpint (throttle_try (throttle, "name", "a", now), ==, 0);
  for (guint i = 0; i < 12; i++) {
    wait = throttle_try (throttle, "NAME", "b", now);
    g_assert_cmpint (wait, >=, before);
    g_assert_cmpint (wait, <=, THROTTLE_MOST_MS);
    g_assert_cmpint (throttle_try (throttle, "name", "b", now + wait - 1), >, 0);
    now += wait;
    g_assert_cmpint (throttle_try (throttle, "name", "b", now), ==, 0);
    before = wait;
  }
  g_assert_cmpint (before, >, 8 * THROTTLE_FIRST_MS);
}

static void test_address (void)
{
  g_autoptr (Throttle) throttle = throttle_new ();

  for (guint i = 0; i < THROTTLE_FREE_ADDRESS; i++) {
    g_autofree char *name = g_strdup_printf ("name%u", i);

    g_assert_cmpint (throttle_try (throttle, name, "one", 5), ==, 0);
  }
  g_assert_cmpint (throttle_try (throttle, "other", "one", 5), >, 0);
  g_assert_cmpint (throttle_try (throttle, "other", "two", 5), ==, 0);
}

static void test_success (void)
{
  g_autoptr (Throttle) throttle = throttle_new ();

  for (guint i = 0; i < 3 * THROTTLE_FREE; i++) {
    g_assert_cmpint (throttle_try (throttle, "name", "one", 5), ==, 0);
    throttle_succeeded (throttle, "name", "one");
  }
  /* Successes of one's own do not open the way to others for ever. */
  for (guint i = 0; i < THROTTLE_FREE; i++)
    throttle_try (throttle, "victim", "one", 5);
  throttle_try (throttle, "name", "two", 5);
  throttle_succeeded (throttle, "name", "two");
  g_assert_cmpint (throttle_try (throttle, "victim", "three", 5), >, 0);
}

static void test_bounded (void)
{
  g_autoptr (Throttle) throttle = throttle_new ();

  for (guint i = 0; i < THROTTLE_FREE; i++)
    throttle_try (throttle, "kept", "kept", 100);
  for (guint i = 0; i < 3 * THROTTLE_KEPT / 2; i++) {
    g_autofree char *name = g_strdup_printf ("n%u", i);

    throttle_try (throttle, name, name, 200 + i);
  }
  g_assert_cmpint (throttle_try (throttle, "later", "later", 100 + 2 * THROTTLE_MOST_MS), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/throttle/doubling", test_doubling);
  g_test_add_func ("/office/throttle/address", test_address);
  g_test_add_func ("/office/throttle/success", test_success);
  g_test_add_func ("/office/throttle/bounded", test_bounded);
  return g_test_run ();
}
