#include "spool/printer_health.h"

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
    return status->errors | status->warnings;
  return waited_ms > PRINTER_HEALTH_WARNING_MS
             ? status->errors | (status->warnings & ~health->known)
             : status->errors;
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
