/* Which stations have been heard, in words and as JSON. */
#include "counts/as_of.h"
#include "words_here.h"

#include "unit/access/replica.h"

static void enrolled (Journal *journal, const char *station, gint64 last_ms)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO enrolment (station, enrolled_ms, last_ms) VALUES ('%s', 1, %lld)", station,
      (long long) last_ms);
  g_assert_true (journal_execute (journal, sql, NULL));
}

static void test_lines (void)
{
  Replica replica;
  replica_open (&replica, "hub");
  append (replica.journal, "congress", "congress", "{\"timezone\":\"Asia/Shanghai\"}");
  g_autoptr (AsOf) alone = as_of_read (replica.journal, NULL);
  g_autofree char *nobody = as_of_line_for (alone, WORDS_FIRST);
  g_assert_cmpstr (nobody, ==, "à 09:12:00");

  enrolled (replica.journal, "est-1", hand_ms - 1000);
  enrolled (replica.journal, "est-2", hand_ms - 180 * 1000);
  enrolled (replica.journal, "est-3", 0);
  g_autofree char *just
      = g_strdup_printf ("UPDATE enrolment SET enrolled_ms = %lld WHERE station = 'est-3'",
                         (long long) (hand_ms - 120 * 1000));
  g_assert_true (journal_execute (replica.journal, just, NULL));
  append (replica.journal, "checkpoint", "entree-est",
          "{\"kind\":\"entrance\",\"fr\":\"Entrée Est\"}");
  g_assert_true (journal_execute (
      replica.journal,
      "INSERT INTO passage VALUES ('est-1', 1, 1, 'P-1', 'entree-est', 'entree-est', "
      "'2016-10-26', '', 'ADMITTED', 'in', 'badge', 1, 'est-1', '', '', '')",
      NULL));
  g_assert_true (journal_execute (replica.journal,
                                  "INSERT INTO enrolment (station, enrolled_ms, revoked_ms) "
                                  "VALUES ('stolen', 1, 2), ('invited', NULL, NULL)",
                                  NULL));
  g_autoptr (AsOf) as_of = as_of_read (replica.journal, NULL);
  guint heard;
  const AsOfStation *silent;
  g_assert_cmpuint (as_of_count (as_of, 0, &heard, &silent), ==, 3);
  g_assert_cmpuint (heard, ==, 1);
  g_assert_cmpstr (silent->name, ==, "est-2");
  g_assert_cmpuint (as_of_count (as_of, 1u << CHECKPOINT_ENTRANCE, &heard, &silent), ==, 1);
  g_assert_null (silent);
  g_assert_cmpuint (as_of_count (as_of, 1u << CHECKPOINT_MEAL, &heard, NULL), ==, 0);
  g_assert_null (as_of_station (as_of, "stolen"));
  g_assert_cmpstr (as_of_station (as_of, "est-1")->fr, ==, "Entrée Est");
  g_assert_cmpint (as_of_station (as_of, "est-3")->kind, ==, CHECKPOINT_KIND_COUNT);
  g_autofree char *french = as_of_line_for (as_of, WORDS_FIRST),
                  *chinese = as_of_line_for (as_of, WORDS_SECOND), *time = as_of_time (as_of);
  g_assert_cmpstr (french, ==,
                   "à 09:12:00 · 1 poste sur 3 en contact · est-2 muet depuis 09:09:00 · est-3 "
                   "muet depuis 09:10:00");
  g_assert_cmpstr (chinese, ==,
                   "截至 09:12:00 · 3 个站点中 1 个在线 · "
                   "est-2 自 09:09:00 起无信号 · est-3 自 09:10:00 起无信号");
  g_assert_cmpstr (time, ==, "2016-10-26 09:12:00");
  as_of->at_ms += 24 * 3600 * 1000; /* an hour of yesterday says which day */
  g_autofree char *next_day = as_of_line_for (as_of, WORDS_FIRST);
  g_assert_nonnull (strstr (next_day, "est-2 muet depuis 2016-10-26 09:09"));
  as_of->at_ms -= 24 * 3600 * 1000;
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  as_of_to_json (as_of, out, "as_of");
  json_out_end_object (out);
  g_autofree char *json = json_out_finish (out);
  g_assert_nonnull (strstr (json, "\"at\":\"2016-10-26T09:12:00+08:00\",\"head\":\""));
  g_assert_nonnull (strstr (json, "\"stations\":3,\"heard\":1,\"silent\":[{\"station\":\"est-2\","
                                  "\"since\":\"2016-10-26T09:09:00+08:00\"},{\"station\":\"est-3\","
                                  "\"since\":\"2016-10-26T09:10:00+08:00\"}]"));
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/as_of/lines", test_lines);
  return g_test_run ();
}
