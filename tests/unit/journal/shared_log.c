/* Two hubs' replicas over one log, wherever it is: what one writes the other has, and
 * what happens where one is stopped between the two commits. In SQLite's one file
 * both are the same replica, opened twice, as by a hub and the commands beside it. */
#include "journal/log_move.h"
#include "journal/shared_log.h"

#include "journal/epoch_table.h"
#include "journal/query.h"
#include "kit/log_places.h"

#include <glib/gstdio.h>
#include <string.h>

#define BODY "{\"checkpoint\":\"e\"}"

typedef struct {
  const LogEngine *engine; /* NULL: one file */
  char *folder, *address;
  Journal *one, *other; /* hubs */
  Journal *station;     /* makes facts */
} Fixture;

static char *place (const Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static Journal *create (Fixture *fixture, const char *file, const char *station)
{
  g_autofree char *path = place (fixture, file);
  Journal *journal = journal_create (path, station, clock_system (), NULL);

  g_assert_nonnull (journal);
  return journal;
}

static Journal *join (Fixture *fixture, const char *file)
{
  g_autofree char *path = place (fixture, file);
  g_autoptr (GError) error = NULL;
  Journal *journal = fixture->engine != NULL
                         ? journal_join (path, fixture->address, clock_system (), &error)
                         : journal_open (journal_path (fixture->one), clock_system (), &error);

  g_assert_no_error (error);
  return journal;
}

static void append (Journal *journal, guint count)
{
  g_autoptr (GError) error = NULL;

  journal_begin (journal, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < count; i++)
    g_assert_true (journal_append (journal, "passage", "R1", BODY, NULL, NULL));
  journal_commit (journal, &error);
  g_assert_no_error (error);
}

static void follow (Journal *journal)
{
  g_autoptr (GError) error = NULL;

  journal_follow (journal, 0, -1, &error);
  g_assert_no_error (error);
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("accueil-shared-XXXXXX", NULL);
  fixture->engine = ((const LogPlace *) data)->engine;
  fixture->address = log_places_new (data);
  fixture->one = create (fixture, "one.db", "hub");
  fixture->station = create (fixture, "station.db", "a");
  append (fixture->one, 3);
  if (fixture->address != NULL)
    journal_share (fixture->one, fixture->address, &error);
  g_assert_no_error (error);
  fixture->other = join (fixture, "other.db");
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  journal_close (fixture->one);
  journal_close (fixture->other);
  journal_close (fixture->station);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = place (fixture, name);

    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->address);
}

/* Equal heads, and equal numbers: cursors of one are good at the other. */
static void assert_equal (Fixture *fixture)
{
  g_autofree char *one = journal_heads_digest (fixture->one, NULL),
                  *other = journal_heads_digest (fixture->other, NULL),
                  *here = journal_projections_text (fixture->one, NULL),
                  *there = journal_projections_text (fixture->other, NULL);
  g_autoptr (GPtrArray) mine = journal_facts_after (fixture->one, 0, NULL, 1000, NULL),
                        theirs = journal_facts_after (fixture->other, 0, NULL, 1000, NULL);

  g_assert_cmpstr (one, ==, other);
  g_assert_cmpstr (here, ==, there);
  g_assert_cmpuint (mine->len, ==, theirs->len);
  for (guint i = 0; i < mine->len; i++) {
    const Fact *a = mine->pdata[i], *b = theirs->pdata[i];

    g_assert_cmpint (a->number, ==, b->number);
    g_assert_true (hash_equal (&a->chain, &b->chain));
  }
}

/* Both write in turn, as one hub: one chain. */
static void test_in_turn (Fixture *fixture, gconstpointer data)
{
  gint64 seq;

  for (guint i = 0; i < 4; i++) {
    append (fixture->one, 2);
    append (fixture->other, 1);
  }
  follow (fixture->one);
  assert_equal (fixture);
  g_assert_true (journal_head (fixture->one, "hub", &seq, NULL, NULL));
  g_assert_cmpint (seq, ==, 4 + 4 * 3);
}

