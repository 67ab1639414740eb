#include "core/checkup_line.h"

#include "core/text.h"

#include <sys/statvfs.h>

#define TOPIC_COLUMNS 22 /* “clé des convocations” and a gap */
#define DISK_LOW_MB 1024
#define DISK_FULL_MB 100

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

gboolean checkup_line_disk (const char *path, CheckupState *state, guint64 *free_mb)
{
  struct statvfs info;

  if (statvfs (path, &info) != 0)
    return FALSE;
  *free_mb = (guint64) info.f_bavail * info.f_frsize / (1024 * 1024);
  *state = *free_mb < DISK_FULL_MB  ? CHECKUP_BAD
           : *free_mb < DISK_LOW_MB ? CHECKUP_CAUTION
                                    : CHECKUP_GOOD;
  return TRUE;
}
