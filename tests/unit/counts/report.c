/* Every table, of a small congress with hostile words: what stands in it, what may not,
 * and that its sums are those of counts.h. */
#include "counts/report.h"
#include "counts/report_facts.h"
#include "words_here.h"

#include "congress/event_file.h"
#include "counts/counts.h"
#include "unit/access/replica.h"

#define DEMO "assets/demo/congress.ini"
#define MEETING                                                                                    \
  "{\"id\":\"m\",\"kind\":\"meeting\",\"date\":\"2016-10-26\",\"from\":\"10:30\","                 \
  "\"place\":\"Table 4\",\"fr\":\"Eau\",\"host\":\"Secret host\"}"

static Replica replica;

static void pass_at (const char *reference, const char *checkpoint, const char *verdict)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"2016-10-26\",\"period\":\"\",\"code\":"
      "\"badge\",\"direction\":\"in\"}",
      checkpoint, verdict);
  append (replica.journal, "passage", reference, body);
}

static void begin (void)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  replica_open (&replica, "desk");
  g_assert_true (event_file_load (replica.journal, DEMO, NULL, &summary, &error));
  append (replica.journal, "registration", "FR-1",
          "{\"family\":\"=HYPERLINK(1)\",\"given\":\"Léa; \\\"L\\\"\",\"name_zh\":\"李娜\","
          "\"country\":\"FR\",\"delegation\":\"france\",\"category\":\"elu\",\"events\":["
          "\"rencontres\"],\"days\":[\"26\"]}");
  append (replica.journal, "registration", "FR-2",
          "{\"family\":\"Secret\",\"given\":\"Guest\",\"country\":\"FR\",\"delegation\":\"france\","
          "\"function_fr\":\"Ministre\",\"email\":\"s@example.org\",\"protocol\":true,\"events\":["
          "\"rencontres\"],\"days\":[\"26\"]}");
  append (replica.journal, "registration", "CN-1",
          "{\"family\":\"Wang\",\"given\":\"Wei\",\"country\":\"CN\",\"delegation\":\"chine\","
          "\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"26\"]}");
  append (replica.journal, "appointment", "FR-1", MEETING);
  append (replica.journal, "appointment", "FR-2", MEETING);
  pass_at ("FR-1", "entree-est", "ADMITTED");
  pass_at ("FR-2", "entree-est", "ADMITTED");
  pass_at ("FR-2", "salon-vip", "NOT_ENTITLED");
  append (replica.journal, "badge-issued", "FR-2", "{\"serial\":1,\"reason\":\"first\"}");
}

