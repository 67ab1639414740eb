#include "camera/code_presence.h"

#define GONE_MS 1500

/* A picture at @ms in which "a" is, or not; whether that is news. */
static gboolean see (CodePresence *sighting, gint64 ms, const char *text)
{
  code_presence_picture (sighting, ms * 1000);
  return text != NULL && code_presence_is_new (sighting, text);
}

static void test_once (void)
{
  static const struct {
    gint64 ms;
    gboolean there, news;
  } ROWS[] = {
    { 1000, TRUE, TRUE },     { 1033, TRUE, FALSE },   { 1300, FALSE, FALSE },
    { 1600, TRUE, FALSE }, /* not read in one picture */
    { 2000, FALSE, FALSE },   { 2500, FALSE, FALSE },  { 3000, TRUE, FALSE }, /* 1.4 s */
    { 3500, FALSE, FALSE },   { 4000, FALSE, FALSE },  { 4500, FALSE, FALSE },
    { 4600, TRUE, TRUE },                             /* away and back */
    { 5000, TRUE, FALSE },    { 65000, TRUE, FALSE }, /* a camera that stood still for a minute */
    { 125000, FALSE, FALSE }, { 125400, TRUE, FALSE }, { 126000, FALSE, FALSE },
    { 127600, TRUE, FALSE }, /* 2.2 s, but only one second of it was looked at */
  };
  g_autoptr (CodePresence) sighting = code_presence_new (GONE_MS);

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (see (sighting, ROWS[i].ms, ROWS[i].there ? "a" : NULL), ==, ROWS[i].news);
  }
}

static void test_several (void)
{
  g_autoptr (CodePresence) sighting = code_presence_new (GONE_MS);

  for (gint64 ms = 1000; ms < 20000; ms += 100) {
    code_presence_picture (sighting, ms * 1000);
    g_assert_cmpint (code_presence_is_new (sighting, "a"), ==, ms == 1000);
    /* There for one second of five. */
    g_assert_true (code_presence_has (sighting, "a"));
    g_assert_false (code_presence_has (sighting, "c")); /* and asking changes nothing */
    if (ms % 5000 < 1000)
      g_assert_cmpint (code_presence_is_new (sighting, "b"), ==,
                       ms == 5000 || ms == 10000 || ms == 15000);
  }
}

/* More codes than are known at a time: those in the picture stay known. */
static void test_bounded (void)
{
  g_autoptr (CodePresence) sighting = code_presence_new (GONE_MS);

  g_assert_true (see (sighting, 1, "stays"));
  for (guint i = 0; i < 1000; i++) {
    char text[16];
    g_snprintf (text, sizeof text, "code %u", i);
    g_assert_true (see (sighting, 2 + i, text));
    g_assert_false (code_presence_is_new (sighting, "stays"));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/sighting/once", test_once);
  g_test_add_func ("/scan/sighting/several", test_several);
  g_test_add_func ("/scan/sighting/bounded", test_bounded);
  return g_test_run ();
}
