#include "kiosk/scan_worker.h"

#include "congress/programme.h"
#include "station/gate.h"
#include "desk/volunteer.h"

typedef struct {
  char *text; /* a scanned code; NULL for an admission by hand */
  char *reference, *volunteer, *reason;
  gint64 asked_us;
} Request;

struct _ScanWorker {
  ScanWorkerListener listener;
  GMainContext *context;
  Journal *journal;
  Gate *gate;
  Programme *programme;  /* NULL before the first person */
  gint volunteers;       /* atomic */
  GAsyncQueue *requests; /* Request; one without text and reference ends the thread */
  GThread *thread;
  CheckpointKind kind;
  char *fr, *zh;
  gint closed; /* answers on their way are dropped */
  gatomicrefcount references;
};

typedef struct {
  ScanWorker *counter;
  FlowScan scan;
  char *volunteer, *why; /* why: it failed */
  gint64 asked_us;
} Answer;

static void request_free (Request *request)
{
  g_free (request->text);
  g_free (request->reference);
  g_free (request->volunteer);
  g_free (request->reason);
  g_free (request);
}

static void counter_unref (ScanWorker *counter)
{
  if (!g_atomic_ref_count_dec (&counter->references))
    return;
  gate_close (counter->gate);
  programme_free (counter->programme);
  journal_close (counter->journal);
  g_async_queue_unref (counter->requests);
  g_main_context_unref (counter->context);
  g_free (counter->fr);
  g_free (counter->zh);
  g_free (counter);
}

/* Answers ---------------------------------------------------------------------------- */

static void answer_free (gpointer data)
{
  Answer *answer = data;

  guest_unref (answer->scan.guest);
  g_free (answer->volunteer);
  g_free (answer->why);
  counter_unref (answer->counter);
  g_free (answer);
}

static gboolean deliver (gpointer data)
{
  Answer *answer = data;
  const ScanWorkerListener *listener = &answer->counter->listener;

  if (g_atomic_int_get (&answer->counter->closed))
    return G_SOURCE_REMOVE;
  if (answer->why != NULL)
    listener->failed (answer->why, listener->data);
  else
    listener->scanned (&answer->scan, answer->asked_us, listener->data);
  return G_SOURCE_REMOVE;
}

static void post (Answer *answer)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, deliver, answer, answer_free);
  g_source_attach (source, answer->counter->context);
}

/* The thread ------------------------------------------------------------------------- */

