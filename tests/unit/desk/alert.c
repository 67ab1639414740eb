/* What a person is told to look at, how it is closed, and what opens it again. */
#include "desk/alert.h"
#include "words_here.h"

#include "credential/issue.h"
#include "desk/call.h"
#include "station/gate.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"

#define ZOE "Zoé"

static void passage (Journal *journal, const char *reference, const char *verdict, guint serial,
                     const char *checkpoint)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"%s\",\"day\":\"2016-10-26\",\"code\":\"badge\","
      "\"serial\":%u,\"issuer\":\"desk\",\"direction\":\"in\"}",
      checkpoint, verdict, serial);
  hand_ms += 1000;
  append (journal, "passage", reference, body);
}

static void begin (Replica *replica)
{
  replica_open (replica, "desk");
  demo_load (replica->journal);
  append (replica->journal, "registration", "FR-1",
          "{\"family\":\"Le Goff\",\"given\":\"Aurélien\"}");
  append (replica->journal, "registration", "CN-9",
          "{\"family\":\"Wang\",\"name_zh\":\"王伟\",\"country\":\"CN\",\"protocol\":true}");
}

/* "kind reference serial happened closed" of each, newest first. */
static char *listed (Journal *journal, gboolean all)
{
  g_autoptr (GPtrArray) alerts = alert_list (journal, all, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < alerts->len; i++) {
    const Alert *alert = alerts->pdata[i];
    g_string_append_printf (text, "%s%s %s %u %u%s", i > 0 ? ", " : "",
                            alert_kind_name (alert->kind), alert->reference, alert->serial,
                            alert->happened, alert->closed ? " closed" : "");
  }
  return g_strdup (text->str);
}

static void assert_listed (Journal *journal, gboolean all, const char *expected)
{
  g_autofree char *found = listed (journal, all);
  g_assert_cmpstr (found, ==, expected);
}

static DeskVerdict close_one (Journal *journal, const char *id, guint seen)
{
  g_autoptr (GError) error = NULL;
  DeskResult result;
  g_assert_true (alert_close (journal, id, seen, ZOE, "vu avec la personne", &result, &error));
  g_assert_no_error (error);
  return result.verdict;
}

static void test_void (void)
{
  Replica replica;
  begin (&replica);
  Journal *journal = replica.journal;
  assert_listed (journal, TRUE, "");
  passage (journal, "FR-1", "BADGE_VOID", 1, "entree-est");
  passage (journal, "FR-1", "ALREADY_IN", 2, "entree-est");
  passage (journal, "FR-1", "BADGE_VOID", 1, "dejeuner-26");
  assert_listed (journal, FALSE, "badge-void FR-1 1 2");
  g_autoptr (GPtrArray) alerts = alert_list (journal, FALSE, NULL);
  const Alert *alert = alerts->pdata[0];
  g_assert_cmpstr (alert->checkpoint, ==, "dejeuner-26");
  g_assert_cmpstr (alert->station, ==, "desk");
  g_assert_cmpstr (alert->issuer, ==, "desk");
  g_assert_cmpstr (alert->name, ==, "Aurélien Le Goff");
  g_assert_true (*alert->checkpoint_fr && *alert->checkpoint_zh);
  g_assert_cmpint (alert->at_ms, ==, hand_ms);

  g_assert_cmpint (close_one (journal, alert->id, 1), ==,
                   DESK_CLOSED); /* she saw one: there are two */
  assert_listed (journal, FALSE, "badge-void FR-1 1 2");
  g_assert_cmpint (close_one (journal, alert->id, 0), ==, DESK_CLOSED);
  assert_listed (journal, FALSE, "");
  assert_listed (journal, TRUE, "badge-void FR-1 1 2 closed");
  gint64 before = number_of (journal, "SELECT count (*) FROM fact");
  g_assert_cmpint (close_one (journal, alert->id, 0), ==, DESK_ALREADY);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM fact"), ==, before);
  passage (journal, "FR-1", "BADGE_VOID", 1, "entree-est");
  assert_listed (journal, FALSE, "badge-void FR-1 1 3");
  replica_close (&replica);
}

