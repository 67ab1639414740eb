/* screen_sign.h: what organisers write on a station: how people call it, and what the
 * team says on its screen to whoever stands there. Facts, so that a station that is
 * cut off keeps them.
 *
 * Each has a text in both languages of the congress; one may be empty, then the other
 * stands alone. Both empty takes it back. Threads: as the Journal. Blocks on disk. */
#pragma once

#include "vocabulary/desk_verdict.h"
#include "journal/journal.h"

#define SCREEN_SIGN_NAME_MAX 40     /* characters */
#define SCREEN_SIGN_MESSAGE_MAX 120 /* two lines of a kiosk's screen */

/* DESK_NOTED, DESK_ALREADY, or as desk.h: @volunteer must not be empty. */
gboolean screen_sign_name (Journal *journal, const char *station, Pair name, const char *volunteer,
                           DeskResult *result, GError **error);
gboolean screen_sign_message (Journal *journal, const char *station, Pair message,
                              const char *volunteer, DeskResult *result, GError **error);

/* Names of all stations that have one: id → OwnedPair *; free with
 * g_hash_table_unref(). */
GHashTable *screen_sign_names (Journal *journal, GError **error);
/* What stands there; empty texts for nothing. */
gboolean screen_sign_read_message (Journal *journal, const char *station, OwnedPair *message,
                                   GError **error);