/* Whose badge it is, if it is a volunteer's own. */
static gboolean find_volunteer (ScanWorker *counter, const GateCode *code, char **name,
                                GError **error)
{
  GError *cause = NULL;
  g_autofree char *reference = NULL;

  if (!g_atomic_int_get (&counter->volunteers))
    return TRUE;
  reference = gate_wearer (counter->gate, code, &cause);
  if (reference != NULL)
    *name = volunteer_of_reference (counter->journal, reference, &cause);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

/* A volunteer's own badge is for the screen and no passage: nothing is decided then. */
static gboolean scan (ScanWorker *counter, const char *text, char **volunteer, GateResult *result,
                      GError **error)
{
  GateCode code;

  return gate_read (counter->gate, text, &code, error)
         && find_volunteer (counter, &code, volunteer, error)
         && (*volunteer != NULL || gate_decide (counter->gate, &code, result, error));
}

static gboolean decide (ScanWorker *counter, const Request *request, Answer *answer, GError **error)
{
  g_auto (GateResult) result = { 0 };

  if (request->text != NULL ? !scan (counter, request->text, &answer->volunteer, &result, error)
                            : !gate_admit (counter->gate, request->reference, request->volunteer,
                                           request->reason, &result, error))
    return FALSE;
  answer->scan.volunteer = answer->volunteer;
  if (answer->volunteer != NULL)
    return TRUE;
  answer->scan.verdict = result.verdict;
  answer->scan.detail = result.detail;
  answer->scan.direction = result.direction;
  answer->scan.badge_serial = result.badge_serial;
  if (result.delegate == NULL)
    return TRUE;
  /* The decision stands whether or not its words can be read. */
  counter->programme = programme_refresh (counter->programme, counter->journal, NULL);
  if (counter->programme != NULL)
    answer->scan.guest = guest_new (result.delegate, counter->programme);
  return TRUE;
}

static void serve (ScanWorker *counter, const Request *request)
{
  g_autoptr (GError) error = NULL;
  Answer *answer = g_new0 (Answer, 1);

  g_atomic_ref_count_inc (&counter->references);
  answer->counter = counter;
  answer->asked_us = request->asked_us;
  answer->scan.detail = "";
  answer->scan.kind = counter->kind;
  if (!decide (counter, request, answer, &error))
    answer->why = g_strdup (error->message);
  post (answer);
}

static gpointer run (gpointer data)
{
  ScanWorker *counter = data;

  for (;;) {
    Request *request = g_async_queue_pop (counter->requests);
    gboolean ends = request->text == NULL && request->reference == NULL;
    if (!ends)
      serve (counter, request);
    request_free (request);
    if (ends)
      return NULL;
  }
}

/* Opening and closing ---------------------------------------------------------------- */

ScanWorker *scan_worker_new (const char *db, Clock clock, const char *checkpoint, gboolean is_exit,
                             gboolean volunteers, const ScanWorkerListener *listener,
                             GError **error)
{
  ScanWorker *counter = g_new0 (ScanWorker, 1);

  g_atomic_ref_count_init (&counter->references);
  counter->listener = *listener;
  counter->context = g_main_context_ref_thread_default ();
  counter->requests = g_async_queue_new_full ((GDestroyNotify) request_free);
  counter->volunteers = volunteers;
  counter->journal = journal_open (db, clock, error);
  counter->gate = counter->journal != NULL ? gate_open (counter->journal, checkpoint, error) : NULL;
  if (counter->gate == NULL) {
    counter_unref (counter);
    return NULL;
  }
  if (is_exit)
    gate_set_exit (counter->gate);
  counter->kind = gate_checkpoint (counter->gate)->kind;
  counter->fr = g_strdup (gate_checkpoint (counter->gate)->fr);
  counter->zh = g_strdup (gate_checkpoint (counter->gate)->zh);
  counter->thread = g_thread_new ("counter", run, counter);
  return counter;
}

void scan_worker_free (ScanWorker *counter)
{
  if (counter == NULL)
    return;
  g_atomic_int_set (&counter->closed, TRUE);
  g_async_queue_push_front (counter->requests, g_new0 (Request, 1));
  g_thread_join (counter->thread);
  counter_unref (counter);
}

static void push (ScanWorker *counter, Request *request)
{
  request->asked_us = g_get_monotonic_time ();
  if (g_async_queue_length (counter->requests) >= SCAN_WORKER_WAITING_MAX)
    request_free (request);
  else
    g_async_queue_push (counter->requests, request);
}

void scan_worker_scan (ScanWorker *counter, const char *text)
{
  Request *request = g_new0 (Request, 1);

  request->text = g_strdup (text);
  push (counter, request);
}

void scan_worker_admit (ScanWorker *counter, const char *reference, const char *volunteer,
                        const char *reason)
{
  Request *request = g_new0 (Request, 1);

  request->reference = g_strdup (reference);
  request->volunteer = g_strdup (volunteer);
  request->reason = g_strdup (reason);
  push (counter, request);
}

CheckpointKind scan_worker_kind (const ScanWorker *counter)
{
  return counter->kind;
}

const char *scan_worker_fr (const ScanWorker *counter)
{
  return counter->fr;
}

const char *scan_worker_zh (const ScanWorker *counter)
{
  return counter->zh;
}

void scan_worker_set_volunteers (ScanWorker *counter, gboolean volunteers)
{
  g_atomic_int_set (&counter->volunteers, volunteers);
}
