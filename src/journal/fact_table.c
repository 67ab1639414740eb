#include "journal/fact_table.h"

#include "core/words.h"
#include "journal/query.h"
#include "journal/store.h"

#include <string.h>

#define FACT_COLUMNS                                                                               \
  "number, station, seq, at, kind, subject, body, body_hash, chain, signature, shown"

static const char FACT_INSERT[] = "INSERT INTO fact (station, seq, at, kind, subject, body, "
                                  "body_hash, chain, signature, shown) VALUES (?1, ?2, ?3, ?4, "
                                  "?5, ?6, ?7, ?8, ?9, ?10)";
static const char FACTS_OF[]
    = "SELECT " FACT_COLUMNS " FROM fact WHERE station = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
static const char FACTS_AFTER[]
    = "SELECT " FACT_COLUMNS
      " FROM fact WHERE number > ?2 AND station <> ?1 ORDER BY number LIMIT ?3";
static const char LAST_NUMBER[] = "SELECT ifnull (max (number), 0) FROM fact";
static const char HEADS[] = "SELECT station, seq, at, chain FROM head ORDER BY station";
static const char HEAD[] = "SELECT seq, at, chain FROM head WHERE station = ?1";
static const char HEAD_LAST_AT[]
    = "SELECT ifnull (max (min (h.at, ifnull ((SELECT min (b.at) FROM clock_bound b WHERE "
      "b.station = h.station AND b.seq >= h.seq), h.at))), 0) FROM head h";

/* Rows ------------------------------------------------------------------------------- */

static void read_hash (sqlite3_stmt *row, int column, Hash *hash)
{
  memset (hash, 0, sizeof *hash);
  if (sqlite3_column_bytes (row, column) == HASH_BYTES)
    memcpy (hash->bytes, sqlite3_column_blob (row, column), HASH_BYTES);
}

void fact_from_row (sqlite3_stmt *row, Fact *fact)
{
  fact->number = sqlite3_column_int64 (row, 0);
  fact->station = g_strdup ((const char *) sqlite3_column_text (row, 1));
  fact->seq = sqlite3_column_int64 (row, 2);
  fact->at = sqlite3_column_int64 (row, 3);
  fact->kind = g_strdup ((const char *) sqlite3_column_text (row, 4));
  fact->subject = g_strdup ((const char *) sqlite3_column_text (row, 5));
  fact->body = g_strdup ((const char *) sqlite3_column_text (row, 6));
  read_hash (row, 7, &fact->body_hash);
  read_hash (row, 8, &fact->chain);
  fact->is_signed = sqlite3_column_bytes (row, 9) == SIGNATURE_BYTES;
  if (fact->is_signed)
    memcpy (fact->signature, sqlite3_column_blob (row, 9), SIGNATURE_BYTES);
  fact->is_part = sqlite3_column_type (row, 10) != SQLITE_NULL;
  read_hash (row, 10, &fact->shown);
}

/* Prepared statements are kept in the same table as the queries of others; these few bind
 * blobs, so they use SQLite itself. */
static sqlite3_stmt *prepare (Journal *journal, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (journal->db, sql, -1, 0, &statement, NULL) != SQLITE_OK)
    store_fail (journal->db, journal->path, _ ("reading"), error);
  return statement;
}

static gboolean head_of (Journal *journal, const char *station, gint64 *seq, Hash *chain,
                         GError **error)
{
  sqlite3_stmt *row
      = journal->head != NULL ? journal->head : (journal->head = prepare (journal, HEAD, error));
  int status;

  *seq = 0;
  memset (chain, 0, sizeof *chain);
  if (row == NULL)
    return FALSE;
  sqlite3_bind_text (row, 1, station, -1, SQLITE_STATIC);
  status = sqlite3_step (row);
  if (status == SQLITE_ROW) {
    *seq = sqlite3_column_int64 (row, 0);
    read_hash (row, 2, chain);
  }
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
  return status == SQLITE_ROW || status == SQLITE_DONE
         || store_fail (journal->db, journal->path, _ ("reading"), error);
}

gboolean journal_head (Journal *journal, const char *station, gint64 *seq, Hash *chain,
                       GError **error)
{
  Hash ignored;

  return head_of (journal, station, seq, chain != NULL ? chain : &ignored, error);
}

