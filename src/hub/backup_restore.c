#include "hub/backup_restore.h"

#include "api/read_token.h"
#include "api/webhook.h"
#include "core/descriptor.h"
#include "core/sealed.h"
#include "core/words.h"
#include "hub/backup.h"
#include "journal/log_move.h"
#include "journal/query.h"
#include "journal/shared_log.h"
#include "journal/soundness.h"
#include "office/account.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_BYTES (256 * 1024)

static const char CONGRESS[] = "SELECT fr FROM congress WHERE id = 'congress' AND NOT removed";

void backup_restore_clear (Restored *restored)
{
  g_clear_pointer (&restored->station, g_free);
  g_clear_pointer (&restored->congress, g_free);
  g_clear_pointer (&restored->accounts, g_free);
  g_clear_pointer (&restored->readers, g_free);
  g_clear_pointer (&restored->webhooks, g_free);
}

static gboolean fail (GError **error, const char *path)
{
  g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_FOLDER, _ ("restoring to %s: %s"), path,
               g_strerror (errno));
  return FALSE;
}

/* A log that was left beside it would be played into the restored file. */
static gboolean is_free (const char *db, GError **error)
{
  static const char *const SUFFIXES[] = { "", "-wal", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++) {
    g_autofree char *path = g_strconcat (db, SUFFIXES[i], NULL);

    if (access (path, F_OK) == 0) {
      g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_EXISTS,
                   _ ("there is a file %s already; nothing was changed. Stop the hub, and move "
                      "the replica with all files whose names begin as its own to another "
                      "folder: what it holds may be worth merging"),
                   path);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean copy_plain (int from, int to)
{
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize length;

  while ((length = read (from, piece, PIECE_BYTES)) != 0) {
    if (length < 0 && errno == EINTR)
      continue;
    if (length < 0 || !descriptor_write (to, piece, (gsize) length))
      return FALSE;
  }
  return TRUE;
}

static gboolean read_copy (int from, int to, const char *file, const char *path, const char *secret,
                           GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (!sealed_is (from))
    return (copy_plain (from, to) && fsync (to) == 0) || fail (error, path);
  if (secret == NULL) {
    g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_KEY,
                 _ ("%s is sealed: say where its secret key is, --key FILE"), file);
    return FALSE;
  }
  if (!sealed_open (from, to, secret, &cause)) {
    g_set_error (error, SEALED_ERROR, cause->code, "%s: %s", file, cause->message);
    return FALSE;
  }
  return fsync (to) == 0 || fail (error, path);
}

/* A pipe would keep us waiting, a device never end. */
static int open_copy (const char *file, GError **error)
{
  int fd = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat there;

  if (fd >= 0 && fstat (fd, &there) == 0 && S_ISREG (there.st_mode))
    return fd;
  g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_FOLDER, _ ("reading the backup %s: %s"), file,
               fd < 0 ? g_strerror (errno) : _ ("it is no file"));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Opens the copy into @path. */
static gboolean take_copy (const char *file, const char *secret, const char *path, GError **error)
{
  int from = open_copy (file, error), to;
  gboolean good;

  if (from < 0)
    return FALSE;
  to = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (to >= 0)
    fchmod (to, (mode_t) journal_file_mode (path)); /* whatever the umask is */
  good = to >= 0 ? read_copy (from, to, file, path, secret, error) : fail (error, path);
  close (from);
  if (to >= 0)
    close (to);
  return good;
}

static gboolean last_time (Journal *journal, gint64 *ms, GError **error)
{
  g_autoptr (GPtrArray) heads = journal_heads (journal, error);

  for (guint i = 0; heads != NULL && i < heads->len; i++)
    *ms = MAX (*ms, clock_hybrid_ms (((const JournalHead *) heads->pdata[i])->at));
  return heads != NULL;
}

/* The first member of each is its name. */
static char *names_of (const GPtrArray *all)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", *(char *const *) all->pdata[i]);
  return g_string_free (names, FALSE);
}

static gboolean read_powers (Journal *journal, Restored *restored, GError **error)
{
  g_autoptr (GPtrArray) accounts = account_all (journal, error);
  g_autoptr (GPtrArray) readers = accounts != NULL ? read_token_all (journal, error) : NULL;
  g_autoptr (GPtrArray) webhooks = readers != NULL ? webhook_all (journal, error) : NULL;
  Query *query = webhooks != NULL ? journal_query (journal, CONGRESS, error) : NULL;

  if (query == NULL)
    return FALSE;
  restored->congress = g_strdup (query_next (query) ? query_text (query, 0) : "");
  restored->accounts = names_of (accounts);
  restored->readers = names_of (readers);
  restored->webhooks = names_of (webhooks);
  return query_end (query, error);
}

/* Its tables are filled anew from the facts, which alone are proved. What it holds; and
 * that it waits for its stations, if it has any, and no log to follow. */
static gboolean prepare (const char *path, gboolean alone, Clock clock, Restored *restored,
                         GError **error)
{
  g_autoptr (Journal) journal = journal_open (path, clock, error);
  g_autofree char *root = NULL, *log = NULL, *now = NULL;

  if (journal == NULL || (alone && !journal_leave_log (journal, error))
      || !journal_rebuild (journal, error) || !soundness_schema (journal, error)
      || !last_time (journal, &restored->last_ms, error) || !read_powers (journal, restored, error)
      || !journal_read_local (journal, JOURNAL_LOCAL_ROOT, &root, error)
      || !journal_read_local (journal, JOURNAL_LOCAL_LOG, &log, error))
    return FALSE;
  restored->station = g_strdup (journal_station (journal));
  restored->follows = log != NULL;
  restored->settles = log == NULL && g_strcmp0 (root, restored->station) == 0;
  now = g_strdup_printf ("%" G_GINT64_FORMAT, journal_now_ms (journal));
  return !restored->settles || journal_set_local (journal, JOURNAL_LOCAL_SETTLING, now, error);
}

/* Only where nothing is yet, also if somebody was quicker. */
static gboolean put_in_place (const char *path, const char *db, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (db);
  int fd;
  gboolean good;

  if (link (path, db) != 0)
    return fail (error, db);
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  good = (fd >= 0 && fsync (fd) == 0) || fail (error, db);
  if (fd >= 0)
    close (fd);
  return good;
}

static void remove_all (const char *path)
{
  static const char *const SUFFIXES[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++) {
    g_autofree char *file = g_strconcat (path, SUFFIXES[i], NULL);

    unlink (file);
  }
}

gboolean backup_restore_run (const char *file, const char *secret, gboolean alone, const char *db,
                             Clock clock, Restored *restored, GError **error)
{
  g_autofree char *path = g_strconcat (db, ".restored", NULL);
  gboolean good;

  *restored = (Restored){ 0 };
  if (!is_free (db, error))
    return FALSE;
  remove_all (path);
  good = take_copy (file, secret, path, error)
         && backup_prove (path, clock, &restored->facts, error)
         && prepare (path, alone, clock, restored, error) && put_in_place (path, db, error);
  remove_all (path);
  return good;
}
