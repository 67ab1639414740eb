/* patience.h: how long a test waits (as tests/kit/wait.py): until a condition holds, or
 * until nothing goes on any more that could make it hold. The clock alone ends no wait.
 *
 * Counted are idle seconds: those in which neither this process nor one that it, or the
 * program around it, has started worked or waited for the processor. Where they never
 * rest, PATIENCE_TOTAL times the limit is the end, in seconds of a machine that has
 * nothing else to do. Threads: one test's. */
#pragma once

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_S 30
#define PATIENCE_TOTAL 10
#define PATIENCE_LOOK_US 10000
#define PATIENCE_SAMPLE_US 250000

typedef struct {
  gint64 sampled_us;
  double idle_s, all_s;
  double worked_s; /* of all that are watched, as last seen; < 0: not yet */
} Patience;

static inline Patience patience_new (void)
{
  return (Patience){ g_get_monotonic_time (), 0, 0, -1 };
}

/* The parent of a process; 0: it has ended. */
static inline int patience_parent (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid), *text = NULL;
  const char *behind_name;
  int parent = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  behind_name = strrchr (text, ')');
  return behind_name != NULL && sscanf (behind_name + 1, " %*c %d", &parent) == 1 ? parent : 0;
}

/* TRUE for @top and whoever descends from it. */
static inline gboolean patience_watches (int pid, int top)
{
  while (pid > 1 && pid != top)
    pid = patience_parent (pid);
  return pid == top;
}

/* Seconds in which the threads of a process have worked or waited for the processor. */
static inline double patience_worked_s (const char *pid)
{
  g_autofree char *folder = g_strconcat ("/proc/", pid, "/task", NULL);
  g_autoptr (GDir) threads = g_dir_open (folder, 0, NULL);
  const char *thread;
  double sum_s = 0;

  while (threads != NULL && (thread = g_dir_read_name (threads)) != NULL) {
    g_autofree char *path = g_build_filename (folder, thread, "schedstat", NULL), *text = NULL;
    double worked_ns = 0, waited_ns = 0;
    if (g_file_get_contents (path, &text, NULL, NULL)
        && sscanf (text, "%lf %lf", &worked_ns, &waited_ns) == 2)
      sum_s += (worked_ns + waited_ns) / 1e9;
  }
  return sum_s;
}

/* The same of all that are watched: the program around this one (venue.h) and its
 * children, or this one and its own. */
static inline double patience_all_worked_s (void)
{
  int top = g_getenv ("VENUE_DIRECTORY") != NULL ? getppid () : getpid ();
  g_autoptr (GDir) all = g_dir_open ("/proc", 0, NULL);
  const char *pid;
  double sum_s = 0;

  while (all != NULL && (pid = g_dir_read_name (all)) != NULL)
    if (g_ascii_isdigit (pid[0]) && patience_watches (atoi (pid), top))
      sum_s += patience_worked_s (pid);
  return sum_s;
}

/* How many times more work there is than this machine can do at once; at least 1. */
static inline double patience_load (void)
{
  g_autofree char *text = NULL;
  const char *line;
  int running = 1;

  if (g_file_get_contents ("/proc/stat", &text, NULL, NULL)
      && (line = strstr (text, "\nprocs_running ")) != NULL)
    sscanf (line, "\nprocs_running %d", &running);
  return MAX (1.0, (double) running / g_get_num_processors ());
}

/* How long something has taken, less what a machine with other work has added: for what
 * hangs, or waits for another, for much longer than it may take. */
static inline gint64 patience_since_us (gint64 start_us)
{
  return (gint64) ((double) (g_get_monotonic_time () - start_us) / patience_load ());
}

/* To be asked at each look: TRUE once there is no more hope. */
static inline gboolean patience_over (Patience *patience, double limit_s)
{
  gint64 now_us = g_get_monotonic_time ();
  double took_s = (double) (now_us - patience->sampled_us) / G_USEC_PER_SEC;

  if (now_us - patience->sampled_us >= PATIENCE_SAMPLE_US) {
    double worked_s = patience_all_worked_s (),
           busy_s = patience->worked_s < 0 ? 0 : MAX (0.0, worked_s - patience->worked_s);
    patience->idle_s += MAX (0.0, took_s - busy_s);
    patience->all_s += took_s / patience_load ();
    patience->worked_s = worked_s;
    patience->sampled_us = now_us;
  }
  return patience->idle_s > limit_s || patience->all_s > PATIENCE_TOTAL * limit_s;
}

/* Waits for a condition, which is an expression. */
#define patience_wait(condition) patience_wait_for (condition, PATIENCE_S)
#define patience_wait_for(condition, limit_s)                                                      \
  do {                                                                                             \
    Patience waiting = patience_new ();                                                            \
    while (!(condition)) {                                                                         \
      if (patience_over (&waiting, limit_s))                                                       \
        g_error ("%s:%d: nothing goes on any more, waiting for %s", __FILE__, __LINE__,            \
                 #condition);                                                                      \
      g_usleep (PATIENCE_LOOK_US);                                                                 \
    }                                                                                              \
  } while (0)

/* Waits for a condition that others bring about under @lock, which is held, and tell by
 * @wake (core/lock.h). */
#define patience_wake(condition, wake, lock)                                                       \
  do {                                                                                             \
    Patience waiting = patience_new ();                                                            \
    while (!(condition)) {                                                                         \
      lock_wake_wait_until (wake, lock, g_get_monotonic_time () + PATIENCE_SAMPLE_US);             \
      if (!(condition) && patience_over (&waiting, PATIENCE_S))                                    \
        g_error ("%s:%d: nothing goes on any more, waiting for %s", __FILE__, __LINE__,            \
                 #condition);                                                                      \
    }                                                                                              \
  } while (0)
