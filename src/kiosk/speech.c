#include "kiosk/speech.h"

#include <speech-dispatcher/libspeechd.h>

typedef struct {
  char *text; /* NULL ends the thread */
  gboolean chinese, first;
} Saying;

struct _Speech {
  GAsyncQueue *sayings;
  GThread *thread;
};

static void saying_free (Saying *saying)
{
  g_free (saying->text);
  g_free (saying);
}

static void say (SPDConnection *connection, const Saying *saying)
{
  if (saying->first)
    spd_cancel (connection);
  spd_set_language (connection, saying->chinese ? "zh" : "fr");
  spd_say (connection, SPD_TEXT, saying->text);
}

static gpointer run (gpointer data)
{
  Speech *speech = data;
  SPDConnection *connection = NULL;

  for (;;) {
    Saying *saying = g_async_queue_pop (speech->sayings);
    gboolean ends = saying->text == NULL;
    /* Asked for the first time, or the daemon has ended meanwhile. */
    if (!ends && connection == NULL)
      connection = spd_open ("accueil", "kiosk", NULL, SPD_MODE_SINGLE);
    if (!ends && connection != NULL)
      say (connection, saying);
    saying_free (saying);
    if (ends)
      break;
  }
  if (connection != NULL)
    spd_close (connection);
  return NULL;
}

Speech *speech_new (void)
{
  Speech *speech = g_new0 (Speech, 1);

  speech->sayings = g_async_queue_new_full ((GDestroyNotify) saying_free);
  speech->thread = g_thread_new ("speech", run, speech);
  return speech;
}

void speech_free (Speech *speech)
{
  if (speech == NULL)
    return;
  g_async_queue_push_front (speech->sayings, g_new0 (Saying, 1));
  g_thread_join (speech->thread);
  g_async_queue_unref (speech->sayings);
  g_free (speech);
}

void speech_say (Speech *speech, const char *text, gboolean chinese, gboolean first)
{
  Saying *saying = g_new0 (Saying, 1);

  saying->text = g_strdup (text);
  saying->chinese = chinese;
  saying->first = first;
  g_async_queue_push (speech->sayings, saying);
}
