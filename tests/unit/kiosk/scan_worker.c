/* A scan at a kiosk: what the window is told of it, and what it costs. */
#include "kiosk/scan_worker.h"

#include "credential/code.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"
#include "unit/access/statements.h"

/* Statements of a scan, in order: keys and checkpoint current?; for a badge where
 * volunteers' badges open the desk: is it good?, whose is it?; BEGIN; the delegate, her
 * badges, is the badge's station revoked?, her passages; the fact and what goes with it;
 * COMMIT; is the programme current? In each transaction, too: is the log shared?, and two
 * for the signature of the head. Before one gate_read() served both questions and the
 * programme had a stamp (commit 17c173d): TICKET_BEFORE and BADGE_BEFORE. */
#define TICKET_STATEMENTS 22 /* one for the texts that the demo shows at a scan */
#define TICKET_BEFORE 26
#define BADGE_STATEMENTS 19
#define BADGE_BEFORE 24

typedef struct {
  Replica replica;
  SignSecret congress, station;
  ScanWorker *worker;
  GMainLoop *loop;
  /* The last answer: */
  Verdict verdict;
  char *family, *category, *volunteer;
} Fixture;

static void on_scanned (const FlowScan *scan, gint64 asked_us, gpointer data)
{
  Fixture *fixture = data;

  fixture->verdict = scan->verdict;
  g_free (fixture->family);
  g_free (fixture->category);
  g_free (fixture->volunteer);
  fixture->family = g_strdup (scan->guest != NULL ? scan->guest->family : "");
  fixture->category = g_strdup (scan->guest != NULL ? scan->guest->category_fr : "");
  fixture->volunteer = g_strdup (scan->volunteer);
  g_main_loop_quit (fixture->loop);
}

static void on_failed (const char *why, gpointer data)
{
  g_error ("not decided: %s", why);
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  const ScanWorkerListener listener = { on_scanned, on_failed, fixture };
  g_autoptr (GError) error = NULL;
  SignPublic key;
  Journal *journal;

  statements_start ();
  replica_open (&fixture->replica, "desk");
  journal = fixture->replica.journal;
  demo_load (journal);
  sign_key_new (&key, &fixture->congress);
  g_autofree char *id = sign_key_id_text (&key), *public = sign_public_text (&key);
  g_autofree char *body = g_strdup_printf ("{\"public\":\"%s\"}", public);
  append (journal, "key", id, body);
  for (guint i = 1; i <= 3; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i);

    append (journal, "registration", reference,
            "{\"family\":\"Le Goff\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":"
            "\"FR\",\"events\":[\"rencontres\"],\"days\":[\"26\",\"27\"]}");
  }
  append (journal, "volunteer", "101", "{\"name\":\"Ana\",\"reference\":\"FR-2\",\"pin\":\"\"}");
  g_autofree char *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &error);
  g_assert_true (sign_secret_from_text (secret, &fixture->station));
  fixture->loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *path = replica_path (&fixture->replica, "a.db");
  fixture->worker = scan_worker_new (path, (Clock){ .now_ms = hand_now }, "entree-est", FALSE, TRUE,
                                     &listener, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  scan_worker_free (fixture->worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_loop_unref (fixture->loop);
  g_free (fixture->family);
  g_free (fixture->category);
  g_free (fixture->volunteer);
  replica_close (&fixture->replica);
}

/* How many statements it took. */
static gint scan (Fixture *fixture, const char *text)
{
  statements_take ();
  scan_worker_scan (fixture->worker, text);
  g_main_loop_run (fixture->loop);
  return statements_take ();
}

static char *ticket (const Fixture *fixture, const char *reference)
{
  return code_make_ticket (&fixture->congress, reference, NULL);
}

static void test_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = ticket (fixture, "FR-2"),
                  *worn = code_make_badge (&fixture->station, "FR-2", 1, NULL);

  scan (fixture, text);
  g_assert_cmpint (fixture->verdict, ==, VERDICT_ADMITTED);
  g_assert_cmpstr (fixture->family, ==, "LE GOFF");
  g_assert_null (fixture->volunteer);
  scan (fixture, worn); /* a volunteer's badge opens the desk */
  g_assert_cmpstr (fixture->volunteer, ==, "Ana");
  scan_worker_set_volunteers (fixture->worker, FALSE);
  scan (fixture, worn);
  g_assert_null (fixture->volunteer);
  g_assert_cmpint (fixture->verdict, ==, VERDICT_ALREADY_IN);
  scan (fixture, "nonsense");
  g_assert_cmpint (fixture->verdict, ==, VERDICT_UNKNOWN);
  g_assert_cmpstr (fixture->family, ==, "");
}

/* The words of the event file are those of now. */
static void test_new_words (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = ticket (fixture, "FR-1");

  scan (fixture, text);
  g_assert_cmpstr (fixture->category, !=, "Maire");
  append (fixture->replica.journal, "category", "elu", "{\"fr\":\"maire\",\"zh\":\"市长\"}");
  scan (fixture, text);
  g_assert_cmpstr (fixture->category, ==, "Maire");
}

static void test_statements (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = ticket (fixture, "FR-1"), *text = ticket (fixture, "FR-3"),
                  *worn = code_make_badge (&fixture->station, "FR-1", 1, NULL);
  gint of_ticket, of_badge;

  scan (fixture, first); /* the programme is read here */
  of_ticket = scan (fixture, text);
  g_assert_cmpint (fixture->verdict, ==, VERDICT_ADMITTED);
  of_badge = scan (fixture, worn);
  g_assert_cmpint (fixture->verdict, ==, VERDICT_ALREADY_IN);
  g_test_message ("a ticket took %d statements, before %d; a badge %d, before %d", of_ticket,
                  TICKET_BEFORE, of_badge, BADGE_BEFORE);
  g_assert_cmpint (of_ticket, ==, TICKET_STATEMENTS);
  g_assert_cmpint (of_badge, ==, BADGE_STATEMENTS);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/kiosk/scan-worker/told", Fixture, NULL, set_up, test_told, tear_down);
  g_test_add ("/kiosk/scan-worker/new-words", Fixture, NULL, set_up, test_new_words, tear_down);
  g_test_add ("/kiosk/scan-worker/statements", Fixture, NULL, set_up, test_statements, tear_down);
  return g_test_run ();
}
