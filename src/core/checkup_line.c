#include "core/checkup_line.h"

#include "core/text.h"

#define TOPIC_COLUMNS 22 /* “clé des convocations” and a gap */

char *checkup_line_make (CheckupState state, const char *topic, const char *remedy,
                         const char *text)
{
  static const char *const MARKS[] = { "✓", "!", "✗" };
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "%s %s%*s%s\n", MARKS[state], topic,
                          MAX (1, TOPIC_COLUMNS - text_columns (topic)), "", text);
  if (remedy != NULL)
    g_string_append_printf (line, "  %*s→ %s\n", TOPIC_COLUMNS, "", remedy);
  return g_string_free (line, FALSE);
}

char *checkup_line_add (CheckupTally *tally, CheckupState state, const char *topic,
                        const char *remedy, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  tally->cautions += state == CHECKUP_CAUTION ? 1 : 0;
  tally->faults += state == CHECKUP_BAD ? 1 : 0;
  return checkup_line_make (state, topic, remedy, text);
}
