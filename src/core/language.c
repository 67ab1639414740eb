#include "core/language.h"

#include <unicode/uloc.h>

#define NAME_UNITS 128

char *language_name (const char *language, const char *in)
{
  UChar name[NAME_UNITS];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = uloc_getDisplayLanguage (language, in, name, NAME_UNITS, &status);
  g_autofree char *text = status == U_ZERO_ERROR && length > 0
                              ? g_utf16_to_utf8 ((const gunichar2 *) name, length, NULL, NULL, NULL)
                              : NULL;

  if (text == NULL || *text == '\0')
    return g_strdup (language);
  return g_steal_pointer (&text);
}
