/* Every verdict, detail and printer reason is said in both languages, in each one's own
 * typography. */
#include "vocabulary/wording.h"
#include "words_here.h"

#include <string.h>

/* Every detail that decision.h names. */
static const struct {
  Verdict verdict;
  const char *details[7];
} DETAILS[] = {
  { VERDICT_ADMITTED, { "" } },
  { VERDICT_ALREADY_IN, { "inside", "used", "loan", "limit", "days", "wait" } },
  { VERDICT_NOT_ENTITLED, { "event", "category", "session", "meals", "transport", "headset" } },
  { VERDICT_NOT_TODAY, { "nothing", "day" } },
  { VERDICT_CLOSED, { "hours" } },
  { VERDICT_FULL, { "capacity" } },
  { VERDICT_BADGE_VOID, { "replaced", "lost" } },
  { VERDICT_TICKET_USED, { "badge" } },
  { VERDICT_UNKNOWN, { "", "other-congress", "damaged", "not-here" } },
  { VERDICT_FORGED, { "signature" } },
  { VERDICT_REVOKED, { "registration", "station", "ticket", "double" } },
};

static void check_french (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strchr (text, '\''));
  for (const char *p = text; *p; p += g_utf8_skip[(guchar) *p]) {
    g_assert_cmpint (g_unichar_get_script (g_utf8_get_char (p)), !=, G_UNICODE_SCRIPT_HAN);
    if (p > text && strchr ("?!;", *p) != NULL)
      g_assert_cmphex (g_utf8_get_char (g_utf8_prev_char (p)), ==, 0x202f);
    if (p > text && *p == ':')
      g_assert_cmphex (g_utf8_get_char (g_utf8_prev_char (p)), ==, 0xa0);
  }
}

static void check_chinese (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  gboolean han = FALSE;
  for (const char *p = text; *p; p += g_utf8_skip[(guchar) *p]) {
    g_assert_cmphex (g_utf8_get_char (p), >=, 0x80);
    han |= g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN;
  }
  g_assert_true (han);
}

static void check_both (Pair wording)
{
  g_assert_cmpstr (wording.first, !=, "");
  g_assert_cmpstr (wording.second, !=, "");
  check_french (wording.first);
  check_chinese (wording.second);
}

static void test_verdicts (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (DETAILS), ==, VERDICT_COUNT);
  for (guint i = 0; i < VERDICT_COUNT; i++) {
    g_assert_cmpuint (DETAILS[i].verdict, ==, i);
    for (guint j = 0; j < G_N_ELEMENTS (DETAILS[i].details) && DETAILS[i].details[j] != NULL; j++) {
      check_both (wording_verdict ((Verdict) i, DETAILS[i].details[j]));
      Pair remedy = wording_remedy ((Verdict) i, DETAILS[i].details[j]);
      if (i == VERDICT_ADMITTED)
        g_assert_cmpstr (remedy.first, ==, remedy.second);
      else
        check_both (remedy);
    }
    check_both (wording_verdict ((Verdict) i, "a detail of tomorrow"));
    check_both (wording_verdict ((Verdict) i, NULL));
  }
}

/* To the team nobody is addressed who is not there. */
static void test_told (void)
{
  for (guint i = 0; i < VERDICT_COUNT; i++)
    for (guint j = 0; j < G_N_ELEMENTS (DETAILS[i].details) && DETAILS[i].details[j] != NULL; j++) {
      Pair told = wording_told ((Verdict) i, DETAILS[i].details[j]);
      check_both (told);
      g_assert_false (
          g_regex_match_simple ("\\bv(otre|os|ous)\\b", told.first, G_REGEX_CASELESS, 0));
      g_assert_null (strstr (told.second, "您"));
    }
  g_assert_cmpstr (wording_told (VERDICT_BADGE_VOID, "").first, ==,
                   wording_verdict (VERDICT_BADGE_VOID, "").first);
}

