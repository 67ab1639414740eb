#include "kiosk/sound.h"

#include <gtk/gtk.h>

static const char *const FILES[SOUND_COUNT] = { "yes.wav", "attention.wav", "no.wav" };

struct _Sounds {
  GtkMediaStream *streams[SOUND_COUNT];
};

Sounds *sound_new (const char *assets, guint volume)
{
  Sounds *sounds = g_new0 (Sounds, 1);

  for (guint i = 0; i < SOUND_COUNT; i++) {
    g_autofree char *path = g_build_filename (assets, "sounds", FILES[i], NULL);
    sounds->streams[i] = gtk_media_file_new_for_filename (path);
    gtk_media_stream_set_volume (sounds->streams[i], volume / 100.0);
  }
  return sounds;
}

void sound_free (Sounds *sounds)
{
  if (sounds == NULL)
    return;
  for (guint i = 0; i < SOUND_COUNT; i++)
    g_object_unref (sounds->streams[i]);
  g_free (sounds);
}

void sound_play (Sounds *sounds, Sound sound)
{
  GtkMediaStream *stream = sounds->streams[sound];

  if (gtk_media_stream_get_error (stream) != NULL)
    return;
  if (gtk_media_stream_get_playing (stream) || gtk_media_stream_get_ended (stream))
    gtk_media_stream_seek (stream, 0);
  gtk_media_stream_play (stream);
}
