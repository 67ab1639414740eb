/* What every engine does, one table of cases for both: what goes in comes out, in
 * order, by who has the lock alone; and which engine an address chooses. */
#include "journal/log_engine.h"

#include "kit/log_places.h"
#include "kit/odd_fact.h"

#include <string.h>

typedef struct {
  const LogEngine *engine;
  LogLink *one, *other;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  const LogPlace *place = data;
  g_autofree char *address = log_places_new (place);
  g_autoptr (GError) error = NULL;

  fixture->engine = place->engine;
  fixture->one = place->engine->open (address, &error);
  g_assert_no_error (error);
  fixture->other = place->engine->open (address, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  fixture->engine->close (fixture->one);
  fixture->engine->close (fixture->other);
}

/* @count facts after number @after, of two stations by turns: "b" those of odd
 * numbers. */
static GPtrArray *make_facts (gint64 after, guint count)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);

  for (gint64 number = after + 1; number <= after + count; number++)
    g_ptr_array_add (facts, odd_fact (number % 2 == 1 ? "b" : "a", number, (number + 1) / 2));
  return facts;
}

static void begin (const LogEngine *engine, LogLink *link, gboolean writing, LogState *state)
{
  g_autoptr (GError) error = NULL;

  log_engine_state_clear (state);
  engine->begin (link, writing, state, &error);
  g_assert_no_error (error);
}

/* In one transaction. */
static void append (const LogEngine *engine, LogLink *link, guint count)
{
  g_auto (LogState) state = { 0 };
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GError) error = NULL;

  begin (engine, link, TRUE, &state);
  facts = make_facts (state.number, count);
  engine->append (link, facts, &error);
  g_assert_no_error (error);
  engine->commit (link, &error);
  g_assert_no_error (error);
}

static gint64 last_number (const LogEngine *engine, LogLink *link)
{
  g_auto (LogState) state = { 0 };

  begin (engine, link, FALSE, &state);
  engine->rollback (link);
  return state.number;
}

static void test_facts (Fixture *fixture, gconstpointer data)
{
  static const struct {
    gint64 after;
    guint limit, count;
  } TABLE[] = { { 0, 100, 7 }, { 0, 3, 3 }, { 3, 3, 3 }, { 6, 3, 1 }, { 7, 3, 0 }, { 9, 3, 0 } };
  g_autoptr (GPtrArray) made = make_facts (0, 7);
  g_auto (LogState) state = { 0 };

  append (fixture->engine, fixture->one, 3);
  append (fixture->engine, fixture->other, 4);
  begin (fixture->engine, fixture->one, FALSE, &state);
  g_assert_cmpint (state.number, ==, 7);
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (GPtrArray) read
        = fixture->engine->facts (fixture->one, TABLE[i].after, TABLE[i].limit, NULL);

    g_assert_cmpuint (read->len, ==, TABLE[i].count);
    for (guint n = 0; n < read->len; n++) {
      const Fact *fact = read->pdata[n], *was = made->pdata[TABLE[i].after + n];

      g_assert_cmpint (fact->number, ==, was->number);
      g_assert_cmpstr (fact->station, ==, was->station);
      g_assert_cmpint (fact->seq, ==, was->seq);
      g_assert_cmpstr (fact->kind, ==, was->kind);
      g_assert_cmpstr (fact->subject, ==, was->subject);
      g_assert_cmpstr (fact->body, ==, was->body);
      g_assert_true (fact_body_holds (fact));
      g_assert_true (hash_equal (&fact->chain, &was->chain));
      g_assert_false (fact->is_signed);
    }
  }
  fixture->engine->rollback (fixture->one);
}

