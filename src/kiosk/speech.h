/* speech.h: says texts aloud in French and Chinese, through speech-dispatcher where
 * that is there.
 *
 * It speaks the daemon's own protocol over GIO (SSIP, its manual:
 * https://htmlpreview.github.io/?https://github.com/brailcom/speechd/blob/master/doc/ssip.html,
 * or `info ssip`), not by libspeechd: that one waits for as long as a daemon does not
 * answer, ends the whole program at an answer it cannot read, and closes the
 * descriptor of a lost connection twice, when it may be another thread's file by
 * then.
 *
 * The daemon is looked for where libspeechd looks for it ($SPEECHD_ADDRESS, else
 * $XDG_RUNTIME_DIR/speech-dispatcher/speechd.sock), when something is to be said and
 * not before, and started where nobody answers. One that has ended, or that does not
 * answer within SPEECH_WAIT_MS, is given up and looked for again at the next text.
 * Nothing is kept of what was said.
 *
 * Must not know: what is on the screen. Threads: that of the default main context,
 * where the answers come. Nothing blocks. */
#pragma once

#include <glib.h>

#define SPEECH_WAIT_MS 4000
#define SPEECH_TEXT_MAX 4000 /* characters of one text; the rest is not said */

typedef struct {
  const char *language; /* "fr" */
  const char *text;     /* of any lines; "" is not said */
} SpeechText;

typedef struct _Speech Speech;

/* @told is called once for each speech_say(), unless another speech_say() or
 * speech_hush() comes first: TRUE when the daemon has taken the texts, FALSE with @why
 * (for a technician) when there is no voice. @volume: in hundredths. */
Speech *speech_new (guint volume, void (*told) (gboolean said, const char *why, gpointer data),
                    gpointer data);
void speech_free (Speech *speech); /* NULL-safe */
/* One after the other, and nothing of what was being said. */
void speech_say (Speech *speech, const SpeechText *texts, guint count);
/* Falls silent, and forgets what was still to be said. */
void speech_hush (Speech *speech);
