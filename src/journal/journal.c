#include "journal/journal.h"

#include "core/identifier.h"
#include "core/sign.h"
#include "core/words.h"
#include "journal/own_signature.h"
#include "journal/query.h"
#include "journal/schema.h"
#include "journal/search_builder.h"
#include "journal/sqlite_memory.h"
#include "journal/standing.h"
#include "journal/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char LOCAL_GET[] = "SELECT value FROM local WHERE name = :name";
static const char LOCAL_SET[] = "INSERT INTO local (name, value) VALUES (:name, :value) ON "
                                "CONFLICT (name) DO UPDATE SET value = excluded.value";
static const char LOCAL_REMOVE[] = "DELETE FROM local WHERE name = :name";
static const char DATA_VERSION[] = "PRAGMA data_version";
/* Prepared once and kept: every commit runs it. */
static const char SETTLE[] = "INSERT INTO settle (due) VALUES (1)";

static Journal *journal_wrap (sqlite3 *db, const char *path, Clock clock)
{
  Journal *journal = g_new0 (Journal, 1);

  sign_start ();
  journal->db = db;
  journal->path = g_strdup (path);
  journal->clock = clock;
  return journal;
}

Journal *journal_open_bare (const char *path, Clock clock, GError **error)
{
  sqlite3 *db = store_open (path, SQLITE_OPEN_READWRITE, error);
  g_autoptr (Journal) journal = NULL;

  if (db == NULL)
    return NULL;
  journal = journal_wrap (db, path, clock);
  return store_use_wal (db, path, error) ? g_steal_pointer (&journal) : NULL;
}

void journal_close (Journal *journal)
{
  if (journal == NULL)
    return;
  journal_rollback (journal);
  log_link_forget (journal);
  query_forget_all (journal);
  sqlite3_close (journal->db);
  sign_release (journal->secret);
  standing_clear (&journal->appended_as);
  g_free (journal->path);
  g_free (journal->station);
  g_free (journal);
}

/* The new replica's identity: its name, its key, and the fact that tells the others. */
static gboolean found (Journal *journal, const char *station, GError **error)
{
  g_autofree char *public_text = NULL, *secret_text = NULL;
  g_autoptr (JsonOut) body = json_out_new ();
  g_autofree char *json = NULL;
  SignPublic key;
  SignSecret secret;

  sign_key_new (&key, &secret);
  public_text = sign_public_text (&key);
  secret_text = sign_secret_text (&secret);
  sign_wipe (&secret);
  json_out_begin_object (body, NULL);
  json_out_string (body, "public", public_text);
  json_out_end_object (body);
  json = json_out_finish (g_steal_pointer (&body));
  return journal_set_local (journal, JOURNAL_LOCAL_STATION, station, error)
         && journal_set_local (journal, JOURNAL_LOCAL_STATION_SECRET, secret_text, error)
         && journal_append (journal, "station", station, json, NULL, error);
}

int journal_file_mode (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const mode_t shared = S_ISGID | S_IWGRP;
  struct stat status;

  return stat (folder, &status) == 0 && (status.st_mode & shared) == shared ? 0660 : 0600;
}

/* Makes the file itself, so that it is ours alone from its first byte, and so that of two
 * programs only one does. */
gboolean journal_make_file (const char *path, GError **error)
{
  int fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (fd >= 0) {
    fchmod (fd, (mode_t) journal_file_mode (path)); /* whatever the umask is */
    close (fd);
    return TRUE;
  }
  if (errno == EEXIST)
    g_set_error (
        error, JOURNAL_ERROR, JOURNAL_ERROR_EXISTS,
        _ ("making the replica %s: there is a file of that name already; nothing was changed"),
        path);
  else if (errno == ENOENT || errno == EACCES || errno == ENOTDIR)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO,
                 _ ("making the replica %s: %s; make its folder first and let this user write "
                    "there, or name another place with --db or $ACCUEIL_DB"),
                 path, g_strerror (errno));
  else
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO, _ ("making the replica %s: %s"), path,
                 g_strerror (errno));
  return FALSE;
}

static gboolean is_file (const char *path, GError **error)
{
  struct stat status;

  if (stat (path, &status) != 0)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO,
                 _ ("opening the replica %s: %s; make one with “accueil init --station NAME”"),
                 path, errno == ENOENT ? _ ("there is none") : g_strerror (errno));
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO,
                 _ ("opening the replica %s: it is no file; name the replica's file with --db or "
                    "$ACCUEIL_DB"),
                 path);
  else
    return TRUE;
  return FALSE;
}

void journal_remove_file (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL), *shm = g_strconcat (path, "-shm", NULL);

  unlink (path);
  unlink (wal);
  unlink (shm);
}

