/* shared_sheet.h: what hubs with one log share beside facts (shared_log.h): rows of a
 * few tables, as JSON. Only journal/ includes this. Threads: as the Journal. Blocks
 * on disk. */
#pragma once

#include "journal/log_engine.h"

/* The sheet of signatures that came after their facts; its keys are the facts'
 * numbers. */
#define SHARED_SHEET_SIGNATURE "signature"

/* From now on this connection notes which rows it changes. Outside a transaction. */
gboolean shared_sheet_watch (Journal *journal, GError **error);
/* Forgets what was noted. */
gboolean shared_sheet_clear (Journal *journal, GError **error);
/* What was changed since: LogChange with versions after @version, and the numbers of
 * facts that were erased (gint64); of facts, up to @number alone. */
GPtrArray *shared_sheet_changes (Journal *journal, gint64 version, gint64 number, GError **error);
GArray *shared_sheet_erased (Journal *journal, gint64 number, GError **error);
/* Notes all there is, as if it had been changed just now. */
gboolean shared_sheet_touch_all (Journal *journal, GError **error);
/* The same for the row that @change is about. */
gboolean shared_sheet_touch (Journal *journal, const LogChange *change, GError **error);
/* The signature that a change of SHARED_SHEET_SIGNATURE brings, in base64. */
char *shared_sheet_signature (const LogChange *change, GError **error);
/* Writes a change of another hub. */
gboolean shared_sheet_apply (Journal *journal, const LogChange *change, GError **error);
