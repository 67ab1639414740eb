#include "kiosk/scan_worker.h"

#include "congress/programme.h"
#include "kiosk/worker.h"
#include "journal/query.h"
#include "station/gate.h"
#include "vocabulary/dates.h"
#include "desk/volunteer.h"

#include <string.h>

typedef struct {
  char *text; /* a scanned code; NULL for an admission by hand */
  char *reference, *volunteer, *reason;
  gboolean override;
  gint64 asked_us;
} Request;

struct _ScanWorker {
  ScanWorkerListener listener;
  Journal *journal;
  Gate *gate;
  Programme *programme; /* NULL before the first person */
  gint volunteers;      /* atomic */
  gint closed;          /* atomic */
  gint opens;           /* atomic */
  Worker *worker;
  CheckpointKind kind;
  char *fr, *zh, *event;
};

/* This station's last badge of a person, while it has not come out. */
static const char AWAITED[]
    = "SELECT b.serial FROM badge_state s JOIN badge b USING (reference, serial, issuer) LEFT JOIN "
      "print_job p USING (reference, serial, issuer) WHERE s.reference = :reference AND s.issuer = "
      ":station AND s.good AND b.print AND ifnull (p.state, '') <> 'printed' ORDER BY s.serial "
      "DESC LIMIT 1";

/* Where her good badge lies that was printed ahead, unless somebody has got it: she has
 * shown it somewhere, or it was handed over. */
static const char BOX[]
    = "SELECT b.box FROM badge_state s JOIN badge b USING (reference, serial, issuer) WHERE "
      "s.reference = :reference AND s.good AND b.box > 0 AND NOT EXISTS (SELECT 1 FROM passage p "
      "WHERE p.reference = s.reference AND p.verdict = 'ADMITTED') AND NOT EXISTS (SELECT 1 FROM "
      "handover h WHERE h.reference = s.reference) ORDER BY s.serial DESC LIMIT 1";

typedef struct {
  FlowScan scan;
  OwnedPair days, next, team;
  char *channel;
  char *volunteer, *number, *why; /* why: it failed */
  gboolean silent;                /* nothing was decided */
  Delegate *delegate;             /* whose code it is, where it only opens */
  gint64 asked_us;
} Answer;

