#include "print/printer.h"

#include "core/words.h"
#include "print/backend_process.h"
#include "print/choose_format.h"
#include "print/device.h"
#include "print/ipp.h"
#include "print/query_capabilities.h"

#include <string.h>

/* How long a printer is taken to be as it was: paper and drivers are changed by
 * people. */
#define SURVEY_HOLDS_MS 60000

struct _Printer {
  char *queue;
  IppServer *cups;   /* the queue */
  char *uri;         /* device-uri; NULL if CUPS does not say */
  IppServer *device; /* the printer behind it; NULL if it cannot be asked */
  gboolean waits;
  Capabilities *traits; /* NULL until they were wanted */
  Driver *driver;       /* NULL if the queue has none */
  gint64 surveyed_ms;   /* monotonic */
  gint changed_s;       /* PrinterStatus, as first seen */
  gboolean changed;
  gboolean absent; /* the printer did not answer when it was last asked for its state */
};

/* Queues ----------------------------------------------------------------------------- */

char **printer_queues (GError **error)
{
  static const char *const ATTRIBUTES[] = { "printer-name" };
  g_autoptr (IppServer) server = ipp_spooler (NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  ipp_t *question = ipp_question (server, IPP_OP_CUPS_GET_PRINTERS);
  g_autoptr (ipp_t) answer = NULL;

  ippAddStrings (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (ATTRIBUTES), NULL, ATTRIBUTES);
  answer = ipp_ask (server, question, NULL, error);
  if (answer == NULL)
    return NULL;
  for (ipp_attribute_t *a = ippFindAttribute (answer, "printer-name", IPP_TAG_NAME); a != NULL;
       a = ippFindNextAttribute (answer, "printer-name", IPP_TAG_NAME))
    g_ptr_array_add (names, g_strdup (ippGetString (a, 0, NULL)));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static void set_no_queue (const char *queue, GError **error)
{
  g_auto (GStrv) queues = printer_queues (error);
  g_autofree char *list = NULL;

  if (queues == NULL)
    return;
  list = g_strjoinv (", ", queues);
  if (queues[0] != NULL)
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_NO_QUEUE,
                 _ ("CUPS has no queue %s; there are: %s"), queue, list);
  else
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_NO_QUEUE,
                 _ ("CUPS has no queue %s, nor any other; add it with: lpadmin -p %s -E -v "
                    "ipp://PRINTER/ipp/print -m everywhere"),
                 queue, queue);
}

/* CUPS does not say where the queue leads. Only "not found" means that there is none:
 * with it, a badge that was sent there is lost (spool/job_monitor.h). */
static void set_refusal (const Printer *printer, ipp_status_t status, GError **error)
{
  gboolean locked = status == IPP_STATUS_ERROR_NOT_AUTHENTICATED
                    || status == IPP_STATUS_ERROR_NOT_AUTHORIZED
                    || status == IPP_STATUS_ERROR_FORBIDDEN;

  if (status == IPP_STATUS_ERROR_NOT_FOUND)
    set_no_queue (printer->queue, error);
  else
    g_set_error (error, PRINTER_ERROR, locked ? PRINTER_ERROR_PASSWORD : PRINTER_ERROR_SERVER,
                 _ ("Asking for queue %s failed: %s says %s"), printer->queue, printer->cups->title,
                 ippErrorString (status));
}

/* Learns from CUPS where the queue leads. */
static gboolean learn_device (Printer *printer, GError **error)
{
  static const char *const ATTRIBUTES[] = { "device-uri", "printer-type" };
  ipp_t *question = ipp_question (printer->cups, IPP_OP_GET_PRINTER_ATTRIBUTES);
  g_autoptr (ipp_t) answer = NULL;
  ipp_attribute_t *uri;

  ippAddStrings (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (ATTRIBUTES), NULL, ATTRIBUTES);
  answer = ipp_ask (printer->cups, question, NULL, error);
  if (answer == NULL)
    return FALSE;
  if (ippGetStatusCode (answer) > IPP_STATUS_OK_EVENTS_COMPLETE) {
    set_refusal (printer, ippGetStatusCode (answer), error);
    return FALSE;
  }
  uri = ippFindAttribute (answer, "device-uri", IPP_TAG_URI);
  if (uri == NULL)
    return TRUE;
  printer->uri = g_strdup (ippGetString (uri, 0, NULL));
  printer->device = device_of_uri (ippGetString (uri, 0, NULL));
  printer->waits = device_uri_waits (ippGetString (uri, 0, NULL));
  if (printer->device != NULL || printer->waits)
    return TRUE;
  g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_BLIND,
               _ ("Queue %s hands jobs over without waiting (waitjob=false) to a printer that "
                  "cannot be asked, so nobody would know what was printed; take “waitjob=false” "
                  "out of its URI (lpadmin -p %s -v …)"),
               printer->queue, printer->queue);
  return FALSE;
}

