#include "kiosk/desk_worker.h"

#include "core/words.h"
#include "kiosk/form.h"
#include "desk/alert.h"
#include "desk/call.h"
#include "station/gate.h"
#include "spool/print_document.h"
#include "issuance/badge_data.h"
#include "issuance/test_badge.h"
#include "desk/volunteer.h"

#include <string.h>

#define FOUND_MAX 30

typedef struct {
  gboolean preview, ends;
  CommandKind kind;
  char *text, *more, *volunteer;
  guint serial, dpi;
} Question;

typedef struct {
  DeskWorker *clerk;
  Question *question;
  BadgeSheet *sheet;
  char *name;
  gint64 locked_ms;
  SearchRecord *found;
  gboolean good;
  Pair notice;
  PersonRecord *person;
  StationRecord *station;
} Answer;

struct _DeskWorker {
  DeskWorkerListener listener;
  GMainContext *context;
  Journal *journal;
  Programme *programme; /* NULL before it is first needed */
  BadgeTemplate *template_;
  GAsyncQueue *questions;
  GThread *thread;
  gint searches; /* that wait; atomic */
  gint closed;
  gatomicrefcount references;
};

static void question_free (Question *question)
{
  g_free (question->text);
  g_free (question->more);
  g_free (question->volunteer);
  g_free (question);
}

static void clerk_unref (DeskWorker *clerk)
{
  if (!g_atomic_ref_count_dec (&clerk->references))
    return;
  badge_template_free (clerk->template_);
  programme_free (clerk->programme);
  journal_close (clerk->journal);
  g_async_queue_unref (clerk->questions);
  g_main_context_unref (clerk->context);
  g_free (clerk);
}

/* Answers ---------------------------------------------------------------------------- */

static void answer_free (gpointer data)
{
  Answer *answer = data;

  badge_sheet_free (answer->sheet);
  g_free (answer->name);
  search_record_free (answer->found);
  person_record_free (answer->person);
  station_record_free (answer->station);
  question_free (answer->question);
  clerk_unref (answer->clerk);
  g_free (answer);
}

static void deliver_done (Answer *answer, const DeskWorkerListener *listener)
{
  g_autoptr (Guest) guest = answer->person != NULL ? guest_ref (answer->person->guest) : NULL;

  if (answer->person != NULL)
    listener->person (g_steal_pointer (&answer->person), listener->data);
  if (answer->station != NULL)
    listener->station (g_steal_pointer (&answer->station), listener->data);
  listener->done (answer->question->kind, answer->good, answer->notice, guest, listener->data);
}

static gboolean deliver (gpointer data)
{
  Answer *answer = data;
  const Question *question = answer->question;
  const DeskWorkerListener *listener = &answer->clerk->listener;

  if (g_atomic_int_get (&answer->clerk->closed))
    return G_SOURCE_REMOVE;
  if (question->preview)
    listener->preview (question->text, question->serial, answer->sheet, listener->data);
  else if (question->kind == COMMAND_PIN && answer->notice.first[0] == '\0')
    listener->entered (answer->name != NULL ? answer->name : "", answer->locked_ms, listener->data);
  else if (question->kind == COMMAND_SEARCH && answer->found != NULL)
    listener->found (question->text, answer->found, listener->data);
  else
    deliver_done (answer, listener);
  return G_SOURCE_REMOVE;
}

/* Questions -------------------------------------------------------------------------- */

static gboolean refresh_programme (DeskWorker *clerk, GError **error)
{
  clerk->programme = programme_refresh (clerk->programme, clerk->journal, error);
  return clerk->programme != NULL;
}

static gboolean search (DeskWorker *clerk, const Question *question, Answer *answer, GError **error)
{
  if (refresh_programme (clerk, error))
    answer->found
        = search_record_read (clerk->journal, clerk->programme, question->text, FOUND_MAX, error);
  return answer->found != NULL;
}

