/* Lines from a FIFO, a socket and standard input: writers that come and go, many at once,
 * floods, and what is refused. */
#include "scan/line_reader.h"
#include "scan/stream.h"

#include "core/descriptor.h"
#include "core/lock.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  char *folder, *path;
  Stream *stream;
  GPtrArray *codes;
} Desk;

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  g_ptr_array_add (((Desk *) data)->codes, g_strdup (text));
}

static void desk_open (Desk *desk, const char *name)
{
  StreamHandler handler = { .code = on_code, .data = desk };

  desk->folder = g_dir_make_tmp ("accueil-lines-XXXXXX", NULL);
  desk->path
      = strcmp (name, "-") == 0 ? g_strdup (name) : g_build_filename (desk->folder, name, NULL);
  desk->codes = g_ptr_array_new_with_free_func (g_free);
  desk->stream = stream_new (NULL, &handler);
}

static void desk_start (Desk *desk)
{
  ReaderListener listener = stream_listener (desk->stream);

  g_assert_true (stream_add (desk->stream, "lines", "lines", NULL));
  stream_keep (desk->stream, line_reader_new ("lines", desk->path, &listener),
               (GDestroyNotify) line_reader_free);
}

static void desk_close (Desk *desk)
{
  stream_free (desk->stream);
  g_unlink (desk->path);
  g_assert_cmpint (g_rmdir (desk->folder), ==, 0);
  g_ptr_array_unref (desk->codes);
  g_free (desk->path);
  g_free (desk->folder);
}

static ReaderState state_of (Desk *desk)
{
  return stream_reader (desk->stream, 0).state;
}

