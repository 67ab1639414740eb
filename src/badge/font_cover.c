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
