/* The log, wherever it is: everywhere the same. */
#include "replication/log.h"

#include "journal/log_move.h"
#include "kit/log_places.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder, *db, *station_db;
  Journal *journal, *station; /* hub's and one that makes facts */
  GPtrArray *facts;           /* of the station: 1…10 */
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-log-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->station_db = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->journal = journal_create (fixture->db, "hub", clock_system (), NULL);
  fixture->station = journal_create (fixture->station_db, "a", clock_system (), NULL);
  g_autofree char *address = log_places_new (data);
  if (address != NULL) {
    g_autoptr (GError) error = NULL;

    journal_share (fixture->journal, address, &error);
    g_assert_no_error (error);
  }
  g_assert_true (journal_begin (fixture->station, NULL));
  for (guint i = 0; i < 9; i++)
    g_assert_true (
        journal_append (fixture->station, "passage", "R1", "{\"checkpoint\":\"e\"}", NULL, NULL));
  g_assert_true (journal_commit (fixture->station, NULL));
  fixture->facts = journal_facts_of (fixture->station, "a", 0, 100, NULL);
  g_assert_cmpuint (fixture->facts->len, ==, 10);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->facts);
  journal_close (fixture->journal);
  journal_close (fixture->station);
  g_unlink (fixture->db);
  g_unlink (fixture->station_db);
  g_rmdir (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->station_db);
  g_free (fixture->folder);
}

/* Facts @from…@to (borrowed) as one batch, appended alone. */
static void append (Fixture *fixture, guint from, guint to, LogBatch *batch, Fact *facts)
{
  LogBatch *batches[] = { batch };

  memset (batch, 0, sizeof *batch);
  for (guint i = from; i <= to; i++)
    facts[i - from] = *(Fact *) fixture->facts->pdata[i - 1];
  batch->station = "a";
  batch->facts = facts;
  batch->count = to - from + 1;
  g_assert_true (log_append (fixture->journal, batches, 1, NULL));
}

static void test_append (Fixture *fixture, gconstpointer data)
{
  static const struct {
    guint from, to;
    LogOutcome outcome;
    gint64 seq; /* after it */
  } TABLE[] = {
    { 2, 2, LOG_GAP, 0 },  { 1, 1, LOG_STORED, 1 }, { 1, 1, LOG_STORED, 1 },
    { 3, 4, LOG_GAP, 1 },  { 2, 4, LOG_STORED, 4 }, { 2, 6, LOG_STORED, 6 },
    { 8, 10, LOG_GAP, 6 }, { 1, 6, LOG_STORED, 6 }, { 7, 10, LOG_STORED, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    LogBatch batch;
    Fact facts[10];
    gint64 seq;
    Hash chain;

    append (fixture, TABLE[i].from, TABLE[i].to, &batch, facts);
    g_assert_cmpint (batch.outcome, ==, TABLE[i].outcome);
    g_assert_cmpint (batch.seq, ==, TABLE[i].seq);
    g_assert_true (journal_head (fixture->journal, "a", &seq, &chain, NULL));
    g_assert_cmpint (seq, ==, TABLE[i].seq);
    g_assert_true (hash_equal (&chain, &batch.chain));
    g_assert_true ((batch.reason == NULL) == (batch.outcome == LOG_STORED));
    g_free (batch.reason);
  }
}

/* A fault in the middle leaves nothing of its batch, and everything of the others in the
 * same transaction. */
static void test_all_or_none (Fixture *fixture, gconstpointer data)
{
  LogBatch broken = { .station = "a", .count = 5 }, good = { .station = "a", .count = 2 };
  LogBatch *batches[] = { &broken, &good };
  Fact facts[5], first[2];

  for (guint i = 0; i < 5; i++)
    facts[i] = *(Fact *) fixture->facts->pdata[i];
  memcpy (first, facts, sizeof first);
  facts[3].at++; /* altered: its chain does not match */
  broken.facts = facts;
  good.facts = first;
  g_assert_true (log_append (fixture->journal, batches, 2, NULL));
  g_assert_cmpint (broken.outcome, ==, LOG_CHAIN);
  g_assert_cmpint (broken.seq, ==, 0);
  g_assert_cmpint (good.outcome, ==, LOG_STORED);
  g_assert_cmpint (good.seq, ==, 2);
  g_free (broken.reason);
}

static void test_invalid (Fixture *fixture, gconstpointer data)
{
  Fact fact = *(Fact *) fixture->facts->pdata[0];
  LogBatch batch = { .station = "a", .facts = &fact, .count = 1 };
  LogBatch *batches[] = { &batch };
  Hash zero = { 0 };
  char body[] = "[1]";

  fact.body = body;
  fact.body_hash = hash_of (body, strlen (body));
  fact.chain = fact_chain (&zero, &fact);
  g_assert_true (log_append (fixture->journal, batches, 1, NULL));
  g_assert_cmpint (batch.outcome, ==, LOG_INVALID);
  g_free (batch.reason);
}

static void test_read (Fixture *fixture, gconstpointer data)
{
  static const struct {
    gint64 after;
    const char *except;
    guint limit, count;
    gint64 upto;
  } TABLE[] = {
    { 0, NULL, 100, 11, 11 }, { 0, NULL, 4, 4, 4 },   { 4, NULL, 7, 7, 11 },
    { 11, NULL, 5, 0, 11 },   { 12, NULL, 5, 0, 11 }, { 0, "a", 100, 1, 11 },
    { 1, "a", 100, 0, 11 },   { 0, "hub", 3, 3, 4 },  { 0, "a", 1, 1, 1 },
  };
  LogBatch batch;
  Fact facts[10];

  append (fixture, 1, 10, &batch, facts); /* after the hub's own first fact */
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    gint64 upto = -1;
    g_autoptr (GPtrArray) read
        = log_read (fixture->journal, TABLE[i].after, TABLE[i].except, TABLE[i].limit, &upto, NULL);

    g_assert_cmpuint (read->len, ==, TABLE[i].count);
    g_assert_cmpint (upto, ==, TABLE[i].upto);
    for (guint n = 1; n < read->len; n++)
      g_assert_cmpint (((Fact *) read->pdata[n])->number, >, ((Fact *) read->pdata[n - 1])->number);
  }
}

static void test_news (Fixture *fixture, gconstpointer data)
{
  static const struct {
    gint64 after, last;
    const char *only;
  } TABLE[]
      = { { 0, 11, NULL }, { 1, 11, "a" }, { 10, 11, "a" }, { 11, 11, NULL }, { 20, 20, NULL } };
  LogBatch batch;
  Fact facts[10];

  append (fixture, 1, 10, &batch, facts);
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autofree char *only = NULL;
    gint64 last;

    g_assert_true (log_news (fixture->journal, TABLE[i].after, &last, &only, NULL));
    g_assert_cmpint (last, ==, TABLE[i].last);
    g_assert_cmpstr (only, ==, TABLE[i].only);
  }
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } TESTS[] = {
    { "append", test_append },   { "all-or-none", test_all_or_none },
    { "invalid", test_invalid }, { "read", test_read },
    { "news", test_news },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  log_places_start ();
  for (guint p = 0; p < G_N_ELEMENTS (LOG_PLACES); p++)
    for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
      g_autofree char *path = g_strdup_printf ("/hub/log/%s/%s", LOG_PLACES[p].name, TESTS[i].name);

      g_test_add (path, Fixture, &LOG_PLACES[p], set_up, TESTS[i].run, tear_down);
    }
  status = g_test_run ();
  log_places_stop ();
  return status;
}
