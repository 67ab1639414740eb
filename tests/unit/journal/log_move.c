/* A log that goes to where several hubs share it, and back, while any one call fails that
 * the file or the log is asked: each act says so, leaves no transaction open, and can be
 * done again; at the end both hold the same facts. The log is kept in memory here; what
 * PostgreSQL does is shared_log.c's. */
#include "journal/log_move.h"
#include "journal/shared_log.h"

#include "failing_sqlite.h"
#include "journal/query.h"
#include "journal/shared_sheet.h"
#include "unit/journal/transaction.h"

#include <glib/gstdio.h>
#include <string.h>

#define ADDRESS "memory://log"
#define ALL_UP_TO 40 /* calls; of a longer row some */
#define CALLS_MAX 4000

/* The log in memory ------------------------------------------------------------------ */

typedef struct {
  char *station, *noted;
  gboolean closed;
  gint64 version;
  GPtrArray *facts, *changes; /* Fact, LogChange */
} Server;

static Server server, committed;
static guint cut_at, cut_calls; /* the call that fails, from 1; 0: none */
static gboolean was_cut;

static Fact *fact_copy (const Fact *fact)
{
  Fact *copy = g_memdup2 (fact, sizeof *fact);

  copy->station = g_strdup (fact->station);
  copy->kind = g_strdup (fact->kind);
  copy->subject = g_strdup (fact->subject);
  copy->body = g_strdup (fact->body);
  return copy;
}

static LogChange *change_copy (const LogChange *change)
{
  return log_engine_change_new (change->sheet, change->key, change->row, change->version);
}

static GPtrArray *new_facts (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
}

static GPtrArray *new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) log_engine_change_free);
}

static void server_clear (Server *one)
{
  g_free (one->station);
  g_free (one->noted);
  g_clear_pointer (&one->facts, g_ptr_array_unref);
  g_clear_pointer (&one->changes, g_ptr_array_unref);
  *one = (Server){ 0 };
}

static Server server_copy (const Server *one)
{
  Server copy
      = { g_strdup (one->station), g_strdup (one->noted), one->closed, one->version, new_facts (),
          new_changes () };

  for (guint i = 0; one->facts != NULL && i < one->facts->len; i++)
    g_ptr_array_add (copy.facts, fact_copy (one->facts->pdata[i]));
  for (guint i = 0; one->changes != NULL && i < one->changes->len; i++)
    g_ptr_array_add (copy.changes, change_copy (one->changes->pdata[i]));
  return copy;
}

static void server_become (const Server *one)
{
  Server copy = server_copy (one);

  server_clear (&server);
  server = copy;
}

static gboolean cut (GError **error)
{
  if (cut_at == 0 || was_cut || ++cut_calls != cut_at)
    return FALSE;
  was_cut = TRUE;
  g_set_error_literal (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG, "the line is cut");
  return TRUE;
}

static LogLink *link_open (const char *address, GError **error)
{
  return cut (error) ? NULL : (LogLink *) &server;
}

static void link_rollback (LogLink *link)
{
  if (committed.facts != NULL)
    server_become (&committed);
  server_clear (&committed);
}

static gboolean link_begin (LogLink *link, gboolean writing, LogState *state, GError **error)
{
  if (cut (error))
    return FALSE;
  link_rollback (link);
  committed = server_copy (&server);
  *state = (LogState){ g_strdup (server.station), server.closed,
                       server.facts->len,         server.version,
                       g_strdup ("here:1"),       g_strdup (server.noted) };
  return TRUE;
}

static gboolean link_commit (LogLink *link, GError **error)
{
  if (cut (error)) {
    link_rollback (link);
    return FALSE;
  }
  server_clear (&committed);
  return TRUE;
}

static GPtrArray *link_facts (LogLink *link, gint64 after, guint limit, GError **error)
{
  GPtrArray *list = cut (error) ? NULL : new_facts ();

  for (gint64 i = after; list != NULL && i < server.facts->len && list->len < limit; i++)
    g_ptr_array_add (list, fact_copy (server.facts->pdata[i]));
  return list;
}

