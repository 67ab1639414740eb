/* Answers to a pull: what is taken of good ones, and that a bad one changes nothing. */
#include "sync/pull_answer.h"

#include "journal/fact_json.h"
#include "sync/client_terms.h"

#include <glib/gstdio.h>
#include <string.h>

#define FACTS 4 /* of the hub: its station fact and three of its own */

typedef struct {
  char *folder;
  Journal *journal, *hub, *other_hub, *station, *other_station; /* two of a name each */
} Fixture;

static Journal *made (Fixture *fixture, const char *file, const char *station)
{
  g_autofree char *path = g_build_filename (fixture->folder, file, NULL);
  g_autoptr (GError) error = NULL;
  Journal *journal = journal_create (path, station, clock_system (), &error);

  g_assert_no_error (error);
  for (guint i = 1; strcmp (station, "a") != 0 && i < FACTS; i++)
    g_assert_true (journal_begin (journal, NULL)
                   && journal_append (journal, "call", station, "{}", NULL, NULL)
                   && journal_commit (journal, NULL));
  return journal;
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-pull-XXXXXX", NULL);
  fixture->journal = made (fixture, "a.db", "a");
  fixture->hub = made (fixture, "hub.db", "hub");
  fixture->other_hub = made (fixture, "other-hub.db", "hub");
  fixture->station = made (fixture, "b.db", "b");
  fixture->other_station = made (fixture, "other-b.db", "b");
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  journal_close (fixture->journal);
  journal_close (fixture->hub);
  journal_close (fixture->other_hub);
  journal_close (fixture->station);
  journal_close (fixture->other_station);
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* Bodies ----------------------------------------------------------------------------- */

/* The facts of @journal's own station after @after, as the hub sends them. */
static GString *lines_of (Journal *journal, gint64 after)
{
  g_autoptr (GPtrArray) facts
      = journal_facts_of (journal, journal_station (journal), after, 100, NULL);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++) {
    g_autofree char *json = fact_to_json (facts->pdata[i]);
    g_string_append_printf (lines, "%s\n", json);
  }
  return lines;
}

static GString *no_facts (Fixture *fixture)
{
  return g_string_new (NULL);
}

static GString *good_facts (Fixture *fixture)
{
  return lines_of (fixture->hub, 0);
}

/* The last line without its end. */
static GString *unended (Fixture *fixture)
{
  GString *lines = lines_of (fixture->hub, 0);

  return g_string_truncate (lines, lines->len - 1);
}

static GString *with_a_gap (Fixture *fixture)
{
  return lines_of (fixture->hub, 1);
}

static GString *no_json (Fixture *fixture)
{
  return g_string_append (lines_of (fixture->hub, 0), "<html>\n");
}

static GString *altered (Fixture *fixture)
{
  GString *lines = lines_of (fixture->hub, 0);

  g_string_replace (lines, "\"kind\":\"call\"", "\"kind\":\"cell\"", 1);
  return lines;
}

/* The chain holds, but no fact may be about so long a name. */
static GString *invalid (Fixture *fixture)
{
  g_autofree char *subject = g_strnfill (201, 'x');
  Fact fact = { .seq = 1, .at = 1 };
  const Hash none = { { 0 } };
  g_autofree char *json = NULL;
  GString *lines;

  fact.station = g_strdup ("c");
  fact.kind = g_strdup ("note");
  fact.subject = g_steal_pointer (&subject);
  fact.body = g_strdup ("{}");
  fact.body_hash = hash_of ("{}", 2);
  fact.chain = fact_chain (&none, &fact);
  json = fact_to_json (&fact);
  fact_clear (&fact);
  lines = g_string_new (json);
  return g_string_append_c (lines, '\n');
}

static GString *too_many (Fixture *fixture)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (fixture->hub, "hub", 0, 1, NULL);
  g_autofree char *json = fact_to_json (facts->pdata[0]);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i <= JOURNAL_BATCH_MAX; i++)
    g_string_append_printf (lines, "%s\n", json);
  return lines;
}

