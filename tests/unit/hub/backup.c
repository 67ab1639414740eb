/* Copies of a replica: what is kept of them, and what becomes of one that fails. */
#include "hub/backup.h"

#include "core/sealed.h"
#include "core/sign.h"
#include "hub/backup_restore.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HOUR 3600
#define DAY (24 * HOUR)
#define MONDAY (gint64) (1477267200) /* 2016-10-24T00:00:00Z */

/* Choosing ----------------------------------------------------------------------------- */

static void assert_keep (const char *text, gboolean good)
{
  g_autoptr (GError) error = NULL;
  BackupKeep keep;

  g_assert_cmpint (backup_read_keep (text, &keep, &error), ==, good);
  g_assert_true (good == (error == NULL));
}

static void test_read_keep (void)
{
  BackupKeep keep;

  g_assert_true (backup_read_keep ("48,0,9", &keep, NULL));
  g_assert_cmpuint (keep.hours, ==, 48);
  g_assert_cmpuint (keep.days, ==, 0);
  g_assert_cmpuint (keep.weeks, ==, 9);
  assert_keep ("", FALSE);
  assert_keep ("1,2", FALSE);
  assert_keep ("1,2,3,4", FALSE);
  assert_keep ("1,2,-3", FALSE);
  assert_keep ("1,2,x", FALSE);
  assert_keep ("1,2,10001", FALSE);
}

static void test_names (void)
{
  static const struct {
    const char *name;
    gint64 time;
  } TABLE[] = {
    { "accueil-hub-20161024T000000Z.db", MONDAY },
    { "accueil-hub-20161024T010203Z.sealed", MONDAY + HOUR + 123 },
    { "accueil-hub-20161024T000000Z.db.part", -1 },
    { "accueil-hub-20161024T000000Z", -1 },
    { "accueil-hub-20161324T000000Z.db", -1 },
    { "accueil-hub-2-20161024T000000Z.db", -1 }, /* another station's */
    { "accueil-hub-.db", -1 },
    { "accueil.db", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (TABLE); i++)
    g_assert_cmpint (backup_time_of (TABLE[i].name, "hub"), ==, TABLE[i].time);
}

static void choose (const gint64 *times, guint count, BackupKeep keep, const char *expected)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64)), chosen = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_append_vals (list, times, count);
  chosen = backup_choose (list, &keep);
  for (guint i = 0; i < count; i++)
    g_string_append_c (text, g_array_index (chosen, gboolean, i) ? '+' : '-');
  g_assert_cmpstr (text->str, ==, expected);
}

static void test_choose (void)
{
  const gint64 times[] = {
    MONDAY + 10 * HOUR + 1, /* the newest */
    MONDAY + 10 * HOUR,     /* the same hour */
    MONDAY + 9 * HOUR,      /* the hour before */
    MONDAY + 3 * HOUR,      /* of this day */
    MONDAY - 1,             /* Sunday, of the week before */
    MONDAY - DAY,           /* the same Sunday, its first moment */
    MONDAY - 2 * DAY,       /* Saturday */
    MONDAY - 7 * DAY,       /* the Monday before: that week's first */
    MONDAY - 8 * DAY,       /* two weeks ago */
    MONDAY - 100 * DAY,     /* long ago */
  };

  choose (times, 10, (BackupKeep){ 0, 0, 0 }, "----------");
  choose (times, 10, (BackupKeep){ 2, 0, 0 }, "+-+-------");
  choose (times, 10, (BackupKeep){ 0, 3, 0 }, "+---+-+---");
  choose (times, 10, (BackupKeep){ 0, 0, 3 }, "+---+---+-");
  choose (times, 10, (BackupKeep){ 1, 2, 9 }, "+---+---++");
  choose (times, 10, (BackupKeep){ 99, 99, 99 }, "+-++++++++");
}

/* An hourly copy for a year: as many stay as was said, and never fewer than there
 * were. */
static void test_year (void)
{
  const BackupKeep keep = BACKUP_KEEP_USUAL;
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 time = MONDAY; time < MONDAY + 366 * DAY; time += HOUR) {
    g_autoptr (GArray) chosen = NULL;

    g_array_append_val (held, time);
    chosen = backup_choose (held, &keep);
    g_assert_true (g_array_index (chosen, gboolean, held->len - 1));
    for (guint i = held->len; i > 0; i--)
      if (!g_array_index (chosen, gboolean, i - 1))
        g_array_remove_index (held, i - 1);
    g_assert_cmpuint (held->len, <=, 24 + 7 + 8);
  }
  g_assert_cmpuint (held->len, >=, 24 + 6 + 6);
  /* Of eight weeks: this one, which has only begun, and the seven before. */
  g_assert_cmpint (g_array_index (held, gint64, 0), <=, MONDAY + 366 * DAY - 43 * DAY);
}

