/* merge.h: what a row of a list changes about a person who is registered.
 *
 * A cell that says what its list last said of the person changes nothing, whoever has
 * said otherwise since: another list, or a person at a desk. A cell that says something
 * new is a change. Where a person has corrected the same field since, both stand against
 * each other: that is a conflict, and nothing is taken until somebody decides it.
 *
 * 1. merge_previous(): the person as this list last had her; her row is read over it.
 * 2. merge_new(): compares. 3. merge_decide() for each conflict, or not.
 * 4. merge_body(): the registration to be written.
 *
 * Threads: a Merge is used by one thread at a time. Nothing here blocks or fails.  */
#pragma once

#include "roster/correction.h"

typedef struct _Merge Merge;

/* What is known of a person before a list is read. */
typedef struct {
  const Delegate *now;          /* as she is registered */
  const Delegate *listed;       /* without what persons have corrected; @now where nothing is */
  const GPtrArray *corrections; /* Correction; NULL for none */
  const GPtrArray *lists;       /* KnownList: those there are */
} MergeBasis;

typedef enum {
  MERGE_KEEP,   /* hers stays; what the list says is shown again next time (undecided) */
  MERGE_SETTLE, /* hers stays, and the list's word has been seen */
  MERGE_TAKE,   /* the list's */
} MergeDecision;

typedef struct {
  const DelegateField *field;
  char *listed;    /* what the list says now */
  char *corrected; /* what the person says, with … */
  char *volunteer; /* … her name … */
  gint64 at_ms;    /* … and when */
} MergeConflict;

/* Free with delegate_free(). */
Delegate *merge_previous (const MergeBasis *basis, const char *list);
/* @row: as the list has the person now; its fields that equal @previous say nothing new.
 * @list: the list's name. Keeps copies, but for the basis's
 * `lists`, which must outlive it. */
Merge *merge_new (const MergeBasis *basis, const char *list, const Delegate *previous,
                  const Delegate *row);
void merge_free (Merge *merge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Merge, merge_free)

guint merge_conflicts (const Merge *merge);
const MergeConflict *merge_conflict (const Merge *merge, guint index);
void merge_decide (Merge *merge, guint index, MergeDecision decision);

/* The person as she will be registered; lives as long as @merge, until the next
 * decision. */
const Delegate *merge_result (Merge *merge);
/* The body of the registration to be written, NULL if there is nothing to write. Free
 * with g_free(). */
char *merge_body (Merge *merge);