static void test_kinds (void)
{
  Replica replica;
  begin (&replica);
  Journal *journal = replica.journal;
  passage (journal, "", "FORGED", 0, "entree-est");
  passage (journal, "", "FORGED", 0, "entree-est");
  passage (journal, "CN-9", "ADMITTED", 0, "dejeuner-26"); /* no entrance */
  assert_listed (journal, FALSE, "forged  0 2");
  passage (journal, "CN-9", "ADMITTED", 0, "entree-est");
  passage (journal, "FR-1", "ADMITTED", 0, "entree-est");
  passage (journal, "CN-9", "ADMITTED", 0, "entree-est");
  assert_listed (journal, FALSE, "protocol CN-9 0 1, forged  0 2");
  g_autoptr (GPtrArray) alerts = alert_list (journal, FALSE, NULL);
  g_assert_cmpstr (((const Alert *) alerts->pdata[0])->name, ==, ""); /* quietly */
  hand_ms += 1000;
  append (journal, "print", "accueil-desk-FR-1-1",
          "{\"state\":\"printed\",\"reference\":\"FR-1\",\"issuer\":\"desk\",\"serial\":1,"
          "\"reason\":\"repeated\"}");
  assert_listed (journal, FALSE, "repeated FR-1 1 1, protocol CN-9 0 1, forged  0 2");
  g_assert_cmpint (close_one (journal, "repeated:accueil-desk-FR-1-1", 0), ==, DESK_CLOSED);
  g_assert_cmpint (close_one (journal, "protocol:CN-9:2016-10-26", 0), ==, DESK_CLOSED);
  g_assert_cmpint (close_one (journal, "forged:entree-est:2016-10-26", 0), ==, DESK_CLOSED);
  assert_listed (journal, FALSE, "");
  replica_close (&replica);
}

/* Who must receive a guest is said to the team, unless it is one of protocol too; closing her
 * alert says that she was met, in the list of her motorcade. */
