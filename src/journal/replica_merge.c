#include "journal/replica_merge.h"

#include "core/words.h"
#include "journal/fact_table.h"
#include "journal/head_signature.h"
#include "journal/query.h"
#include "journal/schema.h"
#include "journal/search_builder.h"
#include "journal/store.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The store's versions that first had signatures, */
#define MAJOR_SIGNED 4
#define MAJOR_PARTS 5 /* and of some facts a part only (withheld.h) */
/* How many signatures that do not hold are looked at for one that does. */
#define SIGNATURES_MAX 1000

/* How far the facts of a station that signs are covered there by its own signature. */
static const char LIMITS[] = "CREATE TEMP TABLE IF NOT EXISTS merge_limit (station TEXT PRIMARY "
                             "KEY, seq INTEGER NOT NULL) WITHOUT ROWID; DELETE FROM merge_limit";
static const char SIGNING[] = "SELECT station, from_seq, public FROM main.station_signed";
static const char SIGNING_COUNT[] = "SELECT count (*) FROM main.station_signed";
static const char LIMIT[] = "INSERT INTO temp.merge_limit (station, seq) VALUES (?1, ?2)";
/* Nor from the first fact on of which it holds a part only. */
static const char LIMIT_PARTS[]
    = "INSERT INTO temp.merge_limit (station, seq) SELECT s.station, min (s.seq) - 1 FROM "
      "source.fact s WHERE s.shown IS NOT NULL AND s.seq > ifnull ((SELECT h.seq FROM main.head h "
      "WHERE h.station = s.station), 0) GROUP BY s.station ON CONFLICT (station) DO UPDATE SET "
      "seq = min (seq, excluded.seq)";
static const char SIGNED_THERE[]
    = "SELECT number, station, seq, at, kind, subject, NULL, body_hash, chain, signature, NULL "
      "FROM source.fact WHERE station = ?1 AND signature IS NOT NULL ORDER BY seq DESC LIMIT ?2";
static const char LEFT[]
    = "SELECT count (*) FROM source.fact s JOIN temp.merge_limit l ON l.station = s.station AND "
      "s.seq > l.seq WHERE s.seq > ifnull ((SELECT h.seq FROM main.head h WHERE h.station = "
      "s.station), 0)";
/* A view in their place could go on for ever. SQLite's own word: whoever wrote the file may have
 * written anything in its sqlite_schema. */
static const char TABLES[] = "SELECT count (*) FROM pragma_table_list WHERE schema = 'source' AND "
                             "name IN ('fact', 'head') AND type = 'table'";
static const char SOURCE_FACTS[]
    = "FROM source.fact s"
      " WHERE s.seq > ifnull ((SELECT h.seq FROM main.head h WHERE h.station = s.station), 0) "
      "AND NOT EXISTS (SELECT 1 FROM temp.merge_limit l WHERE l.station = s.station AND "
      "s.seq > l.seq) ORDER BY s.number";
/* Stations whose facts there are other ones than here, as far as both go: the merge would
 * otherwise take them for those it has. */
static const char SOURCE_FORKS[]
    = "SELECT s.station FROM source.head s JOIN main.fact f ON f.station = s.station AND f.seq = "
      "s.seq WHERE f.chain <> s.chain ORDER BY s.station";
/* Which congress the facts are of. */
#define CONGRESS_OF(schema)                                                                        \
  "SELECT body ->> 'identity' AS identity FROM " schema                                            \
  ".fact WHERE subject = 'congress' AND kind = 'congress' AND kind <> 'passage'"                   \
  " AND body ->> 'identity' <> ''"
#define NAME_OF(schema)                                                                            \
  "ifnull ((SELECT body ->> 'fr' FROM " schema                                                     \
  ".fact WHERE subject = 'congress' AND kind = 'congress' AND kind <> 'passage'"                   \
  " ORDER BY at DESC LIMIT 1), '')"
static const char CONGRESS[] = CONGRESS_OF ("main") " ORDER BY 1 LIMIT 1";
/* clang-format off */
static const char SOURCE_APART[]
    = "SELECT " NAME_OF ("source") ", " NAME_OF ("main")
      " WHERE EXISTS (" CONGRESS_OF ("main") ") AND EXISTS (" CONGRESS_OF ("source") ")"
      " AND NOT EXISTS (" CONGRESS_OF ("main") " INTERSECT " CONGRESS_OF ("source") ")";
/* clang-format on */
static const char SOURCE_LAST[] = "SELECT ifnull (max (number), 0) FROM source.fact";

/* A file that is merged. */
typedef struct {
  Journal *journal;
  const char *path;
  gboolean from_hub; /* it has just sent it */
  gint64 major;      /* of its store */
} Merge;

static gboolean is_same_file (const char *one, const char *other)
{
  struct stat a, b;

  return stat (one, &a) == 0 && stat (other, &b) == 0 && a.st_dev == b.st_dev
         && a.st_ino == b.st_ino;
}

