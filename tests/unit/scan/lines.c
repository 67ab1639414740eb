#include "scan/lines.h"

#include "patience.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A descriptor from which @length bytes can be read. */
static int source_of (const void *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("accueil-lines-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_unlink (path);
  g_assert_cmpint (write (fd, bytes, length), ==, (gssize) length);
  lseek (fd, 0, SEEK_SET);
  return fd;
}

static void test_lines (void)
{
  static const struct {
    const char *bytes;
    gsize length; /* 0: up to the NUL */
    const char *lines[4];
  } ROWS[] = {
    { "", 0, { NULL } },
    { "\n\r\n \t \n", 0, { NULL } },
    { "AC:1\n", 0, { "AC:1" } },
    { "AC:1", 0, { "AC:1" } }, /* no line feed at the end */
    { "AC:1\r\nAC:2\r\n", 0, { "AC:1", "AC:2" } },
    { "AC:1\rAC:2\r", 0, { "AC:1", "AC:2" } }, /* scanners that send only CR */
    { "  AC:1 2  \n\n\tAC:3\t\n", 0, { "AC:1 2", "AC:3" } },
    { "\357\273\277AC:1\n\357\273\277AC:2",
      0,
      { "AC:1", "?AC:2" } }, /* a byte order mark counts as one only at the start */
    { "\357\273\277\nAC:1", 0, { "AC:1" } },
    { "\357\273\277 \t AC:1", 0, { "AC:1" } },
    { "a\0b\n", 4, { "a?b" } },
    { "a\033[31mb\177\n", 0, { "a?[31mb?" } },
    { "a\302\233b \342\200\256c\n", 0, { "a?b ?c" } }, /* C1 control, right-to-left override */
    { "\xff\xfe"
      "a\xc3\n",
      0,
      { "??a?" } },
    { "\xed\xa0\x80\n", 0, { "???" } }, /* a surrogate */
    { "é 王思远 𬭶\n", 0, { "é 王思远 𬭶" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    int fd = source_of (ROWS[i].bytes, ROWS[i].length ? ROWS[i].length : strlen (ROWS[i].bytes));
    g_autoptr (Lines) lines = lines_new (fd);
    g_autoptr (GError) error = NULL;
    gboolean cut = TRUE;
    for (guint j = 0; ROWS[i].lines[j] != NULL; j++) {
      g_assert_cmpstr (lines_next (lines, &cut, &error), ==, ROWS[i].lines[j]);
      g_assert_false (cut);
    }
    g_assert_null (lines_next (lines, &cut, &error));
    g_assert_no_error (error);
    g_assert_null (lines_next (lines, &cut, &error));
    close (fd);
  }
}

static void test_long (void)
{
  static const struct {
    gsize length;
    gboolean cut;
  } ROWS[] = { { LINE_BYTES_MAX - 1, FALSE },
               { LINE_BYTES_MAX, FALSE },
               { LINE_BYTES_MAX + 1, TRUE },
               { 10000, TRUE },
               { 3 * 1000 * 1000, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *line = g_strnfill (ROWS[i].length, 'x');
    g_autofree char *bytes = g_strconcat ("before\n", line, "   \nafter\n", NULL);
    int fd = source_of (bytes, strlen (bytes));
    g_autoptr (Lines) lines = lines_new (fd);
    gboolean cut;
    const char *got;
    g_assert_cmpstr (lines_next (lines, &cut, NULL), ==, "before");
    got = lines_next (lines, &cut, NULL);
    g_assert_cmpuint (strlen (got), ==, MIN (ROWS[i].length, LINE_BYTES_MAX));
    g_assert_cmpint (cut, ==, ROWS[i].cut);
    g_assert_cmpstr (lines_next (lines, &cut, NULL), ==, "after");
    g_assert_false (cut);
    close (fd);
  }
}

/* A character that the limit cuts in two must not leave half of itself. */
static void test_cut_character (void)
{
  g_autofree char *line = g_strnfill (LINE_BYTES_MAX - 1, 'x');
  g_autofree char *bytes = g_strconcat (line, "é\n", NULL);
  int fd = source_of (bytes, strlen (bytes));
  g_autoptr (Lines) lines = lines_new (fd);
  gboolean cut;
  const char *got = lines_next (lines, &cut, NULL);

  g_assert_true (cut);
  g_assert_true (g_utf8_validate (got, -1, NULL));
  g_assert_true (g_str_has_suffix (got, "x?"));
  close (fd);
}

/* 256 MB without a line end, from a device that never ends by itself: memory stays what
 * it is. */
static gpointer pour (gpointer data)
{
  g_autofree char *block = g_strnfill (1 << 20, 'z');

  for (guint i = 0; i < 256; i++)
    for (gsize done = 0; done < 1 << 20;)
      done += (gsize) MAX (0, write (GPOINTER_TO_INT (data), block + done, (1 << 20) - done));
  close (GPOINTER_TO_INT (data));
  return NULL;
}

static glong resident_kb (void)
{
  g_autofree char *text = NULL;
  const char *at;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  at = strstr (text, "VmRSS:");
  return (glong) g_ascii_strtoll (at + 6, NULL, 10);
}

static void test_endless (void)
{
  int ends[2];
  g_autoptr (Lines) lines = NULL;
  gboolean cut = FALSE;
  GThread *thread;
  glong before_kb;

  g_assert_cmpint (pipe (ends), ==, 0);
  before_kb = resident_kb ();
  lines = lines_new (ends[0]);
  thread = g_thread_new ("pour", pour, GINT_TO_POINTER (ends[1]));
  g_assert_cmpuint (strlen (lines_next (lines, &cut, NULL)), ==, LINE_BYTES_MAX);
  g_assert_true (cut);
  g_assert_null (lines_next (lines, &cut, NULL));
  g_thread_join (thread);
  g_assert_cmpint (resident_kb () - before_kb, <, 32 * 1024);
  close (ends[0]);
}

/* Writes once the main thread sleeps, which is when its read has found nothing and it
 * waits for more. */
static gpointer speak_late (gpointer data)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/stat", getpid ());
  Patience patience = patience_new ();
  gboolean sleeps = FALSE;

  while (!sleeps && !patience_over (&patience, PATIENCE_S)) {
    g_autofree char *stat = NULL;
    g_assert_true (g_file_get_contents (path, &stat, NULL, NULL));
    sleeps = strstr (stat, ") S ") != NULL;
    g_thread_yield ();
  }
  g_assert_true (sleeps);
  g_assert_cmpint (write (GPOINTER_TO_INT (data), "late\n", 5), ==, 5);
  close (GPOINTER_TO_INT (data));
  return NULL;
}

static void test_non_blocking (void)
{
  int ends[2];
  g_autoptr (Lines) lines = NULL;
  GThread *thread;

  g_assert_cmpint (pipe2 (ends, O_NONBLOCK), ==, 0);
  lines = lines_new (ends[0]);
  thread = g_thread_new ("late", speak_late, GINT_TO_POINTER (ends[1]));
  g_assert_cmpstr (lines_next (lines, NULL, NULL), ==, "late");
  g_assert_null (lines_next (lines, NULL, NULL));
  g_thread_join (thread);
  close (ends[0]);
}

static void test_unreadable (void)
{
  int fd = open ("/", O_RDONLY);
  g_autoptr (Lines) lines = lines_new (fd);
  g_autoptr (GError) error = NULL;

  g_assert_null (lines_next (lines, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  close (fd);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/lines/lines", test_lines);
  g_test_add_func ("/scan/lines/long", test_long);
  g_test_add_func ("/scan/lines/cut-character", test_cut_character);
  g_test_add_func ("/scan/lines/endless", test_endless);
  g_test_add_func ("/scan/lines/non-blocking", test_non_blocking);
  g_test_add_func ("/scan/lines/unreadable", test_unreadable);
  return g_test_run ();
}
