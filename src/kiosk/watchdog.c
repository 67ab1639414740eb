#include "kiosk/watchdog.h"

#include <systemd/sd-daemon.h>

#define SIGNS 4
#define LEAST_MS 10

struct _Watchdog {
  guint timer; /* 0 where nobody waits for signs */
};

static gboolean on_time (gpointer data)
{
  sd_notify (FALSE, "WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

/* How often a sign is due; 0 for never. */
static guint interval_ms (void)
{
  const char *text = g_getenv ("WATCHDOG_USEC");
  guint64 allowed_us = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &allowed_us, NULL))
    return 0;
  return (guint) CLAMP (allowed_us / 1000 / SIGNS, LEAST_MS, G_MAXINT);
}

Watchdog *watchdog_start (void)
{
  Watchdog *watchdog = g_new0 (Watchdog, 1);
  guint interval = interval_ms ();

  sd_notify (FALSE, "READY=1\nWATCHDOG=1");
  if (interval > 0)
    watchdog->timer = g_timeout_add_full (G_PRIORITY_LOW, interval, on_time, NULL, NULL);
  return watchdog;
}

void watchdog_stop (Watchdog *watchdog)
{
  if (watchdog == NULL)
    return;
  g_clear_handle_id (&watchdog->timer, g_source_remove);
  sd_notify (FALSE, "STOPPING=1");
  g_free (watchdog);
}
