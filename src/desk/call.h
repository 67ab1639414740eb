/* call.h: somebody at this station asks for the team: a fact, so that every desk sees it
 * (alert.h) once it has arrived.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

/* A second touch within this time is the same call. */
#define CALL_AGAIN_MS 60000

/* Durable when it returns TRUE. @checkpoint: where. */
gboolean call_team (Journal *journal, const char *checkpoint, GError **error);
