#include "core/country.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define NAME_UNITS 128

char *country_name (const char *code, const char *language)
{
  if (strlen (code) != 2 || !g_ascii_isalpha (code[0]) || !g_ascii_isalpha (code[1]))
    return g_strdup (code);
  char locale[] = { 'u', 'n', 'd', '_', code[0], code[1], '\0' };
  UChar name[NAME_UNITS];
  char text[3 * NAME_UNITS];
  int32_t length = 0, bytes = 0;
  UErrorCode status = U_ZERO_ERROR;
  length = uloc_getDisplayCountry (locale, language, name, NAME_UNITS, &status);
  if (status != U_ZERO_ERROR
      || length <= 0) /* a warning, too: the name fell back to the code or another language */
    return g_strdup (code);
  u_strToUTF8 (text, sizeof text, &bytes, name, length, &status);
  return U_FAILURE (status) ? g_strdup (code) : g_strndup (text, (gsize) bytes);
}
