/* Facts as lines: what is written reads the same again, and what is no fact is said. */
#include "journal/fact_json.h"

#include <string.h>

#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define HEAD "{\"station\":\"a\",\"seq\":1,\"at\":2,\"kind\":\"note\",\"subject\":\"FR-1\","

static void test_again (void)
{
  static const struct {
    gint64 number;
    const char *subject, *body; /* NULL: erased */
  } ROWS[] = {
    { 0, "FR-1", "{}" },
    { 17, "", "{\"name_zh\":\"䶮𬭶\",\"quote\":\"\\\"\\u2028\"}" },
    { G_MAXINT64, "CN-1\n\t\"\\", " { } " },
    { 3, "FR-1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (Fact) fact = { .number = ROWS[i].number, .seq = 5, .at = G_MAXINT64 };
    g_auto (Fact) back = { 0 };
    g_autoptr (GError) error = NULL;
    g_autofree char *line = NULL, *again = NULL;

    fact.station = g_strdup ("entree-est");
    fact.kind = g_strdup ("registration");
    fact.subject = g_strdup (ROWS[i].subject);
    fact.body = g_strdup (ROWS[i].body);
    fact.body_hash = hash_of ("{}", 2); /* kept as it is where the body is gone */
    if (fact.body != NULL)
      fact.body_hash = hash_of (fact.body, strlen (fact.body));
    fact.chain = hash_of ("chain", 5);
    line = fact_to_json (&fact);
    g_assert_null (strchr (line, '\n'));
    g_assert_true (fact_from_json (line, -1, &back, &error));
    g_assert_no_error (error);
    g_assert_cmpint (back.number, ==, fact.number);
    g_assert_cmpstr (back.station, ==, fact.station);
    g_assert_cmpint (back.seq, ==, fact.seq);
    g_assert_cmpint (back.at, ==, fact.at);
    g_assert_cmpstr (back.kind, ==, fact.kind);
    g_assert_cmpstr (back.subject, ==, fact.subject);
    g_assert_cmpstr (back.body, ==, fact.body);
    g_assert_true (hash_equal (&back.body_hash, &fact.body_hash));
    g_assert_true (hash_equal (&back.chain, &fact.chain));
    again = fact_to_json (&back);
    g_assert_cmpstr (again, ==, line);
  }
}

/* The hash is that of the body in the line, whatever the line says of it. */
static void test_hash_of_body (void)
{
  g_auto (Fact) fact = { 0 };
  g_autoptr (GError) error = NULL;
  Hash hash = hash_of ("{}", 2);

  g_assert_true (fact_from_json (
      HEAD "\"body\":\"{}\",\"body_hash\":\"" HEX "\",\"chain\":\"" HEX "\"}", -1, &fact, &error));
  g_assert_no_error (error);
  g_assert_true (hash_equal (&fact.body_hash, &hash));
  g_assert_true (fact_body_holds (&fact));
}

static void test_refused (void)
{
  static const struct {
    const char *line, *says;
  } ROWS[] = {
    { "", NULL },
    { "\xff", NULL },
    { "[]", "missing" },
    { "{}", "station, kind or subject" },
    { "{\"station\":1,\"kind\":\"x\",\"subject\":\"\"}", "station, kind or subject" },
    { "{\"station\":\"a\",\"subject\":\"\"}", "station, kind or subject" },
    { "{\"station\":\"a\",\"kind\":\"x\"}", "station, kind or subject" },
    { HEAD "\"body\":\"{}\"}", "chain" },
    { HEAD "\"body\":\"{}\",\"chain\":\"00\"}", "chain" },
    { HEAD "\"body\":\"{}\",\"chain\":\"" HEX "00\"}", "chain" },
    { HEAD "\"chain\":\"" HEX "\"}", "body is missing" },
    { HEAD "\"body\":null,\"chain\":\"" HEX "\"}", "body is missing" },
    { HEAD "\"body\":null,\"body_hash\":\"xy\",\"chain\":\"" HEX "\"}", "body is missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (Fact) fact = { 0 };
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", ROWS[i].line);
    g_assert_false (fact_from_json (ROWS[i].line, -1, &fact, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
    if (ROWS[i].says != NULL)
      g_assert_nonnull (strstr (error->message, ROWS[i].says));
    g_assert_null (fact.station);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/fact-json/again", test_again);
  g_test_add_func ("/journal/fact-json/hash-of-body", test_hash_of_body);
  g_test_add_func ("/journal/fact-json/refused", test_refused);
  return g_test_run ();
}