gboolean fact_table_insert (Journal *journal, const Fact *fact, GError **error)
{
  sqlite3_stmt *row = journal->insert != NULL
                          ? journal->insert
                          : (journal->insert = prepare (journal, FACT_INSERT, error));
  int status;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_text (row, 1, fact->station, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (row, 2, fact->seq);
  sqlite3_bind_int64 (row, 3, fact->at);
  sqlite3_bind_text (row, 4, fact->kind, -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 5, fact->subject, -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 6, fact->body, -1, SQLITE_STATIC);
  sqlite3_bind_blob (row, 7, fact->body_hash.bytes, HASH_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob (row, 8, fact->chain.bytes, HASH_BYTES, SQLITE_STATIC);
  if (fact->is_signed)
    sqlite3_bind_blob (row, 9, fact->signature, SIGNATURE_BYTES, SQLITE_STATIC);
  if (fact->is_part)
    sqlite3_bind_blob (row, 10, fact->shown.bytes, HASH_BYTES, SQLITE_STATIC);
  status = sqlite3_step (row);
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
  return status == SQLITE_DONE || store_fail (journal->db, journal->path, _ ("writing to"), error);
}

gboolean fact_table_last_time (Journal *journal, HybridTime *at, GError **error)
{
  Query *query = journal_query (journal, HEAD_LAST_AT, error);

  if (query == NULL)
    return FALSE;
  *at = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

/* Lists ------------------------------------------------------------------------------ */

static GPtrArray *facts_where (Journal *journal, const char *sql, const char *station, gint64 after,
                               guint limit, GError **error)
{
  sqlite3_stmt *row = prepare (journal, sql, error);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  int status;

  if (row == NULL)
    return NULL;
  sqlite3_bind_text (row, 1, station, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (row, 2, after);
  sqlite3_bind_int64 (row, 3, limit);
  while ((status = sqlite3_step (row)) == SQLITE_ROW) {
    Fact *fact = g_new0 (Fact, 1);

    fact_from_row (row, fact);
    g_ptr_array_add (facts, fact);
  }
  if (status != SQLITE_DONE)
    store_fail (journal->db, journal->path, _ ("reading"), error);
  sqlite3_finalize (row);
  return status == SQLITE_DONE ? g_steal_pointer (&facts) : NULL;
}

GPtrArray *journal_facts_of (Journal *journal, const char *station, gint64 after_seq, guint limit,
                             GError **error)
{
  return facts_where (journal, FACTS_OF, station, after_seq, limit, error);
}

GPtrArray *journal_facts_after (Journal *journal, gint64 number, const char *except, guint limit,
                                GError **error)
{
  return facts_where (journal, FACTS_AFTER, except != NULL ? except : "", number, limit, error);
}

gint64 journal_last_number (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, LAST_NUMBER, error);
  gint64 number = 0;

  if (query == NULL)
    return 0;
  if (query_next (query))
    number = query_int (query, 0);
  return query_end (query, error) ? number : 0;
}

static void journal_head_free (JournalHead *head)
{
  g_free (head->station);
  g_free (head);
}

GPtrArray *journal_heads (Journal *journal, GError **error)
{
  sqlite3_stmt *row = prepare (journal, HEADS, error);
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func ((GDestroyNotify) journal_head_free);
  int status;

  if (row == NULL)
    return NULL;
  while ((status = sqlite3_step (row)) == SQLITE_ROW) {
    JournalHead *head = g_new0 (JournalHead, 1);

    head->station = g_strdup ((const char *) sqlite3_column_text (row, 0));
    head->seq = sqlite3_column_int64 (row, 1);
    head->at = sqlite3_column_int64 (row, 2);
    read_hash (row, 3, &head->chain);
    g_ptr_array_add (heads, head);
  }
  if (status != SQLITE_DONE)
    store_fail (journal->db, journal->path, _ ("reading"), error);
  sqlite3_finalize (row);
  return status == SQLITE_DONE ? g_steal_pointer (&heads) : NULL;
}

char *journal_heads_digest (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) heads = journal_heads (journal, error);
  Hasher *hasher;
  Hash hash;

  if (heads == NULL)
    return NULL;
  hasher = hash_new ();
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];

    hash_add_text (hasher, head->station);
    hash_add_int (hasher, head->seq);
    hash_add (hasher, head->chain.bytes, HASH_BYTES);
  }
  hash = hash_finish (hasher);
  return hash_to_hex (&hash);
}
