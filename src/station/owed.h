/* owed.h: the badges that this station still has to print, as the journal knows them: read from the projections, written as `print` facts.
 *
 * A badge is owed from its `badge-issued` fact (issuer this station, `print` true) until a final `print` fact: printed, failed or unsure.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

typedef enum { OWED_NEW, OWED_QUEUED, OWED_SENT, OWED_PRINTING, OWED_PRINTED, OWED_FAILED, OWED_UNSURE } OwedState;

/* As in the facts: "queued" … ; "" for OWED_NEW. */
const char *owed_state_name (OwedState state);
gboolean owed_is_final (OwedState state);

typedef struct {
  char *job;          /* subject of its facts: press_job_name() */
  char *name;         /* job-name at CUPS and at the printer: that and the time of issue, so that a rehearsal's job under the same name is not taken for it */
  char *reference;
  guint serial;
  gint64 seq;         /* of the `badge-issued` fact */
  OwedState state;
  char *queue;        /* that it was sent to; "" before */
  gint number;        /* CUPS job-id, 0 if not known */
  char *reason;       /* of the last fact */
} Owed;
void owed_free (Owed *owed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Owed, owed_free)

/* The first badge still owed that was issued after own fact @after; NULL without @error: none. @after is moved to where the next search may begin. */
Owed *owed_next (Journal *journal, gint64 *after, GError **error);

/* @good: the badge still opens doors. One that was replaced or made void meanwhile is not worth a sheet. */
gboolean owed_is_good (Journal *journal, const Owed *owed, gboolean *good, GError **error);
/* Writes that @owed is now @state, durably, and notes it in @owed. @queue, @reason: "" for none. */
gboolean owed_record (Journal *journal, Owed *owed, OwedState state, const char *queue, gint number, const char *reason, GError **error);
