#include "badge/font_cover.h"

#include <fontconfig/fontconfig.h>
#include <pango/pango.h>

gboolean font_cover_has (gunichar character)
{
  const FcFontSet *fonts = FcConfigGetFonts (NULL, FcSetSystem);
  if (pango_is_zero_width (character))
    return TRUE;
  for (int i = 0; fonts != NULL && i < fonts->nfont; i++) {
    FcCharSet *characters = NULL;
    if (FcPatternGetCharSet (fonts->fonts[i], FC_CHARSET, 0, &characters) == FcResultMatch
        && FcCharSetHasChar (characters, character))
      return TRUE;
  }
  return FALSE;
}

gunichar font_cover_lacks (const char *text)
{
  for (const char *at = text; *at != '\0'; at += g_utf8_skip[(guchar) *at]) {
    gunichar character = g_utf8_get_char (at);
    if (!g_unichar_isspace (character) && !font_cover_has (character))
      return character;
  }
  return 0;
}
