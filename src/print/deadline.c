#include "print/deadline.h"

#include <sys/socket.h>

static gpointer burn (gpointer data)
{
  Deadline *fuse = data;

  lock_take (&fuse->lock);
  while (!fuse->out && lock_wake_wait_until (&fuse->wake, &fuse->lock, fuse->end_us))
    ;
  if (!fuse->out)
    shutdown (fuse->fd, SHUT_RDWR);
  lock_give (&fuse->lock);
  return NULL;
}

void deadline_start (Deadline *fuse, int fd, gint ms)
{
  *fuse = (Deadline){ .fd = fd, .end_us = g_get_monotonic_time () + (gint64) ms * 1000 };
  lock_init (&fuse->lock);
  lock_wake_init (&fuse->wake);
  fuse->thread = g_thread_new ("fuse", burn, fuse);
}

void deadline_stop (Deadline *fuse)
{
  lock_take (&fuse->lock);
  fuse->out = TRUE;
  lock_wake_one (&fuse->wake);
  lock_give (&fuse->lock);
  g_thread_join (fuse->thread);
  lock_wake_clear (&fuse->wake);
  lock_clear (&fuse->lock);
}
