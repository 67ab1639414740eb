/* printer_health.h: whether a printer can print, made out of what it says of itself
 * again and again.
 *
 * A trouble counts when it has been there for PRINTER_HEALTH_STEADY_MS (printers,
 * too, drop a connection now and then); that it is over is believed at once. A mere
 * warning counts only for a badge that does not come out: after
 * PRINTER_HEALTH_WARNING_MS, or, if badges have come out with it before, after
 * PRINTER_HEALTH_KNOWN_WARNING_MS: many a printer has a second tray that stays empty.
 * What a printer only reports counts then, too, where a person can see to it.
 *
 * Times are monotonic milliseconds, never 0, and passed in. Threads: as its owner's.
 * Nothing here blocks. */
#pragma once

#include "print/printer_job.h"

#define PRINTER_HEALTH_STEADY_MS 500
#define PRINTER_HEALTH_WARNING_MS 600
#define PRINTER_HEALTH_KNOWN_WARNING_MS 10000
/* At a printer that is at work: cards take half a minute a side. */
#define PRINTER_HEALTH_STALLS_MS 45000
#define PRINTER_HEALTH_STALLS_IDLE_MS 20000
#define PRINTER_HEALTH_STALLS_AGAIN_MS 5000
#define PRINTER_HEALTH_ASKS_MS 90000

/* All zero: nothing is known yet. */
typedef struct {
  TroubleSet troubles; /* that keep it from printing, as told */
  TroubleSet notes;    /* what is soon to be seen to */
  TroubleSet seen;     /* what keeps it from printing, as last seen, perhaps not told yet */
  gint64 seen_ms;      /* since when; 0: it has not been looked at */
  gint64 stuck_ms;     /* since when anything has kept it from printing; 0: nothing does */
  gint64 well_ms;      /* when it was last found without trouble; 0: it was not */
  TroubleSet warnings; /* as last seen */
  TroubleSet standing; /* that have been there ever since the current badge was sent */
  TroubleSet known;    /* with which badges have come out */
} PrinterHealth;

/* A badge begins to wait for the printer; it is sent; it has come out, so that nothing
 * keeps the printer from printing. */
void printer_health_begin (PrinterHealth *health, gint64 now_ms);
void printer_health_send (PrinterHealth *health);
void printer_health_print (PrinterHealth *health, gint64 now_ms);

/* What of @status keeps the printer from printing a badge that was sent @waited_ms ago
 * (0: none was); for printer_health_see(). */
TroubleSet printer_health_hear (PrinterHealth *health, const PrinterStatus *status,
                                gint64 waited_ms);
/* What to make of a badge that does not come out, and of which nobody says why. */
typedef enum {
  PRINTER_QUIET_YET,     /* that takes its time */
  PRINTER_QUIET_STALLED, /* a trouble, to be named */
  PRINTER_QUIET_ASK,     /* and to be called off, or a person to be asked */
} PrinterQuiet;
/* @quiet_ms: for so long it has been so. @idle: the printer says that it has nothing to
 * do. @before: it has been so with a badge before, and none has come out since. */
PrinterQuiet printer_health_quiet (gint64 quiet_ms, gboolean idle, gboolean before);
/* Takes note of what keeps the printer from printing now. TRUE once it has been so for
 * long enough to be told. */
gboolean printer_health_see (PrinterHealth *health, TroubleSet troubles, gint64 now_ms);
