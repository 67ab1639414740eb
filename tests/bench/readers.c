/* readers: how long a code takes from the reader's event to the handler in the main
 * context, with READERS readers at work: through a FIFO, through a socket, and from a
 * reader's thread straight into the stream. Before every code the main loop is idle, as
 * it is at a door.
 *
 * Prints lines "name median p99" in milliseconds.  */
#include "core/descriptor.h"
#include "scan/line_reader.h"
#include "scan/stream.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CODES 5000
#define READERS 4
#define PAUSE_MAX_US 2000

typedef struct {
  Stream *stream;
  GMainLoop *loop;
  gint64 taken_us[CODES];
  guint taken, ready;
} Desk;

/* A code's text is the time of its event. */
static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Desk *desk = data;

  desk->taken_us[desk->taken++] = g_get_monotonic_time () - g_ascii_strtoll (text, NULL, 10);
  if (desk->taken == CODES)
    g_main_loop_quit (desk->loop);
}

static void on_state (const StreamReader *reader, gpointer data)
{
  Desk *desk = data;

  desk->ready += reader->state == READER_READY ? 1 : 0;
  if (desk->ready == READERS)
    g_main_loop_quit (desk->loop);
}

static int compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void report (const char *name, Desk *desk)
{
  qsort (desk->taken_us, CODES, sizeof *desk->taken_us, compare);
  printf ("%s %.3f %.3f\n", name, (double) desk->taken_us[CODES / 2] / 1000,
          (double) desk->taken_us[CODES * 99 / 100] / 1000);
}

/* Where the codes come from, in a thread of its own: a descriptor to write to, or the
 * stream's listener. */
typedef struct {
  int fd; /* -1: @listener */
  ReaderListener listener;
} Source;

static gpointer send_codes (gpointer data)
{
  const Source *source = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < CODES; i++) {
    char line[32];
    gint64 now_us;
    g_usleep ((gulong) g_rand_int_range (random, PAUSE_MAX_US / 4, PAUSE_MAX_US));
    now_us = g_get_monotonic_time ();
    g_snprintf (line, sizeof line, "%" G_GINT64_FORMAT "\n", now_us);
    if (source->fd >= 0)
      descriptor_write (source->fd, line, strlen (line));
    else {
      line[strlen (line) - 1] = '\0';
      source->listener.code ("0", line, now_us, source->listener.data);
    }
  }
  return NULL;
}

static int connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  return connect (fd, (struct sockaddr *) &address, sizeof address) == 0 ? fd : -1;
}

static void measure (const char *name, const char *folder, const char *ending)
{
  g_autofree Desk *desk = g_new0 (Desk, 1);
  StreamHandler handler = { on_code, on_state, desk };
  char *paths[READERS];
  Source source = { .fd = -1 };
  GThread *thread;

  desk->loop = g_main_loop_new (NULL, FALSE);
  desk->stream = stream_new (NULL, &handler);
  source.listener = stream_listener (desk->stream);
  for (guint i = 0; i < READERS; i++) {
    g_autofree char *reader = g_strdup_printf ("%u", i);
    paths[i] = g_strdup_printf ("%s/%u%s", folder, i, ending != NULL ? ending : "");
    stream_add (desk->stream, reader, "lines", NULL);
    stream_keep (desk->stream, line_reader_new (reader, paths[i], &source.listener),
                 (GDestroyNotify) line_reader_free);
  }
  g_main_loop_run (desk->loop);
  if (ending != NULL)
    source.fd = ending[0] == '\0' ? open (paths[0], O_WRONLY | O_CLOEXEC) : connect_to (paths[0]);
  thread = g_thread_new ("send", send_codes, &source);
  g_main_loop_run (desk->loop);
  g_thread_join (thread);
  report (name, desk);
  if (source.fd >= 0)
    close (source.fd);
  stream_free (desk->stream);
  g_main_loop_unref (desk->loop);
  for (guint i = 0; i < READERS; i++) {
    g_unlink (paths[i]);
    g_free (paths[i]);
  }
}

int main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-bench-XXXXXX", NULL);

  measure ("thread", folder, NULL);
  measure ("fifo", folder, "");
  measure ("socket", folder, LINE_SOURCE_SUFFIX);
  g_rmdir (folder);
  return 0;
}
