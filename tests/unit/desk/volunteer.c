/* Volunteers: who they are, and how they enter. */
#include "desk/volunteer.h"

#include "core/password.h"
#include "journal/query.h"

#include "unit/access/replica.h"

#include <string.h>

typedef struct {
  Replica replica;
  char *typed;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  replica_open (&fixture->replica, "desk");
  append (fixture->replica.journal, "registration", "CN-0042",
          "{\"family\":\"Ouyang\",\"given\":\"Siyuan\","
          "\"name_zh\":\"欧阳思远\",\"country\":\"CN\"}");
  fixture->typed = volunteer_add (fixture->replica.journal, " Li Na ", "CN-0042", 0, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->typed);
  replica_close (&fixture->replica);
}

/* Tries, and gives the name or "". */
static char *enter (Fixture *fixture, const char *typed, gint64 *locked_ms)
{
  g_autoptr (GError) error = NULL;
  char *name = NULL;

  g_assert_true (volunteer_enter (fixture->replica.journal, typed, &name, locked_ms, &error));
  g_assert_no_error (error);
  return name != NULL ? name : g_strdup ("");
}

static void test_enters (Fixture *fixture, gconstpointer data)
{
  gint64 locked = -1;
  g_autofree char *name = enter (fixture, fixture->typed, &locked);
  g_autofree char *number = NULL, *nobodys = NULL;
  g_autofree char *of_badge
      = volunteer_of_reference (fixture->replica.journal, "CN-0042", &number, NULL);

  g_assert_cmpstr (name, ==, "Li Na");
  g_assert_cmpint (locked, ==, 0);
  g_assert_cmpuint (strlen (fixture->typed), ==, VOLUNTEER_NUMBER_DIGITS + VOLUNTEER_PIN_DIGITS);
  g_assert_cmpstr (of_badge, ==, "Li Na");
  g_assert_nonnull (number);
  g_assert_true (g_str_has_prefix (fixture->typed, number));
  g_assert_null (volunteer_of_reference (fixture->replica.journal, "FR-1", &nobodys, NULL));
  g_assert_null (nobodys);
  g_assert_null (volunteer_of_reference (fixture->replica.journal, "", &nobodys, NULL));
}

static void test_locks (Fixture *fixture, gconstpointer data)
{
  gint64 locked = 0, before = 0;
  g_autofree char *wrong = g_strdup (fixture->typed),
                  *other = volunteer_add (fixture->replica.journal, "Ana", "", 0, NULL);
  char *last = wrong + strlen (wrong) - 1;

  *last = *last == '9' ? '0' : (char) (*last + 1);
  for (guint i = 1; i < VOLUNTEER_FREE_TRIES; i++) {
    g_autofree char *nobody = enter (fixture, wrong, &locked);
    g_assert_cmpstr (nobody, ==, "");
    g_assert_cmpint (locked, ==, 0);
  }
  for (guint i = 0; i < 8; i++) {
    g_autofree char *nobody = enter (fixture, wrong, &locked), *right = NULL, *another = NULL;
    g_assert_cmpstr (nobody, ==, "");
    g_assert_cmpint (locked, >, 0);
    g_assert_cmpint (locked, <=, VOLUNTEER_LOCK_MAX_MS);
    g_assert_cmpint (locked, >=, MIN (2 * before, VOLUNTEER_LOCK_MAX_MS));
    before = locked;
    /* Locked: not even the right one is looked at. */
    right = enter (fixture, fixture->typed, &locked);
    g_assert_cmpstr (right, ==, "");
    g_assert_cmpint (locked, >, 0);
    /* And nobody else waits for it. */
    another = enter (fixture, other, &locked);
    g_assert_cmpstr (another, ==, "Ana");
    hand_ms += before;
  }
  {
    g_autofree char *name = enter (fixture, fixture->typed, &locked);
    g_assert_cmpstr (name, ==, "Li Na");
  }
  {
    /* And all is forgiven. */
    g_autofree char *nobody = enter (fixture, wrong, &locked);
    g_assert_cmpint (locked, ==, 0);
  }
}

/* Numbers that nobody has are locked too: what is locked tells nobody who there is. */
static void test_locks_nobody (Fixture *fixture, gconstpointer data)
{
  gint64 locked = 0;

  for (guint i = 0; i < VOLUNTEER_FREE_TRIES; i++) {
    g_autofree char *nobody = enter (fixture, "99912345", &locked);
    g_assert_cmpstr (nobody, ==, "");
  }
  g_assert_cmpint (locked, >, 0);
  for (guint i = 0; i < 2 * VOLUNTEER_FREE_TRIES; i++) {
    g_autofree char *no_number = enter (fixture, "1010x", &locked);
    g_assert_cmpstr (no_number, ==, "");
    g_assert_cmpint (locked, ==, 0);
  }
}

static void test_new_pin (Fixture *fixture, gconstpointer data)
{
  g_autofree char *again = volunteer_add (fixture->replica.journal, "Li Na", "", 0, NULL),
                  *old = NULL, *name = NULL;
  gint64 locked;

  g_assert_true (strncmp (again, fixture->typed, VOLUNTEER_NUMBER_DIGITS) == 0);
  name = enter (fixture, again, &locked);
  g_assert_cmpstr (name, ==, "Li Na");
  old = enter (fixture, fixture->typed, &locked);
  g_assert_cmpstr (old, ==, strcmp (again, fixture->typed) == 0 ? "Li Na" : "");
}

/* Hashes of before have no secret, and are good; one of a secret that is not known here
 * opens nothing, nor does the PIN alone by its hash. */
