#include "journal/fact.h"

#include "core/identifier.h"
#include "core/words.h"
#include "journal/query.h"
#include "journal/store.h"

#include <string.h>

#define FACT_COLUMNS "number, station, seq, at, kind, subject, body, body_hash, chain"
#define SUBJECT_BYTES_MAX 200

static const char FACT_INSERT[] = "INSERT INTO fact (station, seq, at, kind, subject, body, "
                                  "body_hash, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char FACTS_OF[]
    = "SELECT " FACT_COLUMNS " FROM fact WHERE station = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
static const char FACTS_AFTER[]
    = "SELECT " FACT_COLUMNS
      " FROM fact WHERE number > ?2 AND station <> ?1 ORDER BY number LIMIT ?3";
static const char LAST_NUMBER[] = "SELECT ifnull (max (number), 0) FROM fact";
static const char BODY_TYPE[] = "SELECT json_type (?1)";
static const char HEADS[] = "SELECT station, seq, at, chain FROM head ORDER BY station";
static const char HEAD[] = "SELECT seq, at, chain FROM head WHERE station = ?1";
static const char HEAD_LAST_AT[] = "SELECT ifnull (max (at), 0) FROM head";

void fact_clear (Fact *fact)
{
  g_clear_pointer (&fact->station, g_free);
  g_clear_pointer (&fact->kind, g_free);
  g_clear_pointer (&fact->subject, g_free);
  g_clear_pointer (&fact->body, g_free);
}

void fact_free (Fact *fact)
{
  if (fact == NULL)
    return;
  fact_clear (fact);
  g_free (fact);
}

void journal_head_free (JournalHead *head)
{
  g_free (head->station);
  g_free (head);
}

gboolean fact_body_holds (const Fact *fact)
{
  Hash hash;

  if (fact->body == NULL)
    return TRUE;
  hash = hash_of (fact->body, strlen (fact->body));
  return hash_equal (&hash, &fact->body_hash);
}

Hash fact_chain (const Hash *previous, const Fact *fact)
{
  Hasher *hasher = hasher_new ();

  hasher_add (hasher, previous->bytes, HASH_BYTES);
  hasher_add_text (hasher, fact->station);
  hasher_add_int (hasher, fact->seq);
  hasher_add_int (hasher, fact->at);
  hasher_add_text (hasher, fact->kind);
  hasher_add_text (hasher, fact->subject);
  hasher_add (hasher, fact->body_hash.bytes, HASH_BYTES);
  return hasher_finish (hasher);
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

static gboolean insert (Journal *journal, const Fact *fact, GError **error)
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
  status = sqlite3_step (row);
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
  return status == SQLITE_DONE || store_fail (journal->db, journal->path, _ ("writing to"), error);
}

/* What every fact must be, whoever made it. */
static gboolean fact_is_valid (const Fact *fact, GError **error)
{
  const char *why = NULL;

  if (!identifier_is_station (fact->station))
    why = _ ("no valid station name");
  else if (!identifier_is_valid (fact->kind))
    why = _ ("no valid kind");
  else if (strlen (fact->subject) > SUBJECT_BYTES_MAX)
    why = _ ("its subject is too long");
  else if (fact->body != NULL && strlen (fact->body) > JOURNAL_BODY_BYTES_MAX)
    why = _ ("its body is too large");
  else if (fact->seq < 1 || fact->at < 0)
    why = _ ("no valid number or time");
  if (why == NULL)
    return TRUE;
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID, _ ("fact %lld of station “%.40s”: %s"),
               (long long) fact->seq, fact->station, why);
  return FALSE;
}

/* By SQLite's own parser, which the projections use too: what passes here, they can
 * read. */
static gboolean body_is_object (Journal *journal, const char *body, GError **error)
{
  sqlite3_stmt *row = journal->body_type != NULL
                          ? journal->body_type
                          : (journal->body_type = prepare (journal, BODY_TYPE, error));
  gboolean good;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_text (row, 1, body, -1, SQLITE_STATIC);
  good = sqlite3_step (row) == SQLITE_ROW
         && g_strcmp0 ((const char *) sqlite3_column_text (row, 0), "object") == 0;
  sqlite3_reset (row);
  sqlite3_clear_bindings (row);
  if (!good)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                 _ ("a fact's body must be a JSON object"));
  return good;
}

/* The highest time of all facts held: from then on own facts come after it. */
static gboolean last_time (Journal *journal, HybridTime *at, GError **error)
{
  Query *query = journal_query (journal, HEAD_LAST_AT, error);

  if (query == NULL)
    return FALSE;
  *at = query_next (query) ? query_int (query, 0) : 0;
  return query_end (query, error);
}

gboolean journal_append (Journal *journal, const char *kind, const char *subject, const char *body,
                         gint64 *seq, GError **error)
{
  Fact fact = { 0 };
  Hash previous;
  HybridTime last;

  if (!journal->in_transaction)
    g_error ("a fact is appended outside a transaction");
  if (!head_of (journal, journal->station, &fact.seq, &previous, error)
      || !last_time (journal, &last, error))
    return FALSE;
  fact.station = journal->station;
  fact.seq++;
  fact.at = clock_hybrid_next (last, clock_now_ms (&journal->clock));
  fact.kind = (char *) (guintptr) kind; /* borrowed: fact_clear() is not called */
  fact.subject = (char *) (guintptr) subject;
  fact.body = (char *) (guintptr) body;
  if (!fact_is_valid (&fact, error) || !body_is_object (journal, body, error))
    return FALSE;
  fact.body_hash = hash_of (body, strlen (body));
  fact.chain = fact_chain (&previous, &fact);
  if (seq != NULL)
    *seq = fact.seq;
  return insert (journal, &fact, error);
}

