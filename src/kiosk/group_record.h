/* group_record.h: what the desk's page shows of a delegation, read from the replica in
 * one go.
 *
 * Must not know: GTK. Ownership: all belongs to the record. Threads: immutable once read;
 * reading is as the Journal and blocks on disk.  */
#pragma once

#include "kiosk/person_standing.h"

typedef struct {
  Guest *leader;      /* by whom it was found */
  GPtrArray *members; /* PersonStanding, the leader first */
} GroupRecord;

/* NULL without @error: nobody is registered as @reference, or she has no delegation. */
GroupRecord *group_record_read (Journal *journal, const Programme *programme, const char *reference,
                                GError **error);
void group_record_free (GroupRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GroupRecord, group_record_free)