static void test_far_behind (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    append (fixture->one, SHARED_LOG_BATCH);
  append (fixture->other, 1); /* by the steps that begin before the lock */
  append (fixture->one, SHARED_LOG_BATCH + 1);
  follow (fixture->other);
  assert_equal (fixture);
}

/* Of what is no fact: the hub's goes along, the machine's does not, but where both
 * are one machine. */
static void test_values (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *name;
    gboolean shared;
  } TABLE[] = {
    { "office-accounts", TRUE }, { "office-sessions", TRUE }, { "read-tokens", TRUE },
    { "webhooks", TRUE },        { "ticket-secret", TRUE },   { "settling", TRUE },
    { "hub-key", TRUE },         { "heading-map:x", TRUE },   { "hub-at:one", TRUE },
    { "hub-address", FALSE },    { "hub-clock", FALSE },      { "kiosk-mode", FALSE },
    { "verified", FALSE },       { "backup", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    gboolean shared = TABLE[i].shared || fixture->engine == NULL;
    g_autofree char *first = NULL, *second = NULL;

    g_assert_true (journal_set_local (fixture->one, TABLE[i].name, "é “1”", NULL));
    follow (fixture->other);
    first = journal_local (fixture->other, TABLE[i].name, NULL);
    g_assert_cmpstr (first, ==, shared ? "é “1”" : NULL);
    g_assert_true (journal_set_local (fixture->other, TABLE[i].name, NULL, NULL));
    follow (fixture->one);
    second = journal_local (fixture->one, TABLE[i].name, NULL);
    g_assert_cmpstr (second, ==, shared ? NULL : "é “1”");
  }
}

static char *text_of (Journal *journal, const char *sql)
{
  Query *query = journal_query (journal, sql, NULL);
  char *text = query_next (query) ? g_strdup (query_text (query, 0)) : NULL;

  query_end (query, NULL);
  return text;
}

static void test_tables (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *write, *read, *expected;
  } TABLE[] = {
    { "INSERT INTO enrolment (station, secret_hash, expires_ms) VALUES ('a', 'x', 1477440000001)",
      "SELECT secret_hash || expires_ms || ifnull (token_hash, '-') || typeof (expires_ms) FROM "
      "enrolment WHERE station = 'a'",
      "x1477440000001-integer" },
    { "UPDATE enrolment SET secret_hash = NULL, token_hash = 't', last_ms = 7 WHERE station = 'a'",
      "SELECT ifnull (secret_hash, '-') || token_hash || last_ms FROM enrolment", "-t7" },
    { "INSERT INTO enrolment_role (station, role) VALUES ('a', 'gate') ON CONFLICT (station) DO "
      "UPDATE SET role = excluded.role",
      "SELECT role FROM enrolment_role", "gate" },
    { "INSERT INTO enrolment_role (station, role) VALUES ('a', 'desk') ON CONFLICT (station) DO "
      "UPDATE SET role = excluded.role",
      "SELECT role FROM enrolment_role", "desk" },
    { "DELETE FROM enrolment_role", "SELECT role FROM enrolment_role", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autofree char *read = NULL;

    g_assert_true (journal_begin (fixture->one, NULL));
    g_assert_true (journal_execute (fixture->one, TABLE[i].write, NULL));
    g_assert_true (journal_commit (fixture->one, NULL));
    follow (fixture->other);
    read = text_of (fixture->other, TABLE[i].read);
    g_assert_cmpstr (read, ==, TABLE[i].expected);
  }
}

