/* Plural forms: the rules of many languages, and what no rule is. */
#include "core/plural.h"

#include <string.h>

static void test_rules (void)
{
  static const struct {
    const char *rule;
    guint64 n;
    guint form;
  } ROWS[] = {
    { "nplurals=1; plural=0;", 7, 0 },   /* Chinese */
    { "nplurals=2; plural=n>1;", 0, 0 }, /* French */
    { "nplurals=2; plural=n>1;", 1, 0 },
    { "nplurals=2; plural=n>1;", 2, 1 },
    { " nplurals=2; plural=(n != 1);", 0, 1 }, /* English, German */
    { " nplurals=2; plural=(n != 1);", 1, 0 },
    /* Russian */
    { "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
      "n%100>=20) ? 1 : 2);",
      21, 0 },
    { "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
      "n%100>=20) ? 1 : 2);",
      11, 2 },
    { "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
      "n%100>=20) ? 1 : 2);",
      104, 1 },
    /* Arabic */
    { "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 "
      "? 4 : 5;",
      103, 3 },
    { "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 "
      "? 4 : 5;",
      100, 5 },
    { "nplurals=9; plural=1+2*3-4/2;", 0, 5 }, /* what binds more, and from left to right */
    { "nplurals=9; plural=8-4-2;", 0, 2 },
    { "nplurals=2; plural=!!n;", 5, 1 },
    { "nplurals=2; plural=!n;", 5, 0 },
    { "nplurals=2; plural=n<1 || n>=3;\nother", 3, 1 },
    { "nplurals=2; plural=n>1", G_MAXUINT64, 1 },
    /* None. */
    { NULL, 2, 0 },
    { "", 2, 0 },
    { "nplurals=2", 2, 0 },
    { "nplurals=2; plural=", 2, 0 },
    { "nplurals=2; plural=2;", 2, 0 }, /* a form that it does not have */
    { "nplurals=2; plural=n>1 x;", 2, 0 },
    { "nplurals=2; plural=(n>1;", 2, 0 },
    { "nplurals=2; plural=n/0;", 2, 0 },
    { "nplurals=2; plural=n%0;", 2, 0 },
    { "nplurals=2; plural=n ? 1;", 2, 0 },
    { "plural=n>1; nplurals=2;", 2, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("%s of %" G_GUINT64_FORMAT, ROWS[i].rule, ROWS[i].n);
    g_assert_cmpuint (plural_form (ROWS[i].rule, ROWS[i].n), ==, ROWS[i].form);
  }
}

/* Brackets, choices and contraries without end: refused, and the stack holds. */
static void test_depth (void)
{
  static const char *const PIECES[] = { "(", "!", "n?", "n?n:", "1+" };

  for (guint i = 0; i < G_N_ELEMENTS (PIECES); i++) {
    g_autoptr (GString) rule = g_string_new ("nplurals=2; plural=");
    while (rule->len + strlen (PIECES[i]) < PLURAL_RULE_MAX)
      g_string_append (rule, PIECES[i]);
    g_assert_cmpuint (plural_form (rule->str, 1), ==, 0);
    g_string_append (rule, "                         ");
    g_assert_cmpuint (plural_form (rule->str, 1), ==, 0);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/plural/rules", test_rules);
  g_test_add_func ("/core/plural/depth", test_depth);
  return g_test_run ();
}
