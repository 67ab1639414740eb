/* Readers from settings: started and joined to one stream, and looked at without taking
 * anything from whoever reads. */
#include "station/reading.h"
#include "words_here.h"

#include "core/descriptor.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  GPtrArray *codes;   /* "reader text" */
  GHashTable *states; /* reader → state's name */
} Seen;

static char *folder;

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  g_ptr_array_add (((Seen *) data)->codes, g_strdup_printf ("%s %s", reader, text));
}

static void on_state (const StreamReader *reader, gpointer data)
{
  g_hash_table_replace (((Seen *) data)->states, g_strdup (reader->name),
                        g_strdup (reader_state_name (reader->state)));
}

static Seen seen_new (void)
{
  return (Seen){ g_ptr_array_new_with_free_func (g_free),
                 g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
}

static void seen_clear (Seen *seen)
{
  g_ptr_array_unref (seen->codes);
  g_hash_table_unref (seen->states);
}

static Settings *settings_for (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (text, "@", -1);
  g_autofree char *whole = g_strjoinv (folder, parts);
  Settings *settings = settings_parse ("station.ini", whole, strlen (whole), &error);

  g_assert_no_error (error);
  return settings;
}

static void wait_for (Seen *seen, const char *reader, const char *state)
{
  while (g_strcmp0 (g_hash_table_lookup (seen->states, reader), state) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void wait_codes (Seen *seen, guint count)
{
  while (seen->codes->len < count)
    g_main_context_iteration (NULL, TRUE);
}

static void put (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (descriptor_write (fd, text, strlen (text)));
  close (fd);
}

static char *path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* Several readers, one of each kind; a machine without camera and USB still reads its
 * lines. */
static void test_all_kinds (void)
{
  g_autoptr (Settings) settings = settings_for (
      "[reader a]\nkind = lines\npath = @/a\n[reader b]\nkind = lines\npath = @/b\n[reader "
      "usb]\nkind = usb\ndevice = dead:beef\n"
      "[reader eye]\nkind = camera\npipeline = filesrc location=@/none.mkv ! decodebin\n");
  g_autofree char *a = path_of ("a"), *b = path_of ("b");
  Seen seen = seen_new ();
  StreamHandler handler = { on_code, on_state, &seen };
  g_autoptr (GError) error = NULL;
  g_autoptr (Reading) reading = reading_start (settings, NULL, &handler, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reading_camera (reading));
  g_assert_cmpuint (stream_count (reading_stream (reading)), ==, 4);
  wait_for (&seen, "a", "ready");
  wait_for (&seen, "b", "ready");
  wait_for (&seen, "eye", "failed");
  put (a, "AC:1\n");
  wait_codes (&seen, 1);
  put (b, "AC:1\nAC:2\n"); /* the first was read a moment ago, at the other reader */
  wait_codes (&seen, 2);
  g_assert_cmpstr (g_ptr_array_index (seen.codes, 0), ==, "a AC:1");
  g_assert_cmpstr (g_ptr_array_index (seen.codes, 1), ==, "b AC:2");
  g_clear_pointer (&reading, reading_free);
  g_unlink (a);
  g_unlink (b);
  seen_clear (&seen);
}

/* No reader in the settings: standard input. */
static void test_none (void)
{
  g_autoptr (Settings) settings = settings_for ("");
  Seen seen = seen_new ();
  StreamHandler handler = { on_code, on_state, &seen };
  int ends[2], kept = dup (STDIN_FILENO);
  g_autoptr (Reading) reading = NULL;

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (dup2 (ends[0], STDIN_FILENO), ==, STDIN_FILENO);
  close (ends[0]);
  g_assert_true (descriptor_write (ends[1], "AC:1\n", 5));
  close (ends[1]);
  reading = reading_start (settings, NULL, &handler, NULL, NULL);
  g_assert_null (reading_camera (reading));
  wait_for (&seen, "stdin", "ended");
  g_assert_cmpuint (seen.codes->len, ==, 1);
  dup2 (kept, STDIN_FILENO);
  close (kept);
  seen_clear (&seen);
}

static void test_refused (void)
{
  g_autoptr (Settings) settings = settings_for ("[reader a]\nkind = lines\npath = @/a\n");
  StreamHandler handler = { 0 };
  SettingsReader *reader = g_ptr_array_index (settings->readers, 0);
  g_autoptr (GError) error = NULL;

  g_free (reader->name);
  reader->name = g_strnfill (READER_NAME_MAX + 1, 'x');
  g_assert_null (reading_start (settings, NULL, &handler, NULL, &error));
  g_assert_error (error, STREAM_ERROR, STREAM_ERROR_NAME);
}

static const ReadingLook *look_at (const GPtrArray *looks, guint index)
{
  return g_ptr_array_index (looks, index);
}

/* Looking takes no code from a station at work, and makes nothing. */
static void test_look (void)
{
  g_autoptr (Settings) settings = settings_for (
      "[reader a]\nkind = lines\npath = @/a\n[reader s]\nkind = lines\npath = @/s.socket\n[reader "
      "open]\nkind = lines\npath = @/open\n[reader file]\nkind = lines\npath = @/file\n"
      "[reader usb]\nkind = usb\ndevice = dead:beef\n[reader eye]\nkind = camera\npipeline = "
      "videotestsrc\n");
  g_autofree char *a = path_of ("a"), *s = path_of ("s.socket"), *open_path = path_of ("open"),
                  *file = path_of ("file");
  Seen seen = seen_new ();
  StreamHandler handler = { on_code, on_state, &seen };
  g_autoptr (Settings) running = settings_for (
      "[reader a]\nkind = lines\npath = @/a\n[reader s]\nkind = lines\npath = @/s.socket\n");
  g_autoptr (GPtrArray) before = NULL, during = NULL;
  g_autoptr (Reading) reading = NULL;

  g_assert_cmpint (mkfifo (open_path, 0600), ==, 0);
  g_assert_cmpint (chmod (open_path, 0666), ==, 0);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  before = reading_look (settings);
  g_assert_cmpint (look_at (before, 0)->state, ==, READER_STARTING);
  g_assert_cmpint (look_at (before, 1)->state, ==, READER_STARTING);
  g_assert_cmpint (look_at (before, 2)->state, ==, READER_DENIED);
  g_assert_nonnull (strstr (look_at (before, 2)->detail, "chmod 660"));
  g_assert_cmpint (look_at (before, 3)->state, ==, READER_FAILED);
  g_assert_cmpint (look_at (before, 4)->state, !=, READER_READY);
  g_assert_cmpint (look_at (before, 5)->state, ==, READER_STARTING);
  g_assert_false (g_file_test (a, G_FILE_TEST_EXISTS));

  reading = reading_start (running, NULL, &handler, NULL, NULL);
  wait_for (&seen, "a", "ready");
  wait_for (&seen, "s", "ready");
  during = reading_look (settings);
  g_assert_cmpint (look_at (during, 0)->state, ==, READER_READY);
  g_assert_cmpint (look_at (during, 1)->state, ==, READER_READY);
  put (a, "AC:1\n");
  wait_codes (&seen, 1);
  g_clear_pointer (&reading, reading_free);
  g_unlink (a);
  g_unlink (open_path);
  g_unlink (file);
  seen_clear (&seen);
}

static void test_words (void)
{
  for (guint state = READER_STARTING; state <= READER_ENDED; state++) {
    Pair words = reading_words ((ReaderState) state);
    g_assert_cmpstr (words.first, !=, "");
    g_assert_cmpstr (words.second, !=, "");
  }
}

int main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  words_here ();
  folder = g_dir_make_tmp ("accueil-reading-XXXXXX", NULL);
  g_test_add_func ("/station/reading/all-kinds", test_all_kinds);
  g_test_add_func ("/station/reading/none", test_none);
  g_test_add_func ("/station/reading/refused", test_refused);
  g_test_add_func ("/station/reading/look", test_look);
  g_test_add_func ("/station/reading/words", test_words);
  status = g_test_run ();
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return status;
}
