/* sound.h: short sounds for yes, for attention, and at a gate for no. Where the machine
 * has no sound they are silent.
 * Threads: GTK's. Playing never blocks: the media backend does it in threads of its own.
 * sound_free() waits for a sound card that takes nothing.  */
#pragma once

#include <glib.h>

typedef struct _Sounds Sounds;

typedef enum { SOUND_YES, SOUND_ATTENTION, SOUND_NO, SOUND_COUNT } Sound;

/* @assets: folder with yes.wav, attention.wav and no.wav in sounds/. @volume: in
 * hundredths. */
Sounds *sound_new (const char *assets, guint volume);
void sound_free (Sounds *sounds); /* NULL-safe */
void sound_play (Sounds *sounds, Sound sound);
