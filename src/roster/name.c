#include "roster/name.h"

#include "core/text.h"

#include <string.h>

static void replace (char **place, char *by)
{
  g_free (*place);
  *place = by;
}

static gboolean is_capitals (const char *word)
{
  g_autofree char *up = g_utf8_strup (word, -1), *down = g_utf8_strdown (word, -1);
  return strcmp (word, up) == 0 && strcmp (up, down) != 0 && g_utf8_strlen (word, -1) > 1;
}

static void append_word (GString *words, const char *word)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", word);
}

gboolean name_split_latin (const char *name, char **family, char **given)
{
  *family = *given = NULL;
  g_auto (GStrv) halves = g_strsplit (name, ",", 2);
  if (halves[0] != NULL && halves[1] != NULL) {
    *family = text_clean (halves[0]);
    *given = text_clean (halves[1]);
    return TRUE;
  }
  g_auto (GStrv) words = g_strsplit (name, " ", -1);
  g_autoptr (GString) capitals = g_string_new (NULL);
  g_autoptr (GString) others = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++)
    append_word (is_capitals (words[i]) ? capitals : others, words[i]);
  if (capitals->len == 0 || others->len == 0)
    return FALSE;
  *family = g_strdup (capitals->str);
  *given = g_strdup (others->str);
  return TRUE;
}

void name_take_hanzi (char **family, char **given, char **name_zh)
{
  gboolean both = text_has_han (*given);
  if (!text_has_han (*family) && !(both && **family == '\0'))
    return;
  if (**name_zh == '\0')
    replace (name_zh, g_strconcat (*family, both ? *given : "", NULL));
  replace (family, g_strdup (""));
  if (both)
    replace (given, g_strdup (""));
}

void name_take_latin (char **family, char **given, char **name_zh)
{
  char *first, *second;
  if (**name_zh == '\0' || text_has_han (*name_zh) || **family != '\0' || **given != '\0')
    return;
  if (name_split_latin (*name_zh, &first, &second)) {
    replace (family, first);
    replace (given, second);
  } else
    replace (family, g_strdup (*name_zh));
  replace (name_zh, g_strdup (""));
}
