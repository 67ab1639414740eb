#include "disk.h"

#include "unsynced.h"

#include <sqlite3.h>
#include <string.h>

#define LOCKS SQLITE_SHM_NLOCK

typedef struct _File File;

typedef struct {
  char *path;
  gboolean there;
  Unsynced *content;
  guint shared; /* who reads; and who is about to write, or does: */
  const File *reserved, *pending, *exclusive;
  GPtrArray *regions; /* of the log's index, shared by all who have the file open */
  guint index_shared[LOCKS];
  const File *index_exclusive[LOCKS];
} Node;

struct _Disk {
  char *db;
  GPtrArray *nodes; /* Node, by path */
  guint64 operations, cut_at;
  gboolean cut, full, lying;
  DiskWatch watch;
  gpointer data;
};

struct _File {
  sqlite3_file base;
  Disk *disk; /* NULL: nobody's, but: */
  Node *node;
  int level;          /* SQLITE_LOCK_… */
  guint8 held[LOCKS]; /* of the index, shared */
  sqlite3_file *real; /* behind this struct */
};

static sqlite3_vfs *real_vfs;
static GPtrArray *disks;

static void node_free (gpointer data)
{
  Node *node = data;

  g_free (node->path);
  unsynced_free (node->content);
  g_ptr_array_unref (node->regions);
  g_free (node);
}

static Node *find (Disk *disk, const char *path)
{
  for (guint i = 0; i < disk->nodes->len; i++) {
    Node *node = disk->nodes->pdata[i];

    if (strcmp (node->path, path) == 0)
      return node;
  }
  return NULL;
}

static gint by_path (gconstpointer a, gconstpointer b)
{
  const Node *one = *(Node *const *) a, *other = *(Node *const *) b;

  return strcmp (one->path, other->path);
}

static Node *node_of (Disk *disk, const char *path)
{
  Node *node = find (disk, path);

  if (node != NULL)
    return node;
  node = g_new0 (Node, 1);
  node->path = g_strdup (path);
  node->content = unsynced_new ();
  node->regions = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (disk->nodes, node);
  g_ptr_array_sort (disk->nodes, by_path);
  return node;
}

static Disk *disk_of (const char *path)
{
  for (guint i = 0; path != NULL && disks != NULL && i < disks->len; i++) {
    Disk *disk = disks->pdata[i];
    gsize length = strlen (disk->db);

    if (strncmp (path, disk->db, length) == 0 && (path[length] == '\0' || path[length] == '-'))
      return disk;
  }
  return NULL;
}

gboolean disk_holds (const char *path)
{
  return disk_of (path) != NULL;
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

static int file_unlock (sqlite3_file *base, int level);
static int file_shm_unmap (sqlite3_file *base, int remove);

static int file_close (sqlite3_file *base)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xClose (file->real);
  file_unlock (base, SQLITE_LOCK_NONE);
  return file_shm_unmap (base, 0);
}

static int file_read (sqlite3_file *base, void *data, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xRead (file->real, data, length, offset);
  if (file->disk->cut)
    return SQLITE_IOERR_READ;
  return unsynced_read (file->node->content, offset, data, (gsize) length)
             ? SQLITE_OK
             : SQLITE_IOERR_SHORT_READ;
}

static int file_write (sqlite3_file *base, const void *data, int length, sqlite3_int64 offset)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xWrite (file->real, data, length, offset);
  if (!operate (file->disk)) {
    /* As far as it went: that is torn with the rest. */
    if (file->disk->operations == file->disk->cut_at) {
      file->disk->cut_at = 0;
      unsynced_write (file->node->content, offset, data, (gsize) length, file->disk->operations);
    }
    return SQLITE_IOERR_WRITE;
  }
  if (file->disk->full && offset + length > unsynced_size (file->node->content))
    return SQLITE_FULL;
  unsynced_write (file->node->content, offset, data, (gsize) length, file->disk->operations);
  return SQLITE_OK;
}

static int file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xTruncate (file->real, size);
  if (!operate (file->disk))
    return SQLITE_IOERR_TRUNCATE;
  unsynced_truncate (file->node->content, size, file->disk->operations);
  return SQLITE_OK;
}

static int file_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xSync (file->real, flags);
  if (!operate (file->disk))
    return SQLITE_IOERR_FSYNC;
  if (!file->disk->lying)
    unsynced_sync (file->node->content);
  return SQLITE_OK;
}

static int file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xFileSize (file->real, size);
  if (file->disk->cut)
    return SQLITE_IOERR_FSTAT;
  *size = unsynced_size (file->node->content);
  return SQLITE_OK;
}

