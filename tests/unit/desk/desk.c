/* A volunteer at the desk: what is printed again, made void, answered, corrected,
 * registered, and what several desks do that cannot see each other. SEED=n repeats a
 * random run. */
#include "desk/desk.h"
#include "words_here.h"

#include "congress/event_file.h"
#include "station/gate.h"
#include "issuance/job_queue.h"
#include "credential/code.h"
#include "unit/access/replica.h"
#include "unit/journal/transaction.h"

#include <stdlib.h>

#define DEMO "assets/demo/congress.ini"
#define ZOE "Zoé"

typedef struct {
  Replica replica;
  Gate *gate;
  SignSecret station;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  replica_open (&fixture->replica, "desk");
  Journal *journal = fixture->replica.journal;
  g_assert_true (event_file_load (journal, DEMO, NULL, &summary, &error));
  append (journal, "registration", "FR-1",
          "{\"title\":\"M.\",\"family\":\"Le "
          "Gof\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":\"FR\",\"events\":["
          "\"rencontres\"],\"days\":[\"26\",\"27\"],\"meals\":true}");
  append (journal, "registration", "FR-2",
          "{\"family\":\"Hué\",\"category\":\"elu\",\"events\":[\"rencontres\"],\"days\":[\"26\"],"
          "\"revoked\":true}");
  g_autofree char *secret = journal_local (journal, JOURNAL_LOCAL_STATION_SECRET, &error);
  g_assert_true (secret && sign_secret_from_text (secret, &fixture->station));
  fixture->gate = gate_open (journal, "entree-est", &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  gate_close (fixture->gate);
  replica_close (&fixture->replica);
}

static gint64 facts_in (Journal *journal)
{
  return number_of (journal, "SELECT count (*) FROM fact");
}

/* Body of the last own fact of @kind. */
static char *last_body (Journal *journal, const char *kind)
{
  g_autoptr (GPtrArray) facts
      = journal_facts_of (journal, journal_station (journal), 0, G_MAXINT, NULL);
  for (guint i = facts->len; i > 0; i--)
    if (strcmp (((const Fact *) facts->pdata[i - 1])->kind, kind) == 0)
      return g_strdup (((const Fact *) facts->pdata[i - 1])->body);
  return g_strdup ("");
}

#define assert_body(journal, kind, expected)                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = last_body (journal, kind);                                           \
    g_assert_cmpstr (found_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void admit (Fixture *fixture, const char *reference)
{
  g_auto (GateResult) result = { 0 };
  g_assert_true (gate_admit (fixture->gate, reference, ZOE, "", &result, NULL));
  g_assert_cmpint (result.verdict, ==, VERDICT_ADMITTED);
}

static Verdict scan_badge (Fixture *fixture, guint serial)
{
  g_auto (GateResult) result = { 0 };
  g_autofree char *text = code_make_badge (&fixture->station, "FR-1", serial, NULL);
  g_assert_true (gate_scan (fixture->gate, text, &result, NULL));
  return result.verdict;
}

static DeskVerdict reprint (Fixture *fixture, const char *reference, guint seen, DeskReason reason,
                            guint *serial)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (
      desk_reprint (fixture->replica.journal, reference, seen, ZOE, reason, "", &result, &error));
  g_assert_no_error (error);
  g_assert_false (in_transaction (fixture->replica.journal));
  if (serial != NULL)
    *serial = result.serial;
  return result.verdict;
}

/* What a printer would have said. */
static void job_state (Fixture *fixture, const char *reference, guint serial, const char *state,
                       const char *reason)
{
  g_autofree char *job = g_strdup_printf ("accueil-desk-%s-%u", reference, serial);
  g_autofree char *body
      = g_strdup_printf ("{\"state\":\"%s\",\"printer\":\"badges\",\"job\":7,\"reference\":\"%s\","
                         "\"issuer\":\"desk\",\"serial\":%u,\"reason\":\"%s\"}",
                         state, reference, serial, reason);
  append (fixture->replica.journal, "print", job, body);
}

/* Badges ----------------------------------------------------------------------------- */

static void test_reprint (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  guint serial = 0;
  admit (fixture, "FR-1");
  gint64 before = facts_in (journal);
  g_assert_cmpint (reprint (fixture, "FR-1", 1, DESK_LOST, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 2);
  g_assert_cmpint (facts_in (journal), ==, before + 2);
  assert_body (journal, "badge-void",
               "{\"issuer\":\"desk\",\"serial\":1,\"reason\":\"lost\",\"volunteer\":\"Zoé\"}");
  assert_body (journal, "badge-issued",
               "{\"serial\":2,\"reason\":\"lost\",\"volunteer\":\"Zoé\",\"print\":true,"
               "\"prints\":\"2fa799b4\"}");
  g_assert_cmpint (scan_badge (fixture, 1), ==, VERDICT_BADGE_VOID);
  g_assert_cmpint (scan_badge (fixture, 2), ==, VERDICT_ALREADY_IN);

  /* A second touch on the button changes nothing; whoever saw an older page is told. */
  before = facts_in (journal);
  g_assert_cmpint (reprint (fixture, "FR-1", 1, DESK_LOST, &serial), ==, DESK_ALREADY);
  g_assert_cmpuint (serial, ==, 2);
  g_assert_cmpint (reprint (fixture, "FR-1", 1, DESK_DAMAGED, &serial), ==, DESK_CHANGED);
  g_assert_cmpint (facts_in (journal), ==, before);
  /* A number that there has never been is a slip; one that only a door has heard of is
   * not. */
  g_assert_cmpint (reprint (fixture, "FR-1", 3, DESK_DAMAGED, &serial), ==, DESK_NO_SERIAL);
  g_assert_cmpuint (serial, ==, 2);
  g_assert_cmpint (reprint (fixture, "FR-1", G_MAXINT, DESK_DAMAGED, &serial), ==, DESK_NO_SERIAL);
  g_assert_cmpint (facts_in (journal), ==, before);
  g_assert_cmpint (reprint (fixture, "FR-1", 2, DESK_DAMAGED, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 3);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge_state WHERE good"), ==, 1);
}

static void test_refusals (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  DeskResult result;
  g_autofree char *long_text = g_strnfill (5000, 'x');
  gint64 before = facts_in (journal);
  g_assert_cmpint (reprint (fixture, "FR-999", 0, DESK_LOST, NULL), ==, DESK_UNKNOWN);
  g_assert_cmpint (reprint (fixture, "no such; reference", 0, DESK_LOST, NULL), ==, DESK_UNKNOWN);
  g_assert_cmpint (reprint (fixture, long_text, 0, DESK_LOST, NULL), ==, DESK_UNKNOWN);
  g_assert_cmpint (reprint (fixture, "FR-2", 0, DESK_LOST, NULL), ==, DESK_REVOKED);
  g_assert_cmpint (reprint (fixture, "FR-1", 1, DESK_LOST, NULL), ==, DESK_NO_SERIAL);
  g_assert_cmpint (reprint (fixture, "FR-999", 1, DESK_LOST, NULL), ==, DESK_UNKNOWN);
  g_assert_true (desk_reprint (journal, "FR-1", 0, " \n", DESK_LOST, "", &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_NO_VOLUNTEER);
  g_assert_true (desk_reprint (journal, "FR-1", 0, ZOE, DESK_OTHER, " ", &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_NO_TEXT);
  g_assert_cmpint (facts_in (journal), ==, before);

  g_assert_true (
      desk_reprint (journal, "FR-1", 0, long_text, DESK_OTHER, long_text, &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_PRINTING);
  g_autofree char *body = last_body (journal, "badge-issued");
  g_assert_cmpuint (strlen (body), <, ISSUE_VOLUNTEER_MAX + ISSUE_TEXT_MAX + 100);
  g_assert_true (
      desk_reprint (journal, "FR-1", 0, "Zo\xff\x1b[31m", DESK_OTHER, "tab\there", &result, NULL));
  g_autofree char *cleaned = last_body (journal, "badge-issued");
  g_assert_null (strchr (cleaned, '\x1b'));
  g_assert_nonnull (strstr (cleaned, "tab here"));
}

/* A serial that leaps uses up nobody's numbers: it is what a stolen station would
 * write. */
static void test_serial_leaps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  append (fixture->replica.journal, "badge-issued", "FR-1",
          "{\"serial\":65535,\"reason\":\"first\"}");
  g_assert_true (
      desk_reprint (fixture->replica.journal, "FR-1", 0, ZOE, DESK_LOST, "", &result, &error));
  g_assert_cmpint (result.verdict, ==, DESK_PRINTING);
  g_autofree char *body = last_body (fixture->replica.journal, "badge-issued");
  g_assert_nonnull (strstr (body, "\"serial\":2,"));
}

/* Step by step they do come to an end. */
/* Up to the last number in the longest steps that are believed; withdrawn badges use a
 * number up as others do, and no other looks through them as it is stored. */
static void test_serials_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (journal_begin (fixture->replica.journal, NULL));
  for (guint serial = ISSUE_LEAP_MAX - 1; serial <= 65535; serial += ISSUE_LEAP_MAX) {
    g_autofree char *body
        = g_strdup_printf ("{\"issuer\":\"gate-2\",\"serial\":%u,\"reason\":\"lost\"}", serial);
    g_assert_true (
        journal_append (fixture->replica.journal, "badge-void", "FR-1", body, NULL, NULL));
  }
  g_assert_true (journal_commit (fixture->replica.journal, NULL));
  gint64 before = facts_in (fixture->replica.journal);
  g_assert_false (
      desk_reprint (fixture->replica.journal, "FR-1", 0, ZOE, DESK_LOST, "", &result, &error));
  g_assert_error (error, ISSUE_ERROR, ISSUE_ERROR_SERIAL);
  g_assert_cmpint (facts_in (fixture->replica.journal), ==, before);
}

/* Admitted elsewhere and never printed, as far as is known here: her badge must also come
 * after one that a station has issued which is cut off. */
static void test_without_badge (Fixture *fixture, gconstpointer data)
{
  guint serial = 0;
  Replica other;
  replica_open (&other, "gate-2");
  copy_facts (fixture->replica.journal, other.journal);
  hand_ms += 3600000; /* its clock is an hour ahead */
  append (other.journal, "badge-issued", "FR-1",
          "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
  hand_ms -= 3600000;
  g_assert_cmpint (reprint (fixture, "FR-1", 0, DESK_NOT_PRINTED, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 2);
  copy_facts (other.journal, fixture->replica.journal);
  copy_facts (fixture->replica.journal, other.journal);
  Journal *both[] = { fixture->replica.journal, other.journal };
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (number_of (both[i], "SELECT serial FROM badge_state WHERE good"), ==, 2);
    g_assert_cmpint (number_of (both[i], "SELECT count (*) FROM conflict WHERE NOT closed"), ==, 1);
    g_assert_cmpint (
        number_of (both[i], "SELECT count (*) FROM alert WHERE kind = 'conflict' AND NOT closed"),
        ==, 1);
  }
  /* One more, which knows of both, ends it. */
  g_assert_cmpint (reprint (fixture, "FR-1", 0, DESK_OTHER, &serial), ==, DESK_NO_TEXT);
  g_assert_cmpint (reprint (fixture, "FR-1", 0, DESK_DAMAGED, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 3);
  g_assert_cmpint (number_of (both[0], "SELECT count (*) FROM conflict WHERE NOT closed"), ==, 0);
  replica_close (&other);
}

/* A badge that is only known from having been shown at a door is made void too. */
static void test_heard_of (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  guint serial = 0;
  SignPublic key;
  SignSecret other;
  sign_key_new (&key, &other);
  g_autofree char *public_text = sign_public_text (&key);
  g_autofree char *station = g_strdup_printf ("{\"public\":\"%s\"}", public_text);
  append (journal, "station", "gate-2", station);
  g_autofree char *worn = code_make_badge (&other, "FR-1", 4, NULL);
  g_auto (GateResult) result = { 0 };
  g_assert_true (gate_scan (fixture->gate, worn, &result, NULL));
  g_assert_cmpint (result.verdict, ==, VERDICT_ADMITTED);
  g_assert_cmpint (reprint (fixture, "FR-1", 5, DESK_LOST, &serial), ==, DESK_NO_SERIAL);
  g_assert_cmpint (reprint (fixture, "FR-1", 4, DESK_LOST, &serial), ==, DESK_PRINTING);
  g_assert_cmpuint (serial, ==, 5);
  assert_body (journal, "badge-void",
               "{\"issuer\":\"gate-2\",\"serial\":4,\"reason\":\"lost\",\"volunteer\":\"Zoé\"}");
  g_assert_true (gate_scan (fixture->gate, worn, &result, NULL));
  g_assert_cmpint (result.verdict, ==, VERDICT_BADGE_VOID);
}

static DeskVerdict make_void (Fixture *fixture, const char *reference)
{
  DeskResult result;
  g_assert_true (desk_void (fixture->replica.journal, reference, ZOE, DESK_LOST,
                            "trouvé dans la rue", &result, NULL));
  return result.verdict;
}

static void test_void (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_assert_cmpint (make_void (fixture, "FR-1"), ==, DESK_NO_BADGE);
  g_assert_cmpint (make_void (fixture, "FR-999"), ==, DESK_UNKNOWN);
  admit (fixture, "FR-1");
  g_assert_cmpint (make_void (fixture, "FR-1"), ==, DESK_VOIDED);
  assert_body (journal, "badge-void",
               "{\"issuer\":\"desk\",\"serial\":1,\"reason\":\"lost\",\"volunteer\":\"Zoé\","
               "\"text\":\"trouvé dans la rue\"}");
  gint64 before = facts_in (journal);
  g_assert_cmpint (make_void (fixture, "FR-1"), ==, DESK_ALREADY);
  g_assert_cmpint (facts_in (journal), ==, before);
  g_assert_cmpint (scan_badge (fixture, 1), ==, VERDICT_BADGE_VOID);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM alert WHERE kind = 'badge-void' AND "
                                       "reference = 'FR-1' AND serial = 1 AND happened = 1"),
                   ==, 1);
  append (journal, "badge-issued", "FR-77",
          "{\"serial\":1,\"reason\":\"first\"}"); /* its registration has not arrived */
  g_assert_cmpint (make_void (fixture, "FR-77"), ==, DESK_VOIDED);
}

/* Jobs ------------------------------------------------------------------------------- */

typedef enum { YES, NO, RETRY, CANCEL } Act;

static DeskResult act (Fixture *fixture, Act what, const char *job)
{
  g_autoptr (GError) error = NULL;
  Journal *journal = fixture->replica.journal;
  DeskResult result;
  g_assert_true (what == RETRY    ? desk_retry (journal, job, ZOE, &result, &error)
                 : what == CANCEL ? desk_cancel (journal, job, ZOE, &result, &error)
                                  : desk_answer (journal, job, what == YES, ZOE, &result, &error));
  g_assert_no_error (error);
  return result;
}

/* From each state of a job, each act: its verdict, and how many facts it writes. */
static void test_acts (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *state, *reason;
    Act act;
    DeskVerdict verdict, again; /* again: of the same act once more */
    gint64 facts;
    guint serial; /* of the badge that is good after it */
  } ROWS[] = {
    { "", "", YES, DESK_JOB_OPEN, DESK_JOB_OPEN, 0, 1 },
    { "", "", NO, DESK_JOB_OPEN, DESK_JOB_OPEN, 0, 1 },
    { "", "", RETRY, DESK_JOB_OPEN, DESK_JOB_OPEN, 0, 1 },
    { "", "", CANCEL, DESK_CANCELED, DESK_ALREADY, 1, 0 },
    { "queued", "media-empty", CANCEL, DESK_CANCELED, DESK_ALREADY, 1, 0 },
    { "sent", "", CANCEL, DESK_CANCELED, DESK_ALREADY, 1, 0 },
    { "printing", "", CANCEL, DESK_CANCELED, DESK_ALREADY, 1, 0 },
    { "printing", "", YES, DESK_JOB_OPEN, DESK_JOB_OPEN, 0, 1 },
    { "printed", "", YES, DESK_ALREADY, DESK_ALREADY, 0, 1 },
    { "printed", "", NO, DESK_JOB_PRINTED, DESK_JOB_PRINTED, 0, 1 },
    { "printed", "", RETRY, DESK_JOB_PRINTED, DESK_JOB_PRINTED, 0, 1 },
    { "printed", "", CANCEL, DESK_JOB_PRINTED, DESK_JOB_PRINTED, 0, 1 },
    { "failed", "aborted", YES, DESK_JOB_FAILED, DESK_JOB_FAILED, 0, 1 },
    { "failed", "aborted", NO, DESK_JOB_FAILED, DESK_JOB_FAILED, 0, 1 },
    { "failed", "aborted", RETRY, DESK_PRINTING, DESK_ALREADY, 2, 2 },
    { "failed", "aborted", CANCEL, DESK_JOB_FAILED, DESK_JOB_FAILED, 0, 1 },
    { "unsure", "lost", YES, DESK_CONFIRMED, DESK_ALREADY, 1, 1 },
    { "unsure", "lost", NO, DESK_PRINTING, DESK_ALREADY, 3, 2 },
    { "unsure", "lost", RETRY, DESK_JOB_UNSURE, DESK_JOB_UNSURE, 0, 1 },
    { "unsure", "lost", CANCEL, DESK_JOB_UNSURE, DESK_JOB_UNSURE, 0, 1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Fixture fresh;
    set_up (&fresh, NULL);
    admit (&fresh, "FR-1");
    if (*ROWS[i].state)
      job_state (&fresh, "FR-1", 1, ROWS[i].state, ROWS[i].reason);
    gint64 before = facts_in (fresh.replica.journal);
    DeskResult first = act (&fresh, ROWS[i].act, "accueil-desk-FR-1-1");
    g_test_message ("%s, act %d", ROWS[i].state, ROWS[i].act);
    g_assert_cmpint (first.verdict, ==, ROWS[i].verdict);
    g_assert_cmpint (facts_in (fresh.replica.journal), ==, before + ROWS[i].facts);
    DeskResult second = act (&fresh, ROWS[i].act, "accueil-desk-FR-1-1");
    g_assert_cmpint (second.verdict, ==, ROWS[i].again);
    g_assert_cmpint (facts_in (fresh.replica.journal), ==, before + ROWS[i].facts);
    g_assert_cmpuint (second.serial, ==, ROWS[i].serial);
    g_assert_cmpint (
        MAX (number_of (fresh.replica.journal, "SELECT serial FROM badge_state WHERE good"), 0), ==,
        (gint64) ROWS[i].serial);
    tear_down (&fresh, NULL);
  }
}

static void test_answers (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  admit (fixture, "FR-1");
  job_state (fixture, "FR-1", 1, "unsure", "lost");
  g_assert_cmpint (
      number_of (
          journal,
          "SELECT count (*) FROM alert WHERE kind = 'unsure' AND job = 'accueil-desk-FR-1-1'"),
      ==, 1);
  g_assert_cmpint (act (fixture, NO, "accueil-desk-FR-1-1").verdict, ==, DESK_PRINTING);
  assert_body (
      journal, "print",
      "{\"state\":\"failed\",\"printer\":\"badges\",\"job\":7,\"reference\":\"FR-1\",\"issuer\":"
      "\"desk\",\"serial\":1,\"reason\":\"not-printed\",\"volunteer\":\"Zoé\"}");
  assert_body (
      journal, "badge-void",
      "{\"issuer\":\"desk\",\"serial\":1,\"reason\":\"not-printed\",\"volunteer\":\"Zoé\"}");
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM alert"), ==, 0);
  /* Should it come out after all, it opens nothing. */
  g_assert_cmpint (scan_badge (fixture, 1), ==, VERDICT_BADGE_VOID);
  g_assert_cmpint (act (fixture, YES, "accueil-desk-FR-1-1").verdict, ==, DESK_JOB_FAILED);

  job_state (fixture, "FR-1", 2, "unsure", "no-answer");
  g_assert_cmpint (act (fixture, YES, "accueil-desk-FR-1-2").verdict, ==, DESK_CONFIRMED);
  assert_body (journal, "print",
               "{\"state\":\"printed\",\"printer\":\"badges\",\"job\":7,\"reference\":\"FR-1\","
               "\"issuer\":\"desk\",\"serial\":2,\"reason\":\"confirmed\",\"volunteer\":\"Zoé\"}");
  g_assert_cmpint (act (fixture, NO, "accueil-desk-FR-1-2").verdict, ==, DESK_JOB_PRINTED);

  /* Withdrawn meanwhile: the badge is void and no other is printed. */
  g_assert_cmpint (reprint (fixture, "FR-1", 0, DESK_LOST, NULL), ==, DESK_PRINTING);
  job_state (fixture, "FR-1", 3, "failed", "aborted");
  append (journal, "registration", "FR-1", "{\"family\":\"Le Gof\",\"revoked\":true}");
  g_assert_cmpint (act (fixture, RETRY, "accueil-desk-FR-1-3").verdict, ==, DESK_VOIDED);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge_state WHERE good"), ==, 0);
}

static void test_wrong_jobs (Fixture *fixture, gconstpointer data)
{
  admit (fixture, "FR-1");
  append (fixture->replica.journal, "print", "accueil-gate-2-FR-1-1",
          "{\"state\":\"unsure\",\"reference\":\"FR-1\",\"issuer\":\"gate-2\",\"serial\":1}");
  static const char *const NONE[] = { "",
                                      "accueil-desk-FR-1-2",
                                      "accueil-desk-FR-1-01",
                                      "accueil-desk-FR-1-",
                                      "accueil-desk-",
                                      "accueil-desk--1",
                                      "accueil-desk",
                                      "x",
                                      "accueil-desk-FR-1-4294967297" };
  gint64 before = facts_in (fixture->replica.journal);
  for (guint i = 0; i < G_N_ELEMENTS (NONE); i++)
    for (Act what = YES; what <= CANCEL; what++)
      g_assert_cmpint (act (fixture, what, NONE[i]).verdict, ==, DESK_NO_JOB);
  g_assert_cmpint (act (fixture, YES, "accueil-gate-2-FR-1-1").verdict, ==, DESK_ELSEWHERE);
  g_assert_cmpint (facts_in (fixture->replica.journal), ==, before);
}

static void test_list (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  admit (fixture, "FR-1");
  job_state (fixture, "FR-1", 1, "printed", "");
  g_autoptr (GPtrArray) none = desk_jobs (journal, FALSE, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (reprint (fixture, "FR-1", 0, DESK_LOST, NULL), ==, DESK_PRINTING);
  job_state (fixture, "FR-1", 2, "printing", "media-empty");
  g_autoptr (GPtrArray) open = desk_jobs (journal, FALSE, NULL),
                        all = desk_jobs (journal, TRUE, NULL),
                        hers = desk_badges (journal, "FR-1", NULL);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (hers->len, ==, 2);
  const DeskBadge *badge = open->pdata[0], *last = hers->pdata[0], *first = hers->pdata[1];
  g_assert_cmpstr (badge->job, ==, "accueil-desk-FR-1-2");
  g_assert_cmpstr (badge->name, ==, "Aurélien Le Gof");
  g_assert_cmpstr (badge->reason, ==, "lost");
  g_assert_cmpstr (badge->volunteer, ==, ZOE);
  g_assert_cmpstr (desk_state_wording (badge).first, ==, "s’imprime");
  g_assert_cmpstr (desk_state_remedy (badge).second, ==,
                   wording_printer_reason ("media-empty").second);
  g_assert_true (last->good && last->serial == 2 && !first->good);
  g_assert_cmpstr (first->void_reason, ==, "lost");
  append (journal, "registration", "FR-1", "{\"family\":\"Le Gof\",\"protocol\":true}");
  g_autoptr (GPtrArray) quiet = desk_jobs (journal, FALSE, NULL);
  g_assert_cmpstr (((const DeskBadge *) quiet->pdata[0])->name, ==, "");
  g_assert_cmpint (act (fixture, CANCEL, "accueil-desk-FR-1-2").verdict, ==, DESK_CANCELED);
  job_state (fixture, "FR-1", 2, "failed", "void");
  g_autoptr (GPtrArray) over = desk_jobs (journal, FALSE, NULL);
  g_assert_cmpuint (over->len, ==, 0);
}

/* Every verdict and every reason is said, in both languages. */
static void test_wording (void)
{
  for (guint i = 0; i < DESK_VERDICT_COUNT; i++) {
    Pair said = desk_verdict_wording ((DeskVerdict) i);
    g_assert_true (said.first && *said.first && said.second && *said.second
                   && *desk_verdict_name ((DeskVerdict) i));
    g_assert_null (strchr (said.first, '\''));
    for (const char *mark = strpbrk (said.first, "!?;:"); mark != NULL;
         mark = strpbrk (mark + 1, "!?;:"))
      g_assert_true (*mark == ':' ? strncmp (mark - 2, "\u00a0", 2) == 0
                                  : strncmp (mark - 3, "\u202f", 3) == 0);
    g_assert_null (strpbrk (said.second, ",;:?!"));
  }
  for (guint i = 0; i < DESK_REASON_COUNT; i++) {
    DeskReason reason;
    g_assert_true (
        desk_verdict_reason_from_name (desk_verdict_reason_name ((DeskReason) i), &reason)
        && reason == (DeskReason) i);
    g_assert_true (*desk_verdict_reason_wording (desk_verdict_reason_name (reason)).second);
  }
  DeskReason none;
  g_assert_false (desk_verdict_reason_from_name ("first", &none));
  g_assert_false (desk_verdict_reason_from_name (NULL, &none));
}

/* People ----------------------------------------------------------------------------- */

static DeskResult correct (Fixture *fixture, const char *reference, DeskCorrection correction,
                           gboolean with_badge)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (desk_correct (fixture->replica.journal, reference, &correction, with_badge, ZOE,
                               &result, &error));
  g_assert_no_error (error);
  return result;
}

static void test_correct (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_autofree char *long_text = g_strnfill (DELEGATE_TEXT_MAX + 1, 'x');
  g_assert_cmpint (
      correct (fixture, "FR-1", (DeskCorrection){ .family = "Le  Goff " }, TRUE).verdict, ==,
      DESK_CORRECTED); /* no badge yet, none printed */
  assert_body (journal, "registration",
               "{\"title\":\"M.\",\"family\":\"Le "
               "Goff\",\"given\":\"Aurélien\",\"category\":\"elu\",\"country\":\"FR\",\"events\":["
               "\"rencontres\"],\"days\":[\"26\",\"27\"],\"meals\":true,"
               "\"corrected\":[\"family\"],\"volunteer\":\"Zoé\"}");
  admit (fixture, "FR-1");
  DeskResult result = correct (fixture, "FR-1", (DeskCorrection){ .name_zh = "勒戈夫" }, TRUE);
  g_assert_cmpint (result.verdict, ==, DESK_PRINTING);
  g_assert_cmpuint (result.serial, ==, 2);
  assert_body (
      journal, "badge-void",
      "{\"issuer\":\"desk\",\"serial\":1,\"reason\":\"misspelled\",\"volunteer\":\"Zoé\"}");
  gint64 before = facts_in (journal);
  const DeskCorrection same = { .name_zh = "勒戈夫", .family = "Le Goff" };
  g_assert_cmpint (correct (fixture, "FR-1", same, TRUE).verdict, ==, DESK_ALREADY);
  g_assert_cmpint (correct (fixture, "FR-999", (DeskCorrection){ .family = "X" }, TRUE).verdict, ==,
                   DESK_UNKNOWN);
  g_assert_cmpint (correct (fixture, "FR-2", (DeskCorrection){ .family = "X" }, TRUE).verdict, ==,
                   DESK_REVOKED);
  g_assert_cmpint (
      correct (fixture, "FR-1", (DeskCorrection){ .family = "", .given = "", .name_zh = "" }, TRUE)
          .verdict,
      ==, DESK_NO_NAME);
  result = correct (fixture, "FR-1", (DeskCorrection){ .given = long_text }, TRUE);
  g_assert_cmpint (result.verdict, ==, DESK_BAD_TEXT);
  g_assert_cmpstr (result.field, ==, "given");
  g_assert_cmpint (correct (fixture, "FR-1",
                            (DeskCorrection){ .given = "a\x1b"
                                                       "b" },
                            TRUE)
                       .verdict,
                   ==, DESK_BAD_TEXT);
  g_assert_cmpint (correct (fixture, "FR-1", (DeskCorrection){ .given = "\xff" }, TRUE).verdict, ==,
                   DESK_BAD_TEXT);
  g_assert_cmpint (correct (fixture, "FR-1", (DeskCorrection){ .family = "欧阳" }, TRUE).verdict,
                   ==, DESK_BAD_SCRIPT);
  g_assert_cmpint (correct (fixture, "FR-1", (DeskCorrection){ .name_zh = "Ouyang" }, TRUE).verdict,
                   ==, DESK_BAD_SCRIPT);
  g_assert_cmpint (facts_in (journal), ==, before);
}

static DeskResult walk_in (Journal *journal, DeskWalkIn form)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (desk_walk_in (journal, &form, ZOE, &result, &error));
  g_assert_no_error (error);
  return result;
}

static void test_walk_in (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  static const char *const RENCONTRES[] = { "Rencontres", NULL },
                           *const BOTH[] = { "foire", "rencontres", NULL },
                           *const DAY[] = { "27", NULL }, *const NONE[] = { "gala", NULL };
  const DeskWalkIn whole
      = { .texts = { .family = "Œuvrard", .given = "Zoé", .organisation_fr = "Ville de Brest" },
          .category = "Élue",
          .country = "France",
          .events = RENCONTRES,
          .meals = TRUE };
  DeskResult result = walk_in (journal, whole);
  g_assert_cmpint (result.verdict, ==, DESK_REGISTERED);
  g_assert_cmpstr (result.reference, ==, "W-desk-1");
  assert_body (journal, "registration",
               "{\"family\":\"Œuvrard\",\"given\":\"Zoé\",\"organisation_fr\":\"Ville de "
               "Brest\",\"category\":\"elu\",\"delegation\":\"Ville de "
               "Brest\",\"country\":\"FR\",\"events\":[\"rencontres\"],"
               "\"days\":[\"26\",\"27\",\"28\"],\"meals\":true,\"volunteer\":\"Zoé\"}");
  admit (fixture, "W-desk-1");
  /* Twice the same: she is there already; a namesake must be meant. */
  result = walk_in (journal, whole);
  g_assert_cmpint (result.verdict, ==, DESK_KNOWN);
  g_assert_cmpstr (result.reference, ==, "W-desk-1");
  DeskWalkIn twin = whole;
  twin.namesake = TRUE;
  twin.events = BOTH;
  twin.days = DAY;
  g_assert_cmpstr (walk_in (journal, twin).reference, ==, "W-desk-2");
  g_autofree char *body = last_body (journal, "registration");
  g_assert_nonnull (strstr (body, "\"events\":[\"rencontres\",\"foire\"],\"days\":[\"27\"]"));

  const DeskWalkIn chinese = {
    .texts = { .name_zh = "欧阳思远" },
    .category = "专家",
    .country = "CN",
    .events = RENCONTRES,
  };
  g_assert_cmpstr (walk_in (journal, chinese).reference, ==, "W-desk-3");
  g_autofree char *read = last_body (journal, "registration");
  g_assert_nonnull (
      strstr (read, "\"family\":\"Ouyang\",\"given\":\"Siyuan\",\"name_zh\":\"欧阳思远\""));

  /* No Latin name is invented for who has another than pinyin. */
  DeskWalkIn other = chinese;
  other.texts.name_zh = "扎西次仁";
  g_assert_cmpstr (walk_in (journal, other).reference, ==, "W-desk-4");
  g_autofree char *written = last_body (journal, "registration");
  g_assert_nonnull (strstr (written, "\"name_zh\":\"扎西次仁\""));
  g_assert_null (strstr (written, "\"family\":\"Zha"));

  gint64 before = facts_in (journal);
  DeskWalkIn bad = chinese;
  bad.texts.name_zh = "";
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_NO_NAME);
  bad = twin;
  bad.category = "roi";
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_CATEGORY);
  bad.category = NULL;
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_CATEGORY);
  bad = twin;
  bad.events = NONE;
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_EVENT);
  bad.events = NULL; /* there are two: which? */
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_EVENT);
  bad = twin;
  bad.days = NONE;
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_DAY);
  bad = twin;
  bad.country = "Atlantide";
  g_assert_cmpint (walk_in (journal, bad).verdict, ==, DESK_BAD_COUNTRY);
  g_assert_cmpint (facts_in (journal), ==, before);

  /* A reference is never given twice, not even after its person was erased. */
  append (journal, "erasure", "W-desk-3", "{\"reason\":\"asked\"}");
  g_assert_cmpstr (walk_in (journal, chinese).reference, ==, "W-desk-5");
  append (journal, "registration", "W-desk-1-9", "{\"family\":\"of the station desk-1\"}");
  g_assert_cmpstr (walk_in (journal, twin).reference, ==, "W-desk-6");
}

