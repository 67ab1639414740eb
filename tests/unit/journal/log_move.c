/* A log that goes to where several hubs share it, and back, while any one call fails that
 * the file or the log is asked: each act says so, leaves no transaction open, and can be
 * done again; at the end both hold the same facts. The log is kept in memory here; what
 * a real PostgreSQL does is shared_log.c's. */
#include "journal/log_move.h"
#include "journal/shared_log.h"

#include "failing_sqlite.h"
#include "journal/query.h"
#include "journal/shared_sheet.h"
#include "kit/memory_log.h"
#include "unit/journal/append.h"
#include "unit/journal/transaction.h"

#include <glib/gstdio.h>
#include <string.h>

#define ALL_UP_TO 40 /* calls; of a longer row some */
#define CALLS_MAX 4000

static guint cut_at, cut_calls; /* the call of the log's that fails, from 1; 0: none */
static MemoryTrouble cut_how;
static gboolean was_cut;

static MemoryTrouble cut (gpointer data)
{
  if (cut_at == 0 || was_cut || ++cut_calls != cut_at)
    return MEMORY_LOG_WELL;
  was_cut = TRUE;
  return cut_how;
}

/* Where an act begins ---------------------------------------------------------------- */

typedef struct {
  GBytes *file; /* of the replica */
  MemoryLog *log;
} State;

/* Alone; in a shared log; behind another that has written; taken back out of it. */
enum { ALONE, SHARED, BEHIND, BACK, STATES };
static State states[STATES];
static char *folder, *db;

/* Of all that a log carries: facts, an erased body, a value that is no fact. */
static void write_some (Journal *journal)
{
  append (journal, "registration", "R1", "{\"family\":\"Nord\"}");
  append (journal, "passage", "R1", "{\"checkpoint\":\"e\"}");
  append (journal, "erasure", "R1", "{}");
  g_assert_true (journal_execute (
      journal, "INSERT INTO local (name, value) VALUES ('" JOURNAL_LOCAL_HUB_AT "x', 'https://x')",
      NULL));
}

/* Closes @journal, whose file is as it is now where an act begins in this state. */
static void keep (Journal *journal, const char *path, State *state)
{
  char *bytes;
  gsize length;

  journal_close (journal);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  state->file = g_bytes_new_take (bytes, length);
  state->log = memory_log_save ();
}

static Journal *begin_in (const State *state)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (state->file, &length);
  Journal *journal;

  g_assert_true (g_file_set_contents (db, bytes, (gssize) length, NULL));
  memory_log_load (state->log);
  journal = journal_open (db, clock_system (), &error);
  g_assert_no_error (error);
  return journal;
}

static void make_states (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (folder, "other.db", NULL);
  Journal *journal, *behind;

  journal = journal_create (db, "hub", clock_system (), &error);
  g_assert_no_error (error);
  write_some (journal);
  keep (journal, db, &states[ALONE]);

  journal = begin_in (&states[ALONE]);
  g_assert_true (journal_share (journal, MEMORY_LOG_ADDRESS, &error));
  keep (journal, db, &states[SHARED]);

  behind = journal_join (other, MEMORY_LOG_ADDRESS, clock_system (), &error);
  g_assert_no_error (error);
  journal = begin_in (&states[SHARED]);
  append (journal, "registration", "R2", "{\"family\":\"Sud\"}");
  append (journal, "erasure", "R2", "{}");
  append (journal, "passage", "R3", "{\"checkpoint\":\"e\"}");
  g_assert_true (journal_begin (journal, &error));
  g_assert_true (journal_set_local (journal, JOURNAL_LOCAL_HUB_AT "y", "https://y", &error));
  g_assert_true (journal_commit (journal, &error));
  journal_close (journal);
  keep (behind, other, &states[BEHIND]);

  journal = begin_in (&states[SHARED]);
  g_assert_true (journal_unshare (journal, &error));
  g_assert_no_error (error);
  append (journal, "passage", "R4", "{\"checkpoint\":\"e\"}");
  keep (journal, db, &states[BACK]);
}

/* Acts ------------------------------------------------------------------------------- */

static gboolean share (Journal *journal, GError **error)
{
  return journal_share (journal, MEMORY_LOG_ADDRESS, error);
}

static gboolean unshare_all (Journal *journal, GError **error)
{
  return !journal_is_shared (journal) || journal_unshare (journal, error);
}

static gboolean follow (Journal *journal, GError **error)
{
  return journal_follow (journal, 1, -1, error);
}

static gboolean change_all (Journal *journal, GError **error)
{
  return journal_append (journal, "registration", "R5", "{\"family\":\"Est\"}", NULL, error)
         && journal_append (journal, "erasure", "R1", "{}", NULL, error)
         && journal_set_local (journal, JOURNAL_LOCAL_HUB_AT "z", "https://z", error);
}

