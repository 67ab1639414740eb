#include "badge/condition.h"

#include <string.h>

#define SPACES " \t\r\n"

static gboolean has_all (const char *words, const char *const *traits)
{
  g_auto (GStrv) all = g_strsplit (words, "+", -1);
  for (guint i = 0; all[i] != NULL; i++)
    if (traits == NULL || !g_strv_contains (traits, all[i]))
      return FALSE;
  return TRUE;
}

gboolean condition_holds (const char *condition, const char *const *traits)
{
  g_auto (GStrv) any = g_strsplit_set (condition, SPACES, -1);
  for (guint i = 0; any[i] != NULL; i++)
    if (any[i][0] && has_all (any[i], traits))
      return TRUE;
  return FALSE;
}

static gboolean is_known (const char *word)
{
  static const char *const kinds[] = { "category:",    "role:",   "event:",   "day:",
                                       "entitlement:", "ribbon:", "country:", "script:" };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (word, kinds[i]) && word[strlen (kinds[i])])
      return TRUE;
  return strcmp (word, "proof") == 0;
}

char *condition_unknown_word (const char *condition)
{
  g_auto (GStrv) words = g_strsplit_set (condition, SPACES "+", -1);
  gboolean any = FALSE;
  for (guint i = 0; words[i] != NULL; i++) {
    if (words[i][0] && !is_known (words[i]))
      return g_strdup (words[i]);
    any |= words[i][0] != '\0';
  }
  return any ? NULL : g_strdup ("");
}