Printer *printer_open (const char *queue, GError **error)
{
  g_autoptr (Printer) printer = g_new0 (Printer, 1);

  printer->queue = g_strdup (queue);
  printer->cups = ipp_spooler (queue);
  printer->waits = TRUE;
  return learn_device (printer, error) ? g_steal_pointer (&printer) : NULL;
}

void printer_close (Printer *printer)
{
  if (printer == NULL)
    return;
  g_free (printer->queue);
  g_free (printer->uri);
  ipp_server_free (printer->cups);
  ipp_server_free (printer->device);
  capabilities_free (printer->traits);
  driver_free (printer->driver);
  g_free (printer);
}

gboolean printer_can_be_asked (const Printer *printer)
{
  return printer->device != NULL;
}

gboolean printer_has_changed (const Printer *printer)
{
  return printer->changed;
}

/* What CUPS last heard of a printer may be an hour old: it asks only while it has a job.
 * So the printer's own reasons take the place of CUPS's, but for what CUPS says of
 * itself. */
static void take_own_word (PrinterStatus *status, PrinterStatus *own, const GError *cause)
{
  TroubleSet queue
      = status->errors
        & (PRINTER_REASON_BIT (PRINTER_REASON_STOPPED) | PRINTER_REASON_BIT (PRINTER_REASON_RESTING)
           | PRINTER_REASON_BIT (PRINTER_REASON_REJECTING)
           | PRINTER_REASON_BIT (PRINTER_REASON_FILTER)
           | PRINTER_REASON_BIT (PRINTER_REASON_AUTHENTICATION));

  g_strfreev (status->reasons);
  if (own == NULL) {
    status->reasons = g_strsplit ("offline-error", ",", -1);
    status->errors = queue | PRINTER_REASON_BIT (printer_error_trouble (cause));
    status->warnings = status->notes = 0;
    return;
  }
  status->reasons = g_steal_pointer (&own->reasons);
  /* A printer that says it is stopped says why; if not, that is all there is to say. */
  if ((own->errors & ~PRINTER_REASON_BIT (PRINTER_REASON_STOPPED)) == 0 && own->warnings == 0
      && own->stopped)
    own->errors |= PRINTER_REASON_BIT (PRINTER_REASON_PAUSED);
  status->errors = queue | (own->errors & ~PRINTER_REASON_BIT (PRINTER_REASON_STOPPED));
  status->warnings = own->warnings & ~status->errors;
  status->notes = own->notes & ~status->errors;
}

PrinterStatus *printer_status (Printer *printer, GError **error)
{
  g_autoptr (PrinterStatus) status = ipp_status (printer->cups, error);
  g_autoptr (PrinterStatus) own = NULL;
  g_autoptr (GError) cause = NULL;

  if (status == NULL)
    return NULL;
  status->idle = FALSE;
  if (printer->changed_s == 0)
    printer->changed_s = status->changed_s;
  printer->changed = printer->changed || printer->changed_s != status->changed_s
                     || g_strcmp0 (printer->uri, status->uri) != 0;
  status->up_s = -1;
  if (printer->device == NULL) {
    /* While CUPS has a job in hand, and only then: a printer without work is left
     * alone. */
    if (status->busy && printer->uri != NULL && device_is_off (printer->uri))
      status->errors |= PRINTER_REASON_BIT (PRINTER_REASON_OFF);
    return g_steal_pointer (&status);
  }
  own = ipp_status (printer->device, &cause);
  printer->absent = own == NULL;
  status->up_s = own != NULL ? own->up_s : -1;
  status->idle = own != NULL && own->idle;
  take_own_word (status, own, cause);
  return g_steal_pointer (&status);
}

/* Jobs ------------------------------------------------------------------------------- */

