#include "congress/definition.h"

#include <string.h>

G_DEFINE_QUARK (definition - error - quark, definition_error)

void definition_free (Definition *definition)
{
  if (definition == NULL)
    return;
  g_free (definition->kind);
  g_free (definition->id);
  g_free (definition->body);
  g_free (definition);
}

gint definition_minutes (const char *text, gint latest)
{
  gsize hour_digits = strspn (text, "0123456789");
  if (hour_digits < 1 || hour_digits > 2 || text[hour_digits] != ':'
      || strspn (text + hour_digits + 1, "0123456789") != 2 || text[hour_digits + 3] != '\0')
    return -1;
  gint hours = (gint) g_ascii_strtoll (text, NULL, 10),
       minutes = (gint) g_ascii_strtoll (text + hour_digits + 1, NULL, 10);
  gint result = hours * 60 + minutes;
  return minutes < 60 && result <= latest ? result : -1;
}
