/* A replica's file against its facts: single flipped bits in fact rows, indexes and
 * projections. $FLIPS sets how many. */
#include "journal/soundness.h"

#include "journal/fact_json.h"
#include "journal/query.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define FLIPS "100"
#define PEOPLE 40

static char *folder, *base, *copy;

static void append (Journal *journal, const char *kind, const char *subject, const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_append (journal, kind, subject, body, NULL, &error));
  g_assert_no_error (error);
}

static void forget (const char *path)
{
  static const char *const ENDS[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++) {
    g_autofree char *file = g_strconcat (path, ENDS[i], NULL);

    g_unlink (file);
  }
}

/* A small congress, in a file without gaps. */
static void make (void)
{
  g_autofree char *path = g_build_filename (folder, "first.db", NULL);
  g_autoptr (GError) error = NULL;
  Journal *journal = journal_create (path, "desk", clock_system (), &error);

  g_assert_no_error (error);
  g_assert_true (journal_begin (journal, &error));
  append (journal, "category", "elu", "{\"fr\":\"élu\",\"zh\":\"民选\"}");
  append (journal, "checkpoint", "entree", "{\"kind\":\"entrance\",\"fr\":\"Entrée\"}");
  for (guint i = 0; i < PEOPLE; i++) {
    g_autofree char *reference = g_strdup_printf ("FR-%03u", i),
                    *body = g_strdup_printf ("{\"family\":\"Nom%u\",\"given\":\"Anne\",\"name_zh\":"
                                             "\"王长江\",\"category\":\"elu\",\"meals\":true}",
                                             i);

    append (journal, "registration", reference, body);
    append (journal, "passage", reference,
            "{\"checkpoint\":\"entree\",\"verdict\":\"ADMITTED\",\"day\":\"2016-10-26\","
            "\"direction\":\"in\"}");
    append (journal, "badge-issued", reference, "{\"serial\":1,\"reason\":\"first\"}");
  }
  append (journal, "badge-void", "FR-001",
          "{\"serial\":1,\"issuer\":\"desk\",\"reason\":\"lost\"}");
  append (journal, "erasure", "FR-002", "{}");
  g_assert_true (journal_commit (journal, &error));
  g_assert_true (journal_copy (journal, base, &error));
  g_assert_no_error (error);
  journal_close (journal);
  forget (path);
}

/* TRUE if all of it is found to be sound. */
static gboolean is_sound (const char *path)
{
  g_autoptr (Journal) journal = journal_open (path, clock_system (), NULL);

  return journal != NULL && journal_verify (journal, NULL, NULL, NULL, NULL)
         && soundness_indexes (journal, NULL) && soundness_projections (journal, NULL);
}

/* What can be flipped ---------------------------------------------------------------- */

/* Bytes of the file that mean something: headers, pointers and cells of the pages of
 * everything that comes from facts. */
static GArray *places (const guint8 *bytes, gsize page_bytes)
{
  g_autoptr (Journal) journal = journal_open (base, clock_system (), NULL);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gsize));
  Query *query = journal_query (
      journal,
      "SELECT pageno FROM dbstat WHERE pagetype IN ('leaf', 'internal') AND pageno > 1 AND name "
      "NOT IN ('local', 'epoch', 'enrolment', 'enrolment_role', 'printer_state', 'sqlite_schema')",
      NULL);

  while (query_next (query)) {
    gsize start = (gsize) (query_int (query, 0) - 1) * page_bytes;
    const guint8 *page = bytes + start;
    gsize header = page[0] == 2 || page[0] == 5 ? 12 : 8,
          pointers = 2 * (gsize) (page[3] << 8 | page[4]), cells = (gsize) (page[5] << 8 | page[6]);

    for (gsize at = 0; at < page_bytes; at++) {
      gsize place = start + at;

      if (at < header + pointers || at >= cells)
        g_array_append_val (found, place);
    }
  }
  g_assert_true (query_end (query, NULL));
  return found;
}

