#include "kiosk/flow_desk.h"

#include "core/words.h"
#include "kiosk/flow_question.h"

#include <string.h>

static void say_attention (Flow *flow, const char *text)
{
  flow_state_say (flow, TONE_ATTENTION, words_pair (text));
}

/* What can be taken back ------------------------------------------------------------- */

static void hold (Flow *flow, CommandKind kind, const char *text, const char *more, gint64 now_ms)
{
  flow_state_release (flow);
  flow->desk.held = flow_command_new (kind, TONE_CALM, text, more, flow->volunteer);
  flow->desk.held_until_ms = now_ms + FLOW_UNDO_MS;
  flow->view.held = TRUE;
  say_attention (flow, N_ ("The badge will open nothing any more. Ten seconds to undo this."));
}

static void undo (Flow *flow)
{
  if (flow->desk.held == NULL)
    return;
  g_clear_pointer (&flow->desk.held, flow_command_free);
  flow->view.held = FALSE;
  flow_state_say (flow, TONE_YES, words_pair (N_ ("Nothing was changed.")));
}

/* Forms ------------------------------------------------------------------------------ */

static void open_form (Flow *flow, ScreenId screen, gint64 now_ms)
{
  flow->desk.edited = FALSE;
  flow_state_turn_to_desk (flow, screen, now_ms);
}

/* The form that the draft was made of, as it was filled in. */
static void reopen_form (Flow *flow, gint64 now_ms)
{
  flow_state_turn_to_desk (flow, flow->guest != NULL ? SCREEN_RIGHTS : SCREEN_WALK_IN, now_ms);
  flow->desk.edited = TRUE;
}

/* A form that was written into is not left at the first touch. */
static gboolean is_kept (Flow *flow)
{
  ScreenId screen = flow->view.screen;

  if (!flow->desk.edited
      || (screen != SCREEN_CORRECT && screen != SCREEN_WALK_IN && screen != SCREEN_RIGHTS))
    return FALSE;
  flow->desk.edited = FALSE;
  say_attention (flow, N_ ("Not saved yet. Touch “Back” again to leave it so."));
  return TRUE;
}

/* A form or a question is open: what is scanned meanwhile must not take its place. */
static gboolean is_at_work (const Flow *flow)
{
  ScreenId screen = flow->view.screen;

  return screen == SCREEN_REASON || screen == SCREEN_CORRECT || screen == SCREEN_WALK_IN
         || screen == SCREEN_RIGHTS || screen == SCREEN_DRAFT || screen == SCREEN_GROUP;
}

gboolean flow_desk_back (Flow *flow, gint64 now_ms)
{
  ScreenId screen = flow->view.screen;

  if (is_kept (flow))
    return TRUE;
  if (screen == SCREEN_DRAFT) {
    reopen_form (flow, now_ms);
    return TRUE;
  }
  if (flow->guest == NULL)
    return FALSE;
  /* She may have been let in with the others. */
  if (screen == SCREEN_GROUP)
    flow_state_open_person (flow, now_ms);
  else if (screen == SCREEN_REASON || screen == SCREEN_CORRECT || screen == SCREEN_RIGHTS)
    flow_state_turn_to_desk (flow, SCREEN_PERSON, now_ms);
  else
    return FALSE;
  return TRUE;
}

/* A corrected name is written at once; what makes another badge is shown first. */
static void save (Flow *flow, const char *fields)
{
  ScreenId screen = flow->view.screen;

  if (screen == SCREEN_CORRECT && flow->guest != NULL)
    flow_state_ask (flow, COMMAND_CORRECT, flow->guest->reference, fields);
  else if (screen == SCREEN_WALK_IN || (screen == SCREEN_RIGHTS && flow->guest != NULL)) {
    flow_state_keep (&flow->desk.draft, fields);
    flow_state_ask (flow, COMMAND_DRAFT, flow->guest != NULL ? flow->guest->reference : "", fields);
  }
}

