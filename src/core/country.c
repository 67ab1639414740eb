#include "core/country.h"

#include "core/text.h"

#include <pthread.h>
#include <string.h>
#include <unicode/uldnames.h>
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

static GHashTable *names; /* folded → code */

static void add_name (const ULocaleDisplayNames *language, const char *code)
{
  UChar name[NAME_UNITS];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = uldn_regionDisplayName (language, code, name, NAME_UNITS, &status);
  if (U_FAILURE (status) || length <= 0 || length >= NAME_UNITS)
    return;
  g_autofree char *text = g_utf16_to_utf8 ((const gunichar2 *) name, length, NULL, NULL, NULL);
  g_autofree char *folded = text != NULL ? text_fold (text) : g_strdup ("");
  if (*folded != '\0' && !g_hash_table_contains (names, folded))
    g_hash_table_insert (names, g_steal_pointer (&folded), (gpointer) (guintptr) code);
}

/* FRA, CHN. */
static void add_three_letters (const char *code)
{
  char locale[] = { 'u', 'n', 'd', '_', code[0], code[1], '\0' };
  g_autofree char *three = g_ascii_strdown (uloc_getISO3Country (locale), -1);
  if (*three != '\0' && !g_hash_table_contains (names, three))
    g_hash_table_insert (names, g_steal_pointer (&three), (gpointer) (guintptr) code);
}

static void read_names (void)
{
  static const char *const LANGUAGES[] = { "fr", "en", "zh_Hans", "zh_Hant" };
  static const UDisplayContext LENGTHS[] = { UDISPCTX_LENGTH_FULL, UDISPCTX_LENGTH_SHORT };
  const char *const *codes = uloc_getISOCountries ();
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize l = 0; l < G_N_ELEMENTS (LANGUAGES); l++)
    for (gsize k = 0; k < G_N_ELEMENTS (LENGTHS); k++) {
      UErrorCode status = U_ZERO_ERROR;
      UDisplayContext context = LENGTHS[k];
      ULocaleDisplayNames *language = uldn_openForContext (LANGUAGES[l], &context, 1, &status);
      for (const char *const *code = codes; U_SUCCESS (status) && *code != NULL; code++)
        if (strlen (*code) == 2)
          add_name (language, *code);
      uldn_close (language);
    }
  for (const char *const *code = codes; *code != NULL; code++)
    if (strlen (*code) == 2)
      add_three_letters (*code);
}

const char *country_of_name (const char *name)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once (&once, read_names);
  g_autofree char *folded = text_fold (name);
  return g_hash_table_lookup (names, folded);
}