static GString *of_another_hub (Fixture *fixture)
{
  return lines_of (fixture->other_hub, 0);
}

static GString *of_a_station (Fixture *fixture)
{
  return lines_of (fixture->station, 0);
}

static GString *of_another_station (Fixture *fixture)
{
  return lines_of (fixture->other_station, 0);
}

static HubAnswer answer_of (guint status, const char *epoch, gint64 cursor, const char *head,
                            GString *body)
{
  return (HubAnswer){ .status = status,
                      .cursor = cursor,
                      .epoch = g_strdup (epoch),
                      .head = g_strdup (head),
                      .body = body };
}

static guint taken_of (Fixture *fixture, GString *body, gint64 cursor)
{
  g_auto (HubAnswer) answer = answer_of (200, "e1", cursor, "hub 9 00 x", body);
  g_autoptr (GError) error = NULL;
  guint taken = 99;

  g_assert_true (pull_answer_take (fixture->journal, &answer, 0, NULL, &taken, &error));
  g_assert_no_error (error);
  return taken;
}

static void assert_cursor (Fixture *fixture, gint64 expected, const char *expected_epoch)
{
  g_autofree char *epoch = NULL;
  gint64 cursor = -1;

  g_assert_true (pull_answer_cursor (fixture->journal, &cursor, &epoch, NULL));
  g_assert_cmpint (cursor, ==, expected);
  g_assert_cmpstr (epoch, ==, expected_epoch);
}

/* Tests ------------------------------------------------------------------------------ */

static void test_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root = NULL;

  assert_cursor (fixture, 0, NULL);
  g_assert_cmpuint (taken_of (fixture, unended (fixture), 17), ==, FACTS);
  assert_cursor (fixture, 17, "e1");
  /* The name before the signed head: whose word counts from now on. */
  root = journal_root (fixture->journal, NULL);
  g_assert_cmpstr (root, ==, "hub");
  /* Sent once more, they are passed over. */
  g_assert_cmpuint (taken_of (fixture, good_facts (fixture), 18), ==, 0);
  assert_cursor (fixture, 18, "e1");
}

/* What the cursor's text is not, it begins anew. */
static void test_cursor (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    gint64 cursor;
  } ROWS[] = { { "12", 12 }, { "", 0 }, { "-1", 0 }, { "x", 0 }, { "99999999999999999999", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_assert_true (
        journal_set_local (fixture->journal, JOURNAL_LOCAL_HUB_CURSOR, ROWS[i].text, NULL));
    assert_cursor (fixture, ROWS[i].cursor, NULL);
  }
}