static char *write_csv (const ReportQuery *query, guint *rows)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = replica_path (&replica, "out.csv");
  char *text = NULL;
  g_assert_true (
      report_write (replica.journal, query, TABLE_CSV, path, ';', NULL, NULL, rows, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

static void test_people (void)
{
  begin ();
  guint rows = 0;
  ReportQuery query = { .table = "people", .protocol = TRUE };
  g_autofree char *all = write_csv (&query, &rows);
  g_assert_cmpuint (rows, ==, 3);
  g_assert_true (g_str_has_prefix (all, "\xef\xbb\xbfRéférence · 编号;Civilité · 称谓;"));
  g_assert_nonnull (strstr (all, "FR-1;;'=HYPERLINK(1);\"Léa; \"\"L\"\"\";李娜;"));
  g_assert_nonnull (strstr (all, "FR-2;;Secret;Guest;"));
  g_assert_nonnull (strstr (all, "\r\n\r\nCongrès · 大会;5es Rencontres"));
  g_assert_nonnull (strstr (all, "\r\nÉtat au · 截至;2016-10-26 09:12:00\r\n"));
  g_assert_nonnull (strstr (all, "\r\nFiltre · 筛选;–\r\n"
                                 "Lignes · 行数;3\r\nTête du journal"));

  /* Her row stays, so that sums hold; nothing in it tells who she is. */
  query.protocol = FALSE;
  query.columns = "reference,family,given,function_fr,email,delegation,arrived";
  g_autofree char *discreet = write_csv (&query, &rows);
  g_assert_cmpuint (rows, ==, 3);
  g_assert_null (strstr (discreet, "Secret"));
  g_assert_null (strstr (discreet, "FR-2"));
  g_assert_nonnull (strstr (discreet, "\r\n;;;;;france;oui\r\n"));

  query.state = "missing";
  query.event = "Rencontres";
  query.day = "26/10";
  g_autofree char *missing = write_csv (&query, &rows);
  g_assert_cmpuint (rows, ==, 1);
  g_assert_nonnull (strstr (missing, "\r\nCN-1;Wang;Wei;"));
  g_assert_nonnull (
      strstr (missing, "Filtre · 筛选;state=missing event=rencontres day=2016-10-26\r\n"));
  replica_close (&replica);
}

static void test_facts (void)
{
  begin ();
  guint rows = 0;
  ReportQuery query
      = { .table = "passages", .columns = "at,checkpoint,verdict,reference,family,delegation" };
  g_autofree char *passages = write_csv (&query, &rows);
  g_assert_cmpuint (rows, ==, 3);
  g_assert_nonnull (strstr (passages,
                            "2016-10-26 09:12:00;entree-est;ADMITTED;FR-1;'=HYPERLINK(1);france\r\n"
                            "2016-10-26 09:12:00;entree-est;ADMITTED;;;france\r\n"
                            "2016-10-26 09:12:00;salon-vip;NOT_ENTITLED;;;france\r\n"));
  query.checkpoint = "salon-vip";
  query.protocol = TRUE;
  g_autofree char *lounge = write_csv (&query, &rows);
  g_assert_cmpuint (rows, ==, 1);
  g_assert_nonnull (strstr (lounge, ";NOT_ENTITLED;FR-2;Secret;"));
  ReportQuery badges = { .table = "badges", .columns = "serial,reference,station" };
  g_autofree char *issued = write_csv (&badges, &rows);
  g_assert_nonnull (strstr (issued, "\r\n1;;desk\r\n"));
  replica_close (&replica);
}

/* Two pages by cursor are the whole; a third is empty and keeps the cursor. */
static void test_pages (void)
{
  begin ();
  g_autoptr (GError) error = NULL;
  gint64 after = 0;
  guint passages = 0;
  for (guint page = 0; page < 3; page++) {
    g_autofree char *json = report_facts_page (replica.journal, after, 2, NULL, FALSE, &error);
    g_assert_no_error (error);
    g_assert_null (strstr (json, "FR-2"));
    g_assert_null (strstr (json, "Secret"));
    g_autoptr (JsonIn) in = json_in_parse (json, -1, &error);
    JsonValue *root = json_in_root (in);
    passages += json_in_length (json_in_member (root, "passages"));
    g_assert_cmpint (json_in_int (root, "next"), >=, after);
    g_assert_cmpint (json_in_bool (root, "more"), ==, page == 0);
    after = json_in_int (root, "next");
  }
  g_assert_cmpuint (passages, ==, 3);
  g_assert_cmpint (after, ==, journal_last_number (replica.journal, NULL));
  replica_close (&replica);
}

static void test_figures (void)
{
  static const struct {
    const char *table, *line;
    guint rows;
  } ROWS[] = {
    { "counts", "total;Total;总计;3;2;2;2;1\r\nrencontres;Rencontres;论坛;3;2;2;2;1\r\n", 3 },
    { "arrivals", "2016-10-26 09:00:00;entree-est;Entrée Est;东入口;2\r\n", 2 },
    { "rooms", "salon-vip;Salon d’honneur;贵宾厅;;;;;", 6 },
    { "delegations", "france;Délégation française;法国代表团;france;2;2;2;0\r\n", 2 },
    { "appointments", "meeting;m;2016-10-26;10:30;;;Table 4;Eau;;0;2;FR-1;'=HYPERLINK(1);", 2 },
    { "ranks", "minister;\"Ministre, ambassadeur\";部长、大使;france;1;1;1;0\r\n", 21 },
  };
  begin ();
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    guint rows = 0;
    ReportQuery query = { .table = ROWS[i].table };
    g_autofree char *text = write_csv (&query, &rows);
    if (strstr (text, ROWS[i].line) == NULL)
      g_error ("%s", text);
    g_assert_cmpuint (rows, ==, ROWS[i].rows);
  }
  replica_close (&replica);
}

static void test_refused (void)
{
  static const struct {
    ReportQuery query;
    ReportError code;
    const char *says;
  } ROWS[] = {
    { { .table = "hats" }, REPORT_ERROR_TABLE, "people, passages" },
    { { .table = NULL }, REPORT_ERROR_TABLE, "people" },
    { { .table = "counts", .columns = "id,hat" }, REPORT_ERROR_COLUMN, "“hat”" },
    { { .table = "people", .columns = "hat" }, REPORT_ERROR_COLUMN, "“hat”" },
    { { .table = "people", .event = "hat" }, REPORT_ERROR_FILTER, "“hat”" },
    { { .table = "people", .day = "1 April" }, REPORT_ERROR_FILTER, "“1 April”" },
    { { .table = "people", .state = "asleep" }, REPORT_ERROR_FILTER, "“asleep”" },
    { { .table = "counts", .by = "hat" }, REPORT_ERROR_FILTER, "“hat”" },
  };
  begin ();
  g_autofree char *path = replica_path (&replica, "out.csv");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (report_write (replica.journal, &ROWS[i].query, TABLE_CSV, path, ',', NULL, NULL,
                                  NULL, &error));
    g_assert_error (error, REPORT_ERROR, (int) ROWS[i].code);
    g_assert_nonnull (strstr (error->message, ROWS[i].says));
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
  g_assert_true (g_strv_contains (report_tables (), "badges"));
  g_assert_cmpstr (report_title ("people").second, ==, "报名名单");
  g_assert_cmpstr (report_title ("hats").first, ==, "");
  replica_close (&replica);
}

typedef struct {
  guint times, rows;
  gint64 most;
  gboolean stop;
} Watched;

static gboolean watch (guint rows, gint64 most, gpointer data)
{
  Watched *watched = data;
  watched->times++;
  watched->rows = rows;
  watched->most = most;
  return !watched->stop;
}

/* How many rows there will be is told where it is known, and holds; who wants no more of
 * it gets nothing. */
static void test_progress (void)
{
  static const struct {
    ReportQuery query;
    gint64 most;
  } ROWS[] = {
    { { .table = "people" }, 3 },
    { { .table = "people", .state = "arrived" }, -1 },
    { { .table = "people", .day = "26" }, -1 },
    { { .table = "passages" }, 3 },
    { { .table = "passages", .day = "26" }, 3 },
    { { .table = "passages", .day = "27" }, 0 },
    { { .table = "passages", .checkpoint = "entree-est" }, 2 },
    { { .table = "badges" }, 1 },
    { { .table = "counts" }, -1 },
  };
  begin ();
  g_autofree char *path = replica_path (&replica, "out.csv");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    Watched watched = { 0 };
    guint rows;
    g_assert_true (report_write (replica.journal, &ROWS[i].query, TABLE_CSV, path, ',', watch,
                                 &watched, &rows, &error));
    g_assert_cmpuint (watched.times, ==, 1);
    g_assert_cmpint (watched.most, ==, ROWS[i].most);
    if (watched.most >= 0)
      g_assert_cmpint (rows, ==, watched.most);
    g_assert_cmpint (g_remove (path), ==, 0);
    watched.stop = TRUE;
    g_assert_false (report_write (replica.journal, &ROWS[i].query, TABLE_CSV, path, ',', watch,
                                  &watched, &rows, &error));
    g_assert_error (error, REPORT_ERROR, REPORT_ERROR_STOPPED);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/report/people", test_people);
  g_test_add_func ("/report/facts", test_facts);
  g_test_add_func ("/report/pages", test_pages);
  g_test_add_func ("/report/figures", test_figures);
  g_test_add_func ("/report/refused", test_refused);
  g_test_add_func ("/report/progress", test_progress);
  return g_test_run ();
}
