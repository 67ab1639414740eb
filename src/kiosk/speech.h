/* speech.h: says a text aloud in French or Chinese, through speech-dispatcher where that is available.
 *
 * Connecting starts a daemon and may take a second, so it happens in a thread of its own; until then, and without speech-dispatcher, nothing is said.
 * Threads: one. Only speech_free() blocks, until that thread has ended.  */
#pragma once

#include <glib.h>

typedef struct _Speech Speech;

Speech *speech_new (void);
void speech_free (Speech *speech); /* NULL-safe */
/* @first ends what is being said; otherwise it follows. */
void speech_say (Speech *speech, const char *text, gboolean chinese, gboolean first);
