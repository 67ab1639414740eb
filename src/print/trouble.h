/* trouble.h: what can keep a printer from printing, by name.
 *
 * Printers and CUPS say it in many words: keywords of printer-state-reasons (RFC 8011, 5.4.12; PWG 5100.9, the alerts of the Printer MIB, RFC 3805; CUPS's own "offline", "cups-…"), of job-state-reasons (RFC 8011, 5.3.8,
 * "cups-held-for-authentication") and free text in printer-state-message. Here each is one of a few troubles that a person at a desk can tell apart, because what he does about them differs. The keyword of a trouble
 * stands in the journal ("media-empty"); its words in French and Chinese are station/wording.h's.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* In the order in which they are said: who has put right the first may find the others gone. */
typedef enum {
  TROUBLE_NO_SPOOLER,     /* "no-spooler": CUPS does not answer */
  TROUBLE_NO_QUEUE,       /* "no-queue": CUPS has no such queue */
  TROUBLE_SPOOL,          /* "spool-full": CUPS has no room for the document */
  TROUBLE_REJECTING,      /* "not-accepting": the queue takes no jobs */
  TROUBLE_OFF,            /* "off": nobody answers where the printer should be: switched off, or its cable is out */
  TROUBLE_OFFLINE,        /* "offline": the printer is there and does not take part: its own "online" key, or its host's */
  TROUBLE_AUTHENTICATION, /* "authentication": a password is wanted, and there is nobody to type it */
  TROUBLE_FILTER,         /* "filter-failed": the queue's driver failed, or is not installed */
  TROUBLE_JAM,            /* "media-jam" */
  TROUBLE_COVER,          /* "cover-open": a cover, door or head */
  TROUBLE_TRAY,           /* "input-tray-missing" */
  TROUBLE_PAPER,          /* "media-empty" */
  TROUBLE_OTHER_PAPER,    /* "media-needed": not the paper that is asked for */
  TROUBLE_RIBBON,         /* "marker-supply-empty": ribbon or ink */
  TROUBLE_TONER,          /* "toner-empty" */
  TROUBLE_WASTE,          /* "marker-waste-full" */
  TROUBLE_OUTPUT,         /* "output-area-full", or the output tray is missing */
  TROUBLE_HEAT,           /* "over-temp": waits until it has cooled down */
  TROUBLE_PART,           /* "part-worn": a part has come to its end */
  TROUBLE_MEMORY,         /* "memory": the printer's, or its language's */
  TROUBLE_PAUSED,         /* "paused" at the printer itself */
  TROUBLE_STOPPED,        /* "stopped": the queue, by CUPS or by a person */
  TROUBLE_SLOW,           /* "timed-out" */
  TROUBLE_UNKNOWN,        /* "other": the printer's own screen says what */
  TROUBLE_PAPER_LOW,      /* "media-low" */
  TROUBLE_RIBBON_LOW,     /* "marker-supply-low" */
  TROUBLE_TONER_LOW,      /* "toner-low" */
  TROUBLE_WASTE_HIGH,     /* "marker-waste-almost-full" */
  TROUBLE_OUTPUT_HIGH,    /* "output-area-almost-full" */
  TROUBLE_COUNT
} Trouble;

/* A set of troubles; empty is 0. */
typedef guint64 TroubleSet;
#define TROUBLE_BIT(trouble) ((TroubleSet) 1 << (trouble))

typedef enum {
  TROUBLE_NOTE,    /* prints all the same: soon to be seen to */
  TROUBLE_WARNING, /* a printer says so of an unused empty tray, and some (ippeveprinter) say so where others speak of an error: it means something once a job does not come out */
  TROUBLE_ERROR,   /* nothing comes out until it is put right */
} TroubleSeverity;

/* "media-empty". */
const char *trouble_keyword (Trouble trouble);
/* The trouble with that keyword; TROUBLE_UNKNOWN if there is none. */
Trouble trouble_of_keyword (const char *keyword);
/* What one value of printer-state-reasons says, with or without its severity. FALSE if it is none of the above: "none", a report, CUPS's own note of what it is doing. */
gboolean trouble_of_printer_reason (const char *reason, Trouble *trouble, TroubleSeverity *severity);
/* The same for one value of job-state-reasons; all are errors. */
gboolean trouble_of_job_reason (const char *reason, Trouble *trouble);

/* What a printer-state-message says, in the English of CUPS's own backends (backend/socket.c, lpd.c, ipp.c, usb-libusb.c), for jobs that were sent in English. 0 for anything else. */
TroubleSet trouble_of_message (const char *message);

/* The keywords of @set, comma-separated, in order; "" for none. Free with g_free(). */
char *trouble_join (TroubleSet set);
/* The first of @set; TROUBLE_COUNT if it is empty. */
Trouble trouble_first (TroubleSet set);
