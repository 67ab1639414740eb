#include "journal/head_signature.h"

#include "journal/query.h"
#include "unit/journal/append.h"

#include <glib/gstdio.h>
#include <string.h>

static const char BADGE[] = "{\"serial\":1,\"reason\":\"first\"}";

typedef struct {
  char *folder;
  Journal *hub, *gate, *other; /* @other knows the hub as the root */
} Fixture;

static Journal *make (const Fixture *fixture, const char *station, gboolean rooted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (station, ".db", NULL),
                  *path = g_build_filename (fixture->folder, file, NULL);
  Journal *journal = journal_create (path, station, clock_system (), &error);

  g_assert_no_error (error);
  g_assert_true (journal_begin (journal, &error));
  g_assert_true (!rooted || journal_set_root (journal, "hub", &error));
  g_assert_true (journal_commit (journal, &error));
  return journal;
}

static char *text_of (Journal *journal, const char *sql)
{
  g_autoptr (GError) error = NULL;
  Query *query = journal_query (journal, sql, &error);
  char *text;

  g_assert_no_error (error);
  text = query_next (query) ? g_strdup (query_text (query, 0)) : g_strdup ("-");
  g_assert_true (query_end (query, &error));
  return text;
}

static void assert_says (Journal *journal, const char *sql, const char *expected)
{
  g_autofree char *text = text_of (journal, sql);

  g_assert_cmpstr (text, ==, expected);
}

/* @count facts from @after on; FALSE and rolled back if they are not taken. */
static gboolean hand (Journal *to, Journal *from, const char *station, gint64 after, guint count,
                      gboolean own_word)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (from, station, after, count, NULL);
  g_autofree Fact *batch = g_new (Fact, facts->len);
  g_autoptr (GError) error = NULL;
  gboolean good;

  for (guint i = 0; i < facts->len; i++)
    batch[i] = *(const Fact *) facts->pdata[i];
  g_assert_true (journal_begin (to, &error));
  good = own_word ? journal_receive_own_word (to, batch, facts->len, NULL, &error)
                  : journal_receive (to, batch, facts->len, NULL, &error);
  g_assert_true (good || g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_UNSIGNED));
  return journal_finish (to, good, NULL);
}

/* A gate with its role, whose first push the hub has taken. */
static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL, *role = NULL;

  fixture->folder = g_dir_make_tmp ("head-signature-XXXXXX", NULL);
  fixture->hub = make (fixture, "hub", TRUE);
  fixture->other = make (fixture, "other", TRUE);
  fixture->gate = make (fixture, "gate", FALSE);
  key = text_of (fixture->gate, "SELECT public FROM station_key WHERE station = 'gate'");
  role = g_strdup_printf ("{\"role\":\"gate\",\"from\":1,\"public\":\"%s\"}", key);
  append (fixture->hub, "role", "gate", role);
  append (fixture->gate, "badge-issued", "FR-1", BADGE);
  g_assert_true (hand (fixture->hub, fixture->gate, "gate", 0, 10, TRUE));
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  journal_close (fixture->hub);
  journal_close (fixture->gate);
  journal_close (fixture->other);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* One signature a commit, whatever it holds, and one now and then in a long one. */
static void test_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (fixture->gate, &error));
  for (guint i = 0; i < 600; i++)
    g_assert_true (journal_append (fixture->gate, "badge-issued", "FR-2", BADGE, NULL, &error));
  g_assert_true (journal_commit (fixture->gate, &error));
  assert_says (fixture->gate,
               "SELECT group_concat (seq) FROM fact WHERE signature IS NOT NULL AND station = "
               "'gate'",
               "1,2,256,512,602");
  assert_says (fixture->gate, "SELECT signed FROM head WHERE station = 'gate'", "602");
  g_assert_true (journal_verify (fixture->gate, NULL, NULL, NULL, &error));
  /* What is rolled back leaves no trace. */
  g_assert_true (journal_begin (fixture->gate, &error));
  g_assert_true (journal_append (fixture->gate, "badge-issued", "FR-3", BADGE, NULL, &error));
  journal_rollback (fixture->gate);
  append (fixture->gate, "badge-issued", "FR-3", BADGE);
  assert_says (fixture->gate, "SELECT signed FROM head WHERE station = 'gate'", "603");
}

