/* JobProcess, step by step, against a real cupsd and real virtual IPP printers; and
 * stopped at every step, as a power cut would. */
#include "spool/job_process.h"
#include "words_here.h"

#include "print/printer.h"
#include "issuance/job_queue.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"
#include "unit/print/venue.h"

#define TEMPLATE "assets/badge/a6-portrait.svg"
#define FONTS "fonts/fonts.conf"

typedef struct {
  Replica replica;
  PrintDocumentArt art;
  JobProcess *printing;
  gint64 after;
  GString *notices; /* "state" or "state!text" of each, a line each */
} Fixture;

/* Job names hold the time of issue; each test has its own, as printers remember names. */
static gint64 minute;

static void notice (const char *queue, const char *job, const char *state, const char *text,
                    gpointer data)
{
  GString *notices = data;
  g_assert_true (strcmp (queue, "badge") == 0 || strcmp (queue, "patient") == 0
                 || strcmp (queue, "nowhere") == 0);
  g_test_message ("%s: %s %s %s", queue, job, state, text);
  g_string_append_printf (notices, "%s%s%s\n", state, text[0] != '\0' ? "!" : "", text);
}

/* As when an agent starts: nothing is in hand but what the journal says. */
static void start (Fixture *fixture, const char *queue)
{
  job_process_free (fixture->printing);
  fixture->printing
      = job_process_new (fixture->replica.journal, &fixture->art, queue, notice, fixture->notices);
  fixture->after = 0;
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  replica_open (&fixture->replica, "desk");
  hand_ms += 60000 * ++minute;
  Journal *journal = fixture->replica.journal;
  demo_load (journal);
  append (journal, "registration", "FR-1",
          "{\"family\":\"Le "
          "Goff\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":\"FR\",\"events\":["
          "\"rencontres\"],\"days\":[\"26\",\"27\"]}");
  append (journal, "registration", "CN/2",
          "{\"name_zh\":\"欧阳思远\",\"category\":\"elu\",\"country\":\"CN\"}");
  lock_init (&fixture->art.lock);
  fixture->art.template_ = badge_template_load (TEMPLATE, &error);
  g_assert_no_error (error);
  fixture->notices = g_string_new (NULL);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  job_process_free (fixture->printing);
  badge_template_free (fixture->art.template_);
  lock_clear (&fixture->art.lock);
  replica_close (&fixture->replica);
  g_string_free (fixture->notices, TRUE);
}

static void issue (Fixture *fixture, const char *reference, guint serial)
{
  g_autofree char *body
      = g_strdup_printf ("{\"serial\":%u,\"reason\":\"first\",\"print\":true}", serial);
  append (fixture->replica.journal, "badge-issued", reference, body);
}

/* The column of the only or last print job, as a screen reads it; free with g_free(). */
static char *job_column (Fixture *fixture, const char *column)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM print_job ORDER BY at DESC, seq DESC LIMIT 1", column);
  Query *query = journal_query (fixture->replica.journal, sql, NULL);
  char *text = query_next (query) ? g_strdup (query_text (query, 0)) : g_strdup ("");
  g_assert_true (query_end (query, NULL));
  return text;
}

static gboolean has (Fixture *fixture, const char *column, const char *value)
{
  g_autofree char *text = job_column (fixture, column);
  return strcmp (text, value) == 0;
}

/* The first badge waiting, as the pool would give it out. */
static void take (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queued
      = job_queue_list (fixture->replica.journal, &fixture->after, 1, &error);
  g_assert_no_error (error);
  if (queued->len > 0)
    job_process_take (fixture->printing, g_steal_pointer (&queued->pdata[0]));
}

/* One step that must go well; TRUE while something is under way. */
static gboolean stepped (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  if (job_process_current (fixture->printing) == NULL)
    take (fixture);
  g_assert_true (job_process_step (fixture->printing, &error));
  g_assert_no_error (error);
  return job_process_current (fixture->printing) != NULL;
}

#define step_until(condition) venue_wait ((stepped (fixture), (condition)))

/* Every state that a job went through, from the facts. */
static char *states (Fixture *fixture)
{
  Query *query
      = journal_query (fixture->replica.journal,
                       "SELECT body ->> 'state' FROM fact WHERE kind = 'print' ORDER BY seq", NULL);
  GString *text = g_string_new (NULL);
  while (query_next (query))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", query_text (query, 0));
  g_assert_true (query_end (query, NULL));
  return g_string_free (text, FALSE);
}

