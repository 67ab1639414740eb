/* settling.h: a hub that is an older copy of itself, until it has back what it had
 * written since: `accueil-hub restore` says that it is, or a station proves it with the
 * hub's own signed word (restore.h), where somebody has put the file back by hand.
 *
 * Under its own name nobody else may write, so the first fact that it wrote now would
 * make two histories, if a station holds what it has lost. While the local value
 * JOURNAL_LOCAL_SETTLING stands, the journal of the root therefore refuses its own
 * facts (JOURNAL_ERROR_SETTLING). It is taken away when every station that this copy
 * knows to be enrolled has been heard, and knows no more of the hub than the hub
 * does; or by a person (accueil-hub settle), where one is lost for good, where none is
 * known, or where one calls that this copy does not know: it was enrolled later.
 *
 * Threads: settling_hear() may be called by any; the others as the Journal. Opening
 * and ending block on disk. */
#pragma once

#include "journal/journal.h"

typedef struct _Settling Settling;

Settling *settling_open (Journal *journal, GError **error);
void settling_free (Settling *settling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settling, settling_free)

/* Whether there is anything to wait for. @settling may be NULL, as below. */
gboolean settling_is_on (Settling *settling);
/* From now on, if the hub's own facts once reached to @seq and do not: FALSE with
 * @error if that cannot be written. No effect with a log elsewhere, which has them. */
gboolean settling_begin (Journal *journal, Settling *settling, gint64 seq, GError **error);
/* Somebody calls under this name with a token that this copy does not know: TRUE if
 * that is news, and the hub waits for a person now. Not for who is known here. */
gboolean settling_meet (Settling *settling, Journal *journal, const char *station);
/* @station has heard of the hub's own facts up to @heard, which reach to @seq here.
 * TRUE if it was the last one that was waited for: then settling_end() is due. */
gboolean settling_hear (Settling *settling, const char *station, gint64 heard, gint64 seq);
/* How many are still waited for. */
guint settling_awaited (Settling *settling);
/* The hub may write again. */
gboolean settling_end (Journal *journal, Settling *settling, GError **error);

/* Two histories of the hub's own name: this copy was written to before it knew that it
 * was older. Noted for doctor: how far the other one reaches. */
gboolean settling_note_fork (Journal *journal, gint64 seq, GError **error);
#define SETTLING_LOCAL_FORK "hub-fork"