/* The draft has named whoever has the same name, so this is somebody else. */
static void confirm (Flow *flow, const char *how)
{
  gboolean reprint = strcmp (how, "reprint") == 0;
  g_autofree char *fields
      = g_strconcat (flow->desk.draft, flow->guest == NULL ? "namesake=1\n" : "",
                     reprint ? "reprint=1\n" : "", NULL);

  if (flow->view.screen != SCREEN_DRAFT)
    return;
  if (flow->guest != NULL)
    flow_state_ask (flow, COMMAND_RIGHTS, flow->guest->reference, fields);
  else
    flow_state_ask (flow, COMMAND_WALK_IN, "", fields);
}

/* Reasons ---------------------------------------------------------------------------- */

/* Asks for a reason first. */
static void ask_reason (Flow *flow, Touch purpose, gint64 now_ms)
{
  flow_state_turn_to_desk (flow, SCREEN_REASON, now_ms);
  flow->view.purpose = purpose;
}

static void give_reason (Flow *flow, const char *reason, gint64 now_ms)
{
  static const struct {
    Touch purpose;
    CommandKind kind;
  } KINDS[] = { { TOUCH_ADMIT, COMMAND_ADMIT },
                { TOUCH_REPRINT, COMMAND_REPRINT },
                { TOUCH_OVERRIDE, COMMAND_OVERRIDE },
                { TOUCH_NOTE, COMMAND_NOTE },
                { TOUCH_TAKEN, COMMAND_TAKEN } };
  Touch purpose = flow->view.purpose;

  flow_state_turn_to_desk (flow, SCREEN_PERSON, now_ms);
  if (purpose == TOUCH_VOID)
    hold (flow, COMMAND_VOID, flow->guest->reference, reason, now_ms);
  if (purpose == TOUCH_TAKE_BACK) {
    g_autofree char *more = g_strconcat (flow->desk.passage, " ", reason, NULL);
    flow_state_ask (flow, COMMAND_TAKE_BACK, flow->guest->reference, more);
  }
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (KINDS[i].purpose == purpose)
      flow_state_ask (flow, KINDS[i].kind, flow->guest->reference, reason);
}

/* The team leader -------------------------------------------------------------------- */

/* What a machine does is changed by the team leader: whoever is not one fetches her. */
static gboolean ask_leader (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  if ((flow->view.rights & FLOW_LEADER) != 0)
    return FALSE;
  flow->desk.asked = touch;
  flow_state_keep (&flow->desk.asked_text, text);
  flow_state_turn_to (flow, SCREEN_PIN, FLOW_PIN_MS, now_ms);
  flow->view.purpose = touch;
  return TRUE;
}

static void open_station (Flow *flow, gint64 now_ms)
{
  flow_state_turn_to_desk (flow, SCREEN_STATION, now_ms);
  flow_state_command (flow, COMMAND_STATION, TONE_CALM, "", "");
}

static void set_mode (Flow *flow, const char *name)
{
  flow_state_set_mode (flow, name);
  flow_state_command (flow, COMMAND_MODE, TONE_CALM, name, "");
}

/* The leader has come, or somebody who is none: the desk stays the volunteer's. */
static void leader_came (Flow *flow, guint rights, gint64 now_ms)
{
  if ((rights & FLOW_LEADER) == 0) {
    say_attention (flow, N_ ("This is not the team leader."));
    flow_state_sound (flow, TONE_ATTENTION);
    return;
  }
  open_station (flow, now_ms);
  if (flow->desk.asked == TOUCH_MODE)
    set_mode (flow, flow->desk.asked_text);
  else
    flow_state_ask (flow, COMMAND_CHECKPOINT, flow->desk.asked_text, "");
}

/* Entering --------------------------------------------------------------------------- */

