#include "replication/snapshot_shelf.h"

#include "core/gzip_file.h"
#include "core/words.h"
#include "journal/query.h"
#include "journal/withheld.h"
#include "replication/enrolment.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char LAST[] = "SELECT ifnull (max (number), 0) FROM fact";
static const char UNFIT_SINCE[]
    = "SELECT 1 FROM fact WHERE number > :number AND (kind IN ('erasure', 'congress') OR station "
      "= :station) LIMIT 1";
/* Changes when numbers may mean other facts (epoch.h). */
static const char EPOCHS[] = "SELECT count (*) + ifnull (max (opened_at), 0) FROM epoch";

/* One of its kind. */
typedef struct {
  int fd, packed; /* -1: there is none */
  guint64 size, packed_size;
  char *name; /* no other was ever called so */
  gint64 cursor, epochs;
  gint64 made_at, asked_at; /* monotonic */
} Copy;

enum { WHOLE, FOR_GATE, KINDS };

struct _SnapshotShelf {
  Journal *journal;
  Copy copies[KINDS];
};

/* One copy --------------------------------------------------------------------------- */

static void drop (Copy *copy)
{
  if (copy->fd >= 0)
    close (copy->fd);
  if (copy->packed >= 0)
    close (copy->packed);
  g_free (copy->name);
  *copy = (Copy){ .fd = -1, .packed = -1 };
}

static gboolean fail (const char *path, GError **error)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("writing the snapshot %s: %s"), path, g_strerror (errno));
  return FALSE;
}

static gboolean size_of (int fd, guint64 *size)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return FALSE;
  *size = (guint64) status.st_size;
  return TRUE;
}

/* Both without a name from here on. */
static gboolean open_plain (Copy *copy, const char *path, GError **error)
{
  copy->fd = open (path, O_RDONLY | O_CLOEXEC);
  unlink (path);
  return (copy->fd >= 0 && size_of (copy->fd, &copy->size)) || fail (path, error);
}

static gboolean pack (Copy *copy, const char *path, GError **error)
{
  copy->packed = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (copy->packed < 0)
    return fail (path, error);
  unlink (path);
  return gzip_file_pack (copy->fd, copy->packed, GZIP_FILE_FAST, error)
         && (size_of (copy->packed, &copy->packed_size) || fail (path, error));
}

/* The names are always the same, so that what a killed hub left behind is taken away. */
static gboolean make (SnapshotShelf *shelf, Copy *copy, GError **error)
{
  Journal *journal = shelf->journal;
  g_autofree char *path = g_strconcat (journal_path (journal), ".snapshot", NULL),
                  *packed = g_strconcat (path, ".gz", NULL);

  drop (copy);
  unlink (path);
  unlink (packed);
  copy->name = g_uuid_string_random ();
  copy->made_at = g_get_monotonic_time ();
  if (query_number (journal, LAST, &copy->cursor, error)
      && query_number (journal, EPOCHS, &copy->epochs, error)
      && (copy == &shelf->copies[FOR_GATE] ? journal_snapshot_for_gate
                                           : journal_snapshot) (journal, path, error)
      && open_plain (copy, path, error) && pack (copy, packed, error))
    return TRUE;
  drop (copy);
  return FALSE;
}

/* Which may do ----------------------------------------------------------------------- */

/* What must not be missing in it: an erasure, which congress it is, and the asker's own
 * facts, of which others are not told. */
static gboolean is_unfit (SnapshotShelf *shelf, const Copy *copy, const char *station)
{
  Query *query = journal_query (shelf->journal, UNFIT_SINCE, NULL);
  gboolean found;

  if (query == NULL)
    return TRUE;
  query_bind_int (query, ":number", copy->cursor);
  query_bind_text (query, ":station", station);
  found = query_next (query);
  return !query_end (query, NULL) || found;
}

static gboolean is_near (SnapshotShelf *shelf, const Copy *copy)
{
  gint64 last, behind;

  if (!query_number (shelf->journal, LAST, &last, NULL))
    return FALSE;
  behind = last - copy->cursor;
  return behind >= 0
         && behind <= MAX (SNAPSHOT_SHELF_BEHIND, copy->cursor / SNAPSHOT_SHELF_BEHIND_PART);
}

