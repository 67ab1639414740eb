/* printing.h: the printing half of the agent, one step at a time, so that it can be tested against a real CUPS and killed at any step.
 * Threads: one. Blocks on disk and on CUPS.  */
#pragma once

#include "badge/badge.h"
#include "journal/journal.h"

typedef struct _Printing Printing;

/* Says what happens, for the log and the screen: a short text in French and Chinese where a volunteer must act. */
typedef void (*PrintingNotice) (const char *job, const char *state, const char *text, gpointer data);

Printing *printing_new (Journal *journal, BadgeTemplate *template_, const char *queue, PrintingNotice notice, gpointer data, GError **error);
void printing_free (Printing *printing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, printing_free)

/* Reconciles jobs of an earlier run by name. Once, before the first step. */
gboolean printing_reconcile (Printing *printing, GError **error);
/* Queues and sends what is owed, follows what was sent. @busy: something is under way, call again soon. An error (CUPS away) leaves all as it was: call again later. */
gboolean printing_step (Printing *printing, gboolean *busy, GError **error);
