/* deadline.h: the last limit of a conversation: whatever the other side sends, or does
 * not, the connection is cut at the end of its time.
 *
 * libcups waits only so long for each line, but reads lines without end: a printer whose
 * answer's head never ends would keep a thread for ever.
 *
 * Only ipp.c includes this.
 * Threads: a Deadline has one of its own, from deadline_start() to deadline_stop(), which
 * waits for it to end. Costs some 50 µs.  */
#pragma once

#include "core/lock.h"

typedef struct {
  int fd;
  gint64 end_us;
  gboolean out;
  Lock lock;
  Wake wake;
  GThread *thread;
} Deadline;

/* Cuts the connection @fd, which stays open, in @ms milliseconds. */
void deadline_start (Deadline *deadline, int fd, gint ms);
void deadline_stop (Deadline *deadline);
