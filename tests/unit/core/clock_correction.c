/* A correction holds whoever sets the clock, and after a restart. */
#include "core/clock_correction.h"

#define HOUR (3600 * 1000LL)
#define WALL (1477444320LL * 1000)

static void test_at (void)
{
  const ClockCorrection ahead = { HOUR, WALL, 50000, "boot-1" }, small = { 900, WALL, 0, "boot-1" };
  static const struct {
    const char *boot;
    gint64 wall_ms, boot_ms, expected;
  } ROWS[] = {
    { "boot-1", WALL, 50000, HOUR },
    { "boot-1", WALL + 5 * HOUR, 50000 + 5 * HOUR, HOUR },  /* nobody has touched it */
    { "boot-1", WALL + 2 * HOUR, 50000 + HOUR, 0 },         /* somebody has set it right */
    { "boot-1", WALL + 2 * HOUR + 400, 50000 + HOUR, 0 },   /* nearly */
    { "boot-1", WALL - 9 * HOUR, 50000 + HOUR, 11 * HOUR }, /* or very wrong */
    { "boot-2", WALL + 7 * HOUR, 1000, HOUR },              /* after a restart: as it was */
    { "", WALL + 7 * HOUR, 1000, HOUR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpint (clock_correction_at (&ahead, ROWS[i].wall_ms, ROWS[i].boot, ROWS[i].boot_ms),
                     ==, ROWS[i].expected);
  g_assert_cmpint (clock_correction_at (&small, WALL, "boot-2", 0), ==, 0);
}

static void test_text (void)
{
  static const char *const NONE[] = {
    NULL, "", "1", "1 2 3", "1 2 3 b c", "x 2 3 b", "1 2 3.5 b", "9223372036854775807 1 1 b"
  };
  ClockCorrection made = clock_correction_new (-7 * HOUR, WALL);
  g_autofree char *text = clock_correction_text (&made);
  ClockCorrection read = clock_correction_parse (text);

  g_assert_cmpint (read.offset_ms, ==, -7 * HOUR);
  g_assert_cmpint (read.wall_ms, ==, WALL);
  g_assert_cmpint (read.boot_ms, ==, made.boot_ms);
  g_assert_cmpstr (read.boot, ==, made.boot);
  for (guint i = 0; i < G_N_ELEMENTS (NONE); i++) {
    ClockCorrection none = clock_correction_parse (NONE[i]);

    g_assert_cmpint (none.wall_ms, ==, 0);
    g_assert_cmpint (clock_correction_now (&none, WALL), ==, 0);
  }
}

static void test_now (void)
{
  gint64 wall_ms = g_get_real_time () / 1000, now;
  ClockCorrection made = clock_correction_new (HOUR, wall_ms);

  g_assert_cmpint (made.boot_ms, >, 0);
  now = clock_correction_now (&made, g_get_real_time () / 1000);
  g_assert_cmpint (ABS (now - HOUR), <, 60000);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock_correction/at", test_at);
  g_test_add_func ("/clock_correction/text", test_text);
  g_test_add_func ("/clock_correction/now", test_now);
  return g_test_run ();
}
