/* Which snapshot is given to whom: one for many, as long as it does; the very one that
 * somebody began with; none that holds what was erased. */
#include "replication/snapshot_shelf.h"

#include "core/gzip_file.h"
#include "replication/enrolment.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *folder, *db;
  Journal *journal, *reader;
  SnapshotShelf *shelf;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-shelf-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->journal = journal_create (fixture->db, "hub", clock_system (), NULL);
  fixture->reader = journal_open (fixture->db, clock_system (), NULL);
  fixture->shelf = snapshot_shelf_new (fixture->reader);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  snapshot_shelf_free (fixture->shelf);
  journal_close (fixture->reader);
  journal_close (fixture->journal);
  g_unlink (fixture->db);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing was left behind */
  g_free (fixture->db);
  g_free (fixture->folder);
}

static void append (Fixture *fixture, const char *kind, guint count)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (fixture->journal, &error));
  for (guint i = 0; i < count; i++)
    g_assert_true (journal_append (fixture->journal, kind, "FR-1",
                                   strcmp (kind, "erasure") == 0 ? "{\"reason\":\"asked\"}" : "{}",
                                   NULL, &error));
  g_assert_true (journal_commit (fixture->journal, &error));
  g_assert_no_error (error);
}

static SnapshotFile take (Fixture *fixture, SnapshotWish wish)
{
  g_autoptr (GError) error = NULL;
  SnapshotFile file;

  g_assert_true (snapshot_shelf_take (fixture->shelf, &wish, &file, &error));
  g_assert_no_error (error);
  return file;
}

static ino_t inode (const SnapshotFile *file)
{
  struct stat status;

  g_assert_cmpint (fstat (file->fd, &status), ==, 0);
  g_assert_cmpuint ((guint64) status.st_size, ==, file->size);
  g_assert_cmpint (status.st_nlink, ==, 0);
  return status.st_ino;
}

/* What has come since, and whether the same is given again. */
static void test_shared (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *kind;
    guint count;
    gboolean same;
  } STEPS[] = {
    { "passage", 0, TRUE },
    { "passage", 1, TRUE },
    { "passage", SNAPSHOT_SHELF_BEHIND - 1, TRUE },
    { "passage", 1, FALSE },
    { "passage", 10, TRUE },
    { "erasure", 1, FALSE },
    { "passage", 1, TRUE },
  };
  SnapshotFile before = take (fixture, (SnapshotWish){ 0 });

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    SnapshotFile now;

    append (fixture, STEPS[i].kind, STEPS[i].count);
    now = take (fixture, (SnapshotWish){ 0 });
    g_test_message ("%u %s", STEPS[i].count, STEPS[i].kind);
    g_assert_true ((inode (&before) == inode (&now)) == STEPS[i].same);
    g_assert_true (g_str_equal (before.tag, now.tag) == STEPS[i].same);
    g_assert_true ((before.cursor == now.cursor) == STEPS[i].same);
    snapshot_shelf_clear_file (&before);
    before = now;
  }
  snapshot_shelf_clear_file (&before);
}

/* Whoever began with it goes on with it, however much has come; but not with what was
 * erased. */
static void test_begun (Fixture *fixture, gconstpointer data)
{
  g_auto (SnapshotFile) first = take (fixture, (SnapshotWish){ .packed = TRUE });
  g_auto (SnapshotFile) rest = { .fd = -1 }, other = { .fd = -1 };

  append (fixture, "passage", SNAPSHOT_SHELF_BEHIND + 1);
  rest = take (fixture, (SnapshotWish){ .packed = TRUE, .tag = first.tag });
  g_assert_cmpuint (inode (&first), ==, inode (&rest));
  append (fixture, "erasure", 1);
  other = take (fixture, (SnapshotWish){ .packed = TRUE, .tag = first.tag });
  g_assert_cmpuint (inode (&first), !=, inode (&other));
  g_assert_cmpstr (first.tag, !=, other.tag);
}

