#include "station/outlook.h"

void outlook_begin (Outlook *outlook, gint64 now_ms)
{
  outlook->standing = 0;
  if (outlook->stuck_ms != 0)
    outlook->stuck_ms = now_ms;
}

void outlook_send (Outlook *outlook)
{
  outlook->standing = outlook->warnings;
}

void outlook_print (Outlook *outlook, gint64 now_ms)
{
  outlook->known |= outlook->standing;
  outlook_see (outlook, 0, now_ms);
}

TroubleSet outlook_hear (Outlook *outlook, const PrinterStatus *status, gint64 waited_ms)
{
  outlook->warnings = status->warnings;
  outlook->standing &= status->warnings;
  outlook->notes = status->notes;
  if (waited_ms > OUTLOOK_KNOWN_WARNING_MS)
    return status->errors | status->warnings;
  return waited_ms > OUTLOOK_WARNING_MS ? status->errors | (status->warnings & ~outlook->known) : status->errors;
}

gboolean outlook_see (Outlook *outlook, TroubleSet troubles, gint64 now_ms)
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
  return troubles == 0 || now_ms - outlook->seen_ms >= OUTLOOK_STEADY_MS;
}
