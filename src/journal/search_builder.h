/* search_builder.h: the index of names (delegate_search) of a replica that is filled with
 * a whole congress, made by a thread of its own meanwhile: at the commit alone it takes
 * two fifths of what a new station waits for.
 *
 *     search_builder_start (journal, …); journal_begin (journal, …);
 *     for each batch: journal_receive_from_hub (…); search_builder_take (journal, …);
 *     search_builder_end (journal); journal_commit (journal, …);
 *
 * The thread has texts alone, and a file of its own beside the replica, which has no name
 * any more; the commit brings in what it has made (search_builder_finish()), and a
 * rollback throws it away. Where there is no builder all functions do nothing, and the
 * commit makes the index.
 * Threads: as the Journal. search_builder_take() waits where the thread is far behind.
 * Errors: JOURNAL_ERROR_IO, _SQL. */
#pragma once

#include "journal/store.h"

#define SEARCH_BUILDER_FROM 2000 /* facts; fewer are not worth a thread */

typedef struct _SearchBuilder SearchBuilder; /* the Journal's */

/* Outside a transaction; does nothing where there are delegates already. */
gboolean search_builder_start (Journal *journal, GError **error);
/* Those who were registered, or changed, since it was last called. */
gboolean search_builder_take (Journal *journal, GError **error);
/* No more are taken: the thread makes its index one part. */
void search_builder_end (Journal *journal);

/* For journal.c: before a commit; instead of a commit. */
gboolean search_builder_finish (Journal *journal, GError **error);
void search_builder_drop (Journal *journal);
