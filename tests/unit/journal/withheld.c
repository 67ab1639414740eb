/* What a gate does not get: of each fact, of a snapshot, of a file that is merged;
 * and what becomes of it when a gate becomes a desk, or a desk a gate. */
#include "journal/withheld.h"

#include "journal/fact_json.h"
#include "journal/maintenance.h"
#include "journal/query.h"
#include "unit/journal/append.h"

#include <glib/gstdio.h>
#include <string.h>

#define PERSON                                                                                     \
  "{\"family\":\"Le Goff\",\"email\":\"a@b.fr\",\"telephone\":\"0299\",\"diet\":[\"vegan\"],"      \
  "\"hotel\":\"Ibis\",\"said\":{\"l\":{\"email\":\"x@y.fr\"}},\"meals\":true}"

static void test_table (void)
{
  static const struct {
    const char *kind, *body, *rest; /* rest NULL: whole */
  } ROWS[] = {
    { "registration", PERSON, "{\"family\":\"Le Goff\",\"meals\":true}" },
    { "registration", "{ \"email\" : \"a\" }", "{}" },
    { "registration", "{\"given\":\"A \\\"B\\\"\",\"hotel\":\"\"}", "{\"given\":\"A \\\"B\\\"\"}" },
    { "registration", "{\"corrected\":[\"email\"],\"email\":\"a\"}",
      "{\"corrected\":[\"email\"]}" },
    { "registration", "{\"family\":\"Li\"}", NULL },
    { "registration", "{}", NULL },
    { "note", "{\"text\":\"a\",\"volunteer\":\"Li\"}", "{\"volunteer\":\"Li\"}" },
    { "handover", "{\"to\":\"Li\",\"serial\":1,\"reason\":\"a\"}", "{\"to\":\"\",\"serial\":1}" },
    { "letter", "{\"state\":\"sent\",\"address\":\"a1\",\"reply\":\"a@b.fr\"}",
      "{\"state\":\"sent\"}" },
    { "volunteer", "{\"name\":\"Li\",\"pin\":\"h\",\"rights\":[]}",
      "{\"name\":\"Li\",\"rights\":[]}" },
    { "passage", "{\"checkpoint\":\"c\",\"email\":\"a\"}", NULL },
    /* Without its form it counts nowhere; nor must the rest of it. */
    { "registration", "{\"family\":\"Li\",\"email\":7}", "" },
    { "registration", "{\"em\\u0061il\":\"a\"}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (Fact) fact
        = { .kind = g_strdup (ROWS[i].kind),
            .subject = g_strdup (strcmp (ROWS[i].kind, "volunteer") == 0 ? "101" : "FR-1"),
            .body = g_strdup (ROWS[i].body),
            .body_hash = hash_of (ROWS[i].body, strlen (ROWS[i].body)) };

    withheld_take_out (&fact);
    g_test_message ("%s %s", ROWS[i].kind, ROWS[i].body);
    g_assert_cmpint (fact.is_part, ==, ROWS[i].rest != NULL);
    g_assert_cmpstr (fact.body, ==,
                     ROWS[i].rest == NULL      ? ROWS[i].body
                     : ROWS[i].rest[0] == '\0' ? NULL
                                               : ROWS[i].rest);
    g_assert_true (fact_body_holds (&fact));
  }
}

static void test_roles (void)
{
  g_assert_true (withheld_from (ROLE_GATE) && withheld_from (ROLE_NONE));
  g_assert_false (withheld_from (ROLE_DESK) || withheld_from (ROLE_OFFICE));
}

/* Replicas --------------------------------------------------------------------------- */

typedef struct {
  char *folder;
  Journal *hub, *gate, *desk;
} Fixture;

static char *path_of (const Fixture *fixture, const char *name)
{
  return g_strdup_printf ("%s/%s.db", fixture->folder, name);
}

static Journal *make (const Fixture *fixture, const char *station)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of (fixture, station);
  Journal *journal = journal_create (path, station, clock_system (), &error);

  g_assert_no_error (error);
  g_assert_true (journal_begin (journal, &error));
  g_assert_true (journal_set_root (journal, "hub", &error));
  g_assert_true (journal_commit (journal, &error));
  return journal;
}

