/* job_queue.h: the badges that this station still has to print, as the journal knows
 * them: read from the projections, written as `print` facts.
 *
 * A badge is waiting from its `badge-issued` fact (issuer this station, `print` true)
 * until a final `print` fact: printed, failed or unsure (vocabulary/print_state.h).
 *
 * A badge that was taken back from a printer is `queued` with the reason "moved" and has
 * another name at CUPS from then on, so that what is left of the earlier attempt is not
 * taken for it.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"
#include "vocabulary/print_state.h"

#define JOB_QUEUE_MOVED "moved"

typedef struct {
  char *job;  /* subject of its facts: badge_data_job_name() */
  char *name; /* job-name at CUPS and at the printer: that, the time of issue, so that a rehearsal's
                 job under the same name is not taken for it, and "+1" … once it was moved */
  char *reference;
  guint serial;
  gint64 seq;   /* of the `badge-issued` fact */
  gint64 at_ms; /* its time, Unix milliseconds */
  guint moves;
  PrintState state;
  char *queue;  /* the printer of its last fact; "" before */
  gint number;  /* CUPS job-id, 0 if not known */
  char *reason; /* of the last fact */
} QueuedJob;
void job_queue_free (QueuedJob *queued);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QueuedJob, job_queue_free)

/* The badges waiting that were issued after own fact @after, oldest first, at most
 * @limit: QueuedJob; free with g_ptr_array_unref(). @after is moved to where the next
 * search may begin. */
GPtrArray *job_queue_list (Journal *journal, gint64 *after, guint limit, GError **error);
/* The last @limit badges with a final fact that names @queue and a job there. */
GPtrArray *job_queue_ended (Journal *journal, const char *queue, guint limit, GError **error);

/* @good: the badge still opens doors. One that was replaced or made void meanwhile is not
 * worth a sheet. */
gboolean job_queue_is_good (Journal *journal, const QueuedJob *queued, gboolean *good,
                            GError **error);
/* A `print` fact; a text where there is nothing to say is NULL or "". */
typedef struct {
  const char *job, *reference, *issuer, *queue, *reason;
  const char *volunteer; /* who said so; a printer: none */
  PrintState state;
  gint64 number;
  guint serial;
} JobQueueFact;
/* In the caller's transaction. */
gboolean job_queue_append (Journal *journal, const JobQueueFact *fact, GError **error);
/* Writes that @queued is now @state, durably, and notes it in @queued. @queue, @reason:
 * "" for none. */
gboolean job_queue_record (Journal *journal, QueuedJob *queued, PrintState state, const char *queue,
                           gint number, const char *reason, GError **error);
