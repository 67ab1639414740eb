#include "congress/days.h"

#include "core/json.h"
#include "journal/query.h"

#include <string.h>

static const char DAYS[] = "SELECT days FROM congress WHERE id = 'congress'";

static void day_free (gpointer data)
{
  Day *day = data;
  g_free (day->label);
  g_free (day->date);
  g_free (day);
}

GPtrArray *days_read (const char *json)
{
  GPtrArray *days = g_ptr_array_new_with_free_func (day_free);
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  JsonValue *array = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; array != NULL && i < json_in_length (array); i++) {
    JsonValue *value = json_in_element (array, i);
    const char *label = json_in_string (value, "label"), *date = json_in_string (value, "date");
    if (label == NULL || date == NULL)
      continue;
    Day *day = g_new0 (Day, 1);
    day->label = g_strdup (label);
    day->date = g_strdup (date);
    g_ptr_array_add (days, day);
  }
  return days;
}

GPtrArray *days_load (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, DAYS, error);
  if (query == NULL)
    return NULL;
  g_autoptr (GPtrArray) days = days_read (query_next (query) ? query_text (query, 0) : "[]");
  return query_end (query, error) ? g_steal_pointer (&days) : NULL;
}

const char *days_date_of (const GPtrArray *days, const char *label)
{
  for (guint i = 0; label != NULL && i < days->len; i++) {
    const Day *day = g_ptr_array_index (days, i);
    if (strcmp (day->label, label) == 0)
      return day->date;
  }
  return NULL;
}