/* Who has signed once must from then on; a token alone is not the station. */
static void test_own_word (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GError) error = NULL;
  Fact *fact;

  assert_says (fixture->hub, "SELECT from_seq FROM station_signed WHERE station = 'gate'", "1");
  append (fixture->gate, "badge-issued", "FR-2", BADGE);
  facts = journal_facts_of (fixture->gate, "gate", 2, 1, NULL);
  fact = facts->pdata[0];
  g_assert_true (fact->is_signed);
  fact->signature[0] ^= 1;
  for (guint i = 0; i < 2; i++, fact->is_signed = FALSE) {
    g_assert_true (journal_begin (fixture->hub, &error));
    g_assert_false (journal_receive_own_word (fixture->hub, fact, 1, NULL, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_UNSIGNED);
    g_clear_error (&error);
    g_assert_true (journal_commit (fixture->hub, &error));
    assert_says (fixture->hub, "SELECT seq FROM head WHERE station = 'gate'", "2");
  }
  g_assert_true (hand (fixture->hub, fixture->gate, "gate", 2, 1, TRUE));
  assert_says (fixture->hub, "SELECT count (*) FROM apart", "0");
  assert_says (fixture->hub, "SELECT count (*) FROM badge", "2");
}

/* Read in parts: what no signature covers yet waits, and then counts, in whatever
 * order the root's word comes. */
static void test_parts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (fixture->gate, &error));
  for (guint i = 0; i < 4; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%u", i + 2);

    g_assert_true (journal_append (fixture->gate, "badge-issued", reference, BADGE, NULL, &error));
  }
  g_assert_true (journal_commit (fixture->gate, &error));
  g_assert_true (hand (fixture->hub, fixture->gate, "gate", 2, 10, TRUE));

  g_assert_true (hand (fixture->other, fixture->hub, "hub", 0, 10, FALSE));
  g_assert_true (hand (fixture->other, fixture->hub, "gate", 0, 4, FALSE));
  assert_says (fixture->other, "SELECT group_concat (seq || why) FROM apart",
               "3unsigned,4unsigned");
  g_assert_true (hand (fixture->other, fixture->hub, "gate", 4, 10, FALSE));
  assert_says (fixture->other, "SELECT count (*) FROM apart", "0");
  assert_says (fixture->other, "SELECT count (*) FROM badge", "5");

  {
    g_autoptr (Journal) late = make (fixture, "late", TRUE);
    g_autofree char *rows = NULL, *expected = NULL;

    g_assert_true (hand (late, fixture->hub, "gate", 0, 4, FALSE));
    g_assert_true (hand (late, fixture->hub, "hub", 0, 10, FALSE));
    assert_says (late, "SELECT count (*) FROM apart WHERE why = 'unsigned'", "2");
    g_assert_true (hand (late, fixture->hub, "gate", 4, 10, FALSE));
    assert_says (late, "SELECT count (*) FROM apart", "0");
    g_assert_true (journal_rebuild (late, &error));
    rows = text_of (late, "SELECT group_concat (reference || serial || issuer) FROM badge");
    expected
        = text_of (fixture->hub, "SELECT group_concat (reference || serial || issuer) FROM badge");
    g_assert_cmpstr (rows, ==, expected);
  }
}

/* A fact after the head that @holder has of the gate; by @key, if there is one. */
static Fact forge (Journal *holder, const SignSecret *secret)
{
  Fact fact = { .station = g_strdup ("gate"),
                .kind = g_strdup ("badge-issued"),
                .subject = g_strdup ("FR-666"),
                .body = g_strdup (BADGE),
                .at = clock_hybrid_from_ms (g_get_real_time () / 1000) };
  Hash previous;

  g_assert_true (journal_head (holder, "gate", &fact.seq, &previous, NULL));
  fact.seq++;
  fact.body_hash = hash_of (fact.body, strlen (fact.body));
  fact.chain = fact_chain (&previous, &fact);
  fact.is_signed = secret != NULL;
  if (secret != NULL) {
    Hasher *hasher = hash_new ();
    Hash hash;

    hash_add_text (hasher, "accueil station head");
    hash_add_text (hasher, "gate");
    hash_add_int (hasher, fact.seq);
    hash_add (hasher, fact.chain.bytes, HASH_BYTES);
    hash = hash_finish (hasher);
    sign_make (secret, hash.bytes, HASH_BYTES, fact.signature);
  }
  return fact;
}

/* Whoever holds the facts of a station can chain others to them. They have no effect, and
 * in a file that is merged they do not even stand in the way of the true ones. */