static void test_printed (Fixture *fixture, gconstpointer data)
{
  const char *queue = data;
  g_autofree char *passed = NULL;
  guint before = venue_sheets (queue);

  start (fixture, queue);
  g_assert_false (stepped (fixture));
  issue (fixture, "FR-1", 1);
  issue (fixture, "CN/2", 1);
  append (fixture->replica.journal, "badge-issued", "FR-1",
          "{\"serial\":9,\"reason\":\"virtual\"}");
  append (fixture->replica.journal, "badge-void", "FR-1", "{\"issuer\":\"desk\",\"serial\":9}");
  step_until (job_process_done (fixture->printing) == 1);
  g_assert_false (stepped (fixture));
  /* FR-1's first badge was replaced by one that is not printed; only CN/2's is worth a
   * sheet. */
  g_assert_cmpuint (venue_sheets (queue), ==, before + 1);
  passed = states (fixture);
  g_assert_true (g_regex_match_simple ("^failed queued sent( printing)? printed$", passed, 0, 0));
  g_assert_true (has (fixture, "printer", queue) && has (fixture, "reference", "CN/2")
                 && has (fixture, "issuer", "desk"));
  g_assert_false (has (fixture, "number", "0"));
}

static void test_fault (Fixture *fixture, gconstpointer data)
{
  const char *queue = data;
  guint before = venue_sheets (queue);

  venue_set (queue, "fault", "media-empty-error");
  start (fixture, queue);
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "reason", "media-empty"));
  g_assert_cmphex (job_process_health (fixture->printing)->troubles, ==,
                   PRINTER_REASON_BIT (PRINTER_REASON_PAPER));
  g_assert_cmpint (job_process_stuck_since_ms (fixture->printing), >, 0);
  g_assert_true (has (fixture, "state", "printing"));
  g_assert_nonnull (strstr (fixture->notices->str, "papier"));
  g_assert_nonnull (strstr (fixture->notices->str, "缺纸"));
  g_assert_cmpuint (venue_sheets (queue), ==, before);
  venue_set (queue, "fault", NULL);
  step_until (has (fixture, "state", "printed"));
  g_assert_true (has (fixture, "reason", ""));
  g_assert_cmphex (job_process_health (fixture->printing)->troubles, ==, 0);
  g_assert_nonnull (strstr (fixture->notices->str, "well"));
  g_assert_cmpuint (venue_sheets (queue), ==, before + 1);
}

static void test_aborted (Fixture *fixture, gconstpointer data)
{
  venue_set ("badge", "abort", "");
  start (fixture, "badge");
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "state", "failed"));
  venue_set ("badge", "abort", NULL);
  g_assert_true (has (fixture, "reason", "aborted"));
  g_assert_nonnull (strstr (fixture->notices->str, "failed!"));
}

static void test_undrawable (Fixture *fixture, gconstpointer data)
{
  start (fixture, "badge");
  issue (fixture, "NOBODY", 1);
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "state", "printed"));
  g_autofree char *passed = states (fixture);
  g_assert_true (g_str_has_prefix (passed, "queued failed queued sent"));
  /* The fact says why by a word, this machine's log in a sentence. */
  g_assert_cmpint (number_of (fixture->replica.journal,
                              "SELECT count (*) FROM print_job WHERE state = 'failed' AND reason = "
                              "'no-delegate'"),
                   ==, 1);
  g_assert_nonnull (strstr (fixture->notices->str, "NOBODY"));
}

/* The program ends while the printer has the job; the next finds it again. */
static void test_killed_after_sent (Fixture *fixture, gconstpointer data)
{
  const char *queue = data;
  guint before = venue_sheets (queue);

  venue_set (queue, "fault", "cover-open-error");
  start (fixture, queue);
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "state", "printing"));
  start (fixture, queue);
  stepped (fixture);
  venue_set (queue, "fault", NULL);
  step_until (has (fixture, "state", "printed"));
  g_assert_cmpuint (venue_sheets (queue), ==, before + 1);
}

