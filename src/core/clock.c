#include "core/clock.h"

#define COUNTER_BITS 16

static gint64 system_now_ms (gpointer data)
{
  return g_get_real_time () / 1000;
}

Clock clock_system (void)
{
  return (Clock) { .now_ms = system_now_ms, .data = NULL };
}

gint64 clock_now_ms (const Clock *clock)
{
  return clock->now_ms (clock->data);
}

HybridTime hybrid_from_ms (gint64 ms)
{
  return ms << COUNTER_BITS;
}

gint64 hybrid_ms (HybridTime at)
{
  return at >> COUNTER_BITS;
}

HybridTime hybrid_next (HybridTime last, gint64 now_ms)
{
  HybridTime now = hybrid_from_ms (MAX (now_ms, 0));

  return now > last ? now : last + 1;
}