static void test_no_programme (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  g_assert_cmpint (
      walk_in (replica.journal, (DeskWalkIn){ .texts.family = "X", .category = "elu" }).verdict, ==,
      DESK_NO_PROGRAMME);
  replica_close (&replica);
}

/* Desks that cannot see each other --------------------------------------------------- */

#define STATIONS 4
#define PEOPLE 3
#define STEPS 150
#define SEEDS 12

/* A badge as the test saw it made, and what was known there: bit i for the i-th badge. */
typedef struct {
  guint person, serial, station;
  guint8 known[(STATIONS * STEPS + 7) / 8];
  gboolean voided;
} Made;

typedef struct {
  GRand *rand;
  char *folder;
  Journal *journals[STATIONS];
  gint64 now_ms[STATIONS];
  GArray *made; /* Made */
} World;

static gint64 station_now (gpointer data)
{
  return *(gint64 *) data += 7;
}

static guint below (World *world, guint limit)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) limit);
}

/* Which of the badges made so far station @at has heard of. */
static void note_known (World *world, guint at, Made *made)
{
  for (guint i = 0; i < world->made->len; i++) {
    const Made *other = &g_array_index (world->made, Made, i);
    g_autofree char *sql = g_strdup_printf (
        "SELECT count (*) FROM badge WHERE reference = 'P-%u' AND serial = %u AND issuer = 's%u'",
        other->person, other->serial, other->station);
    if (other->person == made->person && number_of (world->journals[at], sql) == 1)
      made->known[i / 8] |= (guint8) (1 << i % 8);
  }
}

