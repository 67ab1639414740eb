#include "core/identifier.h"

static const char LONG[] = "0123456789012345678901234567890123456789012345678";

static void test_table (void)
{
  static const struct {
    const char *text;
    gboolean station, reference, id;
  } rows[] = {
    { "entree-est-1", TRUE, TRUE, TRUE },
    { "hub", TRUE, TRUE, TRUE },
    { "1", TRUE, TRUE, TRUE },
    { "FR-0001", FALSE, TRUE, TRUE },
    { "2016/FR.1", FALSE, TRUE, FALSE },
    { "A1", FALSE, TRUE, TRUE },
    { "repas_26.midi", FALSE, TRUE, TRUE },
    { "-x", FALSE, TRUE, TRUE },
    { "", FALSE, FALSE, FALSE },
    { NULL, FALSE, FALSE, FALSE },
    { "é", FALSE, FALSE, FALSE },
    { "a b", FALSE, FALSE, FALSE },
    { "a;b", FALSE, FALSE, FALSE },
    { "a\n", FALSE, FALSE, FALSE },
    { "欧", FALSE, FALSE, FALSE },
    { LONG + 25, TRUE, TRUE, TRUE },   /* 24 */
    { LONG + 24, FALSE, TRUE, TRUE },  /* 25 */
    { LONG + 17, FALSE, TRUE, TRUE },  /* 32 */
    { LONG + 16, FALSE, FALSE, TRUE }, /* 33 */
    { LONG + 1, FALSE, FALSE, TRUE },  /* 48 */
    { LONG, FALSE, FALSE, FALSE },     /* 49 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text != NULL ? rows[i].text : "(none)");
    g_assert_cmpint (identifier_is_station (rows[i].text), ==, rows[i].station);
    g_assert_cmpint (identifier_is_reference (rows[i].text), ==, rows[i].reference);
    g_assert_cmpint (identifier_is_valid (rows[i].text), ==, rows[i].id);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identifier/table", test_table);
  return g_test_run ();
}
