#include "journal/own_signature.h"

#include "core/words.h"
#include "journal/store.h"

#include <string.h>

static const char KEEP[] = "UPDATE fact SET signature = ?3 WHERE station = ?1 AND seq = ?2";
static const char REACH[] = "UPDATE head SET signed = ?2 WHERE station = ?1";
static const char HEAD[] = "SELECT seq, chain FROM head WHERE station = ?1";
static const char SECRET[] = "SELECT value FROM local WHERE name = 'station-secret'";

/* Nothing else that a station's key signs looks like it: a badge's code, the hub's
 * word on its own head, a notarised text. */
Hash own_signature_statement (const char *station, gint64 seq, const Hash *chain)
{
  Hasher *hasher = hash_new ();

  hash_add_text (hasher, "accueil station head");
  hash_add_text (hasher, station);
  hash_add_int (hasher, seq);
  hash_add (hasher, chain->bytes, HASH_BYTES);
  return hash_finish (hasher);
}

static gboolean fail (Journal *journal, GError **error)
{
  return store_fail (journal->db, journal->path, _ ("writing to"), error);
}

static gboolean run (Journal *journal, sqlite3_stmt **kept, const char *sql, const char *station,
                     gint64 seq, const guint8 *signature, GError **error)
{
  int status;

  if (*kept == NULL && sqlite3_prepare_v3 (journal->db, sql, -1, 0, kept, NULL) != SQLITE_OK)
    return fail (journal, error);
  sqlite3_bind_text (*kept, 1, station, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (*kept, 2, seq);
  if (signature != NULL)
    sqlite3_bind_blob (*kept, 3, signature, SIGNATURE_BYTES, SQLITE_STATIC);
  status = sqlite3_step (*kept);
  sqlite3_reset (*kept);
  sqlite3_clear_bindings (*kept);
  return status == SQLITE_DONE || fail (journal, error);
}

gboolean own_signature_keep (Journal *journal, const char *station, gint64 seq,
                             const guint8 signature[SIGNATURE_BYTES], GError **error)
{
  return run (journal, &journal->keep_signature, KEEP, station, seq, signature, error)
         && run (journal, &journal->signed_reach, REACH, station, seq, NULL, error);
}

static gboolean hold_secret (Journal *journal, GError **error)
{
  sqlite3_stmt *row = NULL;
  int status;

  if (journal->secret != NULL)
    return TRUE;
  if (sqlite3_prepare_v2 (journal->db, SECRET, -1, &row, NULL) != SQLITE_OK)
    return fail (journal, error);
  status = sqlite3_step (row);
  if (status == SQLITE_ROW) {
    journal->secret = sign_hold ();
    if (!sign_secret_from_text ((const char *) sqlite3_column_text (row, 0), journal->secret))
      g_clear_pointer (&journal->secret, sign_release);
  }
  sqlite3_finalize (row);
  return status == SQLITE_ROW || status == SQLITE_DONE || fail (journal, error);
}

gboolean own_signature_make (Journal *journal, gint64 seq, const Hash *chain,
                             guint8 signature[SIGNATURE_BYTES], gboolean *made, GError **error)
{
  Hash hash = own_signature_statement (journal->station, seq, chain);

  if (!hold_secret (journal, error))
    return FALSE;
  *made = journal->secret != NULL;
  if (*made)
    sign_make (journal->secret, hash.bytes, HASH_BYTES, signature);
  return TRUE;
}

/* Where own facts were not written here, but given back, say. */
static gboolean find_head (Journal *journal, gint64 *seq, Hash *chain, GError **error)
{
  sqlite3_stmt *row = NULL;
  int status;

  if (sqlite3_prepare_v2 (journal->db, HEAD, -1, &row, NULL) != SQLITE_OK)
    return fail (journal, error);
  sqlite3_bind_text (row, 1, journal->station, -1, SQLITE_STATIC);
  status = sqlite3_step (row);
  if (status == SQLITE_ROW && sqlite3_column_bytes (row, 1) == HASH_BYTES) {
    *seq = sqlite3_column_int64 (row, 0);
    memcpy (chain->bytes, sqlite3_column_blob (row, 1), HASH_BYTES);
  }
  sqlite3_finalize (row);
  return status == SQLITE_ROW || status == SQLITE_DONE || fail (journal, error);
}

gboolean own_signature_commit (Journal *journal, GError **error)
{
  guint8 signature[SIGNATURE_BYTES];
  gint64 seq = journal->own_seq;
  Hash chain = journal->own_chain;
  gboolean made;

  if (!journal->own_is_new)
    return TRUE;
  return (seq > 0 || find_head (journal, &seq, &chain, error))
         && own_signature_make (journal, seq, &chain, signature, &made, error)
         && (!made || seq == 0
             || own_signature_keep (journal, journal->station, seq, signature, error));
}