static gboolean knows (const Made *made, guint other)
{
  return made->known[other / 8] >> other % 8 & 1;
}

static void do_reprint (World *world)
{
  Made made = { .person = below (world, PEOPLE), .station = below (world, STATIONS) };
  g_autofree char *reference = g_strdup_printf ("P-%u", made.person);
  DeskResult result;
  note_known (world, made.station, &made);
  g_assert_true (desk_reprint (world->journals[made.station], reference, 0, ZOE, DESK_LOST, "",
                               &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_PRINTING);
  made.serial = result.serial;
  for (guint i = 0; i < world->made->len; i++)
    g_array_index (world->made, Made, i).voided |= knows (&made, i);
  g_array_append_val (world->made, made);
}

static void do_void (World *world)
{
  Made seen = { .person = below (world, PEOPLE), .station = below (world, STATIONS) };
  g_autofree char *reference = g_strdup_printf ("P-%u", seen.person);
  DeskResult result;
  note_known (world, seen.station, &seen);
  g_assert_true (
      desk_void (world->journals[seen.station], reference, ZOE, DESK_LOST, "", &result, NULL));
  for (guint i = 0; i < world->made->len; i++)
    g_array_index (world->made, Made, i).voided |= knows (&seen, i);
}

/* Some of what @from holds of station @of. */
static void carry (World *world, guint from, guint to, guint of, guint limit)
{
  g_autofree char *name = g_strdup_printf ("s%u", of);
  gint64 seq = 0;
  g_assert_true (journal_head (world->journals[to], name, &seq, NULL, NULL));
  g_autoptr (GPtrArray) facts = journal_facts_of (world->journals[from], name, seq, limit, NULL);
  g_assert_true (journal_begin (world->journals[to], NULL));
  for (guint i = 0; i < facts->len; i++)
    g_assert_true (journal_receive (world->journals[to], facts->pdata[i], 1, NULL, NULL));
  g_assert_true (journal_commit (world->journals[to], NULL));
}

static void sync_all (World *world)
{
  for (guint round = 0; round < STATIONS; round++)
    for (guint from = 0; from < STATIONS; from++)
      for (guint to = 0; to < STATIONS; to++)
        for (guint of = 0; from != to && of < STATIONS; of++)
          carry (world, from, to, of, G_MAXINT);
}

static void begin (World *world, guint32 seed)
{
  world->rand = g_rand_new_with_seed (seed);
  world->folder = g_dir_make_tmp ("accueil-desk-XXXXXX", NULL);
  world->made = g_array_new (FALSE, TRUE, sizeof (Made));
  for (guint i = 0; i < STATIONS; i++) {
    g_autofree char *name = g_strdup_printf ("s%u", i),
                    *path = g_build_filename (world->folder, name, NULL);
    world->now_ms[i] = 1477440000000 + (gint64) below (world, 7200000)
                       - 3600000; /* clocks up to an hour wrong */
    world->journals[i] = journal_create (
        path, name, (Clock){ .now_ms = station_now, .data = &world->now_ms[i] }, NULL);
    for (guint person = 0; i == 0 && person < PEOPLE; person++) {
      g_autofree char *reference = g_strdup_printf ("P-%u", person);
      append (world->journals[0], "registration", reference, "{\"family\":\"Huë\"}");
    }
    carry (world, 0, i, 0, G_MAXINT);
  }
}

static void end (World *world)
{
  for (guint i = 0; i < STATIONS; i++)
    journal_close (world->journals[i]);
  g_autoptr (GDir) dir = g_dir_open (world->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));) {
    g_autofree char *path = g_build_filename (world->folder, name, NULL);
    g_remove (path);
  }
  g_rmdir (world->folder);
  g_free (world->folder);
  g_array_unref (world->made);
  g_rand_free (world->rand);
}

