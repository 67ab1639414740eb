/* Loading an event file: only what differs is written, what is gone is marked, and a
 * fault leaves everything as it was. */
#include "congress/event_file.h"

#include "congress/checkpoint.h"
#include "unit/access/replica.h"
#include "unit/journal/transaction.h"

#define DEMO "assets/demo/congress.ini"

static void write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static DefinitionSummary load (Replica *replica, const char *path)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary = { 0 };
  g_assert_true (event_file_load (replica->journal, path, NULL, &summary, &error));
  g_assert_no_error (error);
  return summary;
}

/* The demo's text with @from replaced by @to, in a file of its own. */
static char *changed (Replica *replica, const char *from, const char *to)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (DEMO, &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, from, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_autofree char *other = g_strjoinv (to, parts);
  char *path = replica_path (replica, "changed.ini");
  write_file (path, other);
  return path;
}

static void test_load (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  DefinitionSummary first = load (&replica, DEMO);
  g_assert_cmpuint (first.facts, ==,
                    1 + first.events + first.categories + first.ranks + first.deadlines
                        + first.logos + first.delegations + first.sessions + first.checkpoints
                        + first.questions + first.messages);
  g_assert_cmpuint (first.removed, ==, 0);
  g_assert_cmpint (
      number_of (replica.journal, "SELECT count (*) FROM checkpoint WHERE NOT removed"), ==,
      first.checkpoints);
  g_assert_cmpint (number_of (replica.journal, "SELECT count (*) FROM session WHERE NOT removed"),
                   ==, 6);
  g_assert_cmpint (number_of (replica.journal, "SELECT sort FROM event WHERE id = 'foire'"), ==, 2);

  DefinitionSummary again = load (&replica, DEMO);
  g_assert_cmpuint (again.facts, ==, 0);
  g_assert_cmpuint (again.checkpoints, ==, first.checkpoints);

  /* Its identity is drawn once, whatever becomes of its words. */
  g_autofree char *identity = journal_congress (replica.journal, NULL);
  g_assert_true (identity && strlen (identity) >= 16);
  g_autofree char *renamed = changed (&replica, "place-fr = Chengdu", "place-fr = Wuhan");
  g_assert_cmpuint (load (&replica, renamed).facts, ==, 1);
  g_assert_cmpuint (load (&replica, DEMO).facts, ==, 1);
  g_assert_cmpint (
      number_of (replica.journal,
                 "SELECT count (DISTINCT body ->> 'identity') FROM fact WHERE kind = 'congress'"),
      ==, 1);
  Replica rehearsal;
  gint64 now_ms = hand_ms;
  replica_open (&rehearsal, "desk");
  hand_ms = now_ms;
  load (&rehearsal, DEMO);
  g_autofree char *other = journal_congress (rehearsal.journal, NULL);
  g_assert_cmpstr (identity, !=, other);
  replica_close (&rehearsal);

  g_autofree char *one = changed (&replica, "fr = Entrée Est", "fr = Entrée principale");
  g_assert_cmpuint (load (&replica, one).facts, ==, 1);
  g_assert_cmpint (
      number_of (
          replica.journal,
          "SELECT count (*) FROM checkpoint WHERE id = 'entree-est' AND fr = 'Entrée principale'"),
      ==, 1);
  replica_close (&replica);
}

static void test_removed (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  DefinitionSummary first = load (&replica, DEMO);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (DEMO, &text, NULL, NULL));
  char *section = strstr (text, "[checkpoint espace-b2b]");
  const char *next = strstr (section, "# [question ID]");
  memmove (section, next, strlen (next) + 1);
  g_autofree char *path = replica_path (&replica, "less.ini");
  write_file (path, text);
  DefinitionSummary less = load (&replica, path);
  g_assert_cmpuint (less.facts, ==, 1);
  g_assert_cmpuint (less.removed, ==, 1);
  g_assert_cmpint (
      number_of (replica.journal,
                 "SELECT removed FROM checkpoint WHERE id = 'espace-b2b' AND kind = 'b2b'"),
      ==, 1);
  g_autoptr (GError) error = NULL;
  g_assert_null (checkpoint_load (replica.journal, "espace-b2b", &error));
  g_assert_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_UNKNOWN);
  g_assert_cmpuint (load (&replica, path).facts, ==, 0); /* not marked twice */

  DefinitionSummary back = load (&replica, DEMO);
  g_assert_cmpuint (back.facts, ==, 1);
  g_assert_cmpint (
      number_of (replica.journal, "SELECT count (*) FROM checkpoint WHERE NOT removed"), ==,
      first.checkpoints);
  replica_close (&replica);
}

/* All or nothing. */
static void test_faults (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  load (&replica, DEMO);
  gint64 before = number_of (replica.journal, "SELECT count (*) FROM fact");
  g_autofree char *bad = changed (&replica, "day = 26\n", "day = 30\n");
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary = { 0 };
  g_assert_false (event_file_load (replica.journal, bad, NULL, &summary, &error));
  g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_CONTENT);
  g_assert_nonnull (strstr (error->message, "changed.ini:"));
  g_assert_nonnull (strstr (error->message, "[session A1] day: “30” is not one of 26, 27, 28"));
  g_assert_cmpint (number_of (replica.journal, "SELECT count (*) FROM fact"), ==, before);
  g_assert_cmpuint (summary.facts, ==, 0);
  g_assert_false (in_transaction (replica.journal));
  replica_close (&replica);
}

