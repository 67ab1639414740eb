#include "journal/maintenance.h"

#include "core/words.h"
#include "journal/fact_table.h"
#include "journal/query.h"
#include "journal/schema.h"
#include "journal/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROGRESS_EVERY 1000

/* From the table itself: an index may say otherwise. Each station's come in their
 * order. */
static const char FACTS_IN_ORDER[] = "SELECT number, station, seq, at, kind, subject, body, "
                                     "body_hash, chain FROM fact NOT INDEXED ORDER BY number";
static const char HEADS_TOLD[] = "SELECT station, seq, at, chain FROM head";
static const char FACT_COUNT[] = "SELECT count (*) FROM fact";
static const char SOURCE_FACTS[]
    = "SELECT number, station, seq, at, kind, subject, body, body_hash, chain FROM source.fact s"
      " WHERE s.seq > ifnull ((SELECT h.seq FROM main.head h WHERE h.station = s.station), 0) "
      "ORDER BY s.number";
/* Stations whose facts there are other ones than here, as far as both go: the merge would
 * otherwise take them for those it has. */
static const char SOURCE_FORKS[]
    = "SELECT s.station FROM source.head s JOIN main.fact f ON f.station = s.station AND f.seq = "
      "s.seq WHERE f.chain <> s.chain ORDER BY s.station";
/* Which congress the facts are of. */
#define CONGRESS_OF(schema)                                                                        \
  "SELECT body ->> 'identity' AS identity FROM " schema                                            \
  ".fact WHERE subject = 'congress' AND kind = 'congress' AND body ->> 'identity' <> ''"
#define NAME_OF(schema)                                                                            \
  "ifnull ((SELECT body ->> 'fr' FROM " schema                                                     \
  ".fact WHERE subject = 'congress' AND kind = 'congress' ORDER BY at DESC LIMIT 1), '')"
static const char CONGRESS[] = CONGRESS_OF ("main") " ORDER BY 1 LIMIT 1";
/* clang-format off */
static const char SOURCE_APART[]
    = "SELECT " NAME_OF ("source") ", " NAME_OF ("main")
      " WHERE EXISTS (" CONGRESS_OF ("main") ") AND EXISTS (" CONGRESS_OF ("source") ")"
      " AND NOT EXISTS (" CONGRESS_OF ("main") " INTERSECT " CONGRESS_OF ("source") ")";
/* clang-format on */
static const char SOURCE_LAST[] = "SELECT ifnull (max (number), 0) FROM source.fact";

/* A damaged text as a person may read it; free with g_free(). */
static char *legible (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "?", -1);

  return g_strescape (valid, NULL);
}

static gboolean fault (const Fact *fact, const char *what, GError **error)
{
  g_autofree char *station = legible (fact->station), *kind = legible (fact->kind);

  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN,
               _ ("first fault at fact %lld of station “%s” (%s): %s. Put this file aside "
                  "and keep "
                  "it, and restore a backup; or make a new replica (accueil init), enrol it, and "
                  "bring over what is sound with “accueil merge FILE”"),
               (long long) fact->seq, station, kind, what);
  return FALSE;
}

/* How far a station's facts reach, as they were read up to here. */
typedef struct {
  gint64 seq;
  HybridTime at;
  Hash chain;
} Reach;

/* What SQLite would read all the same. */
static gboolean check_types (sqlite3_stmt *row, const Fact *fact, GError **error)
{
  static const int TYPES[]
      = { SQLITE_INTEGER, SQLITE_TEXT, SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_TEXT,
          SQLITE_TEXT,    SQLITE_TEXT, SQLITE_BLOB,    SQLITE_BLOB };

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    if (sqlite3_column_type (row, (int) i) != TYPES[i]
        && (TYPES[i] != SQLITE_TEXT || fact->body != NULL
            || sqlite3_column_type (row, (int) i) != SQLITE_NULL || i != 6))
      return fault (fact, _ ("a part of it was altered"), error);
  return TRUE;
}