/* What differs for the delegate is said differently. */
static void test_distinct (void)
{
  for (guint i = 0; i < VERDICT_COUNT; i++)
    for (guint j = i + 1; j < VERDICT_COUNT; j++) {
      g_assert_cmpstr (wording_verdict ((Verdict) i, NULL).first, !=,
                       wording_verdict ((Verdict) j, NULL).first);
      g_assert_cmpstr (wording_verdict ((Verdict) i, NULL).second, !=,
                       wording_verdict ((Verdict) j, NULL).second);
    }
  g_assert_cmpstr (wording_verdict (VERDICT_ADMITTED, "").first, ==, "Bienvenue");
  g_assert_cmpstr (wording_verdict (VERDICT_ADMITTED, "").second, ==, "欢迎光临");
  g_assert_cmpstr (wording_verdict (VERDICT_BADGE_VOID, "replaced").first, !=,
                   wording_verdict (VERDICT_BADGE_VOID, "lost").first);
  g_assert_cmpstr (wording_verdict (VERDICT_NOT_ENTITLED, "meals").second, !=,
                   wording_verdict (VERDICT_NOT_ENTITLED, "transport").second);
}

static void test_admitted (void)
{
  for (guint kind = 0; kind < CHECKPOINT_KIND_COUNT; kind++) {
    Pair in = wording_admitted ((CheckpointKind) kind, DIRECTION_IN),
         out = wording_admitted ((CheckpointKind) kind, DIRECTION_OUT);
    check_both (in);
    check_both (out);
    g_assert_cmpstr (in.first, !=, out.first);
    g_assert_cmpstr (in.second, !=, out.second);
  }
  g_assert_cmpstr (wording_admitted (CHECKPOINT_MEAL, DIRECTION_IN).first, ==, "Bon appétit");
}

static void test_printer (void)
{
  Pair other = wording_printer_reason ("moving-to-paused-in-an-unknown-way");
  check_both (other);
  check_both (wording_printer_reason (NULL));
  check_both (wording_standstill ());
  g_assert_cmpstr (other.first, ==, wording_trouble (PRINTER_REASON_UNKNOWN).first);
  g_assert_cmpstr (wording_printer_reason ("door-open").first, ==,
                   wording_trouble (PRINTER_REASON_COVER).first);
  /* What is to be done differs, or it would not be another trouble. */
  for (guint i = 0; i < PRINTER_REASON_COUNT; i++) {
    Pair wording = wording_trouble ((PrinterReason) i);
    check_both (wording);
    g_assert_cmpstr (wording_printer_reason (printer_reason_keyword ((PrinterReason) i)).first, ==,
                     wording.first);
    for (guint j = 0; j < i; j++) {
      g_assert_cmpstr (wording_trouble ((PrinterReason) j).first, !=, wording.first);
      g_assert_cmpstr (wording_trouble ((PrinterReason) j).second, !=, wording.second);
    }
  }
}

/* When it may be tried again. */
static void test_next (void)
{
  static const struct {
    const char *day;
    gint minute;
    const char *first, *second;
  } ROWS[] = {
    { "", 600, "", "" },
    { "2016-10-26", -1, "", "" },
    { "2016-10-26", 660, "À partir de 11:00.", "11:00起。" },
    { "2016-10-27", 545, "Revenez le 27 octobre, à partir de 09:05.",
      "请于10月27日09:05以后再来。" },
    { "2016-10-27", -1, "Revenez le 27 octobre.", "请于10月27日再来。" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (OwnedPair) said = wording_next ("2016-10-26", ROWS[i].day, ROWS[i].minute);
    g_assert_cmpstr (said.first, ==, ROWS[i].first);
    g_assert_cmpstr (said.second, ==, ROWS[i].second);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/wording/verdicts", test_verdicts);
  g_test_add_func ("/wording/told", test_told);
  g_test_add_func ("/wording/distinct", test_distinct);
  g_test_add_func ("/wording/admitted", test_admitted);
  g_test_add_func ("/wording/printer", test_printer);
  g_test_add_func ("/wording/next", test_next);
  return g_test_run ();
}
