/* printer.h: CUPS queues and their jobs, through libcups.
 *
 * A queue takes one PDF a badge under a job name that the caller chooses and can find again. The CUPS server is that of CUPS_SERVER or the system.
 *
 * When is a job done? CUPS calls a job completed when its backend has ended, and that says less than it seems (seen in CUPS 2.4.2, backend/ipp.c): with "?waitjob=false" the backend ends as soon as
 * the document is sent; without, it waits for the printer, but a job cancelled or aborted there, or one that the printer has forgotten, ends it just as well. So where the queue leads to an IPP
 * printer (ipp, ipps), the printer itself is asked by job name, and its word is what counts; this is also how a job is found again that a killed cupsd has forgotten. Where the printer cannot be asked (USB, socket,
 * DNS-SD names, classes), CUPS's word is the best there is, and a queue that does not wait is refused.
 *
 * A queue with "?waitjob=false&waitprinter=false" serves a badge desk best: a job is with the printer after some 20 ms instead of a second, and a cupsd killed later has nothing left that it would send again.
 *
 * Must not know: what a badge is, nor the journal. Words for volunteers come from the caller; states and reasons here are IPP's (RFC 8011, 5.3.7 job-state, 5.4.12 printer-state-reasons).
 *
 * Threads: a Printer belongs to one thread. Calls block on CUPS and on the printer for at most PRINTER_TIMEOUT_MS each time they ask; no call asks more than four times. Never reads a password.  */
#pragma once

#include <glib.h>

#define PRINTER_TIMEOUT_MS 5000
#define PRINTER_JOB_NAME_MAX 255 /* bytes (RFC 8011, 5.1.3) */

#define PRINTER_ERROR printer_error_quark ()
GQuark printer_error_quark (void);
typedef enum {
  PRINTER_ERROR_SERVER,   /* CUPS does not answer; nothing was handed over */
  PRINTER_ERROR_SILENT,   /* CUPS took the job's bytes and did not answer: the job may exist, look for it by name before trying again */
  PRINTER_ERROR_NO_QUEUE, /* no such queue; the message lists those there are */
  PRINTER_ERROR_REJECTED, /* the queue does not accept jobs */
  PRINTER_ERROR_JOB,      /* CUPS refused the job, or to act on it */
  PRINTER_ERROR_DEVICE,   /* the printer itself does not answer, and without it the question cannot be decided */
  PRINTER_ERROR_BLIND,    /* a queue that does not wait for its printer, and a printer that cannot be asked: "printed" could never be known */
} PrinterError;

typedef enum {
  PRINT_JOB_PENDING,      /* waits in CUPS or in the printer */
  PRINT_JOB_HELD,
  PRINT_JOB_PROCESSING,   /* the printer has it in hand */
  PRINT_JOB_STOPPED,
  PRINT_JOB_CANCELED,
  PRINT_JOB_ABORTED,
  PRINT_JOB_COMPLETED,    /* the printer has printed it */
  PRINT_JOB_LOST,         /* CUPS has handed it over, and the printer knows nothing of it (yet, or any more) */
} PrintJobState;

typedef struct {
  gint id;                /* CUPS job-id; 0 if only the printer knows it */
  char *name;             /* job-name */
  PrintJobState state;
  gboolean at_printer;    /* the state is the printer's own word */
  gboolean in_cups;       /* CUPS has not done with it */
  char *reasons;          /* job-state-reasons, comma-separated */
} PrintJob;
void print_job_free (PrintJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintJob, print_job_free)

typedef struct {
  gboolean stopped;       /* printer-state is stopped: the queue is paused */
  gboolean accepting;
  char **reasons;         /* printer-state-reasons without "none": "media-empty-error", "cover-open-error", … of the printer itself where it can be asked ("offline-error" if it does not answer),
                             else those that CUPS last heard */
} PrinterStatus;
void printer_status_free (PrinterStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrinterStatus, printer_status_free)

/* @reason without its severity ("media-empty-error" → "media-empty") if it can keep a printer from printing; NULL if it is only a report or CUPS's own note. Free with g_free(). @surely: it is an error. Else it is a
 * warning that a printer gives of an unused empty tray, and that some (ippeveprinter) give where others speak of an error: it means something once a job does not come out. */
char *printer_reason_that_stops (const char *reason, gboolean *surely);

/* Names of all queues; free with g_strfreev(). */
char **printer_queues (GError **error);

typedef struct _Printer Printer;
Printer *printer_open (const char *queue, GError **error);
void printer_close (Printer *printer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printer, printer_close)
const char *printer_queue (const Printer *printer);
/* FALSE if the queue keeps a job only until it is sent: see above. */
gboolean printer_waits (const Printer *printer);

PrinterStatus *printer_status (Printer *printer, GError **error);
/* Hands over a PDF under @name for a page of @width_mm × @height_mm, in one request: the job id, or 0. The job exists in CUPS when this returns, and whole. */
gint printer_submit (Printer *printer, const char *name, GBytes *pdf, double width_mm, double height_mm, GError **error);
/* Where the job @name stands, whoever sent it; the latest, if there are several. @id is its CUPS id, or 0 to look for it among all jobs that CUPS still knows, completed ones too. NULL without @error: neither CUPS
 * nor the printer knows it. */
PrintJob *printer_find (Printer *printer, const char *name, gint id, GError **error);
gboolean printer_cancel (Printer *printer, gint id, GError **error);
/* Resumes a queue that CUPS has paused. CUPS does not say whether it was a fault or a person that paused it: who wants a queue to rest makes it reject jobs (cupsreject). */
gboolean printer_resume (Printer *printer, GError **error);
