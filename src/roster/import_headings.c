#include "roster/import_headings.h"

#include "core/text.h"
#include "roster/cells.h"
#include "roster/heading_map.h"
#include "roster/known_list.h"
#include "roster/list.h"

#include <string.h>

#define EXAMPLE_ROWS 1000 /* that are looked at for a value */

static void heading_free (gpointer data)
{
  ImportHeading *heading = data;
  g_free (heading->heading);
  g_free (heading->example);
  g_free (heading);
}

gboolean import_headings_may_mean (const Programme *programme, const char *meaning)
{
  ListColumnsKnown known = { .programme = programme };
  g_autofree char *clean = text_clean (meaning);
  return *clean == '\0' || list_columns_knows (clean, &known);
}

/* The first value below column @column; NULL if there is none. */
static char *find_example (List *list, guint column, GError **error)
{
  CsvRow row;
  if (!list_rewind (list, error))
    return NULL;
  for (guint i = 0; i < EXAMPLE_ROWS && list_next (list, &row, NULL); i++) {
    g_autofree char *text = text_clean (column < row.count ? row.fields[column] : "");
    if (*text != '\0')
      return import_fault_shown (text);
  }
  return NULL;
}

static gboolean collect (List *list, const ListColumnsKnown *known, GPtrArray *unknown,
                         GError **error)
{
  const char *const *headings = list_headings (list);
  for (guint i = 0; headings[i] != NULL; i++) {
    g_autoptr (GError) failed = NULL;
    if (*headings[i] == '\0' || list_columns_knows (headings[i], (gpointer) (guintptr) known)
        || list_columns_said (known, headings[i]) != NULL)
      continue;
    char *example = find_example (list, i, &failed);
    if (failed != NULL) {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
    if (example == NULL)
      continue;
    ImportHeading *heading = g_new0 (ImportHeading, 1);
    *heading = (ImportHeading){ g_strdup (headings[i]), example };
    g_ptr_array_add (unknown, heading);
  }
  return TRUE;
}

GPtrArray *import_headings_unknown (Journal *journal, const char *path,
                                    const ImportOptions *options, GError **error)
{
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (heading_free);
  g_autofree char *name = options->list != NULL ? g_strdup (options->list) : known_list_name (path);
  g_autoptr (Programme) programme = programme_read (journal, error);
  g_autoptr (HeadingMap) remembered
      = programme != NULL ? heading_map_load (journal, name, error) : NULL;
  if (remembered == NULL)
    return NULL;
  ListColumnsKnown known = { programme, options->map, remembered };
  const ListOptions how = {
    .knows = list_columns_knows, .data = &known, .hint = "", .sheet = options->sheet, .guess = TRUE
  };
  g_autoptr (List) list = list_open (path, &how, error);
  return list != NULL && collect (list, &known, unknown, error) ? g_steal_pointer (&unknown) : NULL;
}
