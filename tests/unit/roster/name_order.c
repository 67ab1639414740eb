/* Which of a person's words are the family name. */
#include "roster/name_order.h"

#include "roster/name.h"

static void check (NameDoubt doubt, const Name *name, NameDoubt wanted, const char *family,
                   const char *given)
{
  g_assert_cmpint (doubt, ==, wanted);
  g_assert_cmpstr (name->family, ==, family);
  g_assert_cmpstr (name->given, ==, given);
}

static void test_words (void)
{
  static const struct {
    const char *text, *name_zh;
    NameDoubt doubt;
    const char *family, *given, *aside;
  } ROWS[] = {
    { "Jean DUPONT", "", NAME_CLEAR, "DUPONT", "Jean", "" },
    { "DUPONT Jean", "", NAME_CLEAR, "DUPONT", "Jean", "" },
    { "DUPONT Jean PhD", "", NAME_CLEAR, "DUPONT", "Jean", "PhD" },
    { "Anne DURAND née PETIT", "", NAME_CLEAR, "DURAND", "Anne", "née PETIT" },
    { "BEETHOVEN Ludwig van", "", NAME_CLEAR, "van BEETHOVEN", "Ludwig", "" },
    { "Wei Zhang", "张伟", NAME_CLEAR, "Zhang", "Wei", "" },
    { "ZHANG WEI", "张伟", NAME_CLEAR, "Zhang", "Wei", "" },
    { "Jean Dupont", "让·杜邦", NAME_CLEAR, "Dupont", "Jean", "" },
    { "Suharto", "", NAME_CLEAR, "Suharto", "", "" },
    { "Jean Dupont", "", NAME_ORDER, "", "", "" },
    { "DUPONT JEAN", "", NAME_ORDER, "", "", "" },
    { "DUPONT Jean@home", "", NAME_ODD, "", "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Name) name = name_new ();
    g_auto (GStrv) words = g_strsplit (ROWS[i].text, " ", -1);
    NameDoubt doubt = name_order_words (words, g_strv_length (words), ROWS[i].name_zh, name);
    g_test_message ("%s", ROWS[i].text);
    check (doubt, name, ROWS[i].doubt, ROWS[i].family, ROWS[i].given);
    g_assert_cmpstr (name->aside, ==, ROWS[i].aside);
  }
}

static void test_halves (void)
{
  static const struct {
    const char *before, *behind;
    NameDoubt doubt;
    const char *family, *given, *title;
  } ROWS[] = {
    { "Dupont", "Jean", NAME_CLEAR, "Dupont", "Jean", "" },
    { "M. Dupont", "Jean", NAME_CLEAR, "Dupont", "Jean", "M." },
    { "Gaulle", "Charles de", NAME_CLEAR, "de Gaulle", "Charles", "" },
    { "Dupont", "JEAN", NAME_ORDER, "", "", "" },
    { "P", "Jean", NAME_ORDER, "", "", "" },
    { "M.", "Jean", NAME_ODD, "", "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Name) name = name_new ();
    NameDoubt doubt = name_order_halves (ROWS[i].before, ROWS[i].behind, name);
    g_test_message ("%s, %s", ROWS[i].before, ROWS[i].behind);
    check (doubt, name, ROWS[i].doubt, ROWS[i].family, ROWS[i].given);
    g_assert_cmpstr (name->title, ==, ROWS[i].title);
  }
}

static void test_dots (void)
{
  g_assert_true (name_order_is_dotted ("让·杜邦"));
  g_assert_false (name_order_is_dotted ("张伟"));
  g_assert_false (name_order_is_dotted ("Jean·Dupont"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name_order/words", test_words);
  g_test_add_func ("/name_order/halves", test_halves);
  g_test_add_func ("/name_order/dots", test_dots);
  return g_test_run ();
}
