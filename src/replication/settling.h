/* settling.h: a hub that was restored from an older copy, until it has back what it
 * had written since.
 *
 * Under its own name nobody else may write, so the first fact that it wrote now would
 * make two histories, if a station holds what it has lost. While the local value
 * JOURNAL_LOCAL_SETTLING stands, the journal of the root therefore refuses its own
 * facts (JOURNAL_ERROR_SETTLING). It is taken away when every station that this copy
 * knows to be enrolled has been heard, and knows no more of the hub than the hub
 * does; or by a person (accueil-hub settle), where one is lost for good, or where
 * none is known.
 *
 * Threads: settling_hear() may be called by any; the others as the Journal. Opening
 * and ending block on disk. */
#pragma once

#include "journal/journal.h"

typedef struct _Settling Settling;

/* *@settling stays NULL where the hub has nothing to wait for. */
gboolean settling_open (Journal *journal, Settling **settling, GError **error);
void settling_free (Settling *settling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settling, settling_free)

/* @station has heard of the hub's own facts up to @heard, which reach to @seq here.
 * TRUE if it was the last one that was waited for: then settling_end() is due.
 * @settling may be NULL. */
gboolean settling_hear (Settling *settling, const char *station, gint64 heard, gint64 seq);
/* How many are still waited for. */
guint settling_awaited (Settling *settling);
/* The hub may write again. @settling may be NULL. */
gboolean settling_end (Journal *journal, Settling *settling, GError **error);
