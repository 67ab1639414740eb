/* The committee's wishes for a platform, each kept and broken; and who is on it, with
 * several roles a person. */
#include "counts/platform.h"
#include "counts/cast.h"
#include "words_here.h"

#include "unit/access/replica.h"

typedef struct {
  const char *reference, *country, *category, *role;
} Row;

#define FR(n, c, r)                                                                                \
  {                                                                                                \
    "FR-" #n, "FR", c, r                                                                           \
  }
#define CN(n, c, r)                                                                                \
  {                                                                                                \
    "CN-" #n, "CN", c, r                                                                           \
  }
#define PAIR_OF_MODERATORS FR (9, "expert", "animateur A1"), CN (9, "expert", "animateur A1")

static void begin (Replica *replica)
{
  replica_open (replica, "desk");
  append (replica->journal, "congress", "congress",
          "{\"fr\":\"R\",\"zh\":\"会\",\"timezone\":\"Asia/Shanghai\",\"days\":[{\"label\":\"26\","
          "\"date\":\"2016-10-26\"},{\"label\":\"27\",\"date\":\"2016-10-27\"}]}");
  static const char *const SESSIONS[][4] = { { "A1", "26", "14:00", "16:00" },
                                             { "A2", "26", "15:00", "17:00" },
                                             { "A3", "26", "16:00", "17:00" },
                                             { "A4", "27", "14:00", "16:00" } };
  for (guint i = 0; i < G_N_ELEMENTS (SESSIONS); i++) {
    g_autofree char *body = g_strdup_printf (
        "{\"event\":\"r\",\"day\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"fr\":\"T\",\"zh\":\"题\"}",
        SESSIONS[i][1], SESSIONS[i][2], SESSIONS[i][3]);
    append (replica->journal, "session", SESSIONS[i][0], body);
  }
}

/* "rule session other reference count/other; …" */
static char *told (const Row *rows, const char *session)
{
  Replica replica;
  begin (&replica);
  for (guint i = 0; i < 10 && rows[i].reference != NULL; i++) {
    g_autofree char *body
        = g_strdup_printf ("{\"country\":\"%s\",\"category\":\"%s\",\"role\":\"%s\"}",
                           rows[i].country, rows[i].category, rows[i].role);
    append (replica.journal, "registration", rows[i].reference, body);
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = platform_read (replica.journal, session, &error);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < remarks->len; i++) {
    const PlatformRemark *remark = remarks->pdata[i];
    g_string_append_printf (text, "%s%s %s%s%s", i > 0 ? "; " : "",
                            platform_rule_name (remark->rule), remark->session, remark->other,
                            remark->reference);
    if (remark->count + remark->other_count > 0)
      g_string_append_printf (text, " %u/%u", remark->count, remark->other_count);
    g_autofree char *said = platform_remark_text (remark);
    g_assert_nonnull (strstr (said, remark->session));
  }
  replica_close (&replica);
  return g_string_free (text, FALSE);
}

