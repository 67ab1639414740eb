#include "print/ipp.h"

#include "core/words.h"
#include "print/deadline.h"

#include <string.h>

#define AUTHENTICATIONS_MAX 2
/* A conversation may take twice the time of an answer, which begins anew with each line
 * of its head, and libcups's second for "100 Continue". */
#define CONTINUE_MS 1000

void ipp_server_free (IppServer *server)
{
  if (server == NULL)
    return;
  g_free (server->host);
  g_free (server->uri);
  g_free (server->resource);
  g_free (server->title);
  g_free (server);
}

IppServer *ipp_spooler (const char *queue)
{
  IppServer *server = g_new0 (IppServer, 1);
  g_autofree char *escaped = queue != NULL ? g_uri_escape_string (queue, NULL, FALSE) : NULL;

  server->host = g_strdup (cupsServer ());
  server->port = ippPort ();
  server->encryption = cupsEncryption ();
  server->resource = queue != NULL ? g_strdup_printf ("/printers/%s", escaped) : g_strdup ("/");
  server->uri = g_strdup_printf ("ipp://localhost%s", server->resource);
  server->title = server->host[0] == '/'
                      ? g_strdup_printf (_ ("CUPS at %s"), server->host)
                      : g_strdup_printf (_ ("CUPS at %s:%d"), server->host, server->port);
  server->connect_ms = server->answer_ms = PRINTER_TIMEOUT_MS;
  server->absent = PRINTER_ERROR_SERVER;
  return server;
}

ipp_t *ipp_question (const IppServer *server, ipp_op_t operation)
{
  ipp_t *question = ippNew ();

  ippSetOperation (question, operation);
  ippSetRequestId (question, 1);
  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_CHARSET, "attributes-charset", NULL, "utf-8");
  /* CUPS's backends speak the language of the job, and printer_reason.h reads what they
   * say. */
  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_LANGUAGE, "attributes-natural-language", NULL,
                "en");
  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, server->uri);
  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                cupsUser ());
  return question;
}

/* Asking ----------------------------------------------------------------------------- */

static int give_up (http_t *http, void *data)
{
  return 0;
}

static const char *no_password (const char *prompt, http_t *http, const char *method,
                                const char *resource, void *data)
{
  return NULL;
}

typedef struct {
  http_t *http;
  gsize left;
  gint64 deadline_us;
} Reading;

/* ippReadIO()'s source: the whole of @length, which it takes for granted, but never
 * beyond the limits of size and time. */
static ssize_t read_bounded (void *context, ipp_uchar_t *buffer, size_t length)
{
  Reading *reading = context;
  size_t have = 0;

  if (reading->left < length)
    return -1;
  while (have < length) {
    ssize_t got = g_get_monotonic_time () < reading->deadline_us
                      ? httpRead2 (reading->http, (char *) buffer + have, length - have)
                      : -1;
    if (got <= 0)
      return -1;
    have += (size_t) got;
  }
  reading->left -= length;
  return (ssize_t) length;
}

/* Sends it all; HTTP_STATUS_CONTINUE if the server is to answer now. */
static http_status_t send_question (http_t *http, ipp_t *question, const char *resource,
                                    GBytes *document)
{
  gsize length = document != NULL ? g_bytes_get_size (document) : 0;
  http_status_t status;

  ippSetState (question, IPP_STATE_IDLE);
  status = cupsSendRequest (http, question, resource, ippLength (question) + length);
  if (status == HTTP_STATUS_CONTINUE && document != NULL)
    status = cupsWriteRequestData (http, g_bytes_get_data (document, NULL), length);
  return status;
}

static ipp_t *read_answer (http_t *http, http_status_t *status, gint timeout_ms)
{
  ipp_t *answer = NULL;
  Reading reading = { http, IPP_ANSWER_BYTES_MAX, g_get_monotonic_time () + timeout_ms * 1000 };
  ipp_state_t state = IPP_STATE_IDLE;

  while (*status == HTTP_STATUS_CONTINUE)
    *status = httpUpdate (http);
  if (*status != HTTP_STATUS_OK)
    return NULL;
  answer = ippNew ();
  while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR)
    state = ippReadIO (&reading, read_bounded, 1, NULL, answer);
  if (state == IPP_STATE_DATA)
    return answer;
  ippDelete (answer);
  return NULL;
}

