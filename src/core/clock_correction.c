#include "core/clock_correction.h"

#include <string.h>
#include <time.h>

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

/* "" where the kernel does not tell; then no two boots are the same. */
static const char *this_boot (void)
{
  static gsize once;
  static char boot[sizeof ((ClockCorrection *) NULL)->boot];

  if (g_once_init_enter (&once)) {
    g_autofree char *text = NULL;

    if (g_file_get_contents (BOOT_ID, &text, NULL, NULL))
      g_strlcpy (boot, g_strstrip (text), sizeof boot);
    g_once_init_leave (&once, 1);
  }
  return boot;
}

static gint64 since_boot_ms (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

ClockCorrection clock_correction_new (gint64 offset_ms, gint64 wall_ms)
{
  ClockCorrection correction
      = { .offset_ms = offset_ms, .wall_ms = wall_ms, .boot_ms = since_boot_ms () };

  g_strlcpy (correction.boot, this_boot (), sizeof correction.boot);
  return correction;
}

char *clock_correction_text (const ClockCorrection *correction)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                          correction->offset_ms, correction->wall_ms, correction->boot_ms,
                          correction->boot);
}

ClockCorrection clock_correction_parse (const char *text)
{
  ClockCorrection correction = { 0 };
  gint64 *const numbers[] = { &correction.offset_ms, &correction.wall_ms, &correction.boot_ms };
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);

  if (g_strv_length (parts) != G_N_ELEMENTS (numbers) + 1)
    return correction;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!g_ascii_string_to_signed (parts[i], 10, -(G_MAXINT64 >> 17), G_MAXINT64 >> 17, numbers[i],
                                   NULL))
      return (ClockCorrection){ 0 };
  g_strlcpy (correction.boot, parts[G_N_ELEMENTS (numbers)], sizeof correction.boot);
  return correction;
}

gint64 clock_correction_at (const ClockCorrection *correction, gint64 wall_ms, const char *boot,
                            gint64 boot_ms)
{
  gint64 offset_ms = correction->offset_ms;

  if (*boot != '\0' && strcmp (boot, correction->boot) == 0)
    offset_ms -= (wall_ms - correction->wall_ms) - (boot_ms - correction->boot_ms);
  return ABS (offset_ms) < CLOCK_CORRECTION_LEAST_MS ? 0 : offset_ms;
}

gint64 clock_correction_now (const ClockCorrection *correction, gint64 wall_ms)
{
  if (correction->wall_ms == 0)
    return 0;
  return clock_correction_at (correction, wall_ms, this_boot (), since_boot_ms ());
}