static void request_free (gpointer data)
{
  Request *request = data;

  g_free (request->text);
  g_free (request->reference);
  g_free (request->volunteer);
  g_free (request->reason);
  g_free (request);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void answer_free (gpointer data)
{
  Answer *answer = data;

  guest_unref (answer->scan.guest);
  words_owned_clear (&answer->days);
  words_owned_clear (&answer->next);
  words_owned_clear (&answer->team);
  delegate_free (answer->delegate);
  g_free (answer->channel);
  g_free (answer->volunteer);
  g_free (answer->number);
  g_free (answer->why);
  g_free (answer);
}

static void deliver (gpointer data, gpointer owner)
{
  Answer *answer = data;
  const ScanWorkerListener *listener = &((ScanWorker *) owner)->listener;

  if (answer->why != NULL)
    listener->failed (answer->why, listener->data);
  else if (!answer->silent)
    listener->scanned (&answer->scan, answer->asked_us, listener->data);
}

/* The thread ------------------------------------------------------------------------- */

/* Whose badge it is, if it is a volunteer's own. */
static gboolean find_volunteer (ScanWorker *worker, const GateCode *code, char **name,
                                char **number, GError **error)
{
  GError *cause = NULL;
  g_autofree char *reference = NULL;

  if (!g_atomic_int_get (&worker->volunteers))
    return TRUE;
  reference = gate_wearer (worker->gate, code, &cause);
  if (reference != NULL)
    *name = volunteer_of_reference (worker->journal, reference, number, &cause);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

/* Out of service: only volunteers' badges do something. */
static gboolean is_closed (ScanWorker *worker)
{
  return g_atomic_int_get (&worker->closed);
}

/* Whose code it is, and nothing more. */
static gboolean open_person (ScanWorker *worker, const GateCode *code, Answer *answer,
                             GError **error)
{
  answer->scan.opened = TRUE;
  answer->scan.verdict = VERDICT_UNKNOWN;
  return gate_owner (worker->gate, code, &answer->delegate, error);
}

/* A number of hers, by @sql; 0 for none. */
static guint number_of (ScanWorker *worker, const char *sql, const char *reference)
{
  Query *query = journal_query (worker->journal, sql, NULL);
  guint number = 0;

  if (query == NULL)
    return 0;
  query_bind_text (query, ":reference", reference);
  if (sql == AWAITED)
    query_bind_text (query, ":station", journal_station (worker->journal));
  if (query_next (query))
    number = (guint) query_int (query, 0);
  return query_end (query, NULL) ? number : 0;
}

static void name_days (const Programme *programme, const Delegate *delegate, Answer *answer)
{
  g_autoptr (GPtrArray) dates = g_ptr_array_new ();

  for (guint i = 0; i < programme->days->len; i++) {
    const Day *day = g_ptr_array_index (programme->days, i);
    if (g_strv_contains ((const char *const *) delegate->days, day->label))
      g_ptr_array_add (dates, day->date);
  }
  g_ptr_array_add (dates, NULL);
  dates_list ((const char *const *) dates->pdata, &answer->days.first, &answer->days.second);
  answer->scan.days = words_of_owned (&answer->days);
}

/* What a refused person asks next: when, and where her badge is. */
static void explain (ScanWorker *worker, const GateResult *result, Answer *answer)
{
  const Delegate *delegate = result->delegate;

  if (answer->scan.verdict == VERDICT_NOT_TODAY && strcmp (answer->scan.detail, "nothing") != 0)
    name_days (worker->programme, delegate, answer);
  /* Registered for another day: the days say it, and the desk can add this one. */
  if (answer->days.first == NULL) {
    answer->next = gate_next_wording (worker->gate, result);
    answer->scan.next = words_of_owned (&answer->next);
  }
  if (answer->scan.verdict != VERDICT_TICKET_USED)
    return;
  answer->scan.awaited = number_of (worker, AWAITED, delegate->reference);
  answer->scan.box = number_of (worker, BOX, delegate->reference);
}

/* A volunteer's own badge is for the screen and no passage: nothing is decided then. */
static gboolean scan (ScanWorker *worker, const char *text, Answer *answer, GateResult *result,
                      GError **error)
{
  GateCode code;

  if (!gate_read (worker->gate, text, &code, error)
      || !find_volunteer (worker, &code, &answer->volunteer, &answer->number, error))
    return FALSE;
  if (answer->volunteer != NULL)
    return volunteer_rights (worker->journal, answer->volunteer, &answer->scan.rights, error);
  if (is_closed (worker))
    return TRUE;
  if (g_atomic_int_get (&worker->opens))
    return open_person (worker, &code, answer, error);
  return gate_decide (worker->gate, &code, result, error);
}

static gboolean admit (ScanWorker *worker, const Request *request, GateResult *result,
                       GError **error)
{
  return (request->override ? gate_override : gate_admit) (
      worker->gate, request->reference, request->volunteer, request->reason, result, error);
}

/* The decision stands whether or not its words can be read. */
static void show_guest (ScanWorker *worker, const Delegate *delegate, Answer *answer)
{
  if (delegate == NULL)
    return;
  worker->programme = programme_refresh (worker->programme, worker->journal, NULL);
  if (worker->programme != NULL)
    answer->scan.guest = guest_new (delegate, worker->programme);
}

/* What the event file asks her here and she has not answered: the decision waits for
 * none of it. A guest of the protocol is asked by her own people. */
static void ask (ScanWorker *worker, const GateResult *result, Answer *answer)
{
  const Checkpoint *here = gate_checkpoint (worker->gate);
  const Delegate *delegate = result->delegate;
  const GPtrArray *questions;
  g_autoptr (GArray) open = NULL;

  if (result->verdict != VERDICT_ADMITTED || result->direction != DIRECTION_IN
      || delegate->protocol)
    return;
  questions = worker->programme->questions;
  open = question_open (worker->journal, questions, delegate->reference,
                        &(AddresseePerson){ delegate->category,
                                            (const char *const *) delegate->events, here->id,
                                            here->kind == CHECKPOINT_ENTRANCE },
                        NULL);
  for (guint i = 0; open != NULL && i < open->len; i++)
    guest_ask (answer->scan.guest, questions->pdata[g_array_index (open, guint, i)]);
}

static gboolean decide (ScanWorker *worker, const Request *request, Answer *answer, GError **error)
{
  g_auto (GateResult) result = { 0 };

  if (request->text != NULL ? !scan (worker, request->text, answer, &result, error)
                            : !admit (worker, request, &result, error))
    return FALSE;
  answer->scan.volunteer = answer->volunteer;
  answer->scan.volunteer_number = answer->number;
  answer->silent = request->text != NULL && answer->volunteer == NULL && is_closed (worker);
  if (answer->volunteer != NULL || answer->silent)
    return TRUE;
  if (answer->scan.opened) {
    show_guest (worker, answer->delegate, answer);
    return TRUE;
  }
  answer->scan.verdict = result.verdict;
  answer->scan.detail = result.detail;
  answer->scan.direction = result.direction;
  answer->scan.badge_serial = result.badge_serial;
  answer->scan.awaits = result.awaits;
  answer->scan.keeps = result.keeps;
  answer->channel = g_strdup (result.channel);
  answer->scan.channel = answer->channel;
  show_guest (worker, result.delegate, answer);
  if (answer->scan.guest != NULL && result.told.first != NULL && result.told.first[0] != '\0')
    guest_remind_lines (answer->scan.guest, words_of_owned (&result.told));
  answer->team = (OwnedPair){ g_strdup (result.team.first), g_strdup (result.team.second) };
  answer->scan.team = words_of_owned (&answer->team);
  if (result.delegate != NULL && answer->scan.guest != NULL) {
    ask (worker, &result, answer);
    explain (worker, &result, answer);
  }
  return TRUE;
}

static gpointer work (gpointer task, gpointer owner)
{
  g_autoptr (Request) request = task;
  g_autoptr (GError) error = NULL;
  ScanWorker *worker = owner;
  Answer *answer = g_new0 (Answer, 1);

  answer->asked_us = request->asked_us;
  answer->scan.detail = "";
  answer->scan.kind = worker->kind;
  if (!decide (worker, request, answer, &error))
    answer->why = g_strdup (error->message);
  return answer;
}

static const WorkerKind KIND = { .name = "scans",
                                 .priority = G_PRIORITY_HIGH,
                                 .work = work,
                                 .deliver = deliver,
                                 .task_free = request_free,
                                 .answer_free = answer_free };

/* Opening and closing ---------------------------------------------------------------- */

ScanWorker *scan_worker_new (const char *db, Clock clock, const char *checkpoint, gboolean is_exit,
                             gboolean volunteers, const ScanWorkerListener *listener,
                             GError **error)
{
  g_autoptr (ScanWorker) worker = g_new0 (ScanWorker, 1);

  worker->listener = *listener;
  worker->volunteers = volunteers;
  worker->journal = journal_open (db, clock, error);
  worker->gate = worker->journal != NULL ? gate_open (worker->journal, checkpoint, error) : NULL;
  if (worker->gate == NULL)
    return NULL;
  if (is_exit)
    gate_set_exit (worker->gate);
  worker->kind = gate_checkpoint (worker->gate)->kind;
  worker->fr = g_strdup (gate_checkpoint (worker->gate)->fr);
  worker->zh = g_strdup (gate_checkpoint (worker->gate)->zh);
  worker->event = g_strdup (gate_checkpoint (worker->gate)->event);
  worker->worker = worker_new (&KIND, worker);
  return g_steal_pointer (&worker);
}

void scan_worker_free (ScanWorker *worker)
{
  if (worker == NULL)
    return;
  worker_stop (worker->worker);
  gate_close (worker->gate);
  programme_free (worker->programme);
  journal_close (worker->journal);
  g_free (worker->fr);
  g_free (worker->zh);
  g_free (worker->event);
  g_free (worker);
}

static void push (ScanWorker *worker, Request *request)
{
  request->asked_us = g_get_monotonic_time ();
  if (worker_waiting (worker->worker) >= SCAN_WORKER_WAITING_MAX) {
    g_warning (_ ("a code was dropped: %d wait already"), SCAN_WORKER_WAITING_MAX);
    request_free (request);
  } else
    worker_push (worker->worker, request);
}

void scan_worker_scan (ScanWorker *worker, const char *text)
{
  Request *request = g_new0 (Request, 1);

  request->text = g_strdup (text);
  push (worker, request);
}

static void push_admission (ScanWorker *worker, const char *reference, const char *volunteer,
                            const char *reason, gboolean override)
{
  Request *request = g_new0 (Request, 1);

  request->reference = g_strdup (reference);
  request->volunteer = g_strdup (volunteer);
  request->reason = g_strdup (reason);
  request->override = override;
  push (worker, request);
}

void scan_worker_admit (ScanWorker *worker, const char *reference, const char *volunteer,
                        const char *reason)
{
  push_admission (worker, reference, volunteer, reason, FALSE);
}

void scan_worker_override (ScanWorker *worker, const char *reference, const char *volunteer,
                           const char *reason)
{
  push_admission (worker, reference, volunteer, reason, TRUE);
}

void scan_worker_set_opens (ScanWorker *worker, gboolean opens)
{
  g_atomic_int_set (&worker->opens, opens);
}

const char *scan_worker_fr (const ScanWorker *worker)
{
  return worker->fr;
}

const char *scan_worker_zh (const ScanWorker *worker)
{
  return worker->zh;
}

const char *scan_worker_event (const ScanWorker *worker)
{
  return worker->event;
}

void scan_worker_set_volunteers (ScanWorker *worker, gboolean volunteers)
{
  g_atomic_int_set (&worker->volunteers, volunteers);
}

void scan_worker_set_closed (ScanWorker *worker, gboolean closed)
{
  g_atomic_int_set (&worker->closed, closed);
}