static void refuse (Flow *flow, gint64 locked_until_ms, gint64 now_ms)
{
  flow->view.tone = TONE_ATTENTION;
  say_attention (flow, locked_until_ms > now_ms ? N_ (
                           "This number was wrong too often and waits a little. Another one may "
                           "enter.")
                                                : N_ ("This number is not right. Try again."));
  if (flow_state_patience_ms (flow) > 0)
    flow->until_ms = MAX (now_ms, locked_until_ms) + FLOW_PIN_MS;
  flow_state_sound (flow, TONE_ATTENTION);
}

void flow_desk_entered (Flow *flow, const char *volunteer, guint rights, gint64 locked_until_ms,
                        gint64 now_ms)
{
  gboolean asks = flow->view.screen == SCREEN_PIN;

  flow->view.busy = FALSE;
  if (volunteer[0] == '\0') {
    if (asks)
      refuse (flow, locked_until_ms, now_ms);
  } else if (asks && flow_state_at_desk (flow) && flow->view.purpose != TOUCH_LOOK)
    leader_came (flow, rights, now_ms);
  else {
    flow_state_set_volunteer (flow, volunteer, now_ms);
    flow->view.rights = rights;
    flow_state_set_typed (flow, "");
    flow_state_go_search (flow, now_ms);
  }
}

static gboolean badge_is_enough (const Flow *flow, const char *volunteer, gint64 now_ms)
{
  const gint64 *until_ms = g_hash_table_lookup (flow->desk.known, volunteer);

  return (until_ms != NULL && now_ms < *until_ms) || strcmp (volunteer, flow->volunteer) == 0;
}

void flow_desk_worn (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  if (badge_is_enough (flow, scan->volunteer, now_ms)) {
    flow_desk_entered (flow, scan->volunteer, scan->rights, 0, now_ms);
    return;
  }
  if (flow->view.screen != SCREEN_PIN) {
    flow_state_set_guest (flow, NULL);
    flow_state_turn_to (flow, SCREEN_PIN, FLOW_PIN_MS, now_ms);
  } else if (flow->until_ms >= 0)
    flow->until_ms = MAX (flow->until_ms, now_ms + FLOW_PIN_MS);
  flow_state_say_nothing (flow);
  flow_state_set_number (flow, scan->volunteer_number);
}

/* Scans ------------------------------------------------------------------------------ */

gboolean flow_desk_opened (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  const char *first = !flow_state_at_desk (flow)
                          ? N_ ("First your number and PIN, or your own badge.")
                      : is_at_work (flow) ? N_ ("Finish or leave this page first, then scan again.")
                                          : NULL;

  if (first != NULL)
    say_attention (flow, first);
  else if (scan->guest == NULL)
    return FALSE;
  else {
    flow_state_set_guest (flow, scan->guest);
    flow_state_open_person (flow, now_ms);
    flow->view.scanned = TRUE;
  }
  flow_state_sound (flow, first == NULL ? TONE_YES : TONE_ATTENTION);
  return TRUE;
}

/* Till her page is there nothing is done to her. */
void flow_desk_decided (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean admitted = scan->verdict == VERDICT_ADMITTED;
  Pair title = flow->view.title;

  flow_state_open_person (flow, now_ms);
  flow->view.refused = !admitted;
  flow_state_say (flow, admitted ? TONE_YES : TONE_ATTENTION, title);
}

/* Touches ---------------------------------------------------------------------------- */

static void set_order (Flow *flow, const char *language)
{
  flow_state_set_order (flow, language);
  if (flow->guest == NULL)
    flow->view.second_leads = flow->station_second;
  flow_state_command (flow, COMMAND_ORDER, TONE_CALM, language, "");
}

/* What only a volunteer may touch, about the person before her. FALSE: it is none of
 * these. */
