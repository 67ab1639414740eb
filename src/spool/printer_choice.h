/* printer_choice.h: which printer of a pool gets a badge, and which gives its own back:
 * from what is known of each at one moment (scheduler.h says the rules).
 *
 * Must not know: threads, the journal, time. Threads: reentrant. Nothing here blocks. */
#pragma once

#include <glib.h>

typedef struct {
  gboolean free;    /* no badge in hand */
  gboolean known;   /* has been looked at */
  gboolean able;    /* can print now, as far as is known */
  gboolean trusted; /* has not kept a badge waiting of late */
  gboolean sent;    /* the current badge may be at the printer */
  gint64 stuck_ms;  /* for how long the current badge has waited for a printer that cannot print */
  gboolean rests;   /* a person lets it rest: it gets no badge */
  gboolean slow; /* takes long to answer, or to draw: gets no badge meanwhile, and keeps its own */
} PrinterChoiceSlot;

/* Which of @count printers, in order of preference, gets the next new badge; -1: none
 * yet. @late: those that have not been looked at need not be waited for any longer. */
gint printer_choice_next (const PrinterChoiceSlot *slots, guint count, gboolean late);
/* Which one's badge is to be taken back, since another printer could have it; -1:
 * none. */
gint printer_choice_release (const PrinterChoiceSlot *slots, guint count, gint64 wait_ms);
