#include "journal/maintenance.h"

#include "core/words.h"
#include "journal/fact_table.h"
#include "journal/head_signature.h"
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
static const char FACTS_IN_ORDER[]
    = "SELECT number, station, seq, at, kind, subject, body, body_hash, chain, signature, shown "
      "FROM fact NOT INDEXED ORDER BY number";
static const char HEADS_TOLD[] = "SELECT station, seq, at, chain, signed FROM head";
static const char KEYS[]
    = "SELECT station, public FROM station_signed UNION SELECT station, vouched FROM station_key "
      "WHERE vouched <> '' UNION SELECT station, own FROM station_key WHERE own <> ''";
static const char FACT_COUNT[] = "SELECT count (*) FROM fact";
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
  gint64 signed_upto;
} Reach;

/* What SQLite would read all the same. */
static gboolean check_types (sqlite3_stmt *row, const Fact *fact, GError **error)
{
  static const int TYPES[]
      = { SQLITE_INTEGER, SQLITE_TEXT, SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_TEXT,
          SQLITE_TEXT,    SQLITE_TEXT, SQLITE_BLOB,    SQLITE_BLOB };

  int bytes = sqlite3_column_bytes (row, 9);

  if (sqlite3_column_type (row, 9) != SQLITE_NULL
      && (sqlite3_column_type (row, 9) != SQLITE_BLOB || bytes != SIGNATURE_BYTES))
    return fault (fact, _ ("a part of it was altered"), error);
  if (fact->is_part
      && (sqlite3_column_type (row, 10) != SQLITE_BLOB
          || sqlite3_column_bytes (row, 10) != HASH_BYTES))
    return fault (fact, _ ("a part of it was altered"), error);
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
  *reach = (Reach){ fact->seq, fact->at, fact->chain, reach->signed_upto };
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

/* What a station has signed must hold by a key that is known of it: its own word on
 * it, or the root's. Where none is known there is nothing to check by. */
static gboolean check_signature (GHashTable *keys, const Fact *fact, Reach *reach, GError **error)
{
  const GArray *known = g_hash_table_lookup (keys, fact->station);
  gboolean holds = known == NULL;

  if (!fact->is_signed)
    return TRUE;
  for (guint i = 0; !holds && i < known->len; i++)
    holds = head_signature_holds (&g_array_index (known, SignPublic, i), fact);
  if (!holds)
    return fault (fact, _ ("its station's signature does not match"), error);
  reach->signed_upto = fact->seq;
  return TRUE;
}

static void add_key (GHashTable *keys, const char *station, const char *public)
{
  GArray *known = g_hash_table_lookup (keys, station);
  SignPublic key;

  if (!sign_public_from_text (public, &key))
    return;
  if (known == NULL) {
    known = g_array_new (FALSE, FALSE, sizeof (SignPublic));
    g_hash_table_insert (keys, g_strdup (station), known);
  }
  g_array_append_val (known, key);
}

/* By station: an array of SignPublic. */
static GHashTable *keys_known (Journal *journal, GError **error)
{
  g_autoptr (GHashTable) keys
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  Query *query = journal_query (journal, KEYS, error);

  if (query == NULL)
    return NULL;
  while (query_next (query))
    add_key (keys, query_text (query, 0), query_text (query, 1));
  return query_end (query, error) ? g_steal_pointer (&keys) : NULL;
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
           && memcmp (sqlite3_column_blob (row, 3), reach->chain.bytes, HASH_BYTES) == 0
           && sqlite3_column_type (row, 4) == SQLITE_INTEGER
           && sqlite3_column_int64 (row, 4) == reach->signed_upto;
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
  g_autoptr (GHashTable) keys = keys_known (journal, error);
  gint64 total = progress != NULL ? count_facts (journal) : 0;
  int status;

  if (keys == NULL)
    return FALSE;
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
    if (!check_fact (&fact, reach, error) || !check_signature (keys, &fact, reach, error))
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

gboolean journal_checkpoint (Journal *journal, guint *pages, GError **error)
{
  int log = 0,
      code = sqlite3_wal_checkpoint_v2 (journal->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, NULL);

  *pages = (guint) MAX (log, 0);
  /* Busy: somebody else is at it. */
  return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY
         || store_fail (journal->db, journal->path, _ ("copying the log back into"), error);
}

/* @table's columns that are the same on every replica; NULL if they cannot be read. */
static char *comparable_columns (Journal *journal, const char *table)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  sqlite3_stmt *row = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  gboolean good = sqlite3_prepare_v2 (journal->db, sql, -1, &row, NULL) == SQLITE_OK;

  for (int i = 0; good && i < sqlite3_column_count (row); i++) {
    const char *name = sqlite3_column_name (row, i);

    if (strcmp (table, "delegate") == 0 && strcmp (name, "number") == 0)
      continue; /* the order of arrival here */
    g_string_append_printf (columns, "%squote (\"%s\")", columns->len > 0 ? " || '|' || " : "",
                            name);
  }
  sqlite3_finalize (row);
  return good ? g_string_free (g_steal_pointer (&columns), FALSE) : NULL;
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
