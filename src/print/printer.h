/* printer.h: CUPS queues and their jobs, through libcups.
 *
 * A queue takes one document a badge under a job name that the caller chooses and can
 * find again. The CUPS server is that of CUPS_SERVER or the system.
 *
 * When is a job done? CUPS calls a job completed when its backend has ended, and that
 * says less than it seems (seen in CUPS 2.4.2, backend/ipp.c): with "?waitjob=false" the
 * backend ends as soon as the document is sent; without, it waits for the printer, but a
 * job cancelled or aborted there, or one that the printer has forgotten, ends it just as
 * well. So where the queue leads to an IPP printer (ipp, ipps), the printer itself is
 * asked by job name, and its word is what counts; this is also how a job is found again
 * that a killed cupsd has forgotten. Where the printer cannot be asked (USB, socket,
 * DNS-SD names, classes), CUPS's word is the best there is, and a queue that does not
 * wait is refused.
 *
 * A queue with "?waitjob=false&waitprinter=false" serves a badge desk best: a job is with
 * the printer after some 20 ms instead of a second, and a cupsd killed later has nothing
 * left that it would send again.
 *
 * Must not know: what a badge is, nor the journal. Words for volunteers come from the
 * caller.
 *
 * Threads: a Printer belongs to one thread. Each time they ask, calls block on CUPS for
 * at most PRINTER_TIMEOUT_MS and on the printer for about two seconds; no call asks more
 * than four times. Never reads a password.  */
#pragma once

#include "print/printer_job.h"
#include "print/capabilities.h"
#include "print/print_format.h"

/* Names of all queues; free with g_strfreev(). */
char **printer_queues (GError **error);

typedef struct _Printer Printer;
Printer *printer_open (const char *queue, GError **error);
void printer_close (Printer *printer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printer, printer_close)
/* FALSE if only CUPS can be asked what became of a job: see above. */
gboolean printer_can_be_asked (const Printer *printer);

PrinterStatus *printer_status (Printer *printer, GError **error);
/* The queue has been given another printer, driver or setting since this was opened, as
 * far as printer_status() has seen: open it anew for the next job. What was sent before
 * is followed with this one, which knows where it went, also when CUPS has no such queue
 * any more: printer_find() then asks the printer alone.  */
gboolean printer_has_changed (const Printer *printer);
/* What the queue can do; of the Printer, until it is closed or asked again a minute
 * later. */
const Capabilities *printer_traits (Printer *printer, GError **error);
/* What to give the queue for a sheet of @width_mm × @height_mm, upright.
 * PRINTER_ERROR_MEDIA where it has no paper of that size. Ask again after the queue may
 * have been changed. */
PrintFormat *printer_format (Printer *printer, double width_mm, double height_mm, GError **error);
/* Hands over a document made to @format under @name, in one request: the job id, or 0.
 * @sides 1 or 2. The job exists in CUPS when this returns, and whole. */
gint printer_send (Printer *printer, const char *name, const PrintFormat *format, GBytes *document,
                   guint sides, GError **error);
/* Where the job @name stands, whoever sent it; the latest, if there are several. @id is
 * its CUPS id, or 0 to look for it among all jobs that CUPS still knows, completed ones
 * too. NULL without @error: neither CUPS nor the printer knows it. */
PrinterJob *printer_find (Printer *printer, const char *name, gint id, GError **error);
gboolean printer_cancel (Printer *printer, gint id, GError **error);

typedef enum {
  RECALL_PENDING, /* still on its way: ask again */
  RECALL_GONE,    /* called off: neither CUPS nor the printer can bring it out any more */
  RECALL_PRINTED, /* too late */
  RECALL_UNKNOWN, /* nobody can say: the printer cannot be asked, or has forgotten it, and it had
                     begun; or it cancelled it with a sheet on its way */
} PrinterRecall;
/* Calls the job @name off, at CUPS and at the printer. Again until the answer is another
 * than PENDING: a backend may still be at work on what CUPS calls cancelled, and a
 * printer ends a sheet it has begun. FALSE with @error: CUPS or the printer does not
 * answer.  */
gboolean printer_recall (Printer *printer, const char *name, gint id, PrinterRecall *recall,
                         GError **error);
/* Lets CUPS forget a job that has ended: its document and its name. Call it once the end
 * is a fact. TRUE also if CUPS knows no such job any more. */
gboolean printer_forget (Printer *printer, gint id, GError **error);
/* Resumes a queue that is paused. printer_status_judge() tells a fault of CUPS's from a
 * person who wants it to rest. */
gboolean printer_resume (Printer *printer, GError **error);
