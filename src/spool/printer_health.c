#include "spool/printer_health.h"

void printer_health_begin (PrinterHealth *outlook, gint64 now_ms)
{
  outlook->standing = 0;
  if (outlook->stuck_ms != 0)
    outlook->stuck_ms = now_ms;
}

void printer_health_send (PrinterHealth *outlook)
{
  outlook->standing = outlook->warnings;
}

void printer_health_print (PrinterHealth *outlook, gint64 now_ms)
{
  outlook->known |= outlook->standing;
  printer_health_see (outlook, 0, now_ms);
}

TroubleSet printer_health_hear (PrinterHealth *outlook, const PrinterStatus *status,
                                gint64 waited_ms)
{
  outlook->warnings = status->warnings;
  outlook->standing &= status->warnings;
  outlook->notes = status->notes;
  if (waited_ms > PRINTER_HEALTH_KNOWN_WARNING_MS)
    return status->errors | status->warnings;
  return waited_ms > PRINTER_HEALTH_WARNING_MS
             ? status->errors | (status->warnings & ~outlook->known)
             : status->errors;
}

gboolean printer_health_see (PrinterHealth *outlook, TroubleSet troubles, gint64 now_ms)
{
  if (outlook->seen != troubles || outlook->seen_ms == 0) {
    outlook->seen = troubles;
    outlook->seen_ms = now_ms;
  }
  if (troubles == 0)
    outlook->stuck_ms = 0;
  else if (outlook->stuck_ms == 0)
    outlook->stuck_ms = now_ms;
  outlook->well_ms = troubles == 0 ? now_ms : 0;
  return troubles == 0 || now_ms - outlook->seen_ms >= PRINTER_HEALTH_STEADY_MS;
}