static gboolean touch_person (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  if (flow->guest == NULL)
    return FALSE;
  switch (touch) {
  case TOUCH_ADMIT:
    if (flow->view.scanned)
      flow_state_ask (flow, COMMAND_ADMIT, flow->guest->reference, "scanned");
    else
      ask_reason (flow, touch, now_ms);
    return TRUE;
  case TOUCH_OVERRIDE:
    if ((flow->view.rights & FLOW_OVERRIDE) != 0)
      ask_reason (flow, touch, now_ms);
    return TRUE;
  case TOUCH_REPRINT:
  case TOUCH_VOID:
  case TOUCH_NOTE:
  case TOUCH_TAKEN:
    ask_reason (flow, touch, now_ms);
    return TRUE;
  case TOUCH_TAKE_BACK:
    flow_state_keep (&flow->desk.passage, text);
    ask_reason (flow, touch, now_ms);
    return TRUE;
  case TOUCH_ASK:
    flow_question_ask (flow, now_ms);
    return TRUE;
  case TOUCH_RIGHTS:
    open_form (flow, SCREEN_RIGHTS, now_ms);
    return TRUE;
  case TOUCH_GROUP:
    flow_state_ask (flow, COMMAND_GROUP, flow->guest->reference, "");
    return TRUE;
  case TOUCH_REASON:
    if (flow->view.screen == SCREEN_REASON && (text[0] != '\0' || flow->view.purpose == TOUCH_NOTE))
      give_reason (flow, text, now_ms);
    return TRUE;
  case TOUCH_CORRECT:
    open_form (flow, SCREEN_CORRECT, now_ms);
    return TRUE;
  case TOUCH_LOAN:
    flow_state_ask (flow, COMMAND_LOAN, flow->guest->reference, text);
    return TRUE;
  default:
    return FALSE;
  }
}

static void touch_job (Flow *flow, Touch touch, const char *job, gint64 now_ms)
{
  static const char *const WORDS[] = { "retry", "cancel", "yes", "no" };

  if (touch == TOUCH_JOB_CANCEL) {
    hold (flow, COMMAND_JOB, job, "cancel", now_ms);
    return;
  }
  flow_state_ask (flow, COMMAND_JOB, job, WORDS[touch - TOUCH_JOB_RETRY]);
}

/* What is touched on the station's page, and on the way to it. FALSE for anything
 * else. */
static gboolean touch_station (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  switch (touch) {
  case TOUCH_STATION:
    flow_state_set_guest (flow, NULL);
    open_station (flow, now_ms);
    return TRUE;
  case TOUCH_JOB_RETRY:
  case TOUCH_JOB_CANCEL:
  case TOUCH_JOB_YES:
  case TOUCH_JOB_NO:
    touch_job (flow, touch, text, now_ms);
    return TRUE;
  case TOUCH_ALERT:
    flow_state_ask (flow, COMMAND_ALERT, text, "");
    return TRUE;
  case TOUCH_TEST_PRINT:
    flow_state_ask (flow, COMMAND_TEST_PRINT, text, "");
    return TRUE;
  case TOUCH_REST:
    flow_state_ask (flow, COMMAND_REST, text, "");
    return TRUE;
  case TOUCH_MODE:
    if (!ask_leader (flow, touch, text, now_ms))
      set_mode (flow, text);
    return TRUE;
  case TOUCH_CHECKPOINT:
    if (!ask_leader (flow, touch, text, now_ms))
      flow_state_ask (flow, COMMAND_CHECKPOINT, text, "");
    return TRUE;
  case TOUCH_ORDER:
    set_order (flow, text);
    return TRUE;
  case TOUCH_CLOSE:
    flow->view.closed = strcmp (text, "yes") == 0;
    flow_state_command (flow, COMMAND_CLOSE, TONE_CALM, text, "");
    if (flow->view.closed)
      flow_state_go_start (flow, now_ms);
    return TRUE;
  default:
    return FALSE;
  }
}

