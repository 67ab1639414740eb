#include "roster/roll.h"

#include <string.h>

struct _Roll {
  GStringChunk *texts;
  GArray *entries;    /* RollEntry */
  GHashTable *by_key; /* key → number of the entry + 1 */
};

/* What those that are alike have in common. */
static char *key_of (const char *reference)
{
  g_autoptr (GString) key = g_string_new (NULL);
  for (const char *at = reference; *at != '\0';) {
    if (!g_ascii_isdigit (*at)) {
      g_string_append_c (key, g_ascii_tolower (*at++));
      continue;
    }
    while (*at == '0' && g_ascii_isdigit (at[1]))
      at++;
    while (g_ascii_isdigit (*at))
      g_string_append_c (key, *at++);
  }
  /* "12.0", which is the number 12 in a spreadsheet; of "12.00" the zeros are one by
   * now. */
  if (g_str_has_suffix (key->str, ".0") && key->len > 2
      && strspn (key->str, "0123456789") == key->len - 2)
    g_string_truncate (key, key->len - 2);
  return g_strdup (key->str);
}

Roll *roll_new (void)
{
  Roll *roll = g_new0 (Roll, 1);
  roll->texts = g_string_chunk_new (64 * 1024);
  roll->entries = g_array_new (FALSE, FALSE, sizeof (RollEntry));
  roll->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  return roll;
}

void roll_free (Roll *roll)
{
  if (roll == NULL)
    return;
  g_hash_table_unref (roll->by_key);
  g_array_unref (roll->entries);
  g_string_chunk_free (roll->texts);
  g_free (roll);
}

static RollEntry *find (const Roll *roll, const char *key)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (roll->by_key, key));
  return number > 0 ? &g_array_index (roll->entries, RollEntry, number - 1) : NULL;
}

const RollEntry *roll_find (const Roll *roll, const char *reference)
{
  g_autofree char *key = key_of (reference);
  return find (roll, key);
}

const RollEntry *roll_add (Roll *roll, const char *reference, guint file, guint line)
{
  g_autofree char *key = key_of (reference);
  RollEntry *known = find (roll, key);
  if (known != NULL) {
    known->several |= strcmp (known->reference, reference) != 0;
    return known;
  }
  RollEntry entry = { g_string_chunk_insert (roll->texts, reference), file, line, FALSE };
  g_array_append_val (roll->entries, entry);
  g_hash_table_insert (roll->by_key,
                       strcmp (key, reference) == 0 ? (gpointer) (guintptr) entry.reference
                                                    : g_string_chunk_insert (roll->texts, key),
                       GUINT_TO_POINTER (roll->entries->len));
  return NULL;
}
