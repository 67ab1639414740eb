/* fuse.h: the last limit of a conversation: whatever the other side sends, or does not, the connection is cut at the end of its time.
 *
 * libcups waits only so long for each line, but reads lines without end: a printer whose answer's head never ends would keep a thread for ever.
 *
 * Only ipp.c includes this.
 * Threads: a Fuse has one of its own, from fuse_light() to fuse_put_out(), which waits for it to end. Costs some 50 µs.  */
#pragma once

#include "core/lock.h"

typedef struct {
  int fd;
  gint64 end_us;
  gboolean out;
  Lock lock;
  Wake wake;
  GThread *thread;
} Fuse;

/* Cuts the connection @fd, which stays open, in @ms milliseconds. */
void fuse_light (Fuse *fuse, int fd, gint ms);
void fuse_put_out (Fuse *fuse);
