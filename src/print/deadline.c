#include "print/deadline.h"

#include <sys/socket.h>

static gpointer burn (gpointer data)
{
  Deadline *deadline = data;

  lock_take (&deadline->lock);
  while (!deadline->out
         && lock_wake_wait_until (&deadline->wake, &deadline->lock, deadline->end_us))
    ;
  if (!deadline->out)
    shutdown (deadline->fd, SHUT_RDWR);
  lock_give (&deadline->lock);
  return NULL;
}

void deadline_start (Deadline *deadline, int fd, gint ms)
{
  *deadline = (Deadline){ .fd = fd, .end_us = g_get_monotonic_time () + (gint64) ms * 1000 };
  lock_init (&deadline->lock);
  lock_wake_init (&deadline->wake);
  deadline->thread = g_thread_new ("fuse", burn, deadline);
}

void deadline_stop (Deadline *deadline)
{
  lock_take (&deadline->lock);
  deadline->out = TRUE;
  lock_wake_one (&deadline->wake);
  lock_give (&deadline->lock);
  g_thread_join (deadline->thread);
  lock_wake_clear (&deadline->wake);
  lock_clear (&deadline->lock);
}