/* Locks of a file, as sqlite.org/lockingv3.html has them. */
static int file_lock (sqlite3_file *base, int level)
{
  File *file = (File *) base;
  Node *node = file->node;

  if (file->disk == NULL)
    return file->real->pMethods->xLock (file->real, level);
  if (file->disk->cut)
    return SQLITE_IOERR_LOCK;
  if (level <= file->level)
    return SQLITE_OK;
  if ((node->pending != NULL && node->pending != file)
      || (level >= SQLITE_LOCK_RESERVED && node->reserved != NULL && node->reserved != file))
    return SQLITE_BUSY;
  if (file->level == SQLITE_LOCK_NONE)
    node->shared++;
  file->level = MAX (file->level, SQLITE_LOCK_SHARED);
  if (level >= SQLITE_LOCK_RESERVED)
    node->reserved = file;
  if (level == SQLITE_LOCK_EXCLUSIVE) {
    node->pending = file;
    file->level = SQLITE_LOCK_PENDING;
    if (node->shared > 1)
      return SQLITE_BUSY;
    node->exclusive = file;
  }
  file->level = level;
  return SQLITE_OK;
}

static int file_unlock (sqlite3_file *base, int level)
{
  File *file = (File *) base;
  Node *node = file->node;

  if (file->disk == NULL)
    return file->real->pMethods->xUnlock (file->real, level);
  if (level >= file->level)
    return SQLITE_OK;
  if (node->reserved == file)
    node->reserved = NULL;
  if (node->pending == file)
    node->pending = NULL;
  if (node->exclusive == file)
    node->exclusive = NULL;
  if (level == SQLITE_LOCK_NONE)
    node->shared--;
  file->level = level;
  return SQLITE_OK;
}

static int file_reserved (sqlite3_file *base, int *held)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xCheckReservedLock (file->real, held);
  *held = file->node->reserved != NULL;
  return SQLITE_OK;
}

static int file_control (sqlite3_file *base, int operation, void *data)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xFileControl (file->real, operation, data);
  if (operation != SQLITE_FCNTL_HAS_MOVED)
    return SQLITE_NOTFOUND;
  *(int *) data = 0;
  return SQLITE_OK;
}

static int file_sector (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->disk == NULL ? file->real->pMethods->xSectorSize (file->real) : 4096;
}

static int file_characteristics (sqlite3_file *base)
{
  File *file = (File *) base;

  return file->disk == NULL ? file->real->pMethods->xDeviceCharacteristics (file->real)
                            : SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* The log's index ---------------------------------------------------------------------- */

static int file_shm_map (sqlite3_file *base, int page, int size, int extend, void volatile **map)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xShmMap (file->real, page, size, extend, map);
  *map = NULL;
  if (file->disk->cut)
    return SQLITE_IOERR_SHMMAP;
  while (extend && page >= (int) file->node->regions->len)
    g_ptr_array_add (file->node->regions, g_malloc0 ((gsize) size));
  if (page < (int) file->node->regions->len)
    *map = file->node->regions->pdata[page];
  return SQLITE_OK;
}

static gboolean may_hold (const File *file, int slot, gboolean shared)
{
  const Node *node = file->node;

  if (node->index_exclusive[slot] != NULL && node->index_exclusive[slot] != file)
    return FALSE;
  return shared || node->index_shared[slot] == file->held[slot];
}

static void hold (File *file, int slot, gboolean shared)
{
  if (!shared)
    file->node->index_exclusive[slot] = file;
  else if (!file->held[slot]) {
    file->held[slot] = 1;
    file->node->index_shared[slot]++;
  }
}

static void let_go (File *file, int slot, gboolean shared)
{
  if (!shared && file->node->index_exclusive[slot] == file)
    file->node->index_exclusive[slot] = NULL;
  else if (shared && file->held[slot]) {
    file->held[slot] = 0;
    file->node->index_shared[slot]--;
  }
}

static int file_shm_lock (sqlite3_file *base, int offset, int count, int flags)
{
  File *file = (File *) base;
  gboolean shared = (flags & SQLITE_SHM_SHARED) != 0;

  if (file->disk == NULL)
    return file->real->pMethods->xShmLock (file->real, offset, count, flags);
  if ((flags & SQLITE_SHM_LOCK) != 0) {
    if (file->disk->cut)
      return SQLITE_IOERR_SHMLOCK;
    for (int slot = offset; slot < offset + count; slot++)
      if (!may_hold (file, slot, shared))
        return SQLITE_BUSY;
  }
  for (int slot = offset; slot < offset + count; slot++)
    if ((flags & SQLITE_SHM_LOCK) != 0)
      hold (file, slot, shared);
    else
      let_go (file, slot, shared);
  return SQLITE_OK;
}

static void file_shm_barrier (sqlite3_file *base)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    file->real->pMethods->xShmBarrier (file->real);
}

