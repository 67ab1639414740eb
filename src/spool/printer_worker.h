/* printer_worker.h: one printer of the pool at work in a thread of its own, with a
 * Journal of its own: so that one that answers slowly, or not at all, holds up no other.
 *
 * It prints the badge that it is given (job_process.h), looks at its printer while it has
 * none, and keeps the printer's row (printer_state.h).
 *
 * Threads: all calls may come from any thread, and none blocks but printer_worker_free(),
 * which waits for the thread: for as long as CUPS may hold it (printer.h). The callbacks
 * are called in the worker's thread.  */
#pragma once

#include "core/clock.h"
#include "spool/job_process.h"

/* How often an idle printer is looked at. With PRINTER_HEALTH_STEADY_MS, a trouble is
 * told within two seconds. */
#define PRINTER_WORKER_LOOK_MS 800

/* Between attempts when CUPS is away, doubled from the first to the last. */
#define PRINTER_WORKER_RETRY_FIRST_MS 250
#define PRINTER_WORKER_RETRY_LAST_MS 1000

typedef struct {
  const char *db;
  Clock clock;
  PrintDocumentArt *art;
  PrintingNotice notice; /* may be NULL */
  /* Why @queue cannot be worked with, once when that changes; NULL when it can again. May
   * be NULL. */
  void (*trouble) (const char *queue, const char *message, gpointer data);
  gpointer data;
} PrinterWorkerOptions;

typedef struct _PrinterWorker PrinterWorker;

/* @options must outlive the worker. @rank 1 is preferred; 0: not of the pool, only to
 * follow what an earlier agent sent there. */
PrinterWorker *printer_worker_new (const PrinterWorkerOptions *options, const char *queue,
                                   guint rank);
/* Asks the thread to end; what is in hand stays as it is in the journal. */
void printer_worker_stop (PrinterWorker *worker);
void printer_worker_free (PrinterWorker *worker);
const char *printer_worker_queue (const PrinterWorker *worker);
guint printer_worker_rank (const PrinterWorker *worker);

/* Only to a worker without a badge. Takes @queued. */
void printer_worker_give (PrinterWorker *worker, QueuedJob *queued);
/* Asks for the badge back: its next fact says whether it could be had. */
void printer_worker_take_back (PrinterWorker *worker);

typedef struct {
  char *job;       /* given or in hand; NULL: none. Free with g_free() */
  gboolean known;  /* the printer has been looked at */
  gboolean able;   /* it could print now */
  gboolean slow;   /* the worker has been at one step for longer than usual */
  gboolean sent;   /* the current badge may be at the printer */
  gint64 stuck_ms; /* for how long the current badge has waited for a printer that cannot print */
  guint done;      /* badges printed */
} PrinterWorkerView;
void printer_worker_view (PrinterWorker *worker, PrinterWorkerView *view);