/* What must hold on the replica @at, which has all facts, about one person. Returns how
 * many badges nobody made void. */
static guint check_person (World *world, guint at, guint person)
{
  guint open = 0, good_count = 0;
  gboolean later = FALSE;
  const Made *last = NULL;
  for (guint i = 0; i < world->made->len; i++) {
    const Made *made = &g_array_index (world->made, Made, i);
    if (made->person != person)
      continue;
    g_autofree char *sql = g_strdup_printf (
        "SELECT good FROM badge_state WHERE reference = 'P-%u' AND serial = %u AND issuer = 's%u'",
        person, made->serial, made->station);
    gboolean good = number_of (world->journals[at], sql) == 1;
    open += !made->voided;
    good_count += good;
    /* Nothing that anybody who knew of it has replaced or made void opens a door. */
    g_assert_false (good && made->voided);
    if (last == NULL || made->serial > last->serial)
      last = made;
    later |= last->voided;
  }
  g_assert_cmpuint (good_count, <=, 1);
  g_assert_cmpuint (open > 0 && good_count == 0 ? later : TRUE, ==,
                    TRUE); /* there is a good one, unless the last was made void */
  g_autofree char *conflict = g_strdup_printf (
      "SELECT count (*) FROM conflict WHERE reference = 'P-%u' AND NOT closed", person);
  g_autofree char *alert = g_strdup_printf (
      "SELECT count (*) FROM alert WHERE kind = 'conflict' AND reference = 'P-%u' AND NOT closed",
      person);
  g_assert_cmpint (number_of (world->journals[at], conflict), ==, open > 1);
  g_assert_cmpint (number_of (world->journals[at], alert), ==, open > 1);
  return open;
}