static gboolean check_fact (const Fact *fact, Reach *reach, GError **error)
{
  Hash expected;

  if (fact->seq != reach->seq + 1)
    return fault (fact, _ ("facts before it are missing, or it was altered"), error);
  if (!fact_body_holds (fact))
    return fault (fact, _ ("its body was altered"), error);
  expected = fact_chain (&reach->chain, fact);
  if (!hash_equal (&expected, &fact->chain))
    return fault (fact,
                  _ ("its chain value does not match: it, or its place in the order, was altered"),
                  error);
  *reach = (Reach){ fact->seq, fact->at, fact->chain };
  return TRUE;
}

static gboolean head_fault (const char *station, gint64 seq, gint64 told, GError **error)
{
  g_autofree char *name = legible (station);

  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN,
               _ ("first fault after fact %lld of station “%s”: its head says %lld; facts "
                  "were cut "
                  "off or the head was altered"),
               (long long) seq, name, (long long) told);
  return FALSE;
}

/* The end of each station's facts must be its head: else the last facts were cut off. */
static gboolean check_heads (Journal *journal, GHashTable *reaches, GError **error)
{
  sqlite3_stmt *row = NULL;
  gboolean good = sqlite3_prepare_v2 (journal->db, HEADS_TOLD, -1, &row, NULL) == SQLITE_OK;
  guint count = 0;
  int status = SQLITE_ERROR;

  while (good && (status = sqlite3_step (row)) == SQLITE_ROW) {
    const char *station = (const char *) sqlite3_column_text (row, 0);
    const Reach *reach = station != NULL ? g_hash_table_lookup (reaches, station) : NULL;
    gint64 told = sqlite3_column_int64 (row, 1);

    count++;
    good = reach != NULL && sqlite3_column_type (row, 0) == SQLITE_TEXT && told == reach->seq
           && sqlite3_column_int64 (row, 2) == reach->at
           && sqlite3_column_type (row, 3) == SQLITE_BLOB
           && sqlite3_column_bytes (row, 3) == HASH_BYTES
           && memcmp (sqlite3_column_blob (row, 3), reach->chain.bytes, HASH_BYTES) == 0;
    if (!good)
      head_fault (station, reach != NULL ? reach->seq : 0, told, error);
  }
  if (status != SQLITE_DONE && status != SQLITE_ROW)
    good = store_fail (journal->db, journal->path, _ ("verifying"), error);
  sqlite3_finalize (row);
  return good && (count == g_hash_table_size (reaches) || head_fault ("?", 0, 0, error));
}

static gint64 count_facts (Journal *journal)
{
  Query *query = journal_query (journal, FACT_COUNT, NULL);
  gint64 count = 0;

  if (query == NULL)
    return 0;
  if (query_next (query))
    count = query_int (query, 0);
  query_end (query, NULL);
  return count;
}

static gboolean verify_rows (Journal *journal, sqlite3_stmt *row, gint64 *done,
                             JournalProgress progress, gpointer data, GError **error)
{
  g_autoptr (GHashTable) reaches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64 total = progress != NULL ? count_facts (journal) : 0;
  int status;

  while ((status = sqlite3_step (row)) == SQLITE_ROW) {
    g_auto (Fact) fact = { 0 };
    Reach *reach;

    fact_from_row (row, &fact);
    if (!check_types (row, &fact, error))
      return FALSE;
    reach = g_hash_table_lookup (reaches, fact.station);
    if (reach == NULL) {
      reach = g_new0 (Reach, 1);
      g_hash_table_insert (reaches, g_strdup (fact.station), reach);
    }
    if (!check_fact (&fact, reach, error))
      return FALSE;
    if (++*done % PROGRESS_EVERY == 0 && progress != NULL)
      progress (*done, total, data);
  }
  if (status != SQLITE_DONE)
    return store_fail (journal->db, journal->path, _ ("verifying"), error);
  if (progress != NULL)
    progress (*done, total, data);
  return check_heads (journal, reaches, error);
}

