/* worker.h: a thread that works on what it is given, one piece after the other, so that
 * the window never waits for the disk.
 *
 * 1. worker_new() starts the thread.
 * 2. worker_push() gives it a piece of work, which is then its own.
 * 3. WorkerKind.work() makes an answer of it, in the thread.
 * 4. WorkerKind.deliver() gets the answer in the thread that made the worker, whose
 *    default main context carries it there.
 * 5. worker_stop() ends the thread after the piece in hand; what still waits, and answers
 *    on their way, are freed and not delivered.
 *
 * Must not know: GTK, what the work is.
 * Threads: belongs to the thread that made it; only worker_stop() blocks.  */
#pragma once

#include <glib.h>

typedef struct {
  const char *name; /* of the thread, at most 15 bytes */
  int priority;     /* G_PRIORITY_…: of the delivery among what else the main loop does */
  /* Takes @task over. NULL: there is nothing to deliver. @owner: of worker_new(). */
  gpointer (*work) (gpointer task, gpointer owner);
  void (*deliver) (gpointer answer, gpointer owner);
  GDestroyNotify task_free, answer_free;
} WorkerKind;

typedef struct _Worker Worker;

/* @kind is static; @owner lives longer than the worker runs. */
Worker *worker_new (const WorkerKind *kind, gpointer owner);
void worker_push (Worker *worker, gpointer task);
/* How many pieces wait. */
int worker_waiting (const Worker *worker);
/* Frees the worker too. NULL is allowed. */
void worker_stop (Worker *worker);