static QueuedJob *first_queued (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list
      = job_queue_list (fixture->replica.journal, &fixture->after, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  return g_steal_pointer (&list->pdata[0]);
}

/* The program ends after CUPS has taken the job and before it could answer. */
static void test_killed_before_answer (Fixture *fixture, gconstpointer data)
{
  const char *queue = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Printer) printer = printer_open (queue, &error);
  g_autoptr (QueuedJob) queued = NULL;
  guint before = venue_sheets (queue);
  g_autofree char *id_text = NULL, *pdf = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PrintFormat) format = NULL;
  gsize length;
  gint id;

  g_assert_no_error (error);
  issue (fixture, "FR-1", 1);
  queued = first_queued (fixture);
  g_assert_true (
      job_queue_record (fixture->replica.journal, queued, PRINT_STATE_SENT, queue, 0, "", &error));
  g_assert_true (g_file_get_contents ("tests/unit/spool/data/page.pdf", &pdf, &length, &error));
  bytes = g_bytes_new (pdf, length);
  format = printer_format (printer, 105, 148, &error);
  id = printer_send (printer, queued->name, format, bytes, 1, &error);
  g_assert_no_error (error);

  start (fixture, queue);
  step_until (has (fixture, "state", "printed"));
  id_text = g_strdup_printf ("%d", id);
  g_assert_true (has (fixture, "number", id_text));
  g_assert_cmpuint (venue_sheets (queue), ==, before + 1);
}

/* The program ends before the job goes to CUPS: what is only queued was surely not
 * sent. */
static void test_killed_before_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QueuedJob) queued = NULL;
  guint before = venue_sheets ("badge");

  issue (fixture, "FR-1", 1);
  queued = first_queued (fixture);
  g_assert_true (job_queue_record (fixture->replica.journal, queued, PRINT_STATE_QUEUED, "patient",
                                   0, "", &error));
  start (fixture, "badge");
  step_until (has (fixture, "state", "printed"));
  g_assert_true (has (fixture, "printer", "badge"));
  g_assert_cmpuint (venue_sheets ("badge"), ==, before + 1);
}

/* What was sent and nobody knows any more is not sent again. */
static void test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QueuedJob) queued = NULL;
  guint before = venue_sheets ("badge");

  issue (fixture, "FR-1", 1);
  queued = first_queued (fixture);
  g_assert_true (job_queue_record (fixture->replica.journal, queued, PRINT_STATE_SENT, "badge",
                                   99999, "", &error));
  start (fixture, "badge");
  step_until (has (fixture, "state", "unsure"));
  g_assert_true (has (fixture, "reason", "lost"));
  g_assert_false (stepped (fixture));
  g_assert_cmpuint (venue_sheets ("badge"), ==, before);
}

/* Taken back from a printer that is out of paper, it cannot come out there any more,
 * under its name there is none left to be found, and it can be printed by another. */
static void test_taken_back (Fixture *fixture, gconstpointer data)
{
  const char *queue = data, *other = strcmp (queue, "badge") == 0 ? "patient" : "badge";
  guint before = venue_sheets (queue), before_other = venue_sheets (other);
  g_autofree char *passed = NULL;

  venue_set (queue, "fault", "media-empty-error");
  start (fixture, queue);
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "reason", "media-empty"));
  job_process_take_back (fixture->printing);
  venue_wait (
      (job_process_step (fixture->printing, NULL), has (fixture, "reason", JOB_QUEUE_MOVED)));
  g_assert_null (job_process_current (fixture->printing));
  g_assert_true (has (fixture, "state", "queued") && has (fixture, "printer", ""));
  start (fixture, other);
  step_until (has (fixture, "state", "printed"));
  g_assert_true (has (fixture, "printer", other) && has (fixture, "reason", ""));
  venue_set (queue, "fault", NULL);
  /* The next one comes out, and only that. */
  start (fixture, queue);
  issue (fixture, "CN/2", 1);
  step_until (job_process_done (fixture->printing) == 1);
  g_assert_cmpuint (venue_sheets (queue), ==, before + 1);
  g_assert_cmpuint (venue_sheets (other), ==, before_other + 1);
  passed = states (fixture);
  g_assert_true (g_regex_match_simple ("^queued sent( printing)+ queued queued sent( printing)? "
                                       "printed queued sent( printing)? printed$",
                                       passed, 0, 0));
}

/* A printer that does not obey while it has its fault: nobody knows whether the badge
 * will come out. */
static void test_taken_back_in_vain (Fixture *fixture, gconstpointer data)
{
  venue_set ("badge", "deaf", "");
  venue_set ("badge", "fault", "media-jam-error");
  start (fixture, "badge");
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "reason", "media-jam"));
  job_process_take_back (fixture->printing);
  step_until (has (fixture, "state", "unsure"));
  g_assert_true (has (fixture, "reason", "media-jam"));
  g_assert_nonnull (strstr (fixture->notices->str, "unsure!"));
  venue_set ("badge", "fault", NULL);
  venue_set ("badge", "deaf", NULL);
  issue (fixture, "CN/2", 1);
  step_until (job_process_done (fixture->printing) == 1);
}

