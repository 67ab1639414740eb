/* search_record.h: what the desk's page shows of a search, read from the replica in one
 * go.
 *
 * Must not know: GTK. Ownership: all belongs to the record. Threads: immutable once
 * read; reading is as the Journal and blocks on disk. */
#pragma once

#include "kiosk/person_standing.h"

/* Whom a search found. */
typedef struct {
  GPtrArray *people; /* PersonStanding: found, the best first; then near */
  guint near;        /* how many at the end only come near what was typed */
  guint total;       /* how many are found in all; DELEGATE_SEARCH_COUNT_MAX: or more */
} SearchRecord;

SearchRecord *search_record_read (Journal *journal, const Programme *programme, const char *typed,
                                  guint limit, GError **error);
void search_record_free (SearchRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SearchRecord, search_record_free)
