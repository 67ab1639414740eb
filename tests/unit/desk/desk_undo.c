/* A passage taken back, as if it had not been: rights, counts, capacity, the badge that it made,
 * whichever fact comes first. */
#include "desk/desk.h"

#include "station/gate.h"
#include "unit/access/demo.h"
#include "unit/access/replica.h"

#define ZOE "Zoé"

typedef struct {
  Replica replica;
  Gate *door, *meal;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  replica_open (&fixture->replica, "desk");
  Journal *journal = fixture->replica.journal;
  set_time ("2016-10-26T12:30:00+08:00");
  demo_load (journal);
  append (journal, "registration", "FR-1",
          "{\"family\":\"Le Gof\",\"category\":\"elu\",\"country\":\"FR\",\"events\":["
          "\"rencontres\"],\"days\":[\"26\",\"27\"],\"meals\":true,\"headset\":true}");
  fixture->door = gate_open (journal, "entree-est", &error);
  fixture->meal = gate_open (journal, "dejeuner-26", &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  gate_close (fixture->door);
  gate_close (fixture->meal);
  replica_close (&fixture->replica);
}

static Verdict admit (Gate *gate)
{
  g_auto (GateResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  hand_ms += 1000;
  g_assert_true (gate_admit (gate, "FR-1", ZOE, "", &result, &error));
  g_assert_no_error (error);
  return result.verdict;
}

static DeskVerdict undo (Fixture *fixture, const char *reference, const char *passage,
                         const char *volunteer, const char *reason)
{
  g_autoptr (GError) error = NULL;
  DeskResult result = { 0 };
  g_assert_true (
      desk_undo (fixture->replica.journal, reference, passage, volunteer, reason, &result, &error));
  g_assert_no_error (error);
  return result.verdict;
}

static char *id_of (Fixture *fixture, guint place)
{
  g_autoptr (GPtrArray) passages = desk_passages (fixture->replica.journal, "FR-1", NULL);
  g_assert_cmpuint (passages->len, >, place);
  return g_strdup (((DeskPassage *) passages->pdata[place])->id);
}

/* A meal is there again; nothing of it is counted. */
static void test_meal (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_assert_cmpint (undo (fixture, "FR-1", NULL, ZOE, "mistake"), ==, DESK_NO_PASSAGE);
  g_assert_cmpint (admit (fixture->meal), ==, VERDICT_ADMITTED);
  g_assert_cmpint (admit (fixture->meal), ==, VERDICT_ALREADY_IN);
  g_autofree char *id = id_of (fixture, 0);
  g_assert_cmpint (undo (fixture, "FR-1", id, " ", "mistake"), ==, DESK_NO_VOLUNTEER);
  g_assert_cmpint (undo (fixture, "FR-1", id, ZOE, "  "), ==, DESK_NO_TEXT);
  g_assert_cmpint (undo (fixture, "FR-2", id, ZOE, "mistake"), ==, DESK_NO_PASSAGE);
  g_assert_cmpint (undo (fixture, "FR-1", "desk:1", ZOE, "mistake"), ==, DESK_NO_PASSAGE);
  g_assert_cmpint (undo (fixture, "FR-1", "nothing", ZOE, "mistake"), ==, DESK_NO_PASSAGE);
  g_assert_cmpint (undo (fixture, "FR-1", id, ZOE, "mistake"), ==, DESK_UNDONE);
  g_assert_cmpint (undo (fixture, "FR-1", id, ZOE, "mistake"), ==, DESK_ALREADY);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM presence"), ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM checkpoint_count"), ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT passages FROM passage_count WHERE verdict = "
                                       "'UNDONE'"),
                   ==, 1);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM passage_count WHERE verdict = "
                                       "'ADMITTED'"),
                   ==, 0);
  g_assert_cmpint (admit (fixture->meal), ==, VERDICT_ADMITTED);
}

/* Her badge of that admission is void, and her ticket opens again. */
static void test_entrance (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  static const char GOOD[] = "SELECT count (*) FROM badge_state WHERE good";
  g_assert_cmpint (admit (fixture->door), ==, VERDICT_ADMITTED);
  g_assert_cmpint (number_of (journal, GOOD), ==, 1);
  g_assert_cmpint (number_of (journal, "SELECT arrived FROM day_count WHERE event = '*'"), ==, 1);
  g_assert_cmpint (undo (fixture, "FR-1", NULL, ZOE, "other-person"), ==, DESK_UNDONE);
  g_assert_cmpint (number_of (journal, GOOD), ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge_void WHERE reason = 'undone'"),
                   ==, 1);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM day_count"), ==, 0);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM arrival_count"), ==, 0);
  g_assert_cmpint (admit (fixture->door), ==, VERDICT_ADMITTED);
  g_assert_cmpint (number_of (journal, GOOD), ==, 1);
}

