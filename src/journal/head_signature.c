#include "journal/head_signature.h"

#include "core/words.h"
#include "journal/fact_table.h"
#include "journal/own_signature.h"
#include "journal/query.h"
#include "journal/store.h"

#include <string.h>

static const char REACH[] = "UPDATE head SET signed = ?2 WHERE station = ?1";
static const char DROP[] = "UPDATE fact SET signature = NULL WHERE station = ?1 AND seq > ?2 AND "
                           "signature IS NOT NULL";
static const char SIGNED[]
    = "SELECT number, station, seq, at, kind, subject, NULL, body_hash, chain, signature, NULL "
      "FROM fact WHERE station = ?1 AND signature IS NOT NULL ORDER BY seq DESC";
static const char NAMED[] = "SELECT public FROM station_signed WHERE station = :station";
static const char KEY[]
    = "SELECT public, vouched <> '' FROM station_key WHERE station = :station AND public <> ''";

gboolean head_signature_holds (const SignPublic *key, const Fact *fact)
{
  Hash hash;

  if (!fact->is_signed)
    return FALSE;
  if (fact->is_checked && memcmp (fact->checked_by.bytes, key->bytes, SIGN_PUBLIC_BYTES) == 0)
    return TRUE;
  hash = own_signature_statement (fact->station, fact->seq, &fact->chain);
  return sign_check (key, hash.bytes, HASH_BYTES, fact->signature);
}

const Fact *head_signature_last (const SignPublic *key, const Fact *first, const Fact *end)
{
  while (end-- > first)
    if (end->is_signed && strcmp (end->station, first->station) == 0
        && head_signature_holds (key, end))
      return end;
  return NULL;
}

gboolean journal_check_signature (Journal *journal, Fact *facts, guint count, GError **error)
{
  Fact *last = count > 0 ? &facts[count - 1] : NULL;
  Query *query = NULL;

  if (last == NULL || !last->is_signed)
    return TRUE;
  query = journal_query (journal, NAMED, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", last->station);
  if (query_next (query) && sign_public_from_text (query_text (query, 0), &last->checked_by))
    last->is_checked = head_signature_holds (&last->checked_by, last);
  return query_end (query, error);
}

gboolean journal_sign (Journal *journal, Fact *fact, GError **error)
{
  return own_signature_make (journal, fact->seq, &fact->chain, fact->signature, &fact->is_signed,
                             error);
}

gboolean head_signature_keep (Journal *journal, const Fact *fact, GError **error)
{
  return own_signature_keep (journal, fact->station, fact->seq, fact->signature, error);
}

/* Others' ---------------------------------------------------------------------------- */

static gboolean fail (Journal *journal, GError **error)
{
  return store_fail (journal->db, journal->path, _ ("writing to"), error);
}

static gboolean run (Journal *journal, const char *sql, const char *station, gint64 seq,
                     GError **error)
{
  sqlite3_stmt *row = NULL;
  gboolean good = sqlite3_prepare_v2 (journal->db, sql, -1, &row, NULL) == SQLITE_OK
                  && sqlite3_bind_text (row, 1, station, -1, SQLITE_STATIC) == SQLITE_OK
                  && sqlite3_bind_int64 (row, 2, seq) == SQLITE_OK
                  && sqlite3_step (row) == SQLITE_DONE;

  if (!good)
    fail (journal, error);
  sqlite3_finalize (row);
  return good;
}

static gboolean named_key (Journal *journal, const char *station, SignPublic *key, gboolean *named,
                           GError **error)
{
  g_auto (Standing) standing = { 0 };

  if (!standing_read (journal->db, &journal->standing, station, &standing, error))
    return FALSE;
  *named = standing.signs;
  *key = standing.key;
  return TRUE;
}

gboolean head_signature_recheck (Journal *journal, const char *station, GError **error)
{
  sqlite3_stmt *row = NULL;
  gint64 reach = 0;
  gboolean named = FALSE;
  SignPublic key;
  int status = SQLITE_DONE;

  if (!named_key (journal, station, &key, &named, error))
    return FALSE;
  if (!named)
    return TRUE;
  if (sqlite3_prepare_v2 (journal->db, SIGNED, -1, &row, NULL) != SQLITE_OK)
    return fail (journal, error);
  sqlite3_bind_text (row, 1, station, -1, SQLITE_STATIC);
  while (reach == 0 && (status = sqlite3_step (row)) == SQLITE_ROW) {
    g_auto (Fact) fact = { 0 };

    fact_from_row (row, &fact);
    if (head_signature_holds (&key, &fact))
      reach = fact.seq;
  }
  sqlite3_finalize (row);
  if (status != SQLITE_ROW && status != SQLITE_DONE)
    return fail (journal, error);
  return run (journal, REACH, station, reach, error) && run (journal, DROP, station, reach, error);
}

gboolean head_signature_key (Journal *journal, const char *station, SignPublic *key,
                             gboolean *vouched, gboolean *known, GError **error)
{
  Query *query = journal_query (journal, KEY, error);

  *known = *vouched = FALSE;
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":station", station);
  if (query_next (query)) {
    *known = sign_public_from_text (query_text (query, 0), key);
    *vouched = query_int (query, 1) != 0;
  }
  return query_end (query, error);
}
