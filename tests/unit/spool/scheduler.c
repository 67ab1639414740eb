/* Badges dealt out to two real queues, at work together and in each other's stead. */
#include "spool/scheduler.h"
#include "words_here.h"

#include "spool/printer_state.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"
#include "unit/print/venue.h"

#define TEMPLATE "assets/badge/a6-portrait.svg"
#define FONTS "fonts/fonts.conf"
#define WAIT_MS 1500
#define PEOPLE 10
/* Badges that are alone, of which one at the least goes to the preferred printer. */
#define ALONE_MAX 3

/* At work ---------------------------------------------------------------------------- */

typedef struct {
  Replica replica;
  PrintDocumentArt art;
  SchedulerOptions options;
  Scheduler *pool;
  Lock lock;
  GString *said; /* of printers: "badge: trouble …" a line each */
} Fixture;

static gint64 minute;

static void notice (const char *queue, const char *job, const char *state, const char *text,
                    gpointer data)
{
  Fixture *fixture = data;

  if (job[0] != '\0')
    return;
  lock_take (&fixture->lock);
  g_string_append_printf (fixture->said, "%s: %s %s\n", queue, state, text);
  lock_give (&fixture->lock);
}

static gboolean has_said (Fixture *fixture, const char *words)
{
  lock_take (&fixture->lock);
  gboolean said = strstr (fixture->said->str, words) != NULL;
  lock_give (&fixture->lock);
  return said;
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const QUEUES[] = { "badge", "patient", NULL };
  g_autoptr (GError) error = NULL;

  replica_open (&fixture->replica, "desk");
  hand_ms += 60000 * ++minute;
  Journal *journal = fixture->replica.journal;
  demo_load (journal);
  for (guint i = 0; i < PEOPLE; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i);
    append (journal, "registration", reference,
            "{\"family\":\"Le "
            "Goff\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":\"FR\",\"events\":["
            "\"rencontres\"],\"days\":[\"26\",\"27\"]}");
  }
  lock_init (&fixture->art.lock);
  lock_init (&fixture->lock);
  fixture->said = g_string_new (NULL);
  fixture->art.template_ = badge_template_load (TEMPLATE, &error);
  g_assert_no_error (error);
  fixture->options = (SchedulerOptions){ { journal_path (journal), (Clock){ .now_ms = hand_now },
                                           &fixture->art, notice, NULL, fixture },
                                         data != NULL ? data : QUEUES,
                                         WAIT_MS };
}

static void start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  scheduler_free (fixture->pool);
  fixture->pool = scheduler_new (&fixture->options, fixture->replica.journal, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  scheduler_free (fixture->pool);
  badge_template_free (fixture->art.template_);
  lock_clear (&fixture->art.lock);
  lock_clear (&fixture->lock);
  g_string_free (fixture->said, TRUE);
  replica_close (&fixture->replica);
}

static void issue (Fixture *fixture, guint person)
{
  g_autofree char *reference = g_strdup_printf ("FR-%u", person);
  append (fixture->replica.journal, "badge-issued", reference,
          "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
}

static gboolean dealt (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gboolean busy = FALSE;

  g_assert_true (scheduler_deal (fixture->pool, fixture->replica.journal, &busy, &error));
  g_assert_no_error (error);
  return busy;
}

#define deal_until(condition) venue_wait ((dealt (fixture), (condition)))

static gint64 count (Fixture *fixture, const char *where)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM print_job WHERE %s", where);
  return number_of (fixture->replica.journal, sql);
}

static gboolean stands (Fixture *fixture, const char *queue, PrinterStateKind state,
                        const char *troubles)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = printer_state_read (fixture->replica.journal, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++) {
    const PrinterState *row = g_ptr_array_index (rows, i);
    if (strcmp (row->queue, queue) == 0)
      return row->state == state && strcmp (row->troubles, troubles) == 0;
  }
  return FALSE;
}