void flow_desk_touch (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  if (!flow_state_at_desk (flow) || touch_person (flow, touch, text, now_ms)
      || touch_station (flow, touch, text, now_ms))
    return;
  switch (touch) {
  case TOUCH_LEAVE:
    flow_state_go_start (flow, now_ms);
    break;
  case TOUCH_TYPED:
    if (flow->view.screen != SCREEN_SEARCH || strcmp (text, flow->typed) == 0)
      break;
    flow_state_set_typed (flow, text);
    flow_state_command (flow, COMMAND_SEARCH, TONE_CALM, flow->typed, "");
    break;
  case TOUCH_PERSON:
    flow_state_ask (flow, COMMAND_PERSON, text, "");
    break;
  case TOUCH_WALK_IN:
    flow_state_set_guest (flow, NULL);
    open_form (flow, SCREEN_WALK_IN, now_ms);
    break;
  case TOUCH_SAVE:
    save (flow, text);
    break;
  case TOUCH_CONFIRM:
    confirm (flow, text);
    break;
  case TOUCH_TOGETHER:
    if (flow->view.screen == SCREEN_GROUP)
      flow_state_ask (flow, COMMAND_TOGETHER, "", text);
    break;
  case TOUCH_EMERGENCY:
    if (!flow->view.busy)
      flow_state_ask (flow, COMMAND_EMERGENCY, "", "");
    break;
  case TOUCH_UNDO:
    undo (flow);
    break;
  case TOUCH_EDITED:
    flow->desk.edited = TRUE;
    break;
  default:
    break;
  }
}

/* Answers ---------------------------------------------------------------------------- */

/* An answer about somebody else than the volunteer has before her by now, on a screen
 * that would be taken for that person's. */
static gboolean is_late (const Flow *flow, const Guest *guest)
{
  ScreenId screen = flow->view.screen;
  gboolean about_one = screen == SCREEN_REASON || screen == SCREEN_CORRECT
                       || screen == SCREEN_RIGHTS || screen == SCREEN_DRAFT;

  return about_one && flow->guest != NULL && strcmp (flow->guest->reference, guest->reference) != 0;
}

/* What was asked for leads to a page of its own. */
static void turn_page (Flow *flow, CommandKind kind, gint64 now_ms)
{
  ScreenId screen = flow->view.screen;

  if (kind == COMMAND_DRAFT && (screen == SCREEN_WALK_IN || screen == SCREEN_RIGHTS))
    flow_state_turn_to_desk (flow, SCREEN_DRAFT, now_ms);
  if (kind == COMMAND_GROUP && screen == SCREEN_PERSON)
    flow_state_turn_to_desk (flow, SCREEN_GROUP, now_ms);
}

/* The answer opens its person's page. */
static gboolean opens_person (const Flow *flow, CommandKind kind, gboolean good)
{
  gboolean written = kind == COMMAND_CORRECT || kind == COMMAND_WALK_IN || kind == COMMAND_RIGHTS;

  return flow->view.screen != SCREEN_PERSON && (kind == COMMAND_PERSON || (good && written));
}

static void show_person (Flow *flow, CommandKind kind, gboolean good, Guest *guest, gint64 now_ms)
{
  gboolean opens = opens_person (flow, kind, good);

  if (is_late (flow, guest) || (!opens && flow->guest == NULL))
    return;
  flow_state_set_guest (flow, guest);
  if (!opens)
    return;
  flow_state_turn_to_desk (flow, SCREEN_PERSON, now_ms);
  /* Who has just been registered is let in by the same touch. */
  if (kind == COMMAND_WALK_IN)
    flow_state_ask (flow, COMMAND_ADMIT, guest->reference, "walk-in");
}

void flow_desk_done (Flow *flow, CommandKind kind, gboolean good, Pair notice, Guest *guest,
                     gint64 now_ms)
{
  if (good)
    turn_page (flow, kind, now_ms);
  if (guest != NULL)
    show_person (flow, kind, good, guest, now_ms);
  if (notice.first[0] != '\0')
    flow_state_say (flow, good ? TONE_YES : TONE_ATTENTION,
                    flow_state_keep_pair (&flow->desk.said, flow_state_copy (notice)));
}
