#include "journal/page_copy.h"

#include "core/words.h"
#include "journal/store.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LOOK_MS 50

static gboolean make_file (const char *path, GError **error)
{
  int fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0) {
    close (fd);
    return TRUE;
  }
  g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO, _ ("writing the copy %s: %s"), path,
               g_strerror (errno));
  return FALSE;
}

/* Nobody else sees the file yet, and it is put on disk as a whole: so no page of it needs
 * to be put there by itself. */
static sqlite3 *open_copy (const char *path, GError **error)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL)
          == SQLITE_OK
      && sqlite3_exec (db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL)
             == SQLITE_OK)
    return db;
  store_fail (db, path, _ ("writing the copy"), error);
  sqlite3_close (db);
  return NULL;
}

/* Another program may hold the file for a moment, while it recovers the log say. */
static gboolean copy_pages (Journal *journal, sqlite3 *db, const char *path, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (db, "main", journal->db, "main");
  gint waits = JOURNAL_BUSY_MS / LOOK_MS;
  int status;

  if (backup == NULL)
    return store_fail (db, path, _ ("writing the copy"), error);
  do {
    status = sqlite3_backup_step (backup, -1);
    if ((status & 0xff) != SQLITE_BUSY && (status & 0xff) != SQLITE_LOCKED)
      break;
    sqlite3_sleep (LOOK_MS);
  } while (waits-- > 0);
  sqlite3_backup_finish (backup);
  return status == SQLITE_DONE || store_fail (db, path, _ ("writing the copy"), error);
}

static gboolean put_on_disk (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean good = fd >= 0 && fsync (fd) == 0;

  if (!good)
    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO, _ ("writing the copy %s: %s"), path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return good;
}

gboolean page_copy_make (Journal *journal, const char *path, GError **error)
{
  sqlite3 *db;
  gboolean good;

  if (!make_file (path, error))
    return FALSE;
  db = open_copy (path, error);
  good = db != NULL && copy_pages (journal, db, path, error);
  sqlite3_close (db);
  good = good && put_on_disk (path, error);
  if (!good)
    unlink (path);
  return good;
}
