#include "kiosk/venue_time.h"

char *venue_time_format (const Programme *programme, gint64 ms, const char *format)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (programme->timezone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) there
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  GDateTime *shown = there != NULL ? there : utc;
  return shown != NULL ? g_date_time_format (shown, format) : g_strdup ("");
}