static int file_shm_unmap (sqlite3_file *base, int remove)
{
  File *file = (File *) base;

  if (file->disk == NULL)
    return file->real->pMethods->xShmUnmap (file->real, remove);
  for (int slot = 0; slot < LOCKS; slot++) {
    let_go (file, slot, TRUE);
    let_go (file, slot, FALSE);
  }
  return SQLITE_OK;
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

static int open_real (const char *path, File *file, int flags, int *given)
{
  int status = real_vfs->xOpen (real_vfs, path, file->real, flags, given);

  if (file->real->pMethods != NULL)
    file->base.pMethods = &METHODS;
  return status;
}

static int vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *given)
{
  File *file = (File *) base;

  memset (file, 0, sizeof *file);
  file->real = (sqlite3_file *) (file + 1);
  file->disk = disk_of (path);
  if (file->disk == NULL)
    return open_real (path, file, flags, given);
  if (file->disk->cut)
    return SQLITE_CANTOPEN;
  file->node = node_of (file->disk, path);
  file->node->there = TRUE;
  file->base.pMethods = &METHODS;
  if (given != NULL)
    *given = flags;
  return SQLITE_OK;
}

static int vfs_delete (sqlite3_vfs *vfs, const char *path, int sync)
{
  Disk *disk = disk_of (path);
  Node *node = disk != NULL ? find (disk, path) : NULL;

  if (disk == NULL)
    return real_vfs->xDelete (real_vfs, path, sync);
  if (!operate (disk))
    return SQLITE_IOERR_DELETE;
  if (node == NULL || !node->there)
    return SQLITE_IOERR_DELETE_NOENT;
  node->there = FALSE;
  unsynced_set (node->content, NULL, 0);
  return SQLITE_OK;
}

static int vfs_access (sqlite3_vfs *vfs, const char *path, int flags, int *found)
{
  Disk *disk = disk_of (path);
  const Node *node = disk != NULL ? find (disk, path) : NULL;

  if (disk == NULL)
    return real_vfs->xAccess (real_vfs, path, flags, found);
  if (disk->cut)
    return SQLITE_IOERR_ACCESS;
  *found = node != NULL && node->there && unsynced_size (node->content) > 0;
  return SQLITE_OK;
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

Disk *disk_new (const char *db)
{
  Disk *disk = g_new0 (Disk, 1);

  disk->db = g_strdup (db);
  disk->nodes = g_ptr_array_new_with_free_func (node_free);
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
  g_ptr_array_unref (disk->nodes);
  g_free (disk->db);
  g_free (disk);
}

void disk_forget (Disk *disk)
{
  for (guint i = 0; i < disk->nodes->len; i++) {
    Node *node = disk->nodes->pdata[i];

    for (guint j = 0; j < node->regions->len; j++)
      memset (node->regions->pdata[j], 0, 32768);
  }
}

static void set_bytes (Node *node, const guint8 *data, gsize length)
{
  node->there = length > 0;
  unsynced_set (node->content, data, length);
}

void disk_load (Disk *disk, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (guint i = 0; i < disk->nodes->len; i++)
    set_bytes (disk->nodes->pdata[i], NULL, 0);
  set_bytes (node_of (disk, disk->db), data, length);
  disk_forget (disk);
  disk->operations = disk->cut_at = 0;
  disk->cut = disk->full = FALSE;
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

void disk_revive (Disk *disk)
{
  disk->cut = FALSE;
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

static UnsyncedFate draw_fate (const Disk *disk, GRand *chance)
{
  UnsyncedFate fate = unsynced_fate (chance);
  guint64 first = G_MAXUINT64, last = 0;

  for (guint i = 0; i < disk->nodes->len; i++)
    unsynced_span (((const Node *) disk->nodes->pdata[i])->content, &first, &last);
  if (first <= last)
    fate.until = first + (guint64) g_rand_int_range (chance, 0, (gint32) (last - first) + 1);
  return fate;
}

void disk_image (Disk *disk, GRand *chance, Disk *to)
{
  const UnsyncedFate fate = draw_fate (disk, chance);

  for (guint i = 0; i < to->nodes->len; i++)
    set_bytes (to->nodes->pdata[i], NULL, 0);
  for (guint i = 0; i < disk->nodes->len; i++) {
    const Node *node = disk->nodes->pdata[i];
    g_autoptr (GByteArray) bytes = node->there ? unsynced_left (node->content, &fate) : NULL;
    g_autofree char *path = g_strconcat (to->db, node->path + strlen (disk->db), NULL);

    if (bytes != NULL)
      set_bytes (node_of (to, path), bytes->data, bytes->len);
  }
  disk_forget (to);
}

void disk_mend (Disk *disk, GRand *chance)
{
  const UnsyncedFate fate = draw_fate (disk, chance);

  for (guint i = 0; i < disk->nodes->len; i++) {
    Node *node = disk->nodes->pdata[i];
    g_autoptr (GByteArray) bytes = unsynced_left (node->content, &fate);

    unsynced_set (node->content, bytes->data, bytes->len);
  }
  disk_forget (disk);
  disk->cut = disk->full = FALSE;
  disk->cut_at = 0;
}