/* Before it has been handed over it is given back at once. */
static void test_taken_back_unsent (Fixture *fixture, gconstpointer data)
{
  guint before = venue_sheets ("badge");

  g_assert_cmpint (venue_run ((const char *const[]){ "cupsreject", "badge", NULL }), ==, 0);
  start (fixture, "badge");
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "reason", "not-accepting"));
  job_process_take_back (fixture->printing);
  g_assert_true (job_process_step (fixture->printing, NULL));
  g_assert_true (has (fixture, "state", "queued") && has (fixture, "reason", JOB_QUEUE_MOVED));
  g_assert_cmpint (venue_run ((const char *const[]){ "cupsaccept", "badge", NULL }), ==, 0);
  step_until (has (fixture, "state", "printed"));
  g_assert_cmpuint (venue_sheets ("badge"), ==, before + 1);
}

/* Too late: it has come out. The printer may call it cancelled all the same. */
static void test_taken_back_late (Fixture *fixture, gconstpointer data)
{
  guint before = venue_sheets ("badge");

  start (fixture, "badge");
  issue (fixture, "FR-1", 1);
  stepped (fixture);
  g_assert_true (has (fixture, "state", "sent"));
  venue_wait (venue_sheets ("badge") == before + 1);
  job_process_take_back (fixture->printing);
  step_until (has (fixture, "state", "printed") || has (fixture, "state", "unsure"));
  g_assert_false (stepped (fixture));
  g_assert_cmpuint (venue_sheets ("badge"), ==, before + 1);
}

/* A badge that has been replaced while it waits in the printer does not come out. */
static void test_void_at_printer (Fixture *fixture, gconstpointer data)
{
  guint before = venue_sheets ("badge");

  venue_set ("badge", "fault", "cover-open-error");
  start (fixture, "badge");
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "reason", "cover-open"));
  append (fixture->replica.journal, "badge-void", "FR-1", "{\"issuer\":\"desk\",\"serial\":1}");
  step_until (has (fixture, "state", "failed"));
  g_assert_true (has (fixture, "reason", "void"));
  venue_set ("badge", "fault", NULL);
  issue (fixture, "CN/2", 1);
  step_until (job_process_done (fixture->printing) == 1);
  g_assert_cmpuint (venue_sheets ("badge"), ==, before + 1);
}

/* How many files CUPS keeps of its jobs, and how many jobs it can name. */
static guint kept_by_cups (void)
{
  g_autofree char *out = NULL;
  guint lines = 0;

  g_assert_true (g_spawn_command_line_sync ("lpstat -W all -o", &out, NULL, NULL, NULL));
  for (const char *c = out; *c != '\0'; c++)
    lines += *c == '\n';
  return lines;
}

static void test_forgets (Fixture *fixture, gconstpointer data)
{
  const char *queue = data;
  guint before = kept_by_cups ();

  start (fixture, queue);
  issue (fixture, "FR-1", 1);
  issue (fixture, "CN/2", 1);
  step_until (job_process_done (fixture->printing) == 2);
  venue_wait (kept_by_cups () == before);
}

static void test_paused (Fixture *fixture, gconstpointer data)
{
  guint before = venue_sheets ("badge");

  g_assert_cmpint (venue_run ((const char *const[]){ "cupsdisable", "badge", NULL }), ==, 0);
  start (fixture, "badge");
  issue (fixture, "FR-1", 1);
  /* A person's pause is hers to end. */
  step_until (has (fixture, "reason", "resting"));
  for (guint i = 0; i < 30; i++) {
    stepped (fixture);
    g_assert_true (has (fixture, "state", "queued"));
  }
  g_assert_cmpint (venue_run ((const char *const[]){ "cupsenable", "badge", NULL }), ==, 0);
  step_until (has (fixture, "state", "printed"));
  g_assert_cmpuint (venue_sheets ("badge"), ==, before + 1);
}