/* What another has dated to the end of time holds: then the file is not loaded in part,
 * and not said to be loaded. */
static void test_no_effect (void)
{
  static const char BODY[] = "{\"kind\":\"zone\",\"fr\":\"A\",\"zh\":\"A\"}";
  Replica replica;
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary = { 0 };
  const Hash zero = { 0 };
  char station[] = "zz", kind[] = "checkpoint", subject[] = "entree-est";
  g_autofree char *text = g_strdup (BODY);
  Fact fact = {
    .station = station, .seq = 1, .at = G_MAXINT64, .kind = kind, .subject = subject, .body = text
  };
  replica_open (&replica, "desk");
  fact.body_hash = hash_of (text, strlen (text));
  fact.chain = fact_chain (&zero, &fact);
  g_assert_true (journal_begin (replica.journal, NULL));
  g_assert_true (journal_receive (replica.journal, &fact, 1, NULL, &error));
  g_assert_true (journal_commit (replica.journal, &error));
  gint64 before = number_of (replica.journal, "SELECT count (*) FROM fact");
  g_assert_false (event_file_load (replica.journal, DEMO, NULL, &summary, &error));
  g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_EFFECT);
  g_assert_nonnull (strstr (error->message, "checkpoint entree-est"));
  g_assert_cmpuint (summary.facts, ==, 0);
  g_assert_cmpint (number_of (replica.journal, "SELECT count (*) FROM fact"), ==, before);
  replica_close (&replica);
}

/* Where doors stand, and how far apart. */
static void test_walks (void)
{
  static const struct {
    const char *walks, *fault; /* NULL: none */
  } ROWS[] = {
    { "walks = hall/hall:60", NULL },
    { "walks = hall / hall : 3600 ; hall/hall:1", NULL },
    { "walks = hall/foire:60", "[congress] walks: no checkpoint has the place “foire”" },
    { "walks = hall/hall:0", "[congress] walks: “hall/hall:0” is not PLACE/PLACE:SECONDS" },
    { "walks = hall/hall:3601", "[congress] walks: “hall/hall:3601” is not PLACE/PLACE:SECONDS" },
    { "walks = hall:60", "[congress] walks: “hall:60” is not PLACE/PLACE:SECONDS" },
    { "walks = 60:hall/hall", "[congress] walks: “60:hall/hall” is not PLACE/PLACE:SECONDS" },
  };
  Replica replica;
  replica_open (&replica, "desk");
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (DEMO, &text, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    DefinitionSummary summary;
    g_autofree char *walks = g_strconcat ("timezone = Asia/Shanghai\n", ROWS[i].walks, NULL);
    g_auto (GStrv) parts = g_strsplit (text, "\ntimezone = Asia/Shanghai", 2);
    g_autofree char *first = g_strconcat (parts[0], "\n", walks, parts[1], NULL);
    g_auto (GStrv) doors = g_strsplit (first, "[checkpoint espace-b2b]\n", 2);
    g_autofree char *whole
        = g_strconcat (doors[0], "[checkpoint espace-b2b]\nplace = hall\n", doors[1], NULL);
    g_autofree char *path = replica_path (&replica, "walks.ini");
    write_file (path, whole);
    gboolean good = event_file_load (replica.journal, path, NULL, &summary, &error);
    if (ROWS[i].fault == NULL)
      g_assert_no_error (error);
    else
      g_assert_nonnull (strstr (error->message, ROWS[i].fault));
    g_assert_cmpint (good, ==, ROWS[i].fault == NULL);
  }
  g_assert_cmpint (number_of (replica.journal, "SELECT count (*) FROM checkpoint WHERE id = "
                                               "'espace-b2b' AND place = 'hall'"),
                   ==, 1);
  g_assert_cmpint (number_of (replica.journal,
                              "SELECT count (*) FROM congress WHERE json_array_length (walks) "
                              "= 2 AND walks ->> '$[0].seconds' = '3600'"),
                   ==, 1);
  replica_close (&replica);
}

static void test_unreadable (void)
{
  Replica replica;
  replica_open (&replica, "desk");
  g_autofree char *large = replica_path (&replica, "large.ini");
  g_autofree char *content = g_strnfill (EVENT_FILE_BYTES_MAX + 1, '#');
  write_file (large, content);
  g_autofree char *absent = replica_path (&replica, "absent.ini");
  const char *paths[] = { replica.folder, absent, large, "/dev/zero" };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;
    DefinitionSummary summary;
    g_assert_false (event_file_load (replica.journal, paths[i], NULL, &summary, &error));
    g_assert_error (error, DEFINITION_ERROR, DEFINITION_ERROR_READ);
    g_assert_nonnull (strstr (error->message, paths[i]));
    g_test_message ("%s", error->message);
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event_file/load", test_load);
  g_test_add_func ("/event_file/removed", test_removed);
  g_test_add_func ("/event_file/faults", test_faults);
  g_test_add_func ("/event_file/walks", test_walks);
  g_test_add_func ("/event_file/no_effect", test_no_effect);
  g_test_add_func ("/event_file/unreadable", test_unreadable);
  return g_test_run ();
}
