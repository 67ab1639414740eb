/* active_job.h: a printer and the badge that it has in hand: what is known of both, how
 * that becomes facts and notices, and how the printer is looked at.
 *
 * Only job_process.c and job_monitor.c include this; job_process.h says what it is all
 * for.
 * Threads: as Printing. Blocks on disk and on CUPS (printer.h).  */
#pragma once

#include "print/printer.h"
#include "spool/printer_health.h"
#include "issuance/job_queue.h"

#define ACTIVE_JOB_RESUME_FIRST_MS 500

typedef struct {
  Journal *journal;
  char *queue;
  Printer *printer; /* NULL until CUPS has answered */
  Printer *before; /* as it was known while the current badge was there, for when its queue is gone;
                      NULL: not known */
  void (*notice) (const char *queue, const char *job, const char *state, const char *text,
                  gpointer data); /* PrintingNotice */
  gpointer data;

  PrinterHealth health;
  gint64 resume_ms, resume_wait_ms;
  TroubleSet heard;   /* what keeps the printer from printing, by the last look */
  TroubleSet refused; /* why CUPS did not take the current badge; empty: it has not been asked, or
                         has taken it */
  gint64 again_ms, again_wait_ms; /* when it is asked again */
  gint64 awake_ms; /* when the printer will have been on for long enough; 0: it has been */
  guint done;

  QueuedJob *queued;   /* the current badge; NULL for none */
  gboolean back;       /* it is asked for back */
  gboolean shaken;     /* CUPS was away while it had the job */
  gint known_id;       /* its number at CUPS, as CUPS has said just now; 0: CUPS does not know it */
  gboolean called_off; /* a copy that CUPS sent again */
  gboolean cut;        /* CUPS was told to call it off with its backend at work */
  gboolean twice;      /* it has come out more than once, or may have */
  gint started;        /* when CUPS began with it, as first seen; 0: not yet */
  gint64 sent_ms;      /* when it was handed over or first followed */
  gint64 born_ms;      /* when CUPS got it; 0: not known */
  gint64 ended_ms;     /* since when the printer has done it; 0: not yet */
  gint64 worked_ms;    /* when a backend was last seen at work on it after that; 0: never */
  gint64 lost_ms;      /* since when nobody knows it; 0: known */
  guint lost_looks;    /* how often that has been heard, in a row */
  gint64 silent_ms;    /* since when the printer has not answered; 0: it has */
  gint64 quiet_ms;  /* since when it has been sent, has not moved, and nothing is said to keep it */
  gboolean stalled; /* so for too long; until one is printed here */
  gint64 recall_ms; /* since when it is being called off; 0: it is not */
  gint64 status_ms, fact_ms;
} ActiveJob;

/* Monotonic. */
gint64 active_job_now_ms (void);

/* Writes a new state of the current badge, and says so with @text. A final one, or a
 * badge given back (JOB_QUEUE_MOVED), leaves the slot empty, and CUPS is made to forget
 * it. */
gboolean active_job_record (ActiveJob *active, PrintState state, gint number, const char *reason,
                            const char *text, GError **error);
/* The same for a final state, with what a person is to do about it. */
gboolean active_job_record_end (ActiveJob *active, PrintState state, const char *reason,
                                GError **error);

/* Notes what keeps the printer from printing: a notice where that is new, and a fact
 * about the badge that waits for it. */
gboolean active_job_set_troubles (ActiveJob *active, TroubleSet troubles, GError **error);
/* Asks the printer how it is, and resumes a queue whose cause is gone. @job: where the
 * job in hand stands, or NULL. */
gboolean active_job_look (ActiveJob *active, const PrinterJob *job, GError **error);
/* The job, or who keeps it, has been heard of: it is not lost. */
void active_job_found (ActiveJob *active);
/* The same every now and then; and asks whether the badge is still wanted. */
gboolean active_job_watch (ActiveJob *active, const PrinterJob *job, GError **error);
