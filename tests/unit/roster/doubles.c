/* One person under two references. */
#include "roster/doubles.h"

static Delegate *person (const char *family, const char *given, const char *name_zh,
                         const char *organisation_fr, const char *organisation_zh,
                         const char *email)
{
  Delegate *delegate = delegate_new ();
  const struct {
    char **place;
    const char *text;
  } texts[] = {
    { &delegate->family, family },
    { &delegate->given, given },
    { &delegate->name_zh, name_zh },
    { &delegate->organisation_fr, organisation_fr },
    { &delegate->organisation_zh, organisation_zh },
    { &delegate->email, email },
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_free (*texts[i].place);
    *texts[i].place = g_strdup (texts[i].text);
  }
  return delegate;
}

static void test_find (void)
{
  static const struct {
    const char *texts[6];
    DoubleKind kind;
    guint other;
  } ROWS[] = {
    { { "Lefèvre", "Hélène", "", "Ville de Pau", "", "h@example.org" }, DOUBLE_NONE, 0 },
    { { "LEFEVRE", "Hélène", "", "Ville de Pau", "", "H@Example.org" }, DOUBLE_EMAIL, 0 },
    { { "Helene", "LEFEVRE", "", "ville de pau", "", "x@example.org" }, DOUBLE_NAME, 0 },
    { { "Lefèvre", "Hélène", "", "Ville de Lyon", "", "" }, DOUBLE_NONE, 0 },
    { { "Lefèvre", "Paul", "", "Ville de Pau", "", "" }, DOUBLE_NONE, 0 },
    { { "Liu", "Yang", "刘洋", "", "四川大学", "" }, DOUBLE_NONE, 0 },
    { { "", "", "刘洋", "", "四川大学", "" }, DOUBLE_NAME, 5 },
    { { "LIU", "Yang", "", "", "四川大学", "" }, DOUBLE_NAME, 5 },
    { { "", "", "刘洋", "", "成都市", "" }, DOUBLE_NONE, 0 },
    { { "", "", "", "", "", "" }, DOUBLE_NONE, 0 },
    { { "", "", "", "", "", "" }, DOUBLE_NONE, 0 },
    { { "Martin", "Jean", "", "", "", "" }, DOUBLE_NONE, 0 },
    { { "Martin", "Jean", "", "", "", "" }, DOUBLE_NAME, 11 },
  };
  g_autoptr (Doubles) doubles = doubles_new ();
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    const char *const *t = ROWS[i].texts;
    g_autoptr (Delegate) one = person (t[0], t[1], t[2], t[3], t[4], t[5]);
    guint other = 0, found = 0;
    g_assert_cmpint (doubles_find (doubles, one, &found), ==, ROWS[i].kind);
    g_assert_cmpint (doubles_add (doubles, one, i, &other), ==, ROWS[i].kind);
    if (ROWS[i].kind != DOUBLE_NONE) {
      g_assert_cmpuint (other, ==, ROWS[i].other);
      g_assert_cmpuint (found, ==, ROWS[i].other);
    }
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doubles/find", test_find);
  return g_test_run ();
}