static void test_together (Fixture *fixture, gconstpointer data)
{
  guint before = venue_sheets ("badge"), before_patient = venue_sheets ("patient"), issued = 0;

  start (fixture);
  deal_until (stands (fixture, "badge", PRINTER_STATE_READY, "")
              && stands (fixture, "patient", PRINTER_STATE_READY, ""));
  /* One goes to the preferred printer, unless that is slow just then; more, to both. */
  for (; venue_sheets ("badge") == before && issued < ALONE_MAX; issued++) {
    issue (fixture, issued);
    deal_until (count (fixture, "state = 'printed'") == issued + 1);
  }
  g_assert_cmpuint (venue_sheets ("badge"), ==, before + 1);
  for (; issued < PEOPLE; issued++)
    issue (fixture, issued);
  deal_until (count (fixture, "state = 'printed'") == PEOPLE);
  g_assert_cmpuint (venue_sheets ("badge"), >, before + 1);
  g_assert_cmpuint (venue_sheets ("patient"), >, before_patient);
  g_assert_cmpuint (venue_sheets ("badge") + venue_sheets ("patient"), ==,
                    before + before_patient + PEOPLE);
  g_assert_false (dealt (fixture));
}

/* What waits too long at the first printer comes out of the second, and not of the first
 * as well; the first gets no more before it has been trusted again. */
static void test_instead (Fixture *fixture, gconstpointer data)
{
  guint before = venue_sheets ("badge"), before_patient = venue_sheets ("patient");

  venue_set ("badge", "fault", "media-empty-error");
  start (fixture);
  deal_until (stands (fixture, "badge", PRINTER_STATE_READY, "")
              && stands (fixture, "patient", PRINTER_STATE_READY, ""));
  issue (fixture, 0);
  deal_until (stands (fixture, "badge", PRINTER_STATE_TROUBLE, "media-empty"));
  g_assert_true (has_said (fixture, "badge: trouble Plus de papier"));
  deal_until (count (fixture, "state = 'printed' AND printer = 'patient'") == 1);
  g_assert_cmpint (
      number_of (fixture->replica.journal,
                 "SELECT count (*) FROM fact WHERE kind = 'print' AND body ->> 'reason' = 'moved'"),
      ==, 1);
  issue (fixture, 1);
  deal_until (count (fixture, "state = 'printed' AND printer = 'patient'") == 2);
  venue_set ("badge", "fault", NULL);
  g_assert_cmpuint (venue_sheets ("badge"), ==, before);
  g_assert_cmpuint (venue_sheets ("patient"), ==, before_patient + 2);
}

/* The printer is off: what has not been handed over goes to the other at once, within the
 * two seconds that it takes to be sure. */
static void test_rejecting (Fixture *fixture, gconstpointer data)
{
  guint before_patient = venue_sheets ("patient");

  g_assert_cmpint (venue_run ((const char *const[]){ "cupsreject", "badge", NULL }), ==, 0);
  start (fixture);
  deal_until (stands (fixture, "badge", PRINTER_STATE_TROUBLE, "not-accepting"));
  issue (fixture, 0);
  deal_until (count (fixture, "state = 'printed' AND printer = 'patient'") == 1);
  /* Both: one badge waits at the first, and says why; accepted there again, it comes
   * out. */
  g_assert_cmpint (venue_run ((const char *const[]){ "cupsreject", "patient", NULL }), ==, 0);
  deal_until (stands (fixture, "patient", PRINTER_STATE_TROUBLE, "not-accepting"));
  issue (fixture, 1);
  issue (fixture, 2);
  deal_until (count (fixture, "state = 'queued' AND printer = 'badge' AND reason = 'not-accepting'")
              == 1);
  g_assert_cmpint (count (fixture, "state = 'queued'"), ==, 1);
  g_assert_cmpint (venue_run ((const char *const[]){ "cupsaccept", "patient", NULL }), ==, 0);
  deal_until (count (fixture, "state = 'printed' AND printer = 'patient'") == 3);
  g_assert_cmpint (venue_run ((const char *const[]){ "cupsaccept", "badge", NULL }), ==, 0);
  deal_until (stands (fixture, "badge", PRINTER_STATE_READY, ""));
  g_assert_cmpuint (venue_sheets ("patient"), ==, before_patient + 3);
}