static void test_forged (Fixture *fixture, gconstpointer data)
{
  SignPublic key;
  SignSecret secret;

  sign_key_new (&key, &secret);
  g_assert_true (hand (fixture->other, fixture->hub, "hub", 0, 10, FALSE));
  g_assert_true (hand (fixture->other, fixture->hub, "gate", 0, 10, FALSE));
  append (fixture->gate, "badge-issued", "FR-2", BADGE);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *name = g_strdup_printf ("thief-%u", i);
    g_autoptr (Journal) thief = make (fixture, name, FALSE);
    g_autoptr (GError) error = NULL;
    g_auto (Fact) fact = { 0 };
    gint64 taken = 0, left = 0;

    g_assert_true (hand (thief, fixture->hub, "hub", 0, 10, FALSE));
    g_assert_true (hand (thief, fixture->hub, "gate", 0, 10, FALSE));
    fact = forge (thief, i == 0 ? NULL : &secret);
    g_assert_true (journal_begin (thief, &error));
    g_assert_true (journal_receive (thief, &fact, 1, NULL, &error));
    g_assert_true (journal_commit (thief, &error));
    assert_says (thief, "SELECT seq FROM head WHERE station = 'gate'", "3");
    g_assert_true (
        journal_merge (fixture->other, journal_path (thief), &taken, &left, NULL, &error));
    g_assert_cmpint (taken, ==, 1); /* the thief's own beginning, which has no role */
    g_assert_cmpint (left, ==, 1);
    assert_says (fixture->other, "SELECT seq FROM head WHERE station = 'gate'", "2");
    /* By the wire it is held, and does not count. */
    g_assert_true (journal_begin (fixture->other, &error));
    g_assert_true (journal_receive (fixture->other, &fact, 1, NULL, &error));
    assert_says (fixture->other, "SELECT why FROM apart WHERE station = 'gate'", "unsigned");
    assert_says (fixture->other, "SELECT count (*) FROM badge WHERE reference = 'FR-666'", "0");
    journal_rollback (fixture->other);
  }
  g_assert_true (hand (fixture->other, fixture->gate, "gate", 2, 10, FALSE));
  assert_says (fixture->other, "SELECT count (*) FROM badge", "2");
  assert_says (fixture->other, "SELECT count (*) FROM apart WHERE station = 'gate'", "0");
  sign_wipe (&secret);
}

/* What a station says later than its key was named: its own facts never wait. */
static void test_own_key_named (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_execute (
      fixture->gate, "UPDATE fact SET signature = NULL; UPDATE head SET signed = 0", &error));
  g_assert_true (journal_begin (fixture->gate, &error));
  g_assert_true (journal_set_root (fixture->gate, "hub", &error));
  g_assert_true (journal_commit (fixture->gate, &error));
  g_assert_true (hand (fixture->gate, fixture->hub, "hub", 0, 10, FALSE));
  assert_says (fixture->gate, "SELECT count (*) FROM apart", "0");
  assert_says (fixture->gate, "SELECT signed FROM head WHERE station = 'gate'", "2");
  assert_says (fixture->gate, "SELECT count (*) FROM badge", "1");
}

static void test_verify (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[] = {
    "UPDATE fact SET signature = zeroblob (64) WHERE station = 'gate' AND seq = 1",
    "UPDATE fact SET signature = zeroblob (63) WHERE station = 'gate' AND seq = 2",
    "UPDATE fact SET signature = NULL WHERE station = 'gate' AND seq = 2",
    "UPDATE fact SET signature = 'text' WHERE station = 'gate' AND seq = 2",
    "UPDATE head SET signed = 1 WHERE station = 'gate'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_true (journal_verify (fixture->gate, NULL, NULL, NULL, &error));
    g_assert_true (journal_execute (fixture->gate,
                                    "CREATE TABLE before AS SELECT seq, signature FROM fact; "
                                    "CREATE TABLE reach AS SELECT signed FROM head",
                                    &error));
    g_assert_true (journal_execute (fixture->gate, rows[i], &error));
    g_assert_false (journal_verify (fixture->gate, NULL, NULL, NULL, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
    g_assert_true (
        journal_execute (fixture->gate,
                         "UPDATE fact SET signature = (SELECT signature FROM before b WHERE b.seq "
                         "= fact.seq); UPDATE head SET signed = (SELECT signed FROM reach); DROP "
                         "TABLE before; DROP TABLE reach",
                         NULL));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name)                                                                                  \
  g_test_add ("/head_signature/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (commit);
  ADD (own_word);
  ADD (parts);
  ADD (forged);
  ADD (own_key_named);
  ADD (verify);
  return g_test_run ();
}