static void test_offline (gconstpointer data)
{
  guint32 seed = GPOINTER_TO_UINT (data);
  guint conflicts = 0;
  World world = { 0 };
  g_test_message ("SEED=%u", seed);
  begin (&world, seed);
  for (guint i = 0; i < STEPS; i++) {
    guint drawn = below (&world, 100), from = below (&world, STATIONS),
          to = below (&world, STATIONS);
    if (drawn < 20)
      do_reprint (&world);
    else if (drawn < 24)
      do_void (&world);
    else if (from != to)
      carry (&world, from, to, below (&world, STATIONS), 1 + below (&world, 6));
  }
  sync_all (&world);
  for (guint person = 0; person < PEOPLE; person++) {
    guint open = check_person (&world, 0, person);
    conflicts += open > 1;
    for (guint at = 1; at < STATIONS; at++)
      g_assert_cmpuint (check_person (&world, at, person), ==, open);
  }
  g_test_message ("%u badges, %u of %d people in conflict", world.made->len, conflicts, PEOPLE);
  /* One more for each, by somebody who knows all, ends every conflict everywhere. */
  for (guint person = 0; person < PEOPLE; person++) {
    g_autofree char *reference = g_strdup_printf ("P-%u", person);
    DeskResult result;
    g_assert_true (
        desk_reprint (world.journals[person], reference, 0, ZOE, DESK_DAMAGED, "", &result, NULL));
  }
  sync_all (&world);
  for (guint at = 0; at < STATIONS; at++) {
    g_assert_cmpint (number_of (world.journals[at], "SELECT count (*) FROM badge_state WHERE good"),
                     ==, PEOPLE);
    g_assert_cmpint (
        number_of (world.journals[at],
                   "SELECT count (*) FROM badge_state WHERE good AND reason = 'damaged'"),
        ==, PEOPLE);
    g_assert_cmpint (number_of (world.journals[at], "SELECT count (*) FROM conflict"), ==, 0);
  }
  end (&world);
}

