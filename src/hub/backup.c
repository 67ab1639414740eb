#include "hub/backup.h"

#include "core/descriptor.h"
#include "core/sealed.h"
#include "core/words.h"
#include "journal/page_copy.h"
#include "journal/soundness.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "accueil-"
#define TIME_FORMAT "%Y%m%dT%H%M%SZ"
#define TIME_LENGTH 16
#define PLAIN ".db"
#define SEALED ".sealed"
#define PIECE_BYTES (256 * 1024)
#define HOUR_S 3600
#define DAY_S (24 * HOUR_S)

G_DEFINE_QUARK (backup - error - quark, backup_error)

static gboolean fail (GError **error, BackupError code, const char *doing, const char *path)
{
  g_set_error (error, BACKUP_ERROR, (gint) code, "%s %s: %s", doing, path, g_strerror (errno));
  return FALSE;
}

void backup_clear (Backup *backup)
{
  g_clear_pointer (&backup->path, g_free);
}

/* What is kept ------------------------------------------------------------------------ */

gboolean backup_read_keep (const char *text, BackupKeep *keep, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", 4);
  guint64 numbers[3];
  gboolean good = g_strv_length (words) == 3;

  for (guint i = 0; good && i < G_N_ELEMENTS (numbers); i++)
    good = g_ascii_string_to_unsigned (words[i], 10, 0, BACKUP_KEEP_MAX, &numbers[i], NULL);
  if (!good) {
    g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_KEEP,
                 _ ("--keep wants three numbers, of hours, days and weeks: --keep 24,7,8"));
    return FALSE;
  }
  *keep = (BackupKeep){ (guint) numbers[0], (guint) numbers[1], (guint) numbers[2] };
  return TRUE;
}

gint64 backup_time_of (const char *name, const char *station)
{
  g_autofree char *begin = g_strdup_printf (PREFIX "%s-", station), *iso = NULL;
  g_autoptr (GDateTime) time = NULL;
  const char *text;

  if (!g_str_has_prefix (name, begin))
    return -1;
  text = name + strlen (begin);
  if (strlen (text) <= TIME_LENGTH
      || (strcmp (text + TIME_LENGTH, PLAIN) != 0 && strcmp (text + TIME_LENGTH, SEALED) != 0))
    return -1;
  iso = g_strndup (text, TIME_LENGTH);
  time = g_date_time_new_from_iso8601 (iso, NULL);
  return time != NULL && strlen (iso) == TIME_LENGTH ? g_date_time_to_unix (time) : -1;
}

static gint later_first (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *times = data;
  gint64 x = g_array_index (times, gint64, *(const guint *) a),
         y = g_array_index (times, gint64, *(const guint *) b);

  return x < y ? 1 : x > y ? -1 : 0;
}

/* Weeks begin on a Monday; 1970 began on a Thursday. */
static gint64 period_of (gint64 time, guint tier)
{
  return tier == 0 ? time / HOUR_S : tier == 1 ? time / DAY_S : (time / DAY_S + 3) / 7;
}

GArray *backup_choose (const GArray *times, const BackupKeep *keep)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *chosen = g_array_new (FALSE, TRUE, sizeof (gboolean));
  const guint most[] = { keep->hours, keep->days, keep->weeks };

  g_array_set_size (chosen, times->len);
  for (guint i = 0; i < times->len; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, later_first, (gpointer) (guintptr) times);
  for (guint tier = 0; tier < G_N_ELEMENTS (most); tier++) {
    gint64 last = -1;
    guint count = 0;

    for (guint i = 0; i < order->len && count < most[tier]; i++) {
      guint at = g_array_index (order, guint, i);
      gint64 period = period_of (g_array_index (times, gint64, at), tier);

      if (period == last)
        continue;
      last = period;
      count++;
      g_array_index (chosen, gboolean, at) = TRUE;
    }
  }
  return chosen;
}

