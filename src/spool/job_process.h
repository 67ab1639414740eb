/* job_process.h: one badge at one printer, one step at a time, so that it can be tested
 * against a real CUPS and killed at any step.
 *
 * The journal is the queue of record (job_queue.h). A printer has one badge in hand at a
 * time, the next when it has done with it: what CUPS does not hold it cannot lose or send
 * again, and what waits in the journal can still be made void or go to another printer.
 * Every change is a `print` fact before anything else is done; above all `sent` is one
 * before the job goes to CUPS. So what is found as `queued` was surely not handed over
 * and can be, and what is found as `sent` is looked for by name, at CUPS and at the
 * printer, and never handed over a second time: known to neither, it becomes `unsure`,
 * and a person decides.
 *
 * What keeps the printer from printing stands as `reason` in the badge's last fact
 * (keywords of vocabulary/printer_reason.h, comma-separated: "media-empty"), so that a
 * screen can show it, and goes to the notice with what to do. A badge that is `printed`
 * with the reason "repeated" has come out twice, or may have: a cupsd that was killed,
 * and had it on disk, sent it again before it could be stopped; or the printer was
 * switched off with it and may have forgotten one.
 *
 * Taking a badge back: job_process_take_back() calls it off at CUPS and at the printer,
 * until it is certain that it cannot come out any more. Then it is `queued` with the
 * reason "moved", and free for another printer. If that does not become certain within
 * ten seconds (FOLLOW_RECALL_MS), it is `unsure`, with what stands in the way as the
 * reason.
 *
 * Threads: a JobProcess belongs to one thread; several may share @art. Blocks on disk and
 * on CUPS (printer.h).  */
#pragma once

#include "journal/journal.h"
#include "spool/print_document.h"
#include "spool/printer_health.h"
#include "issuance/job_queue.h"

/* Says what happens, for the log and the screen: to a badge, or with @job "" to the
 * printer ("trouble", "well"). @text is a short text in French and Chinese where a
 * volunteer must act, "" where nothing is to be done. */
typedef void (*PrintingNotice) (const char *queue, const char *job, const char *state,
                                const char *text, gpointer data);

typedef struct _JobProcess JobProcess;

/* @queue need not exist yet. @notice may be NULL. */
JobProcess *job_process_new (Journal *journal, PrintDocumentArt *art, const char *queue,
                             PrintingNotice notice, gpointer data);
void job_process_free (JobProcess *printing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JobProcess, job_process_free)

/* Gives it a badge to print, or to follow if an earlier agent has sent it here. None may
 * be in hand. */
void job_process_take (JobProcess *printing, QueuedJob *queued);
/* The badge in hand; NULL: none. */
const QueuedJob *job_process_current (const JobProcess *printing);
/* Asks for the current badge back, if it can be had; the next steps do it. Harmless
 * without one. */
void job_process_take_back (JobProcess *printing);

/* One step with the current badge, or, without one, a look at the printer. An error (CUPS
 * away, no such queue) leaves all as it was: call again later. */
gboolean job_process_step (JobProcess *printing, GError **error);

const PrinterHealth *job_process_health (const JobProcess *printing);
/* Monotonic milliseconds since when the current badge has waited for a printer that
 * cannot print; 0: it does not. */
gint64 job_process_stuck_since_ms (const JobProcess *printing);
/* Counts the badges that it has printed. */
guint job_process_done (const JobProcess *printing);