/* Two desks print one person's badge again at the same time: one of the two is good
 * everywhere, the same, and a person is told. */
static void test_two_desks (void)
{
  World world = { 0 };
  DeskResult first, second;
  begin (&world, 1);
  g_assert_true (desk_reprint (world.journals[1], "P-0", 0, ZOE, DESK_LOST, "", &first, NULL));
  g_assert_true (desk_reprint (world.journals[2], "P-0", 0, ZOE, DESK_LOST, "", &second, NULL));
  g_assert_cmpuint (first.serial, ==, second.serial);
  sync_all (&world);
  for (guint at = 0; at < STATIONS; at++) {
    g_assert_cmpint (number_of (world.journals[at], "SELECT count (*) FROM badge_state WHERE good"),
                     ==, 1);
    g_assert_cmpint (
        number_of (world.journals[at], "SELECT substr (issuer, 2) FROM badge_state WHERE good"), ==,
        number_of (world.journals[0], "SELECT substr (issuer, 2) FROM badge_state WHERE good"));
    g_assert_cmpint (
        number_of (world.journals[at],
                   "SELECT count (*) FROM conflict WHERE id = 'P-0@badge/2' AND stations = 2"),
        ==, 1);
  }
  end (&world);
}

int main (int argc, char **argv)
{
  const char *chosen = g_getenv ("SEED");
  g_test_init (&argc, &argv, NULL);
  words_here ();
  guint32 base = chosen != NULL ? (guint32) g_ascii_strtoull (chosen, NULL, 10) : g_random_int ();
#define TEST(name, function) g_test_add ("/desk/" name, Fixture, NULL, set_up, function, tear_down)
  TEST ("reprint", test_reprint);
  TEST ("refusals", test_refusals);
  TEST ("serial_leaps", test_serial_leaps);
  TEST ("serials_end", test_serials_end);
  TEST ("without_badge", test_without_badge);
  TEST ("heard_of", test_heard_of);
  TEST ("void", test_void);
  TEST ("answers", test_answers);
  TEST ("wrong_jobs", test_wrong_jobs);
  TEST ("list", test_list);
  TEST ("correct", test_correct);
  TEST ("walk_in", test_walk_in);
  TEST ("acts", test_acts);
  g_test_add_func ("/desk/wording", test_wording);
  g_test_add_func ("/desk/no_programme", test_no_programme);
  g_test_add_func ("/desk/two_desks", test_two_desks);
  for (guint i = 0; i < (chosen != NULL ? 1 : SEEDS); i++) {
    g_autofree char *path = g_strdup_printf ("/desk/offline/seed-%u", base + i);
    g_test_add_data_func (path, GUINT_TO_POINTER (base + i), test_offline);
  }
  return g_test_run ();
}
