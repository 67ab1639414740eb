#include "core/collate.h"

#include "core/pinyin.h"
#include "core/text.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

/* They sort before and after all else (UTS 35). */
#define FIRST "\xef\xbf\xbe"
#define LAST "\xef\xbf\xbf"

static UCollator *collator (void)
{
  static gsize once;
  static UCollator *opened;

  if (g_once_init_enter (&once)) {
    UErrorCode status = U_ZERO_ERROR;
    opened = ucol_open ("fr", &status);
    if (U_FAILURE (status))
      g_error ("ICU has no French collation: %s", u_errorName (status));
    g_once_init_leave (&once, 1);
  }
  return opened;
}

static char *latin_key (const char *text)
{
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  gsize room = strlen (text) + 1;
  g_autofree UChar *wide = g_new (UChar, room);

  u_strFromUTF8WithSub (wide, (int32_t) room, &length, text, -1, 0xfffd, NULL, &status);
  int32_t need = ucol_getSortKey (collator (), wide, length, NULL, 0);
  guint8 *key = g_malloc ((gsize) need);
  ucol_getSortKey (collator (), wide, length, key, need);
  return (char *) key;
}

static char *key_of_two (const char *first, const char *second)
{
  g_autofree char *both = g_strconcat (first, FIRST, second, NULL);
  return latin_key (both);
}

char *collate_key (const char *text)
{
  if (!text_has_han (text))
    return latin_key (text);
  g_auto (GStrv) syllables = pinyin_syllables (text);
  g_autofree char *read = g_strjoinv (FIRST, syllables), *last = g_strconcat (LAST, read, NULL);
  return key_of_two (last, text);
}

static const char *without_particle (const char *family)
{
  static const char *const PARTICLES[] = { "de ", "d'", "d’" };

  for (guint i = 0; i < G_N_ELEMENTS (PARTICLES); i++)
    if (g_str_has_prefix (family, PARTICLES[i]) && family[strlen (PARTICLES[i])] != '\0')
      return family + strlen (PARTICLES[i]);
  return family;
}

char *collate_name_fr (const char *family, const char *given)
{
  return *family != '\0' ? key_of_two (without_particle (family), given) : latin_key (given);
}

char *collate_name_zh (const char *name_zh, const char *family, const char *given)
{
  if (!text_has_han (name_zh))
    return collate_name_fr (family, given);
  g_auto (GStrv) syllables = pinyin_name_syllables (name_zh);
  g_autofree char *read = g_strjoinv (FIRST, syllables);
  return key_of_two (read, name_zh);
}