/* All that anybody reads of the replica @path: facts, projections, names. */
static char *contents (const char *path)
{
  static const char NAMES[] = "SELECT rowid, tokens FROM delegate_search WHERE delegate_search "
                              "MATCH 'nom* OR anne OR wang*' ORDER BY rowid";
  g_autoptr (Journal) journal = journal_open (path, clock_system (), NULL);
  g_autoptr (GPtrArray) facts = journal_facts_after (journal, 0, NULL, G_MAXINT, NULL);
  g_autofree char *projections = journal_projections_text (journal, NULL);
  GString *all = g_string_new (projections);
  Query *query = journal_query (journal, NAMES, NULL);

  for (guint i = 0; i < facts->len; i++) {
    g_autofree char *line = fact_to_json (facts->pdata[i]);

    g_string_append_printf (all, "%s\n", line);
  }
  while (query_next (query))
    g_string_append_printf (all, "%d %s\n", (int) query_int (query, 0), query_text (query, 1));
  g_assert_true (query_end (query, NULL));
  return g_string_free (all, FALSE);
}

static void say_missed (gsize at, gsize page_bytes, char bit)
{
  g_autoptr (Journal) journal = journal_open (base, clock_system (), NULL);
  Query *query = journal_query (journal, "SELECT name FROM dbstat WHERE pageno = :page", NULL);

  query_bind_int (query, ":page", (gint64) (at / page_bytes + 1));
  g_test_message ("missed: %s, page %zu, offset %zu, bit %d",
                  query_next (query) ? query_text (query, 0) : "?", at / page_bytes + 1,
                  at % page_bytes, bit);
  query_end (query, NULL);
}

static void test_flips (void)
{
  const char *wanted = g_getenv ("FLIPS");
  guint flips = (guint) atoi (wanted != NULL ? wanted : FLIPS), missed = 0, unread = 0;
  g_autofree char *bytes = NULL, *before = NULL;
  g_autoptr (GArray) where = NULL;
  gsize length, page_bytes;

  g_assert_true (g_file_get_contents (base, &bytes, &length, NULL));
  page_bytes = (gsize) ((guint8) bytes[16] << 8 | (guint8) bytes[17]);
  where = places ((const guint8 *) bytes, page_bytes);
  g_assert_true (is_sound (base));
  before = contents (base);
  forget (copy);
  for (guint i = 0; i < flips; i++) {
    gsize at = g_array_index (where, gsize, g_test_rand_int_range (0, (gint32) where->len));
    char bit = (char) (1 << g_test_rand_int_range (0, 8));

    bytes[at] ^= bit;
    g_assert_true (g_file_set_contents_full (copy, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE,
                                             0600, NULL));
    bytes[at] ^= bit;
    /* SQLite and its text index have bits that they do not read: a stored NULL in place
     * of a row's number, the mark of what was deleted. What nobody reads is no damage. */
    if (is_sound (copy)) {
      g_autofree char *now = contents (copy);

      if (strcmp (now, before) == 0) {
        unread++;
        forget (copy);
        continue;
      }
      say_missed (at, page_bytes, bit);
      missed++;
    }
    forget (copy);
  }
  g_test_message ("%u of %u found, %u that nothing reads", flips - missed - unread, flips, unread);
  g_assert_cmpuint (unread, <=, flips / 50);
  g_assert_cmpuint (missed, ==, 0);
}

/* Words ------------------------------------------------------------------------------ */

/* What is said names the place and what to do. */
static void test_says (void)
{
  static const struct {
    const char *sql, *where, *remedy;
  } CASES[] = {
    { "UPDATE presence SET first_at = 1 WHERE reference = 'FR-003'", "“presence”",
      "accueil rebuild" },
    { "DELETE FROM badge WHERE reference = 'FR-004'", "“badge”", "accueil rebuild" },
    { "UPDATE delegate SET family = 'X' WHERE reference = 'FR-005'", "“delegate”",
      "accueil rebuild" },
    { "DELETE FROM delegate_search WHERE rowid = 6", "“delegate_search”", "accueil rebuild" },
  };
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (base, &bytes, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    Journal *journal;

    g_assert_true (g_file_set_contents_full (copy, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE,
                                             0600, NULL));
    journal = journal_open (copy, clock_system (), NULL);
    g_assert_true (journal_execute (journal, CASES[i].sql, &error));
    g_assert_true (journal_verify (journal, NULL, NULL, NULL, &error));
    g_assert_false (soundness_projections (journal, &error));
    g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
    g_assert_nonnull (strstr (error->message, CASES[i].where));
    g_assert_nonnull (strstr (error->message, CASES[i].remedy));
    g_assert_true (journal_rebuild (journal, NULL));
    g_assert_true (soundness_projections (journal, NULL));
    journal_close (journal);
    forget (copy);
  }
}