/* Asks once in a while; the answer holds until the printer is closed, or
 * SURVEY_HOLDS_MS. */
static gboolean learn_traits (Printer *printer, GError **error)
{
  gint64 now_ms = g_get_monotonic_time () / 1000;
  Capabilities *traits = NULL;
  Driver *driver = NULL;

  if (printer->traits != NULL && now_ms - printer->surveyed_ms < SURVEY_HOLDS_MS)
    return TRUE;
  if (!query_capabilities (printer->cups, printer->absent ? NULL : printer->device, &traits,
                           &driver, error))
    return FALSE;
  g_clear_pointer (&printer->traits, capabilities_free);
  g_clear_pointer (&printer->driver, driver_free);
  printer->traits = traits;
  printer->driver = driver;
  printer->surveyed_ms = now_ms;
  return TRUE;
}

const Capabilities *printer_traits (Printer *printer, GError **error)
{
  return learn_traits (printer, error) ? printer->traits : NULL;
}

PrintFormat *printer_format (Printer *printer, double width_mm, double height_mm, GError **error)
{
  return learn_traits (printer, error) ? choose_format (printer->queue, printer->traits,
                                                        printer->driver, width_mm, height_mm, error)
                                       : NULL;
}

/* What a queue's owner may have set for all jobs, and what spoils a badge, or keeps it
 * back: CUPS adds its defaults only for what a job does not say (scheduler/ipp.c,
 * apply_printer_defaults()). Names are those of RFC 8011, PWG 5100.x, CUPS and its
 * filters (cups-filters, pdftopdf). What depends on the printer alone (darkness, cutter,
 * tray, kind of paper, quality) stays its owner's. */
static const struct {
  ipp_tag_t tag;
  const char *name;
  const char *text; /* NULL: a number */
  int number;
} PLAIN[] = {
  { IPP_TAG_INTEGER, "copies", NULL, 1 },
  { IPP_TAG_NAME, "job-sheets", "none", 0 },
  { IPP_TAG_KEYWORD, "job-hold-until", "no-hold", 0 },
  { IPP_TAG_KEYWORD, "print-scaling", "none", 0 },
  { IPP_TAG_INTEGER, "number-up", NULL, 1 },
  { IPP_TAG_KEYWORD, "number-up-layout", "lrtb", 0 },
  { IPP_TAG_KEYWORD, "page-border", "none", 0 },
  { IPP_TAG_KEYWORD, "page-set", "all", 0 },
  { IPP_TAG_KEYWORD, "page-delivery", "same-order-face-down", 0 },
  { IPP_TAG_NAME, "outputorder", "normal", 0 },
  { IPP_TAG_NAME, "booklet", "off", 0 },
  { IPP_TAG_TEXT, "page-label", "", 0 },
  { IPP_TAG_BOOLEAN, "mirror", NULL, 0 },
  { IPP_TAG_BOOLEAN, "landscape", NULL, 0 },
  { IPP_TAG_BOOLEAN, "fitplot", NULL, 0 },
  { IPP_TAG_BOOLEAN, "fit-to-page", NULL, 0 },
  { IPP_TAG_BOOLEAN, "fill", NULL, 0 },
  { IPP_TAG_BOOLEAN, "crop-to-fit", NULL, 0 },
};
/* More sides than a badge has. */
#define PAGES_MOST 65535

static void add_plain (ipp_t *question)
{
  for (guint i = 0; i < G_N_ELEMENTS (PLAIN); i++)
    if (PLAIN[i].text != NULL)
      ippAddString (question, IPP_TAG_JOB, PLAIN[i].tag, PLAIN[i].name, NULL, PLAIN[i].text);
    else if (PLAIN[i].tag == IPP_TAG_BOOLEAN)
      ippAddBoolean (question, IPP_TAG_JOB, PLAIN[i].name, (char) PLAIN[i].number);
    else
      ippAddInteger (question, IPP_TAG_JOB, PLAIN[i].tag, PLAIN[i].name, PLAIN[i].number);
  ippAddRange (question, IPP_TAG_JOB, "page-ranges", 1, PAGES_MOST);
}