static void test_heads (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *station;
    gint64 seq;
  } TABLE[] = { { "a", 2 }, { "b", 3 } };
  g_auto (LogState) state = { 0 };
  g_autoptr (GPtrArray) heads = NULL, made = make_facts (0, 5);

  append (fixture->engine, fixture->one, 5);
  begin (fixture->engine, fixture->other, FALSE, &state);
  heads = fixture->engine->heads (fixture->other, NULL);
  fixture->engine->rollback (fixture->other);
  g_assert_cmpuint (heads->len, ==, G_N_ELEMENTS (TABLE));
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];
    const Fact *last = made->pdata[i == 0 ? 3 : 4];

    g_assert_cmpstr (head->station, ==, TABLE[i].station);
    g_assert_cmpint (head->seq, ==, TABLE[i].seq);
    g_assert_true (hash_equal (&head->chain, &last->chain));
  }
}

/* What is noted beside facts: whose log it is, values, erased bodies, signatures. */
static void test_notes (Fixture *fixture, gconstpointer data)
{
  static const gint64 ERASED = 2;
  g_autofree guchar *signature = g_malloc0 (SIGNATURE_BYTES);
  g_autofree char *in_text = g_base64_encode (signature, SIGNATURE_BYTES);
  g_autoptr (GArray) erased = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) read = NULL;
  g_auto (LogState) state = { 0 };
  g_autoptr (GError) error = NULL;
  const LogEngine *engine = fixture->engine;

  append (engine, fixture->other, 3);
  g_array_append_val (erased, ERASED);
  begin (engine, fixture->one, TRUE, &state);
  g_assert_null (state.station);
  g_assert_null (state.noted);
  engine->erase (fixture->one, erased, &error);
  g_assert_no_error (error);
  engine->sign (fixture->one, 3, in_text, &error);
  g_assert_no_error (error);
  engine->note (fixture->one, "hub", state.timeline, TRUE, &error);
  g_assert_no_error (error);
  engine->commit (fixture->one, &error);
  g_assert_no_error (error);
  begin (engine, fixture->other, FALSE, &state);
  read = engine->facts (fixture->other, 0, 10, NULL);
  engine->rollback (fixture->other);
  g_assert_cmpstr (state.station, ==, "hub");
  g_assert_true (state.closed);
  g_assert_cmpstr (state.noted, ==, state.timeline);
  for (guint i = 0; i < read->len; i++) {
    const Fact *fact = read->pdata[i];

    g_assert_true ((fact->body == NULL) == (fact->number == ERASED));
    g_assert_true (fact->is_signed == (fact->number == 3));
  }
}

/* Each value once, as it was written last, in the order of versions. */
static void test_changes (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *key, *row;
    gint64 version;
  } WRITTEN[] = { { "root", "{\"value\":\"x\"}", 1 },
                  { "gone", "{\"value\":\"y\"}", 2 },
                  { "gone", NULL, 3 },
                  { "root", "{\"value\":\"hub “\\\"”\"}", 4 } };
  static const struct {
    gint64 after;
    guint count;
  } TABLE[] = { { 0, 2 }, { 2, 2 }, { 3, 1 }, { 4, 0 } };
  g_auto (LogState) state = { 0 };
  g_autoptr (GError) error = NULL;
  const LogEngine *engine = fixture->engine;

  for (guint i = 0; i < G_N_ELEMENTS (WRITTEN); i++) {
    g_autoptr (GPtrArray) changes
        = g_ptr_array_new_with_free_func ((GDestroyNotify) log_engine_change_free);

    g_ptr_array_add (changes, log_engine_change_new ("local", WRITTEN[i].key, WRITTEN[i].row,
                                                     WRITTEN[i].version));
    begin (engine, fixture->one, TRUE, &state);
    engine->change (fixture->one, changes, &error);
    g_assert_no_error (error);
    engine->commit (fixture->one, &error);
    g_assert_no_error (error);
  }
  begin (engine, fixture->other, FALSE, &state);
  g_assert_cmpint (state.version, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (GPtrArray) told = engine->changes (fixture->other, TABLE[i].after, NULL);

    g_assert_cmpuint (told->len, ==, TABLE[i].count);
    for (guint n = 0; n < told->len; n++) {
      const LogChange *change = told->pdata[n];

      g_assert_cmpstr (change->key, ==, WRITTEN[change->version - 1].key);
      g_assert_cmpstr (change->row, ==, WRITTEN[change->version - 1].row);
    }
  }
  engine->rollback (fixture->other);
}

