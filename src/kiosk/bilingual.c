#include "kiosk/bilingual.h"

#include "core/catalogue.h"

#include <string.h>

/* Opened once for the life of the program, and only read from then on. */
static Catalogue *french, *chinese;

gboolean bilingual_start (const char *directory, GError **error)
{
  if (french == NULL)
    french = catalogue_open (directory, "fr", error);
  if (french != NULL && chinese == NULL)
    chinese = catalogue_open (directory, "zh_CN", error);
  return french != NULL && chinese != NULL;
}

static const char *find (const Catalogue *catalogue, const char *text)
{
  const char *found
      = catalogue != NULL && text[0] != '\0' ? catalogue_find (catalogue, text) : NULL;

  return found != NULL ? found : text;
}

Wording bilingual (const char *text)
{
  return (Wording){ find (french, text), find (chinese, text) };
}

char *bilingual_line (const char *text)
{
  Wording wording = bilingual (text);

  return g_strdup_printf ("%s · %s", wording.fr, wording.zh);
}

static char *fill (const char *text, const char *word)
{
  const char *hole = strstr (text, "%s");

  return hole != NULL ? g_strdup_printf ("%.*s%s%s", (int) (hole - text), text, word, hole + 2)
                      : g_strdup (text);
}

void bilingual_with (const char *text, const char *fr, const char *zh, char **said_fr,
                     char **said_zh)
{
  Wording wording = bilingual (text);

  *said_fr = fill (wording.fr, fr);
  *said_zh = fill (wording.zh, zh);
}