gboolean journal_verify (Journal *journal, gint64 *checked, JournalProgress progress, gpointer data,
                         GError **error)
{
  sqlite3_stmt *row = NULL;
  gint64 done = 0;
  gboolean good;

  /* One read transaction, so that a writer beside us is no fault. */
  if (!journal_execute (journal, "BEGIN", error))
    return FALSE;
  good = sqlite3_prepare_v2 (journal->db, FACTS_IN_ORDER, -1, &row, NULL) == SQLITE_OK
             ? verify_rows (journal, row, &done, progress, data, error)
             : store_fail (journal->db, journal->path, _ ("verifying"), error);
  sqlite3_finalize (row);
  journal_execute (journal, "ROLLBACK", NULL); /* it has only read */
  if (checked != NULL)
    *checked = done;
  return good;
}

gboolean journal_rebuild (Journal *journal, GError **error)
{
  query_forget_all (journal); /* prepared statements would hold the tables that are dropped */
  if (!journal_begin (journal, error))
    return FALSE;
  if (!schema_rebuild (journal->db, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  return journal_commit (journal, error);
}

/* Takes out of a copy what belongs to the replica it was copied from; secure_delete
 * overwrites it. (A VACUUM would write it all once more, in memory: temp_store.) */
static gboolean scrub (const char *path, GError **error)
{
  sqlite3 *db = store_open (path, SQLITE_OPEN_READWRITE, error);
  gboolean good;

  if (db == NULL)
    return FALSE;
  good = sqlite3_exec (db,
                       "PRAGMA secure_delete = ON; DELETE FROM local; DELETE FROM enrolment; "
                       "DELETE FROM epoch; DELETE FROM printer_state; DELETE FROM enrolment_role; "
                       "PRAGMA journal_mode = DELETE",
                       NULL, NULL, NULL)
         == SQLITE_OK;
  if (!good)
    store_fail (db, path, _ ("writing the snapshot"), error);
  sqlite3_close (db);
  return good;
}

gboolean journal_copy (Journal *journal, const char *path, GError **error)
{
  int fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  sqlite3_stmt *statement = NULL;
  gboolean good;

  if (fd < 0) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO, _ ("writing the snapshot %s: %s"), path,
                 g_strerror (errno));
    return FALSE;
  }
  close (fd);
  good = sqlite3_prepare_v2 (journal->db, "VACUUM INTO ?1", -1, &statement, NULL) == SQLITE_OK
         && sqlite3_bind_text (statement, 1, path, -1, SQLITE_STATIC) == SQLITE_OK
         && sqlite3_step (statement) == SQLITE_DONE;
  if (!good)
    store_fail (journal->db, path, _ ("writing the snapshot"), error);
  sqlite3_finalize (statement);
  if (!good)
    unlink (path);
  return good;
}

gboolean journal_snapshot (Journal *journal, const char *path, GError **error)
{
  if (!journal_copy (journal, path, error))
    return FALSE;
  if (scrub (path, error))
    return TRUE;
  unlink (path);
  return FALSE;
}

gboolean journal_checkpoint (Journal *journal, guint *pages, GError **error)
{
  int log = 0,
      code = sqlite3_wal_checkpoint_v2 (journal->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, NULL);

  *pages = (guint) MAX (log, 0);
  /* Busy: somebody else is at it. */
  return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY
         || store_fail (journal->db, journal->path, _ ("copying the log back into"), error);
}

static gboolean is_same_file (const char *one, const char *other)
{
  struct stat a, b;

  return stat (one, &a) == 0 && stat (other, &b) == 0 && a.st_dev == b.st_dev
         && a.st_ino == b.st_ino;
}

static gboolean attach (Journal *journal, const char *path, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean good;

  if (access (path, R_OK) != 0) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO, _ ("reading the replica %s: %s"), path,
                 g_strerror (errno));
    return FALSE;
  }
  if (is_same_file (path, journal->path)) {
    g_set_error (
        error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
        _ ("reading the replica %s: it is the one that facts are merged into; name the other one"),
        path);
    return FALSE;
  }
  good = sqlite3_prepare_v2 (journal->db, "ATTACH ?1 AS source", -1, &statement, NULL) == SQLITE_OK
         && sqlite3_bind_text (statement, 1, path, -1, SQLITE_STATIC) == SQLITE_OK
         && sqlite3_step (statement) == SQLITE_DONE;
  if (!good)
    store_fail (journal->db, path, _ ("reading the replica"), error);
  sqlite3_finalize (statement);
  return good;
}

