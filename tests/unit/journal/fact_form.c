/* What a fact must look like: one row a rule of the table that a fact may break. */
#include "journal/fact_form.h"

static const struct {
  const char *kind, *subject, *body, *fault;
} CASES[] = {
  { "passage", "FR-1", "{\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\"}", NULL },
  { "passage", "", "{\"verdict\":\"UNKNOWN\"}", NULL }, /* a code of nobody */
  { "passage", "FR 1", "{\"verdict\":\"UNKNOWN\"}", "subject" },
  { "passage", "FR-1", "{\"verdict\":7}", "verdict" },
  { "passage", "FR-1", "{\"verdict\":\"ADMITTED\",\"of_tomorrow\":[1]}", NULL },
  { "passage", "FR-1", "{\"verdict\":\"ADMITTED\",\"verdict\":\"FULL\"}", "verdict" },
  { "badge-void", "FR-1", "{\"serial\":1,\"issuer\":\"porte\"}", NULL },
  { "badge-void", "FR-1", "{\"serial\":0,\"issuer\":\"porte\"}", "serial" },
  { "badge-void", "FR-1", "{\"serial\":65536,\"issuer\":\"porte\"}", "serial" },
  { "badge-void", "FR-1", "{\"serial\":1.5,\"issuer\":\"porte\"}", "serial" },
  { "badge-void", "FR-1", "{\"serial\":1}", "issuer" },
  { "badge-void", "FR-1", "{\"serial\":1,\"issuer\":\"no such name\"}", "issuer" },
  { "print", "accueil-a-FR-1-1", "{\"state\":\"printed\"}", NULL },
  /* In whichever order: */
  { "passage", "FR-1", "{\"day\":\"2016-10-26\",\"verdict\":7}", "verdict" },
  { "passage", "FR-1", "{\"reason\":\"\",\"day\":\"2016-10-26\",\"day\":\"x\"}", "day" },
  { "print", "accueil-a-FR-1-1", "{\"printer\":\"a\",\"state\":\"sent\"}", NULL },
  { "print", "accueil-a-FR-1-1", "{}", "state" },
  { "congress", "congress", "{\"fr\":\"R\",\"languages\":[\"fr\",\"de\"]}", NULL },
  { "congress", "congress", "{\"fr\":\"R\",\"languages\":\"fr\"}", "languages" },
  { "congress", "congress", "{\"timezone\":\"Asia/Shanghai\"}", NULL },
  { "congress", "congress", "{\"timezone\":\"Asia/Nowhere\"}", "timezone" },
  { "congress", "congress", "{\"timezone\":\"\"}", "timezone" },
  { "congress", "congress", "{\"days\":[{\"label\":\"26\",\"date\":\"2016-10-26\"}]}", NULL },
  { "congress", "congress", "{\"days\":[{\"label\":\"26\",\"date\":\"26 octobre\"}]}", "days" },
  { "session", "A1", "{\"themes\":[{\"fr\":\"a\",\"zh\":\"b\"}]}", NULL },
  { "session", "A1", "{\"themes\":[\"a\"]}", "themes" },
  { "session", "A1", "{\"capacity\":-1}", "capacity" },
  { "checkpoint", "door", "{\"opens\":[{\"day\":\"26\",\"from\":\"07:30\",\"to\":\"19:00\"}]}",
    NULL },
  { "checkpoint", "door", "{\"opens\":[7]}", "opens" },
  { "checkpoint", "door", "{\"badge\":\"yes\"}", "badge" },
  { "volunteer", "101", "{\"name\":\"Li Na\",\"rights\":[\"leader\"]}", NULL },
  { "volunteer", "Li", "{\"name\":\"Li Na\"}", "subject" },
  { "key", "0123abcd", "{}", "public" },
  { "key", "0123ABCD", "{}", "subject" },
  { "disown", "porte", "{\"from\":1}", NULL },
  { "disown", "porte", "{\"from\":0}", "from" },
  { "passage", "FR-1", NULL, "erased" },
  { "registration", "FR-1", NULL, NULL }, /* its body may be erased */
  { "of tomorrow", "anything at all", "{\"x\":1}", NULL },
};

static void test_fault (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_test_message ("%u: %s %s", i, CASES[i].kind, CASES[i].body);
    g_assert_cmpstr (fact_form_fault (CASES[i].kind, CASES[i].subject, CASES[i].body), ==,
                     CASES[i].fault);
  }
}

static void test_object (void)
{
  static const struct {
    const char *text;
    gboolean object;
  } ROWS[] = {
    { "{}", TRUE },          { "{\"a\":1}", TRUE }, { " {} ", TRUE },   { "", FALSE },
    { "[]", FALSE },         { "null", FALSE },     { "{", FALSE },     { "{\"a\":}", FALSE },
    { "{\"a\":1,}", FALSE }, { "{a:1}", FALSE },    { "{} {}", FALSE }, { "{\"a\":01}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("%s", ROWS[i].text);
    g_assert_cmpint (fact_form_is_object (ROWS[i].text), ==, ROWS[i].object);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fact_form/fault", test_fault);
  g_test_add_func ("/fact_form/object", test_object);
  return g_test_run ();
}
