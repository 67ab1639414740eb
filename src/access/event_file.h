/* event_file.h: the INI file (GKeyFile syntax) that describes the congress: events, days, categories, sessions, checkpoints. See assets/demo/congress.ini, whose comments explain every key.
 *
 * Loading compares with what the replica knows: only definitions that differ become facts; what the file no longer has is marked removed. All or nothing.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

#define EVENT_FILE_BYTES_MAX (4 * 1024 * 1024)

#define EVENT_FILE_ERROR event_file_error_quark ()
GQuark event_file_error_quark (void);
typedef enum {
  EVENT_FILE_ERROR_READ,    /* missing, directory, too large, not UTF-8, not INI */
  EVENT_FILE_ERROR_CONTENT, /* every fault: file, section, key and reason, a line each */
} EventFileError;

typedef struct {
  guint events, days, categories, sessions, checkpoints; /* in the file */
  guint facts;                                            /* written */
} EventFileSummary;

gboolean event_file_load (Journal *journal, const char *path, EventFileSummary *summary, GError **error);
