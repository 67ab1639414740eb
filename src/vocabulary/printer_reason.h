/* printer_reason.h: what can keep a printer from printing, by name.
 *
 * Printers and CUPS say it in many words: keywords of printer-state-reasons (RFC 8011,
 * 5.4.12; PWG 5100.9, the alerts of the Printer MIB, RFC 3805; CUPS's own "offline",
 * "cups-…"), of job-state-reasons (RFC 8011, 5.3.8, "cups-held-for-authentication") and
 * free text in printer-state-message. Here each is one of a few troubles that a person at
 * a desk can tell apart, because what he does about them differs. The keyword of a
 * trouble stands in the journal ("media-empty"); its words in French and Chinese are
 * vocabulary/wording.h's.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* In the order in which they are said: who has put right the first may find the others
 * gone. So what a person at the printer can mend stands before what follows from it: a
 * printer without paper takes no jobs, either. */
typedef enum {
  PRINTER_REASON_NO_SPOOLER, /* "no-spooler": CUPS does not answer */
  PRINTER_REASON_NO_QUEUE,   /* "no-queue": CUPS has no such queue */
  PRINTER_REASON_SPOOL,      /* "spool-full": CUPS has no room for the document */
  PRINTER_REASON_OFF,     /* "off": nobody answers where the printer should be: switched off, or its
                             cable is out */
  PRINTER_REASON_OFFLINE, /* "offline": the printer is there and does not take part: its own
                             "online" key, or its host's */
  PRINTER_REASON_AUTHENTICATION, /* "authentication": a password is wanted, and there is nobody to
                                    type it */
  PRINTER_REASON_FILTER,      /* "filter-failed": the queue's driver failed, or is not installed */
  PRINTER_REASON_JAM,         /* "media-jam" */
  PRINTER_REASON_COVER,       /* "cover-open": a cover, door or head */
  PRINTER_REASON_TRAY,        /* "input-tray-missing" */
  PRINTER_REASON_PAPER,       /* "media-empty" */
  PRINTER_REASON_OTHER_PAPER, /* "media-needed": not the paper that is asked for */
  PRINTER_REASON_RIBBON,      /* "marker-supply-empty": ribbon or ink */
  PRINTER_REASON_TONER,       /* "toner-empty" */
  PRINTER_REASON_WASTE,       /* "marker-waste-full" */
  PRINTER_REASON_OUTPUT,      /* "output-area-full", or the output tray is missing */
  PRINTER_REASON_HEAT,        /* "over-temp": waits until it has cooled down */
  PRINTER_REASON_PART,        /* "part-worn": a part has come to its end */
  PRINTER_REASON_PAUSED,      /* "paused" at the printer itself */
  PRINTER_REASON_RESTING,     /* "resting": a person has paused the queue, no fault */
  PRINTER_REASON_HELD,        /* "job-held": the queue has the badge and keeps it */
  PRINTER_REASON_REJECTING,   /* "not-accepting": the queue, or the printer, takes no jobs */
  PRINTER_REASON_MEMORY,      /* "memory": the printer's, or its language's */
  PRINTER_REASON_STOPPED,     /* "stopped": the queue, by CUPS for a fault */
  PRINTER_REASON_SLOW,        /* "timed-out" */
  PRINTER_REASON_GARBLED,     /* "unreadable": it answers what cannot be read */
  PRINTER_REASON_STALLED,     /* "stalled": the badge does not come out, and nobody says why */
  PRINTER_REASON_UNKNOWN,     /* "other": the printer's own screen says what */
  PRINTER_REASON_PAPER_LOW,   /* "media-low" */
  PRINTER_REASON_RIBBON_LOW,  /* "marker-supply-low" */
  PRINTER_REASON_TONER_LOW,   /* "toner-low" */
  PRINTER_REASON_WASTE_HIGH,  /* "marker-waste-almost-full" */
  PRINTER_REASON_OUTPUT_HIGH, /* "output-area-almost-full" */
  PRINTER_REASON_COUNT
} PrinterReason;

/* A set of troubles; empty is 0. */
typedef guint64 TroubleSet;
#define PRINTER_REASON_BIT(trouble) ((TroubleSet) 1 << (trouble))

typedef enum {
  PRINTER_REASON_NOTE,    /* prints all the same: soon to be seen to */
  PRINTER_REASON_WARNING, /* a printer says so of an unused empty tray, and some (ippeveprinter) say
                             so where others speak of an error: it means something once a job does
                             not come out */
  PRINTER_REASON_ERROR,   /* nothing comes out until it is put right */
} PrinterReasonSeverity;

/* "media-empty". */
const char *printer_reason_keyword (PrinterReason trouble);
/* The trouble with that keyword; PRINTER_REASON_UNKNOWN if there is none. */
PrinterReason printer_reason_of_keyword (const char *keyword);
/* What one value of printer-state-reasons says, with or without its severity. FALSE if it
 * is none of the above: "none", a report, CUPS's own note of what it is doing. */
gboolean printer_reason_of_printer_reason (const char *reason, PrinterReason *trouble,
                                           PrinterReasonSeverity *severity);
/* The same for one value of job-state-reasons; all are errors. */
gboolean printer_reason_of_job_reason (const char *reason, PrinterReason *trouble);

/* What came out of a job that is called completed. */
typedef enum {
  PRINTER_OUTCOME_GOOD,   /* all of it */
  PRINTER_OUTCOME_UNSURE, /* perhaps: a person must look */
  PRINTER_OUTCOME_NONE,   /* nothing */
} PrinterOutcome;
/* That by its job-state-reasons (comma-separated) and the sides that the printer has
 * counted of it (0 also where it counts none). Printers call completed what they could
 * not read (HP ENVY: document-format-error). @why becomes the reason that decides,
 * static; "" of a good one. */
PrinterOutcome printer_reason_outcome (const char *reasons, guint impressions, const char **why);

/* What a printer-state-message says, in the English of CUPS's own backends
 * (backend/socket.c, lpd.c, ipp.c, usb-libusb.c), for jobs that were sent in English. 0
 * for anything else. */
TroubleSet printer_reason_of_message (const char *message);

/* The keywords of @set, comma-separated, in order; "" for none. Free with g_free(). */
char *printer_reason_join (TroubleSet set);
/* The first of @set; PRINTER_REASON_COUNT if it is empty. */
PrinterReason printer_reason_first (TroubleSet set);