static gboolean attach (Journal *journal, const char *path, GError **error)
{
  sqlite3_stmt *statement = NULL;
  struct stat there;
  gboolean good;

  errno = 0; /* A pipe would keep us waiting. */
  if (access (path, R_OK) != 0 || stat (path, &there) != 0 || !S_ISREG (there.st_mode)) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO, _ ("reading the replica %s: %s"), path,
                 errno != 0 ? g_strerror (errno) : _ ("it is no file"));
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

static gboolean check_source (Journal *journal, const char *path, gint64 *major, GError **error)
{
  gint64 application = 0, version = 0, tables = 0;

  if (!ask_source (journal, path, "PRAGMA source.application_id", &application, error)
      || !ask_source (journal, path, "PRAGMA source.user_version", &version, error))
    return FALSE;
  if (!ask_source (journal, path, TABLES, &tables, error))
    return FALSE;
  if (application != SCHEMA_APPLICATION_ID || tables != 2) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS,
                 _ ("reading the replica %s: this is no replica of accueil"), path);
    return FALSE;
  }
  *major = version / 1000;
  if (*major > SCHEMA_MAJOR) {
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
  gint64 major;

  if (!attach (journal, path, error))
    return FALSE;
  good = check_source (journal, path, &major, error) && check_apart (journal, path, error);
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

/* Signatures ------------------------------------------------------------------------- */

typedef struct {
  char *station;
  gint64 seq; /* what may be taken of it */
  SignPublic key;
} Limit;

static void limit_clear (gpointer data)
{
  g_free (((Limit *) data)->station);
}

/* Of the stations that sign: without a signature, what they wrote before they did. */
static GArray *read_signing (Journal *journal, GError **error)
{
  g_autoptr (GArray) limits = g_array_new (FALSE, TRUE, sizeof (Limit));
  Query *query = journal_query (journal, SIGNING, error);

  g_array_set_clear_func (limits, limit_clear);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    Limit limit = { g_strdup (query_text (query, 0)), query_int (query, 1) - 1, { { 0 } } };

    if (!sign_public_from_text (query_text (query, 2), &limit.key))
      memset (&limit.key, 0, sizeof limit.key);
    g_array_append_val (limits, limit);
  }
  return query_end (query, error) ? g_steal_pointer (&limits) : NULL;
}

static gboolean find_signed (Journal *journal, Limit *limit, GError **error)
{
  sqlite3_stmt *row = NULL;
  gboolean found = FALSE;
  int status = SQLITE_DONE;

  if (sqlite3_prepare_v2 (journal->db, SIGNED_THERE, -1, &row, NULL) != SQLITE_OK)
    return store_fail (journal->db, journal->path, _ ("merging into"), error);
  sqlite3_bind_text (row, 1, limit->station, -1, SQLITE_STATIC);
  sqlite3_bind_int (row, 2, SIGNATURES_MAX);
  while (!found && (status = sqlite3_step (row)) == SQLITE_ROW) {
    g_auto (Fact) fact = { 0 };

    fact_from_row (row, &fact);
    found = head_signature_holds (&limit->key, &fact);
    limit->seq = found ? MAX (limit->seq, fact.seq) : limit->seq;
  }
  sqlite3_finalize (row);
  return status == SQLITE_ROW || status == SQLITE_DONE
         || store_fail (journal->db, journal->path, _ ("merging into"), error);
}

static gboolean set_limit (Journal *journal, const Limit *limit, GError **error)
{
  sqlite3_stmt *row = NULL;
  gboolean good = sqlite3_prepare_v2 (journal->db, LIMIT, -1, &row, NULL) == SQLITE_OK
                  && sqlite3_bind_text (row, 1, limit->station, -1, SQLITE_STATIC) == SQLITE_OK
                  && sqlite3_bind_int64 (row, 2, limit->seq) == SQLITE_OK
                  && sqlite3_step (row) == SQLITE_DONE;

  if (!good)
    store_fail (journal->db, journal->path, _ ("merging into"), error);
  sqlite3_finalize (row);
  return good;
}

static gboolean set_limits (const Merge *merge, GError **error)
{
  Journal *journal = merge->journal;
  g_autoptr (GArray) limits = NULL;

  if (!journal_execute (journal, LIMITS, error))
    return FALSE;
  limits = read_signing (journal, error);
  for (guint i = 0; limits != NULL && i < limits->len; i++) {
    Limit *limit = &g_array_index (limits, Limit, i);

    if ((merge->major >= MAJOR_SIGNED && !find_signed (journal, limit, error))
        || !set_limit (journal, limit, error))
      return FALSE;
  }
  return limits != NULL
         && (merge->major < MAJOR_PARTS || journal_execute (journal, LIMIT_PARTS, error));
}

/* Merging ---------------------------------------------------------------------------- */

static sqlite3_stmt *source_facts (const Merge *merge, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT number, station, seq, at, kind, subject, body, body_hash, chain, %s, %s %s",
      merge->major >= MAJOR_SIGNED ? "signature" : "NULL",
      merge->major >= MAJOR_PARTS ? "shown" : "NULL", SOURCE_FACTS);
  sqlite3_stmt *row = NULL;

  if (sqlite3_prepare_v2 (merge->journal->db, sql, -1, &row, NULL) != SQLITE_OK)
    store_fail (merge->journal->db, merge->journal->path, _ ("merging into"), error);
  return row;
}