Journal *journal_create (const char *path, const char *station, Clock clock, GError **error)
{
  g_autoptr (Journal) journal = NULL;

  if (!identifier_is_station (station)) {
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                 _ ("“%s” cannot be a station's name: use 1 to %d lower-case letters, digits and "
                    "hyphens, for example “entree-est-1”"),
                 station, STATION_NAME_MAX);
    return NULL;
  }
  if (!journal_make_file (path, error))
    return NULL;
  journal = journal_open_bare (path, clock, error);
  if (journal != NULL)
    journal->station = g_strdup (station);
  if (journal == NULL || !journal_begin_file (journal, error) || !schema_create (journal->db, error)
      || !found (journal, station, error) || !journal_commit (journal, error)) {
    g_clear_pointer (&journal, journal_close);
    journal_remove_file (path);
    return NULL;
  }
  return g_steal_pointer (&journal);
}

Journal *journal_open (const char *path, Clock clock, GError **error)
{
  g_autoptr (Journal) journal = NULL;
  sqlite3 *db;

  if (!is_file (path, error))
    return NULL;
  db = store_open (path, SQLITE_OPEN_READWRITE, error);
  if (db == NULL)
    return NULL;
  journal = journal_wrap (db, path, clock);
  if (!schema_open (db, path, error) || !store_use_wal (db, path, error))
    return NULL;
  if (clock.machine) {
    g_autofree char *off = journal_local (journal, JOURNAL_LOCAL_HUB_CLOCK, NULL);

    journal_correct_clock (journal, off);
  }
  journal->station = journal_local (journal, JOURNAL_LOCAL_STATION, error);
  if (journal->station == NULL) {
    if (error != NULL && *error == NULL)
      g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS,
                   _ ("opening the replica %s: it has no station name of its own; it is a "
                      "snapshot: use “accueil init” and “accueil merge”"),
                   path);
    return NULL;
  }
  sqlite_memory_release ();
  return g_steal_pointer (&journal);
}

const char *journal_station (Journal *journal)
{
  return journal->station;
}

const char *journal_path (Journal *journal)
{
  return journal->path;
}

gint64 journal_machine_ms (Journal *journal)
{
  return clock_now_ms (&journal->clock);
}

gint64 journal_now_ms (Journal *journal)
{
  gint64 now_ms = clock_now_ms (&journal->clock);

  return journal->clock.machine ? now_ms + clock_correction_now (&journal->correction, now_ms)
                                : now_ms;
}

void journal_correct_clock (Journal *journal, const char *text)
{
  journal->correction = clock_correction_parse (text);
}

gboolean journal_clock_is_impossible (Journal *journal, gboolean *impossible, gint64 *latest_ms,
                                      GError **error)
{
  *impossible = FALSE;
  if (!journal_latest_ms (journal, latest_ms, error))
    return FALSE;
  *impossible
      = journal->clock.machine && journal_now_ms (journal) < *latest_ms - JOURNAL_CLOCK_BEHIND_MS;
  return TRUE;
}