/* A poll that brings nothing writes nothing. */
static void test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Journal) beside
      = journal_open (journal_path (fixture->journal), clock_system (), NULL);
  g_autoptr (GError) error = NULL;
  gint64 version;
  guint taken = 99;

  taken_of (fixture, good_facts (fixture), 17);
  version = journal_data_version (beside);
  for (guint moved = 0; moved < 3; moved++) {
    g_auto (HubAnswer) answer
        = answer_of (200, moved == 1 ? "e2" : "e1", moved == 2 ? 18 : 17, NULL, no_facts (fixture));

    g_assert_true (pull_answer_take (fixture->journal, &answer, 17, "e1", &taken, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (taken, ==, 0);
    if (moved == 0)
      g_assert_cmpint (journal_data_version (beside), ==, version);
    assert_cursor (fixture, answer.cursor, answer.epoch);
  }
}

/* A hub that was restored is read again from the beginning, in its new epoch. */
static void test_restored (Fixture *fixture, gconstpointer data)
{
  g_auto (HubAnswer) answer = answer_of (410, "e2", -1, NULL, no_facts (fixture));
  g_autoptr (GError) error = NULL;
  guint taken = 99;

  taken_of (fixture, good_facts (fixture), 17);
  g_assert_true (pull_answer_take (fixture->journal, &answer, 17, "e1", &taken, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (taken, ==, 0);
  assert_cursor (fixture, 0, "e2");
}

static void test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *what;
    guint status;
    const char *epoch;
    gint64 cursor;
    const char *head;
    GString *(*body) (Fixture *fixture);
    ClientError code;
    const char *says;
  } ROWS[] = {
    { "no epoch", 200, NULL, 30, NULL, good_facts, CLIENT_ERROR_PROTOCOL, "epoch" },
    { "no cursor", 200, "e1", -1, NULL, good_facts, CLIENT_ERROR_PROTOCOL, "cursor" },
    { "a token that is refused", 401, "e1", 30, NULL, no_facts, CLIENT_ERROR_REFUSED, "refuses" },
    { "a busy hub", 503, "e1", 30, NULL, no_facts, CLIENT_ERROR_UNREACHABLE, "503" },
    { "a strange status", 500, "e1", 30, NULL, no_facts, CLIENT_ERROR_PROTOCOL, "500" },
    { "no JSON", 200, "e1", 30, NULL, no_json, CLIENT_ERROR_PROTOCOL, "no fact" },
    { "too many facts", 200, "e1", 30, NULL, too_many, CLIENT_ERROR_PROTOCOL, "too many" },
    { "an invalid fact", 200, "e1", 30, NULL, invalid, CLIENT_ERROR_PROTOCOL, "subject" },
    { "the hub's history is another", 200, "e1", 30, "hub 4 00 x", of_another_hub,
      CLIENT_ERROR_CONFLICT, "restored" },
    { "the hub's history, and no word on it", 200, "e1", 30, NULL, of_another_hub,
      CLIENT_ERROR_CONFLICT, "another history" },
    { "a station's history is another", 200, "e1", 30, "hub 4 00 x", of_another_station,
      CLIENT_ERROR_CONFLICT, "another history" },
  };
  g_autofree char *before = NULL;

  taken_of (fixture, good_facts (fixture), 17);
  taken_of (fixture, of_a_station (fixture), 17);
  before = journal_heads_digest (fixture->journal, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (HubAnswer) answer = answer_of (ROWS[i].status, ROWS[i].epoch, ROWS[i].cursor,
                                           ROWS[i].head, ROWS[i].body (fixture));
    g_autoptr (GError) error = NULL;
    g_autofree char *after = NULL;
    guint taken = 99;

    g_test_message ("%s", ROWS[i].what);
    g_assert_false (pull_answer_take (fixture->journal, &answer, 17, "e1", &taken, &error));
    g_assert_error (error, CLIENT_ERROR, (gint) ROWS[i].code);
    g_assert_nonnull (strstr (error->message, ROWS[i].says));
    g_assert_cmpuint (taken, ==, 0);
    assert_cursor (fixture, 17, "e1");
    after = journal_heads_digest (fixture->journal, NULL);
    g_assert_cmpstr (after, ==, before);
  }
}

/* Of an empty replica: what comes before the fault is not kept either. */
static void test_all_or_none (Fixture *fixture, gconstpointer data)
{
  static const struct {
    GString *(*body) (Fixture *fixture);
    ClientError code;
  } ROWS[] = { { with_a_gap, CLIENT_ERROR_PROTOCOL }, { altered, CLIENT_ERROR_CONFLICT } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (HubAnswer) answer = answer_of (200, "e1", 30, NULL, ROWS[i].body (fixture));
    g_autoptr (GError) error = NULL;
    gint64 seq = -1;
    guint taken = 99;

    g_assert_false (pull_answer_take (fixture->journal, &answer, 0, NULL, &taken, &error));
    g_assert_error (error, CLIENT_ERROR, (gint) ROWS[i].code);
    g_assert_cmpuint (taken, ==, 0);
    g_assert_true (journal_head (fixture->journal, "hub", &seq, NULL, NULL));
    g_assert_cmpint (seq, ==, 0);
    assert_cursor (fixture, 0, NULL);
  }
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } TESTS[] = {
    { "taken", test_taken },       { "cursor", test_cursor },   { "nothing", test_nothing },
    { "restored", test_restored }, { "refused", test_refused }, { "all-or-none", test_all_or_none },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/sync/pull-answer/", TESTS[i].name, NULL);
    g_test_add (path, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  }
  return g_test_run ();
}