/* Making ------------------------------------------------------------------------------- */

typedef struct {
  char *folder, *db, *copies, *other;
  Journal *journal;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  sign_start ();
  fixture->folder = g_dir_make_tmp ("accueil-backup-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->copies = g_build_filename (fixture->folder, "copies", NULL);
  fixture->other = g_build_filename (fixture->folder, "other.db", NULL);
  g_assert_cmpint (g_mkdir (fixture->copies, 0700), ==, 0);
  fixture->journal = journal_create (fixture->db, "hub", clock_system (), NULL);
  g_assert_nonnull (fixture->journal);
}

static void remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  journal_close (fixture->journal);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->copies);
  g_free (fixture->other);
}

static guint files_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static gboolean make (Fixture *fixture, const char *public, BackupKeep keep, Backup *backup,
                      GError **error)
{
  return backup_make (fixture->journal, clock_system (), fixture->copies, public, &keep, backup,
                      error);
}

/* Nothing is left beside the replica, whatever became of it. */
static void assert_no_room (Fixture *fixture)
{
  g_autofree char *room = g_strconcat (fixture->db, ".backup", NULL);

  g_assert_false (g_file_test (room, G_FILE_TEST_EXISTS));
}

static void test_make (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++) {
    g_auto (Backup) backup = { 0 };
    g_autoptr (GError) error = NULL;

    g_assert_true (make (fixture, NULL, (BackupKeep){ 0, 0, 0 }, &backup, &error));
    g_assert_no_error (error);
    g_assert_cmpint (backup.facts, ==, 1);
    g_assert_cmpuint (backup.kept, ==, 1); /* the new one, though nothing was to be kept */
    g_assert_cmpuint (backup.removed, ==, i > 0);
    g_assert_cmpuint (files_in (fixture->copies), ==, 1);
    assert_no_room (fixture);
  }
}

