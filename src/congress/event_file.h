/* event_file.h: the INI file (GKeyFile syntax) that describes the congress: events, days,
 * categories, delegations, sessions, checkpoints. See assets/demo/congress.ini, whose
 * comments explain every key.
 *
 * Loading compares with what the replica knows: only definitions that differ become
 * facts; what the file no longer has is marked removed. All or nothing.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "congress/definition.h"
#include "journal/journal.h"

#define EVENT_FILE_BYTES_MAX (4 * 1024 * 1024)

/* @look may be NULL. */
gboolean event_file_load (Journal *journal, const char *path, const DefinitionLook *look,
                          DefinitionSummary *summary, GError **error);
