/* ipp.h: one question to an IPP server (CUPS, or a printer) and its answer, in bounded
 * time and size.
 *
 * Every question has a connection of its own: it costs less than a millisecond here and
 * leaves no half-dead connection to be found out later. libcups's own cupsDoRequest()
 * waits up to 30 s to reconnect, reads answers without limit and asks on the terminal for
 * passwords.
 *
 * Only print/ includes this. Errors are PRINTER_ERROR's.
 * Threads: reentrant. Blocks to connect, and then for the time of an answer and a second
 * where nothing comes, for twice that and a second where it trickles or never ends
 * (deadline.h).  */
#pragma once

#include "print/printer_job.h"

#include <cups/cups.h>

#define IPP_ANSWER_BYTES_MAX (16 * 1024 * 1024)

typedef struct {
  char *host; /* name, address, or a socket's path */
  int port;
  http_encryption_t encryption;
  char *uri;       /* printer-uri that the questions name */
  char *resource;  /* path of the HTTP request */
  char *title;     /* for messages: "CUPS at localhost:631" */
  gint connect_ms; /* to connect */
  gint answer_ms; /* for the answer; libcups itself waits up to a second more, for "100 Continue" */
  PrinterError absent; /* error where it does not answer */
  gboolean printer;    /* a printer itself, not CUPS */
} IppServer;

void ipp_server_free (IppServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IppServer, ipp_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ipp_t, ippDelete)

/* CUPS as a whole, or its queue @queue: that of CUPS_SERVER or the system. */
IppServer *ipp_spooler (const char *queue);

/* A question with the attributes that all have: charset, language, printer-uri,
 * requesting-user-name. */
ipp_t *ipp_question (const IppServer *server, ipp_op_t operation);
/* Asks, with @document (may be NULL) behind the question, which is freed. Any IPP status
 * is an answer; NULL with @error if none came (PRINTER_ERROR_SILENT if all was sent, else
 * the server's own; of a printer that answered something else PRINTER_ERROR_GARBLED). */
ipp_t *ipp_ask (const IppServer *server, ipp_t *question, GBytes *document, GError **error);
/* The same, where only success is an answer: else PRINTER_ERROR_JOB, with @doing
 * ("resuming queue badge") and the server's reason. */
ipp_t *ipp_ask_well (const IppServer *server, ipp_t *question, const char *doing, GError **error);

/* A file of the server, by GET. NULL without @error if there is none; larger than @most
 * is an error. */
GBytes *ipp_fetch (const IppServer *server, const char *path, gsize most, GError **error);

/* Adds the jobs named @name among @which ("completed", "not-completed") to @jobs
 * (PrinterJob). Not for "all": of those CUPS tells the 500 oldest. At a printer a job may
 * be called "7 - NAME", too: so CUPS's backend names it (7 is its number there) where the
 * printer does not take a job and its document apart. */
gboolean ipp_jobs_named (const IppServer *server, const char *which, const char *name,
                         GPtrArray *jobs, GError **error);
/* The first attribute of an answer's first job; NULL without one. */
ipp_attribute_t *ipp_first_of_job (ipp_t *answer);
/* The job whose first attribute is @from; NULL without a job-id or job-state. */
PrinterJob *ipp_job_of (ipp_t *answer, ipp_attribute_t *from);
/* printer-state, printer-is-accepting-jobs, printer-state-reasons, and what
 * printer-state-message adds to them. */
PrinterStatus *ipp_status (const IppServer *server, GError **error);