/* What is taken back, or whose connection is closed first, is nowhere; its numbers
 * are the next one's. */
static void test_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = make_facts (0, 2);
  const LogEngine *engine = fixture->engine;

  for (guint i = 0; i < 2; i++) {
    g_auto (LogState) state = { 0 };

    begin (engine, fixture->one, TRUE, &state);
    g_assert_true (engine->append (fixture->one, facts, NULL));
    g_assert_true (engine->note (fixture->one, "hub", state.timeline, FALSE, NULL));
    engine->rollback (fixture->one);
    engine->rollback (fixture->one);
    begin (engine, fixture->other, FALSE, &state);
    g_assert_cmpint (state.number, ==, 0);
    g_assert_null (state.station);
    engine->rollback (fixture->other);
  }
  append (engine, fixture->other, 2);
  g_assert_cmpint (last_number (engine, fixture->one), ==, 2);
}

/* A reader waits for no writer, and cannot write. */
static void test_readers_only_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = make_facts (0, 1);
  g_auto (LogState) first = { 0 }, second = { 0 };
  g_autoptr (GError) error = NULL;
  const LogEngine *engine = fixture->engine;

  begin (engine, fixture->one, TRUE, &first);
  begin (engine, fixture->other, FALSE, &second);
  g_assert_false (engine->append (fixture->other, facts, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG);
  engine->rollback (fixture->other);
  engine->rollback (fixture->one);
}

/* Nobody stands by here, and who waits for nothing waits no longer than it says. */
static void test_standbys (Fixture *fixture, gconstpointer data)
{
  LogStandbys standbys = { .all = 9 };

  g_assert_true (fixture->engine->standbys (fixture->one, &standbys, NULL));
  g_assert_cmpuint (standbys.all, ==, 0);
  g_assert_cmpuint (standbys.synchronous, ==, 0);
  g_assert_true (fixture->engine->wait (fixture->one, 1, -1, NULL));
}

static void test_choose (void)
{
  static const struct {
    const LogEngine *offered;
    const char *address;
    int code; /* -1: it is chosen */
  } TABLE[] = { { &MEMORY_LOG, MEMORY_LOG_ADDRESS, -1 },
                { &POSTGRES_LOG, "postgresql://a,b/accueil", -1 },
                { &POSTGRES_LOG, MEMORY_LOG_ADDRESS, JOURNAL_ERROR_INVALID },
                { &MEMORY_LOG, "", JOURNAL_ERROR_INVALID },
                { NULL, "postgresql://a/b", JOURNAL_ERROR_LOG } };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++) {
    g_autoptr (GError) error = NULL;

    log_engine_offer (TABLE[i].offered);
    const LogEngine *chosen = log_engine_choose (TABLE[i].address, &error);
    g_assert_true (chosen == (TABLE[i].code < 0 ? TABLE[i].offered : NULL));
    if (TABLE[i].code >= 0)
      g_assert_error (error, JOURNAL_ERROR, TABLE[i].code);
  }
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } TESTS[] = {
    { "facts", test_facts },           { "heads", test_heads },
    { "notes", test_notes },           { "changes", test_changes },
    { "taken-back", test_taken_back }, { "readers-only-read", test_readers_only_read },
    { "standbys", test_standbys },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  log_places_start ();
  g_test_add_func ("/log-engine/choose", test_choose);
  for (guint p = 0; p < G_N_ELEMENTS (LOG_PLACES); p++)
    for (guint i = 0; LOG_PLACES[p].engine != NULL && i < G_N_ELEMENTS (TESTS); i++) {
      g_autofree char *path
          = g_strdup_printf ("/log-engine/%s/%s", LOG_PLACES[p].name, TESTS[i].name);

      g_test_add (path, Fixture, &LOG_PLACES[p], set_up, TESTS[i].run, tear_down);
    }
  status = g_test_run ();
  log_places_stop ();
  return status;
}
