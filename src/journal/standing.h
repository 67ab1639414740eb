/* standing.h: what the root has said of a station, as this replica knows it, and the
 * judging of facts by it (authority.h, fact_form.h).
 *
 * A fact is judged when it arrives, and again when the root says something that changes
 * the answer: so the order of arrival does not matter. What does not count is a row of
 * `apart`. Only journal/ includes this.
 * Threads: as the connection. Blocks on disk.  */
#pragma once

#include "journal/journal_error.h"
#include "journal/standing_statements.h"

#include <glib.h>
#include <sqlite3.h>

/* Fills @standing, which must be zeroed before its first use. */
gboolean standing_read (sqlite3 *db, StandingStatements *statements, const char *station,
                        Standing *standing, GError **error);
void standing_clear (Standing *standing);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Standing, standing_clear)
Role standing_role (const Standing *standing, gint64 seq);
/* NULL if the fact counts, else why it does not; free with g_free(). */
char *standing_fault (const Standing *standing, gint64 seq, const char *kind, const char *subject,
                      const char *body);
/* Keeps the fact apart: before it is inserted. */
gboolean standing_set_apart (sqlite3 *db, StandingStatements *statements, const char *station,
                             gint64 seq, const char *why, GError **error);

/* Judges all facts of @station (NULL: of all) again; inside a transaction. What counts
 * now is fed to the projections. *@rebuild is set where one that was fed does not count
 * any more, so that they must be filled anew. */
gboolean standing_judge_again (sqlite3 *db, const char *station, gboolean *rebuild, GError **error);
/* A signature of @station has come that covers facts kept apart for want of one: they are
 * judged anew. @counted, which may be NULL: their numbers (gint64) are added. */
gboolean standing_judge_signed (sqlite3 *db, const char *station, gint64 upto, GArray *counted,
                                GError **error);
/* Fills `apart` and feeds all facts that count to empty projections, first what the root
 * has said of stations. */
gboolean standing_feed_all (sqlite3 *db, GError **error);