static char *tag_of (const Copy *copy, gboolean packed)
{
  return g_strdup_printf ("\"%s%s\"", copy->name, packed ? "-gzip" : "");
}

static gboolean is_wished (const Copy *copy, const SnapshotWish *wish)
{
  g_autofree char *tag = tag_of (copy, wish->packed);

  return g_strcmp0 (tag, wish->tag) == 0;
}

static gboolean does (SnapshotShelf *shelf, const Copy *copy, const SnapshotWish *wish)
{
  gint64 epochs;

  return copy->fd >= 0 && (is_wished (copy, wish) || is_near (shelf, copy))
         && query_number (shelf->journal, EPOCHS, &epochs, NULL) && epochs == copy->epochs
         && !is_unfit (shelf, copy, wish->station);
}

/* The shelf -------------------------------------------------------------------------- */

void snapshot_shelf_clear_file (SnapshotFile *file)
{
  if (file->fd >= 0)
    close (file->fd);
  g_free (file->tag);
  *file = (SnapshotFile){ .fd = -1 };
}

SnapshotShelf *snapshot_shelf_new (Journal *journal)
{
  SnapshotShelf *shelf = g_new0 (SnapshotShelf, 1);

  shelf->journal = journal;
  for (guint i = 0; i < KINDS; i++)
    shelf->copies[i] = (Copy){ .fd = -1, .packed = -1 };
  return shelf;
}

void snapshot_shelf_free (SnapshotShelf *shelf)
{
  if (shelf == NULL)
    return;
  for (guint i = 0; i < KINDS; i++)
    drop (&shelf->copies[i]);
  g_free (shelf);
}

gboolean snapshot_shelf_take (SnapshotShelf *shelf, const SnapshotWish *wish, SnapshotFile *file,
                              GError **error)
{
  Copy *copy = &shelf->copies[wish->for_gate ? FOR_GATE : WHOLE];

  *file = (SnapshotFile){ .fd = -1 };
  if (!does (shelf, copy, wish) && !make (shelf, copy, error))
    return FALSE;
  copy->asked_at = g_get_monotonic_time ();
  file->fd = fcntl (wish->packed ? copy->packed : copy->fd, F_DUPFD_CLOEXEC, 0);
  file->size = wish->packed ? copy->packed_size : copy->size;
  file->tag = tag_of (copy, wish->packed);
  file->cursor = copy->cursor;
  if (file->fd >= 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("answering with the snapshot: %s"), g_strerror (errno));
  return FALSE;
}

gboolean snapshot_shelf_tidy (SnapshotShelf *shelf)
{
  gint64 now = g_get_monotonic_time ();
  gboolean left = FALSE;

  for (guint i = 0; i < KINDS; i++) {
    Copy *copy = &shelf->copies[i];

    if (copy->fd >= 0
        && now - MAX (copy->made_at, copy->asked_at)
               > SNAPSHOT_SHELF_KEEP_MS * G_TIME_SPAN_MILLISECOND)
      drop (copy);
    left = left || copy->fd >= 0;
  }
  return left;
}

static void prepare (SnapshotShelf *shelf, Copy *copy)
{
  static const SnapshotWish ANY = { .tag = NULL };
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (does (shelf, copy, &ANY)) {
    copy->asked_at = now;
    return;
  }
  if (copy->made_at > 0 && now - copy->made_at < SNAPSHOT_SHELF_AHEAD_MS * G_TIME_SPAN_MILLISECOND)
    return;
  if (!make (shelf, copy, &error))
    g_debug ("%s", error->message); /* who asks is told */
  copy->made_at = now;
}

void snapshot_shelf_prepare (SnapshotShelf *shelf)
{
  gboolean gates = FALSE, others = FALSE;

  if (!enrolment_awaits (shelf->journal, &gates, &others, NULL))
    return;
  if (gates)
    prepare (shelf, &shelf->copies[FOR_GATE]);
  if (others)
    prepare (shelf, &shelf->copies[WHOLE]);
}
