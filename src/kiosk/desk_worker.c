#include "kiosk/desk_worker.h"

#include "congress/question.h"
#include "core/words.h"
#include "kiosk/form.h"
#include "kiosk/worker.h"
#include "desk/alert.h"
#include "desk/call.h"
#include "desk/head_count.h"
#include "station/gate.h"
#include "spool/emergency_print.h"
#include "spool/print_document.h"
#include "spool/printer_state.h"
#include "issuance/badge_data.h"
#include "issuance/test_badge.h"
#include "desk/volunteer.h"
#include "journal/withheld.h"

#include <string.h>

#define FOUND_MAX 30
#define DRAFT_DPI 66

typedef struct {
  gboolean preview;
  CommandKind kind;
  char *text, *more, *volunteer;
  guint serial, dpi;
} DeskQuestion;

typedef struct {
  DeskQuestion *question;
  BadgeSheet *sheet;
  char *name;
  guint rights;
  gint64 locked_ms;
  SearchRecord *found;
  DraftRecord *draft;
  GroupRecord *group;
  gboolean good;
  Pair notice;
  OwnedPair said; /* that the notice borrows, where it holds a figure */
  PersonRecord *person;
  StationRecord *station;
  Notice *data;
} Answer;

struct _DeskWorker {
  DeskWorkerListener listener;
  Journal *journal;
  Programme *programme; /* NULL before it is first needed */
  BadgeTemplate *template_;
  Worker *worker;
  gint searches; /* that wait; atomic */
};

static void question_free (gpointer data)
{
  DeskQuestion *question = data;

  g_free (question->text);
  g_free (question->more);
  g_free (question->volunteer);
  g_free (question);
}

/* Answers ---------------------------------------------------------------------------- */

static void answer_free (gpointer data)
{
  Answer *answer = data;

  badge_sheet_free (answer->sheet);
  words_owned_clear (&answer->said);
  g_free (answer->name);
  search_record_free (answer->found);
  person_record_free (answer->person);
  station_record_free (answer->station);
  draft_record_free (answer->draft);
  group_record_free (answer->group);
  notice_free (answer->data);
  question_free (answer->question);
  g_free (answer);
}

static void deliver_done (Answer *answer, const DeskWorkerListener *listener)
{
  g_autoptr (Guest) guest = answer->person != NULL ? guest_ref (answer->person->guest) : NULL;

  if (answer->person != NULL)
    listener->person (g_steal_pointer (&answer->person), listener->data);
  if (answer->draft != NULL)
    listener->draft (g_steal_pointer (&answer->draft), listener->data);
  if (answer->group != NULL)
    listener->group (g_steal_pointer (&answer->group), listener->data);
  if (answer->station != NULL)
    listener->station (g_steal_pointer (&answer->station), listener->data);
  if (answer->data != NULL)
    listener->notice (g_steal_pointer (&answer->data), listener->data);
  listener->done (answer->question->kind, answer->good, answer->notice, guest, listener->data);
}

static void deliver (gpointer data, gpointer owner)
{
  Answer *answer = data;
  const DeskQuestion *question = answer->question;
  const DeskWorkerListener *listener = &((DeskWorker *) owner)->listener;

  if (question->preview)
    listener->preview (question->text, question->serial, answer->sheet, listener->data);
  else if (question->kind == COMMAND_PIN && answer->notice.first[0] == '\0')
    listener->entered (answer->name != NULL ? answer->name : "", answer->rights, answer->locked_ms,
                       listener->data);
  else if (question->kind == COMMAND_SEARCH && answer->found != NULL)
    listener->found (question->text, answer->found, listener->data);
  else
    deliver_done (answer, listener);
}

/* Questions -------------------------------------------------------------------------- */

static gboolean refresh_programme (DeskWorker *worker, GError **error)
{
  worker->programme = programme_refresh (worker->programme, worker->journal, error);
  return worker->programme != NULL;
}

static gboolean search (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                        GError **error)
{
  if (refresh_programme (worker, error))
    answer->found
        = search_record_read (worker->journal, worker->programme, question->text, FOUND_MAX, error);
  return answer->found != NULL;
}

