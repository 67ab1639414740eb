#include "core/clock.h"

static void test_next (void)
{
  static const struct {
    gint64 last_ms, last_counter, now_ms, ms, counter;
  } rows[] = {
    { 0, 0, 1000, 1000, 0 },        { 1000, 0, 1001, 1001, 0 }, { 1000, 0, 1000, 1000, 1 },
    { 1000, 7, 1000, 1000, 8 },     { 1000, 7, 999, 1000, 8 },  { 1000, 7, 0, 1000, 8 },
    { 1000, 0xffff, 900, 1001, 0 }, { 1000, 7, -5, 1000, 8 },   { 1000, 7, 2000, 2000, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    HybridTime next = clock_hybrid_next (
        clock_hybrid_from_ms (rows[i].last_ms) + rows[i].last_counter, rows[i].now_ms);

    g_assert_cmpint (clock_hybrid_ms (next), ==, rows[i].ms);
    g_assert_cmpint (next - clock_hybrid_from_ms (clock_hybrid_ms (next)), ==, rows[i].counter);
  }
}

/* A fact with the last time there is must not keep others from writing theirs. */
static void test_end_of_time (void)
{
  g_assert_cmpint (clock_hybrid_next (G_MAXINT64 - 1, 0), ==, G_MAXINT64);
  g_assert_cmpint (clock_hybrid_next (G_MAXINT64, 0), ==, G_MAXINT64);
  g_assert_cmpint (clock_hybrid_next (G_MAXINT64, 1477444320000), ==, G_MAXINT64);
}

static void test_system (void)
{
  Clock clock = clock_system ();
  gint64 before = g_get_real_time () / 1000, now = clock_now_ms (&clock);

  g_assert_true (clock.machine);
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time () / 1000);
}

static void test_shifted (void)
{
  static const char *const bad[]
      = { NULL, "", "yesterday", "2016-10-26", "2016-10-26T09:12:00", "2016-13-26T09:12:00+08:00" };
  Clock clock;
  gint64 now;

  g_assert_true (clock_shifted ("2016-10-26T09:12:00+08:00", &clock));
  now = clock_now_ms (&clock);
  g_assert_cmpint (now, >=, 1477444320000);
  g_assert_cmpint (now, <, 1477444320000 + 60 * 1000);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (clock_shifted (bad[i], &clock));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/next", test_next);
  g_test_add_func ("/clock/end-of-time", test_end_of_time);
  g_test_add_func ("/clock/system", test_system);
  g_test_add_func ("/clock/shifted", test_shifted);
  return g_test_run ();
}
