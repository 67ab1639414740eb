/* Badges on their way to paper: what a volunteer says of them, and the list of them. */
#include "unit/desk/desk_stage.h"

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

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  TEST ("/desk_job/answers", test_answers);
  TEST ("/desk_job/wrong_jobs", test_wrong_jobs);
  TEST ("/desk_job/list", test_list);
  TEST ("/desk_job/acts", test_acts);
  return g_test_run ();
}
