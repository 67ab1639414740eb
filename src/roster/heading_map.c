#include "roster/heading_map.h"

#include "core/json.h"
#include "core/text.h"

#include <string.h>

#define LOCAL "heading-map:"

typedef struct {
  char *heading, *meaning;
} Entry;

struct _HeadingMap {
  GHashTable *entries; /* key of the heading → Entry */
};

static void entry_free (gpointer data)
{
  Entry *entry = data;
  g_free (entry->heading);
  g_free (entry->meaning);
  g_free (entry);
}

HeadingMap *heading_map_new (void)
{
  HeadingMap *map = g_new0 (HeadingMap, 1);
  map->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return map;
}

void heading_map_free (HeadingMap *map)
{
  if (map == NULL)
    return;
  g_hash_table_unref (map->entries);
  g_free (map);
}

static char *key_of (const char *heading)
{
  char *folded = text_fold (heading);
  if (*folded != '\0')
    return folded;
  g_free (folded);
  return text_clean (heading);
}

gboolean heading_map_add (HeadingMap *map, const char *heading, const char *meaning)
{
  g_autofree char *key = key_of (heading);
  if (g_hash_table_size (map->entries) >= HEADING_MAP_MAX
      && !g_hash_table_contains (map->entries, key))
    return FALSE;
  Entry *entry = g_new0 (Entry, 1);
  *entry = (Entry){ text_clean (heading), text_clean (meaning) };
  g_hash_table_insert (map->entries, g_steal_pointer (&key), entry);
  return TRUE;
}

const char *heading_map_find (const HeadingMap *map, const char *heading)
{
  if (map == NULL || *heading == '\0')
    return NULL;
  g_autofree char *key = key_of (heading);
  const Entry *entry = g_hash_table_lookup (map->entries, key);
  return entry != NULL ? entry->meaning : NULL;
}

static int by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **heading_map_headings (const HeadingMap *map)
{
  GPtrArray *headings = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer entry;
  g_hash_table_iter_init (&iter, map->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_ptr_array_add (headings, g_strdup (((const Entry *) entry)->heading));
  g_ptr_array_sort (headings, by_text);
  g_ptr_array_add (headings, NULL);
  return (char **) g_ptr_array_free (headings, FALSE);
}

gboolean heading_map_equal (const HeadingMap *a, const HeadingMap *b)
{
  g_auto (GStrv) headings = heading_map_headings (a);
  if (g_hash_table_size (a->entries) != g_hash_table_size (b->entries))
    return FALSE;
  for (guint i = 0; headings[i] != NULL; i++)
    if (g_strcmp0 (heading_map_find (a, headings[i]), heading_map_find (b, headings[i])) != 0)
      return FALSE;
  return TRUE;
}

/* Remembered ------------------------------------------------------------------------- */

HeadingMap *heading_map_load (Journal *journal, const char *list, GError **error)
{
  g_autoptr (HeadingMap) map = heading_map_new ();
  g_autofree char *name = g_strconcat (LOCAL, list, NULL), *text = NULL;
  if (!journal_read_local (journal, name, &text, error))
    return NULL;
  g_autoptr (JsonIn) in = text != NULL ? json_in_parse (text, -1, NULL) : NULL;
  JsonValue *object = in != NULL ? json_in_root (in) : NULL;
  g_auto (GStrv) headings = object != NULL ? json_in_keys (object) : NULL;
  for (guint i = 0; headings != NULL && headings[i] != NULL; i++) {
    const char *meaning = json_in_string (object, headings[i]);
    if (meaning != NULL)
      heading_map_add (map, headings[i], meaning);
  }
  return g_steal_pointer (&map);
}

gboolean heading_map_save (Journal *journal, const char *list, const HeadingMap *map,
                           GError **error)
{
  g_autofree char *name = g_strconcat (LOCAL, list, NULL);
  g_auto (GStrv) headings = heading_map_headings (map);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  for (guint i = 0; headings[i] != NULL; i++)
    json_out_string (out, headings[i], heading_map_find (map, headings[i]));
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  return journal_set_local (journal, name, text, error);
}
