/* lock.h: a lock and a condition for threads, as pthreads.
 *
 * GLib's GMutex and GCond stand on futexes that ThreadSanitizer cannot see in Debian's
 * build of GLib, so that MODE=tsan would cry at every correct use; pthreads it sees. Ends
 * of waiting are g_get_monotonic_time() in microseconds.  */
#pragma once

#include <glib.h>
#include <pthread.h>
#include <time.h>

typedef pthread_mutex_t Lock;
typedef pthread_cond_t Wake;

#define LOCK_INIT PTHREAD_MUTEX_INITIALIZER

static inline void lock_init (Lock *lock)
{
  pthread_mutex_init (lock, NULL);
}

static inline void lock_clear (Lock *lock)
{
  pthread_mutex_destroy (lock);
}

static inline void lock_take (Lock *lock)
{
  pthread_mutex_lock (lock);
}

static inline void lock_give (Lock *lock)
{
  pthread_mutex_unlock (lock);
}

static inline void lock_wake_init (Wake *wake)
{
  pthread_cond_init (wake, NULL);
}

static inline void lock_wake_clear (Wake *wake)
{
  pthread_cond_destroy (wake);
}

/* Wakes one that waits. */
static inline void lock_wake_one (Wake *wake)
{
  pthread_cond_signal (wake);
}

static inline void lock_wake_wait (Wake *wake, Lock *lock)
{
  pthread_cond_wait (wake, lock);
}

/* FALSE when @end_us has come before a wake. */
static inline gboolean lock_wake_wait_until (Wake *wake, Lock *lock, gint64 end_us)
{
  struct timespec end
      = { .tv_sec = end_us / G_USEC_PER_SEC, .tv_nsec = (end_us % G_USEC_PER_SEC) * 1000 };

  return pthread_cond_clockwait (wake, lock, CLOCK_MONOTONIC, &end) == 0;
}