/* Names of @station's copies in @folder with their times; FALSE if it cannot be read. */
static gboolean list (const char *folder, const char *station, GPtrArray *names, GArray *times,
                      GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL) {
    gint64 time = backup_time_of (name, station);

    if (time < 0)
      continue;
    g_ptr_array_add (names, g_strdup (name));
    g_array_append_val (times, time);
  }
  return TRUE;
}

/* The one that was just made stays, whatever the clock says. One that cannot be
 * removed is counted among the kept: the next time tries again. */
static gboolean thin_out (const char *folder, const char *station, const BackupKeep *keep,
                          Backup *backup, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64)), chosen = NULL;

  if (!list (folder, station, names, times, error))
    return FALSE;
  chosen = backup_choose (times, keep);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

    if (g_array_index (chosen, gboolean, i) || strcmp (path, backup->path) == 0
        || unlink (path) != 0)
      backup->kept++;
    else
      backup->removed++;
  }
  return TRUE;
}

/* The room beside the replica ----------------------------------------------------------- */

typedef struct {
  char *folder, *copy;
  int lock; /* the folder itself */
} Room;

static void empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    unlink (path);
  }
}

static void room_leave (Room *room)
{
  if (room->lock >= 0) {
    empty (room->folder);
    rmdir (room->folder);
    close (room->lock);
  }
  g_free (room->folder);
  g_free (room->copy);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Room, room_leave)

/* What one that was killed has left is taken away. */
static gboolean room_enter (Room *room, const char *db, GError **error)
{
  struct stat held, there;

  room->lock = -1;
  room->folder = g_strconcat (db, ".backup", NULL);
  room->copy = g_build_filename (room->folder, "copy.db", NULL);
  if (mkdir (room->folder, 0700) != 0 && errno != EEXIST)
    return fail (error, BACKUP_ERROR_FOLDER, _ ("making the folder"), room->folder);
  room->lock = open (room->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (room->lock < 0)
    return fail (error, BACKUP_ERROR_FOLDER, _ ("making the folder"), room->folder);
  if (flock (room->lock, LOCK_EX | LOCK_NB) == 0 && fstat (room->lock, &held) == 0
      && stat (room->folder, &there) == 0 && held.st_dev == there.st_dev
      && held.st_ino == there.st_ino) {
    empty (room->folder);
    return TRUE;
  }
  close (room->lock);
  room->lock = -1;
  g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_TAKEN,
               _ ("another backup of %s is under way; wait until it is done"), db);
  return FALSE;
}

/* Proof -------------------------------------------------------------------------------- */

gboolean backup_prove (const char *path, Clock clock, gint64 *facts, GError **error)
{
  g_autoptr (Journal) journal = journal_open (path, clock, error);

  return journal != NULL && journal_verify (journal, facts, NULL, NULL, error)
         && soundness_indexes (journal, error);
}

/* Into its folder ---------------------------------------------------------------------- */

static gboolean read_piece (int fd, guint8 *piece, gssize *length)
{
  do
    *length = read (fd, piece, PIECE_BYTES);
  while (*length < 0 && errno == EINTR);
  return *length > 0;
}

static gboolean copy_plain (int from, int to, Hash *written)
{
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  Hasher *hasher = hash_new ();
  gboolean good = TRUE;
  gssize length = 0;

  while (good && read_piece (from, piece, &length)) {
    hash_add_piece (hasher, piece, (gsize) length);
    good = descriptor_write (to, piece, (gsize) length);
  }
  *written = hash_finish (hasher);
  return good && length == 0;
}

/* From the disk, as far as the kernel can be asked to forget what it holds. */
static gboolean is_written (int fd, const Hash *written)
{
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  Hasher *hasher = hash_new ();
  gssize length = 0;
  Hash found;

  (void) posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  if (lseek (fd, 0, SEEK_SET) == 0)
    while (read_piece (fd, piece, &length))
      hash_add_piece (hasher, piece, (gsize) length);
  found = hash_finish (hasher);
  return length == 0 && hash_equal (&found, written);
}