static gboolean write_all (Journal *journal, GError **error)
{
  return journal_begin (journal, error)
         && journal_finish (journal, change_all (journal, error), error);
}

static gboolean look (Journal *journal, GError **error)
{
  LogStandbys standbys;
  gint64 behind;

  return journal_look_at_log (journal, &behind, &standbys, error);
}

static gboolean join (Journal *journal, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "new.db", NULL);
  g_autoptr (Journal) new = journal_join (path, MEMORY_LOG_ADDRESS, clock_system (), error);
  gboolean good = new != NULL;

  g_clear_pointer (&new, journal_close);
  g_remove (path);
  return good;
}

static const struct {
  const char *name;
  guint from;
  gboolean (*act) (Journal *journal, GError **error);
  gboolean shared; /* at the end */
} ACTS[] = {
  { "share", ALONE, share, TRUE },
  { "share-again", BACK, share, TRUE },
  { "unshare", SHARED, unshare_all, FALSE },
  { "leave", SHARED, journal_leave_log, FALSE },
  { "follow", BEHIND, follow, TRUE },
  { "write", SHARED, write_all, TRUE },
  { "write-behind", BEHIND, write_all, TRUE },
  { "look", SHARED, look, TRUE },
  { "join", SHARED, join, TRUE },
};

/* Both hold the same, and the next transaction goes into both. */
static void check_end (Journal *journal, gboolean shared)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (journal_is_shared (journal), ==, shared);
  if (!shared)
    return;
  append (journal, "passage", "R9", "{\"checkpoint\":\"e\"}");
  g_assert_cmpint (journal_last_number (journal, &error), ==, memory_log_now ()->facts->len);
  g_assert_no_error (error);
}

/* Whose call fails, and how: the log's can be done, and nobody hears of it. */
typedef enum { FAILS_LOG, FAILS_LOG_UNHEARD, FAILS_FILE, FAILURES } Failure;

/* With call @at failing so; TRUE if there is no such call. */
static gboolean attempt (guint index, Failure failure, guint at)
{
  Journal *journal = begin_in (&states[ACTS[index].from]);
  g_autoptr (GError) error = NULL;
  gboolean good, failed;

  cut_at = failure != FAILS_FILE ? at : 0;
  cut_how = failure == FAILS_LOG ? MEMORY_LOG_BROKEN : MEMORY_LOG_UNHEARD;
  cut_calls = 0;
  was_cut = FALSE;
  failing_start (failure == FAILS_FILE ? at : 0);
  good = ACTS[index].act (journal, &error);
  failed = failing_stop () || was_cut;
  cut_at = 0;
  if (good != (error == NULL) || (!failed && !good))
    g_test_fail_printf ("%s, call %u (%s): %s", ACTS[index].name, at, failing_sql,
                        error != NULL ? error->message : "no error, though it failed");
  g_assert_false (in_transaction (journal));
  g_clear_error (&error);
  if (!ACTS[index].act (journal, &error))
    g_error ("%s after call %u (%s): %s", ACTS[index].name, at, failing_sql, error->message);
  check_end (journal, ACTS[index].shared);
  journal_close (journal);
  return !failed;
}

static void test_act (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);

  for (Failure failure = 0; failure < FAILURES; failure++) {
    guint at = 1;
    while (!attempt (index, failure, at)) {
      at += at < ALL_UP_TO ? 1 : (guint) g_test_rand_int_range (1, (gint) at / 4);
      g_assert_cmpuint (at, <, CALLS_MAX);
    }
    g_assert_cmpuint (at, >, failure == FAILS_FILE || ACTS[index].act == journal_leave_log ? 0 : 1);
  }
}