static void wait_state (Desk *desk, ReaderState state)
{
  while (state_of (desk) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void wait_codes (Desk *desk, guint count)
{
  while (desk->codes->len < count)
    g_main_context_iteration (NULL, TRUE);
}

static void wait_detail (Desk *desk, const char *part)
{
  while (strstr (stream_reader (desk->stream, 0).detail, part) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static const char *last_code (Desk *desk)
{
  return g_ptr_array_index (desk->codes, desk->codes->len - 1);
}

static int open_fifo (const char *path)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

static int connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static void put (int fd, const char *text)
{
  g_assert_true (descriptor_write (fd, text, strlen (text)));
}

static void check_mode (const char *path, mode_t mode)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, mode);
}

/* FIFO ------------------------------------------------------------------------------- */

static void test_fifo (void)
{
  Desk desk;

  desk_open (&desk, "codes");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  check_mode (desk.path, 0660);
  for (guint i = 0; i < 20; i++) { /* one writer after the other, as from a shell's echo */
    g_autofree char *line = g_strdup_printf ("AC:%u\r\n", i), *code = g_strdup_printf ("AC:%u", i);
    int fd = open_fifo (desk.path);
    put (fd, line);
    close (fd);
    wait_codes (&desk, i + 1);
    g_assert_cmpstr (last_code (&desk), ==, code);
  }
  g_assert_cmpint (state_of (&desk), ==, READER_READY);
  desk_close (&desk);
}

/* Hardware that sends no line end: a pause ends the code. */
static void test_fifo_pause (void)
{
  Desk desk;
  int fd;
  gint64 begun_us;

  desk_open (&desk, "codes");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  fd = open_fifo (desk.path);
  begun_us = g_get_monotonic_time ();
  put (fd, "AC:1");
  wait_codes (&desk, 1);
  g_assert_cmpint (g_get_monotonic_time () - begun_us, >=, LINE_READER_PAUSE_MS * 1000 * 9 / 10);
  put (fd, "AC:2\nAC:3");
  wait_codes (&desk, 3);
  g_assert_cmpstr (last_code (&desk), ==, "AC:3");
  close (fd);
  desk_close (&desk);
}

static void test_fifo_taken_away (void)
{
  Desk desk;
  int fd;

  desk_open (&desk, "codes");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  g_unlink (desk.path);
  while (!g_file_test (desk.path, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
  fd = open_fifo (desk.path);
  put (fd, "AC:1\n");
  close (fd);
  wait_codes (&desk, 1);
  desk_close (&desk);
}

/* Two that read from one FIFO would each get pieces of codes: the second waits until the
 * first has gone. */
static void test_fifo_alone (void)
{
  Desk desk, other;
  int fd;

  desk_open (&desk, "codes");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  desk_open (&other, "unused");
  g_free (other.path);
  other.path = g_strdup (desk.path);
  desk_start (&other);
  wait_state (&other, READER_DENIED);
  wait_detail (&other, "reads from");
  fd = open_fifo (desk.path);
  put (fd, "AC:1\n");
  wait_codes (&desk, 1);
  stream_free (g_steal_pointer (&desk.stream));
  wait_state (&other, READER_READY);
  put (fd, "AC:2\n");
  wait_codes (&other, 1);
  close (fd);
  desk_close (&other);
  desk_close (&desk);
}

/* Opened to everybody while it is read: read no more. */
static void test_fifo_opened_to_all (void)
{
  Desk desk;

  desk_open (&desk, "codes");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  g_assert_cmpint (chmod (desk.path, 0666), ==, 0);
  wait_state (&desk, READER_DENIED);
  wait_detail (&desk, "chmod 660");
  g_assert_cmpint (chmod (desk.path, 0660), ==, 0);
  wait_state (&desk, READER_READY);
  desk_close (&desk);
}

/* Whoever is refused is said why, and is tried again once it is put right. */
static void test_refused (void)
{
  static const struct {
    const char *name;
    mode_t fifo; /* 0: a file */
    ReaderState state;
    const char *detail;
  } ROWS[] = {
    { "codes", 0622, READER_DENIED, "chmod 660" },
    { "codes", 0, READER_FAILED, "is no FIFO" },
    { "codes.socket", 0, READER_FAILED, "is no socket" },
    { "no/such/folder", 0, READER_FAILED, "its folder is missing" },
    { "no/such/folder.socket", 0, READER_FAILED, "its folder is missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    Desk desk;
    desk_open (&desk, ROWS[i].name);
    if (ROWS[i].fifo != 0) {
      g_assert_cmpint (mkfifo (desk.path, 0600), ==, 0);
      g_assert_cmpint (chmod (desk.path, ROWS[i].fifo), ==, 0);
    } else if (strchr (ROWS[i].name, '/') == NULL)
      g_assert_true (g_file_set_contents (desk.path, "", 0, NULL));
    desk_start (&desk);
    wait_state (&desk, ROWS[i].state);
    g_assert_nonnull (strstr (stream_reader (desk.stream, 0).detail, ROWS[i].detail));
    g_assert_nonnull (strstr (stream_reader (desk.stream, 0).detail, desk.path));
    if (strchr (ROWS[i].name, '/') == NULL) {
      g_unlink (desk.path);
      wait_state (&desk, READER_READY);
    }
    desk_close (&desk);
  }
}

/* Socket ----------------------------------------------------------------------------- */

static void test_socket (void)
{
  Desk desk;
  int first, second;

  desk_open (&desk, "codes.socket");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  check_mode (desk.path, 0660);
  first = connect_to (desk.path);
  second = connect_to (desk.path);
  put (first, "AC:fi"); /* lines of two clients do not mix */
  put (second, "AC:second\n");
  wait_codes (&desk, 1);
  put (first, "rst\n");
  wait_codes (&desk, 2);
  g_assert_cmpstr (last_code (&desk), ==, "AC:first");
  put (second, "AC:last words");
  close (second);
  wait_codes (&desk, 3);
  g_assert_cmpstr (last_code (&desk), ==, "AC:last words");
  close (first);
  g_assert_cmpint (state_of (&desk), ==, READER_READY);
  stream_free (g_steal_pointer (&desk.stream));
  g_assert_false (g_file_test (desk.path, G_FILE_TEST_EXISTS));
  desk_close (&desk);
}

/* More clients than there are places: the next is served when one leaves. */
static void test_socket_full (void)
{
  Desk desk;
  int fds[LINE_READER_CLIENTS_MAX + 1];

  desk_open (&desk, "codes.socket");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++) {
    g_autofree char *line = g_strdup_printf ("AC:%u\n", i);
    fds[i] = connect_to (desk.path);
    put (fds[i], line);
    if (i < LINE_READER_CLIENTS_MAX)
      wait_codes (&desk, i + 1);
  }
  g_assert_cmpuint (desk.codes->len, ==, LINE_READER_CLIENTS_MAX);
  close (fds[3]);
  wait_codes (&desk, LINE_READER_CLIENTS_MAX + 1);
  g_assert_cmpstr (last_code (&desk), ==, "AC:16");
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    if (i != 3)
      close (fds[i]);
  desk_close (&desk);
}

/* Programs that hold all places and say nothing are told of, and give way. */
static void test_socket_silent (void)
{
  Desk desk;
  int fds[LINE_READER_CLIENTS_MAX + 1];

  desk_open (&desk, "codes.socket");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = connect_to (desk.path);
  put (fds[LINE_READER_CLIENTS_MAX], "AC:1\n");
  wait_detail (&desk, "16 programs are connected, as many as may be, and others wait");
  g_assert_cmpuint (desk.codes->len, ==, 0);
  wait_codes (&desk, 1);
  wait_detail (&desk, "cut off for others that waited: 1");
  g_assert_null (strstr (stream_reader (desk.stream, 0).detail, "as many as may be"));
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  desk_close (&desk);
}

static gboolean on_time (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gint64 processor_us (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

/* When the process may open nothing more, callers wait, that is said, and nobody runs in
 * circles meanwhile. */
static void test_socket_descriptors (void)
{
  Desk desk;
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  struct rlimit before, tight;
  gboolean over = FALSE;
  gint64 spent_us;
  int used[LINE_READER_CLIENTS_MAX + 3], fd;
  guint count = 0;

  desk_open (&desk, "codes.socket");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  g_strlcpy (address.sun_path, desk.path, sizeof address.sun_path);
  for (fd = -1; fd < LINE_READER_CLIENTS_MAX + 2;
       used[count++] = fd) /* poll(2) takes no more than may be open */
    fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  tight = (struct rlimit){ (rlim_t) fd + 1, before.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &tight), ==, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  put (fd, "AC:1\n");
  wait_detail (&desk, "programs cannot connect: Too many open files");
  spent_us = processor_us ();
  g_timeout_add (500, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (processor_us () - spent_us, <, 100 * 1000);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  wait_codes (&desk, 1);
  while (stream_reader (desk.stream, 0).detail[0] != '\0')
    g_main_context_iteration (NULL, TRUE);
  while (count > 0)
    close (used[--count]);
  desk_close (&desk);
}

/* What a killed program left behind is taken over; where one listens, it is left
 * alone. */
static void test_socket_left_over (void)
{
  Desk desk, other;
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  desk_open (&desk, "codes.socket");
  g_strlcpy (address.sun_path, desk.path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  close (fd);
  desk_start (&desk);
  wait_state (&desk, READER_READY);

  desk_open (&other, "unused.socket");
  g_free (other.path);
  other.path = g_strdup (desk.path);
  desk_start (&other);
  wait_state (&other, READER_DENIED);
  g_assert_nonnull (strstr (stream_reader (other.stream, 0).detail,
                            "another program, or another reader of this station, listens"));
  stream_free (g_steal_pointer (&other.stream));
  g_assert_true (g_file_test (desk.path, G_FILE_TEST_EXISTS));
  fd = connect_to (desk.path);
  put (fd, "AC:1\n");
  wait_codes (&desk, 1);
  close (fd);
  desk_close (&desk);
  desk_close (&other);
}

static void test_socket_long_path (void)
{
  Desk desk;
  g_autofree char *name = g_strnfill (120, 'x'),
                  *path = g_strconcat (name, LINE_SOURCE_SUFFIX, NULL);

  desk_open (&desk, path);
  desk_start (&desk);
  wait_state (&desk, READER_FAILED);
  g_assert_nonnull (strstr (stream_reader (desk.stream, 0).detail, "longer than 107 bytes"));
  desk_close (&desk);
}

/* Floods ----------------------------------------------------------------------------- */

#define FLOOD 100000

static gpointer write_flood (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < FLOOD; i++)
    g_string_append_printf (lines, "AC:%u\n", i);
  put (fd, lines->str);
  close (fd);
  return NULL;
}

/* 100,000 codes as fast as they can be written: the writer waits, and every code arrives
 * once and in order. */
static void test_flood (void)
{
  static const char *const NAMES[] = { "codes", "codes.socket" };

  for (guint n = 0; n < G_N_ELEMENTS (NAMES); n++) {
    Desk desk;
    GThread *writer;
    desk_open (&desk, NAMES[n]);
    desk_start (&desk);
    wait_state (&desk, READER_READY);
    writer
        = g_thread_new ("flood", write_flood,
                        GINT_TO_POINTER (n == 0 ? open_fifo (desk.path) : connect_to (desk.path)));
    wait_codes (&desk, FLOOD);
    g_thread_join (writer);
    for (guint i = 0; i < FLOOD; i++)
      g_assert_cmpuint (
          g_ascii_strtoull ((const char *) g_ptr_array_index (desk.codes, i) + 3, NULL, 10), ==, i);
    g_assert_cmpuint (stream_reader (desk.stream, 0).lost, ==, 0);
    desk_close (&desk);
  }
}

/* One client's flood does not keep another's code from arriving. */
static void test_flood_is_fair (void)
{
  Desk desk;
  GThread *writer;
  int fd;
  guint at = 0;

  desk_open (&desk, "codes.socket");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  writer = g_thread_new ("flood", write_flood, GINT_TO_POINTER (connect_to (desk.path)));
  wait_codes (&desk, 100);
  fd = connect_to (desk.path);
  put (fd, "AC:modest\n");
  wait_codes (&desk, FLOOD + 1);
  while (strcmp (g_ptr_array_index (desk.codes, at), "AC:modest") != 0)
    at++;
  g_assert_cmpuint (at, <, FLOOD);
  g_thread_join (writer);
  close (fd);
  desk_close (&desk);
}

/* A listener that has no room until it is given some. */
typedef struct {
  Lock lock;
  Wake wake;
  gboolean full;
  guint codes;
  char *detail;
} Ear;

static void ear_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Ear *ear = data;

  lock_take (&ear->lock);
  ear->codes++;
  lock_wake_one (&ear->wake);
  lock_give (&ear->lock);
}

static void ear_state (const char *reader, ReaderState state, const char *detail, gpointer data)
{
  Ear *ear = data;

  lock_take (&ear->lock);
  g_free (ear->detail);
  ear->detail = g_strdup (detail);
  lock_wake_one (&ear->wake);
  lock_give (&ear->lock);
}

static gboolean ear_full (const char *reader, gpointer data)
{
  Ear *ear = data;
  gboolean full;

  lock_take (&ear->lock);
  full = ear->full;
  lock_give (&ear->lock);
  return full;
}

/* That a sender is made to wait is told, and told no more once it has caught up. */
static void test_flood_is_told (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-lines-XXXXXX", NULL),
                  *path = g_build_filename (folder, "codes.socket", NULL);
  Ear ear = { .full = TRUE };
  ReaderListener listener
      = { .code = ear_code, .state = ear_state, .full = ear_full, .data = &ear };
  LineReader *reader;
  int fd;

  lock_init (&ear.lock);
  lock_wake_init (&ear.wake);
  reader = line_reader_new ("lines", path, &listener);
  lock_take (&ear.lock);
  while (ear.detail == NULL)
    lock_wake_wait (&ear.wake, &ear.lock);
  fd = connect_to (path);
  put (fd, "AC:1\nAC:2\n");
  while (strstr (ear.detail, "whoever sends them is made to wait") == NULL)
    lock_wake_wait (&ear.wake, &ear.lock);
  g_assert_cmpuint (ear.codes, ==, 0);
  ear.full = FALSE;
  while (ear.codes < 2 || ear.detail[0] != '\0')
    lock_wake_wait (&ear.wake, &ear.lock);
  lock_give (&ear.lock);
  line_reader_free (reader);
  close (fd);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  lock_clear (&ear.lock);
  lock_wake_clear (&ear.wake);
  g_free (ear.detail);
}

/* A code that never ends is said while it comes, and counted once. */
static void test_endless_code (void)
{
  Desk desk;
  g_autofree char *part = g_strnfill (3000, 'x');
  int fd;

  desk_open (&desk, "codes.socket");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  fd = connect_to (desk.path);
  put (fd, part);
  wait_detail (&desk, "codes longer than 1024 bytes, left out: 1");
  put (fd, part);
  put (fd, "\nAC:1\n");
  wait_codes (&desk, 1);
  g_assert_cmpstr (last_code (&desk), ==, "AC:1");
  put (fd, part);
  put (fd, "\n");
  wait_detail (&desk, "left out: 2");
  close (fd);
  desk_close (&desk);
}

static void test_bad_codes (void)
{
  Desk desk;
  g_autofree char *long_code = g_strnfill (10000, 'x');
  int fd;

  desk_open (&desk, "codes");
  desk_start (&desk);
  wait_state (&desk, READER_READY);
  fd = open_fifo (desk.path);
  put (fd, long_code);
  put (fd, "\nAC:\033[31m\n");
  wait_codes (&desk, 1);
  g_assert_cmpstr (last_code (&desk), ==, "AC:?[31m");
  wait_detail (
      &desk,
      "codes longer than 1024 bytes, left out: 1; characters that no code has, replaced by “?”: 1");
  put (fd, long_code);
  put (fd, "\n");
  wait_detail (&desk, "left out: 2");
  close (fd);
  desk_close (&desk);
}

/* Standard input --------------------------------------------------------------------- */

static void test_input (void)
{
  int ends[2], kept = dup (STDIN_FILENO);
  GThread *writer;
  Desk desk;

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (dup2 (ends[0], STDIN_FILENO), ==, STDIN_FILENO);
  close (ends[0]);
  desk_open (&desk, "-");
  desk_start (&desk);
  writer = g_thread_new ("flood", write_flood, GINT_TO_POINTER (ends[1]));
  wait_state (&desk, READER_ENDED);
  g_assert_cmpuint (desk.codes->len, ==, FLOOD); /* the end comes after the last */
  g_thread_join (writer);
  desk_close (&desk);
  g_assert_cmpint (fcntl (STDIN_FILENO, F_GETFD), >=, 0); /* is not ours to close */
  dup2 (kept, STDIN_FILENO);
  close (kept);
}

/* An input that cannot be read ends with the reason. */
static void test_input_unreadable (void)
{
  int kept = dup (STDIN_FILENO), folder = open ("/", O_RDONLY | O_CLOEXEC);
  Desk desk;

  g_assert_cmpint (dup2 (folder, STDIN_FILENO), ==, STDIN_FILENO);
  close (folder);
  desk_open (&desk, "-");
  desk_start (&desk);
  wait_state (&desk, READER_ENDED);
  wait_detail (&desk, "reading scanned lines: Is a directory");
  desk_close (&desk);
  dup2 (kept, STDIN_FILENO);
  close (kept);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/line-reader/fifo", test_fifo);
  g_test_add_func ("/scan/line-reader/fifo-pause", test_fifo_pause);
  g_test_add_func ("/scan/line-reader/fifo-taken-away", test_fifo_taken_away);
  g_test_add_func ("/scan/line-reader/fifo-alone", test_fifo_alone);
  g_test_add_func ("/scan/line-reader/fifo-opened-to-all", test_fifo_opened_to_all);
  g_test_add_func ("/scan/line-reader/refused", test_refused);
  g_test_add_func ("/scan/line-reader/socket", test_socket);
  g_test_add_func ("/scan/line-reader/socket-full", test_socket_full);
  g_test_add_func ("/scan/line-reader/socket-silent", test_socket_silent);
  g_test_add_func ("/scan/line-reader/socket-descriptors", test_socket_descriptors);
  g_test_add_func ("/scan/line-reader/socket-left-over", test_socket_left_over);
  g_test_add_func ("/scan/line-reader/socket-long-path", test_socket_long_path);
  g_test_add_func ("/scan/line-reader/flood", test_flood);
  g_test_add_func ("/scan/line-reader/flood-is-fair", test_flood_is_fair);
  g_test_add_func ("/scan/line-reader/flood-is-told", test_flood_is_told);
  g_test_add_func ("/scan/line-reader/endless-code", test_endless_code);
  g_test_add_func ("/scan/line-reader/bad-codes", test_bad_codes);
  g_test_add_func ("/scan/line-reader/input", test_input);
  g_test_add_func ("/scan/line-reader/input-unreadable", test_input_unreadable);
  return g_test_run ();
}