/* The person's page after what was done. */
static gboolean show_person (DeskWorker *clerk, const char *reference, Answer *answer,
                             GError **error)
{
  GError *cause = NULL;

  if (refresh_programme (clerk, &cause))
    answer->person = person_record_read (clerk->journal, clerk->programme, reference, &cause);
  if (answer->person == NULL && cause == NULL && answer->notice.first[0] == '\0')
    answer->notice = words_pair (N_ ("Nobody is registered under this reference."));
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

/* What the desk answered, and whom it was about. */
static gboolean show_result (DeskWorker *clerk, const char *reference, const DeskResult *result,
                             Answer *answer, GError **error)
{
  answer->good = desk_verdict_is_success (result->verdict);
  answer->notice = desk_verdict_wording (result->verdict);
  return reference[0] == '\0' || show_person (clerk, reference, answer, error);
}

static gboolean reprint (DeskWorker *clerk, const Question *question, Answer *answer,
                         GError **error)
{
  DeskReason reason = DESK_OTHER;
  DeskResult result = { 0 };
  const char *text = desk_reason_from_name (question->more, &reason) ? "" : question->more;
  gboolean done = question->kind == COMMAND_VOID
                      ? desk_void (clerk->journal, question->text, question->volunteer, reason,
                                   text, &result, error)
                      : desk_reprint (clerk->journal, question->text, 0, question->volunteer,
                                      reason, text, &result, error);

  return done && show_result (clerk, question->text, &result, answer, error);
}

static gboolean correct (DeskWorker *clerk, const Question *question, Answer *answer,
                         GError **error)
{
  g_autoptr (GHashTable) fields = form_read (question->more);
  DeskResult result = { 0 };
  const DeskCorrection texts = form_texts (fields);

  return desk_correct (clerk->journal, question->text, &texts, TRUE, question->volunteer, &result,
                       error)
         && show_result (clerk, question->text, &result, answer, error);
}

static gboolean walk_in (DeskWorker *clerk, const Question *question, Answer *answer,
                         GError **error)
{
  g_autoptr (GHashTable) fields = form_read (question->more);
  g_auto (GStrv) events = form_list (fields, "events");
  const DeskWalkIn form = {
    .texts = form_texts (fields),
    .category = g_hash_table_lookup (fields, "category"),
    .country = g_hash_table_lookup (fields, "country"),
    .events = (const char *const *) events,
    .meals = form_flag (fields, "meals"),
    .transport = form_flag (fields, "transport"),
    .headset = form_flag (fields, "headset"),
    .namesake = form_flag (fields, "namesake"),
  };
  DeskResult result = { 0 };

  return desk_walk_in (clerk->journal, &form, question->volunteer, &result, error)
         && show_result (clerk, result.reference, &result, answer, error);
}

static gboolean lend (DeskWorker *clerk, const Question *question, Answer *answer, GError **error)
{
  g_autoptr (Gate) gate = gate_open (clerk->journal, question->more, error);
  g_auto (GateResult) result = { 0 };

  if (gate == NULL
      || !gate_admit (gate, question->text, question->volunteer, "desk", &result, error))
    return FALSE;
  answer->good = result.verdict == VERDICT_ADMITTED;
  answer->notice = answer->good ? wording_admitted (CHECKPOINT_HEADSET, result.direction)
                                : wording_verdict (result.verdict, result.detail);
  return show_person (clerk, question->text, answer, error);
}

static gboolean do_job (DeskWorker *clerk, const Question *question, Answer *answer, GError **error)
{
  DeskResult result = { 0 };
  gboolean done;

  if (strcmp (question->more, "retry") == 0)
    done = desk_retry (clerk->journal, question->text, question->volunteer, &result, error);
  else if (strcmp (question->more, "cancel") == 0)
    done = desk_cancel (clerk->journal, question->text, question->volunteer, &result, error);
  else
    done = desk_answer (clerk->journal, question->text, strcmp (question->more, "yes") == 0,
                        question->volunteer, &result, error);
  return done && show_result (clerk, "", &result, answer, error);
}

/* "SEEN ID", seen to by a volunteer at the desk. */
static gboolean close_alert (DeskWorker *clerk, const Question *question, Answer *answer,
                             GError **error)
{
  char *id = NULL;
  guint64 seen = g_ascii_strtoull (question->text, &id, 10);
  DeskResult result = { 0 };

  return alert_close (clerk->journal, id + (*id == ' '), (guint) MIN (seen, G_MAXUINT),
                      question->volunteer, "desk", &result, error)
         && show_result (clerk, "", &result, answer, error);
}

/* What the kiosk is to be after its next start. */
static gboolean keep (DeskWorker *clerk, const char *name, const char *value, Answer *answer,
                      GError **error)
{
  answer->good = journal_set_local (clerk->journal, name, value, error);
  return answer->good;
}

/* One sheet, not followed: the volunteer sees it come out or the printer's state above
 * it. */
static gboolean print_test (DeskWorker *clerk, const Question *question, Answer *answer,
                            GError **error)
{
  g_autoptr (Printer) printer = printer_open (question->text, error);
  const BadgeContent content = test_badge_content (question->text);
  g_autoptr (PrintDocument) document
      = printer != NULL
            ? print_document_draw (printer, clerk->template_, &content, BADGE_FRONT, error)
            : NULL;
  g_autofree char *name
      = g_strdup_printf ("accueil-test-%" G_GINT64_MODIFIER "x", g_get_real_time ());

  answer->good = document != NULL && print_document_send (printer, name, document, error) != 0;
  if (answer->good)
    answer->notice = words_pair (N_ ("The test sheet is on its way."));
  return answer->good;
}

static gboolean carry_out (DeskWorker *clerk, const Question *question, Answer *answer,
                           GError **error)
{
  switch (question->kind) {
  case COMMAND_PIN:
    return volunteer_enter (clerk->journal, question->text, &answer->name, &answer->locked_ms,
                            error);
  case COMMAND_SEARCH:
    return search (clerk, question, answer, error);
  case COMMAND_PERSON:
    answer->good = TRUE;
    return show_person (clerk, question->text, answer, error);
  case COMMAND_REPRINT:
  case COMMAND_VOID:
    return reprint (clerk, question, answer, error);
  case COMMAND_CORRECT:
    return correct (clerk, question, answer, error);
  case COMMAND_WALK_IN:
    return walk_in (clerk, question, answer, error);
  case COMMAND_LOAN:
    return lend (clerk, question, answer, error);
  case COMMAND_JOB:
    return do_job (clerk, question, answer, error)
           && (answer->station = station_record_read (clerk->journal, error)) != NULL;
  case COMMAND_ALERT:
    return close_alert (clerk, question, answer, error)
           && (answer->station = station_record_read (clerk->journal, error)) != NULL;
  case COMMAND_STATION:
    return (answer->station = station_record_read (clerk->journal, error)) != NULL;
  case COMMAND_TEST_PRINT:
    return print_test (clerk, question, answer, error);
  case COMMAND_CALL:
    return answer->good = call_team (clerk->journal, question->text, error);
  case COMMAND_MODE:
    return keep (clerk, DESK_WORKER_LOCAL_MODE, question->text, answer, error);
  case COMMAND_CHECKPOINT:
    return keep (clerk, DESK_WORKER_LOCAL_CHECKPOINT, question->text, answer, error);
  case COMMAND_ORDER:
    return keep (clerk, DESK_WORKER_LOCAL_ORDER, question->text, answer, error);
  default:
    return TRUE;
  }
}

static void serve (DeskWorker *clerk, Question *question)
{
  g_autoptr (GError) error = NULL;
  Answer *answer = g_new0 (Answer, 1);

  g_atomic_ref_count_inc (&clerk->references);
  answer->clerk = clerk;
  answer->question = question;
  answer->notice = PAIR_EMPTY;
  if (question->preview)
    answer->sheet
        = badge_data_badge (clerk->journal, clerk->template_, question->text, question->serial,
                            BADGE_FRONT, BADGE_DATA_RASTER, question->dpi, NULL);
  else if (!carry_out (clerk, question, answer, &error)) {
    g_warning ("%s", error->message);
    answer->good = FALSE;
    answer->notice = words_pair (N_ ("This did not work; please try again."));
  }
  g_main_context_invoke_full (clerk->context, G_PRIORITY_DEFAULT, deliver, answer, answer_free);
}

static gboolean is_search (const Question *question)
{
  return question->kind == COMMAND_SEARCH && !question->preview && !question->ends;
}

/* A search that another one follows is not worth its time: somebody typed on. */
static gboolean is_overtaken (DeskWorker *clerk, const Question *question)
{
  return is_search (question) && !g_atomic_int_dec_and_test (&clerk->searches);
}

static gpointer run (gpointer data)
{
  DeskWorker *clerk = data;

  for (;;) {
    Question *question = g_async_queue_pop (clerk->questions);
    if (question->ends) {
      question_free (question);
      return NULL;
    }
    if (is_overtaken (clerk, question))
      question_free (question);
    else
      serve (clerk, question);
  }
}

DeskWorker *desk_worker_new (const char *db, Clock clock, const char *template_,
                             const DeskWorkerListener *listener, GError **error)
{
  DeskWorker *clerk = g_new0 (DeskWorker, 1);

  g_atomic_ref_count_init (&clerk->references);
  clerk->listener = *listener;
  clerk->context = g_main_context_ref_thread_default ();
  clerk->questions = g_async_queue_new_full ((GDestroyNotify) question_free);
  clerk->journal = journal_open (db, clock, error);
  clerk->template_ = clerk->journal != NULL ? badge_template_load (template_, error) : NULL;
  if (clerk->template_ == NULL) {
    clerk_unref (clerk);
    return NULL;
  }
  clerk->thread = g_thread_new ("clerk", run, clerk);
  return clerk;
}

void desk_worker_free (DeskWorker *clerk)
{
  Question *last = g_new0 (Question, 1);

  if (clerk == NULL) {
    g_free (last);
    return;
  }
  last->ends = TRUE;
  g_atomic_int_set (&clerk->closed, TRUE);
  g_async_queue_push_front (clerk->questions, last);
  g_thread_join (clerk->thread);
  clerk_unref (clerk);
}

void desk_worker_preview (DeskWorker *clerk, const char *reference, guint serial, guint dpi)
{
  Question *question = g_new0 (Question, 1);

  question->preview = TRUE;
  question->text = g_strdup (reference);
  question->serial = serial;
  question->dpi = dpi;
  g_async_queue_push (clerk->questions, question);
}

void desk_worker_do (DeskWorker *clerk, const FlowCommand *command, const char *volunteer)
{
  Question *question = g_new0 (Question, 1);

  question->kind = command->kind;
  question->text = g_strdup (command->text);
  question->more = g_strdup (command->more);
  question->volunteer = g_strdup (volunteer);
  if (is_search (question))
    g_atomic_int_inc (&clerk->searches);
  g_async_queue_push (clerk->questions, question);
}

void desk_worker_call (DeskWorker *clerk, const char *checkpoint)
{
  Question *question = g_new0 (Question, 1);

  question->kind = COMMAND_CALL;
  question->text = g_strdup (checkpoint);
  g_async_queue_push (clerk->questions, question);
}
