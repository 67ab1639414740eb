/* What a member may be, each form with the values at its edges. */
#include "journal/fact_member.h"

#include <string.h>

#define KEY "\"EBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8=\""
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
  FactMemberForm form;
  gint64 low, high;
  const char *value;
  gboolean fits;
} CASES[] = {
  { FORM_TEXT, 0, 5, "\"abcde\"", TRUE },
  { FORM_TEXT, 0, 5, "\"abcdef\"", FALSE },
  { FORM_TEXT, 0, 5, "\"\"", TRUE },
  { FORM_TEXT, 1, 5, "\"\"", FALSE },
  { FORM_TEXT, 1, 5, "\"a\"", TRUE },
  { FORM_TEXT, 0, 5, "5", FALSE },
  { FORM_TEXT, 0, 5, "[\"a\"]", FALSE },
  { FORM_TEXT, 0, 5, "null", TRUE },
  { FORM_NAME, 0, 0, "\"\"", TRUE },
  { FORM_NAME, 0, 0, "\"est-1_b.c\"", TRUE },
  { FORM_NAME, 0, 0, "\"é\"", FALSE },
  { FORM_NAME, 0, 0, "\"a:b\"", FALSE },
  { FORM_STATION, 0, 0, "\"entree-est\"", TRUE },
  { FORM_STATION, 0, 0, "\"\"", TRUE },
  { FORM_STATION, 0, 0, "\"Entrée\"", FALSE },
  { FORM_STATION, 0, 0, "true", FALSE },
  { FORM_WORD, 0, 0, "\"10:30/a\"", TRUE },
  { FORM_WORD, 0, 0, "\"10 30\"", FALSE },
  { FORM_NUMBER, 1, 9, "1", TRUE },
  { FORM_NUMBER, 1, 9, "9", TRUE },
  { FORM_NUMBER, 1, 9, "0", FALSE },
  { FORM_NUMBER, 1, 9, "10", FALSE },
  { FORM_NUMBER, 1, 9, "1.0", FALSE },
  { FORM_NUMBER, 1, 9, "\"1\"", FALSE },
  { FORM_NUMBER, 1, G_MAXINT64, "9223372036854775807", TRUE },
  { FORM_NUMBER, 1, G_MAXINT64, "9223372036854775808", FALSE },
  { FORM_NUMBER, 1, G_MAXINT64, "1000000000000000000000000000", FALSE },
  { FORM_FLAG, 0, 0, "true", TRUE },
  { FORM_FLAG, 0, 0, "false", TRUE },
  { FORM_FLAG, 0, 0, "1", FALSE },
  { FORM_ZONE, 0, 0, "\"\"", FALSE },
  { FORM_ZONE, 0, 0, "\"Asia/Shanghai\"", TRUE },
  { FORM_ZONE, 0, 0, "\"Asia/Nowhere\"", FALSE },
  { FORM_ZONE, 0, 0, "\"Asia Shanghai\"", FALSE },
  { FORM_KEY, 0, 0, KEY, TRUE },
  { FORM_KEY, 0, 0, "\"\"", FALSE },
  { FORM_KEY, 0, 0, "\"EBES\"", FALSE },
  { FORM_HASH, 0, 0, "\"" HASH "\"", TRUE },
  { FORM_HASH, 0, 0, "\"" HASH "0\"", FALSE },
  { FORM_HASH, 0, 0, "\"\"", FALSE },
  { FORM_TEXTS, 0, 0, "[]", TRUE },
  { FORM_TEXTS, 0, 0, "[\"a\",\"b\"]", TRUE },
  { FORM_TEXTS, 0, 0, "[\"a\",1]", FALSE },
  { FORM_TEXTS, 0, 0, "\"a\"", FALSE },
  { FORM_DAYS, 0, 0, "[{\"label\":\"26\",\"date\":\"2016-10-26\"}]", TRUE },
  { FORM_DAYS, 0, 0, "[{\"label\":\"26\"}]", FALSE },
  { FORM_DAYS, 0, 0, "[{\"label\":\"26\",\"date\":\"2016-02-30\"}]", FALSE },
  { FORM_DAYS, 0, 0, "[{\"label\":\"26\",\"date\":\"2016-13-01\"}]", FALSE },
  { FORM_DAYS, 0, 0, "[{\"label\":\"26\",\"date\":\"2016/10/26\"}]", FALSE },
  { FORM_SPANS, 0, 0, "[{\"day\":\"26\",\"from\":\"07:30\",\"to\":\"19:00\"}]", TRUE },
  { FORM_SPANS, 0, 0, "[{\"day\":\"26\",\"from\":\"07:30\"}]", FALSE },
  { FORM_SPANS, 0, 0, "[{\"from\":7,\"to\":\"19:00\"}]", FALSE },
  { FORM_PAIRS, 0, 0, "[{\"fr\":\"a\",\"zh\":\"b\"},{}]", TRUE },
  { FORM_PAIRS, 0, 0, "[{\"fr\":{}}]", FALSE },
  { FORM_PAIRS, 0, 0, "[\"a\"]", FALSE },
};

/* Puts @json (an object) apart: its first member. */
static gboolean fits (const FactMember *member, const char *json)
{
  JsonMembers members;
  JsonMember value;

  json_members_start (&members, json, strlen (json));
  g_assert_true (json_members_next (&members, &value));
  g_assert_true (fact_member_is_named (&value, member->key));
  g_assert_false (fact_member_is_named (&value, "ke"));
  g_assert_false (fact_member_is_named (&value, "keys"));
  return fact_member_fits (member, &value);
}

static void test_fits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const FactMember member = { "key", CASES[i].form, CASES[i].low, CASES[i].high, FALSE };
    g_autofree char *json = g_strdup_printf ("{\"key\":%s}", CASES[i].value);

    g_test_message ("%u: %s", i, CASES[i].value);
    g_assert_cmpint (fits (&member, json), ==, CASES[i].fits);
  }
}

/* What a fact needs is not null. */
static void test_needed (void)
{
  const FactMember member = { "key", FORM_TEXT, 0, FACT_TEXT_MAX, TRUE };

  g_assert_false (fits (&member, "{\"key\":null}"));
  g_assert_true (fits (&member, "{\"key\":\"\"}"));
}

/* Lists and texts end where the header says. */
static void test_sizes (void)
{
  static const struct {
    guint elements, bytes;
    gboolean fits;
  } ROWS[] = {
    { 256, 1, TRUE }, { 257, 1, FALSE }, { 1, FACT_WORD_MAX, TRUE }, { 1, FACT_WORD_MAX + 1, FALSE }
  };
  const FactMember member = { "key", FORM_TEXTS, 0, 0, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = g_strnfill (ROWS[i].bytes, 'x');
    g_autoptr (GString) json = g_string_new ("{\"key\":[");
    for (guint n = 0; n < ROWS[i].elements; n++)
      g_string_append_printf (json, "%s\"%s\"", n > 0 ? "," : "", text);
    g_string_append (json, "]}");
    g_assert_cmpint (fits (&member, json->str), ==, ROWS[i].fits);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fact_member/fits", test_fits);
  g_test_add_func ("/fact_member/needed", test_needed);
  g_test_add_func ("/fact_member/sizes", test_sizes);
  return g_test_run ();
}