/* Nobody is told her own facts but by it. */
static void test_own (Fixture *fixture, gconstpointer data)
{
  g_auto (SnapshotFile) first = take (fixture, (SnapshotWish){ .station = "hub" }),
                        same = take (fixture, (SnapshotWish){ .station = "hub" }),
                        other = { .fd = -1 }, own = { .fd = -1 };

  append (fixture, "passage", 1);
  other = take (fixture, (SnapshotWish){ .station = "est-1" });
  own = take (fixture, (SnapshotWish){ .station = "hub" });
  g_assert_cmpuint (inode (&first), ==, inode (&same));
  g_assert_cmpuint (inode (&first), ==, inode (&other));
  g_assert_cmpuint (inode (&first), !=, inode (&own));
}

/* Packed and for a gate: four files, each with a tag of its own. */
static void test_kinds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  append (fixture, "passage", 100);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_auto (SnapshotFile) plain = take (fixture, (SnapshotWish){ .for_gate = i == 1 });
    g_auto (SnapshotFile) packed
        = take (fixture, (SnapshotWish){ .for_gate = i == 1, .packed = TRUE });
    int back = memfd_create ("back", MFD_CLOEXEC);
    char magic[16];

    g_assert_cmpuint (packed.size, <, plain.size / 2);
    lseek (packed.fd, 0, SEEK_SET); /* whoever sends it reads by places */
    g_assert_true (gzip_file_unpack (packed.fd, back, (gint64) plain.size, &error));
    g_assert_cmpint (pread (back, magic, sizeof magic, 0), ==, sizeof magic);
    g_assert_cmpmem (magic, sizeof magic, "SQLite format 3", sizeof magic);
    g_assert_cmpint (lseek (back, 0, SEEK_END), ==, (gint64) plain.size);
    close (back);
    g_hash_table_add (tags, g_strdup (plain.tag));
    g_hash_table_add (tags, g_strdup (packed.tag));
  }
  g_assert_cmpuint (g_hash_table_size (tags), ==, 4);
}

/* Before anybody asks, of the kind for which a code waits. */
static void test_prepared (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = NULL, *group = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (SnapshotFile) whole = { .fd = -1 }, gate = { .fd = -1 };

  snapshot_shelf_prepare (fixture->shelf);
  g_assert_false (snapshot_shelf_tidy (fixture->shelf)); /* nobody waits */
  code = enrolment_invite (fixture->journal, "est-1", "https://hub", "sha256//x", &error);
  g_assert_nonnull (code);
  snapshot_shelf_prepare (fixture->shelf);
  g_assert_true (snapshot_shelf_tidy (fixture->shelf));
  group = enrolment_invite_group (fixture->journal, "portes", 3,
                                  journal_now_ms (fixture->journal) + 60000, ROLE_GATE,
                                  "https://hub", "sha256//x", &error);
  g_assert_nonnull (group);
  snapshot_shelf_prepare (fixture->shelf);
  append (fixture, "passage", 1);
  whole = take (fixture, (SnapshotWish){ 0 });
  gate = take (fixture, (SnapshotWish){ .for_gate = TRUE });
  g_assert_cmpint (whole.cursor, ==, 1); /* from before that passage */
  g_assert_cmpint (gate.cursor, ==, 1);
}

/* There is no room, or no right, beside the replica. */
static void test_no_room (Fixture *fixture, gconstpointer data)
{
  static const char *const ENDS[] = { ".snapshot", ".snapshot.gz" };

  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++) {
    g_autofree char *path = g_strconcat (fixture->db, ENDS[i], NULL);
    g_autoptr (GError) error = NULL;
    g_auto (SnapshotFile) file = { .fd = -1 };

    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    g_assert_false (snapshot_shelf_take (fixture->shelf, &(SnapshotWish){ 0 }, &file, &error));
    g_assert_nonnull (strstr (error->message, "writing the snapshot"));
    g_assert_cmpint (g_rmdir (path), ==, 0);
  }
  g_auto (SnapshotFile) file = take (fixture, (SnapshotWish){ 0 });
  g_assert_cmpint (file.cursor, ==, 1);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } TESTS[]
      = { { "shared", test_shared }, { "begun", test_begun },       { "own", test_own },
          { "kinds", test_kinds },   { "prepared", test_prepared }, { "no-room", test_no_room } };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/replication/snapshot-shelf/", TESTS[i].name, NULL);
    g_test_add (path, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  }
  return g_test_run ();
}