static void add_job (ipp_t *question, const PrintFormat *format, guint sides)
{
  add_plain (question);
  ippAddString (question, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, format->media);
  if (format->head->size[0] != '\0')
    ippAddString (question, IPP_TAG_JOB, IPP_TAG_KEYWORD, "PageSize", NULL, format->head->size);
  if (format->head->option[0] != '\0')
    ippAddString (question, IPP_TAG_JOB, IPP_TAG_KEYWORD, format->head->option, NULL,
                  format->head->choice);
  /* The printer does not say which way it turns a sheet that lies across: pixels are
   * turned before they are sent, and CUPS turns a PDF. */
  ippAddInteger (question, IPP_TAG_JOB, IPP_TAG_ENUM, "orientation-requested",
                 format->rotated && format->format == PRINT_FORMAT_PDF ? IPP_ORIENT_LANDSCAPE
                                                                       : IPP_ORIENT_PORTRAIT);
  ippAddString (question, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL,
                sides > 1 ? "two-sided-long-edge" : "one-sided");
}

gint printer_send (Printer *printer, const char *name, const PrintFormat *format, GBytes *document,
                   guint sides, GError **error)
{
  ipp_t *question = ipp_question (printer->cups, IPP_OP_PRINT_JOB);
  g_autoptr (ipp_t) answer = NULL;
  ipp_attribute_t *id;
  ipp_status_t status;

  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                format->mime);
  add_job (question, format, sides);
  answer = ipp_ask (printer->cups, question, document, error);
  if (answer == NULL)
    return 0;
  status = ippGetStatusCode (answer);
  id = ippFindAttribute (answer, "job-id", IPP_TAG_INTEGER);
  if (status <= IPP_STATUS_OK_EVENTS_COMPLETE && id != NULL)
    return ippGetInteger (id, 0);
  if (status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS)
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_REJECTED,
                 _ ("Queue %s does not accept jobs; when it may again: cupsaccept %s"),
                 printer->queue, printer->queue);
  else if (status == IPP_STATUS_ERROR_NOT_FOUND)
    set_no_queue (printer->queue, error);
  else
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_JOB, _ ("Queue %s refused job %s: %s"),
                 printer->queue, name, ippErrorString (status));
  return 0;
}

/* The job @id, or the latest job @name of any queue. FALSE with @error if CUPS does not
 * answer. */
