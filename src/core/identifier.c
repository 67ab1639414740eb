#include "core/identifier.h"

#include <string.h>

static gboolean is_made_of (const char *text, gsize max, const char *others, gboolean upper)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > max)
    return FALSE;
  for (const char *p = text; *p; p++)
    if (!g_ascii_isdigit (*p) && !g_ascii_islower (*p) && !(upper && g_ascii_isupper (*p))
        && strchr (others, *p) == NULL)
      return FALSE;
  return TRUE;
}

gboolean identifier_is_station (const char *text)
{
  return is_made_of (text, STATION_NAME_MAX, "-", FALSE) && text[0] != '-';
}

gboolean identifier_is_reference (const char *text)
{
  return is_made_of (text, REFERENCE_MAX, "-_./", TRUE);
}

gboolean identifier_is_valid (const char *text)
{
  return is_made_of (text, IDENTIFIER_MAX, "-_.", TRUE);
}