static gboolean write_out (int from, int to, const char *path, const char *public, GError **error)
{
  g_autoptr (GError) cause = NULL;
  Hash written = { 0 };

  if (public == NULL ? !copy_plain (from, to, &written)
                     : !sealed_make (from, to, public, &written, &cause)) {
    if (cause == NULL)
      return fail (error, BACKUP_ERROR_FOLDER, _ ("writing the backup"), path);
    g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_FOLDER, _ ("writing the backup %s: %s"), path,
                 cause->message);
    return FALSE;
  }
  if (fsync (to) != 0)
    return fail (error, BACKUP_ERROR_FOLDER, _ ("writing the backup"), path);
  if (is_written (to, &written))
    return TRUE;
  g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_COPY,
               _ ("writing the backup %s: what was read back is not what was written; that disk "
                  "is failing, use another"),
               path);
  return FALSE;
}

static gboolean sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean good = fd >= 0 && fsync (fd) == 0;

  if (!good)
    fail (error, BACKUP_ERROR_FOLDER, _ ("writing to the folder"), folder);
  if (fd >= 0)
    close (fd);
  return good;
}

/* A name that is not taken: of two within a second, the second says the next one. */
static char *new_path (const char *folder, const char *station, gint64 time, const char *suffix)
{
  for (;; time++) {
    g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);
    g_autofree char *text = g_date_time_format (date, TIME_FORMAT),
                    *name = g_strdup_printf (PREFIX "%s-%s%s", station, text, suffix),
                    *path = g_build_filename (folder, name, NULL);

    if (access (path, F_OK) != 0)
      return g_steal_pointer (&path);
  }
}

static gboolean move_in (const char *copy, const char *folder, const char *path, const char *public,
                         GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int from = open (copy, O_RDONLY | O_CLOEXEC), to;
  gboolean good;

  unlink (part);
  to = open (part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (from < 0 || to < 0)
    good = fail (error, BACKUP_ERROR_FOLDER, _ ("writing the backup"), part);
  else
    good = write_out (from, to, part, public, error);
  if (from >= 0)
    close (from);
  if (to >= 0)
    close (to);
  if (good && rename (part, path) != 0)
    good = fail (error, BACKUP_ERROR_FOLDER, _ ("writing the backup"), path);
  if (!good)
    unlink (part);
  return good && sync_folder (folder, error);
}

/* What one that was killed has left there: all others of this station are at an end,
 * since the room is ours. */
static void remove_parts (const char *folder, const char *station)
{
  g_autofree char *begin = g_strdup_printf (PREFIX "%s-", station);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, begin) && g_str_has_suffix (name, ".part")) {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      unlink (path);
    }
}

static gboolean is_folder (const char *folder, GError **error)
{
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, BACKUP_ERROR, BACKUP_ERROR_FOLDER,
               _ ("there is no folder %s; make it, or mount the disk that it is on"), folder);
  return FALSE;
}

gboolean backup_make (Journal *journal, Clock clock, const char *folder, const char *public,
                      const BackupKeep *keep, Backup *backup, GError **error)
{
  const char *station = journal_station (journal);
  g_auto (Room) room = { 0 };
  g_autofree char *made = NULL;
  gint64 now_ms = journal_now_ms (journal);

  room.lock = -1;
  *backup = (Backup){ 0 };
  if (!is_folder (folder, error) || (public != NULL && !sealed_check_public (public, error))
      || !room_enter (&room, journal_path (journal), error)
      || !page_copy_make (journal, room.copy, error)
      || !backup_prove (room.copy, clock, &backup->facts, error))
    return FALSE;
  remove_parts (folder, station);
  backup->path = new_path (folder, station, now_ms / 1000, public != NULL ? SEALED : PLAIN);
  if (!move_in (room.copy, folder, backup->path, public, error))
    return FALSE;
  made = g_strdup_printf ("%" G_GINT64_FORMAT, now_ms);
  return thin_out (folder, station, keep, backup, error)
         && journal_set_local (journal, PAGE_COPY_LOCAL_KEPT, made, error);
}