static void test_rules (void)
{
  static const struct {
    Row rows[10];
    const char *session, *remarks;
  } ROWS[] = {
    { { { NULL } }, NULL, "" },
    { { FR (1, "elu", "intervenant A1"), CN (1, "expert", "intervenant A1"), PAIR_OF_MODERATORS },
      NULL,
      "" },
    { { FR (1, "elu", "intervenant A1"), FR (2, "elu", "intervenant A1"),
        FR (3, "expert", "intervenant A1"), CN (1, "elu", "intervenant A1"),
        CN (2, "elu", "intervenant A1"), CN (3, "elu", "intervenant A1"),
        FR (4, "elu", "président de séance A1") },
      NULL,
      "crowded A1 7/0; uneven A1 4/3" },
    { { FR (1, "elu", "animateur A1"), CN (1, "expert", "intervenant A1") }, NULL, "no-pair A1" },
    { { FR (1, "elu", "intervenant A1"), CN (1, "elu", "intervenant A1") },
      NULL,
      "one-category A1" },
    /* Two sub-themes are one person. */
    { { FR (1, "elu", "intervenant A1/1; intervenant A1/2"), CN (1, "expert", "intervenant A1/3") },
      NULL,
      "" },
    { { FR (1, "elu", "intervenant A1; intervenant A2"), CN (1, "expert", "intervenant A1"),
        CN (2, "expert", "intervenant A2") },
      NULL,
      "two-rooms A1A2FR-1" },
    /* One after the other, and on another day. */
    { { FR (1, "elu", "intervenant A1; intervenant A3; intervenant A4") }, "A9", "" },
    { { FR (1, "elu", "intervenant Z9") }, NULL, "unknown Z9FR-1" },
    { { FR (1, "elu", "intervenant A1"), FR (2, "elu", "intervenant A2") }, "A2", "uneven A2 1/0" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *text = told (ROWS[i].rows, ROWS[i].session);
    g_assert_cmpstr (text, ==, ROWS[i].remarks);
  }
}

/* What the event file gives, whoever comes first: it or the list; a role that both give is
 * one, and one that the file takes back is gone. */
static void test_given (void)
{
  static const char GIVEN[]
      = "{\"event\":\"r\",\"day\":\"26\",\"from\":\"14:00\",\"to\":\"16:00\",\"roles\":["
        "{\"reference\":\"FR-1\",\"role\":\"animateur\"},"
        "{\"reference\":\"FR-2\",\"role\":\"intervenant\",\"theme\":\"2\"},"
        "{\"reference\":\"FR-9\",\"role\":\"intervenant\"}]}",
      TAKEN[] = "{\"event\":\"r\",\"day\":\"26\",\"from\":\"14:00\",\"to\":\"16:00\"}";
  for (guint first = 0; first < 2; first++) {
    Replica replica;
    g_autoptr (GError) error = NULL;
    begin (&replica);
    for (guint step = 0; step < 2; step++)
      if (step == first)
        append (replica.journal, "session", "A1", GIVEN);
      else {
        append (replica.journal, "registration", "FR-1", "{\"role\":\"animateur A1\"}");
        append (replica.journal, "registration", "FR-2", "{\"role\":\"intervenant A4\"}");
      }
    g_autoptr (GPtrArray) cast = cast_read (replica.journal, "", &error);
    g_assert_no_error (error);
    g_assert_cmpuint (cast->len, ==, 3);
    g_assert_cmpuint (((const CastMember *) cast->pdata[1])->theme, ==, 2);
    g_autoptr (GPtrArray) remarks = platform_read (replica.journal, "A1", &error);
    const PlatformRemark *last = remarks->pdata[remarks->len - 1];
    g_assert_cmpstr (platform_rule_name (last->rule), ==, "stranger");
    g_assert_cmpstr (last->people[0], ==, "FR-9");
    append (replica.journal, "session", "A1", TAKEN);
    g_autoptr (GPtrArray) after = cast_read (replica.journal, "", &error);
    g_assert_no_error (error);
    g_assert_cmpuint (after->len, ==, 2);
    replica_close (&replica);
  }
}

/* Each role is a member; the country of a delegation stands for a person's. */
static void test_cast (void)
{
  Replica replica;
  begin (&replica);
  append (replica.journal, "delegation", "d", "{\"fr\":\"D\",\"zh\":\"团\",\"country\":\"CN\"}");
  append (replica.journal, "checkpoint", "door",
          "{\"kind\":\"entrance\",\"event\":\"r\",\"fr\":\"P\",\"zh\":\"门\"}");
  append (replica.journal, "checkpoint", "a1",
          "{\"kind\":\"session\",\"session\":\"A1\",\"fr\":\"P\",\"zh\":\"门\"}");
  append (replica.journal, "registration", "X-1",
          "{\"delegation\":\"d\",\"role\":\"intervenant A1/2; animateur A4\"}");
  static const char *const DOORS[] = { "door", "a1" };
  for (guint i = 0; i < 2; i++) {
    g_autofree char *body
        = g_strdup_printf ("{\"checkpoint\":\"%s\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
                           "\"period\":\"\",\"code\":\"badge\",\"direction\":\"in\"}",
                           DOORS[i]);
    append (replica.journal, "passage", "X-1", body);
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cast = cast_read (replica.journal, "2016-10-26", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cast->len, ==, 2);
  const CastMember *speaker = cast->pdata[0], *moderator = cast->pdata[1];
  g_assert_cmpstr (speaker->session, ==, "A1");
  g_assert_cmpuint (speaker->theme, ==, 2);
  g_assert_cmpstr (speaker->country, ==, "CN");
  g_assert_cmpint (speaker->place, ==, CAST_ROOM);
  g_assert_cmpstr (moderator->session, ==, "A4");
  g_assert_cmpint (moderator->place, ==, CAST_BUILDING);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/platform/rules", test_rules);
  g_test_add_func ("/platform/cast", test_cast);
  g_test_add_func ("/platform/given", test_given);
  return g_test_run ();
}
