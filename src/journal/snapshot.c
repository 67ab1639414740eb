#include "journal/snapshot.h"

#include "core/words.h"
#include "journal/fact_table.h"
#include "journal/schema.h"
#include "journal/store.h"
#include "journal/withheld.h"

#include <unistd.h>

#define COLUMNS "number, station, seq, at, kind, subject, body, body_hash, chain, signature, shown"
#define COLUMN_COUNT 11
#define BODY 6
#define SHOWN 10

static const char READ[] = "SELECT " COLUMNS " FROM fact NOT INDEXED ORDER BY number";
static const char WRITE[]
    = "INSERT INTO fact (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
/* The indexes are made anew where it is taken. */
static const char WITHOUT_INDEXES[] = "DROP INDEX fact_subject; DROP INDEX fact_shown";

typedef struct {
  Journal *journal;
  sqlite3 *db; /* the new file's */
  const char *path;
  gboolean for_gate;
  sqlite3_stmt *read, *write;
} Snapshot;

static gboolean fail (const Snapshot *snapshot, sqlite3 *db, GError **error)
{
  return store_fail (db, snapshot->path, _ ("writing the snapshot"), error);
}

/* What a gate may know of the fact that was read; the rest is not written at all. */
static void bind_part (Snapshot *snapshot, Fact *fact)
{
  fact_from_row (snapshot->read, fact);
  if (fact->is_part)
    return;
  withheld_take_out (fact);
  if (!fact->is_part)
    return;
  sqlite3_bind_text (snapshot->write, BODY + 1, fact->body, -1, SQLITE_STATIC);
  sqlite3_bind_blob (snapshot->write, SHOWN + 1, fact->shown.bytes, HASH_BYTES, SQLITE_STATIC);
}

static gboolean write_fact (Snapshot *snapshot, GError **error)
{
  g_auto (Fact) fact = { 0 };
  gboolean good;

  for (int i = 0; i < COLUMN_COUNT; i++)
    sqlite3_bind_value (snapshot->write, i + 1, sqlite3_column_value (snapshot->read, i));
  if (snapshot->for_gate)
    bind_part (snapshot, &fact);
  good = sqlite3_step (snapshot->write) == SQLITE_DONE;
  sqlite3_reset (snapshot->write);
  return good || fail (snapshot, snapshot->db, error);
}

static gboolean write_facts (Snapshot *snapshot, GError **error)
{
  Journal *journal = snapshot->journal;
  int status = SQLITE_DONE;
  gboolean good = TRUE;

  if (sqlite3_prepare_v2 (journal->db, READ, -1, &snapshot->read, NULL) != SQLITE_OK)
    return fail (snapshot, journal->db, error);
  if (sqlite3_prepare_v2 (snapshot->db, WRITE, -1, &snapshot->write, NULL) != SQLITE_OK)
    return fail (snapshot, snapshot->db, error);
  while (good && (status = sqlite3_step (snapshot->read)) == SQLITE_ROW)
    good = write_fact (snapshot, error);
  return good && (status == SQLITE_DONE || fail (snapshot, journal->db, error));
}

static gboolean execute (Snapshot *snapshot, const char *sql, GError **error)
{
  return sqlite3_exec (snapshot->db, sql, NULL, NULL, NULL) == SQLITE_OK
         || fail (snapshot, snapshot->db, error);
}

static gboolean fill (Snapshot *snapshot, GError **error)
{
  gboolean good = schema_create_store (snapshot->db, error)
                  && execute (snapshot, WITHOUT_INDEXES, error) && write_facts (snapshot, error);

  sqlite3_finalize (snapshot->read);
  sqlite3_finalize (snapshot->write);
  return good && execute (snapshot, "COMMIT", error);
}

static gboolean make (Journal *journal, const char *path, gboolean for_gate, GError **error)
{
  Snapshot snapshot = { .journal = journal, .path = path, .for_gate = for_gate };
  gboolean good;

  snapshot.db = store_scratch (path, _ ("writing the snapshot"), error);
  if (snapshot.db == NULL)
    return FALSE;
  good = fill (&snapshot, error);
  sqlite3_close (snapshot.db);
  if (!good)
    unlink (path);
  return good;
}

gboolean journal_snapshot (Journal *journal, const char *path, GError **error)
{
  return make (journal, path, FALSE, error);
}

gboolean journal_snapshot_for_gate (Journal *journal, const char *path, GError **error)
{
  return make (journal, path, TRUE, error);
}
