#include "camera/code_presence.h"

#include <string.h>

typedef struct {
  char *text; /* NULL: free */
  gint64 unseen_us;
} Seen;

struct _CodePresence {
  gint64 gone_us, last_us;
  Seen seen[CODE_PRESENCE_CODES_MAX];
};

CodePresence *code_presence_new (guint gone_ms)
{
  CodePresence *sighting = g_new0 (CodePresence, 1);

  sighting->gone_us = (gint64) gone_ms * 1000;
  return sighting;
}

void code_presence_free (CodePresence *sighting)
{
  if (sighting == NULL)
    return;
  for (guint i = 0; i < CODE_PRESENCE_CODES_MAX; i++)
    g_free (sighting->seen[i].text);
  g_free (sighting);
}

void code_presence_picture (CodePresence *sighting, gint64 at_us)
{
  gint64 step = sighting->last_us == 0
                    ? 0
                    : CLAMP (at_us - sighting->last_us, 0, CODE_PRESENCE_STEP_MS * 1000);

  sighting->last_us = at_us;
  for (guint i = 0; i < CODE_PRESENCE_CODES_MAX; i++) {
    Seen *seen = &sighting->seen[i];
    seen->unseen_us += step;
    if (seen->text != NULL && seen->unseen_us >= sighting->gone_us)
      g_clear_pointer (&seen->text, g_free);
  }
}

gboolean code_presence_has (const CodePresence *sighting, const char *text)
{
  for (guint i = 0; i < CODE_PRESENCE_CODES_MAX; i++)
    if (g_strcmp0 (sighting->seen[i].text, text) == 0)
      return TRUE;
  return FALSE;
}

gboolean code_presence_is_new (CodePresence *sighting, const char *text)
{
  Seen *place = &sighting->seen[0];

  for (guint i = 0; i < CODE_PRESENCE_CODES_MAX; i++) {
    Seen *seen = &sighting->seen[i];
    if (seen->text != NULL && strcmp (seen->text, text) == 0) {
      seen->unseen_us = 0;
      return FALSE;
    }
    if (place->text != NULL && (seen->text == NULL || seen->unseen_us > place->unseen_us))
      place = seen;
  }
  g_free (place->text);
  *place = (Seen){ .text = g_strdup (text) };
  return TRUE;
}
