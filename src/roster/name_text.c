#include "roster/name_text.h"

void name_text_replace (char **place, char *by)
{
  g_free (*place);
  *place = by;
}

/* @text behind what @place holds. */
void name_text_append (char **place, const char *text)
{
  if (*text != '\0')
    name_text_replace (place, g_strconcat (*place, **place != '\0' ? " " : "", text, NULL));
}

/* @count words as one text. */
char *name_text_join (char *const *words, guint count)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[i]);
  return g_strdup (text->str);
}
