/* A restored hub, until its stations have been heard. */
#include "replication/settling.h"

#include "journal/query.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder, *db;
  Journal *journal;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-settling-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->journal = journal_create (fixture->db, "hub", clock_system (), NULL);
  g_assert_true (journal_begin (fixture->journal, NULL));
  g_assert_true (journal_set_root (fixture->journal, "hub", NULL));
  g_assert_true (journal_commit (fixture->journal, NULL));
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  journal_close (fixture->journal);
  g_remove (fixture->db);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->db);
}

static void enrol (Journal *journal, const char *station, gboolean revoked)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO enrolment (station, token_hash, revoked_ms) VALUES ('%s', 'x', %s)", station,
      revoked ? "1" : "NULL");

  g_assert_true (journal_execute (journal, sql, NULL));
}

static gboolean append (Journal *journal, GError **error)
{
  g_assert_true (journal_begin (journal, NULL));
  return journal_finish (
      journal, journal_append (journal, "registration", "FR-1", "{\"family\":\"X\"}", NULL, error),
      error);
}

static void settle (Fixture *fixture)
{
  g_assert_true (journal_set_local (fixture->journal, JOURNAL_LOCAL_SETTLING, "1", NULL));
}

/* The root writes nothing of its own, and says why and what to do; others' facts come
 * in. */
static void test_writes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (append (fixture->journal, &error));
  settle (fixture);
  g_assert_false (append (fixture->journal, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_SETTLING);
  g_assert_nonnull (strstr (error->message, "accueil-hub settle"));
  g_clear_error (&error);
  g_assert_true (settling_end (fixture->journal, NULL, &error));
  g_assert_true (append (fixture->journal, &error));
}

/* Where the root is another, this is a station: it is not held up. */
static void test_not_a_station (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (fixture->journal, NULL));
  g_assert_true (journal_set_root (fixture->journal, "other", NULL));
  g_assert_true (journal_commit (fixture->journal, NULL));
  settle (fixture);
  g_assert_true (append (fixture->journal, &error));
  g_assert_no_error (error);
}

static void test_waits_for_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Settling) settling = NULL, before = NULL;

  enrol (fixture->journal, "a", FALSE);
  enrol (fixture->journal, "b", FALSE);
  enrol (fixture->journal, "thief", TRUE);
  before = settling_open (fixture->journal, NULL);
  g_assert_false (settling_is_on (before)); /* nothing to wait for */
  g_assert_false (settling_hear (before, "a", 1, 1));
  settle (fixture);
  settling = settling_open (fixture->journal, NULL);
  g_assert_true (settling_is_on (settling));
  g_assert_cmpuint (settling_awaited (settling), ==, 2);
  g_assert_false (settling_hear (settling, "a", 5, 5));
  g_assert_cmpuint (settling_awaited (settling), ==, 1);
  g_assert_false (settling_hear (settling, "b", 9, 5)); /* it knows more */
  g_assert_false (settling_hear (settling, "a", 5, 5));
  g_assert_true (settling_hear (settling, "b", 9, 9));
  g_assert_true (settling_hear (settling, "a", 9, 9)); /* until the end is written */
  g_assert_true (settling_end (fixture->journal, settling, NULL));
  g_assert_false (settling_hear (settling, "a", 9, 9));
  g_assert_false (settling_is_on (settling));
  g_clear_pointer (&settling, settling_free);
  settling = settling_open (fixture->journal, NULL);
  g_assert_false (settling_is_on (settling));
}

/* A file that was put back by hand: the hub learns it by its own word, where that reaches
 * further than its facts. */
static void test_learns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Settling) settling = settling_open (fixture->journal, NULL);
  gint64 seq = 0;

  enrol (fixture->journal, "a", FALSE);
  g_assert_true (journal_head (fixture->journal, "hub", &seq, NULL, NULL));
  g_assert_true (settling_begin (fixture->journal, settling, seq, NULL));
  g_assert_false (settling_is_on (settling)); /* all is there */
  g_assert_true (settling_begin (fixture->journal, settling, seq + 1, NULL));
  g_assert_true (settling_is_on (settling));
  g_assert_cmpuint (settling_awaited (settling), ==, 1);
  g_assert_false (append (fixture->journal, NULL));
  g_assert_true (settling_hear (settling, "a", seq + 1, seq + 1));
  g_assert_true (settling_end (fixture->journal, settling, NULL));
  g_assert_true (append (fixture->journal, NULL));
}

/* Who was enrolled after the copy was made: then a person decides when it is over. */
static void test_stranger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Settling) settling = NULL, before = settling_open (fixture->journal, NULL);

  enrol (fixture->journal, "a", FALSE);
  enrol (fixture->journal, "thief", TRUE);
  g_assert_false (settling_meet (before, fixture->journal, "late")); /* nobody waits */
  settle (fixture);
  settling = settling_open (fixture->journal, NULL);
  g_assert_false (settling_meet (settling, fixture->journal, "thief"));
  g_assert_true (settling_meet (settling, fixture->journal, "late"));
  g_assert_false (settling_meet (settling, fixture->journal, "late")); /* no news */
  g_assert_false (settling_hear (settling, "a", 1, 1));
  g_assert_false (append (fixture->journal, NULL));
  g_assert_true (settling_end (fixture->journal, settling, NULL));
  g_assert_true (append (fixture->journal, NULL));
}

/* Nobody is known: only a person can say that it is over. */
static void test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Settling) settling = NULL;

  settle (fixture);
  settling = settling_open (fixture->journal, NULL);
  g_assert_cmpuint (settling_awaited (settling), ==, 0);
  g_assert_false (settling_hear (settling, "new", 0, 5));
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } TESTS[] = {
    { "writes-nothing", test_writes_nothing },
    { "not-a-station", test_not_a_station },
    { "waits-for-all", test_waits_for_all },
    { "nobody", test_nobody },
    { "learns", test_learns },
    { "stranger", test_stranger },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/replication/settling/", TESTS[i].name, NULL);
    g_test_add (path, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  }
  return g_test_run ();
}