/* One number that @sql answers; FALSE if it cannot be read. */
static gboolean ask_source (Journal *journal, const char *path, const char *sql, gint64 *value,
                            GError **error)
{
  sqlite3_stmt *row = NULL;
  gboolean good = sqlite3_prepare_v2 (journal->db, sql, -1, &row, NULL) == SQLITE_OK
                  && sqlite3_step (row) == SQLITE_ROW;

  if (good)
    *value = sqlite3_column_int64 (row, 0);
  else
    store_fail (journal->db, path, _ ("reading the replica"), error);
  sqlite3_finalize (row);
  return good;
}

static gboolean check_source (Journal *journal, const char *path, GError **error)
{
  gint64 application = 0, version = 0;

  if (!ask_source (journal, path, "PRAGMA source.application_id", &application, error)
      || !ask_source (journal, path, "PRAGMA source.user_version", &version, error))
    return FALSE;
  if (application != SCHEMA_APPLICATION_ID) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS,
                 _ ("reading the replica %s: this is no replica of accueil"), path);
    return FALSE;
  }
  if (version / 1000 > SCHEMA_MAJOR) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NEWER,
                 _ ("reading the replica %s: it was written by a newer accueil; install the newer "
                    "version here too"),
                 path);
    return FALSE;
  }
  return TRUE;
}

static gboolean check_forks (Journal *journal, const char *path, GError **error)
{
  sqlite3_stmt *row = NULL;
  gboolean good = sqlite3_prepare_v2 (journal->db, SOURCE_FORKS, -1, &row, NULL) == SQLITE_OK;
  int step = good ? sqlite3_step (row) : SQLITE_ERROR;

  if (step == SQLITE_ROW) {
    good = FALSE;
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN,
                 _ ("reading the replica %s: its station “%s” is not the “%s” known "
                    "here: two "
                    "replicas were made under one name, or one was altered. Nothing was taken."),
                 path, (const char *) sqlite3_column_text (row, 0),
                 (const char *) sqlite3_column_text (row, 0));
  } else if (step != SQLITE_DONE)
    good = store_fail (journal->db, path, _ ("reading the replica"), error);
  sqlite3_finalize (row);
  return good;
}

static gboolean check_apart (Journal *journal, const char *path, GError **error)
{
  sqlite3_stmt *row = NULL;
  gboolean good = sqlite3_prepare_v2 (journal->db, SOURCE_APART, -1, &row, NULL) == SQLITE_OK;
  int step = good ? sqlite3_step (row) : SQLITE_ERROR;

  if (step == SQLITE_ROW) {
    good = FALSE;
    g_set_error (
        error, JOURNAL_ERROR, JOURNAL_ERROR_CONGRESS,
        _ ("reading the replica %s: it is of another congress, “%s”, than this one, "
           "“%s”; the "
           "event file was loaded there on its own, as for a rehearsal. Nothing was taken."),
        path, (const char *) sqlite3_column_text (row, 0),
        (const char *) sqlite3_column_text (row, 1));
  } else if (step != SQLITE_DONE)
    good = store_fail (journal->db, path, _ ("reading the replica"), error);
  sqlite3_finalize (row);
  return good;
}

static void detach (Journal *journal)
{
  query_forget_all (journal);
  sqlite3_exec (journal->db, "DETACH source", NULL, NULL, NULL);
}

gboolean journal_check_congress (Journal *journal, const char *path, GError **error)
{
  gboolean good;

  if (!attach (journal, path, error))
    return FALSE;
  good = check_source (journal, path, error) && check_apart (journal, path, error);
  detach (journal);
  return good;
}

char *journal_congress (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, CONGRESS, error);
  char *identity = NULL;

  if (query == NULL)
    return NULL;
  if (query_next (query))
    identity = g_strdup (query_text (query, 0));
  if (!query_end (query, error))
    g_clear_pointer (&identity, g_free);
  return identity;
}

