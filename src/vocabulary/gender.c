#include "vocabulary/gender.h"

#include "core/text.h"

Gender gender_of_title (const char *title)
{
  static const char *const WOMEN[] = { "mme",  "mlle", "madame", "mademoiselle", "mrs",  "ms",
                                       "miss", "女士", "小姐",   "太太",         "夫人", NULL };
  static const char *const MEN[] = { "m", "mr", "monsieur", "mister", "先生", NULL };
  g_autofree char *folded = text_fold (title);
  g_strdelimit (folded, ".", ' ');
  g_strstrip (folded);
  if (g_strv_contains (WOMEN, folded))
    return GENDER_WOMAN;
  return g_strv_contains (MEN, folded) ? GENDER_MAN : GENDER_UNKNOWN;
}