/* Somebody has put something into the file, or made something of it another. */
static void test_planted (void)
{
  static const struct {
    const char *sql, *name; /* NULL: nothing is wrong */
  } CASES[] = {
    { "SELECT 1", NULL },
    { "CREATE TRIGGER evil AFTER INSERT ON fact BEGIN DELETE FROM local; END", "“evil”" },
    { "CREATE TRIGGER delegate_search_evil AFTER INSERT ON fact BEGIN DELETE FROM local; END",
      "“delegate_search_evil”" },
    { "CREATE TABLE more (x)", "“more”" },
    { "CREATE VIEW \"a\"\"b\" AS SELECT 1", "“a\"b”" },
    { "CREATE INDEX other ON local (value)", "“other”" },
    { "DROP TRIGGER fact_fixed", "“sqlite_schema”" },
    { "DROP TRIGGER fact_keep; CREATE TRIGGER fact_keep BEFORE DELETE ON fact BEGIN SELECT 1; END",
      "“fact_keep”" },
  };
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (base, &bytes, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    Journal *journal;

    g_test_message ("%s", CASES[i].sql);
    g_assert_true (g_file_set_contents_full (copy, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE,
                                             0600, NULL));
    journal = journal_open (copy, clock_system (), NULL);
    g_assert_true (journal_execute (journal, CASES[i].sql, &error));
    g_assert_cmpint (soundness_schema (journal, &error), ==, CASES[i].name == NULL);
    if (CASES[i].name != NULL) {
      g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS);
      g_assert_nonnull (strstr (error->message, CASES[i].name));
    }
    journal_close (journal);
    forget (copy);
  }
}

/* What a proof that was killed has left, people in it, goes with the next. */
static void test_left (void)
{
  g_autofree char *room = g_strconcat (base, ".proof", NULL),
                  *first = g_build_filename (room, "first.db", NULL),
                  *log = g_build_filename (room, "first.db-wal", NULL),
                  *second = g_build_filename (room, "second.db", NULL);
  g_autoptr (Journal) journal = journal_open (base, clock_system (), NULL);
  const char *const LEFT[] = { first, log, second };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (room, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (LEFT); i++)
    g_assert_true (g_file_set_contents (LEFT[i], "half of a copy", -1, NULL));
  g_assert_true (soundness_projections (journal, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (room, G_FILE_TEST_EXISTS));
}

/* Something else stands where the copies are to be made: it stays. */
static void test_no_room (void)
{
  g_autofree char *room = g_strconcat (base, ".proof", NULL), *held = NULL;
  g_autoptr (Journal) journal = journal_open (base, clock_system (), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (room, "somebody's", -1, NULL));
  g_assert_false (soundness_projections (journal, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_assert_nonnull (strstr (error->message, room));
  g_assert_true (g_file_get_contents (room, &held, NULL, NULL));
  g_assert_cmpstr (held, ==, "somebody's");
  g_unlink (room);
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("soundness-XXXXXX", NULL);
  base = g_build_filename (folder, "base.db", NULL);
  copy = g_build_filename (folder, "copy.db", NULL);
  make ();
  g_test_add_func ("/soundness/says", test_says);
  g_test_add_func ("/soundness/planted", test_planted);
  g_test_add_func ("/soundness/flips", test_flips);
  g_test_add_func ("/soundness/left", test_left);
  g_test_add_func ("/soundness/no-room", test_no_room);
  status = g_test_run ();
  forget (base);
  forget (copy);
  g_rmdir (folder);
  return status;
}