/* No answer came, or none that can be read. @sent: the question went out. */
static void set_silence (const IppServer *server, http_status_t status, gboolean sent,
                         gboolean document, gint64 since_us, GError **error)
{
  gboolean in_time
      = g_get_monotonic_time () - since_us < (gint64) server->answer_ms * G_TIME_SPAN_MILLISECOND;

  if (status == HTTP_STATUS_UNAUTHORIZED)
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_PASSWORD,
                 _ ("%s does not allow user %s to do this without a password"), server->title,
                 cupsUser ());
  else if (status == HTTP_STATUS_REQUEST_TOO_LARGE && document)
    /* cupsd says so, too, where it cannot write (scheduler/client.c). */
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_FULL,
                 _ ("%s has no room for the document: the disk of its spool is full (df "
                    "/var/spool/cups), or it takes none so large (LimitRequestBody)"),
                 server->title);
  else if (server->printer && status >= HTTP_STATUS_OK && (in_time || status > HTTP_STATUS_OK)
           && status != HTTP_STATUS_SERVICE_UNAVAILABLE)
    g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_GARBLED,
                 _ ("%s answers what cannot be read (%s)"), server->title,
                 status > HTTP_STATUS_OK ? httpStatus (status) : "no IPP");
  else
    g_set_error (
        error, PRINTER_ERROR,
        sent && document && status <= HTTP_STATUS_OK ? PRINTER_ERROR_SILENT : server->absent,
        _ ("%s gave no answer within %.1f s (%s)"), server->title, server->answer_ms / 1000.0,
        status > HTTP_STATUS_OK ? httpStatus (status) : "no IPP");
}

ipp_t *ipp_ask (const IppServer *server, ipp_t *question, GBytes *document, GError **error)
{
  G_GNUC_UNUSED g_autoptr (ipp_t) owned = question; /* freed on every way out */
  http_t *http = httpConnect2 (server->host, server->port, NULL, AF_UNSPEC, server->encryption, 1,
                               server->connect_ms, NULL);
  http_status_t status = HTTP_STATUS_NONE;
  ipp_t *answer = NULL;
  gboolean sent = FALSE;
  gint64 since_us = 0;

  if (http == NULL) {
    g_set_error (error, PRINTER_ERROR, server->absent, _ ("Asking %s failed: %s"), server->title,
                 cupsLastErrorString ());
    return NULL;
  }
  httpSetTimeout (http, server->answer_ms / 1000.0, give_up, NULL);
  cupsSetPasswordCB2 (no_password, NULL);
  for (guint turn = 0; turn <= AUTHENTICATIONS_MAX; turn++) {
    Deadline deadline;
    deadline_start (&deadline, httpGetFd (http), 2 * server->answer_ms + CONTINUE_MS);
    status = send_question (http, question, server->resource, document);
    sent = status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK;
    since_us = g_get_monotonic_time ();
    answer = read_answer (http, &status, server->answer_ms);
    deadline_stop (&deadline);
    /* A server on this machine knows its user by the socket; there is nobody here to type
     * a password. */
    if (status != HTTP_STATUS_UNAUTHORIZED
        || cupsDoAuthentication (http, "POST", server->resource) != 0
        || httpReconnect2 (http, server->connect_ms, NULL) != 0)
      break;
  }
  if (answer == NULL)
    set_silence (server, status, sent, document != NULL, since_us, error);
  httpClose (http);
  return answer;
}

ipp_t *ipp_ask_well (const IppServer *server, ipp_t *question, const char *doing, GError **error)
{
  ipp_t *answer = ipp_ask (server, question, NULL, error);
  ipp_attribute_t *message;

  if (answer == NULL || ippGetStatusCode (answer) <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return answer;
  message = ippFindAttribute (answer, "status-message", IPP_TAG_TEXT);
  g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_JOB, _ ("%s failed: %s says %s%s%s"), doing,
               server->title, ippErrorString (ippGetStatusCode (answer)),
               message != NULL ? ": " : "", message != NULL ? ippGetString (message, 0, NULL) : "");
  ippDelete (answer);
  return NULL;
}

/* The body of an answer; NULL if it is too long or does not end in time. */
static GBytes *read_body (http_t *http, gsize most, gint timeout_ms)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  gint64 deadline_us = g_get_monotonic_time () + timeout_ms * 1000;
  char buffer[16384];
  ssize_t got;

  while ((got = httpRead2 (http, buffer, sizeof buffer)) > 0) {
    if (body->len + (gsize) got > most || g_get_monotonic_time () > deadline_us)
      return NULL;
    g_byte_array_append (body, (const guint8 *) buffer, (guint) got);
  }
  return got == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&body)) : NULL;
}

