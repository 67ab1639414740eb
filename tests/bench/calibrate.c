/* How fast this machine is right now, as numbers that absolute limits are scaled by:
 *
 *   loop MS          a fixed amount of arithmetic, mean of 99: for a tenth of a second
 *                    others may happen to share the other processor
 *   sync MS          writing 4 KB and fdatasync, median of 40, in the folder argv[1]
 *   switch MS        after a rest, waking another thread, which works for a little, and
 *                    being woken by it, without that work: 99 of 100 of 1,000. A thread
 *                    that does nothing but wake another never waits for its turn.
 *
 * Other programs that want the processor or the disk make all three larger, as they make
 * what is measured beside them. They come and go: with “switch” alone as its argument it
 * goes on beside what is measured, until its standard input ends, and prints that one. */
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOPS 99
#define STEPS 4000000
#define SYNCS 40
#define SWITCHES 1000
#define REST_US 300
#define REST_BESIDE_US 10000
#define WORK_BESIDE_STEPS 500000
#define SWITCHES_BESIDE_MAX 100000
#define WORK_STEPS 100000

static gint64 now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static int by_value (const void *a, const void *b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static double share_ms (gint64 *times, guint count, double share)
{
  qsort (times, count, sizeof *times, by_value);
  return (double) times[(guint) (share * (count - 1))] / 1e6;
}

static void work (guint steps)
{
  guint32 state = 1;

  for (guint step = 0; step < steps; step++)
    state = state * 1664525 + 1013904223; /* each step needs the one before */
  if (state == 0)
    putchar (' '); /* so that the loop is not left out */
}

static double loop_ms (void)
{
  gint64 start = now_ns ();

  for (guint i = 0; i < LOOPS; i++)
    work (STEPS);
  return (double) (now_ns () - start) / LOOPS / 1e6;
}

static double sync_ms (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "calibrate.tmp", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gint64 times[SYNCS];
  char page[4096] = { 0 };

  if (fd < 0)
    g_error ("calibrate: %s cannot be written", path);
  for (guint i = 0; i < SYNCS; i++) {
    gint64 start = now_ns ();
    if (pwrite (fd, page, sizeof page, (off_t) (i * sizeof page)) != sizeof page
        || fdatasync (fd) != 0)
      g_error ("calibrate: %s cannot be synced", path);
    times[i] = now_ns () - start;
  }
  close (fd);
  unlink (path);
  return share_ms (times, SYNCS, 0.5);
}

typedef struct {
  int there[2], back[2];
  guint steps;
} Pipes;

static void *echo (gpointer data)
{
  Pipes *pipes = data;
  char byte;

  while (read (pipes->there[0], &byte, 1) == 1) {
    work (pipes->steps);
    if (write (pipes->back[1], &byte, 1) != 1)
      break;
  }
  return NULL;
}

static gboolean input_has_ended (void)
{
  struct pollfd input = { STDIN_FILENO, POLLIN, 0 };
  char byte;

  return poll (&input, 1, 0) > 0 && read (STDIN_FILENO, &byte, 1) <= 0;
}

/* @count times, or until the input ends; without the work itself. Who has worked for
 * longer waits for longer. */
static double switch_ms (guint count, gulong rest_us, guint steps, gboolean until_input_ends)
{
  g_autofree gint64 *times = g_new (gint64, count);
  Pipes pipes = { .steps = steps };
  pthread_t thread;
  char byte = 0;
  guint done = 0;

  if (pipe (pipes.there) != 0 || pipe (pipes.back) != 0
      || pthread_create (&thread, NULL, echo, &pipes) != 0)
    g_error ("calibrate: no pipe or no thread");
  while (done < count && (done == 0 || !until_input_ends || !input_has_ended ())) {
    g_usleep (rest_us);
    gint64 start = now_ns ();
    if (write (pipes.there[1], &byte, 1) != 1 || read (pipes.back[0], &byte, 1) != 1)
      g_error ("calibrate: a pipe has ended");
    times[done++] = now_ns () - start;
  }
  close (pipes.there[1]);
  pthread_join (thread, NULL);
  return share_ms (times, done, 0.99) - share_ms (times, done, 0);
}

int main (int argc, char **argv)
{
  if (argc > 1 && strcmp (argv[1], "switch") == 0) {
    printf ("switch %.4f\n",
            switch_ms (SWITCHES_BESIDE_MAX, REST_BESIDE_US, WORK_BESIDE_STEPS, TRUE));
    return 0;
  }
  printf ("loop %.4f\n", loop_ms ());
  printf ("sync %.4f\n", sync_ms (argc > 1 ? argv[1] : g_get_tmp_dir ()));
  printf ("switch %.4f\n", switch_ms (SWITCHES, REST_US, WORK_STEPS, FALSE));
  return 0;
}
