#include "api/scope_words.h"

#include <string.h>

static gboolean take (const char *const *words, const char *word, guint *scopes)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0) {
      *scopes |= 1u << i;
      return TRUE;
    }
  return FALSE;
}

char *scope_words_read (const char *const *words, const char *text, guint *scopes)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);
  *scopes = 0;
  for (char **part = parts; *part != NULL; part++)
    if (!take (words, g_strstrip (*part), scopes))
      return g_strdup (*part);
  return NULL;
}

char *scope_words_write (const char *const *words, guint scopes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++)
    if (scopes & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", words[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
