/* Debounce: which reads are scans, as a table, and as a property against the definition
 * written out plainly. */
#include "scan/debounce.h"

#include <string.h>

#define MS 1000

static void test_table (void)
{
  static const struct {
    const char *what;
    struct {
      const char *code;
      gint64 at_ms;
      gboolean scan;
    } reads[8];
  } ROWS[] = {
    { "once", { { "A", 0, TRUE } } },
    { "twice within a second", { { "A", 0, TRUE }, { "A", 1, FALSE }, { "A", 1000, FALSE } } },
    { "twice, a second and more apart",
      { { "A", 0, TRUE }, { "A", 1001, TRUE }, { "A", 2002, TRUE } } },
    { "left lying under the reader",
      { { "A", 0, TRUE },
        { "A", 800, FALSE },
        { "A", 1600, FALSE },
        { "A", 2400, FALSE },
        { "A", 3401, TRUE } } },
    { "two codes alternating are both scans, each once",
      { { "A", 0, TRUE },
        { "B", 100, TRUE },
        { "A", 200, FALSE },
        { "B", 300, FALSE },
        { "A", 400, FALSE },
        { "B", 1400, TRUE } } },
    { "two codes that differ a little",
      { { "AC:1", 0, TRUE }, { "ac:1", 0, TRUE }, { "AC:10", 0, TRUE }, { "AC:1", 5, FALSE } } },
    { "another reader's clock is read a little later",
      { { "A", 5000, TRUE }, { "A", 4990, FALSE }, { "A", 6000, FALSE }, { "A", 7001, TRUE } } },
    { "long ago, after what came since", { { "A", 9000, TRUE }, { "A", 0, TRUE } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Debounce) debounce = debounce_new ();
    g_test_message ("%s", ROWS[i].what);
    for (guint j = 0; j < G_N_ELEMENTS (ROWS[i].reads) && ROWS[i].reads[j].code != NULL; j++)
      g_assert_cmpint (
          debounce_is_new (debounce, ROWS[i].reads[j].code, ROWS[i].reads[j].at_ms * MS), ==,
          ROWS[i].reads[j].scan);
  }
}

/* Against the definition: a read is a scan unless the same code was read at most a second
 * before it. */
static void test_property (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (Debounce) debounce = debounce_new ();
  gint64 last_us[20], now_us = 0;
  guint scans = 0;

  g_test_message ("seed %u", seed);
  memset (last_us, 0x80, sizeof last_us); /* long ago */
  for (guint i = 0; i < 100000; i++) {
    guint code = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (last_us));
    g_autofree char *text = g_strdup_printf ("AC:%u", code);
    gboolean is_new;
    now_us += g_rand_boolean (random) ? g_rand_int_range (random, 0, 1000)
                                      : g_rand_int_range (random, 0, 200 * MS);
    is_new = now_us > last_us[code] + DEBOUNCE_WINDOW_US;
    last_us[code] = now_us;
    g_assert_cmpint (debounce_is_new (debounce, text, now_us), ==, is_new);
    scans += is_new ? 1 : 0;
  }
  g_assert_cmpuint (scans, >, 1000);
}

/* More codes in a second than are remembered: the newest are, and memory does not
 * grow. */
static void test_many (void)
{
  g_autoptr (Debounce) debounce = debounce_new ();

  for (guint i = 0; i < 100000; i++) {
    g_autofree char *text = g_strdup_printf ("AC:%u", i);
    g_assert_true (debounce_is_new (debounce, text, i * 10));
  }
  for (guint i = 0; i < DEBOUNCE_KEPT; i++) {
    g_autofree char *text = g_strdup_printf ("AC:%u", 99999 - i);
    g_assert_false (debounce_is_new (debounce, text, 1000 * MS));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/debounce/table", test_table);
  g_test_add_func ("/scan/debounce/property", test_property);
  g_test_add_func ("/scan/debounce/many", test_many);
  return g_test_run ();
}
