#include "core/clock.h"

#define COUNTER_BITS 16

static gint64 system_now_ms (gpointer data)
{
  return g_get_real_time () / 1000;
}

Clock clock_system (void)
{
  return (Clock){ .now_ms = system_now_ms, .machine = TRUE };
}

static gint64 shifted_now_ms (gpointer data)
{
  return g_get_real_time () / 1000 + (gint64) GPOINTER_TO_SIZE (data);
}

gboolean clock_shifted (const char *iso, Clock *clock)
{
  g_autoptr (GDateTime) time = iso != NULL ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;

  if (time == NULL)
    return FALSE;
  clock->now_ms = shifted_now_ms;
  clock->machine = FALSE; /* what a rehearsal says is meant */
  clock->data
      = GSIZE_TO_POINTER ((gsize) (g_date_time_to_unix (time) * 1000 - g_get_real_time () / 1000));
  return TRUE;
}

gint64 clock_now_ms (const Clock *clock)
{
  return clock->now_ms (clock->data);
}

HybridTime clock_hybrid_from_ms (gint64 ms)
{
  return ms << COUNTER_BITS;
}

gint64 clock_hybrid_ms (HybridTime at)
{
  return at >> COUNTER_BITS;
}

HybridTime clock_hybrid_next (HybridTime last, gint64 now_ms)
{
  HybridTime now = clock_hybrid_from_ms (MAX (now_ms, 0));

  if (now > last)
    return now;
  /* Somebody may have written the last time there is: from then on names and numbers
   * alone tell the order, but everybody can go on writing. */
  return last < G_MAXINT64 ? last + 1 : last;
}