/* One that a volunteer lets rest gets none, whatever waits; also after the next start. */
static void test_rest (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  guint before = venue_sheets ("badge"), before_patient = venue_sheets ("patient");

  g_assert_true (printer_state_rest (journal, "badge", "Li Na", NULL));
  for (guint round = 0; round < 2; round++) {
    start (fixture);
    deal_until (stands (fixture, "badge", PRINTER_STATE_READY, "")
                && stands (fixture, "patient", PRINTER_STATE_READY, ""));
    for (guint i = 0; i < 3; i++)
      issue (fixture, round * 3 + i);
    deal_until (count (fixture, "state = 'printed' AND printer = 'patient'") == round * 3 + 3);
  }
  g_assert_cmpuint (venue_sheets ("badge"), ==, before);
  g_assert_true (printer_state_rest (journal, "patient", "Li Na", NULL));
  issue (fixture, 6);
  for (guint i = 0; i < 20; i++)
    g_assert_true (dealt (fixture)); /* it waits, at none of them */
  g_assert_cmpint (count (fixture, "reference = 'FR-6'"), ==, 0);
  g_assert_true (printer_state_rest (journal, "badge", "", NULL));
  deal_until (count (fixture, "state = 'printed' AND printer = 'badge'") == 1);
  g_assert_cmpuint (venue_sheets ("patient"), ==, before_patient + 6);
}

/* A badge that an earlier agent sent to a printer that is no longer of the pool is
 * followed there. */
static void test_stranger (Fixture *fixture, gconstpointer data)
{
  static const char *const ONLY[] = { "badge", NULL };
  guint before = venue_sheets ("badge"), before_patient = venue_sheets ("patient");

  venue_set ("badge", "abort", NULL);
  venue_set ("patient", "fault", "media-jam-error");
  fixture->options.queues = (const char *const[]){ "patient", NULL };
  start (fixture);
  issue (fixture, 0);
  deal_until (count (fixture, "state = 'printing'") == 1);
  fixture->options.queues = ONLY;
  start (fixture);
  issue (fixture, 1);
  deal_until (count (fixture, "state = 'printed' AND printer = 'badge'") == 1);
  g_assert_false (stands (fixture, "patient", PRINTER_STATE_TROUBLE, "media-jam"));
  g_assert_cmpint (number_of (fixture->replica.journal, "SELECT count (*) FROM printer_state"), ==,
                   1);
  venue_set ("patient", "fault", NULL);
  deal_until (count (fixture, "state = 'printed' AND printer = 'patient'") == 1);
  g_assert_cmpuint (venue_sheets ("badge"), ==, before + 1);
  g_assert_cmpuint (venue_sheets ("patient"), ==, before_patient + 1);
}

/* Stopped and started anew at any moment, many times: one sheet each. */
static void test_restarted (Fixture *fixture, gconstpointer data)
{
  guint before = venue_sheets ("badge") + venue_sheets ("patient");

  for (guint i = 0; i < 10; i++) {
    issue (fixture, i);
    start (fixture);
    for (gint64 end = g_get_monotonic_time () + g_test_rand_int_range (0, 150) * 1000;
         g_get_monotonic_time () < end; g_usleep (5000))
      dealt (fixture);
  }
  start (fixture);
  deal_until (count (fixture, "state = 'printed'") == 10);
  g_assert_cmpuint (venue_sheets ("badge") + venue_sheets ("patient"), ==, before + 10);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!venue_enter (&status))
    return status;
  g_test_init (&argc, &argv, NULL);
  words_here ();
  badge_fonts_start (FONTS, &error);
  g_assert_no_error (error);
  g_test_add ("/station/pool/together", Fixture, NULL, set_up, test_together, tear_down);
  g_test_add ("/station/pool/instead", Fixture, NULL, set_up, test_instead, tear_down);
  g_test_add ("/station/pool/rejecting", Fixture, NULL, set_up, test_rejecting, tear_down);
  g_test_add ("/station/pool/rest", Fixture, NULL, set_up, test_rest, tear_down);
  g_test_add ("/station/pool/stranger", Fixture, NULL, set_up, test_stranger, tear_down);
  g_test_add ("/station/pool/restarted", Fixture, NULL, set_up, test_restarted, tear_down);
  return g_test_run ();
}
