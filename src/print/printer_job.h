/* printer_job.h: what CUPS and printers say: jobs and their states, printers and what is
 * wrong with them, errors. States and reasons are IPP's (RFC 8011, 5.3.7 job-state,
 * 5.4.12 printer-state-reasons). Included by printer.h.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "vocabulary/printer_reason.h"

/* To connect, and as long again for the answer: CUPS, which may be starting a filter. */
#define PRINTER_TIMEOUT_MS 5000
/* The same of a printer, whose silence is to be named within two seconds; for the answer
 * libcups adds a second of its own. */
#define PRINTER_DEVICE_CONNECT_MS 1200
#define PRINTER_DEVICE_ANSWER_MS 500

#define PRINTER_ERROR printer_error_quark ()
GQuark printer_error_quark (void);
typedef enum {
  PRINTER_ERROR_SERVER, /* CUPS does not answer; nothing was handed over */
  PRINTER_ERROR_SILENT, /* CUPS took the job's bytes and did not answer: the job may exist, look for
                           it by name before trying again */
  PRINTER_ERROR_NO_QUEUE, /* no such queue; the message lists those there are */
  PRINTER_ERROR_FULL,     /* CUPS has no room for the document */
  PRINTER_ERROR_REJECTED, /* the queue does not accept jobs */
  PRINTER_ERROR_JOB,      /* CUPS refused the job, or to act on it */
  PRINTER_ERROR_DEVICE, /* the printer itself does not answer, and without it the question cannot be
                           decided */
  PRINTER_ERROR_GARBLED, /* the printer answers what is no answer; else as PRINTER_ERROR_DEVICE */
  PRINTER_ERROR_MEDIA, /* the queue has no paper of that size; the message lists the sizes there are
                        */
  PRINTER_ERROR_DOCUMENT, /* the queue takes nothing that can be made here, or not these pixels */
  PRINTER_ERROR_PASSWORD, /* CUPS or the printer wants a password, and there is nobody to type it */
  PRINTER_ERROR_BLIND, /* a queue that does not wait for its printer, and a printer that cannot be
                          asked: "printed" could never be known */
} PrinterError;

typedef enum {
  PRINT_JOB_PENDING, /* waits in CUPS or in the printer */
  PRINT_JOB_HELD,
  PRINT_JOB_PROCESSING, /* the printer has it in hand */
  PRINT_JOB_STOPPED,
  PRINT_JOB_CANCELED,
  PRINT_JOB_ABORTED,
  PRINT_JOB_COMPLETED, /* the printer has printed it */
  PRINT_JOB_LOST, /* CUPS has handed it over, and the printer knows nothing of it (yet, or any more)
                   */
} PrinterJobState;

/* A printer forgets its jobs when it is switched off, and what it says of one then, and
 * does not say, may not be all. No attribute tells what came out before: counters of
 * sheets (PWG 5100.22 printer-impressions-completed) are written to memory that lasts now
 * and then, and a power cut loses the last.  */
typedef enum {
  PRINT_MEMORY_WHOLE,   /* it has been on ever since it can have had the job, as far as is known */
  PRINT_MEMORY_LOST,    /* it has been switched on since */
  PRINT_MEMORY_UNKNOWN, /* it has just not answered that question: ask again */
} PrintMemory;

typedef struct {
  gint id;    /* CUPS job-id; 0 if only the printer knows it */
  char *name; /* job-name */
  PrinterJobState state;
  gboolean at_printer; /* the state is the printer's own word */
  gboolean in_cups;    /* CUPS has not done with it */
  gint started; /* time-at-processing at CUPS, 0 before: another one than last time means that a
                   cupsd that was killed sends it again */
  gint age_s;   /* since it was handed to CUPS, by CUPS's clock; -1: not known */
  gint up_s; /* where CUPS knows nothing of a job that the printer has printed: seconds since that
                was switched on; else -1 */
  PrintMemory memory; /* of a job that is done; where CUPS does not know the job, LOST is for the
                         caller to find out from up_s */
  guint impressions;  /* sides that have come out of it (job-impressions-completed), as far as the
                         printer counts them */
  guint copies; /* jobs of this name that the printer has printed or has in hand: two if it was sent
                   twice; 0 where it cannot be asked */
  char *reasons;       /* job-state-reasons, comma-separated; printer_reason_outcome() says what
                          they make of a completed one */
  TroubleSet troubles; /* what they say, and CUPS's: authentication, filter, a stopped queue; held
                        */
} PrinterJob;
void printer_job_free (PrinterJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrinterJob, printer_job_free)

typedef struct {
  gboolean stopped; /* printer-state is stopped: the queue is paused */
  gboolean accepting;
  gint up_s; /* printer-up-time: seconds since the printer itself was switched on; -1: not said */
  char *uri; /* device-uri: where CUPS's queue leads; NULL: not said */
  gint changed_s; /* printer-config-change-time: when the queue was last given another printer,
                     driver or setting, by the server's clock; 0: not said */
  gboolean busy;  /* printer-state is processing: for a queue, its backend is at work */
  gboolean idle;  /* the printer itself says that it has nothing to do */
  guint waiting;  /* queued-job-count: jobs that are not done */
  char **reasons; /* printer-state-reasons without "none": "media-empty-error", "cover-open-error",
                     … of the printer itself where it can be asked ("offline-error" if it does not
                     answer), else those that CUPS last heard */
  TroubleSet errors; /* what that comes to, with "stopped", "not-accepting" and "off": nothing comes
                        out until it is put right */
  TroubleSet warnings; /* may keep a job from coming out, if one does not come out */
  TroubleSet notes;    /* soon to be seen to: little paper */
} PrinterStatus;
/* Sets errors, warnings and notes from the rest. @message: printer-state-message, by
 * which alone CUPS says some things; it counts only while the queue is at work or
 * stopped: so is told who has stopped it. A queue that a person has paused, with no
 * fault behind it, is "resting", and goes on when she says so; CUPS gives a pause
 * without a reason of its own the message "Paused", and keeps the job whose fault
 * stopped a queue. */
void printer_status_judge (PrinterStatus *status, const char *message);
/* The same of a printer's own answer. One that takes a job at a time takes no other while
 * it has one, and calls its spool full (HP OfficeJet Pro, PageWide): that is work, and no
 * trouble. */
void printer_status_judge_own (PrinterStatus *status, const char *message);
/* TRUE if the printer itself has not answered, or nothing that can be read. */
gboolean printer_error_is_silence (const GError *error);
/* What an error of PRINTER_ERROR says of the printer; PRINTER_REASON_UNKNOWN for one that
 * is not the printer's. */
PrinterReason printer_error_trouble (const GError *error);
void printer_status_free (PrinterStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrinterStatus, printer_status_free)