/* The person's page after what was done. */
static gboolean show_person (DeskWorker *worker, const char *reference, Answer *answer,
                             GError **error)
{
  GError *cause = NULL;

  if (refresh_programme (worker, &cause))
    answer->person = person_record_read (worker->journal, worker->programme, reference, &cause);
  if (answer->person == NULL && cause == NULL && answer->notice.first[0] == '\0')
    answer->notice = words_pair (N_ ("Nobody is registered under this reference."));
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

/* What the desk answered, and whom it was about. */
static gboolean show_result (DeskWorker *worker, const char *reference, const DeskResult *result,
                             Answer *answer, GError **error)
{
  answer->good = desk_verdict_is_success (result->verdict);
  answer->notice = desk_verdict_wording (result->verdict);
  return reference[0] == '\0' || show_person (worker, reference, answer, error);
}

static gboolean reprint (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                         GError **error)
{
  DeskReason reason = DESK_OTHER;
  DeskResult result = { 0 };
  const char *text = desk_verdict_reason_from_name (question->more, &reason) ? "" : question->more;
  gboolean done = question->kind == COMMAND_VOID
                      ? desk_void (worker->journal, question->text, question->volunteer, reason,
                                   text, &result, error)
                      : desk_reprint (worker->journal, question->text, 0, question->volunteer,
                                      reason, text, &result, error);

  return done && show_result (worker, question->text, &result, answer, error);
}

static gboolean correct (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                         GError **error)
{
  g_autoptr (GHashTable) fields = form_read (question->more);
  DeskResult result = { 0 };
  const DeskCorrection texts = form_texts (fields);

  return desk_correct (worker->journal, question->text, &texts, TRUE, question->volunteer, &result,
                       error)
         && show_result (worker, question->text, &result, answer, error);
}

static gboolean walk_in (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                         GError **error)
{
  g_autoptr (GHashTable) fields = form_read (question->more);
  g_auto (FormChoices) choices = { 0 };
  const DeskWalkIn form = form_walk_in (fields, &choices);
  DeskResult result = { 0 };

  return desk_walk_in (worker->journal, &form, question->volunteer, &result, error)
         && show_result (worker, result.reference, &result, answer, error);
}

static gboolean grant (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                       GError **error)
{
  g_autoptr (GHashTable) fields = form_read (question->more);
  g_auto (FormChoices) choices = { 0 };
  const DeskRights rights = form_rights (fields, &choices);
  DeskResult result = { 0 };

  return desk_grant (worker->journal, question->text, &rights, form_flag (fields, "reprint"),
                     question->volunteer, &result, error)
         && show_result (worker, question->text, &result, answer, error);
}

/* What the form would write; where it cannot be, why. */
static gboolean draft (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                       GError **error)
{
  g_autoptr (GHashTable) fields = form_read (question->more);
  GError *failure = NULL;
  DeskResult result = { 0 };

  if (!refresh_programme (worker, error))
    return FALSE;
  answer->draft = draft_record_read (worker->journal, worker->programme, worker->template_,
                                     question->text, fields, DRAFT_DPI, &result, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  answer->good = answer->draft != NULL;
  if (!answer->good)
    answer->notice = desk_verdict_wording (result.verdict);
  return TRUE;
}

static gboolean note (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                      GError **error)
{
  const char *const references[] = { question->text, NULL };
  DeskResult result = { 0 };
  gboolean done = question->kind == COMMAND_NOTE
                      ? desk_note (worker->journal, question->text, question->more,
                                   question->volunteer, &result, error)
                      : desk_hand_over (worker->journal, references, question->more, "",
                                        question->volunteer, &result, error);

  return done && show_result (worker, question->text, &result, answer, error);
}

/* "PASSAGE", a space, the reason. */
static gboolean take_back (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                           GError **error)
{
  g_auto (GStrv) parts = g_strsplit (question->more, " ", 2);
  DeskResult result = { 0 };

  return parts[0] == NULL || parts[1] == NULL
         || (desk_undo (worker->journal, question->text, parts[0], question->volunteer, parts[1],
                        &result, error)
             && show_result (worker, question->text, &result, answer, error));
}

/* "QUESTION", a space, the answer. What cannot be kept is asked again another time. */
static gboolean keep_answer (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                             GError **error)
{
  g_auto (GStrv) parts = g_strsplit (question->more, " ", 2);

  return parts[0] == NULL || parts[1] == NULL
         || question_answer (worker->journal, question->text, parts[0], parts[1],
                             question->volunteer, &answer->good, error);
}

/* A delegation as it is now. */
static gboolean show_group (DeskWorker *worker, const char *reference, Answer *answer,
                            GError **error)
{
  GError *cause = NULL;

  if (refresh_programme (worker, &cause))
    answer->group = group_record_read (worker->journal, worker->programme, reference, &cause);
  answer->good = answer->group != NULL;
  if (answer->group == NULL && cause == NULL)
    answer->notice = words_pair (N_ ("This person has no delegation."));
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

/* Lets @references in; those who were not are not handed a badge. */
static gboolean admit_together (DeskWorker *worker, const DeskQuestion *question, char **references,
                                GPtrArray *admitted, GError **error)
{
  g_autoptr (Gate) gate = gate_open (worker->journal, question->text, error);

  for (guint i = 0; gate != NULL && references[i] != NULL; i++) {
    g_auto (GateResult) result = { 0 };
    if (references[i][0] == '\0')
      continue;
    if (!gate_admit (gate, references[i], question->volunteer, "delegation", &result, error))
      return FALSE;
    if (result.verdict == VERDICT_ADMITTED)
      g_ptr_array_add (admitted, references[i]);
  }
  return gate != NULL;
}

/* "TAKER", and a reference a line. */
static gboolean together (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                          GError **error)
{
  g_auto (GStrv) lines = g_strsplit (question->more, "\n", -1);
  g_autoptr (GPtrArray) admitted = g_ptr_array_new ();
  DeskResult result = { 0 };

  if (lines[0] == NULL || lines[1] == NULL)
    return TRUE;
  if (!admit_together (worker, question, lines + 1, admitted, error))
    return FALSE;
  g_ptr_array_add (admitted, NULL);
  if (admitted->len > 1 && lines[0][0] != '\0'
      && !desk_hand_over (worker->journal, (const char *const *) admitted->pdata, lines[0],
                          "delegation", question->volunteer, &result, error))
    return FALSE;
  if (!show_group (worker, lines[1], answer, error))
    return FALSE;
  answer->good = admitted->len > 1;
  answer->notice = words_pair (answer->good ? N_ ("They are in; the badges are being printed.")
                                            : N_ ("Nobody could be let in here today."));
  return TRUE;
}

static gboolean lend (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                      GError **error)
{
  const char *space = strchr (question->more, ' ');
  gboolean out = g_str_has_prefix (question->more, "out ");
  g_autoptr (Gate) gate
      = gate_open (worker->journal, space != NULL ? space + 1 : question->more, error);
  g_auto (GateResult) result = { 0 };

  if (gate == NULL || !gate_loan (gate, question->text, out, question->volunteer, &result, error))
    return FALSE;
  answer->good = result.verdict == VERDICT_ADMITTED;
  answer->notice = answer->good ? wording_admitted (CHECKPOINT_HEADSET, result.direction)
                                : wording_told (result.verdict, result.detail);
  return show_person (worker, question->text, answer, error);
}

static gboolean do_job (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                        GError **error)
{
  DeskResult result = { 0 };
  gboolean done;

  if (strcmp (question->more, "retry") == 0)
    done = desk_retry (worker->journal, question->text, question->volunteer, &result, error);
  else if (strcmp (question->more, "cancel") == 0)
    done = desk_cancel (worker->journal, question->text, question->volunteer, &result, error);
  else
    done = desk_answer (worker->journal, question->text, strcmp (question->more, "yes") == 0,
                        question->volunteer, &result, error);
  return done && show_result (worker, "", &result, answer, error);
}

/* "SEEN ID", seen to by a volunteer at the desk. */
static gboolean close_alert (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                             GError **error)
{
  char *id = NULL;
  guint64 seen = g_ascii_strtoull (question->text, &id, 10);
  DeskResult result = { 0 };

  return alert_close (worker->journal, id + (*id == ' '), (guint) MIN (seen, G_MAXUINT),
                      question->volunteer, "desk", &result, error)
         && show_result (worker, "", &result, answer, error);
}

/* What the kiosk is to be after its next start. */
static gboolean keep (DeskWorker *worker, const char *name, const char *value, Answer *answer,
                      GError **error)
{
  answer->good = journal_set_local (worker->journal, name, value, error);
  return answer->good;
}

/* One sheet, not followed: the volunteer sees it come out or the printer's state above
 * it. */
static gboolean print_test (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                            GError **error)
{
  g_autoptr (Printer) printer = printer_open (question->text, error);
  const BadgeContent content = test_badge_content (question->text);
  g_autoptr (PrintDocument) document
      = printer != NULL
            ? print_document_draw (printer, worker->template_, &content, BADGE_FRONT, error)
            : NULL;
  g_autofree char *name
      = g_strdup_printf ("accueil-test-%" G_GINT64_MODIFIER "x", g_get_real_time ());

  answer->good = document != NULL && print_document_send (printer, name, document, error) != 0;
  if (answer->good)
    answer->notice = words_pair (N_ ("The test sheet is on its way."));
  return answer->good;
}

/* "+QUEUE" rests from now on, "-QUEUE" works again. */
static gboolean rest (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                      GError **error)
{
  const char *queue = question->text + (question->text[0] != '\0');
  gboolean rests = question->text[0] == '+';

  if (!printer_state_rest (worker->journal, queue, rests ? question->volunteer : "", error))
    return FALSE;
  answer->good = TRUE;
  answer->notice
      = words_pair (rests ? N_ ("This printer rests: it gets no badge until it is touched again.")
                          : N_ ("This printer works again."));
  answer->station = station_record_read (worker->journal, error);
  return answer->station != NULL;
}

/* Who is inside, at the printer of pages that the settings name, else at one that is
 * found. */
static gboolean print_emergency (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                                 GError **error)
{
  GError *cause = NULL;

  answer->good = emergency_print (worker->journal, question->text, &answer->said, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  answer->notice = words_of_owned (&answer->said);
  return TRUE;
}

/* Who stands at a door without a desk is told so: it holds nobody's PIN. */
static gboolean enter (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                       GError **error)
{
  gboolean gate;

  if (!withheld_here (worker->journal, &gate, error))
    return FALSE;
  if (gate) {
    answer->notice = words_pair (N_ ("This machine is a door and knows no PINs. Please go to a "
                                     "welcome desk."));
    return TRUE;
  }
  return volunteer_enter (worker->journal, question->text, &answer->name, &answer->locked_ms, error)
         && (answer->name == NULL
             || volunteer_rights (worker->journal, answer->name, &answer->rights, error));
}

static gboolean carry_out (DeskWorker *worker, const DeskQuestion *question, Answer *answer,
                           GError **error)
{
  switch (question->kind) {
  case COMMAND_PIN:
    return enter (worker, question, answer, error);
  case COMMAND_SEARCH:
    return search (worker, question, answer, error);
  case COMMAND_PERSON:
    answer->good = TRUE;
    return show_person (worker, question->text, answer, error);
  case COMMAND_REPRINT:
  case COMMAND_VOID:
    return reprint (worker, question, answer, error);
  case COMMAND_CORRECT:
    return correct (worker, question, answer, error);
  case COMMAND_WALK_IN:
    return walk_in (worker, question, answer, error);
  case COMMAND_RIGHTS:
    return grant (worker, question, answer, error);
  case COMMAND_DRAFT:
    return draft (worker, question, answer, error);
  case COMMAND_NOTE:
  case COMMAND_TAKEN:
    return note (worker, question, answer, error);
  case COMMAND_ANSWER:
    return keep_answer (worker, question, answer, error);
  case COMMAND_TAKE_BACK:
    return take_back (worker, question, answer, error);
  case COMMAND_GROUP:
    return show_group (worker, question->text, answer, error);
  case COMMAND_TOGETHER:
    return together (worker, question, answer, error);
  case COMMAND_LOAN:
    return lend (worker, question, answer, error);
  case COMMAND_JOB:
    return do_job (worker, question, answer, error)
           && (answer->station = station_record_read (worker->journal, error)) != NULL;
  case COMMAND_ALERT:
    return close_alert (worker, question, answer, error)
           && (answer->station = station_record_read (worker->journal, error)) != NULL;
  case COMMAND_STATION:
    return (answer->station = station_record_read (worker->journal, error)) != NULL;
  case COMMAND_YOUR_DATA:
    return (answer->data = notice_read (worker->journal, error)) != NULL;
  case COMMAND_TEST_PRINT:
    return print_test (worker, question, answer, error);
  case COMMAND_REST:
    return rest (worker, question, answer, error);
  case COMMAND_EMERGENCY:
    return print_emergency (worker, question, answer, error);
  case COMMAND_HEADS:
    return answer->good = head_count_add (worker->journal, question->text, HEAD_COUNT_COMPANION, 1,
                                          question->volunteer, error);
  case COMMAND_CALL:
    return answer->good = call_team (worker->journal, question->text, error);
  case COMMAND_MODE:
    return keep (worker, DESK_WORKER_LOCAL_MODE, question->text, answer, error);
  case COMMAND_CHECKPOINT:
    return keep (worker, DESK_WORKER_LOCAL_CHECKPOINT, question->text, answer, error);
  case COMMAND_ORDER:
    return keep (worker, DESK_WORKER_LOCAL_ORDER, question->text, answer, error);
  case COMMAND_CLOSE:
    return keep (worker, DESK_WORKER_LOCAL_CLOSED, question->text, answer, error);
  default:
    return TRUE;
  }
}

static gboolean is_search (const DeskQuestion *question)
{
  return question->kind == COMMAND_SEARCH && !question->preview;
}

/* A search that another one follows is not worth its time: somebody typed on. */
static gboolean is_overtaken (DeskWorker *worker, const DeskQuestion *question)
{
  return is_search (question) && !g_atomic_int_dec_and_test (&worker->searches);
}

static gpointer work (gpointer task, gpointer owner)
{
  g_autoptr (GError) error = NULL;
  DeskWorker *worker = owner;
  DeskQuestion *question = task;
  Answer *answer;

  if (is_overtaken (worker, question)) {
    question_free (question);
    return NULL;
  }
  answer = g_new0 (Answer, 1);
  answer->question = question;
  answer->notice = PAIR_EMPTY;
  if (question->preview)
    answer->sheet
        = badge_data_badge (worker->journal, worker->template_, question->text, question->serial,
                            BADGE_FRONT, BADGE_DATA_RASTER, question->dpi, NULL);
  else if (!carry_out (worker, question, answer, &error)) {
    g_warning ("%s", error->message);
    answer->good = FALSE;
    answer->notice = words_pair (N_ ("This did not work; please try again."));
  }
  return answer;
}

static const WorkerKind KIND = { .name = "desk",
                                 .priority = G_PRIORITY_DEFAULT,
                                 .work = work,
                                 .deliver = deliver,
                                 .task_free = question_free,
                                 .answer_free = answer_free };

DeskWorker *desk_worker_new (const char *db, Clock clock, const char *template_,
                             const DeskWorkerListener *listener, GError **error)
{
  g_autoptr (DeskWorker) worker = g_new0 (DeskWorker, 1);

  worker->listener = *listener;
  worker->journal = journal_open (db, clock, error);
  worker->template_ = worker->journal != NULL ? badge_template_load (template_, error) : NULL;
  if (worker->template_ == NULL)
    return NULL;
  worker->worker = worker_new (&KIND, worker);
  return g_steal_pointer (&worker);
}

void desk_worker_free (DeskWorker *worker)
{
  if (worker == NULL)
    return;
  worker_stop (worker->worker);
  badge_template_free (worker->template_);
  programme_free (worker->programme);
  journal_close (worker->journal);
  g_free (worker);
}

void desk_worker_preview (DeskWorker *worker, const char *reference, guint serial, guint dpi)
{
  DeskQuestion *question = g_new0 (DeskQuestion, 1);

  question->preview = TRUE;
  question->text = g_strdup (reference);
  question->serial = serial;
  question->dpi = dpi;
  worker_push (worker->worker, question);
}

void desk_worker_do (DeskWorker *worker, const FlowCommand *command, const char *volunteer)
{
  DeskQuestion *question = g_new0 (DeskQuestion, 1);

  question->kind = command->kind;
  question->text = g_strdup (command->text);
  question->more = g_strdup (command->more);
  question->volunteer = g_strdup (volunteer);
  if (is_search (question))
    g_atomic_int_inc (&worker->searches);
  worker_push (worker->worker, question);
}

void desk_worker_call (DeskWorker *worker, const char *checkpoint)
{
  DeskQuestion *question = g_new0 (DeskQuestion, 1);

  question->kind = COMMAND_CALL;
  question->text = g_strdup (checkpoint);
  worker_push (worker->worker, question);
}