GBytes *ipp_fetch (const IppServer *server, const char *path, gsize most, GError **error)
{
  http_t *http = httpConnect2 (server->host, server->port, NULL, AF_UNSPEC, server->encryption, 1,
                               server->connect_ms, NULL);
  http_status_t status = HTTP_STATUS_ERROR;
  GBytes *body = NULL;
  Deadline deadline;

  if (http == NULL) {
    g_set_error (error, PRINTER_ERROR, server->absent, _ ("Asking %s failed: %s"), server->title,
                 cupsLastErrorString ());
    return NULL;
  }
  httpSetTimeout (http, server->answer_ms / 1000.0, give_up, NULL);
  httpClearFields (http);
  deadline_start (&deadline, httpGetFd (http), 2 * server->answer_ms + CONTINUE_MS);
  if (httpGet (http, path) == 0)
    while ((status = httpUpdate (http)) == HTTP_STATUS_CONTINUE)
      ;
  if (status == HTTP_STATUS_OK)
    body = read_body (http, most, server->answer_ms);
  deadline_stop (&deadline);
  httpClose (http);
  if (body == NULL && status != HTTP_STATUS_NOT_FOUND)
    g_set_error (error, PRINTER_ERROR, server->absent, _ ("%s gave no file %s (%s)"), server->title,
                 path, httpStatus (status));
  return body;
}

/* Jobs ------------------------------------------------------------------------------- */

static const char *const JOB_ATTRIBUTES[] = {
  "job-id",           "job-name",           "job-state",           "job-state-reasons",
  "time-at-creation", "time-at-processing", "job-printer-up-time", "job-impressions-completed"
};

static gboolean job_state (int value, PrinterJobState *state)
{
  switch (value) {
  case IPP_JSTATE_PENDING:
    *state = PRINT_JOB_PENDING;
    return TRUE;
  case IPP_JSTATE_HELD:
    *state = PRINT_JOB_HELD;
    return TRUE;
  case IPP_JSTATE_PROCESSING:
    *state = PRINT_JOB_PROCESSING;
    return TRUE;
  case IPP_JSTATE_STOPPED:
    *state = PRINT_JOB_STOPPED;
    return TRUE;
  case IPP_JSTATE_CANCELED:
    *state = PRINT_JOB_CANCELED;
    return TRUE;
  case IPP_JSTATE_ABORTED:
    *state = PRINT_JOB_ABORTED;
    return TRUE;
  case IPP_JSTATE_COMPLETED:
    *state = PRINT_JOB_COMPLETED;
    return TRUE;
  default:
    return FALSE;
  }
}

static char *joined (ipp_attribute_t *attribute)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++) {
    const char *value = ippGetString (attribute, i, NULL);
    if (value != NULL && strcmp (value, "none") != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", value);
  }
  return g_string_free (text, FALSE);
}

ipp_attribute_t *ipp_first_of_job (ipp_t *answer)
{
  ipp_attribute_t *a = ippFirstAttribute (answer);

  while (a != NULL && ippGetGroupTag (a) != IPP_TAG_JOB)
    a = ippNextAttribute (answer);
  return a;
}

static TroubleSet troubles_of_job (const char *reasons)
{
  g_auto (GStrv) each = g_strsplit (reasons, ",", -1);
  TroubleSet set = 0;
  PrinterReason trouble;

  for (guint i = 0; each[i] != NULL; i++)
    if (printer_reason_of_job_reason (each[i], &trouble))
      set |= PRINTER_REASON_BIT (trouble);
  return set;
}

PrinterJob *ipp_job_of (ipp_t *answer, ipp_attribute_t *from)
{
  g_autoptr (PrinterJob) job = g_new0 (PrinterJob, 1);
  gboolean known = FALSE;
  gint created = 0, now = 0;

  for (ipp_attribute_t *a = from; a != NULL && ippGetGroupTag (a) == IPP_TAG_JOB;
       a = ippNextAttribute (answer)) {
    const char *name = ippGetName (a);
    if (name == NULL)
      continue;
    if (strcmp (name, "job-id") == 0 && ippGetValueTag (a) == IPP_TAG_INTEGER)
      job->id = ippGetInteger (a, 0);
    else if (strcmp (name, "time-at-creation") == 0 && ippGetValueTag (a) == IPP_TAG_INTEGER)
      created = ippGetInteger (a, 0);
    else if (strcmp (name, "job-printer-up-time") == 0 && ippGetValueTag (a) == IPP_TAG_INTEGER)
      now = ippGetInteger (a, 0);
    else if (strcmp (name, "job-impressions-completed") == 0
             && ippGetValueTag (a) == IPP_TAG_INTEGER)
      job->impressions = (guint) MAX (ippGetInteger (a, 0), 0);
    else if (strcmp (name, "time-at-processing") == 0 && ippGetValueTag (a) == IPP_TAG_INTEGER)
      job->started = ippGetInteger (a, 0);
    else if (strcmp (name, "job-name") == 0 && job->name == NULL)
      job->name = g_strdup (ippGetString (a, 0, NULL));
    else if (strcmp (name, "job-state") == 0 && ippGetValueTag (a) == IPP_TAG_ENUM)
      known = job_state (ippGetInteger (a, 0), &job->state);
    else if (strcmp (name, "job-state-reasons") == 0 && job->reasons == NULL)
      job->reasons = joined (a);
  }
  if (job->reasons == NULL)
    job->reasons = g_strdup ("");
  job->up_s = -1;
  job->age_s = created > 0 && now >= created ? now - created : -1;
  job->troubles = troubles_of_job (job->reasons);
  return known && job->id > 0 ? g_steal_pointer (&job) : NULL;
}

