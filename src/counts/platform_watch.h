/* platform_watch.h: from 15 minutes before a session until its end: who of its platform
 * has not been seen, by side.
 *
 * Not seen: the last passage of the day at the entrances was a way out, or there is none
 * (cast.h). Of a guest marked for protocol the role is said, not the name.
 * Threads: as the Journal. Blocks on disk; reads people only while a session is near. */
#pragma once

#include "congress/programme.h"
#include "core/words.h"

typedef struct {
  char *session;
  OwnedPair title;  /* « A1 · L’eau · 14:00 · Salle 1 » */
  OwnedPair missed; /* « France : Anne Morel, Yann Le Goff · Chine : Li Wei » */
} PlatformWatch;

/* PlatformWatch of every session of which somebody is missed at @now_ms; free with
 * g_ptr_array_unref(). */
GPtrArray *platform_watch_read (Journal *journal, const Programme *programme, gint64 now_ms,
                                GError **error);