/* A log that is another's, or is not what it was. */
static void test_refused (void)
{
  static const struct {
    guint from;
    const char *station; /* NULL: as it is */
    gboolean empty, closed, fewer, altered;
    const char *said;
  } ROWS[] = {
    { SHARED, "hub", TRUE, FALSE, FALSE, FALSE, "the log is empty" },
    { SHARED, "elsewhere", FALSE, FALSE, FALSE, FALSE, "that of a hub “elsewhere”" },
    { SHARED, NULL, FALSE, TRUE, FALSE, FALSE, "was moved away" },
    { SHARED, NULL, FALSE, FALSE, TRUE, FALSE, "has lost facts" },
    { SHARED, NULL, FALSE, FALSE, FALSE, TRUE, "do not hold the same facts" },
    { BACK, "elsewhere", FALSE, FALSE, FALSE, FALSE, "that of a hub “elsewhere”" },
    { BACK, NULL, FALSE, FALSE, TRUE, FALSE, "neither may replace the other" },
    { BACK, NULL, FALSE, TRUE, FALSE, TRUE, "do not hold the same facts" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Journal *journal = begin_in (&states[ROWS[i].from]);
    g_autoptr (GError) error = NULL;

    MemoryLog *log = memory_log_now ();
    if (ROWS[i].station != NULL) {
      g_free (log->station);
      log->station = ROWS[i].empty ? NULL : g_strdup (ROWS[i].station);
    }
    log->closed = ROWS[i].closed;
    if (ROWS[i].fewer)
      g_ptr_array_set_size (log->facts, (gint) log->facts->len - 1);
    if (ROWS[i].altered)
      ((Fact *) log->facts->pdata[log->facts->len - 1])->chain.bytes[0] ^= 1;
    g_assert_false (ROWS[i].from == SHARED ? follow (journal, &error) : share (journal, &error));
    g_test_message ("%u: %s", i, error->message);
    g_assert_nonnull (strstr (error->message, ROWS[i].said));
    g_assert_false (in_transaction (journal));
    journal_close (journal);
  }
}

/* What other hubs' log may bring that is no fact. */
static void test_changes (void)
{
  static const char WRONG[] = "{\"signature\":\"00\"}";
  static const struct {
    const char *sheet, *key, *row, *said; /* said NULL: taken */
  } ROWS[] = {
    { "elsewhere", "x", "{}", "does not know" },
    { SHARED_SHEET_SIGNATURE, "1", WRONG, "a broken signature" },
    { SHARED_SHEET_SIGNATURE, "1", NULL, "a broken signature" },
    { SHARED_SHEET_SIGNATURE, "1", "{", "" },
    { SHARED_SHEET_SIGNATURE, "999", "{\"signature\":\"@\"}", NULL },
    { SHARED_SHEET_SIGNATURE, "2", "{\"signature\":\"@\"}", NULL },
    { "local", JOURNAL_LOCAL_ROOT, "{", "" },
    { "local", JOURNAL_LOCAL_ROOT, "{\"value\":\"hub\"}", NULL },
    { "local", JOURNAL_LOCAL_HUB_AT "x", NULL, NULL },
    { "epoch", "e", "{\"opened_at\":1,\"last_number\":2}", NULL },
  };
  g_autofree char *zeros = g_strnfill (2 * SIGNATURE_BYTES, '0');

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Journal *journal = begin_in (&states[SHARED]);
    g_auto (GStrv) parts = g_strsplit (ROWS[i].row != NULL ? ROWS[i].row : "", "@", -1);
    g_autofree char *row = g_strjoinv (zeros, parts);
    g_autoptr (GError) error = NULL;

    MemoryLog *log = memory_log_now ();
    g_ptr_array_add (log->changes,
                     log_engine_change_new (ROWS[i].sheet, ROWS[i].key,
                                            ROWS[i].row != NULL ? row : NULL, ++log->version));
    g_assert_true (follow (journal, &error) == (ROWS[i].said == NULL));
    g_test_message ("%u: %s", i, error != NULL ? error->message : "taken");
    if (ROWS[i].said != NULL)
      g_assert_nonnull (strstr (error->message, ROWS[i].said));
    g_assert_false (in_transaction (journal));
    journal_close (journal);
  }
}

/* Without an engine, or for another address. */
static void test_no_engine (void)
{
  Journal *journal = begin_in (&states[ALONE]);
  g_autoptr (GError) error = NULL;

  g_assert_false (journal_share (journal, "elsewhere://log", &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID);
  g_clear_error (&error);
  log_engine_offer (NULL);
  g_assert_false (journal_share (journal, MEMORY_LOG_ADDRESS, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG);
  g_clear_error (&error);
  log_engine_offer (&MEMORY_LOG);
  g_assert_false (journal_unshare (journal, &error));
  g_assert_nonnull (strstr (error->message, "in this file already"));
  g_clear_error (&error);
  g_assert_true (journal_share (journal, MEMORY_LOG_ADDRESS, &error));
  g_assert_false (journal_share (journal, MEMORY_LOG_ADDRESS "2", &error));
  g_assert_nonnull (strstr (error->message, "take it back first"));
  journal_close (journal);
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sign_start ();
  memory_log_set_fate (cut, NULL);
  log_engine_offer (&MEMORY_LOG);
  folder = g_dir_make_tmp ("accueil-move-XXXXXX", NULL);
  db = g_build_filename (folder, "hub.db", NULL);
  make_states ();
  for (guint i = 0; i < G_N_ELEMENTS (ACTS); i++) {
    g_autofree char *path = g_strconcat ("/log-move/", ACTS[i].name, NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_act);
  }
  g_test_add_func ("/log-move/refused", test_refused);
  g_test_add_func ("/log-move/changes", test_changes);
  g_test_add_func ("/log-move/no-engine", test_no_engine);
  status = g_test_run ();
  for (guint i = 0; i < STATES; i++) {
    g_bytes_unref (states[i].file);
    memory_log_free (states[i].log);
  }
  memory_log_load (NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_remove (path);
  }
  g_rmdir (folder);
  g_free (folder);
  g_free (db);
  return status;
}