static void test_secrets (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  g_autofree char *plain = password_hash ("12345"),
                  *old = g_strdup_printf ("{\"name\":\"Ana\",\"pin\":\"%s\"}", plain),
                  *foreign = g_strdup_printf ("{\"name\":\"Bo\",\"pin\":\"00000000:%s\"}", plain);
  const struct {
    const char *typed, *name;
  } ROWS[] = { { "50112345", "Ana" }, { "50112346", "" }, { "50212345", "" }, { "50312345", "" } };
  Query *query = journal_query (journal, "SELECT pin FROM volunteer WHERE name = 'Li Na'", NULL);

  g_assert_true (query_next (query));
  g_assert_cmpint (query_text (query, 0)[8], ==, ':');
  g_assert_false (
      password_check (query_text (query, 0) + 9, fixture->typed + VOLUNTEER_NUMBER_DIGITS));
  query_end (query, NULL);
  append (journal, "volunteer", "501", old);
  append (journal, "volunteer", "502", foreign);
  append (journal, "volunteer", "503", "{\"name\":\"Cy\",\"pin\":\"x\"}");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    gint64 locked;
    g_autofree char *name = enter (fixture, ROWS[i].typed, &locked);
    g_assert_cmpstr (name, ==, ROWS[i].name);
  }
}

/* A machine of a hub that it has not heard adds nobody. */
static void test_no_secret (Fixture *fixture, gconstpointer data)
{
  Replica replica;
  g_autoptr (GError) error = NULL;

  replica_open (&replica, "door");
  g_assert_true (journal_set_local (replica.journal, JOURNAL_LOCAL_ROOT, "hub", NULL));
  g_assert_null (volunteer_add (replica.journal, "Ana", "", 0, &error));
  g_assert_error (error, VOLUNTEER_ERROR, VOLUNTEER_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "agent --once"));
  replica_close (&replica);
}

static void test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strndup (fixture->typed, VOLUNTEER_NUMBER_DIGITS), *nobody = NULL,
                  *other = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *nobodys = NULL;
  gint64 locked;

  g_assert_true (volunteer_remove (fixture->replica.journal, number, &error));
  nobody = enter (fixture, fixture->typed, &locked);
  g_assert_cmpstr (nobody, ==, "");
  g_assert_null (volunteer_of_reference (fixture->replica.journal, "CN-0042", &nobodys, NULL));
  all = volunteer_all (fixture->replica.journal, NULL);
  g_assert_cmpuint (all->len, ==, 0);
  g_assert_false (volunteer_remove (fixture->replica.journal, number, &error));
  g_assert_error (error, VOLUNTEER_ERROR, VOLUNTEER_ERROR_UNKNOWN);
  /* A number is nobody else's ever after. */
  other = volunteer_add (fixture->replica.journal, "Marie", "", 0, NULL);
  g_assert_cmpint (strncmp (other, number, VOLUNTEER_NUMBER_DIGITS), !=, 0);
}

/* While nobody is a leader everybody is taken for one; nobody overrides without being
 * named. */
static void test_rights (Fixture *fixture, gconstpointer data)
{
  Journal *journal = fixture->replica.journal;
  guint rights = 0;

  g_assert_true (volunteer_rights (journal, "Li Na", &rights, NULL));
  g_assert_cmpuint (rights, ==, VOLUNTEER_LEADER);
  g_free (volunteer_add (journal, "Ana", "", VOLUNTEER_OVERRIDE, NULL));
  g_assert_true (volunteer_rights (journal, "Ana", &rights, NULL));
  g_assert_cmpuint (rights, ==, VOLUNTEER_LEADER | VOLUNTEER_OVERRIDE);
  g_free (volunteer_add (journal, "Marie", "", VOLUNTEER_LEADER, NULL));
  g_assert_true (volunteer_rights (journal, "Ana", &rights, NULL));
  g_assert_cmpuint (rights, ==, VOLUNTEER_OVERRIDE);
  g_assert_true (volunteer_rights (journal, "Li Na", &rights, NULL));
  g_assert_cmpuint (rights, ==, 0);
  g_assert_true (volunteer_rights (journal, "Marie", &rights, NULL));
  g_assert_cmpuint (rights, ==, VOLUNTEER_LEADER);
  g_assert_true (volunteer_rights (journal, "nobody", &rights, NULL));
  g_assert_cmpuint (rights, ==, 0);
}

static void test_input (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (VOLUNTEER_NAME_MAX + 1, 'x');
  const struct {
    const char *name, *reference;
  } CASES[] = { { "", "" }, { "   ", "" }, { endless, "" }, { "\xff", "" }, { "Marie", "FR-9" } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (
        volunteer_add (fixture->replica.journal, CASES[i].name, CASES[i].reference, 0, &error));
    g_assert_error (error, VOLUNTEER_ERROR, VOLUNTEER_ERROR_INPUT);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/volunteer/enters", Fixture, NULL, set_up, test_enters, tear_down);
  g_test_add ("/volunteer/locks", Fixture, NULL, set_up, test_locks, tear_down);
  g_test_add ("/volunteer/locks-nobody", Fixture, NULL, set_up, test_locks_nobody, tear_down);
  g_test_add ("/volunteer/new-pin", Fixture, NULL, set_up, test_new_pin, tear_down);
  g_test_add ("/volunteer/secrets", Fixture, NULL, set_up, test_secrets, tear_down);
  g_test_add ("/volunteer/no-secret", Fixture, NULL, set_up, test_no_secret, tear_down);
  g_test_add ("/volunteer/removed", Fixture, NULL, set_up, test_removed, tear_down);
  g_test_add ("/volunteer/rights", Fixture, NULL, set_up, test_rights, tear_down);
  g_test_add ("/volunteer/input", Fixture, NULL, set_up, test_input, tear_down);
  return g_test_run ();
}