static void fact_at (GArray *facts, sqlite3_stmt *row)
{
  Fact fact = { 0 };

  fact_from_row (row, &fact);
  g_array_append_val (facts, fact);
}

/* One transaction of at most a batch; @more tells whether to go on. */
static gboolean merge_batch (Journal *journal, gint64 *taken, gboolean *more, GError **error)
{
  g_autoptr (GArray) facts = g_array_sized_new (FALSE, TRUE, sizeof (Fact), JOURNAL_BATCH_MAX);
  sqlite3_stmt *row = NULL;
  guint count = 0;
  int status = SQLITE_DONE;

  g_array_set_clear_func (facts, (GDestroyNotify) fact_clear);
  if (sqlite3_prepare_v2 (journal->db, SOURCE_FACTS, -1, &row, NULL) != SQLITE_OK)
    return store_fail (journal->db, journal->path, _ ("merging into"), error);
  while (facts->len < JOURNAL_BATCH_MAX && (status = sqlite3_step (row)) == SQLITE_ROW)
    fact_at (facts, row);
  if (status != SQLITE_ROW && status != SQLITE_DONE)
    store_fail (journal->db, journal->path, _ ("merging into"), error);
  sqlite3_finalize (row);
  if (status != SQLITE_ROW && status != SQLITE_DONE)
    return FALSE;
  *more = facts->len == JOURNAL_BATCH_MAX;
  if (!journal_begin (journal, error))
    return FALSE;
  if (!journal_receive (journal, (const Fact *) (gpointer) facts->data, facts->len, &count,
                        error)) {
    journal_rollback (journal);
    return FALSE;
  }
  *taken += count;
  return journal_commit (journal, error);
}

gboolean journal_merge (Journal *journal, const char *path, gint64 *taken, gint64 *source_last,
                        GError **error)
{
  gboolean more = TRUE, good;
  gint64 count = 0;

  if (!attach (journal, path, error))
    return FALSE;
  good = check_source (journal, path, error) && check_forks (journal, path, error);
  good = good
         && (source_last == NULL || ask_source (journal, path, SOURCE_LAST, source_last, error));
  while (good && more)
    good = merge_batch (journal, &count, &more, error);
  detach (journal);
  if (taken != NULL)
    *taken = count;
  return good;
}

/* @table's columns that are the same on every replica; NULL if they cannot be read. */
static char *comparable_columns (Journal *journal, const char *table)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  sqlite3_stmt *row = NULL;
  int status = SQLITE_ERROR;
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);

  if (sqlite3_prepare_v2 (journal->db, sql, -1, &row, NULL) == SQLITE_OK)
    while ((status = sqlite3_step (row)) == SQLITE_ROW) {
      const char *name = (const char *) sqlite3_column_text (row, 0);

      if (strcmp (table, "delegate") == 0 && strcmp (name, "number") == 0)
        continue; /* the order of arrival here */
      g_string_append_printf (columns, "%squote (\"%s\")", columns->len > 0 ? " || '|' || " : "",
                              name);
    }
  sqlite3_finalize (row);
  return status == SQLITE_DONE ? g_string_free (g_steal_pointer (&columns), FALSE) : NULL;
}

char *journal_projections_text (Journal *journal, GError **error)
{
  g_auto (GStrv) tables = schema_projections (journal->db, error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **table = tables; table != NULL && *table != NULL; table++) {
    g_autofree char *columns = comparable_columns (journal, *table);
    g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\" ORDER BY 1", columns, *table);
    sqlite3_stmt *row = NULL;
    int status = SQLITE_ERROR;

    if (columns != NULL && sqlite3_prepare_v2 (journal->db, sql, -1, &row, NULL) == SQLITE_OK)
      while ((status = sqlite3_step (row)) == SQLITE_ROW)
        g_string_append_printf (text, "%s|%s\n", *table,
                                (const char *) sqlite3_column_text (row, 0));
    if (status != SQLITE_DONE)
      store_fail (journal->db, journal->path, _ ("reading"), error);
    sqlite3_finalize (row);
    if (status != SQLITE_DONE)
      return NULL;
  }
  return tables != NULL ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
