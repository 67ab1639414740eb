#include "print/fuse.h"

#include <sys/socket.h>

static gpointer burn (gpointer data)
{
  Fuse *fuse = data;

  lock_take (&fuse->lock);
  while (!fuse->out && wake_wait_until (&fuse->wake, &fuse->lock, fuse->end_us))
    ;
  if (!fuse->out)
    shutdown (fuse->fd, SHUT_RDWR);
  lock_give (&fuse->lock);
  return NULL;
}

void fuse_light (Fuse *fuse, int fd, gint ms)
{
  *fuse = (Fuse) { .fd = fd, .end_us = g_get_monotonic_time () + (gint64) ms * 1000 };
  lock_init (&fuse->lock);
  wake_init (&fuse->wake);
  fuse->thread = g_thread_new ("fuse", burn, fuse);
}

void fuse_put_out (Fuse *fuse)
{
  lock_take (&fuse->lock);
  fuse->out = TRUE;
  wake_one (&fuse->wake);
  lock_give (&fuse->lock);
  g_thread_join (fuse->thread);
  wake_clear (&fuse->wake);
  lock_clear (&fuse->lock);
}