static GPtrArray *link_changes (LogLink *link, gint64 after, GError **error)
{
  GPtrArray *list = cut (error) ? NULL : new_changes ();

  for (guint i = 0; list != NULL && i < server.changes->len; i++)
    if (((LogChange *) server.changes->pdata[i])->version > after)
      g_ptr_array_add (list, change_copy (server.changes->pdata[i]));
  return list;
}

static void head_free (gpointer head)
{
  g_free (((JournalHead *) head)->station);
  g_free (head);
}

static gint by_station (gconstpointer one, gconstpointer other)
{
  return strcmp ((*(JournalHead *const *) one)->station, (*(JournalHead *const *) other)->station);
}

static GPtrArray *link_heads (LogLink *link, GError **error)
{
  GPtrArray *heads = cut (error) ? NULL : g_ptr_array_new_with_free_func (head_free);

  for (guint i = 0; heads != NULL && i < server.facts->len; i++) {
    const Fact *fact = server.facts->pdata[i];
    JournalHead *head = NULL;

    for (guint k = 0; head == NULL && k < heads->len; k++)
      if (strcmp (((JournalHead *) heads->pdata[k])->station, fact->station) == 0)
        head = heads->pdata[k];
    if (head == NULL) {
      head = g_new0 (JournalHead, 1);
      head->station = g_strdup (fact->station);
      g_ptr_array_add (heads, head);
    }
    head->seq = fact->seq;
    head->chain = fact->chain;
  }
  if (heads != NULL)
    g_ptr_array_sort (heads, by_station);
  return heads;
}

static gboolean link_append (LogLink *link, const GPtrArray *facts, GError **error)
{
  for (guint i = 0; i < facts->len; i++) {
    g_assert_cmpint (((const Fact *) facts->pdata[i])->number, ==, server.facts->len + 1);
    g_ptr_array_add (server.facts, fact_copy (facts->pdata[i]));
  }
  return !cut (error);
}

static gboolean link_change (LogLink *link, const GPtrArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len; i++) {
    const LogChange *change = changes->pdata[i];

    g_ptr_array_add (server.changes, change_copy (change));
    server.version = MAX (server.version, change->version);
  }
  return !cut (error);
}

static gboolean link_sign (LogLink *link, gint64 number, const char *signature, GError **error)
{
  Fact *fact = server.facts->pdata[number - 1];

  fact->is_signed = sign_signature_from_text (signature, fact->signature);
  return fact->is_signed && !cut (error);
}

static gboolean link_erase (LogLink *link, const GArray *numbers, GError **error)
{
  for (guint i = 0; i < numbers->len; i++)
    g_clear_pointer (&((Fact *) server.facts->pdata[g_array_index (numbers, gint64, i) - 1])->body,
                     g_free);
  return !cut (error);
}

static gboolean link_note (LogLink *link, const char *station, const char *timeline,
                           gboolean closed, GError **error)
{
  g_free (server.station);
  g_free (server.noted);
  server.station = g_strdup (station);
  server.noted = g_strdup (timeline);
  server.closed = closed;
  return !cut (error);
}

static gboolean link_standbys (LogLink *link, LogStandbys *standbys, GError **error)
{
  *standbys = (LogStandbys){ 0 };
  return !cut (error);
}

static gboolean link_wait (LogLink *link, guint timeout_ms, int wake, GError **error)
{
  return !cut (error);
}

static const LogEngine ENGINE = {
  .scheme = "memory://",
  .open = link_open,
  .close = link_rollback,
  .begin = link_begin,
  .commit = link_commit,
  .rollback = link_rollback,
  .facts = link_facts,
  .changes = link_changes,
  .heads = link_heads,
  .append = link_append,
  .change = link_change,
  .sign = link_sign,
  .erase = link_erase,
  .note = link_note,
  .standbys = link_standbys,
  .wait = link_wait,
};