static gboolean gap (const Fact *fact, gint64 head, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_GAP,
               _ ("fact %lld of station “%s” does not follow: %lld is the last one here"),
               (long long) fact->seq, fact->station, (long long) head);
  return FALSE;
}

static gboolean broken (const Fact *fact, const char *why, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN, _ ("fact %lld of station “%s”: %s"),
               (long long) fact->seq, fact->station, why);
  return FALSE;
}

/* One that we hold must be the same as the one that arrives, else two histories bear one
 * name. */
static gboolean is_the_same (Journal *journal, const Fact *fact, GError **error)
{
  g_autoptr (GPtrArray) held = journal_facts_of (journal, fact->station, fact->seq - 1, 1, error);

  if (held == NULL)
    return FALSE;
  if (held->len == 0 || !hash_equal (&((Fact *) held->pdata[0])->chain, &fact->chain))
    return broken (
        fact,
        _ ("another fact is known under that number; two machines have used one station name"),
        error);
  return TRUE;
}

gboolean journal_receive (Journal *journal, const Fact *facts, guint count, guint *taken,
                          GError **error)
{
  g_autofree char *station = NULL;
  gint64 head = 0;
  Hash chain = { 0 };

  if (!journal->in_transaction)
    g_error ("facts are received outside a transaction");
  if (taken != NULL)
    *taken = 0;
  for (guint i = 0; i < count; i++) {
    const Fact *fact = &facts[i];
    Hash expected;

    if (!fact_is_valid (fact, error))
      return FALSE;
    if (g_strcmp0 (station, fact->station) != 0) {
      g_free (station);
      station = g_strdup (fact->station);
      if (!head_of (journal, station, &head, &chain, error))
        return FALSE;
    }
    if (fact->seq <= head) {
      if (!is_the_same (journal, fact, error))
        return FALSE;
      continue;
    }
    if (fact->seq != head + 1)
      return gap (fact, head, error);
    expected = fact_chain (&chain, fact);
    if (!fact_body_holds (fact))
      return broken (fact, _ ("its body was altered"), error);
    if (!hash_equal (&expected, &fact->chain))
      return broken (fact,
                     _ ("its chain value does not match: it was altered on the way or belongs to "
                        "another history"),
                     error);
    if (fact->body != NULL && !body_is_object (journal, fact->body, error))
      return FALSE;
    if (!insert (journal, fact, error))
      return FALSE;
    head = fact->seq;
    chain = fact->chain;
    if (taken != NULL)
      (*taken)++;
  }
  return TRUE;
}

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
  query_end (query, error);
  return number;
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
  hasher = hasher_new ();
  for (guint i = 0; i < heads->len; i++) {
    const JournalHead *head = heads->pdata[i];

    hasher_add_text (hasher, head->station);
    hasher_add_int (hasher, head->seq);
    hasher_add (hasher, head->chain.bytes, HASH_BYTES);
  }
  hash = hasher_finish (hasher);
  return hash_to_hex (&hash);
}

char *fact_to_json (const Fact *fact)
{
  g_autoptr (JsonOut) out = json_out_new ();
  g_autofree char *chain = hash_to_hex (&fact->chain), *body_hash = hash_to_hex (&fact->body_hash);

  json_out_begin_object (out, NULL);
  json_out_int_if (out, "number", fact->number);
  json_out_string (out, "station", fact->station);
  json_out_int (out, "seq", fact->seq);
  json_out_int (out, "at", fact->at);
  json_out_string (out, "kind", fact->kind);
  json_out_string (out, "subject", fact->subject);
  json_out_string (out, "body", fact->body);
  if (fact->body == NULL)
    json_out_string (out, "body_hash", body_hash);
  json_out_string (out, "chain", chain);
  json_out_end_object (out);
  return json_out_finish (g_steal_pointer (&out));
}

static gboolean malformed (const char *what, GError **error)
{
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID, _ ("this line is no fact: %s"), what);
  return FALSE;
}

gboolean fact_from_json (const char *json, gssize length, Fact *fact, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonIn) in = json_in_parse (json, length, &cause);
  JsonValue *root = in != NULL ? json_in_root (in) : NULL;
  const char *station, *kind, *subject, *body;

  memset (fact, 0, sizeof *fact);
  if (root == NULL)
    return malformed (cause->message, error);
  station = json_in_string (root, "station");
  kind = json_in_string (root, "kind");
  subject = json_in_string (root, "subject");
  body = json_in_string (root, "body");
  if (station == NULL || kind == NULL || subject == NULL)
    return malformed (_ ("station, kind or subject is missing"), error);
  if (!hash_from_hex (json_in_string (root, "chain"), &fact->chain))
    return malformed (_ ("chain is missing or not 64 hex digits"), error);
  if (body != NULL)
    fact->body_hash = hash_of (body, strlen (body));
  else if (!hash_from_hex (json_in_string (root, "body_hash"), &fact->body_hash))
    return malformed (_ ("body is missing"), error);
  fact->number = json_in_int (root, "number");
  fact->station = g_strdup (station);
  fact->seq = json_in_int (root, "seq");
  fact->at = json_in_int (root, "at");
  fact->kind = g_strdup (kind);
  fact->subject = g_strdup (subject);
  fact->body = g_strdup (body);
  return TRUE;
}
