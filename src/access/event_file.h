/* event_file.h: the INI file (GKeyFile syntax) that describes the congress: events, days, categories, delegations, sessions, checkpoints. See assets/demo/congress.ini, whose comments
 * explain every key.
 *
 * Loading compares with what the replica knows: only definitions that differ become facts; what the file no longer has is marked removed. All or nothing.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

#define EVENT_FILE_BYTES_MAX (4 * 1024 * 1024)

#define EVENT_FILE_ERROR event_file_error_quark ()
GQuark event_file_error_quark (void);
typedef enum {
  EVENT_FILE_ERROR_READ,    /* missing, directory, too large, not UTF-8 */
  EVENT_FILE_ERROR_CONTENT, /* every fault: file, line, section, key and reason, a line each; at most INI_FAULTS_MAX are listed */
} EventFileError;

typedef struct {
  guint events, days, categories, delegations, sessions, checkpoints; /* in the file */
  guint facts;   /* written */
  guint removed; /* of these: definitions the file no longer has */
} EventFileSummary;

gboolean event_file_load (Journal *journal, const char *path, EventFileSummary *summary, GError **error);