/* Where an act begins ---------------------------------------------------------------- */

typedef struct {
  GBytes *file; /* of the replica */
  Server server;
} State;

/* Alone; in a shared log; behind another that has written; taken back out of it. */
enum { ALONE, SHARED, BEHIND, BACK, STATES };
static State states[STATES];
static char *folder, *db;

static void append (Journal *journal, const char *kind, const char *subject, const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (journal, &error));
  g_assert_true (journal_append (journal, kind, subject, body, NULL, &error));
  g_assert_true (journal_commit (journal, &error));
}

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
  state->server = server_copy (&server);
}

static Journal *begin_in (const State *state)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (state->file, &length);
  Journal *journal;

  g_assert_true (g_file_set_contents (db, bytes, (gssize) length, NULL));
  server_become (&state->server);
  journal = journal_open (db, clock_system (), &error);
  g_assert_no_error (error);
  return journal;
}

static void make_states (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (folder, "other.db", NULL);
  Journal *journal, *behind;

  server = (Server){ .facts = new_facts (), .changes = new_changes () };
  journal = journal_create (db, "hub", clock_system (), &error);
  g_assert_no_error (error);
  write_some (journal);
  keep (journal, db, &states[ALONE]);

  journal = begin_in (&states[ALONE]);
  g_assert_true (journal_share (journal, ADDRESS, &error));
  keep (journal, db, &states[SHARED]);

  behind = journal_join (other, ADDRESS, clock_system (), &error);
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
  return journal_share (journal, ADDRESS, error);
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
  g_autoptr (Journal) new = journal_join (path, ADDRESS, clock_system (), error);
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
  g_assert_cmpint (journal_last_number (journal, &error), ==, server.facts->len);
  g_assert_no_error (error);
}

/* With call @at of the file's or the log's failing; TRUE if there is no such call. */
static gboolean attempt (guint index, gboolean file, guint at)
{
  Journal *journal = begin_in (&states[ACTS[index].from]);
  g_autoptr (GError) error = NULL;
  gboolean good, failed;

  cut_at = file ? 0 : at;
  cut_calls = 0;
  was_cut = FALSE;
  failing_start (file ? at : 0);
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

  for (gboolean file = FALSE; file <= TRUE; file++) {
    guint at = 1;
    while (!attempt (index, file, at)) {
      at += at < ALL_UP_TO ? 1 : (guint) g_test_rand_int_range (1, (gint) at / 4);
      g_assert_cmpuint (at, <, CALLS_MAX);
    }
    g_assert_cmpuint (at, >, file || ACTS[index].act == journal_leave_log ? 0 : 1);
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

    if (ROWS[i].station != NULL) {
      g_free (server.station);
      server.station = ROWS[i].empty ? NULL : g_strdup (ROWS[i].station);
    }
    server.closed = ROWS[i].closed;
    if (ROWS[i].fewer)
      g_ptr_array_set_size (server.facts, (gint) server.facts->len - 1);
    if (ROWS[i].altered)
      ((Fact *) server.facts->pdata[server.facts->len - 1])->chain.bytes[0] ^= 1;
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

    g_ptr_array_add (server.changes,
                     log_engine_change_new (ROWS[i].sheet, ROWS[i].key,
                                            ROWS[i].row != NULL ? row : NULL, ++server.version));
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
  g_assert_false (journal_share (journal, ADDRESS, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_LOG);
  g_clear_error (&error);
  log_engine_offer (&ENGINE);
  g_assert_false (journal_unshare (journal, &error));
  g_assert_nonnull (strstr (error->message, "in this file already"));
  g_clear_error (&error);
  g_assert_true (journal_share (journal, ADDRESS, &error));
  g_assert_false (journal_share (journal, ADDRESS "2", &error));
  g_assert_nonnull (strstr (error->message, "take it back first"));
  journal_close (journal);
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sign_start ();
  log_engine_offer (&ENGINE);
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
    server_clear (&states[i].server);
  }
  server_clear (&server);
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
