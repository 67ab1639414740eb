/* desk_step.h: one piece of a volunteer's work as one transaction: what the desk's files
 * and alert.c share. Only they include this; the manual is desk.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"
#include "journal/query.h"
#include "vocabulary/desk_verdict.h"
#include "credential/issue.h"
#include "roster/delegate.h"

/* What a step is to do: of it, each sets and reads what it needs. */
typedef struct {
  const char *reference, *job, *text;
  guint seen;
  gboolean printed, reprint;
  gconstpointer form; /* what was filled in: a DeskCorrection, a DeskWalkIn */
  IssueWhy why;       /* its `volunteer` and `text` are set while the step runs */
} DeskWork;

/* Reads, decides, appends; in a transaction, which is committed if the verdict is a
 * success. FALSE: @error. */
typedef gboolean (*DeskStep) (Journal *journal, DeskWork *work, DeskResult *result, GError **error);
gboolean desk_step (Journal *journal, DeskStep step, DeskWork *work, const char *volunteer,
                    DeskResult *result, GError **error);

/* The name of the delegate of whom @query has family, given, name_zh, country and
 * protocol from @column on; "" for a guest who arrives quietly. Free with g_free(). */
char *desk_name_of (Query *query, int column);
/* Sets the verdict; TRUE, for the end of a step. */
gboolean desk_end (DeskResult *result, DeskVerdict verdict);
/* The person who is registered as @reference; with *@delegate NULL the verdict is set. */
gboolean desk_find_person (Journal *journal, const char *reference, Delegate **delegate,
                           DeskResult *result, GError **error);
/* Issues another badge, if the person is registered. */
gboolean desk_issue (Journal *journal, const char *reference, const IssueWhy *why,
                     DeskResult *result, GError **error);
/* Writes what has changed of @before; where the work asks for it, with another badge for
 * one that is good and does not say so yet. */
gboolean desk_amend (Journal *journal, const Delegate *before, const Delegate *delegate,
                     DeskWork *work, DeskResult *result, GError **error);
