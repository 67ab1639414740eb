#include "roster/cell_text.h"

#include "core/text.h"
#include "roster/characters.h"

#include <string.h>

gboolean cell_text_is_name (Field field)
{
  return field == FIELD_FAMILY || field == FIELD_GIVEN || field == FIELD_FULL_NAME
         || field == FIELD_NAME_ZH;
}

gboolean cell_text_is_code (Field field)
{
  return field == FIELD_REFERENCE || field == FIELD_EMAIL || field == FIELD_CODE
         || field == FIELD_TELEPHONE;
}

gboolean cell_text_is_free (Field field)
{
  switch (field) {
  case FIELD_TITLE:
  case FIELD_FAMILY:
  case FIELD_GIVEN:
  case FIELD_FULL_NAME:
  case FIELD_NAME_ZH:
  case FIELD_FUNCTION:
  case FIELD_FUNCTION_FR:
  case FIELD_FUNCTION_ZH:
  case FIELD_ORGANISATION:
  case FIELD_ORGANISATION_FR:
  case FIELD_ORGANISATION_ZH:
  case FIELD_CATEGORY:
  case FIELD_DELEGATION:
  case FIELD_COUNTRY:
  case FIELD_EMAIL:
  case FIELD_TELEPHONE:
  case FIELD_WORKSHOPS:
  case FIELD_ROLE:
  case FIELD_HOTEL:
  case FIELD_MESSAGE:
  case FIELD_RANK:
  case FIELD_LANGUAGE:
  case FIELD_CODE:
  case FIELD_RIBBONS:
    return TRUE;
  default:
    return FALSE;
  }
}

/* “1 234 567” */
static gboolean is_grouped (const char *text)
{
  gsize group = strspn (text, "0123456789");
  const char *p = text + group;
  if (group == 0 || group > 3 || *p == '\0')
    return FALSE;
  for (; *p == ' ' && strspn (p + 1, "0123456789") == 3; p += 4)
    ;
  return *p == '\0';
}

static char *without_spaces (char *text)
{
  char *to = text;
  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ')
      *to++ = *p;
  *to = '\0';
  return text;
}

/* ="0012" and '0012 are how programs keep Excel from taking a text for a number; “1 234”
 * is how it shows one. */
static char *without_guards (char *text, Field field)
{
  gsize length = strlen (text);
  if (g_str_has_prefix (text, "=\"") && length > 3 && strchr (text + 2, '"') == text + length - 1) {
    text[length - 1] = '\0';
    memmove (text, text + 2, length - 2);
  } else if (*text == '\'' && cell_text_is_code (field) && g_ascii_isalnum (text[1]))
    memmove (text, text + 1, length);
  return field == FIELD_REFERENCE && is_grouped (text) ? without_spaces (text) : text;
}

char *cell_text_clean (const char *raw, Field field)
{
  g_autofree char *clean = text_clean (raw);
  g_autofree char *right = cell_text_is_code (field) ? characters_put_right_code (clean)
                                                     : characters_put_right (clean);
  char *text = strcmp (right, clean) == 0 ? g_steal_pointer (&right) : text_clean (right);
  return without_guards (text, field);
}
