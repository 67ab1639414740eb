/* The root gives stations their roles: facts from the next number on, nothing written
 * twice; nobody unknown, and no number below 1, is disowned. */
#include "replication/roles.h"

#include "failing_sqlite.h"
#include "replication/enrolment.h"
#include "unit/access/replica.h"

static gint64 roles_written (Replica *replica)
{
  Query *query = journal_query (
      replica->journal, "SELECT count (*) FROM fact WHERE kind IN ('role', 'disown')", NULL);
  g_assert_nonnull (query);
  g_assert_true (query_next (query));
  gint64 count = query_int (query, 0);
  g_assert_true (query_end (query, NULL));
  return count;
}

static void give (Replica *replica, const char *station, Role role)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (replica->journal, &error));
  g_assert_true (roles_give (replica->journal, station, role, NULL, &error));
  g_assert_true (journal_commit (replica->journal, &error));
  g_assert_no_error (error);
}

static Role role_of (Replica *replica, const char *station)
{
  g_autoptr (GError) error = NULL;
  Role role = ROLE_ROOT;

  g_assert_true (roles_of (replica->journal, station, &role, &error));
  g_assert_no_error (error);
  return role;
}

static void test_found (void)
{
  Replica replica;
  replica_open (&replica, "hub");

  g_assert_true (journal_begin (replica.journal, NULL));
  g_assert_true (roles_found (replica.journal, NULL));
  g_assert_true (roles_found (replica.journal, NULL));
  g_assert_true (journal_commit (replica.journal, NULL));
  g_autofree char *root = journal_root (replica.journal, NULL);
  g_assert_cmpstr (root, ==, "hub");
  replica_close (&replica);
}

/* The two stations that a hub of an earlier version has let in: one of them wrote with a
 * clock that is two days ahead. */
static void be_there_before (Replica *replica)
{
  static const char *const NAMES[] = { "bureau", "porte" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    Replica station;
    gint64 now_ms = hand_ms;

    replica_open (&station, NAMES[i]);
    hand_ms += i == 0 ? 0 : 2 * G_GINT64_CONSTANT (86400000);
    append (station.journal, "passage", "R1", "{\"checkpoint\":\"e\"}");
    hand_ms = now_ms;
    copy_facts (station.journal, replica->journal);
    replica_close (&station);
  }
  g_free (enrolment_invite (replica->journal, "porte", "https://hub", "sha256//pin", &error));
  g_assert_no_error (error);
}

/* Founded over what is there: who wrote before may have written everything, from now on
 * as its role says, and a clock ahead lifts nothing. Each call fails once. */
static void test_found_over (void)
{
  g_autoptr (GError) error = NULL;
  gboolean good = FALSE;
  Replica replica;

  replica_open (&replica, "hub");
  be_there_before (&replica);
  for (guint at = 1; !good; at++) {
    g_assert_true (journal_begin (replica.journal, NULL));
    failing_start (at);
    good = roles_found (replica.journal, &error);
    g_assert_true (failing_stop () || good);
    g_assert_true (good == (error == NULL));
    g_clear_error (&error);
    if (!good)
      journal_rollback (replica.journal);
  }
  g_assert_true (journal_commit (replica.journal, &error));
  g_assert_cmpint (roles_written (&replica), ==, 4);
  g_assert_cmpint (
      number_of (replica.journal, "SELECT count (*) FROM fact WHERE kind = 'received'"), ==, 1);
  replica_close (&replica);
}

/* From its next number on, a station's facts count with its signature only; said once,
 * whatever fails. */
static void test_sign (void)
{
  g_autofree char *public = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good = FALSE;
  Replica replica;
  SignPublic key;
  SignSecret secret;

  replica_open (&replica, "hub");
  sign_key_new (&key, &secret);
  public = sign_public_text (&key);
  g_assert_true (journal_begin (replica.journal, NULL));
  g_assert_true (roles_found (replica.journal, NULL));
  g_assert_true (journal_commit (replica.journal, NULL));
  for (guint at = 1; !good; at++) {
    failing_start (at);
    good = roles_sign (replica.journal, "porte", public, &error);
    g_assert_true (failing_stop () || good);
    g_assert_true (good == (error == NULL));
    g_clear_error (&error);
  }
  g_assert_true (roles_sign (replica.journal, "porte", public, NULL));
  g_assert_cmpint (
      number_of (replica.journal,
                 "SELECT count (*) FROM fact WHERE kind = 'signed' AND subject = 'porte'"),
      ==, 1);
  replica_close (&replica);
}

static void test_give (void)
{
  static const struct {
    const char *station;
    Role role;
    gint64 written; /* role facts in all, afterwards */
  } STEPS[] = {
    { "porte", ROLE_GATE, 1 },    { "porte", ROLE_GATE, 1 }, { "porte", ROLE_DESK, 2 },
    { "bureau", ROLE_OFFICE, 3 }, { "porte", ROLE_NONE, 4 }, { "porte", ROLE_GATE, 5 },
  };
  Replica replica;
  replica_open (&replica, "hub");

  g_assert_cmpint (role_of (&replica, "porte"), ==, ROLE_NONE);
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    give (&replica, STEPS[i].station, STEPS[i].role);
    g_assert_cmpint (role_of (&replica, STEPS[i].station), ==, STEPS[i].role);
    g_assert_cmpint (roles_written (&replica), ==, STEPS[i].written);
  }
  g_assert_cmpint (role_of (&replica, "bureau"), ==, ROLE_OFFICE);
  replica_close (&replica);
}

static void test_refused (void)
{
  Replica replica;
  replica_open (&replica, "hub");
  g_autoptr (GError) error = NULL;
  gint64 held = 0;

  give (&replica, "porte", ROLE_GATE);
  g_assert_false (roles_set (replica.journal, "inconnu", ROLE_DESK, &error));
  g_assert_error (error, ROLES_ERROR, ROLES_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_false (roles_set (replica.journal, "hub", ROLE_DESK, &error)); /* the root itself */
  g_assert_error (error, ROLES_ERROR, ROLES_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_false (roles_disown (replica.journal, "porte", 0, "stolen", &held, &error));
  g_assert_error (error, ROLES_ERROR, ROLES_ERROR_NUMBER);
  g_assert_cmpint (roles_written (&replica), ==, 1);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roles/found", test_found);
  g_test_add_func ("/roles/found-over", test_found_over);
  g_test_add_func ("/roles/sign", test_sign);
  g_test_add_func ("/roles/give", test_give);
  g_test_add_func ("/roles/refused", test_refused);
  return g_test_run ();
}
