#include "disk.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* One call that is not synced yet. */
typedef struct {
  gint64 offset, size_before;
  GBytes *before, *after; /* what stood there, as far as the file went; @after NULL: cut off */
  guint64 number;
} Change;

typedef struct {
  GPtrArray *changes; /* Change, as they came */
} Node;

struct _Disk {
  char *folder;
  GHashTable *nodes; /* path → Node */
  guint64 operations, cut_at;
  gboolean cut, full, lying;
  DiskWatch watch;
  gpointer data;
};

typedef struct {
  sqlite3_file base;
  Disk *disk; /* NULL: nobody's */
  Node *node;
  sqlite3_file *real; /* behind this struct */
} File;

static sqlite3_vfs *real_vfs;
static GPtrArray *disks;

static void change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->before, g_bytes_unref);
  g_clear_pointer (&change->after, g_bytes_unref);
  g_free (change);
}

static void node_free (gpointer data)
{
  Node *node = data;

  g_ptr_array_unref (node->changes);
  g_free (node);
}

static Node *node_of (Disk *disk, const char *path)
{
  Node *node = g_hash_table_lookup (disk->nodes, path);

  if (node == NULL) {
    node = g_new0 (Node, 1);
    node->changes = g_ptr_array_new_with_free_func (change_free);
    g_hash_table_insert (disk->nodes, g_strdup (path), node);
  }
  return node;
}

static Disk *disk_of (const char *path)
{
  for (guint i = 0; path != NULL && disks != NULL && i < disks->len; i++) {
    Disk *disk = disks->pdata[i];
    gsize length = strlen (disk->folder);

    if (strncmp (path, disk->folder, length) == 0 && path[length] == '/')
      return disk;
  }
  return NULL;
}

/* FALSE if the power is off, or goes now. */
static gboolean operate (Disk *disk)
{
  if (disk->cut)
    return FALSE;
  if (disk->watch != NULL)
    disk->watch (disk, disk->data);
  if (++disk->operations == disk->cut_at)
    disk->cut = TRUE;
  return !disk->cut;
}

/* Files -------------------------------------------------------------------------------- */

static GBytes *bytes_at (File *file, gint64 offset, gint64 length, gint64 size)
{
  gint64 there = CLAMP (size - offset, 0, length);
  guint8 *data = g_malloc0 ((gsize) there + 1);

  if (there > 0)
    file->real->pMethods->xRead (file->real, data, (int) there, offset);
  return g_bytes_new_take (data, (gsize) there);
}

static gint64 size_of (File *file)
{
  sqlite3_int64 size = 0;

  file->real->pMethods->xFileSize (file->real, &size);
  return size;
}

static void remember (File *file, gint64 offset, gint64 length, const void *data)
{
  Change *change = g_new0 (Change, 1);

  change->offset = offset;
  change->size_before = size_of (file);
  change->before = bytes_at (file, offset, length, change->size_before);
  change->after = data != NULL ? g_bytes_new (data, (gsize) length) : NULL;
  change->number = file->disk->operations;
  g_ptr_array_add (file->node->changes, change);
}

static int file_close (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods != NULL ? file->real->pMethods->xClose (file->real) : SQLITE_OK;
}

static int file_read (sqlite3_file *base, void *data, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (file->disk != NULL && file->disk->cut)
    return SQLITE_IOERR_READ;
  return file->real->pMethods->xRead (file->real, data, length, offset);
}

static int file_write (sqlite3_file *base, const void *data, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (file->disk != NULL) {
    if (!operate (file->disk)) {
      /* As far as it went: that is torn with the rest. */
      if (file->disk->operations == file->disk->cut_at) {
        file->disk->cut_at = 0;
        remember (file, offset, length, data);
        file->real->pMethods->xWrite (file->real, data, length, offset);
      }
      return SQLITE_IOERR_WRITE;
    }
    if (file->disk->full && offset + length > size_of (file))
      return SQLITE_FULL;
    remember (file, offset, length, data);
  }
  return file->real->pMethods->xWrite (file->real, data, length, offset);
}

static int file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;

  if (file->disk != NULL) {
    gint64 before = size_of (file);

    if (!operate (file->disk))
      return SQLITE_IOERR_TRUNCATE;
    if (size < before)
      remember (file, size, before - size, NULL);
  }
  return file->real->pMethods->xTruncate (file->real, size);
}

static int file_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xSync (file->real, flags);
  if (!operate (file->disk))
    return SQLITE_IOERR_FSYNC;
  if (!file->disk->lying)
    g_ptr_array_set_size (file->node->changes, 0);
  return SQLITE_OK;
}

static int file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  File *file = (File *) base;

  if (file->disk != NULL && file->disk->cut)
    return SQLITE_IOERR_FSTAT;
  return file->real->pMethods->xFileSize (file->real, size);
}

static int file_lock (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  if (file->disk != NULL && file->disk->cut)
    return SQLITE_IOERR_LOCK;
  return file->real->pMethods->xLock (file->real, level);
}

