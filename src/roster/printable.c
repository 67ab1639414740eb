#include "roster/printable.h"

#include "core/text.h"

gunichar printable_fault (const char *text, PrintableCan can, gconstpointer data)
{
  for (const char *p = text; *p != '\0'; p = text_next (p)) {
    gunichar character = g_utf8_get_char (p);
    if (!g_unichar_isspace (character) && !can (character, data))
      return character;
  }
  return 0;
}

static gboolean append_part (GString *offer, gunichar part, PrintableCan can, gconstpointer data)
{
  gboolean shown = g_unichar_isspace (part) || can (part, data);
  if (shown)
    g_string_append_unichar (offer, part);
  return shown || !g_unichar_isalnum (part);
}

/* Appends what can be shown of @character: a letter without its last mark, without all
 * of them, or in the parts that it is the same as. FALSE if a letter is lost. */
static gboolean append_parts (GString *offer, gunichar character, PrintableCan can,
                              gconstpointer data)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH], rest;
  while (!can (character, data) && g_unichar_decompose (character, &character, &rest))
    ;
  if (can (character, data))
    return append_part (offer, character, can, data);
  gsize count
      = g_unichar_fully_decompose (character, TRUE, parts, G_UNICHAR_MAX_DECOMPOSITION_LENGTH);
  for (gsize i = 0; i < count; i++)
    if (!append_part (offer, parts[i], can, data))
      return FALSE;
  return TRUE;
}

char *printable_offer (const char *text, PrintableCan can, gconstpointer data)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autoptr (GString) offer = g_string_new (NULL);
  for (const char *p = composed; p != NULL && *p != '\0'; p = text_next (p)) {
    gunichar character = g_utf8_get_char (p);
    if (g_unichar_isspace (character) || can (character, data))
      g_string_append_unichar (offer, character);
    else if (!append_parts (offer, character, can, data))
      return NULL;
  }
  g_autofree char *whole = g_utf8_normalize (offer->str, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  char *clean = text_clean (whole);
  if (*clean != '\0')
    return clean;
  g_free (clean);
  return NULL;
}