static void test_rejecting (Fixture *fixture, gconstpointer data)
{
  guint before = venue_sheets ("badge");

  g_assert_cmpint (venue_run ((const char *const[]){ "cupsreject", "badge", NULL }), ==, 0);
  start (fixture, "badge");
  issue (fixture, "FR-1", 1);
  step_until (has (fixture, "reason", "not-accepting"));
  g_assert_true (has (fixture, "state", "queued"));
  /* While it waits, the badge is reported lost. */
  issue (fixture, "CN/2", 1);
  append (fixture->replica.journal, "badge-void", "FR-1", "{\"issuer\":\"desk\",\"serial\":1}");
  g_assert_cmpint (venue_run ((const char *const[]){ "cupsaccept", "badge", NULL }), ==, 0);
  step_until (has (fixture, "state", "printed"));
  g_assert_true (has (fixture, "reference", "CN/2"));
  g_assert_cmpuint (venue_sheets ("badge"), ==, before + 1);
}

static void test_no_queue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start (fixture, "nowhere");
  issue (fixture, "FR-1", 1);
  take (fixture);
  g_assert_false (job_process_step (fixture->printing, &error));
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_NO_QUEUE);
  g_assert_nonnull (job_process_current (fixture->printing));
  g_assert_cmphex (job_process_health (fixture->printing)->seen, ==,
                   PRINTER_REASON_BIT (PRINTER_REASON_NO_QUEUE));
  g_assert_cmpint (
      number_of (fixture->replica.journal,
                 "SELECT count (*) FROM print_job WHERE state IN ('printed', 'failed', 'unsure')"),
      ==, 0);
  start (fixture, "badge");
  step_until (has (fixture, "state", "printed"));
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  int status = 0;

  if (!venue_enter (&status))
    return status;
  g_test_init (&argc, &argv, NULL);
  words_here ();
  badge_fonts_start (FONTS, &error);
  g_assert_no_error (error);
  /* Of a printer that was switched on in the same seconds as a job was sent, it is not
   * known whether it has forgotten one. */
  venue_wait (g_get_monotonic_time () - begun > 3 * G_USEC_PER_SEC);
  g_test_add ("/station/printing/printed", Fixture, "badge", set_up, test_printed, tear_down);
  g_test_add ("/station/printing/printed-waiting", Fixture, "patient", set_up, test_printed,
              tear_down);
  g_test_add ("/station/printing/fault", Fixture, "badge", set_up, test_fault, tear_down);
  g_test_add ("/station/printing/fault-waiting", Fixture, "patient", set_up, test_fault, tear_down);
  g_test_add ("/station/printing/aborted", Fixture, NULL, set_up, test_aborted, tear_down);
  g_test_add ("/station/printing/undrawable", Fixture, NULL, set_up, test_undrawable, tear_down);
  g_test_add ("/station/printing/killed-after-sent", Fixture, "badge", set_up,
              test_killed_after_sent, tear_down);
  g_test_add ("/station/printing/killed-after-sent-waiting", Fixture, "patient", set_up,
              test_killed_after_sent, tear_down);
  g_test_add ("/station/printing/killed-before-answer", Fixture, "badge", set_up,
              test_killed_before_answer, tear_down);
  g_test_add ("/station/printing/killed-before-answer-waiting", Fixture, "patient", set_up,
              test_killed_before_answer, tear_down);
  g_test_add ("/station/printing/killed-before-sent", Fixture, NULL, set_up,
              test_killed_before_sent, tear_down);
  g_test_add ("/station/printing/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);
  g_test_add ("/station/printing/taken-back", Fixture, "badge", set_up, test_taken_back, tear_down);
  g_test_add ("/station/printing/taken-back-waiting", Fixture, "patient", set_up, test_taken_back,
              tear_down);
  g_test_add ("/station/printing/taken-back-in-vain", Fixture, NULL, set_up,
              test_taken_back_in_vain, tear_down);
  g_test_add ("/station/printing/taken-back-unsent", Fixture, NULL, set_up, test_taken_back_unsent,
              tear_down);
  g_test_add ("/station/printing/taken-back-late", Fixture, NULL, set_up, test_taken_back_late,
              tear_down);
  g_test_add ("/station/printing/void-at-printer", Fixture, NULL, set_up, test_void_at_printer,
              tear_down);
  g_test_add ("/station/printing/forgets", Fixture, "badge", set_up, test_forgets, tear_down);
  g_test_add ("/station/printing/forgets-waiting", Fixture, "patient", set_up, test_forgets,
              tear_down);
  g_test_add ("/station/printing/paused", Fixture, NULL, set_up, test_paused, tear_down);
  g_test_add ("/station/printing/rejecting", Fixture, NULL, set_up, test_rejecting, tear_down);
  g_test_add ("/station/printing/no-queue", Fixture, NULL, set_up, test_no_queue, tear_down);
  return g_test_run ();
}