gboolean journal_has_moved (Journal *journal)
{
  int moved = 0;

  return sqlite3_file_control (journal->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK
         && moved != 0;
}

gboolean journal_begin_file (Journal *journal, GError **error)
{
  if (journal->in_transaction)
    g_error ("a transaction is begun inside another");
  if (sqlite3_exec (journal->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return store_fail (journal->db, journal->path, _ ("writing to"), error);
  if (journal_has_moved (journal)) {
    sqlite3_exec (journal->db, "ROLLBACK", NULL, NULL, NULL);
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO,
                 _ ("writing to the replica %s: its file was deleted, or another took its place, "
                    "while it was open; nothing was written. Start this program again"),
                 journal->path);
    return FALSE;
  }
  journal->in_transaction = TRUE;
  return TRUE;
}

gboolean journal_begin (Journal *journal, GError **error)
{
  return shared_log_begin (journal, error);
}

/* What the projections do once for a whole transaction
 * (schema/projection-00-feed.sql). */
static gboolean settle (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, SETTLE, error);

  if (query == NULL)
    return FALSE;
  query_next (query);
  return query_end (query, error);
}

static void forget_judging (Journal *journal)
{
  g_clear_pointer (&journal->judge_again, g_hash_table_unref);
  journal->judge_all = journal->rebuild = journal->own_is_new = FALSE;
  journal->own_seq = 0;
  journal->appended_changes = 0;
}

/* Facts that count or do not count any more, since the root has said something. */
static gboolean judge (Journal *journal, GError **error)
{
  g_autoptr (GHashTable) stations = g_steal_pointer (&journal->judge_again);
  gboolean rebuild = journal->rebuild;
  GHashTableIter iter;
  gpointer station;

  if (journal->judge_all && !rebuild && !standing_judge_again (journal->db, NULL, &rebuild, error))
    return FALSE;
  if (stations != NULL && !journal->judge_all && !rebuild) {
    g_hash_table_iter_init (&iter, stations);
    while (g_hash_table_iter_next (&iter, &station, NULL))
      if (!standing_judge_again (journal->db, station, &rebuild, error))
        return FALSE;
  }
  forget_judging (journal);
  if (!rebuild)
    return TRUE;
  search_builder_drop (journal);
  query_forget_all (journal); /* prepared statements would hold the tables that are dropped */
  return schema_rebuild (journal->db, error);
}

gboolean journal_commit (Journal *journal, GError **error)
{
  if (!own_signature_commit (journal, error) || !judge (journal, error)
      || !search_builder_finish (journal, error) || !settle (journal, error)
      || !shared_log_publish (journal, error)) {
    journal_rollback (journal);
    return FALSE;
  }
  if (sqlite3_exec (journal->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
    store_fail (journal->db, journal->path, _ ("writing to"), error);
    journal_rollback (journal);
    return FALSE;
  }
  journal->in_transaction = FALSE;
  return TRUE;
}

void journal_rollback (Journal *journal)
{
  forget_judging (journal);
  search_builder_drop (journal);
  log_link_abandon (journal);
  if (!journal->in_transaction)
    return;
  if (!sqlite3_get_autocommit (journal->db)) /* some failures have rolled back already */
    sqlite3_exec (journal->db, "ROLLBACK", NULL, NULL, NULL);
  journal->in_transaction = FALSE;
}

gboolean journal_finish (Journal *journal, gboolean good, GError **error)
{
  if (good)
    return journal_commit (journal, error);
  journal_rollback (journal);
  return FALSE;
}

char *journal_local (Journal *journal, const char *name, GError **error)
{
  Query *query = journal_query (journal, LOCAL_GET, error);
  char *value = NULL;

  if (query == NULL)
    return NULL;
  query_bind_text (query, ":name", name);
  if (query_next (query))
    value = g_strdup (query_text (query, 0));
  if (!query_end (query, error))
    g_clear_pointer (&value, g_free);
  return value;
}

gboolean journal_read_local (Journal *journal, const char *name, char **value, GError **error)
{
  GError *cause = NULL;

  *value = journal_local (journal, name, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

static gboolean set_local (Journal *journal, const char *name, const char *value, GError **error)
{
  Query *query = journal_query (journal, value != NULL ? LOCAL_SET : LOCAL_REMOVE, error);

  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":name", name);
  if (value != NULL)
    query_bind_text (query, ":value", value);
  query_next (query);
  return query_end (query, error);
}

gboolean journal_set_local (Journal *journal, const char *name, const char *value, GError **error)
{
  gboolean shared = FALSE;

  if (!journal->in_transaction && !shared_sheet_has_local (journal, name, &shared, error))
    return FALSE;
  if (!shared)
    return set_local (journal, name, value, error);
  return journal_begin (journal, error)
         && journal_finish (journal, set_local (journal, name, value, error), error);
}

gboolean journal_set_root (Journal *journal, const char *station, GError **error)
{
  GError *cause = NULL;
  g_autofree char *known = journal_local (journal, JOURNAL_LOCAL_ROOT, &cause);

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (!journal->in_transaction)
    g_error ("a root is set outside a transaction");
  if (g_strcmp0 (known, station) == 0)
    return TRUE;
  journal->rebuild = TRUE;
  return journal_set_local (journal, JOURNAL_LOCAL_ROOT, station, error);
}

char *journal_root (Journal *journal, GError **error)
{
  return journal_local (journal, JOURNAL_LOCAL_ROOT, error);
}

gint64 journal_data_version (Journal *journal)
{
  Query *query = journal_query (journal, DATA_VERSION, NULL);
  gint64 version = 0;

  if (query == NULL)
    return 0;
  if (query_next (query))
    version = query_int (query, 0);
  query_end (query, NULL);
  return version;
}

gboolean journal_wait (Journal *journal, gint64 *seen, gint timeout_ms, gint *stop)
{
  gint64 end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;

  for (;;) {
    gint64 version = journal_data_version (journal);
    gint64 left = end - g_get_monotonic_time ();

    if (version != *seen) {
      *seen = version;
      return TRUE;
    }
    if (left <= 0 || (stop != NULL && g_atomic_int_get (stop)))
      return FALSE;
    g_usleep ((gulong) MIN (left, JOURNAL_POLL_MS * G_TIME_SPAN_MILLISECOND));
  }
}