/* What was begun and taken back is nowhere. */
static void test_rollback (Fixture *fixture, gconstpointer data)
{
  gint64 before = journal_last_number (fixture->one, NULL);

  g_assert_true (journal_begin (fixture->one, NULL));
  g_assert_true (journal_append (fixture->one, "passage", "R1", BODY, NULL, NULL));
  g_assert_true (journal_set_local (fixture->one, "webhooks", "x", NULL));
  journal_rollback (fixture->one);
  append (fixture->other, 1);
  follow (fixture->one);
  g_assert_cmpint (journal_last_number (fixture->one, NULL), ==, before + 1);
  g_assert_null (journal_local (fixture->other, "webhooks", NULL));
  assert_equal (fixture);
}

/* The log had committed, and the machine was gone before the file had: an older file. */
static void test_killed_between (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = place (fixture, "copy.db"), *path = place (fixture, "one.db");
  g_autofree char *wal = g_strconcat (path, "-wal", NULL), *shm = g_strconcat (path, "-shm", NULL);

  g_assert_true (journal_copy (fixture->one, copy, NULL));
  append (fixture->one, 5);
  g_assert_true (journal_set_local (fixture->one, "webhooks", "x", NULL));
  journal_close (fixture->one);
  g_unlink (wal);
  g_unlink (shm);
  g_assert_cmpint (g_rename (copy, path), ==, 0);
  fixture->one = journal_open (path, clock_system (), NULL);
  append (fixture->one, 1); /* after those that it had lost */
  follow (fixture->other);
  assert_equal (fixture);
  g_assert_cmpint (journal_last_number (fixture->one, NULL), ==, 4 + 6);
}

/* What the log itself holds, whoever follows it. */
static GPtrArray *facts_of_log (Fixture *fixture)
{
  const LogEngine *engine = fixture->engine;
  g_auto (LogState) state = { 0 };
  LogLink *link;
  GPtrArray *facts;

  if (engine == NULL)
    return journal_facts_after (fixture->other, 0, NULL, 100, NULL);
  link = engine->open (fixture->address, NULL);
  g_assert_true (engine->begin (link, FALSE, &state, NULL));
  facts = engine->facts (link, 0, 100, NULL);
  engine->rollback (link);
  engine->close (link);
  return facts;
}

/* Bodies that are erased are erased in the log too. */
static void test_erasure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = NULL;
  guint erased = 0;

  g_assert_true (journal_begin (fixture->one, NULL));
  g_assert_true (journal_append (fixture->one, "registration", "FR-1",
                                 "{\"family\":\"Hugo\",\"given\":\"Victor\"}", NULL, NULL));
  g_assert_true (journal_commit (fixture->one, NULL));
  follow (fixture->other);
  g_assert_true (journal_begin (fixture->other, NULL));
  g_assert_true (journal_append (fixture->other, "erasure", "FR-1", "{}", NULL, NULL));
  g_assert_true (journal_commit (fixture->other, NULL));
  follow (fixture->one);
  assert_equal (fixture);
  facts = facts_of_log (fixture);
  for (guint i = 0; i < facts->len; i++)
    erased += ((Fact *) facts->pdata[i])->body == NULL;
  g_assert_cmpuint (erased, ==, 1);
}

/* There and back, with the same heads; who was left behind writes nothing any more. */
static void test_move (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;

  append (fixture->other, 2);
  g_assert_true (journal_unshare (fixture->one, NULL));
  before = journal_heads_digest (fixture->other, NULL);
  after = journal_heads_digest (fixture->one, NULL);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (journal_is_shared (fixture->one));
  g_assert_false (journal_begin (fixture->other, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG);
  append (fixture->one, 2);
  g_assert_true (journal_set_local (fixture->one, "webhooks", NULL, NULL));
  g_assert_true (journal_share (fixture->one, fixture->address, NULL));
  follow (fixture->other);
  assert_equal (fixture);
}

/* Another hub's log, and a log that other facts stand in, are refused and left as they
 * are. */
static void test_strangers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Journal) stranger = create (fixture, "stranger.db", "elsewhere"),
                      namesake = create (fixture, "namesake.db", "hub");
  Journal *const TABLE[] = { stranger, namesake };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (GError) error = NULL;

    append (TABLE[i], 3);
    g_assert_false (journal_share (TABLE[i], fixture->address, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG);
    g_assert_false (journal_is_shared (TABLE[i]));
    append (TABLE[i], 1);
  }
  assert_equal (fixture);
}