static int file_unlock (sqlite3_file *base, int level)
{
  File *file = (File *) base;

  return file->real->pMethods->xUnlock (file->real, level);
}

static int file_reserved (sqlite3_file *base, int *held)
{
  File *file = (File *) base;

  return file->real->pMethods->xCheckReservedLock (file->real, held);
}

static int file_control (sqlite3_file *base, int operation, void *data)
{
  File *file = (File *) base;

  return file->real->pMethods->xFileControl (file->real, operation, data);
}

static int file_sector (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods->xSectorSize (file->real);
}

static int file_characteristics (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->real->pMethods->xDeviceCharacteristics (file->real);
}

static int file_shm_map (sqlite3_file *base, int page, int size, int extend, void volatile **map)
{
  File *file = (File *) base;

  if (file->disk != NULL && file->disk->cut)
    return SQLITE_IOERR_SHMMAP;
  return file->real->pMethods->xShmMap (file->real, page, size, extend, map);
}

static int file_shm_lock (sqlite3_file *base, int offset, int count, int flags)
{
  File *file = (File *) base;

  if (file->disk != NULL && file->disk->cut && (flags & SQLITE_SHM_LOCK) != 0)
    return SQLITE_IOERR_SHMLOCK;
  return file->real->pMethods->xShmLock (file->real, offset, count, flags);
}

static void file_shm_barrier (sqlite3_file *base)
{
  File *file = (File *) base;

  file->real->pMethods->xShmBarrier (file->real);
}

static int file_shm_unmap (sqlite3_file *base, int remove)
{
  File *file = (File *) base;

  return file->real->pMethods->xShmUnmap (file->real, remove);
}

static const sqlite3_io_methods METHODS = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

/* The VFS ------------------------------------------------------------------------------ */

static int vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *given)
{
  File *file = (File *) base;
  int status;

  memset (file, 0, sizeof *file);
  file->real = (sqlite3_file *) (file + 1);
  file->disk = disk_of (path);
  if (file->disk != NULL && file->disk->cut)
    return SQLITE_CANTOPEN;
  status = real_vfs->xOpen (real_vfs, path, file->real, flags, given);
  if (file->real->pMethods == NULL)
    return status;
  file->base.pMethods = &METHODS;
  if (file->disk != NULL)
    file->node = node_of (file->disk, path);
  return status;
}

static int vfs_delete (sqlite3_vfs *vfs, const char *path, int sync)
{
  Disk *disk = disk_of (path);

  if (disk != NULL) {
    if (!operate (disk))
      return SQLITE_IOERR_DELETE;
    g_ptr_array_set_size (node_of (disk, path)->changes, 0);
  }
  return real_vfs->xDelete (real_vfs, path, sync);
}

static int vfs_access (sqlite3_vfs *vfs, const char *path, int flags, int *found)
{
  Disk *disk = disk_of (path);

  if (disk != NULL && disk->cut)
    return SQLITE_IOERR_ACCESS;
  return real_vfs->xAccess (real_vfs, path, flags, found);
}

void disk_install (void)
{
  static sqlite3_vfs vfs;

  real_vfs = sqlite3_vfs_find ("unix");
  g_assert_nonnull (real_vfs);
  vfs = *real_vfs;
  vfs.zName = "disk";
  vfs.pNext = NULL;
  vfs.szOsFile = (int) sizeof (File) + real_vfs->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

Disk *disk_new (const char *folder)
{
  Disk *disk = g_new0 (Disk, 1);

  disk->folder = g_strdup (folder);
  disk->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, node_free);
  if (disks == NULL)
    disks = g_ptr_array_new ();
  g_ptr_array_add (disks, disk);
  return disk;
}

void disk_free (Disk *disk)
{
  if (disk == NULL)
    return;
  g_ptr_array_remove (disks, disk);
  g_hash_table_unref (disk->nodes);
  g_free (disk->folder);
  g_free (disk);
}

guint64 disk_operations (const Disk *disk)
{
  return disk->operations;
}

void disk_watch (Disk *disk, DiskWatch watch, gpointer data)
{
  disk->watch = watch;
  disk->data = data;
}

void disk_cut_at (Disk *disk, guint64 operation)
{
  disk->cut_at = operation;
}

void disk_cut (Disk *disk)
{
  disk->cut = TRUE;
}

gboolean disk_is_cut (const Disk *disk)
{
  return disk->cut;
}

void disk_set_full (Disk *disk, gboolean full)
{
  disk->full = full;
}

void disk_set_lying (Disk *disk, gboolean lying)
{
  disk->lying = lying;
}

/* What is left ------------------------------------------------------------------------- */

/* How a disk deals with what it was not told to keep. */
typedef enum {
  LEFT_NOTHING,
  LEFT_ALL,
  LEFT_FIRST, /* what came first, the last of it torn */
  LEFT_SOME,  /* any sectors of any writes */
  LEFT_COUNT
} Left;

