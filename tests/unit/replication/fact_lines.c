/* Facts as a station sends them: only its own, and none that breaks a rule. */
#include "replication/fact_lines.h"

#include <string.h>

static char *fact_line (const char *station, const char *kind, const char *subject)
{
  char zeros[65];

  memset (zeros, '0', 64);
  zeros[64] = '\0';
  return g_strdup_printf ("{\"number\":99,\"station\":\"%s\",\"seq\":1,\"at\":1,\"kind\":\"%s\","
                          "\"subject\":\"%s\",\"body\":\"{}\",\"chain\":\"%s\"}",
                          station, kind, subject, zeros);
}

static void test_facts (void)
{
  g_autofree char *own = fact_line ("a", "passage", "R1"),
                  *other = fact_line ("b", "passage", "R1"), *key = fact_line ("a", "station", "a");
  g_autofree char *two = g_strconcat (own, "\n\n", own, "\n", NULL),
                  *mixed = g_strconcat (own, "\n", other, NULL),
                  *half = g_strconcat (own, "\n", "{\"station\":", NULL);
  g_autofree char *bad_text = g_strconcat (own, "\xff", NULL);
  const struct {
    const char *text;
    gint expected; /* facts, or -1 - the error */
  } TABLE[] = {
    { "", 0 },
    { "\n\n", 0 },
    { own, 1 },
    { two, 2 },
    { key, 1 },
    { other, -1 - FACT_LINES_ERROR_FOREIGN },
    { mixed, -1 - FACT_LINES_ERROR_FOREIGN },
    { half, -1 - FACT_LINES_ERROR_MALFORMED },
    { bad_text, -1 - FACT_LINES_ERROR_MALFORMED },
    { "[]", -1 - FACT_LINES_ERROR_MALFORMED },
    { "hello", -1 - FACT_LINES_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) facts = NULL;

    facts = fact_lines_read (TABLE[i].text, strlen (TABLE[i].text), "a", JOURNAL_BATCH_MAX, &error);
    if ((facts != NULL ? (gint) facts->len : -1 - error->code) != TABLE[i].expected)
      g_error ("row %u: %s", i, facts != NULL ? "taken" : error->message);
    if (facts != NULL && facts->len > 0)
      g_assert_cmpint (g_array_index (facts, Fact, 0).number, ==,
                       0); /* the hub numbers, not the station */
  }
}

static void test_batch_limit (void)
{
  for (guint count = JOURNAL_BATCH_MAX; count <= JOURNAL_BATCH_MAX + 1; count++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *line = fact_line ("a", "passage", "R1");
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) facts = NULL;

    for (guint i = 0; i < count; i++)
      g_string_append_printf (text, "%s\n", line);
    facts = fact_lines_read (text->str, text->len, "a", JOURNAL_BATCH_MAX, &error);
    if (count == JOURNAL_BATCH_MAX)
      g_assert_cmpuint (facts->len, ==, count);
    else
      g_assert_error (error, FACT_LINES_ERROR, FACT_LINES_ERROR_TOO_MANY);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replication/fact-lines/facts", test_facts);
  g_test_add_func ("/replication/fact-lines/batch-limit", test_batch_limit);
  return g_test_run ();
}
