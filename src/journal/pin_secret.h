/* pin_secret.h: the secret with which volunteers' PINs are hashed (desk/volunteer.h). A PIN
 * has five digits, so whoever holds its hash finds it in hours; whoever holds a copy of the
 * facts alone, in a backup of the log, a file to be merged, or on a gate's disk, finds
 * nothing without this.
 *
 * It is a local value: no fact, and in no snapshot. Who adds the first volunteer at the hub
 * makes it; the hub tells it to stations that have a desk, with each pull, and to no gate.
 * There it lies in the replica, and is sealed as the volume is. Hashes name theirs, so an
 * earlier one is kept beside.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

#define PIN_SECRET_ID_CHARS 8

/* The one that new hashes are made with; made where this replica is the root, or knows
 * none. NULL without @error where the hub has not told it yet. Free with g_free(). */
char *pin_secret_current (Journal *journal, GError **error);
/* What the hub tells stations; NULL without @error for none. Free with g_free(). */
char *pin_secret_told (Journal *journal, GError **error);
/* The hub has told it. */
gboolean pin_secret_keep (Journal *journal, const char *secret, GError **error);
/* This replica has become a gate's: none is known here any more. */
gboolean pin_secret_forget (Journal *journal, GError **error);
/* Which one it is: PIN_SECRET_ID_CHARS hex digits. Free with g_free(). */
char *pin_secret_id (const char *secret);
/* The one of that @id; NULL without @error where it is not known. Free with g_free(). */
char *pin_secret_of_id (Journal *journal, const char *id, GError **error);
