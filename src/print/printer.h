/* printer.h: CUPS queues and their jobs, through libcups.
 *
 * A queue takes one PDF a badge under a job name that the caller chooses and can find again. The CUPS server is that of CUPS_SERVER or the system.
 * Must not know: what a badge is, nor the journal. Words for volunteers come from the caller; states and reasons here are IPP's (RFC 8011, 5.3.7 job-state, 5.4.12 printer-state-reasons).
 *
 * Threads: a Printer belongs to one thread. Calls block on the CUPS server for at most PRINTER_TIMEOUT_MS.  */
#pragma once

#include <glib.h>

#define PRINTER_TIMEOUT_MS 5000

#define PRINTER_ERROR printer_error_quark ()
GQuark printer_error_quark (void);
typedef enum {
  PRINTER_ERROR_SERVER,    /* no CUPS server answers */
  PRINTER_ERROR_NO_QUEUE,  /* no such queue; the message lists those there are */
  PRINTER_ERROR_REJECTED,  /* the queue does not accept jobs */
  PRINTER_ERROR_JOB,       /* CUPS refused the job, or knows no such job */
} PrinterError;

typedef enum {
  PRINT_JOB_PENDING,
  PRINT_JOB_HELD,
  PRINT_JOB_PROCESSING,
  PRINT_JOB_STOPPED,
  PRINT_JOB_CANCELED,
  PRINT_JOB_ABORTED,
  PRINT_JOB_COMPLETED,
} PrintJobState;

typedef struct {
  gint id;               /* CUPS job-id */
  char *name;            /* job-name */
  PrintJobState state;
  char *reasons;         /* job-state-reasons, comma-separated */
} PrintJob;
void print_job_free (PrintJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintJob, print_job_free)

typedef struct {
  gboolean stopped;      /* printer-state is stopped: the queue is paused */
  gboolean accepting;
  char **reasons;        /* printer-state-reasons without "none": "media-empty-error", "cover-open-error", … */
} PrinterStatus;
void printer_status_free (PrinterStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrinterStatus, printer_status_free)

/* Names of all queues; free with g_strfreev(). */
char **printer_queues (GError **error);

typedef struct _Printer Printer;
Printer *printer_open (const char *queue, GError **error);
void printer_close (Printer *printer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printer, printer_close)
const char *printer_queue (const Printer *printer);

PrinterStatus *printer_status (Printer *printer, GError **error);
/* Hands over a PDF under @name for a page of @width_mm × @height_mm; the job id, or 0. The job exists in CUPS when this returns. */
gint printer_submit (Printer *printer, const char *name, GBytes *pdf, double width_mm, double height_mm, GError **error);
/* The job @id; NULL without @error if CUPS has forgotten it. */
PrintJob *printer_job (Printer *printer, gint id, GError **error);
/* All jobs, active and completed, that CUPS still knows under @name: PrintJob; free with g_ptr_array_unref(). */
GPtrArray *printer_jobs_named (Printer *printer, const char *name, GError **error);
gboolean printer_cancel (Printer *printer, gint id, GError **error);
/* Resumes a queue that CUPS has paused. */
gboolean printer_resume (Printer *printer, GError **error);
