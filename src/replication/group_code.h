/* group_code.h: one enrolment code for many machines: so many stations, whatever their
 * names, until a moment.
 *
 * A value that all hubs of a log share (JOURNAL_LOCAL_GROUP and its name): the secret's
 * hash, how many are left, the end, the role. A new code under the same name voids the
 * one before.
 * Threads: as the Journal. Blocks on disk, and on the log where that is shared. */
#pragma once

#include "journal/authority.h"
#include "journal/journal.h"

#define JOURNAL_LOCAL_GROUP "enrolment-group:"

#define GROUP_CODE_COUNT_MAX 500
#define GROUP_CODE_LONGEST_MS (7 * 24 * 60 * 60 * 1000LL)

#define GROUP_CODE_ERROR group_code_error_quark ()
GQuark group_code_error_quark (void);
typedef enum {
  GROUP_CODE_ERROR_NAME,  /* no name that a group can have */
  GROUP_CODE_ERROR_COUNT, /* not 1 to GROUP_CODE_COUNT_MAX */
  GROUP_CODE_ERROR_END,   /* over already, or later than GROUP_CODE_LONGEST_MS from now */
} GroupCodeError;

/* Its secret; free with g_free(). */
char *group_code_make (Journal *journal, const char *group, gint64 count, gint64 until_ms,
                       Role role, GError **error);
/* *@good: the secret is the group's, and there is one left. */
gboolean group_code_check (Journal *journal, const char *group, const char *secret, gboolean *good,
                           GError **error);
/* In a transaction, after group_code_check(): one less, and the role of whoever gets
 * it. */
gboolean group_code_spend (Journal *journal, const char *group, Role *role, GError **error);
