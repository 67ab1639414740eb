#include "vocabulary/diet.h"

#include <string.h>

static const struct {
  const char *name, *text;
} ROWS[] = {
  { "vegetarian", NC_ ("diet", "vegetarian") },
  { "vegan", NC_ ("diet", "vegan") },
  { "halal", NC_ ("diet", "halal") },
  { "kosher", NC_ ("diet", "kosher") },
  { "no-pork", NC_ ("diet", "without pork") },
  { "gluten-free", NC_ ("diet", "without gluten") },
  { "lactose-free", NC_ ("diet", "without lactose") },
  { "nuts", NC_ ("diet", "allergic to nuts") },
  { "seafood", NC_ ("diet", "without seafood") },
};

Pair diet_wording (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (strcmp (ROWS[i].name, name) == 0)
      return words_pair_in ("diet", ROWS[i].text);
  return (Pair){ name, name };
}

gboolean diet_is_known (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (strcmp (ROWS[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

char *diet_names (void)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", ROWS[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}
