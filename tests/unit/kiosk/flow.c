/* The kiosk's screens as a state machine: what each event leads to, when a screen ends by
 * itself, and that nothing of a person stays. */
#include "kiosk/flow.h"
#include "words_here.h"

#include <string.h>

static const char *const SCREENS[SCREEN_COUNT]
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

/* Scripts ---------------------------------------------------------------------------- */

typedef struct {
  Flow *flow;
  gint64 now_ms;
  GString *commands; /* kinds since the last look */
} Stage;

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
static void step (Stage *stage, const char *word)
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

/* Each script: what happens, the screen it ends on, the commands of its last step. */
static const struct {
  FlowMode mode;
  const char *steps, *screen, *commands;
} SCRIPTS[] = {
  { FLOW_SELF_SERVICE, "look", "attract", "" },
  { FLOW_SELF_SERVICE, "in:CN-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "again:CN-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "in:CN-1 in:FR-2", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "quiet:FR-1", "discreet", "call:protocol:FR-1 sound" },
  { FLOW_SELF_SERVICE, "refused:FR-1", "verdict", "sound" },
  { FLOW_SELF_SERVICE, "unknown", "verdict", "sound" },
  { FLOW_SELF_SERVICE, "fail", "standstill", "sound" },
  { FLOW_SELF_SERVICE, "fail in:FR-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "no-code", "no-code", "" },
  { FLOW_SELF_SERVICE, "no-code call", "called", "call:delegate" },
  { FLOW_SELF_SERVICE, "no-code in:FR-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "no-code your-data", "your-data", "your-data" },
  { FLOW_SELF_SERVICE, "no-code your-data your-data", "your-data", "" },
  { FLOW_SELF_SERVICE, "no-code your-data wait:119999", "your-data", "" },
  { FLOW_SELF_SERVICE, "no-code your-data wait:120000", "attract", "" },
  { FLOW_SELF_SERVICE, "no-code your-data wait:110000 your-data wait:119999", "your-data", "" },
  { FLOW_SELF_SERVICE, "no-code your-data back", "attract", "" },
  { FLOW_SELF_SERVICE, "no-code your-data in:FR-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "no-code call untold", "standstill",
    "sound" }, /* nobody comes, so nobody is promised */
  { FLOW_SELF_SERVICE, "no-code untold", "no-code", "" },
  { FLOW_SELF_SERVICE, "called back", "", "" },
  { FLOW_SELF_SERVICE, "several", "verdict", "sound" },
  { FLOW_SELF_SERVICE, "in:FR-1 several wait:8000", "attract", "" },
  { FLOW_GATE, "several", "gate", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li close:yes several", "closed", "" },
  { FLOW_SELF_SERVICE, "badge:Li several", "search", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li station rest:+badges", "station", "rest:+badges" },
  { FLOW_SELF_SERVICE, "rest:+badges", "attract", "" },
  { FLOW_SELF_SERVICE, "listen", "attract", "speak" },
  { FLOW_SELF_SERVICE, "listen voiceless", "attract", "sound" },
  { FLOW_SELF_SERVICE, "in:FR-1 listen voiceless wait:14999", "welcome", "" },
  /* The printer needs help: the team is told once, whoever still waits. */
  { FLOW_SELF_SERVICE, "in:FR-1 jam:FR-1", "welcome", "call:printer:FR-1" },
  { FLOW_SELF_SERVICE, "in:FR-1 jam:FR-1 jam:FR-1", "welcome", "" },
  { FLOW_SELF_SERVICE, "in:FR-1 back jam:FR-1", "attract", "call:printer:FR-1" },
  { FLOW_SELF_SERVICE, "in:FR-1 jam:FR-1 out:FR-1 in:FR-2 jam:FR-2", "welcome",
    "call:printer:FR-2" },
  { FLOW_SELF_SERVICE, "jam:FR-1", "attract", "" },
  /* Whose badge is not out yet is told where it is. */
  { FLOW_SELF_SERVICE, "early:FR-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "early:FR-1 jam:FR-1", "welcome", "call:printer:FR-1" },
  { FLOW_SELF_SERVICE, "early:FR-1 out:FR-1 wait:7000", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Li early:FR-1", "person", "person:FR-1 sound" },
  { FLOW_SELF_SERVICE, "other-day:FR-1", "verdict", "sound" },
  /* Out of service. */
  { FLOW_SELF_SERVICE, "close:yes", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes", "closed", "close:yes" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes in:FR-1", "closed", "" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes badge:Li station", "station", "station" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes badge:Li leave", "closed", "" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes badge:Li station close:no leave", "attract",
    "" },
  /* What the event file asks: after she is in; nobody waits for an answer. */
  { FLOW_SELF_SERVICE, "asked:FR-1", "question", "sound" },
  { FLOW_SELF_SERVICE, "asked:FR-1 answer:yes", "question", "answer:FR-1:a yes" },
  { FLOW_SELF_SERVICE, "asked:FR-1 answer:yes answer:no", "welcome", "answer:FR-1:b no" },
  { FLOW_SELF_SERVICE, "asked:FR-1 answer:yes answer:no answer:no", "welcome", "" },
  { FLOW_SELF_SERVICE, "asked:FR-1 later", "welcome", "" },
  { FLOW_SELF_SERVICE, "asked:FR-1 back", "welcome", "" },
  { FLOW_SELF_SERVICE, "asked:FR-1 in:FR-2", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "asked:FR-1 asked:FR-2", "question", "sound" },
  { FLOW_SELF_SERVICE, "asked:FR-1 out:FR-1 later wait:7000", "attract", "" },
  { FLOW_SELF_SERVICE, "asked:FR-1 wait:15000", "attract", "" },
  { FLOW_SELF_SERVICE, "asked:FR-1 jam:FR-1", "question", "call:printer:FR-1" },
  { FLOW_SELF_SERVICE, "asked-quiet:FR-1", "discreet", "call:protocol:FR-1 sound" },
  { FLOW_SELF_SERVICE, "answer:yes", "attract", "" },
  { FLOW_SELF_SERVICE, "later", "attract", "" },
  { FLOW_GATE, "asked:FR-1", "gate", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li asked:FR-1", "person", "person:FR-1 sound" },
  { FLOW_SELF_SERVICE, "badge:Li open:FR-1 ask", "question", "" },
  { FLOW_SELF_SERVICE, "badge:Li open:FR-1 ask answer:yes answer:no", "person",
    "answer:FR-1:b no person:FR-1" },
  { FLOW_SELF_SERVICE, "badge:Li open:FR-1 ask later", "person", "person:FR-1" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 ask", "person", "" },
  /* A passage taken back. */
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 take-back:est:7", "reason", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 take-back:est:7 back", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 take-back:est:7 reason:mistake", "person",
    "take-back:FR-1:est:7 mistake" },
  { FLOW_SELF_SERVICE, "in:FR-1 take-back:est:7", "welcome", "" },
  /* Time. */
  { FLOW_SELF_SERVICE, "in:FR-1 wait:12000 more wait:29999", "welcome", "" },
  { FLOW_SELF_SERVICE, "in:FR-1 wait:12000 more wait:30000", "attract", "" },
  { FLOW_SELF_SERVICE, "refused:FR-1 wait:10000 more wait:15000", "verdict", "" },
  { FLOW_SELF_SERVICE, "in:FR-1 wait:14999", "welcome", "" },
  { FLOW_SELF_SERVICE, "in:FR-1 wait:15000", "attract", "" },
  { FLOW_SELF_SERVICE, "again:FR-1 wait:8000", "attract", "" },
  { FLOW_SELF_SERVICE, "in:FR-1 out:FR-1 wait:6999", "welcome", "" },
  { FLOW_SELF_SERVICE, "in:FR-1 out:FR-1 wait:7000", "attract", "" },
  { FLOW_SELF_SERVICE, "refused:FR-1 wait:15000", "attract", "" },
  { FLOW_SELF_SERVICE, "no-code wait:25000", "attract", "" },
  { FLOW_SELF_SERVICE, "call wait:30000", "attract", "" },
  { FLOW_SELF_SERVICE, "desk wait:20000", "attract", "" },
  { FLOW_SELF_SERVICE, "contrast wait:25000", "attract", "" },
  /* Only a volunteer gets to the desk. */
  { FLOW_SELF_SERVICE, "desk", "pin", "" },
  { FLOW_SELF_SERVICE, "desk pin:10112345", "pin", "pin:10112345" },
  { FLOW_SELF_SERVICE, "pin:10112345", "attract", "" },
  { FLOW_SELF_SERVICE, "desk pin:10112345 entered:", "pin", "sound" },
  { FLOW_SELF_SERVICE, "desk pin:10112345 entered:Li", "search", "search" },
  /* One number is locked, and no other. */
  { FLOW_SELF_SERVICE, "desk pin:10112345 locked pin:10212345", "pin", "pin:10212345" },
  /* A badge alone opens nothing but for her who was just here. */
  { FLOW_SELF_SERVICE, "worn:Li", "pin", "" },
  { FLOW_SELF_SERVICE, "worn:Li wait:20000", "attract", "" },
  { FLOW_SELF_SERVICE, "worn:Li pin:10112345", "pin", "pin:10112345" },
  { FLOW_SELF_SERVICE, "worn:Li pin:10112345 entered:Li", "search", "search" },
  { FLOW_SELF_SERVICE, "badge:Li leave worn:Li", "search", "search" },
  { FLOW_SELF_SERVICE, "badge:Li leave worn:Ana", "pin", "" },
  { FLOW_SELF_SERVICE, "badge:Li worn:Ana", "pin", "" },
  { FLOW_SELF_SERVICE, "badge:Li worn:Li", "search", "search" },
  { FLOW_SELF_SERVICE, "badge:Li leave wait:599999 worn:Li", "search", "search" },
  { FLOW_SELF_SERVICE, "badge:Li leave wait:600000 worn:Li", "pin", "" },
  { FLOW_SELF_SERVICE, "badge:Ana station mode:gate worn:Li", "pin", "" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes worn:Ana", "pin", "" },
  { FLOW_SELF_SERVICE, "badge:Li", "search", "search" },
  { FLOW_SELF_SERVICE, "station", "attract", "" },
  { FLOW_SELF_SERVICE, "person:FR-1", "attract", "" },
  { FLOW_SELF_SERVICE, "walk-in", "attract", "" },
  { FLOW_SELF_SERVICE, "typed:x", "attract", "" },
  { FLOW_SELF_SERVICE, "mode:gate", "attract", "" },
  { FLOW_SELF_SERVICE, "in:FR-1 reprint", "welcome", "" },
  { FLOW_SELF_SERVICE, "opened:FR-1", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Li wait:119999", "search", "" },
  { FLOW_SELF_SERVICE, "badge:Li wait:120000", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Li typed:ou wait:100000 look wait:119000", "search", "" },
  { FLOW_SELF_SERVICE, "badge:Li leave", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Li leave station", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Li typed:ou", "search", "search:ou" },
  { FLOW_SELF_SERVICE, "badge:Li typed:ou typed:ou", "search", "" },
  { FLOW_SELF_SERVICE, "badge:Li person:FR-1", "search", "person:FR-1" },
  { FLOW_SELF_SERVICE, "badge:Li person:FR-1 opened:FR-1", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 back", "search", "search" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 reprint", "reason", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 reprint back", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 reprint reason:", "reason", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 reprint reason:lost", "person", "reprint:FR-1:lost" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 void reason:lost", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 admit reason:phone", "person", "admit:FR-1:phone" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 reason:lost", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 loan:out-c", "person", "loan:FR-1:out-c" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 correct", "correct", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 correct save:family=X", "correct",
    "correct:FR-1:family=X" },
  { FLOW_SELF_SERVICE, "badge:Li reprint", "search", "" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in", "walk-in", "" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in save:family=X", "walk-in", "draft:family=X" },
  { FLOW_SELF_SERVICE, "badge:Li save:family=X", "search", "" },
  { FLOW_SELF_SERVICE, "badge:Li station", "station", "station" },
  { FLOW_SELF_SERVICE, "badge:Li station retry:j1", "station", "job:j1:retry" },
  { FLOW_SELF_SERVICE, "badge:Li station yes:j1", "station", "job:j1:yes" },
  { FLOW_SELF_SERVICE, "alert:1:x", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Li station alert:2", "station", "alert:2" },
  { FLOW_SELF_SERVICE, "badge:Li station mode:gate", "station", "mode:gate" },
  { FLOW_SELF_SERVICE, "badge:Li station mode:gate leave", "gate", "" },
  { FLOW_SELF_SERVICE, "badge:Li station order:zh", "station", "order:zh" },
  { FLOW_SELF_SERVICE, "badge:Li in:FR-1", "person", "person:FR-1 sound" },
  { FLOW_SELF_SERVICE, "badge:Li refused:FR-1", "person", "person:FR-1 sound" },
  { FLOW_SELF_SERVICE, "badge:Li unknown", "verdict", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li unknown wait:15000", "search", "search" },
  /* What is taken back in time is not done; what is left, or waits long enough, is. */
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 void reason:lost undo", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 void reason:lost undo wait:10000", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 void reason:lost wait:9999", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 void reason:lost wait:10000", "person",
    "void:FR-1:lost" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 void reason:lost leave", "attract", "void:FR-1:lost" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 void reason:lost back", "search",
    "void:FR-1:lost search" },
  { FLOW_SELF_SERVICE, "badge:Li station cancel:j1", "station", "" },
  { FLOW_SELF_SERVICE, "badge:Li station cancel:j1 undo wait:10000", "station", "" },
  { FLOW_SELF_SERVICE, "badge:Li station cancel:j1 cancel:j2", "station", "job:j1:cancel" },
  { FLOW_SELF_SERVICE, "undo", "attract", "" },
  /* At the desk a code opens its person; a form that is open keeps what was written. */
  { FLOW_SELF_SERVICE, "badge:Li shown:FR-1", "person", "person:FR-1 sound" },
  { FLOW_SELF_SERVICE, "badge:Li shown:FR-1 opened:FR-1 admit", "person", "admit:FR-1:scanned" },
  { FLOW_SELF_SERVICE, "badge:Li shown:", "verdict", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in shown:FR-1", "walk-in", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-2 correct shown:FR-1", "correct", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-2 rights shown:FR-1", "rights", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-2 reprint shown:FR-1", "reason", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-2 group grouped shown:FR-1", "group", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in back", "search", "search" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in edited back", "walk-in", "" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in edited back back", "search", "search" },
  /* Somebody new: shown first, then registered and let in by one touch. */
  { FLOW_SELF_SERVICE, "badge:Li walk-in save:a=b drafted", "draft", "" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in save:a=b drafted back", "walk-in", "" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in save:a=b drafted confirm:", "draft",
    "walk-in:a=bnamesake=1\n" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in save:a=b drafted confirm: registered:W-1", "person",
    "admit:W-1:walk-in" },
  { FLOW_SELF_SERVICE, "badge:Li walk-in save:a=b drafted person:FR-7 opened:FR-7", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li confirm:", "search", "" },
  /* Rights. */
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 rights", "rights", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 rights save:a=b", "rights", "draft:FR-1:a=b" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 rights save:a=b drafted confirm:reprint", "draft",
    "rights:FR-1:a=breprint=1\n" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 rights save:a=b drafted confirm: granted:FR-1",
    "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 rights save:a=b drafted back", "rights", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 rights back", "person", "" },
  /* A note, and who takes a badge. */
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 note reason:noix", "person", "note:FR-1:noix" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 note reason:", "person", "note:FR-1" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 taken reason:", "reason", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 taken reason:Zoé", "person", "taken:FR-1:Zoé" },
  /* Only who has the right overrides; the machine is changed by a leader. */
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 override", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Chef opened:FR-1 override", "reason", "" },
  { FLOW_SELF_SERVICE, "badge:Chef opened:FR-1 override reason:maire", "person",
    "override:FR-1:maire" },
  { FLOW_SELF_SERVICE, "badge:Ana station mode:gate", "pin", "" },
  { FLOW_SELF_SERVICE, "badge:Ana station mode:gate pin:1", "pin", "pin:1" },
  { FLOW_SELF_SERVICE, "badge:Ana station mode:gate entered:Marie", "pin", "sound" },
  { FLOW_SELF_SERVICE, "badge:Ana station mode:gate badge:Li", "station", "station mode:gate" },
  { FLOW_SELF_SERVICE, "badge:Ana station checkpoint:x entered:Li", "station",
    "station checkpoint:x" },
  { FLOW_SELF_SERVICE, "badge:Ana station checkpoint:x back", "search", "search" },
  /* Who is inside is printed once for one touch, by any volunteer and nobody else. */
  { FLOW_SELF_SERVICE, "badge:Ana station emergency", "station", "emergency" },
  { FLOW_SELF_SERVICE, "badge:Ana station emergency emergency", "station", "" },
  { FLOW_SELF_SERVICE, "emergency", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Ana station checkpoint:x wait:20000", "search", "search" },
  /* A delegation. */
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 group", "person", "group:FR-1" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 group grouped", "group", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 group grouped together:Z", "group", "together:Z" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 group grouped back", "person", "person:FR-1" },
  { FLOW_SELF_SERVICE, "badge:Li together:Zoé", "search", "" },
  /* A desk. */
  { FLOW_DESK, "look", "pin", "" },
  { FLOW_DESK, "look wait:99999999", "pin", "" },
  { FLOW_DESK, "pin:10112345 entered: wait:99999", "pin", "" },
  { FLOW_DESK, "shown:FR-1", "pin", "sound" },
  { FLOW_DESK, "badge:Li wait:899999", "search", "" },
  { FLOW_DESK, "badge:Li wait:900000", "pin", "" },
  { FLOW_DESK, "badge:Li leave", "pin", "" },
  /* A gate. */
  { FLOW_GATE, "look", "gate", "" },
  { FLOW_GATE, "again:FR-1", "gate", "sound" },
  { FLOW_GATE, "refused:FR-1", "gate", "sound" },
  { FLOW_GATE, "refused:FR-1 back", "gate", "" },
  { FLOW_GATE, "desk", "pin", "" },
};

static void test_scripts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (SCRIPTS); i++) {
    Stage stage = { flow_new (SCRIPTS[i].mode, FALSE, 1000), 1000, g_string_new (NULL) };
    g_auto (GStrv) steps = g_strsplit (SCRIPTS[i].steps, " ", -1);
    if (SCRIPTS[i].screen[0] != '\0') {
      for (guint j = 0; steps[j] != NULL; j++) {
        step (&stage, steps[j]);
        take_commands (&stage);
      }
      if (strcmp (SCREENS[flow_view (stage.flow)->screen], SCRIPTS[i].screen) != 0
          || strcmp (stage.commands->str, SCRIPTS[i].commands) != 0)
        g_error ("“%s” leads to %s with “%s”, not %s with “%s”", SCRIPTS[i].steps,
                 SCREENS[flow_view (stage.flow)->screen], stage.commands->str, SCRIPTS[i].screen,
                 SCRIPTS[i].commands);
    }
    flow_free (stage.flow);
    g_string_free (stage.commands, TRUE);
  }
}

/* What others must not see: a quiet guest, and who was refused. */
static void test_discretion (void)
{
  static const char *const STEPS[] = { "quiet:FR-1", "refused:FR-1", "unknown" };

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
    step (&stage, STEPS[i]);
    g_assert_null (flow_view (stage.flow)->guest);
    flow_free (stage.flow);
    g_string_free (stage.commands, TRUE);
  }
}

/* A badge that was printed ahead: the number of its box, and the way to the desk. Where
 * the desk can do nothing, nobody is sent there. */
static void test_elsewhere (void)
{
  for (FlowMode mode = FLOW_SELF_SERVICE; mode < FLOW_MODE_COUNT; mode++) {
    Stage stage = { flow_new (mode, FALSE, 0), 0, g_string_new (NULL) };
    if (mode != FLOW_DESK) {
      const FlowView *view = flow_view (stage.flow);
      step (&stage, "box:FR-1");
      g_assert_nonnull (strstr (view->title.first, "12"));
      g_assert_nonnull (strstr (view->title.second, "12"));
      g_assert_true (view->to_desk);
      g_assert_null (view->guest);
      step (&stage, "full:FR-1");
      g_assert_false (view->to_desk);
      step (&stage, "unknown");
      g_assert_true (view->to_desk);
      step (&stage, "in:FR-2");
      g_assert_false (view->to_desk);
    }
    flow_free (stage.flow);
    g_string_free (stage.commands, TRUE);
  }
}

/* What an answer brings is kept, whatever becomes of the answer. */
static void test_notice_is_kept (void)
{
  Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
  char *first = g_strdup ("3 noms"), *second = g_strdup ("3 人");

  step (&stage, "badge:Ana");
  step (&stage, "station");
  step (&stage, "emergency");
  flow_done (stage.flow, COMMAND_EMERGENCY, TRUE, (Pair){ first, second }, NULL, 0);
  memset (first, 'x', strlen (first));
  g_free (first);
  g_free (second);
  g_assert_cmpstr (flow_view (stage.flow)->notice.first, ==, "3 noms");
  g_assert_cmpstr (flow_view (stage.flow)->notice.second, ==, "3 人");
  g_assert_false (flow_view (stage.flow)->busy);
  flow_free (stage.flow);
  g_string_free (stage.commands, TRUE);
}

/* Whatever is touched and scanned in whatever order: once nobody touches anything, the
 * start comes back and knows nobody. */
static void test_forgets (void)
{
  static const char *const STEPS[]
      = { "in:CN-1",    "again:FR-2", "quiet:FR-3", "refused:FR-4", "unknown",    "fail",
          "no-code",    "your-data",  "call",       "back",         "desk",       "pin:1",
          "entered:",   "entered:Li", "badge:Li",   "leave",        "typed:ou",   "opened:FR-5",
          "reprint",    "void",       "admit",      "reason:lost",  "correct",    "walk-in",
          "save:x=y",   "loan:c",     "station",    "contrast",     "out:CN-1",   "jam:CN-1",
          "look",       "listen",     "voiceless",  "wait:900",     "wait:4000",  "person:FR-9",
          "yes:j",      "order:zh",   "order:fr",   "shown:FR-6",   "drafted",    "rights",
          "edited",     "grouped",    "group",      "note",         "cancel:j",   "undo",
          "together:x", "confirm:",   "mode:gate",  "override",     "early:CN-1", "other-day:FR-1",
          "more",       "emergency",  "box:FR-7" };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint run = 0; run < 400; run++) {
    Stage stage = { flow_new (run % 2 == 0 ? FLOW_SELF_SERVICE : FLOW_GATE, FALSE, 0), 0,
                    g_string_new (NULL) };
    const FlowView *view = flow_view (stage.flow);
    for (guint i = 0; i < 60; i++) {
      step (&stage, STEPS[g_rand_int_range (random, 0, G_N_ELEMENTS (STEPS))]);
      g_assert_true (view->screen < SCREEN_SEARCH || view->volunteer[0] != '\0');
      g_assert_true (view->guest == NULL || flow_deadline_ms (stage.flow) > 0);
      g_assert_true (view->screen != SCREEN_WELCOME || view->badge_serial > 0
                     || view->guest != NULL);
    }
    for (guint i = 0; i < 8 && flow_deadline_ms (stage.flow) >= 0; i++) {
      stage.now_ms = flow_deadline_ms (stage.flow);
      flow_time (stage.flow, stage.now_ms);
    }
    g_assert_true (view->screen == SCREEN_ATTRACT || view->screen == SCREEN_GATE);
    g_assert_false (view->held);
    g_assert_cmpuint (view->rights, ==, 0);
    g_assert_null (view->guest);
    g_assert_cmpstr (view->volunteer, ==, "");
    g_assert_cmpstr (view->typed, ==, "");
    g_assert_cmpstr (view->title.first, ==, "");
    g_assert_false (view->contrast);
    g_assert_false (view->voiceless);
    flow_free (stage.flow);
    g_string_free (stage.commands, TRUE);
  }
}

static void test_print (void)
{
  Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
  const FlowView *view = flow_view (stage.flow);

  step (&stage, "in:CN-1");
  g_assert_cmpint (view->print, ==, PRINT_WAITING);
  g_assert_cmpuint (view->others, ==, 0);
  step (&stage, "jam:CN-1");
  g_assert_cmpint (view->print, ==, PRINT_TROUBLE);
  g_assert_cmpstr (view->print_text.second, !=, "");
  /* The next person comes while it prints. */
  step (&stage, "in:FR-2");
  g_assert_cmpint (view->print, ==, PRINT_WAITING);
  g_assert_cmpuint (view->others, ==, 1);
  step (&stage, "out:CN-1");
  g_assert_cmpint (view->print, ==, PRINT_WAITING);
  g_assert_cmpuint (view->others, ==, 0);
  step (&stage, "out:FR-2");
  g_assert_cmpint (view->print, ==, PRINT_TAKE);
  flow_free (stage.flow);
  g_string_free (stage.commands, TRUE);
}

/* Before its end a page asks whether more time is needed, and no longer once it was
 * given. */
static void test_ending (void)
{
  Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
  const FlowView *view = flow_view (stage.flow);

  step (&stage, "refused:FR-1");
  g_assert_cmpint (flow_deadline_ms (stage.flow), ==, FLOW_VERDICT_MS - FLOW_ENDING_MS);
  g_assert_false (view->ending);
  step (&stage, "wait:10000");
  g_assert_true (view->ending);
  g_assert_cmpint (flow_deadline_ms (stage.flow), ==, FLOW_VERDICT_MS);
  step (&stage, "more");
  g_assert_false (view->ending);
  step (&stage, "wait:15000");
  g_assert_cmpint (view->screen, ==, SCREEN_VERDICT);
  step (&stage, "badge:Li"); /* the desk does not ask */
  g_assert_cmpint (flow_deadline_ms (stage.flow), ==, stage.now_ms + FLOW_DESK_IDLE_MS);
  flow_free (stage.flow);
  g_string_free (stage.commands, TRUE);
}

/* Which day, and where the badge is, without a name. */
static void test_answers (void)
{
  Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
  const FlowView *view = flow_view (stage.flow);

  step (&stage, "other-day:FR-1");
  g_assert_nonnull (strstr (view->title.first, "le 27 octobre"));
  g_assert_nonnull (strstr (view->title.second, "10月27日"));
  step (&stage, "early:FR-1");
  g_assert_null (view->guest);
  g_assert_cmpint (view->print, ==, PRINT_WAITING);
  step (&stage, "jam:FR-1");
  g_assert_cmpint (view->print, ==, PRINT_TROUBLE);
  step (&stage, "untold"); /* then nobody is promised */
  g_assert_cmpint (view->print, ==, PRINT_ASK);
  flow_free (stage.flow);
  g_string_free (stage.commands, TRUE);
}

static void test_order (void)
{
  Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
  const FlowView *view = flow_view (stage.flow);

  g_assert_false (view->second_leads);
  step (&stage, "in:CN-1");
  g_assert_true (view->second_leads);
  step (&stage, "in:FR-1");
  g_assert_false (view->second_leads);
  step (&stage, "refused:CN-1");
  g_assert_true (view->second_leads);
  step (&stage, "back");
  g_assert_false (view->second_leads);
  /* At the desk the station's order stands. */
  step (&stage, "badge:Li");
  step (&stage, "in:CN-1");
  g_assert_false (view->second_leads);
  step (&stage, "station");
  step (&stage, "order:zh");
  g_assert_true (view->second_leads);
  flow_free (stage.flow);
  g_string_free (stage.commands, TRUE);
}

/* What was chosen last on this machine. */
static void test_set_up (void)
{
  Flow *flow = flow_new (FLOW_SELF_SERVICE, FALSE, 0);

  flow_set_up (flow, NULL, NULL, 0);
  g_assert_cmpint (flow_view (flow)->screen, ==, SCREEN_ATTRACT);
  g_assert_false (flow_view (flow)->second_leads);
  flow_set_up (flow, "gate", "zh", 0);
  g_assert_cmpint (flow_view (flow)->screen, ==, SCREEN_GATE);
  g_assert_true (flow_view (flow)->second_leads);
  flow_set_up (flow, "no mode", "fr", 0);
  g_assert_cmpint (flow_view (flow)->mode, ==, FLOW_GATE);
  flow_free (flow);
}

/* Answers about somebody who is no longer before the volunteer change nothing of what she
 * does. */
static void test_late (void)
{
  Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
  const FlowView *view = flow_view (stage.flow);

  step (&stage, "badge:Li");
  step (&stage, "in:FR-1");
  g_assert_true (view->busy); /* her page is not there yet */
  step (&stage, "opened:FR-1");
  g_assert_false (view->busy);
  step (&stage, "reprint");
  step (&stage, "lent:FR-9");
  g_assert_cmpstr (view->guest->reference, ==, "FR-1");
  step (&stage, "lent:FR-1");
  g_assert_cmpstr (view->guest->reference, ==, "FR-1");
  step (&stage, "back");
  step (&stage, "back");
  step (&stage, "lent:FR-1");
  g_assert_cmpint (view->screen, ==, SCREEN_SEARCH);
  g_assert_null (view->guest);
  flow_free (stage.flow);
  g_string_free (stage.commands, TRUE);
}

/* Why a number is not taken. */
static void test_pin (void)
{
  Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
  const FlowView *view = flow_view (stage.flow);
  const char *wrong;

  step (&stage, "desk");
  step (&stage, "entered:");
  wrong = view->notice.first;
  step (&stage, "locked");
  g_assert_cmpstr (view->notice.first, !=, wrong);
  step (&stage, "desk");
  flow_done (stage.flow, COMMAND_PIN, FALSE, (Pair){ "rien", "无" }, NULL,
             stage.now_ms); /* it could not be looked up */
  g_assert_cmpstr (view->notice.first, ==, "rien");
  g_assert_cmpint (view->screen, ==, SCREEN_PIN);
  flow_free (stage.flow);
  g_string_free (stage.commands, TRUE);
}

/* That there is no voice is said to who asked, and to nobody after her. */
static void test_voiceless (void)
{
  static const char *const ENDS[]
      = { "listen", "back", "no-code", "in:CN-1", "unknown", "wait:25000" };

  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++) {
    Stage stage = { flow_new (FLOW_SELF_SERVICE, FALSE, 0), 0, g_string_new (NULL) };
    step (&stage, "listen");
    g_assert_false (flow_view (stage.flow)->voiceless);
    step (&stage, "voiceless");
    g_assert_true (flow_view (stage.flow)->voiceless);
    step (&stage, ENDS[i]);
    g_assert_false (flow_view (stage.flow)->voiceless);
    flow_free (stage.flow);
    g_string_free (stage.commands, TRUE);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/flow/scripts", test_scripts);
  g_test_add_func ("/flow/discretion", test_discretion);
  g_test_add_func ("/flow/elsewhere", test_elsewhere);
  g_test_add_func ("/flow/notice-is-kept", test_notice_is_kept);
  g_test_add_func ("/flow/forgets", test_forgets);
  g_test_add_func ("/flow/print", test_print);
  g_test_add_func ("/flow/ending", test_ending);
  g_test_add_func ("/flow/answers", test_answers);
  g_test_add_func ("/flow/voiceless", test_voiceless);
  g_test_add_func ("/flow/order", test_order);
  g_test_add_func ("/flow/late", test_late);
  g_test_add_func ("/flow/pin", test_pin);
  g_test_add_func ("/flow/set-up", test_set_up);
  return g_test_run ();
}
