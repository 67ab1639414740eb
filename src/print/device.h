/* device.h: the printer behind a CUPS queue, asked directly where it speaks IPP. Only
 * print/ includes this. Errors are PRINTER_ERROR's. Threads: reentrant. Blocks as
 * ipp.h. */
#pragma once

#include "print/ipp.h"

/* The printer at the device URI of a queue; NULL if it cannot be asked: no IPP, or a
 * DNS-SD service name that only CUPS resolves. */
IppServer *device_of_uri (const char *uri);
/* TRUE if nobody takes connections where a "socket" or "lpd" URI leads: a printer that is
 * switched off, of which CUPS's backends say nothing for half a minute. FALSE for any
 * other URI. Blocks for at most PRINTER_DEVICE_CONNECT_MS, but for looking up a name. */
gboolean device_is_off (const char *uri);
/* FALSE if the URI tells CUPS's ipp backend not to wait for the job
 * ("?waitjob=false"). */
gboolean device_uri_waits (const char *uri);

/* All jobs, waiting and done, that the printer, or CUPS, knows under @name: PrinterJob
 * with its own ids, oldest first; free with g_ptr_array_unref(). */
GPtrArray *device_jobs_named (const IppServer *device, const char *name, GError **error);
/* Of @jobs the one whose state counts: a printed one before one at work, that before a
 * failed one. NULL if there is none. */
const PrinterJob *device_job_that_counts (const GPtrArray *jobs);
/* How many of @jobs have come out, or will: all that were not cancelled or aborted. */
guint device_jobs_good (const GPtrArray *jobs);
/* Asks the printer to cancel those of @jobs that it has not ended. One that it ends
 * meanwhile is no error. */
gboolean device_cancel (const IppServer *device, const GPtrArray *jobs, GError **error);
