/* The parts of names. */
#include "roster/name.h"

static void test_split (void)
{
  static const char *const ROWS[][3] = {
    { "DUPONT Jean", "DUPONT", "Jean" },
    { "Jean DUPONT", "DUPONT", "Jean" },
    { "Dupont, Jean", "Dupont", "Jean" },
    { "LE GOFF Anne-Laure", "LE GOFF", "Anne-Laure" },
    { "Émile D'ESTIENNE", "D'ESTIENNE", "Émile" },
    { "Jean Dupont", NULL, NULL },
    { "JEAN DUPONT", NULL, NULL },
    { "", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *family = NULL, *given = NULL;
    g_assert_cmpint (name_split_latin (ROWS[i][0], &family, &given), ==, ROWS[i][1] != NULL);
    g_assert_cmpstr (family, ==, ROWS[i][1]);
    g_assert_cmpstr (given, ==, ROWS[i][2]);
  }
}

static void test_move (void)
{
  static const struct {
    const char *in[3], *out[3]; /* family, given, name_zh */
  } ROWS[] = {
    { { "欧阳", "思远", "" }, { "", "", "欧阳思远" } },
    { { "王", "", "" }, { "", "", "王" } },
    { { "王", "Ming", "王明" }, { "", "Ming", "王明" } },
    { { "Wang", "Ming", "王明" }, { "Wang", "Ming", "王明" } },
    { { "", "买买提·艾合买提", "买买提·艾合买提" }, { "", "", "买买提·艾合买提" } },
    { { "", "", "DUPONT Jean" }, { "DUPONT", "Jean", "" } },
    { { "", "", "John Smith" }, { "John Smith", "", "" } },
    { { "Wang", "", "Ming" }, { "Wang", "", "Ming" } },
    { { "", "", "" }, { "", "", "" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *family = g_strdup (ROWS[i].in[0]), *given = g_strdup (ROWS[i].in[1]),
                    *name_zh = g_strdup (ROWS[i].in[2]);
    name_take_latin (&family, &given, &name_zh);
    name_take_hanzi (&family, &given, &name_zh);
    g_assert_cmpstr (family, ==, ROWS[i].out[0]);
    g_assert_cmpstr (given, ==, ROWS[i].out[1]);
    g_assert_cmpstr (name_zh, ==, ROWS[i].out[2]);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name/split", test_split);
  g_test_add_func ("/name/move", test_move);
  return g_test_run ();
}
