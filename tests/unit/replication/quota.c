/* Who sends too much is slowed down, and loses nothing. */
#include "replication/quota.h"

#define BATCH 500
#define BYTES (100 * 1000)

/* What a hub does: 0 and the batch is put down, or how long to wait. */
static guint send (Quota *quota, const char *station, guint facts, gsize bytes, gint64 now_ms,
                   gboolean *tell)
{
  guint wait_s = quota_wait (quota, station, now_ms, tell);

  if (wait_s == 0)
    quota_charge (quota, station, facts, bytes, now_ms);
  return wait_s;
}

/* An honest station, after a day without network, and through the day. */
static void test_honest (void)
{
  Quota *quota = quota_new ();
  gint64 now_ms = 1000;
  gboolean tell;

  for (guint i = 0; i < 40; i++) /* 20,000 facts at once */
    g_assert_cmpuint (send (quota, "gate", BATCH, BYTES, now_ms, &tell), ==, 0);
  for (guint i = 0; i < 24 * 60; i++, now_ms += 60 * 1000) {
    g_assert_cmpuint (send (quota, "gate", 200, 60000, now_ms, &tell), ==, 0);
    g_assert_false (tell);
  }
  quota_free (quota);
}

/* How many facts are taken in an hour from one that sends as fast as it can and obeys. */
static void test_wild (void)
{
  Quota *quota = quota_new ();
  gint64 now_ms = 1000, end_ms = now_ms + 3600 * 1000;
  guint64 taken = 0;
  guint told = 0, refused = 0;

  while (now_ms < end_ms) {
    gboolean tell;
    guint wait_s = send (quota, "gate", BATCH, 1000, now_ms, &tell);

    taken += wait_s == 0 ? BATCH : 0;
    refused += wait_s > 0;
    told += tell;
    g_assert_true (wait_s > 0 || !tell);
    g_assert_cmpuint (wait_s, <=, QUOTA_WAIT_MAX_S);
    now_ms += wait_s > 0 ? (gint64) wait_s * 1000 : 1;
  }
  g_assert_cmpuint (refused, >, 0);
  g_assert_cmpuint (told, ==, 1);
  g_assert_cmpuint (taken, >, QUOTA_FACTS_A_MINUTE * 60 / 2);
  g_assert_cmpuint (taken, <=, QUOTA_FACTS_AT_ONCE + QUOTA_FACTS_A_MINUTE * 60 + BATCH);
  quota_free (quota);
}

/* Few facts, but large ones; others do not suffer by it. */
static void test_bytes (void)
{
  Quota *quota = quota_new ();
  gboolean tell;
  guint batches = 0, wait_s;

  while ((wait_s = send (quota, "gate", 10, 4 * 1024 * 1024, 1000, &tell)) == 0)
    batches++;
  g_assert_true (tell);
  g_assert_cmpuint (batches, ==, QUOTA_BYTES_AT_ONCE / (4 * 1024 * 1024));
  g_assert_cmpuint (send (quota, "other", BATCH, BYTES, 1000, &tell), ==, 0);
  g_assert_cmpuint (send (quota, "gate", 1, 100, 2000, &tell), ==, 0);
  g_assert_cmpuint (send (quota, "gate", 1, 4 * 1024 * 1024, 3000, &tell), ==, 0);
  g_assert_cmpuint (send (quota, "gate", 1, 100, 4000, &tell), >, 0); /* it owes 4 MiB */
  g_assert_false (tell);
  /* A 64th of a day: 22 minutes. */
  g_assert_cmpuint (send (quota, "gate", 1, 100, 4000 + 21 * 60 * 1000, &tell), >, 0);
  g_assert_cmpuint (send (quota, "gate", 1, 100, 4000 + 23 * 60 * 1000, &tell), ==, 0);
  quota_free (quota);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quota/honest", test_honest);
  g_test_add_func ("/quota/wild", test_wild);
  g_test_add_func ("/quota/bytes", test_bytes);
  return g_test_run ();
}