/* The hub hears of a station. */
static void tell (Journal *station, Journal *hub)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (station, journal_station (station), 0, 1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (hub, &error));
  g_assert_true (journal_receive (hub, facts->pdata[0], 1, NULL, &error));
  g_assert_true (journal_commit (hub, &error));
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("withheld-XXXXXX", NULL);
  fixture->hub = make (fixture, "hub");
  fixture->gate = make (fixture, "gate");
  fixture->desk = make (fixture, "desk");
  tell (fixture->gate, fixture->hub);
  tell (fixture->desk, fixture->hub);
  append (fixture->hub, "role", "gate", "{\"role\":\"gate\",\"from\":1}");
  append (fixture->hub, "role", "desk", "{\"role\":\"desk\",\"from\":1}");
  append (fixture->hub, "registration", "FR-1", PERSON);
  append (fixture->hub, "registration", "FR-2", PERSON);
  append (fixture->hub, "registration", "FR-2",
          "{\"corrected\":[\"email\"],\"email\":\"new@b.fr\",\"family\":\"Le Goff\"}");
  append (fixture->hub, "registration", "FR-3", "{\"family\":\"Durand\"}");
  append (fixture->hub, "note", "FR-1", "{\"text\":\"Allergie\"}");
  append (fixture->hub, "handover", "FR-1", "{\"to\":\"Martin\",\"serial\":1}");
  append (fixture->hub, "registration", "FR-4", PERSON);
  append (fixture->hub, "erasure", "FR-4", "{}");
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  g_clear_pointer (&fixture->hub, journal_close);
  g_clear_pointer (&fixture->gate, journal_close);
  g_clear_pointer (&fixture->desk, journal_close);
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* Sends all of @from that others wrote, as a hub does to a station of that role; each
 * once more than needed. */
