/* printing.h: the printing half of the agent, one step at a time, so that it can be tested against a real CUPS and killed at any step.
 *
 * The journal is the queue of record (owed.h). One badge at a time is handed to CUPS, the next when the printer has done with it: what CUPS does not hold it cannot lose or send again, and what waits here can still be made
 * void. Every change is a `print` fact before anything else is done: `queued`, then the job goes to CUPS in one request, then `sent` with its number. A kill in between leaves `queued`, and a job in that state is looked up by name before it is
 * handed over (again). What was sent and is known to neither CUPS nor the printer becomes `unsure`: a person decides.
 *
 * What keeps the printer from printing stands as `reason` in the job's last fact (IPP keywords, comma-separated: "media-empty"), so that a screen can show it, and goes to the notice with what to do. A job that is `printed` with the
 * reason "repeated" has come out twice: a cupsd that was killed, and had it on disk, sent it again before it could be stopped.
 *
 * Threads: one. Blocks on disk and on CUPS (printer.h).  */
#pragma once

#include "badge/badge.h"
#include "journal/journal.h"

/* How long a job may be known to nobody before it is given up: a document on its way from CUPS to the printer. */
#define PRINTING_LOST_MS 5000

typedef struct _Printing Printing;

/* Says what happens, for the log and the screen: @text is a short text in French and Chinese where a volunteer must act, "" where nothing is to be done. */
typedef void (*PrintingNotice) (const char *job, const char *state, const char *text, gpointer data);

/* @queue need not exist yet. @notice may be NULL. */
Printing *printing_new (Journal *journal, BadgeTemplate *template_, const char *queue, PrintingNotice notice, gpointer data, GError **error);
void printing_free (Printing *printing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, printing_free)

/* Reconciles jobs of an earlier run by name. Once, before the first step. An error (CUPS away): call again later. */
gboolean printing_reconcile (Printing *printing, GError **error);
/* Queues and sends what is owed, follows what was sent. @busy: something is under way, call again soon. An error (CUPS away, no such queue) leaves all as it was: call again later. */
gboolean printing_step (Printing *printing, gboolean *busy, GError **error);