static gboolean cups_job (Printer *printer, const char *name, gint id, PrinterJob **job,
                          GError **error)
{
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (IppServer) whole = ipp_spooler (NULL);
  g_autoptr (ipp_t) answer = NULL;
  ipp_t *question;

  *job = NULL;
  if (id > 0) {
    question = ipp_question (printer->cups, IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddInteger (question, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
    answer = ipp_ask (printer->cups, question, NULL, error);
    if (answer == NULL)
      return FALSE;
    *job = ippGetStatusCode (answer) <= IPP_STATUS_OK_EVENTS_COMPLETE
               ? ipp_job_of (answer, ipp_first_of_job (answer))
               : NULL;
    /* A cupsd that has lost its spool counts from 1 again: this may be another's job. */
    if (*job != NULL && g_strcmp0 ((*job)->name, name) != 0)
      g_clear_pointer (job, printer_job_free);
    return TRUE;
  }
  /* Twice where there is none: a cupsd that is killed between the two questions of
   * device_jobs_named() has a job again that was done before the one and is not yet after
   * the other. */
  for (guint i = 0; i < 2 && (jobs == NULL || jobs->len == 0); i++) {
    g_clear_pointer (&jobs, g_ptr_array_unref);
    jobs = device_jobs_named (whole, name, error);
    if (jobs == NULL)
      return FALSE;
  }
  if (jobs->len > 0)
    *job = g_ptr_array_steal_index (jobs, jobs->len - 1);
  return TRUE;
}

static gboolean is_final (PrinterJobState state)
{
  return state == PRINT_JOB_CANCELED || state == PRINT_JOB_ABORTED || state == PRINT_JOB_COMPLETED;
}

/* Both times are in whole seconds; where they are equal, either may have been first. */
static PrintMemory memory_of (const Printer *printer, const PrinterJob *job)
{
  g_autoptr (PrinterStatus) own = job->age_s >= 0 ? ipp_status (printer->device, NULL) : NULL;

  if (job->age_s < 0)
    return PRINT_MEMORY_WHOLE;
  if (own == NULL)
    return PRINT_MEMORY_UNKNOWN;
  return own->up_s >= 0 && own->up_s <= job->age_s + 1 ? PRINT_MEMORY_LOST : PRINT_MEMORY_WHOLE;
}

/* What is to be believed where CUPS has ended @job and the printer has no trace of it. A
 * printer that keeps no history is no liar, but one that has been switched on since knows
 * nothing, and to a queue that does not wait, the end means nothing. */
static PrinterJobState state_without_trace (const Printer *printer, const PrinterJob *job)
{
  if (!is_final (job->state) || (job->state != PRINT_JOB_COMPLETED && job->started == 0))
    return job->state;
  return job->memory == PRINT_MEMORY_LOST || (job->state == PRINT_JOB_COMPLETED && !printer->waits)
             ? PRINT_JOB_LOST
             : job->state;
}

PrinterJob *printer_find (Printer *printer, const char *name, gint id, GError **error)
{
  g_autoptr (PrinterJob) job = NULL;
  g_autoptr (GPtrArray) own = NULL;
  const PrinterJob *word;

  if (!cups_job (printer, name, id, &job, error))
    return NULL;
  if (job != NULL)
    job->in_cups = !is_final (job->state);
  /* CUPS stops a job whose filter has failed, or is not there; a backend's failure it
   * says otherwise. */
  if (job != NULL && job->state == PRINT_JOB_STOPPED)
    job->troubles |= PRINTER_REASON_BIT (PRINTER_REASON_FILTER);
  if (job != NULL && job->state == PRINT_JOB_HELD && job->troubles == 0)
    job->troubles = PRINTER_REASON_BIT (PRINTER_REASON_HELD);
  if (printer->device == NULL)
    return g_steal_pointer (&job);
  own = device_jobs_named (printer->device, name, job != NULL && job->in_cups ? NULL : error);
  if (own == NULL && (job == NULL || !job->in_cups))
    return NULL;
  word = own != NULL ? device_job_that_counts (own) : NULL;
  /* A backend at work on it does not mean that the printer is. */
  if (word == NULL && job != NULL && job->state == PRINT_JOB_PROCESSING)
    job->state = PRINT_JOB_PENDING;
  if (job != NULL && (word != NULL ? word->state == PRINT_JOB_COMPLETED : is_final (job->state)))
    job->memory = memory_of (printer, job);
  if (word == NULL) {
    if (job != NULL && job->memory == PRINT_MEMORY_UNKNOWN) {
      g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DEVICE, _ ("Asking %s failed: %s"),
                   printer->device->title, _ ("it does not say how long it has been on"));
      return NULL;
    }
    if (job != NULL)
      job->state = state_without_trace (printer, job);
    return g_steal_pointer (&job);
  }
  /* CUPS tries again what has failed at the printer, if its policy says so. */
  if (job != NULL && job->in_cups
      && (word->state == PRINT_JOB_CANCELED || word->state == PRINT_JOB_ABORTED))
    return g_steal_pointer (&job);
  if (job == NULL) {
    g_autoptr (PrinterStatus) status
        = word->state == PRINT_JOB_COMPLETED ? ipp_status (printer->device, NULL) : NULL;
    job = g_new0 (PrinterJob, 1);
    job->name = g_strdup (name);
    job->age_s = -1;
    job->up_s = status != NULL ? status->up_s : -1;
    job->memory = status == NULL && word->state == PRINT_JOB_COMPLETED ? PRINT_MEMORY_UNKNOWN
                                                                       : PRINT_MEMORY_WHOLE;
  }
  job->state = word->state;
  job->impressions = word->impressions;
  if (word->state == PRINT_JOB_HELD)
    job->troubles |= PRINTER_REASON_BIT (PRINTER_REASON_HELD);
  job->at_printer = TRUE;
  job->copies = device_jobs_good (own);
  g_free (job->reasons);
  job->reasons = g_strdup (word->reasons);
  return g_steal_pointer (&job);
}

gboolean printer_cancel (Printer *printer, gint id, GError **error)
{
  g_autofree char *doing = g_strdup_printf (_ ("Cancelling job %d"), id);
  ipp_t *question = ipp_question (printer->cups, IPP_OP_CANCEL_JOB);
  g_autoptr (ipp_t) answer = NULL;

  ippAddInteger (question, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
  answer = ipp_ask_well (printer->cups, question, doing, error);
  return answer != NULL;
}

/* What is certain of a job that CUPS has done with, @job NULL if it knows of none, and of
 * which the printer has no trace. */
static PrinterRecall recall_without_trace (const Printer *printer, const PrinterJob *job)
{
  if (job == NULL)
    return RECALL_UNKNOWN;
  if (job->state == PRINT_JOB_COMPLETED)
    return printer->device == NULL
                   || (printer->waits && memory_of (printer, job) == PRINT_MEMORY_WHOLE)
               ? RECALL_PRINTED
               : RECALL_UNKNOWN;
  /* Sent whole, it would be completed here if the queue does not wait; else it may have
   * been printed by a printer that has been switched off since. */
  return job->started == 0 || (printer->device != NULL && !printer->waits) ? RECALL_GONE
                                                                           : RECALL_UNKNOWN;
}

/* The printer's own word; FALSE: it has none. */
static gboolean recall_at_device (const GPtrArray *jobs, PrinterRecall *recall)
{
  const PrinterJob *word = device_job_that_counts (jobs);

  if (word == NULL)
    return FALSE;
  if (word->state == PRINT_JOB_COMPLETED)
    *recall = RECALL_PRINTED;
  else
    *recall = device_jobs_good (jobs) > 0 ? RECALL_PENDING : RECALL_GONE;
  /* Cancelled at the last moment, with the sheet on its way. */
  for (guint i = 0; i < jobs->len && *recall == RECALL_GONE; i++)
    if (((const PrinterJob *) g_ptr_array_index (jobs, i))->impressions > 0)
      *recall = RECALL_UNKNOWN;
  return TRUE;
}

gboolean printer_recall (Printer *printer, const char *name, gint id, PrinterRecall *recall,
                         GError **error)
{
  g_autoptr (PrinterJob) job = NULL;
  g_autoptr (PrinterStatus) queue = NULL;
  g_autoptr (GPtrArray) own = NULL;
  gboolean traced = FALSE;

  if (!cups_job (printer, name, id, &job, error))
    return FALSE;
  /* That it has ended meanwhile is no error: seen the next time. */
  if (job != NULL && !is_final (job->state))
    printer_cancel (printer, job->id, NULL);
  /* In this order: what a backend brings to the printer before it ends is seen there. */
  queue = ipp_status (printer->cups, error);
  if (queue == NULL)
    return FALSE;
  if (printer->device != NULL) {
    own = device_jobs_named (printer->device, name, error);
    if (own == NULL || !device_cancel (printer->device, own, error))
      return FALSE;
    traced = recall_at_device (own, recall);
  }
  if (traced && *recall == RECALL_PRINTED)
    return TRUE;
  if (queue->busy || (job != NULL && !is_final (job->state)) || backend_process_has (name))
    *recall = RECALL_PENDING;
  else if (!traced)
    *recall = recall_without_trace (printer, job);
  return TRUE;
}

gboolean printer_forget (Printer *printer, gint id, GError **error)
{
  g_autofree char *doing = g_strdup_printf (_ ("Forgetting job %d"), id);
  ipp_t *question = ipp_question (printer->cups, IPP_OP_CANCEL_JOB);
  g_autoptr (ipp_t) answer = NULL;
  ipp_status_t status;

  ippAddInteger (question, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
  ippAddBoolean (question, IPP_TAG_OPERATION, "purge-job", 1);
  answer = ipp_ask (printer->cups, question, NULL, error);
  if (answer == NULL)
    return FALSE;
  status = ippGetStatusCode (answer);
  if (status <= IPP_STATUS_OK_EVENTS_COMPLETE || status == IPP_STATUS_ERROR_NOT_FOUND)
    return TRUE;
  g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_JOB, _ ("%s failed: %s says %s%s%s"), doing,
               printer->cups->title, ippErrorString (status), "", "");
  return FALSE;
}

gboolean printer_resume (Printer *printer, GError **error)
{
  g_autofree char *doing = g_strdup_printf (_ ("Resuming queue %s (by hand: cupsenable %s)"),
                                            printer->queue, printer->queue);
  g_autoptr (IppServer) admin = ipp_spooler (printer->queue);
  g_autoptr (ipp_t) answer = NULL;

  g_free (admin->resource);
  admin->resource = g_strdup ("/admin/");
  answer = ipp_ask_well (admin, ipp_question (admin, IPP_OP_RESUME_PRINTER), doing, error);
  return answer != NULL;
}
