#include "roster/known_list.h"

#include "journal/query.h"

#include <string.h>

static const char ALL[] = "SELECT name, fields FROM list ORDER BY name";

static void known_list_free (gpointer data)
{
  g_free (((KnownList *) data)->name);
  g_free (data);
}

static guint64 fields_of_json (const char *json)
{
  guint count;
  guint64 mask = 0;
  const DelegateField *fields = delegate_fields (&count);
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  JsonValue *array = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; i < json_in_length (array); i++)
    for (guint f = 0; f < count; f++)
      if (g_strcmp0 (json_in_element_string (array, i), fields[f].name) == 0)
        mask |= G_GUINT64_CONSTANT (1) << f;
  return mask;
}

GPtrArray *known_list_all (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (known_list_free);
  Query *query = journal_query (journal, ALL, error);
  if (query == NULL)
    return NULL;
  while (query_next (query)) {
    KnownList *list = g_new0 (KnownList, 1);
    list->name = g_strdup (query_text (query, 0));
    list->fields = fields_of_json (query_text (query, 1));
    g_ptr_array_add (lists, list);
  }
  return query_end (query, error) ? g_steal_pointer (&lists) : NULL;
}

const KnownList *known_list_find (const GPtrArray *lists, const char *name)
{
  for (guint i = 0; i < lists->len; i++) {
    const KnownList *list = g_ptr_array_index (lists, i);
    if (strcmp (list->name, name) == 0)
      return list;
  }
  return NULL;
}

gboolean known_list_append (Journal *journal, const char *name, guint64 fields, GError **error)
{
  guint count;
  const DelegateField *all = delegate_fields (&count);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_begin_array (out, "fields");
  for (guint i = 0; i < count; i++)
    if ((fields & G_GUINT64_CONSTANT (1) << i) != 0)
      json_out_string (out, NULL, all[i].name);
  json_out_end_array (out);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "list", name, body, NULL, error);
}

/* Names ------------------------------------------------------------------------------ */

/* Cuts one addition off the end of @name; FALSE if there is none. */
static gboolean cut_addition (char *name)
{
  static GRegex *additions;
  if (g_once_init_enter (&additions)) {
    GRegex *made = g_regex_new ("(?:\\s*[(（]\\d{1,3}[)）]"
                                "|[\\s_-]+v\\d{1,3}"
                                "|[\\s_-]*\\d{4}[-_.]?\\d{2}[-_.]?\\d{2}(?:[T\\s_-]*\\d{4,6})?"
                                "|[\\s_-]*\\d{2}[-_.]\\d{2}[-_.]\\d{4}"
                                "|[\\s_-]+(?:copie|copy|final|finale|副本|最终版|最新))$",
                                G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&additions, made);
  }
  g_autoptr (GMatchInfo) match = NULL;
  gint start = 0;
  if (!g_regex_match (additions, name, 0, &match)
      || !g_match_info_fetch_pos (match, 0, &start, NULL) || start == 0)
    return FALSE;
  name[start] = '\0';
  return TRUE;
}

char *known_list_name (const char *path)
{
  char *name = g_filename_display_basename (path);
  char *dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  while (cut_addition (name))
    ;
  return name;
}
