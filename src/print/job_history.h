/* job_history.h: what CUPS still holds of badges that are done. Its own settings keep
 * documents for a day and jobs for ever (cupsd.conf, PreserveJobFiles and
 * PreserveJobHistory), and cannot be asked; what it holds can. Errors are
 * PRINTER_ERROR's. Threads: reentrant. Blocks as printer.h.  */
#pragma once

#include <glib.h>

/* How many ended jobs whose name begins with @prefix CUPS knows, and of how many it has
 * the document yet. */
gboolean job_history_count (const char *prefix, guint *jobs, guint *documents, GError **error);