/* What one that was killed has left goes, at both places; what is not ours stays. */
static void test_after_a_kill (Fixture *fixture, gconstpointer data)
{
  g_autofree char *room
      = g_strconcat (fixture->db, ".backup", NULL),
      *left = g_build_filename (room, "copy.db", NULL),
      *part = g_build_filename (fixture->copies, "accueil-hub-20161024T000000Z.db.part", NULL),
      *mine = g_build_filename (fixture->copies, "notes.txt", NULL);
  g_auto (Backup) backup = { 0 };
  g_autoptr (GError) error = NULL;

  g_mkdir (room, 0700);
  g_assert_true (g_file_set_contents (left, "half", -1, NULL));
  g_assert_true (g_file_set_contents (part, "half", -1, NULL));
  g_assert_true (g_file_set_contents (mine, "mine", -1, NULL));
  g_assert_true (make (fixture, NULL, BACKUP_KEEP_USUAL, &backup, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (mine, G_FILE_TEST_EXISTS));
  assert_no_room (fixture);
}

static void test_refuses (Fixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (make (fixture, "accueil-seal:AAAA", BACKUP_KEEP_USUAL, &backup, &error));
  g_assert_error (error, SEALED_ERROR, SEALED_ERROR_KEY);
  g_clear_error (&error);
  g_assert_cmpuint (files_in (fixture->copies), ==, 0);
  g_rmdir (fixture->copies);
  g_assert_false (make (fixture, NULL, BACKUP_KEEP_USUAL, &backup, &error));
  g_assert_error (error, BACKUP_ERROR, BACKUP_ERROR_FOLDER);
  g_assert_nonnull (strstr (error->message, "mount"));
  assert_no_room (fixture);
}

/* A replica that does not hold leaves no copy, and takes none away. */
static void test_damaged (Fixture *fixture, gconstpointer data)
{
  g_auto (Backup) good = { 0 }, bad = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  char *at;

  g_assert_true (make (fixture, NULL, BACKUP_KEEP_USUAL, &good, NULL));
  g_clear_pointer (&fixture->journal, journal_close);
  g_assert_true (g_file_get_contents (fixture->db, &contents, &length, NULL));
  at = memmem (contents, length, "{\"public\":\"", 11);
  g_assert_nonnull (at);
  at[12] = at[12] == 'A' ? 'B' : 'A';
  g_assert_true (g_file_set_contents (fixture->db, contents, (gssize) length, NULL));
  fixture->journal = journal_open (fixture->db, clock_system (), NULL);
  g_assert_false (make (fixture, NULL, (BackupKeep){ 0, 0, 0 }, &bad, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN);
  g_assert_cmpuint (files_in (fixture->copies), ==, 1);
  g_assert_true (g_file_test (good.path, G_FILE_TEST_EXISTS));
  assert_no_room (fixture);
}

/* Restoring ---------------------------------------------------------------------------- */

static void test_restore (Fixture *fixture, gconstpointer data)
{
  gboolean sealed = GPOINTER_TO_INT (data);
  g_autofree char *public = NULL, *secret = NULL, *before = NULL, *after = NULL;
  g_auto (Backup) backup = { 0 };
  g_auto (Restored) restored = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = NULL;

  sealed_keys_new (&public, &secret);
  g_assert_true (make (fixture, sealed ? public : NULL, BACKUP_KEEP_USUAL, &backup, &error));
  g_assert_no_error (error);
  if (sealed) {
    g_assert_false (backup_restore_run (backup.path, NULL, FALSE, fixture->other, clock_system (),
                                        &restored, &error));
    g_assert_error (error, BACKUP_ERROR, BACKUP_ERROR_KEY);
    g_clear_error (&error);
    g_assert_false (g_file_test (fixture->other, G_FILE_TEST_EXISTS));
  }
  g_assert_true (backup_restore_run (backup.path, sealed ? secret : NULL, FALSE, fixture->other,
                                     clock_system (), &restored, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (restored.station, ==, "hub");
  g_assert_cmpint (restored.facts, ==, 1);
  g_assert_false (restored.settles); /* it has served nobody */
  journal = journal_open (fixture->other, clock_system (), &error);
  g_assert_no_error (error);
  before = journal_heads_digest (fixture->journal, NULL);
  after = journal_heads_digest (journal, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* Never over another, nor beside the log of one; and nothing is left of what fails. */
static void test_restore_refuses (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->other, "-wal", NULL);
  const char *const there[] = { fixture->other, wal };
  g_auto (Backup) backup = { 0 };
  g_auto (Restored) restored = { 0 };
  g_autoptr (GError) error = NULL;
  guint files;

  g_assert_true (make (fixture, NULL, BACKUP_KEEP_USUAL, &backup, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (there); i++) {
    g_autofree char *contents = NULL;

    g_assert_true (g_file_set_contents (there[i], "mine", -1, NULL));
    g_assert_false (backup_restore_run (backup.path, NULL, FALSE, fixture->other, clock_system (),
                                        &restored, &error));
    g_assert_error (error, BACKUP_ERROR, BACKUP_ERROR_EXISTS);
    g_clear_error (&error);
    g_assert_true (g_file_get_contents (there[i], &contents, NULL, NULL));
    g_assert_cmpstr (contents, ==, "mine");
    g_unlink (there[i]);
  }
  files = files_in (fixture->folder);
  g_assert_cmpint (truncate (backup.path, 20000), ==, 0);
  g_assert_false (backup_restore_run (backup.path, NULL, FALSE, fixture->other, clock_system (),
                                      &restored, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (files_in (fixture->folder), ==, files);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
    gboolean sealed;
  } TESTS[] = {
    { "make", test_make, FALSE },
    { "after-a-kill", test_after_a_kill, FALSE },
    { "refuses", test_refuses, FALSE },
    { "damaged", test_damaged, FALSE },
    { "restore", test_restore, FALSE },
    { "restore-sealed", test_restore, TRUE },
    { "restore-refuses", test_restore_refuses, FALSE },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/backup/read-keep", test_read_keep);
  g_test_add_func ("/hub/backup/names", test_names);
  g_test_add_func ("/hub/backup/choose", test_choose);
  g_test_add_func ("/hub/backup/year", test_year);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/hub/backup/", TESTS[i].name, NULL);
    g_test_add (path, Fixture, GINT_TO_POINTER (TESTS[i].sealed), set_up, TESTS[i].run, tear_down);
  }
  return g_test_run ();
}
