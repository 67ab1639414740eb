/* The writer: many pushes at a time, each answered once and durable then; a fact no table
 * takes harms nobody else; stopping does what waits. */
#include "replication/writer.h"

#include "core/lock.h"
#include "journal/query.h"
#include "patience.h"

#include <glib/gstdio.h>
#include <string.h>

#define STATIONS 8
#define EACH 25

typedef struct {
  char *folder, *db;
  Writer *writer;
  Lock mutex;
  Wake cond;
  guint done, commits;
} Fixture;

static void on_commit (gpointer data)
{
  g_atomic_int_inc (&((Fixture *) data)->commits);
}

static void on_done (gpointer data)
{
  Fixture *fixture = data;

  lock_take (&fixture->mutex);
  fixture->done++;
  lock_wake_one (&fixture->cond);
  lock_give (&fixture->mutex);
}

static void wait_done (Fixture *fixture, guint count)
{
  lock_take (&fixture->mutex);
  patience_wake (fixture->done >= count, &fixture->cond, &fixture->mutex);
  lock_give (&fixture->mutex);
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("accueil-writer-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  journal_close (journal_create (fixture->db, "hub", clock_system (), NULL));
  fixture->writer = writer_new (fixture->db, clock_system (), on_commit, fixture, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  writer_free (fixture->writer);
  g_unlink (fixture->db);
  g_rmdir (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->folder);
}

/* A fact of @station after @chain, which moves on. */
static Fact make_fact (const char *station, gint64 seq, const char *body, Hash *chain)
{
  Fact fact = { .station = g_strdup (station),
                .seq = seq,
                .at = seq,
                .kind = g_strdup ("passage"),
                .subject = g_strdup ("R1"),
                .body = g_strdup (body) };

  fact.body_hash = hash_of (body, strlen (body));
  fact.chain = fact_chain (chain, &fact);
  *chain = fact.chain;
  return fact;
}

static WriterPush push_of (Fixture *fixture, const Fact *fact)
{
  return (WriterPush){ .batch = { .station = fact->station, .facts = fact, .count = 1 },
                       .done = on_done,
                       .data = fixture };
}

static void test_many (Fixture *fixture, gconstpointer data)
{
  static Fact facts[STATIONS * EACH];
  static WriterPush pushes[STATIONS * EACH];
  g_autoptr (Journal) journal = NULL;

  for (guint s = 0; s < STATIONS; s++) {
    g_autofree char *station = g_strdup_printf ("s%u", s);
    Hash chain = { 0 };

    for (guint i = 0; i < EACH; i++) {
      facts[s * EACH + i] = make_fact (station, i + 1, "{}", &chain);
      pushes[s * EACH + i] = push_of (fixture, &facts[s * EACH + i]);
    }
  }
  for (guint i = 0; i < EACH; i++)
    for (guint s = 0; s < STATIONS; s++)
      g_assert_true (writer_push (fixture->writer, &pushes[s * EACH + i]));
  wait_done (fixture, STATIONS * EACH);
  g_assert_cmpuint (g_atomic_int_get (&fixture->commits), <, STATIONS * EACH); /* in groups */
  journal = journal_open (fixture->db, clock_system (), NULL);
  g_assert_cmpint (journal_last_number (journal, NULL), ==, STATIONS * EACH + 1);
  for (guint i = 0; i < STATIONS * EACH; i++) {
    g_assert_no_error (pushes[i].error);
    g_assert_cmpint (pushes[i].batch.outcome, ==, LOG_STORED);
    g_assert_cmpint (pushes[i].batch.seq, >=, facts[i].seq);
    fact_clear (&facts[i]);
  }
}

typedef struct {
  Fixture *fixture;
  const char *sql;
} Execution;

static void execute (Journal *journal, gpointer data)
{
  g_assert_true (journal_execute (journal, ((Execution *) data)->sql, NULL));
}

static void executed (gpointer data)
{
  on_done (((Execution *) data)->fixture);
}

/* A table that refuses a fact (here: a trigger made to) must not stop the facts of others
 * in the same transaction. */
static void test_poison (Fixture *fixture, gconstpointer data)
{
  Execution trap = { fixture, "CREATE TRIGGER trap BEFORE INSERT ON passage WHEN NEW.checkpoint = "
                              "'poison' BEGIN SELECT RAISE (ABORT, 'no'); END" };
  Hash one = { 0 }, two = { 0 };
  Fact good = make_fact ("a", 1, "{\"checkpoint\":\"e\"}", &one),
       bad = make_fact ("b", 1, "{\"checkpoint\":\"poison\"}", &two);
  WriterPush first = push_of (fixture, &bad), second = push_of (fixture, &good);
  g_autofree char *why = NULL;

  g_assert_true (writer_work (fixture->writer, execute, executed, &trap));
  wait_done (fixture, 1);
  g_assert_true (writer_push (fixture->writer, &first) && writer_push (fixture->writer, &second));
  writer_stop (fixture->writer);
  g_assert_cmpint (first.batch.outcome, ==, LOG_INVALID);
  g_assert_nonnull (first.batch.reason);
  g_assert_no_error (first.error);
  g_assert_cmpint (first.batch.seq, ==, 0);
  g_assert_cmpint (second.batch.outcome, ==, LOG_STORED);
  g_assert_cmpint (second.batch.seq, ==, 1);
  g_assert_true (writer_is_well (fixture->writer, &why));
  g_free (first.batch.reason);
  fact_clear (&good);
  fact_clear (&bad);
}

static void no_work (Journal *journal, gpointer data)
{
}

static void test_stop (Fixture *fixture, gconstpointer data)
{
  Hash chain = { 0 };
  Fact fact = make_fact ("a", 1, "{}", &chain);
  WriterPush push = push_of (fixture, &fact), late = push_of (fixture, &fact);
  g_autoptr (Journal) journal = NULL;
  Query *query;

  writer_touch (fixture->writer, "a", 42);
  g_assert_true (writer_push (fixture->writer, &push));
  journal = journal_open (fixture->db, clock_system (), NULL);
  g_assert_true (journal_execute (journal, "INSERT INTO enrolment (station) VALUES ('a')", NULL));
  writer_stop (fixture->writer);
  g_assert_cmpuint (fixture->done, ==, 1);
  g_assert_cmpint (push.batch.seq, ==, 1);
  g_assert_false (writer_push (fixture->writer, &late));
  g_assert_false (writer_work (fixture->writer, no_work, on_done, fixture));
  query = journal_query (journal, "SELECT last_ms FROM enrolment", NULL);
  g_assert_true (query_next (query));
  g_assert_cmpint (query_int (query, 0), ==, 42); /* written though its time had not come */
  g_assert_true (query_end (query, NULL));
  fact_clear (&fact);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hub/writer/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/hub/writer/poison", Fixture, NULL, set_up, test_poison, tear_down);
  g_test_add ("/hub/writer/stop", Fixture, NULL, set_up, test_stop, tear_down);
  return g_test_run ();
}
