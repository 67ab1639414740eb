#include "spool/printer_health.h"

/* What a person at the printer can see to. */
#define SEEN_TO                                                                                    \
  (PRINTER_REASON_BIT (PRINTER_REASON_OUTPUT + 1) - PRINTER_REASON_BIT (PRINTER_REASON_JAM))

void printer_health_begin (PrinterHealth *health, gint64 now_ms)
{
  health->standing = 0;
  if (health->stuck_ms != 0)
    health->stuck_ms = now_ms;
}

void printer_health_send (PrinterHealth *health)
{
  health->standing = health->warnings;
}

void printer_health_print (PrinterHealth *health, gint64 now_ms)
{
  health->known |= health->standing;
  printer_health_see (health, 0, now_ms);
}

TroubleSet printer_health_hear (PrinterHealth *health, const PrinterStatus *status,
                                gint64 waited_ms)
{
  health->warnings = status->warnings;
  health->standing &= status->warnings;
  health->notes = status->notes;
  if (waited_ms > PRINTER_HEALTH_KNOWN_WARNING_MS)
    return status->errors | status->warnings | (status->notes & SEEN_TO);
  return waited_ms > PRINTER_HEALTH_WARNING_MS
             ? status->errors | (status->warnings & ~health->known)
             : status->errors;
}

PrinterQuiet printer_health_quiet (gint64 quiet_ms, gboolean idle, gboolean before)
{
  if (quiet_ms > PRINTER_HEALTH_ASKS_MS)
    return PRINTER_QUIET_ASK;
  return quiet_ms > (before ? PRINTER_HEALTH_STALLS_AGAIN_MS
                     : idle ? PRINTER_HEALTH_STALLS_IDLE_MS
                            : PRINTER_HEALTH_STALLS_MS)
             ? PRINTER_QUIET_STALLED
             : PRINTER_QUIET_YET;
}

gboolean printer_health_see (PrinterHealth *health, TroubleSet troubles, gint64 now_ms)
{
  if (health->seen != troubles || health->seen_ms == 0) {
    health->seen = troubles;
    health->seen_ms = now_ms;
  }
  if (troubles == 0)
    health->stuck_ms = 0;
  else if (health->stuck_ms == 0)
    health->stuck_ms = now_ms;
  health->well_ms = troubles == 0 ? now_ms : 0;
  return troubles == 0 || now_ms - health->seen_ms >= PRINTER_HEALTH_STEADY_MS;
}