static void send (Journal *from, Journal *to, gboolean for_gate, gboolean *again)
{
  g_autoptr (GPtrArray) facts = journal_facts_after (from, 0, journal_station (to), 1000, NULL);
  g_autofree Fact *batch = g_new (Fact, facts->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < facts->len; i++) {
    Fact *fact = facts->pdata[i], back;
    g_autofree char *line = NULL;

    if (for_gate)
      withheld_take_out (fact);
    line = fact_to_json (fact);
    g_assert_true (fact_from_json (line, -1, &back, &error));
    fact_clear (fact);
    *fact = batch[i] = back;
  }
  for (guint time = 0; time < 2; time++) {
    gboolean now;

    g_assert_true (journal_begin (to, &error));
    journal_receive_from_hub (to, batch, facts->len, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (withheld_follow (to, &now, &error));
    *again = time == 0 ? now : *again;
    g_assert_true (journal_commit (to, &error));
  }
}

static void assert_sound (Journal *journal, Journal *hub)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *heads = journal_heads_digest (journal, NULL),
                  *theirs = hub != NULL ? journal_heads_digest (hub, NULL) : g_strdup (heads),
                  *before = journal_projections_text (journal, NULL), *after = NULL;

  g_assert_cmpstr (heads, ==, theirs);
  g_assert_true (journal_verify (journal, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (journal_rebuild (journal, &error));
  after = journal_projections_text (journal, NULL);
  g_assert_cmpstr (before, ==, after);
}

static gboolean has (Journal *journal, const char *text)
{
  g_autofree char *projections = journal_projections_text (journal, NULL),
                  *sql = g_strdup_printf ("SELECT 1 FROM fact WHERE body LIKE '%%%s%%'", text);
  Query *query = journal_query (journal, sql, NULL);
  gboolean found = query_next (query);

  g_assert_true (query_end (query, NULL));
  return found || strstr (projections, text) != NULL;
}

static const char *const SECRETS[]
    = { "a@b.fr", "new@b.fr", "x@y.fr", "0299", "vegan", "Ibis", "Allergie", "Martin" };

static void assert_holds (Journal *journal, gboolean secrets)
{
  g_assert_true (has (journal, "Le Goff"));
  for (guint i = 0; i < G_N_ELEMENTS (SECRETS); i++) {
    g_test_message ("%s: %s", journal_station (journal), SECRETS[i]);
    g_assert_cmpint (has (journal, SECRETS[i]), ==, secrets);
  }
}

static gboolean is_here (Journal *journal)
{
  g_autoptr (GError) error = NULL;
  gboolean here;

  g_assert_true (withheld_here (journal, &here, &error));
  g_assert_no_error (error);
  return here;
}

/* A gate becomes a desk, which must hold what every desk does, and a gate again. */
static void test_life (Fixture *fixture, gconstpointer data)
{
  g_autofree char *gate = NULL, *desk = NULL, *now = NULL, *last = NULL;
  gboolean again;

  g_assert_true (has (fixture->hub, "0299"));
  g_assert_false (is_here (fixture->gate)); /* not told of its role yet */
  send (fixture->hub, fixture->gate, TRUE, &again);
  g_assert_true (is_here (fixture->gate));
  g_assert_false (again);
  assert_holds (fixture->gate, FALSE);
  assert_sound (fixture->gate, fixture->hub);
  gate = journal_projections_text (fixture->gate, NULL);
  append (fixture->hub, "role", "gate", "{\"role\":\"desk\",\"from\":1}");
  send (fixture->hub, fixture->gate, TRUE, &again);
  g_assert_true (again);
  assert_holds (fixture->gate, FALSE);
  send (fixture->hub, fixture->gate, FALSE, &again);
  g_assert_false (again);
  g_assert_false (is_here (fixture->gate));
  assert_holds (fixture->gate, TRUE);
  assert_sound (fixture->gate, fixture->hub);
  send (fixture->hub, fixture->desk, FALSE, &again);
  g_assert_false (again);
  desk = journal_projections_text (fixture->desk, NULL);
  now = journal_projections_text (fixture->gate, NULL);
  g_assert_cmpstr (now, ==, desk);
  /* It has a registration of its own now, which it may have to send: that stays whole. */
  append (fixture->gate, "registration", "W-gate-1-1",
          "{\"email\":\"own@b.fr\",\"volunteer\":\"Li\"}");
  append (fixture->hub, "role", "gate", "{\"role\":\"gate\",\"from\":3}");
  send (fixture->hub, fixture->gate, TRUE, &again);
  assert_holds (fixture->gate, FALSE);
  g_assert_true (has (fixture->gate, "own@b.fr"));
  assert_sound (fixture->gate, NULL);
}

/* A whole body that is another one, and one of a person who was erased since. */
static void test_not_filled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (fixture->hub, "hub", 4, 1, NULL);
  Fact *fact = facts->pdata[0];
  g_autoptr (GError) error = NULL;
  gboolean again;

  g_assert_cmpstr (fact->body, ==, PERSON);
  send (fixture->hub, fixture->gate, TRUE, &again);
  g_assert_true (journal_begin (fixture->gate, &error));
  *strstr (fact->body, "a@b.fr") = 'b';
  g_assert_false (journal_receive_from_hub (fixture->gate, fact, 1, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
  g_clear_error (&error);
  journal_rollback (fixture->gate);
  *strstr (fact->body, "b@b.fr") = 'a';
  append (fixture->hub, "erasure", fact->subject, "{}");
  send (fixture->hub, fixture->gate, TRUE, &again);
  g_assert_true (journal_begin (fixture->gate, &error));
  g_assert_true (journal_receive (fixture->gate, fact, 1, NULL, &error));
  g_assert_true (journal_commit (fixture->gate, &error));
  g_assert_false (has (fixture->gate, "0299"));
  assert_sound (fixture->gate, fixture->hub);
}

/* Of the hub alone a part is believed: nobody else's, and of no other file. */
static void test_other_ways (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_of (fixture, "gate");
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 taken, left;
  gboolean again;

  send (fixture->hub, fixture->gate, TRUE, &again);
  append (fixture->gate, "badge-issued", "FR-1", "{\"serial\":1,\"reason\":\"first\"}");
  g_assert_true (journal_merge (fixture->desk, path, &taken, &left, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (has (fixture->desk, "Le Goff"));
  g_assert_true (has (fixture->desk, "first"));
  g_assert_cmpint (left, >, 0);
  facts = journal_facts_of (fixture->gate, "hub", 3, 1, NULL);
  g_assert_true (((const Fact *) facts->pdata[0])->is_part);
  g_assert_true (journal_begin (fixture->desk, &error));
  g_assert_false (journal_receive (fixture->desk, facts->pdata[0], 1, NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
  journal_rollback (fixture->desk);
}

/* What no program writes, as a stolen desk sends it. */
static void receive_bad (Journal *hub, const char *body)
{
  Fact fact = { .station = (char *) (guintptr) "desk",
                .seq = 2,
                .at = clock_hybrid_from_ms (g_get_real_time () / 1000),
                .kind = (char *) (guintptr) "registration",
                .subject = (char *) (guintptr) "FR-5",
                .body = (char *) (guintptr) body,
                .body_hash = hash_of (body, strlen (body)) };
  g_autoptr (GError) error = NULL;
  gint64 seq;
  Hash head;

  g_assert_true (journal_head (hub, "desk", &seq, &head, &error));
  fact.chain = fact_chain (&head, &fact);
  g_assert_true (journal_begin (hub, &error));
  journal_receive (hub, &fact, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (journal_commit (hub, &error));
}

/* The file that a gate gets holds no byte of it, nor does the gate's. */
static void test_snapshot (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_of (fixture, "snapshot"), *own = path_of (fixture, "gate");
  g_autoptr (GError) error = NULL;
  gint64 taken;

  receive_bad (fixture->hub, "{\"email\":7,\"hotel\":\"Ibis\",\"volunteer\":\"Li\"}");
  g_assert_true (journal_snapshot_for_gate (fixture->hub, path, &error));
  g_assert_no_error (error);
  g_assert_true (journal_merge_from_hub (fixture->gate, path, &taken, &error));
  g_assert_no_error (error);
  assert_holds (fixture->gate, FALSE);
  g_clear_pointer (&fixture->gate, journal_close);
  for (guint file = 0; file < 2; file++) {
    g_autofree char *bytes = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (file == 0 ? path : own, &bytes, &length, &error));
    g_assert_nonnull (memmem (bytes, length, "Le Goff", strlen ("Le Goff")));
    for (guint i = 0; i < G_N_ELEMENTS (SECRETS); i++)
      g_assert_null (memmem (bytes, length, SECRETS[i], strlen (SECRETS[i])));
  }
}

/* What is left is proved too, by its own hash. */
static void test_altered (Fixture *fixture, gconstpointer data)
{
  static const char *const CHANGES[]
      = { "UPDATE fact SET body = replace (body, 'Goff', 'Gaff'), shown = x'00' || shown WHERE "
          "subject = 'FR-1' AND kind = 'registration'",
          "UPDATE fact SET shown = zeroblob (32) WHERE subject = 'FR-1' AND body IS NOT NULL",
          "UPDATE fact SET shown = x'01' WHERE subject = 'FR-4' AND kind = 'registration'" };
  gboolean again;

  send (fixture->hub, fixture->gate, TRUE, &again);
  for (guint i = 0; i < G_N_ELEMENTS (CHANGES); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_true (journal_execute (fixture->gate, "SAVEPOINT sound", &error));
    g_assert_true (journal_execute (fixture->gate, CHANGES[i], &error));
    g_assert_true (journal_execute (fixture->gate, "RELEASE sound", &error));
    g_assert_false (journal_verify (fixture->gate, NULL, NULL, NULL, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
    g_test_message ("%s", error->message);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/withheld/table", test_table);
  g_test_add_func ("/journal/withheld/roles", test_roles);
#define TEST(name, function)                                                                       \
  g_test_add ("/journal/withheld/" name, Fixture, NULL, set_up, function, tear_down)
  TEST ("life", test_life);
  TEST ("not-filled", test_not_filled);
  TEST ("other-ways", test_other_ways);
  TEST ("snapshot", test_snapshot);
  TEST ("altered", test_altered);
  return g_test_run ();
}