static void test_met (void)
{
  static const struct {
    const char *host, *said;
    gint64 met;
  } ROWS[] = { { "FR-1", "À recevoir par Aurélien Le Goff", 1 },
               { "CN-8", "", 1 },
               { "Mme Chen, protocole", "À recevoir par Mme Chen, protocole", 1 },
               { NULL, "", 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Replica replica;
    begin (&replica);
    Journal *journal = replica.journal;
    append (journal, "registration", "CN-8", "{\"family\":\"Zhao\",\"protocol\":true}");
    g_autofree char *body
        = g_strdup_printf ("{\"id\":\"c1\",\"kind\":\"motorcade\",\"date\":\"2016-10-26\","
                           "\"from\":\"09:00\",\"host\":\"%s\"}",
                           ROWS[i].host);
    if (ROWS[i].host != NULL)
      append (journal, "appointment", "CN-9", body);
    passage (journal, "CN-9", "ADMITTED", 0, "entree-est");
    g_autoptr (GPtrArray) alerts = alert_list (journal, FALSE, NULL);
    const Alert *alert = alerts->pdata[0];
    g_auto (OwnedPair) host = alert_host (alert);
    g_assert_cmpstr (host.first, ==, ROWS[i].said);
    g_assert_cmpint (close_one (journal, alert->id, 0), ==, DESK_CLOSED);
    g_assert_cmpint (number_of (journal, "SELECT count (*) FROM appointment_met WHERE met"), ==,
                     ROWS[i].met);
    replica_close (&replica);
  }
}

/* Alerts about jobs end with the question, not with a word. */
static void test_jobs (void)
{
  Replica replica;
  begin (&replica);
  Journal *journal = replica.journal;
  append (journal, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\",\"print\":true}");
  append (journal, "print", "accueil-desk-FR-1-1",
          "{\"state\":\"unsure\",\"reference\":\"FR-1\",\"issuer\":\"desk\",\"serial\":1,"
          "\"reason\":\"lost\"}");
  assert_listed (journal, FALSE, "unsure FR-1 1 1");
  g_assert_cmpint (close_one (journal, "unsure:accueil-desk-FR-1-1", 0), ==, DESK_JOB_UNSURE);
  append (journal, "print", "accueil-desk-FR-1-1",
          "{\"state\":\"failed\",\"reference\":\"FR-1\",\"issuer\":\"desk\",\"serial\":1,"
          "\"reason\":\"aborted\"}");
  assert_listed (journal, FALSE, "failed FR-1 1 1");
  g_assert_cmpint (close_one (journal, "failed:accueil-desk-FR-1-1", 0), ==, DESK_JOB_FAILED);
  append (journal, "badge-void", "FR-1",
          "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"not-printed\"}");
  assert_listed (journal, TRUE, "");
  replica_close (&replica);
}

/* A conflict is closed as one, everywhere. */
static void test_conflict (void)
{
  Replica replica, other;
  begin (&replica);
  replica_open (&other, "gate-2");
  copy_facts (replica.journal, other.journal);
  append (replica.journal, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\"}");
  append (other.journal, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\"}");
  copy_facts (other.journal, replica.journal);
  assert_listed (replica.journal, FALSE, "conflict FR-1 0 2");
  g_autoptr (GPtrArray) alerts = alert_list (replica.journal, FALSE, NULL);
  g_assert_cmpstr (alert_remedy (alerts->pdata[0]).first, ==,
                   "Reprenez les deux et imprimez-en un nouveau.");
  g_assert_cmpint (close_one (replica.journal, "conflict:FR-1@badge/1", 0), ==, DESK_CLOSED);
  copy_facts (replica.journal, other.journal);
  assert_listed (other.journal, FALSE, "");
  g_assert_cmpint (number_of (other.journal,
                              "SELECT count (*) FROM conflict_closed WHERE volunteer = 'Zoé' AND "
                              "reason = 'vu avec la personne'"),
                   ==, 1);
  replica_close (&other);
  replica_close (&replica);
}

/* One alert a station, where the last call came from; a second touch within a minute is
 * the same call. */
static void test_call (void)
{
  Replica replica, other;
  begin (&replica);
  replica_open (&other, "gate-2");
  copy_facts (replica.journal, other.journal);
  g_assert_true (call_team (replica.journal, "entree-est", NULL));
  g_assert_true (call_team (replica.journal, "entree-est", NULL));
  assert_listed (replica.journal, FALSE, "call  0 1");
  copy_facts (replica.journal, other.journal);
  assert_listed (other.journal, FALSE, "call  0 1");
  g_autoptr (GPtrArray) alerts = alert_list (other.journal, FALSE, NULL);
  const Alert *alert = alerts->pdata[0];
  g_assert_cmpstr (alert->id, ==, "call:desk");
  g_assert_cmpstr (alert->station, ==, "desk");
  g_assert_cmpstr (alert->checkpoint, ==, "entree-est");
  g_assert_cmpstr (alert_wording (alert).first, ==, "Quelqu’un demande de l’aide");
  g_assert_cmpint (close_one (other.journal, "call:desk", alert->happened), ==, DESK_CLOSED);
  copy_facts (other.journal, replica.journal);
  assert_listed (replica.journal, FALSE, "");
  hand_ms += CALL_AGAIN_MS;
  g_assert_true (call_team (replica.journal, "dejeuner-26", NULL));
  assert_listed (replica.journal, FALSE, "call  0 2");
  g_assert_cmpint (close_one (replica.journal, "call:desk", 1), ==,
                   DESK_CLOSED); /* she saw the first only */
  assert_listed (replica.journal, FALSE, "call  0 2");
  replica_close (&other);
  replica_close (&replica);
}

static void test_refusals (void)
{
  Replica replica;
  DeskResult result;
  begin (&replica);
  Journal *journal = replica.journal;
  passage (journal, "FR-1", "BADGE_VOID", 1, "entree-est");
  gint64 before = number_of (journal, "SELECT count (*) FROM fact");
  g_assert_cmpint (close_one (journal, "badge-void:FR-1:desk:2", 0), ==, DESK_NO_ALERT);
  g_assert_cmpint (close_one (journal, "", 0), ==, DESK_NO_ALERT);
  g_assert_true (alert_close (journal, "badge-void:FR-1:desk:1", 0, "", "seen", &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_NO_VOLUNTEER);
  g_assert_true (alert_close (journal, "badge-void:FR-1:desk:1", 0, ZOE, "\n", &result, NULL));
  g_assert_cmpint (result.verdict, ==, DESK_NO_TEXT);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM fact"), ==, before);
  replica_close (&replica);
}

/* Nobody hears what a station does that the hub has revoked: its desk stops, too. */
static void test_shut_out (void)
{
  Replica replica;
  begin (&replica);
  Journal *journal = replica.journal;
  passage (journal, "FR-1", "BADGE_VOID", 1, "entree-est");
  g_assert_true (journal_set_local (journal, JOURNAL_LOCAL_HUB_PULL_REFUSAL, "revoked", NULL));
  gint64 before = number_of (journal, "SELECT count (*) FROM fact");
  g_assert_cmpint (close_one (journal, "badge-void:FR-1:desk:1", 0), ==, DESK_SHUT_OUT);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM fact"), ==, before);
  g_assert_true (journal_set_local (journal, JOURNAL_LOCAL_HUB_PULL_REFUSAL, "fork", NULL));
  g_assert_cmpint (close_one (journal, "badge-void:FR-1:desk:1", 0), ==, DESK_CLOSED);
  replica_close (&replica);
}

/* A badge of this station that has come out, and what its owner is called since. */
static void test_untrue (void)
{
  Replica replica;
  static const IssueWhy WHY = { 0 };
  g_autoptr (GError) error = NULL;
  guint serial = 0;
  begin (&replica);
  Journal *journal = replica.journal;
  g_assert_true (journal_begin (journal, &error));
  g_assert_true (issue_badge (journal, "FR-1", 1, &WHY, &serial, &error));
  g_assert_true (journal_commit (journal, &error));
  hand_ms += 1000;
  append (journal, "registration", "FR-1", "{\"family\":\"Le Goff\",\"given\":\"Aurelien\"}");
  assert_listed (journal, FALSE, ""); /* it will come out as it is registered now */
  append (journal, "print", "job-1",
          "{\"state\":\"printed\",\"reference\":\"FR-1\",\"serial\":1,\"issuer\":\"desk\"}");
  assert_listed (journal, FALSE, "untrue FR-1 1 1");
  g_autoptr (GPtrArray) alerts = alert_list (journal, FALSE, &error);
  const Alert *alert = g_ptr_array_index (alerts, 0);
  g_assert_cmpint (alert->kind, ==, ALERT_UNTRUE);
  hand_ms += 1000;
  g_assert_cmpint (close_one (journal, alert->id, 0), ==, DESK_CLOSED);
  assert_listed (journal, FALSE, "");
  /* Another change is another alert; a hotel is none. */
  append (journal, "registration", "FR-1",
          "{\"family\":\"Le Goff\",\"given\":\"Aurelien\",\"hotel\":\"Ibis\"}");
  assert_listed (journal, FALSE, "");
  append (journal, "registration", "FR-1", "{\"family\":\"Goff\",\"given\":\"Aurelien\"}");
  assert_listed (journal, FALSE, "untrue FR-1 1 1");
  /* A new badge says the truth. */
  g_assert_true (journal_begin (journal, &error));
  g_assert_true (issue_badge (journal, "FR-1", 1, &WHY, &serial, &error));
  g_assert_true (journal_commit (journal, &error));
  assert_listed (journal, FALSE, "");
  replica_close (&replica);
}

/* Copies of badges ------------------------------------------------------------------- */

static void shown (Journal *journal, const char *checkpoint, const char *direction)
{
  g_autofree char *body = g_strdup_printf (
      "{\"checkpoint\":\"%s\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\",\"code\":\"badge\","
      "\"serial\":1,\"issuer\":\"desk\",\"direction\":\"%s\"}",
      checkpoint, direction);
  append (journal, "passage", "FR-1", body);
}

static void place_at (Journal *journal, const char *checkpoint, const char *place)
{
  g_autofree char *body
      = g_strdup_printf ("{\"kind\":\"zone\",\"fr\":\"F-%s\",\"zh\":\"Z-%s\",\"place\":\"%s\"}",
                         checkpoint, checkpoint, place);
  append (journal, "checkpoint", checkpoint, body);
}

static void set_walk (Journal *journal, guint seconds)
{
  g_autofree char *body = g_strdup_printf (
      "{\"fr\":\"C\",\"zh\":\"C\",\"walks\":[{\"from\":\"far\",\"to\":\"near\",\"seconds\":"
      "\"%u\"}]}",
      seconds);
  append (journal, "congress", "congress", body);
}

/* Two doors ten minutes apart, a badge, and a station at each. */
static void begin_double (Replica *desk, Replica *other)
{
  begin (desk);
  append (desk->journal, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\"}");
  place_at (desk->journal, "salon", "near");
  place_at (desk->journal, "terrasse", "near");
  place_at (desk->journal, "fair", "far");
  set_walk (desk->journal, 600);
  replica_open (other, "gate-2");
  copy_facts (desk->journal, other->journal);
}

static void test_double (void)
{
  Replica desk, other;
  begin_double (&desk, &other);
  gint64 at_ms = hand_ms;
  shown (desk.journal, "salon", "in");
  hand_ms = at_ms + 600 * 1000; /* as fast as anybody is */
  shown (other.journal, "fair", "in");
  copy_facts (other.journal, desk.journal);
  assert_listed (desk.journal, FALSE, "");
  hand_ms += 60 * 1000;
  shown (desk.journal, "fair", "in"); /* the same place, another machine */
  assert_listed (desk.journal, FALSE, "");
  shown (desk.journal, "terrasse", "in"); /* seen far away a minute ago */
  assert_listed (desk.journal, FALSE, "double FR-1 1 1");
  g_autoptr (GPtrArray) alerts = alert_list (desk.journal, FALSE, NULL);
  const Alert *alert = alerts->pdata[0];
  g_assert_cmpstr (alert->checkpoint, ==, "terrasse");
  g_assert_cmpstr (alert->other, ==, "fair");
  g_assert_cmpstr (alert->checkpoint_fr, ==, "F-fair → F-terrasse");
  g_assert_cmpstr (alert->checkpoint_zh, ==, "Z-fair → Z-terrasse");
  g_assert_cmpint (number_of (desk.journal, "SELECT count (*) FROM badge_doubted"), ==, 1);
  /* A person has looked: the badge opens again, until it happens once more. */
  g_assert_cmpint (close_one (desk.journal, alert->id, 0), ==, DESK_CLOSED);
  assert_listed (desk.journal, FALSE, "");
  g_assert_cmpint (number_of (desk.journal, "SELECT count (*) FROM badge_doubted"), ==, 0);
  hand_ms += 1000;
  shown (other.journal, "fair", "in");
  copy_facts (other.journal, desk.journal);
  assert_listed (desk.journal, FALSE, "double FR-1 1 2");
  g_assert_cmpint (number_of (desk.journal, "SELECT count (*) FROM badge_doubted"), ==, 1);
  /* The copy of a badge that was replaced is a void badge, wherever it is shown. */
  append (desk.journal, "badge-void", "FR-1",
          "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"copied\"}");
  assert_listed (desk.journal, FALSE, "");
  replica_close (&other);
  replica_close (&desk);
}

/* What the office says of places later counts for what has been, too; where it says
 * nothing, three seconds are too short. */
static void test_double_defined_later (void)
{
  Replica desk, other;
  begin_double (&desk, &other);
  shown (desk.journal, "salon", "in");
  hand_ms += 60 * 1000;
  shown (other.journal, "fair", "in");
  copy_facts (other.journal, desk.journal);
  assert_listed (desk.journal, FALSE, "double FR-1 1 1");
  set_walk (desk.journal, 60);
  assert_listed (desk.journal, FALSE, "");
  set_walk (desk.journal, 61);
  assert_listed (desk.journal, FALSE, "double FR-1 1 1");
  place_at (desk.journal, "fair", "near");
  assert_listed (desk.journal, FALSE, "");
  place_at (desk.journal, "fair", ""); /* a place of its own, of which nothing is known */
  assert_listed (desk.journal, FALSE, "");
  hand_ms += 2000;
  shown (desk.journal, "salon", "in");
  hand_ms += 1000;
  shown (other.journal, "fair", "in");
  copy_facts (other.journal, desk.journal);
  assert_listed (desk.journal, FALSE, "double FR-1 1 2"); /* before and after it */
  replica_close (&other);
  replica_close (&desk);
}

/* Handed from one to the next through a door for both ways. */
static void test_turns (void)
{
  static const char *const WAYS[] = { "in", "out", "in", "out", "in" };
  Replica desk, other;
  begin_double (&desk, &other);
  for (guint i = 0; i < 3; i++, hand_ms += 10 * 1000)
    shown (desk.journal, "salon", WAYS[i]);
  assert_listed (desk.journal, FALSE, "");
  hand_ms += 91 * 1000; /* the first was more than two minutes ago */
  shown (desk.journal, "salon", "out");
  assert_listed (desk.journal, FALSE, "");
  hand_ms += 600 * 1000;
  for (guint i = 0; i < G_N_ELEMENTS (WAYS); i++, hand_ms += 10 * 1000)
    shown (desk.journal, "salon", WAYS[i]);
  assert_listed (desk.journal, FALSE, "double FR-1 1 2");
  g_autoptr (GPtrArray) alerts = alert_list (desk.journal, FALSE, NULL);
  g_assert_cmpstr (((const Alert *) alerts->pdata[0])->checkpoint_fr, ==, "F-salon");
  replica_close (&other);
  replica_close (&desk);
}

/* Of a hundred thousand people and a million passages no look at the alerts may walk through all:
 * SQLite's plan says SCAN where it walks, by a key of its own or, as d and p are called there,
 * without one. */
static void test_walks_through_nobody (void)
{
  g_autoptr (GError) error = NULL;
  Replica replica;
  guint steps = 0;

  begin (&replica);
  Query *query = journal_query (replica.journal, "EXPLAIN QUERY PLAN SELECT * FROM alert", &error);
  g_assert_no_error (error);
  for (; query_next (query); steps++) {
    const char *step = query_text (query, 3);

    if (!g_str_has_prefix (step, "SCAN "))
      continue;
    g_test_message ("%s", step);
    g_assert_null (strstr (step, "INDEX sqlite_autoindex_"));
    g_assert_cmpstr (step, !=, "SCAN d");
    g_assert_cmpstr (step, !=, "SCAN p");
  }
  g_assert_true (query_end (query, &error));
  g_assert_cmpuint (steps, >, 20);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/alert/void", test_void);
  g_test_add_func ("/alert/kinds", test_kinds);
  g_test_add_func ("/alert/met", test_met);
  g_test_add_func ("/alert/jobs", test_jobs);
  g_test_add_func ("/alert/conflict", test_conflict);
  g_test_add_func ("/alert/call", test_call);
  g_test_add_func ("/alert/refusals", test_refusals);
  g_test_add_func ("/alert/shut_out", test_shut_out);
  g_test_add_func ("/alert/untrue", test_untrue);
  g_test_add_func ("/alert/double", test_double);
  g_test_add_func ("/alert/double_defined_later", test_double_defined_later);
  g_test_add_func ("/alert/turns", test_turns);
  g_test_add_func ("/alert/walks-through-nobody", test_walks_through_nobody);
  return g_test_run ();
}