/* A badge of another admission stays, and so does what was done before. */
static void test_earlier (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_assert_cmpint (admit (fixture->door), ==, VERDICT_ADMITTED);
  g_assert_cmpint (admit (fixture->meal), ==, VERDICT_ADMITTED);
  g_assert_cmpint (undo (fixture, "FR-1", NULL, ZOE, "not-used"), ==, DESK_UNDONE);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM badge_state WHERE good"), ==, 1);
  g_assert_cmpint (number_of (journal, "SELECT inside FROM day_count WHERE event = '*'"), ==, 1);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM presence"), ==, 1);
  g_assert_cmpint (admit (fixture->meal), ==, VERDICT_ADMITTED);
}

/* A headset is given back; its passages cannot be chosen. */
static void test_headset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Gate) desk = gate_open (fixture->replica.journal, "casques", &error);
  g_auto (GateResult) result = { 0 };
  g_assert_no_error (error);
  g_assert_true (gate_loan (desk, "FR-1", TRUE, ZOE, &result, &error));
  g_assert_cmpint (result.verdict, ==, VERDICT_ADMITTED);
  g_assert_cmpint (undo (fixture, "FR-1", NULL, ZOE, "mistake"), ==, DESK_NO_PASSAGE);
}

/* The first fact of a station, as it comes from there. */
static void receive (Journal *journal, const char *station, gint64 ms)
{
  g_autoptr (GError) error = NULL;
  const Hash start = { 0 };
  g_auto (Fact) fact = {
    .station = g_strdup (station),
    .seq = 1,
    .at = clock_hybrid_from_ms (ms),
    .kind = g_strdup ("passage"),
    .subject = g_strdup ("FR-1"),
    .body = g_strdup ("{\"checkpoint\":\"dejeuner-26\",\"verdict\":\"ADMITTED\",\"day\":"
                      "\"2016-10-26\",\"direction\":\"in\",\"code\":\"ticket\"}"),
  };

  fact.body_hash = hash_of (fact.body, strlen (fact.body));
  fact.chain = fact_chain (&start, &fact);
  g_assert_true (journal_begin (journal, &error));
  g_assert_true (journal_receive (journal, &fact, 1, NULL, &error));
  g_assert_true (journal_commit (journal, &error));
}

/* The word may arrive before the passage of which it speaks; of somebody else it says nothing, and
 * nothing of a passage that comes after it. */
static void test_before (Fixture *fixture, gconstpointer data)
{
  static const char UNDONE[] = "SELECT count (*) FROM passage WHERE verdict = 'UNDONE'";
  Journal *journal = fixture->replica.journal;

  append (journal, "undone", "FR-1", "{\"of\":\"est\",\"seq\":1,\"volunteer\":\"a\"}");
  append (journal, "undone", "FR-2", "{\"of\":\"est\",\"seq\":1,\"volunteer\":\"a\"}");
  append (journal, "undone", "FR-1", "{\"of\":\"ouest\",\"seq\":1,\"volunteer\":\"a\"}");
  append (journal, "undone", "FR-2", "{\"of\":\"nord\",\"seq\":1,\"volunteer\":\"a\"}");
  receive (journal, "est", hand_ms - 1000);
  g_assert_cmpint (number_of (journal, UNDONE), ==, 1);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM presence"), ==, 0);
  receive (journal, "ouest", hand_ms + 1000);
  receive (journal, "nord", hand_ms - 1000);
  g_assert_cmpint (number_of (journal, UNDONE), ==, 1);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM passage WHERE verdict = 'ADMITTED'"),
                   ==, 2);
  /* A later word makes good what an early one could not. */
  hand_ms += 5000;
  append (journal, "undone", "FR-1", "{\"of\":\"ouest\",\"seq\":1,\"volunteer\":\"a\"}");
  g_assert_cmpint (number_of (journal, UNDONE), ==, 2);
  g_assert_cmpint (number_of (journal, "SELECT count (*) FROM presence"), ==, 1);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } TESTS[] = {
    { "/desk_undo/meal", test_meal },       { "/desk_undo/entrance", test_entrance },
    { "/desk_undo/earlier", test_earlier }, { "/desk_undo/headset", test_headset },
    { "/desk_undo/before", test_before },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++)
    g_test_add (TESTS[i].name, Fixture, NULL, set_up, TESTS[i].test, tear_down);
  return g_test_run ();
}