/* "7 - NAME" is NAME, at a printer. */
static gboolean is_named (const IppServer *server, const char *said, const char *name)
{
  gsize digits = said != NULL && server->printer ? strspn (said, "0123456789") : 0;

  return g_strcmp0 (said, name) == 0
         || (digits > 0 && strncmp (said + digits, " - ", 3) == 0
             && strcmp (said + digits + 3, name) == 0);
}

gboolean ipp_jobs_named (const IppServer *server, const char *which, const char *name,
                         GPtrArray *jobs, GError **error)
{
  g_autofree char *doing = g_strdup_printf (_ ("Looking for job %s"), name);
  ipp_t *question = ipp_question (server, IPP_OP_GET_JOBS);
  g_autoptr (ipp_t) answer = NULL;

  ippAddString (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, which);
  ippAddBoolean (question, IPP_TAG_OPERATION, "my-jobs", 0);
  ippAddStrings (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (JOB_ATTRIBUTES), NULL, JOB_ATTRIBUTES);
  answer = ipp_ask_well (server, question, doing, error);
  if (answer == NULL)
    return FALSE;
  for (ipp_attribute_t *a = ipp_first_of_job (answer); a != NULL; a = ippNextAttribute (answer)) {
    g_autoptr (PrinterJob) job = ipp_job_of (answer, a);
    if (job != NULL && is_named (server, job->name, name))
      g_ptr_array_add (jobs, g_steal_pointer (&job));
  }
  return TRUE;
}

/* Status ----------------------------------------------------------------------------- */

PrinterStatus *ipp_status (const IppServer *server, GError **error)
{
  static const char *const ATTRIBUTES[] = { "printer-state",
                                            "printer-is-accepting-jobs",
                                            "printer-state-reasons",
                                            "printer-state-message",
                                            "printer-up-time",
                                            "queued-job-count",
                                            "device-uri",
                                            "printer-config-change-time" };
  g_autofree char *doing = g_strdup (_ ("Asking for the printer's state"));
  ipp_t *question = ipp_question (server, IPP_OP_GET_PRINTER_ATTRIBUTES);
  g_autoptr (ipp_t) answer = NULL;
  g_autofree char *reasons = NULL;
  ipp_attribute_t *state, *accepting, *message, *up, *uri, *changed, *waiting;
  const char *said;
  PrinterStatus *status;

  ippAddStrings (question, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (ATTRIBUTES), NULL, ATTRIBUTES);
  answer = ipp_ask_well (server, question, doing, error);
  if (answer == NULL)
    return NULL;
  state = ippFindAttribute (answer, "printer-state", IPP_TAG_ENUM);
  accepting = ippFindAttribute (answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  reasons = joined (ippFindAttribute (answer, "printer-state-reasons", IPP_TAG_KEYWORD));
  status = g_new0 (PrinterStatus, 1);
  status->stopped = state != NULL && ippGetInteger (state, 0) == IPP_PSTATE_STOPPED;
  status->busy = state != NULL && ippGetInteger (state, 0) == IPP_PSTATE_PROCESSING;
  status->idle = server->printer && state != NULL && ippGetInteger (state, 0) == IPP_PSTATE_IDLE;
  waiting = ippFindAttribute (answer, "queued-job-count", IPP_TAG_INTEGER);
  status->waiting = waiting != NULL ? (guint) MAX (ippGetInteger (waiting, 0), 0) : 0;
  up = ippFindAttribute (answer, "printer-up-time", IPP_TAG_INTEGER);
  status->up_s = up != NULL ? ippGetInteger (up, 0) : -1;
  uri = ippFindAttribute (answer, "device-uri", IPP_TAG_URI);
  status->uri = uri != NULL ? g_strdup (ippGetString (uri, 0, NULL)) : NULL;
  changed = ippFindAttribute (answer, "printer-config-change-time", IPP_TAG_INTEGER);
  status->changed_s = changed != NULL ? ippGetInteger (changed, 0) : 0;
  status->accepting = accepting == NULL || ippGetBoolean (accepting, 0) != 0;
  status->reasons = g_strsplit (reasons, ",", -1);
  message = ippFindAttribute (answer, "printer-state-message", IPP_TAG_TEXT);
  said = message != NULL ? ippGetString (message, 0, NULL) : NULL;
  if (server->printer)
    printer_status_judge_own (status, said);
  else
    printer_status_judge (status, said);
  return status;
}