typedef struct {
  Left left;
  guint64 until; /* LEFT_FIRST: the number of the change that is torn */
  GRand *chance;
} Fate;

/* The newest change first, so that the file is as it was synced. */
static void undo (GByteArray *bytes, const Change *change)
{
  gsize length = 0;
  const guint8 *before = g_bytes_get_data (change->before, &length);

  g_byte_array_set_size (bytes, MAX (bytes->len, (guint) (change->offset + (gint64) length)));
  if (length > 0)
    memcpy (bytes->data + change->offset, before, length);
  g_byte_array_set_size (bytes, (guint) change->size_before);
}

static void put (GByteArray *bytes, gint64 offset, const guint8 *data, gsize length)
{
  guint end = (guint) offset + (guint) length, size = bytes->len;

  if (end > size) {
    g_byte_array_set_size (bytes, end);
    memset (bytes->data + size, 0, end - size);
  }
  memcpy (bytes->data + offset, data, length);
}

static gboolean is_kept (const Fate *fate, const Change *change)
{
  switch (fate->left) {
  case LEFT_NOTHING:
    return FALSE;
  case LEFT_ALL:
    return TRUE;
  case LEFT_FIRST:
    return change->number < fate->until
           || (change->number == fate->until && g_rand_boolean (fate->chance));
  case LEFT_SOME:
  default:
    return g_rand_boolean (fate->chance);
  }
}

/* Sector by sector where it may be torn. */
static void redo (GByteArray *bytes, const Change *change, const Fate *fate)
{
  gboolean torn
      = fate->left == LEFT_SOME || (fate->left == LEFT_FIRST && change->number == fate->until);
  gsize length = 0, part;
  const guint8 *after;

  if (change->after == NULL) {
    if (is_kept (fate, change) && bytes->len > change->offset)
      g_byte_array_set_size (bytes, (guint) change->offset);
    return;
  }
  after = g_bytes_get_data (change->after, &length);
  for (gsize at = 0; at < length; at += part) {
    part = torn ? DISK_SECTOR_BYTES - (gsize) (change->offset + (gint64) at) % DISK_SECTOR_BYTES
                : length;
    part = MIN (part, length - at);
    if (is_kept (fate, change))
      put (bytes, change->offset + (gint64) at, after + at, part);
  }
}

static GByteArray *left_of (const char *path, const Node *node, const Fate *fate)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *contents = NULL;
  gsize length = 0;

  if (g_file_get_contents (path, &contents, &length, NULL))
    g_byte_array_append (bytes, (const guint8 *) contents, (guint) length);
  for (guint i = node->changes->len; i > 0; i--)
    undo (bytes, node->changes->pdata[i - 1]);
  for (guint i = 0; i < node->changes->len; i++)
    redo (bytes, node->changes->pdata[i], fate);
  return bytes;
}

static int by_path (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static Fate draw_fate (Disk *disk, GRand *chance)
{
  Fate fate = { (Left) g_rand_int_range (chance, 0, LEFT_COUNT), 0, chance };
  guint64 first = G_MAXUINT64, last = 0;
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, disk->nodes);
  while (g_hash_table_iter_next (&iter, NULL, &data)) {
    const Node *node = data;

    if (node->changes->len == 0)
      continue;
    first = MIN (first, ((const Change *) node->changes->pdata[0])->number);
    last = MAX (last, ((const Change *) node->changes->pdata[node->changes->len - 1])->number);
  }
  if (first <= last)
    fate.until = first + (guint64) g_rand_int_range (chance, 0, (gint32) (last - first) + 1);
  return fate;
}

void disk_image (Disk *disk, GRand *chance, const char *folder)
{
  const Fate fate = draw_fate (disk, chance);
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (disk->nodes), by_path);

  for (GList *link = paths; link != NULL; link = link->next) {
    const char *path = link->data;
    g_autofree char *name = g_path_get_basename (path), *to = g_build_filename (folder, name, NULL);
    g_autoptr (GByteArray) bytes = NULL;

    g_remove (to);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      continue;
    bytes = left_of (path, g_hash_table_lookup (disk->nodes, path), &fate);
    g_assert_true (g_file_set_contents_full (to, (const char *) bytes->data, bytes->len,
                                             G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  }
}

void disk_mend (Disk *disk, GRand *chance)
{
  const Fate fate = draw_fate (disk, chance);
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (disk->nodes), by_path);

  for (GList *link = paths; link != NULL; link = link->next) {
    const char *path = link->data;
    Node *node = g_hash_table_lookup (disk->nodes, path);
    g_autoptr (GByteArray) bytes = NULL;

    if (g_file_test (path, G_FILE_TEST_EXISTS) && node->changes->len > 0) {
      bytes = left_of (path, node, &fate);
      g_assert_true (g_file_set_contents_full (path, (const char *) bytes->data, bytes->len,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
    g_ptr_array_set_size (node->changes, 0);
  }
  disk->cut = FALSE;
  disk->cut_at = 0;
  disk->full = FALSE;
}