static GArray *new_batch (void)
{
  GArray *facts = g_array_sized_new (FALSE, TRUE, sizeof (Fact), JOURNAL_BATCH_MAX);

  g_array_set_clear_func (facts, (GDestroyNotify) fact_clear);
  return facts;
}

/* The next ones, at most a batch; @more tells whether to go on. */
static gboolean read_batch (const Merge *merge, sqlite3_stmt *row, GArray *facts, gboolean *more,
                            GError **error)
{
  int status = SQLITE_ROW;

  g_array_set_size (facts, 0);
  while (facts->len < JOURNAL_BATCH_MAX && (status = sqlite3_step (row)) == SQLITE_ROW)
    fact_at (facts, row);
  *more = facts->len == JOURNAL_BATCH_MAX;
  return status == SQLITE_ROW || status == SQLITE_DONE
         || store_fail (merge->journal->db, merge->journal->path, _ ("merging into"), error);
}

static gboolean take_batch (const Merge *merge, const GArray *facts, gint64 *taken, GError **error)
{
  guint count = 0;

  if (!(merge->from_hub ? journal_receive_from_hub : journal_receive) (
          merge->journal, (const Fact *) (gpointer) facts->data, facts->len, &count, error))
    return FALSE;
  *taken += count;
  return TRUE;
}

/* One transaction of at most a batch. */
static gboolean merge_batch (const Merge *merge, gint64 *taken, gboolean *more, GError **error)
{
  g_autoptr (GArray) facts = new_batch ();
  sqlite3_stmt *row = source_facts (merge, error);
  gboolean good = row != NULL && read_batch (merge, row, facts, more, error);

  sqlite3_finalize (row);
  return good && journal_begin (merge->journal, error)
         && journal_finish (merge->journal, take_batch (merge, facts, taken, error), error);
}

/* Takes batch after batch; what the root says in one of them holds for the next. */
static gboolean merge_by_batches (const Merge *merge, gint64 *taken, GError **error)
{
  gint64 signing = 0, before = -1;
  gboolean more = TRUE;

  while (more) {
    if (!ask_source (merge->journal, merge->path, SIGNING_COUNT, &signing, error)
        || (signing != before && !set_limits (merge, error))
        || !merge_batch (merge, taken, &more, error))
      return FALSE;
    before = signing;
  }
  return TRUE;
}

static gboolean take_all (const Merge *merge, gint64 *taken, GError **error)
{
  g_autoptr (GArray) facts = new_batch ();
  sqlite3_stmt *row = source_facts (merge, error);
  gboolean good = row != NULL, more = TRUE;

  while (good && more)
    good = read_batch (merge, row, facts, &more, error) && take_batch (merge, facts, taken, error)
           && search_builder_take (merge->journal, error);
  sqlite3_finalize (row);
  search_builder_end (merge->journal);
  return good;
}

/* In one reading and one transaction: so the index of names is made once, and of a copy
 * that is damaged nothing is taken. What is not signed yet is kept apart, as what is
 * pulled. */
static gboolean merge_at_once (const Merge *merge, gint64 *taken, GError **error)
{
  gint64 last;

  if (!journal_execute (merge->journal, LIMITS, error)
      || !ask_source (merge->journal, merge->path, SOURCE_LAST, &last, error)
      || (last >= SEARCH_BUILDER_FROM && !search_builder_start (merge->journal, error)))
    return FALSE;
  if (!journal_begin (merge->journal, error)) {
    search_builder_drop (merge->journal);
    return FALSE;
  }
  return journal_finish (merge->journal, take_all (merge, taken, error), error);
}

static gboolean merge_file (Journal *journal, const char *path, gboolean from_hub, gint64 *taken,
                            gint64 *left, gint64 *source_last, GError **error)
{
  Merge merge = { .journal = journal, .path = path, .from_hub = from_hub };
  gboolean good;
  gint64 count = 0;

  if (!attach (journal, path, error))
    return FALSE;
  good = check_source (journal, path, &merge.major, error) && check_forks (journal, path, error)
         && (source_last == NULL || ask_source (journal, path, SOURCE_LAST, source_last, error))
         && (from_hub ? merge_at_once : merge_by_batches) (&merge, &count, error)
         && (left == NULL || ask_source (journal, path, LEFT, left, error));
  detach (journal);
  if (taken != NULL)
    *taken = count;
  return good;
}

gboolean journal_merge (Journal *journal, const char *path, gint64 *taken, gint64 *left,
                        gint64 *source_last, GError **error)
{
  return merge_file (journal, path, FALSE, taken, left, source_last, error);
}

gboolean journal_merge_from_hub (Journal *journal, const char *path, gint64 *taken, GError **error)
{
  return merge_file (journal, path, TRUE, taken, NULL, NULL, error);
}