static gint64 long_ago (gpointer data)
{
  return 1477440000000;
}

/* What the hub that took a fact found no word to say of, one with another clock that
 * follows says nothing of either. */
static void test_future (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = NULL;
  g_autofree char *path = NULL, *said = NULL;

  g_assert_true (journal_begin (fixture->one, NULL));
  g_assert_true (journal_set_root (fixture->one, "hub", NULL));
  g_assert_true (journal_commit (fixture->one, NULL));
  append (fixture->station, 2);
  facts = journal_facts_of (fixture->station, "a", 0, 10, NULL);
  path = g_strdup (journal_path (fixture->other));
  journal_close (fixture->other);
  fixture->other = journal_open (path, (Clock){ .now_ms = long_ago }, NULL);
  g_assert_true (journal_begin (fixture->one, NULL));
  for (guint i = 0; i < facts->len; i++)
    g_assert_true (journal_receive (fixture->one, facts->pdata[i], 1, NULL, NULL));
  g_assert_true (journal_commit (fixture->one, NULL));
  follow (fixture->other);
  said = text_of (fixture->other, "SELECT count (*) FROM fact WHERE kind = 'received'");
  g_assert_cmpstr (said, ==, "0");
  assert_equal (fixture);
}

/* The server's history is another: a new epoch, at all hubs the same. */
static void test_timeline (Fixture *fixture, gconstpointer data)
{
  const LogEngine *engine = fixture->engine;
  LogLink *link = engine->open (fixture->address, NULL);
  g_auto (LogState) state = { 0 };
  g_autofree char *before = NULL, *one = NULL, *other = NULL;

  g_assert_true (journal_begin (fixture->one, NULL));
  g_assert_true (epoch_table_turn (fixture->one, &before, NULL));
  g_assert_true (journal_commit (fixture->one, NULL));
  g_assert_true (engine->begin (link, TRUE, &state, NULL));
  g_assert_true (engine->note (link, "hub", "of before", FALSE, NULL));
  g_assert_true (engine->commit (link, NULL));
  engine->close (link);
  append (fixture->other, 1);
  append (fixture->other, 1); /* once is enough */
  follow (fixture->one);
  one = epoch_table_open (fixture->one, NULL);
  other = epoch_table_open (fixture->other, NULL);
  g_assert_cmpstr (one, !=, before);
  g_assert_cmpstr (one, ==, other);
  assert_equal (fixture);
}

/* @two_logs: of a replica that is not the log itself. */
static const struct {
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer data);
  gboolean two_logs;
} TESTS[] = {
  { "in-turn", test_in_turn, FALSE },   { "far-behind", test_far_behind, FALSE },
  { "values", test_values, FALSE },     { "tables", test_tables, FALSE },
  { "rollback", test_rollback, FALSE }, { "erasure", test_erasure, FALSE },
  { "future", test_future, FALSE },     { "killed-between", test_killed_between, TRUE },
  { "move", test_move, TRUE },          { "strangers", test_strangers, TRUE },
  { "timeline", test_timeline, TRUE },
};

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  log_places_start ();
  for (guint p = 0; p < G_N_ELEMENTS (LOG_PLACES); p++)
    for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
      g_autofree char *path
          = g_strdup_printf ("/journal/shared/%s/%s", LOG_PLACES[p].name, TESTS[i].name);

      if (LOG_PLACES[p].engine != NULL || !TESTS[i].two_logs)
        g_test_add (path, Fixture, &LOG_PLACES[p], set_up, TESTS[i].run, tear_down);
    }
  status = g_test_run ();
  log_places_stop ();
  return status;
}
