/* code_presence.h: tells a code that has come into the picture from one that is still
 * there.
 *
 * A code is new when it has not been seen for gone_ms of looking: time in which no
 * picture was looked at does not count, so that a camera that stops for a moment makes
 * nobody scan twice.
 *
 * Threads: a CodePresence belongs to one thread. Nothing here blocks.  */
#pragma once

#include <glib.h>

#define CODE_PRESENCE_CODES_MAX                                                                    \
  16 /* known at a time; beyond that, the one not seen for longest is forgotten */
#define CODE_PRESENCE_STEP_MS 500 /* no time between two pictures counts for more */

typedef struct _CodePresence CodePresence;
CodePresence *code_presence_new (guint gone_ms);
void code_presence_free (CodePresence *sighting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CodePresence, code_presence_free)

/* A picture was looked at, at @at_us; its codes follow. */
void code_presence_picture (CodePresence *sighting, gint64 at_us);
/* TRUE if @text was in a picture just before; changes nothing. */
gboolean code_presence_has (const CodePresence *sighting, const char *text);
/* TRUE if @text was not in the picture just before. */
gboolean code_presence_is_new (CodePresence *sighting, const char *text);
