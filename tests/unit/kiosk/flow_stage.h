/* flow_stage.h: scripts for the flow: what happens, a word a step, and the screen and
 * commands that it leads to. Included by the tests of each part of the flow. */
#pragma once

#include "kiosk/flow.h"
#include "words_here.h"

#include <string.h>

typedef struct {
  Flow *flow;
  gint64 now_ms;
  GString *commands; /* kinds of those that the last step left */
} Stage;

/* What happens, the screen it ends on, the commands of its last step. */
typedef struct {
  FlowMode mode;
  const char *steps, *screen, *commands;
} StageScript;

static Stage stage_new (FlowMode mode)
{
  return (Stage){ flow_new (mode, FALSE, 0), 0, g_string_new (NULL) };
}

static void stage_clear (Stage *stage)
{
  flow_free (stage->flow);
  g_string_free (stage->commands, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

static const char *const STAGE_SCREENS[SCREEN_COUNT]
    = { "attract", "welcome", "discreet",   "question", "verdict", "no-code", "your-data",
        "called",  "closed",  "standstill", "gate",     "pin",     "search",  "person",
        "reason",  "correct", "walk-in",    "station",  "rights",  "draft",   "group" };

static void no_right (gpointer right)
{
  g_free (right);
}

static Guest *guest_of (const char *reference, gboolean chinese, gboolean protocol)
{
  Guest *guest = g_new0 (Guest, 1);
  char **const texts[] = { &guest->given,           &guest->family,        &guest->name_zh,
                           &guest->function_fr,     &guest->function_zh,   &guest->organisation_fr,
                           &guest->organisation_zh, &guest->delegation_fr, &guest->delegation_zh,
                           &guest->category,        &guest->category_fr,   &guest->category_zh,
                           &guest->colour };

  g_atomic_ref_count_init (&guest->references);
  guest->reference = g_strdup (reference);
  guest->second_leads = chinese;
  guest->protocol = protocol;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("x");
  guest->rights = g_ptr_array_new_with_free_func (no_right);
  guest->reminders = g_ptr_array_new_with_free_func (no_right);
  return guest;
}

static void take_commands (Stage *stage)
{
  static const char *const NAMES[]
      = { "sound",    "speak",    "call",      "pin",        "search",    "person", "admit",
          "reprint",  "void",     "correct",   "walk-in",    "loan",      "job",    "station",
          "test",     "rest",     "mode",      "checkpoint", "order",     "close",  "alert",
          "override", "note",     "taken",     "answer",     "take-back", "rights", "draft",
          "group",    "together", "emergency", "heads",      "your-data" };

  g_string_truncate (stage->commands, 0);
  for (FlowCommand *command; (command = flow_take_command (stage->flow)) != NULL;
       flow_command_free (command))
    g_string_append_printf (stage->commands, "%s%s%s%s%s%s", stage->commands->len > 0 ? " " : "",
                            NAMES[command->kind], command->text[0] != '\0' ? ":" : "",
                            command->text, command->more[0] != '\0' ? ":" : "", command->more);
}

/* A ticket whose badge has not come out yet; one of another day. */
static void scan_refused (Stage *stage, const FlowScan *as, const char *reference)
{
  g_autoptr (Guest) guest = guest_of (reference, FALSE, FALSE);
  FlowScan scanned = *as;

  scanned.guest = guest;
  flow_scan (stage->flow, &scanned, stage->now_ms);
}

static void scan (Stage *stage, Verdict verdict, const char *reference, guint serial,
                  gboolean protocol)
{
  g_autoptr (Guest) guest
      = reference != NULL ? guest_of (reference, reference[0] == 'C', protocol) : NULL;
  const FlowScan scanned = { .verdict = verdict,
                             .detail = "",
                             .direction = DIRECTION_IN,
                             .kind = CHECKPOINT_ENTRANCE,
                             .guest = guest,
                             .badge_serial = serial };

  flow_scan (stage->flow, &scanned, stage->now_ms);
}

static const Question *question_of (const char *id)
{
  static Question question;
  static QuestionOption option;

  option = (QuestionOption){ (char *) (guintptr) "yes", (char *) (guintptr) "Oui",
                             (char *) (guintptr) "是" };
  question = (Question){ .id = (char *) (guintptr) id,
                         .fr = (char *) (guintptr) "Q",
                         .zh = (char *) (guintptr) "问",
                         .options = g_ptr_array_new () };
  g_ptr_array_add (question.options, &option);
  return &question;
}

/* Whom the event file asks two questions; @serial: of the badge that is printed. */
static Guest *asked_of (const char *reference, gboolean protocol)
{
  static const char *const IDS[] = { "a", "b" };
  Guest *guest = guest_of (reference, FALSE, protocol);

  for (guint i = 0; i < G_N_ELEMENTS (IDS); i++) {
    const Question *question = question_of (IDS[i]);
    guest_ask (guest, question);
    g_ptr_array_unref (question->options);
  }
  return guest;
}

static void scan_asked (Stage *stage, const char *reference, gboolean protocol)
{
  g_autoptr (Guest) guest = asked_of (reference, protocol);
  const FlowScan scanned = { .verdict = VERDICT_ADMITTED,
                             .detail = "",
                             .direction = DIRECTION_IN,
                             .guest = guest,
                             .badge_serial = 1 };

  flow_scan (stage->flow, &scanned, stage->now_ms);
}

/* "Li" leads; "Chef" overrides as well; nobody else may anything besides. */
static guint rights_of (const char *volunteer)
{
  return strcmp (volunteer, "Li") == 0     ? FLOW_LEADER
         : strcmp (volunteer, "Chef") == 0 ? FLOW_LEADER | FLOW_OVERRIDE
                                           : 0;
}

/* A volunteer's own badge is scanned. */
static void wear (Stage *stage, const char *volunteer)
{
  const FlowScan scanned = {
    .detail = "", .volunteer = volunteer, .volunteer_number = "101", .rights = rights_of (volunteer)
  };

  flow_scan (stage->flow, &scanned, stage->now_ms);
}

/* One word a step: "in CN-1 1" is written as in:CN-1. “worn” is a volunteer's badge
 * alone, “badge” with her PIN where that is asked for. */
static void stage_step (Stage *stage, const char *word)
{
  static const struct {
    const char *name;
    Touch touch;
  } TOUCHES[] = { { "back", TOUCH_BACK },
                  { "no-code", TOUCH_NO_CODE },
                  { "call", TOUCH_CALL },
                  { "contrast", TOUCH_CONTRAST },
                  { "desk", TOUCH_DESK },
                  { "pin", TOUCH_PIN },
                  { "leave", TOUCH_LEAVE },
                  { "typed", TOUCH_TYPED },
                  { "person", TOUCH_PERSON },
                  { "admit", TOUCH_ADMIT },
                  { "reprint", TOUCH_REPRINT },
                  { "void", TOUCH_VOID },
                  { "reason", TOUCH_REASON },
                  { "correct", TOUCH_CORRECT },
                  { "walk-in", TOUCH_WALK_IN },
                  { "save", TOUCH_SAVE },
                  { "loan", TOUCH_LOAN },
                  { "station", TOUCH_STATION },
                  { "retry", TOUCH_JOB_RETRY },
                  { "yes", TOUCH_JOB_YES },
                  { "alert", TOUCH_ALERT },
                  { "mode", TOUCH_MODE },
                  { "order", TOUCH_ORDER },
                  { "look", TOUCH_LOOK },
                  { "listen", TOUCH_LISTEN },
                  { "override", TOUCH_OVERRIDE },
                  { "note", TOUCH_NOTE },
                  { "taken", TOUCH_TAKEN },
                  { "rights", TOUCH_RIGHTS },
                  { "confirm", TOUCH_CONFIRM },
                  { "group", TOUCH_GROUP },
                  { "together", TOUCH_TOGETHER },
                  { "undo", TOUCH_UNDO },
                  { "edited", TOUCH_EDITED },
                  { "more", TOUCH_MORE },
                  { "close", TOUCH_CLOSE },
                  { "cancel", TOUCH_JOB_CANCEL },
                  { "checkpoint", TOUCH_CHECKPOINT },
                  { "emergency", TOUCH_EMERGENCY },
                  { "answer", TOUCH_ANSWER },
                  { "later", TOUCH_LATER },
                  { "ask", TOUCH_ASK },
                  { "take-back", TOUCH_TAKE_BACK },
                  { "your-data", TOUCH_YOUR_DATA },
                  { "rest", TOUCH_REST } };
  g_auto (GStrv) parts = g_strsplit (word, ":", 2);
  const char *text = parts[1] != NULL ? parts[1] : "";

  if (strcmp (parts[0], "in") == 0)
    scan (stage, VERDICT_ADMITTED, text, 1, FALSE);
  else if (strcmp (parts[0], "again") == 0)
    scan (stage, VERDICT_ADMITTED, text, 0, FALSE);
  else if (strcmp (parts[0], "quiet") == 0)
    scan (stage, VERDICT_ADMITTED, text, 1, TRUE);
  else if (strcmp (parts[0], "asked") == 0)
    scan_asked (stage, text, FALSE);
  else if (strcmp (parts[0], "asked-quiet") == 0)
    scan_asked (stage, text, TRUE);
  else if (strcmp (parts[0], "open") == 0) {
    g_autoptr (Guest) guest = asked_of (text, FALSE);
    flow_done (stage->flow, COMMAND_PERSON, TRUE, PAIR_EMPTY, guest, stage->now_ms);
  } else if (strcmp (parts[0], "refused") == 0)
    scan (stage, VERDICT_BADGE_VOID, text, 0, FALSE);
  else if (strcmp (parts[0], "early") == 0)
    scan_refused (stage, &(FlowScan){ .verdict = VERDICT_TICKET_USED, .detail = "", .awaited = 1 },
                  text);
  else if (strcmp (parts[0], "box") == 0)
    scan_refused (
        stage, &(FlowScan){ .verdict = VERDICT_TICKET_USED, .detail = "badge", .box = 12 }, text);
  else if (strcmp (parts[0], "full") == 0)
    scan_refused (stage, &(FlowScan){ .verdict = VERDICT_FULL, .detail = "" }, text);
  else if (strcmp (parts[0], "other-day") == 0)
    scan_refused (stage,
                  &(FlowScan){ .verdict = VERDICT_NOT_TODAY,
                               .detail = "day",
                               .days = { "le 27 octobre", "10月27日" } },
                  text);
  else if (strcmp (parts[0], "unknown") == 0)
    scan (stage, VERDICT_UNKNOWN, NULL, 0, FALSE);
  else if (strcmp (parts[0], "worn") == 0 || strcmp (parts[0], "badge") == 0) {
    wear (stage, text);
    if (parts[0][0] == 'b' && flow_view (stage->flow)->number[0] != '\0')
      flow_entered (stage->flow, text, rights_of (text), 0, stage->now_ms);
  } else if (strcmp (parts[0], "voiceless") == 0)
    flow_voiceless (stage->flow, stage->now_ms);
  else if (strcmp (parts[0], "several") == 0)
    flow_several (stage->flow, stage->now_ms);
  else if (strcmp (parts[0], "fail") == 0)
    flow_standstill (stage->flow, stage->now_ms);
  else if (strcmp (parts[0], "out") == 0)
    flow_print (stage->flow, text, 1, PRINT_TAKE, "", stage->now_ms);
  else if (strcmp (parts[0], "jam") == 0)
    flow_print (stage->flow, text, 1, PRINT_TROUBLE, "media-jam", stage->now_ms);
  else if (strcmp (parts[0], "entered") == 0)
    flow_entered (stage->flow, text, rights_of (text), 0, stage->now_ms);
  else if (strcmp (parts[0], "opened") == 0) {
    g_autoptr (Guest) guest = guest_of (text, FALSE, FALSE);
    flow_done (stage->flow, COMMAND_PERSON, TRUE, PAIR_EMPTY, guest, stage->now_ms);
  } else if (strcmp (parts[0], "shown") == 0) {
    g_autoptr (Guest) guest = text[0] != '\0' ? guest_of (text, FALSE, FALSE) : NULL;
    const FlowScan scanned
        = { .verdict = VERDICT_UNKNOWN, .detail = "", .opened = TRUE, .guest = guest };
    flow_scan (stage->flow, &scanned, stage->now_ms);
  } else if (strcmp (parts[0], "drafted") == 0)
    flow_done (stage->flow, COMMAND_DRAFT, TRUE, PAIR_EMPTY, NULL, stage->now_ms);
  else if (strcmp (parts[0], "grouped") == 0)
    flow_done (stage->flow, COMMAND_GROUP, TRUE, PAIR_EMPTY, NULL, stage->now_ms);
  else if (strcmp (parts[0], "registered") == 0) {
    g_autoptr (Guest) guest = guest_of (text, FALSE, FALSE);
    flow_done (stage->flow, COMMAND_WALK_IN, TRUE, PAIR_EMPTY, guest, stage->now_ms);
  } else if (strcmp (parts[0], "granted") == 0) {
    g_autoptr (Guest) guest = guest_of (text, FALSE, FALSE);
    flow_done (stage->flow, COMMAND_RIGHTS, TRUE, PAIR_EMPTY, guest, stage->now_ms);
  } else if (strcmp (parts[0], "lent") == 0) {
    g_autoptr (Guest) guest = guest_of (text, FALSE, FALSE);
    flow_done (stage->flow, COMMAND_LOAN, TRUE, PAIR_EMPTY, guest, stage->now_ms);
  } else if (strcmp (parts[0], "untold") == 0)
    flow_done (stage->flow, COMMAND_CALL, FALSE, PAIR_EMPTY, NULL, stage->now_ms);
  else if (strcmp (parts[0], "locked") == 0)
    flow_entered (stage->flow, "", 0, stage->now_ms + 5000, stage->now_ms);
  else if (strcmp (parts[0], "wait") == 0) {
    stage->now_ms += g_ascii_strtoll (text, NULL, 10);
    flow_time (stage->flow, stage->now_ms);
  } else {
    for (guint i = 0; i < G_N_ELEMENTS (TOUCHES); i++)
      if (strcmp (parts[0], TOUCHES[i].name) == 0) {
        flow_touch (stage->flow, TOUCHES[i].touch, text, stage->now_ms);
        return;
      }
    g_error ("no step %s", word);
  }
}

static void stage_play (const StageScript *scripts, guint count)
{
  for (guint i = 0; i < count; i++) {
    g_auto (Stage) stage = stage_new (scripts[i].mode);
    g_auto (GStrv) steps = g_strsplit (scripts[i].steps, " ", -1);

    for (guint j = 0; steps[j] != NULL; j++) {
      stage_step (&stage, steps[j]);
      take_commands (&stage);
    }
    const char *screen = STAGE_SCREENS[flow_view (stage.flow)->screen];
    if (strcmp (screen, scripts[i].screen) != 0
        || strcmp (stage.commands->str, scripts[i].commands) != 0)
      g_error ("“%s” leads to %s with “%s”, not %s with “%s”", scripts[i].steps, screen,
               stage.commands->str, scripts[i].screen, scripts[i].commands);
  }
}
