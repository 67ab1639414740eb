#include "congress/opening.h"

#include "congress/definition.h"
#include "core/json.h"

/* 0 for what is no time, which no event file gets past its reader. */
static gint minutes_of (const char *clock)
{
  return clock != NULL ? MAX (definition_minutes (clock, EVENT_LATEST_MINUTE), 0) : 0;
}

GArray *opening_read (const GPtrArray *days, const char *json)
{
  GArray *openings = g_array_new (FALSE, FALSE, sizeof (Opening));
  g_autoptr (JsonIn) in = json_in_parse (json, -1, NULL);
  JsonValue *array = in != NULL ? json_in_root (in) : NULL;
  for (guint i = 0; array != NULL && i < json_in_length (array); i++) {
    JsonValue *open = json_in_element (array, i);
    const char *date = days_date_of (days, json_in_string (open, "day"));
    Opening opening = { date != NULL ? date : "", minutes_of (json_in_string (open, "from")),
                        minutes_of (json_in_string (open, "to")) };
    g_array_append_val (openings, opening);
  }
  return openings;
}
