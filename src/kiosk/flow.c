#include "kiosk/flow.h"

#include "core/text.h"
#include "core/words.h"

#include <string.h>

/* A badge on its way, until it is out or given up. Only reference and serial are kept of
 * its person. */
typedef struct {
  char *reference;
  guint serial;
} OnItsWay;

struct _Flow {
  FlowView view;
  Guest *guest;
  char *volunteer, *typed;
  char *number;      /* of the view */
  GHashTable *known; /* volunteer's name → gint64 *, until when her badge is enough */
  char *draft;       /* what the draft shows, as the form gave it */
  char *passage;     /* that is to be taken back, when the reason is there */
  Touch asked;       /* what the leader is asked for, with: */
  char *asked_text;
  FlowCommand *held; /* done at held_until_ms; NULL for none */
  gint64 held_until_ms;
  gboolean edited;         /* the form was written into; said before it is left */
  gboolean station_second; /* the station's order where nobody is known */
  gint64 until_ms;         /* the screen's end; -1 none */
  OnItsWay awaited;        /* whose badge a screen without a name is about; reference "" for none */
  OwnedPair said;          /* of the view's notice, where an answer brought it */
  OwnedPair message;       /* of the view */
  OwnedPair days, next;    /* of the view's title (dates, or a box's number) and text */
  OwnedPair team;          /* of the view's text at a gate */
  gboolean voice;          /* answers are said */
  gboolean told;           /* the team, that the printer needs help */
  GPtrArray *on_its_way;   /* OnItsWay */
  GQueue commands;         /* FlowCommand */
};

static void on_its_way_free (OnItsWay *badge)
{
  g_free (badge->reference);
  g_free (badge);
}

void flow_command_free (FlowCommand *command)
{
  if (command == NULL)
    return;
  g_free (command->text);
  g_free (command->more);
  g_free (command->volunteer);
  g_free (command);
}

Flow *flow_new (FlowMode mode, gboolean second_leads, gint64 now_ms)
{
  Flow *flow = g_new0 (Flow, 1);

  flow->on_its_way = g_ptr_array_new_with_free_func ((GDestroyNotify) on_its_way_free);
  flow->volunteer = g_strdup ("");
  flow->number = g_strdup ("");
  flow->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  flow->typed = g_strdup ("");
  flow->awaited.reference = g_strdup ("");
  flow->draft = g_strdup ("");
  flow->passage = g_strdup ("");
  flow->asked_text = g_strdup ("");
  flow->station_second = second_leads;
  flow->view.mode = mode;
  flow->view.inside = -1;
  flow->view.message = PAIR_EMPTY;
  g_queue_init (&flow->commands);
  flow_touch (flow, TOUCH_BACK, "", now_ms);
  return flow;
}

void flow_free (Flow *flow)
{
  if (flow == NULL)
    return;
  guest_unref (flow->guest);
  g_free (flow->volunteer);
  g_free (flow->number);
  g_hash_table_unref (flow->known);
  g_free (flow->typed);
  g_free (flow->awaited.reference);
  words_owned_clear (&flow->next);
  words_owned_clear (&flow->team);
  words_owned_clear (&flow->days);
  words_owned_clear (&flow->said);
  words_owned_clear (&flow->message);
  g_free (flow->draft);
  g_free (flow->passage);
  g_free (flow->asked_text);
  flow_command_free (flow->held);
  g_ptr_array_unref (flow->on_its_way);
  g_queue_clear_full (&flow->commands, (GDestroyNotify) flow_command_free);
  g_free (flow);
}

const FlowView *flow_view (const Flow *flow)
{
  return &flow->view;
}

FlowCommand *flow_take_command (Flow *flow)
{
  return g_queue_pop_head (&flow->commands);
}

/* Pages of one person, which end by themselves. */
static gboolean asks_for_more (const Flow *flow)
{
  ScreenId screen = flow->view.screen;

  return flow->until_ms >= 0
         && (screen == SCREEN_WELCOME || screen == SCREEN_QUESTION || screen == SCREEN_DISCREET
             || screen == SCREEN_VERDICT || screen == SCREEN_NO_CODE || screen == SCREEN_YOUR_DATA
             || screen == SCREEN_CALLED);
}

gint64 flow_deadline_ms (const Flow *flow)
{
  gint64 until_ms = asks_for_more (flow) && !flow->view.ending ? flow->until_ms - FLOW_ENDING_MS
                                                               : flow->until_ms;

  if (flow->held == NULL)
    return until_ms;
  return until_ms < 0 ? flow->held_until_ms : MIN (until_ms, flow->held_until_ms);
}

static FlowCommand *command_new (Flow *flow, CommandKind kind, Tone tone, const char *text,
                                 const char *more)
{
  FlowCommand *asked = g_new0 (FlowCommand, 1);

  asked->kind = kind;
  asked->tone = tone;
  asked->text = g_strdup (text);
  asked->more = g_strdup (more);
  asked->volunteer = g_strdup (flow->volunteer);
  return asked;
}

static void command (Flow *flow, CommandKind kind, Tone tone, const char *text, const char *more)
{
  g_queue_push_tail (&flow->commands, command_new (flow, kind, tone, text, more));
}

static void say_attention (Flow *flow, const char *text)
{
  flow->view.notice = words_pair (text);
  flow->view.notice_tone = TONE_ATTENTION;
}

/* What can be taken back ------------------------------------------------------------- */

/* What is held is done now. */
static void release (Flow *flow)
{
  if (flow->held != NULL)
    g_queue_push_tail (&flow->commands, g_steal_pointer (&flow->held));
  flow->view.held = FALSE;
}

static void hold (Flow *flow, CommandKind kind, const char *text, const char *more, gint64 now_ms)
{
  release (flow);
  flow->held = command_new (flow, kind, TONE_CALM, text, more);
  flow->held_until_ms = now_ms + FLOW_UNDO_MS;
  flow->view.held = TRUE;
  say_attention (flow, N_ ("The badge will open nothing any more. Ten seconds to undo this."));
}

static void undo (Flow *flow)
{
  if (flow->held == NULL)
    return;
  g_clear_pointer (&flow->held, flow_command_free);
  flow->view.held = FALSE;
  flow->view.notice = words_pair (N_ ("Nothing was changed."));
  flow->view.notice_tone = TONE_YES;
}

/* Screens ---------------------------------------------------------------------------- */

static gboolean is_desk_screen (ScreenId screen)
{
  return screen >= SCREEN_SEARCH;
}

static void ask (Flow *flow, CommandKind kind, const char *text, const char *more)
{
  flow->view.busy = TRUE;
  flow->view.notice = PAIR_EMPTY;
  command (flow, kind, TONE_CALM, text, more);
}

static void set_typed (Flow *flow, const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);

  g_free (flow->typed);
  flow->typed = g_utf8_strlen (valid, -1) > FLOW_TYPED_MAX
                    ? g_utf8_substring (valid, 0, FLOW_TYPED_MAX)
                    : g_steal_pointer (&valid);
  flow->view.typed = flow->typed;
}

static void set_guest (Flow *flow, Guest *guest)
{
  Guest *before = flow->guest;

  flow->guest = guest != NULL ? guest_ref (guest) : NULL;
  flow->view.guest = flow->guest;
  flow->view.second_leads
      = guest != NULL && flow->volunteer[0] == '\0' ? guest->second_leads : flow->station_second;
  guest_unref (before);
}

/* Whoever was at the desk until now needs no PIN for a while, if she comes by her
 * badge. */
static void set_volunteer (Flow *flow, const char *volunteer, gint64 now_ms)
{
  if (flow->volunteer[0] != '\0') {
    gint64 until_ms = now_ms + FLOW_BADGE_MS;

    g_hash_table_replace (flow->known, g_strdup (flow->volunteer),
                          g_memdup2 (&until_ms, sizeof until_ms));
  }
  g_free (flow->volunteer);
  flow->volunteer = g_strdup (volunteer);
  flow->view.volunteer = flow->volunteer;
}

static gboolean badge_is_enough (const Flow *flow, const char *volunteer, gint64 now_ms)
{
  const gint64 *until_ms = g_hash_table_lookup (flow->known, volunteer);

  return until_ms != NULL && now_ms < *until_ms;
}

static void set_number (Flow *flow, const char *number)
{
  g_free (flow->number);
  flow->number = g_strdup (number);
  flow->view.number = flow->number;
}

/* How long the desk waits for another touch. */
static gint64 desk_idle_ms (const Flow *flow)
{
  return flow->view.mode == FLOW_DESK ? FLOW_DESK_OPEN_MS : FLOW_DESK_IDLE_MS;
}

static void keep_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void say_nothing (Flow *flow)
{
  flow->view.title = flow->view.text = flow->view.notice = flow->view.print_text = PAIR_EMPTY;
  flow->view.tone = flow->view.notice_tone = TONE_CALM;
}

static void set_awaited (Flow *flow, const char *reference, guint serial)
{
  g_free (flow->awaited.reference);
  flow->awaited = (OnItsWay){ g_strdup (reference), serial };
}

/* Another screen, with nothing of the last one left on it. */
static void turn_to (Flow *flow, ScreenId screen, gint64 stays_ms, gint64 now_ms)
{
  release (flow);
  say_nothing (flow);
  flow->view.screen = screen;
  flow->view.print = PRINT_NONE;
  flow->view.badge_serial = 0;
  flow->view.busy = flow->view.voiceless = flow->view.ending = FALSE;
  flow->view.refused = flow->view.scanned = flow->view.to_desk = FALSE;
  flow->view.purpose = TOUCH_LOOK;
  set_number (flow, "");
  set_awaited (flow, "", 0);
  flow->until_ms = stays_ms > 0 ? now_ms + stays_ms : -1;
}

static void go_start (Flow *flow, gint64 now_ms)
{
  set_guest (flow, NULL);
  set_typed (flow, "");
  release (flow);
  set_volunteer (flow, "", now_ms);
  flow->view.rights = 0;
  keep_text (&flow->draft, "");
  flow->view.contrast = FALSE;
  turn_to (flow,
           flow->view.closed              ? SCREEN_CLOSED
           : flow->view.mode == FLOW_GATE ? SCREEN_GATE
           : flow->view.mode == FLOW_DESK ? SCREEN_PIN
                                          : SCREEN_ATTRACT,
           0, now_ms);
}

static void go_search (Flow *flow, gint64 now_ms)
{
  set_guest (flow, NULL);
  keep_text (&flow->draft, "");
  turn_to (flow, SCREEN_SEARCH, desk_idle_ms (flow), now_ms);
  command (flow, COMMAND_SEARCH, TONE_CALM, flow->typed, "");
}

/* Back where the person, or the volunteer, came from. */
static void go_home (Flow *flow, gint64 now_ms)
{
  if (flow->volunteer[0] != '\0')
    go_search (flow, now_ms);
  else
    go_start (flow, now_ms);
}

/* A form that was written into is not left at the first touch. */
static gboolean is_kept (Flow *flow)
{
  ScreenId screen = flow->view.screen;

  if (!flow->edited
      || (screen != SCREEN_CORRECT && screen != SCREEN_WALK_IN && screen != SCREEN_RIGHTS))
    return FALSE;
  flow->edited = FALSE;
  say_attention (flow, N_ ("Not saved yet. Touch “Back” again to leave it so."));
  return TRUE;
}

/* The form that the draft was made of, as it was filled in. */
static void go_form (Flow *flow, gint64 now_ms)
{
  turn_to (flow, flow->guest != NULL ? SCREEN_RIGHTS : SCREEN_WALK_IN, desk_idle_ms (flow), now_ms);
  flow->edited = TRUE;
}

/* On to what comes after the questions: her welcome, or her page at the desk. */
static void end_questions (Flow *flow, gint64 now_ms)
{
  if (flow->volunteer[0] != '\0' && flow->guest != NULL) {
    turn_to (flow, SCREEN_PERSON, desk_idle_ms (flow), now_ms);
    ask (flow, COMMAND_PERSON, flow->guest->reference, "");
    return;
  }
  flow->view.screen = SCREEN_WELCOME;
  flow->view.ending = FALSE;
  flow->until_ms
      = now_ms
        + (flow->view.print == PRINT_NONE                                    ? FLOW_PLAIN_MS
           : flow->view.print == PRINT_TAKE || flow->view.print == PRINT_ASK ? FLOW_TAKE_MS
                                                                             : FLOW_WELCOME_MS);
}

static void go_back (Flow *flow, gint64 now_ms)
{
  ScreenId screen = flow->view.screen;

  if (is_kept (flow))
    return;
  if (screen == SCREEN_DRAFT)
    go_form (flow, now_ms);
  else if (screen == SCREEN_QUESTION)
    end_questions (flow, now_ms);
  else if (flow->guest != NULL
           && (screen == SCREEN_REASON || screen == SCREEN_CORRECT || screen == SCREEN_RIGHTS
               || screen == SCREEN_GROUP))
    turn_to (flow, SCREEN_PERSON, desk_idle_ms (flow), now_ms);
  else
    go_home (flow, now_ms);
  /* She may have been let in with the others. */
  if (screen == SCREEN_GROUP && flow->guest != NULL)
    ask (flow, COMMAND_PERSON, flow->guest->reference, "");
}

/* Badges on their way ---------------------------------------------------------------- */

static gint find_badge (const Flow *flow, const char *reference, guint serial)
{
  for (guint i = 0; i < flow->on_its_way->len; i++) {
    const OnItsWay *badge = g_ptr_array_index (flow->on_its_way, i);
    if (badge->serial == serial && strcmp (badge->reference, reference) == 0)
      return (gint) i;
  }
  return -1;
}

static gboolean is_shown (const Flow *flow, const char *reference, guint serial)
{
  const char *shown = flow->guest != NULL ? flow->guest->reference : flow->awaited.reference;

  return (flow->view.screen == SCREEN_WELCOME || flow->view.screen == SCREEN_QUESTION)
         && flow->view.badge_serial == serial && strcmp (shown, reference) == 0;
}

/* Those that are not of the person on the screen. */
static void count_others (Flow *flow)
{
  guint others = 0;

  for (guint i = 0; i < flow->on_its_way->len; i++) {
    const OnItsWay *badge = g_ptr_array_index (flow->on_its_way, i);
    others += is_shown (flow, badge->reference, badge->serial) ? 0 : 1;
  }
  flow->view.others = others;
}

static void expect_badge (Flow *flow, const char *reference, guint serial)
{
  OnItsWay *badge = g_new0 (OnItsWay, 1);

  badge->reference = g_strdup (reference);
  badge->serial = serial;
  g_ptr_array_add (flow->on_its_way, badge);
}

void flow_print (Flow *flow, const char *reference, guint serial, PrintStage stage,
                 const char *reasons, gint64 now_ms)
{
  gint index = find_badge (flow, reference, serial);
  gboolean over = stage == PRINT_TAKE || stage == PRINT_ASK || stage == PRINT_NONE,
           waited = index >= 0 || is_shown (flow, reference, serial);

  /* Whoever reads that the team has been told may rely on it. */
  if (stage == PRINT_TROUBLE && waited && !flow->told)
    command (flow, COMMAND_CALL, TONE_ATTENTION, "printer", reference);
  flow->told = stage == PRINT_TROUBLE ? flow->told || waited : flow->told && stage == PRINT_WAITING;

  if (index >= 0 && over)
    g_ptr_array_remove_index (flow->on_its_way, (guint) index);
  if (is_shown (flow, reference, serial) && flow->view.print != stage) {
    flow->view.print = stage;
    if (over && flow->view.screen == SCREEN_WELCOME)
      flow->until_ms = now_ms + FLOW_TAKE_MS;
  }
  if (is_shown (flow, reference, serial) && stage == PRINT_TROUBLE) {
    g_autofree char *first = g_strndup (reasons, strcspn (reasons, ","));
    flow->view.print_text = wording_printer_reason (first);
  }
  count_others (flow);
  flow->view.changes++;
}

/* Scans ------------------------------------------------------------------------------ */

/* Where the day is the matter, it says for which she is registered; where her badge lies
 * ready, in which box. */
static Pair verdict_of (Flow *flow, const FlowScan *scan)
{
  if (scan->box > 0) {
    g_autofree char *box = g_strdup_printf ("%u", scan->box);
    words_owned_clear (&flow->days);
    flow->days = words_filled (N_ ("Your badge is waiting in box %s"), box);
    return words_of_owned (&flow->days);
  }
  if (scan->verdict == VERDICT_ALREADY_IN && g_strcmp0 (scan->detail, "used") == 0)
    return wording_used (scan->kind);
  if (scan->verdict != VERDICT_NOT_TODAY || scan->days.first == NULL || scan->days.first[0] == '\0')
    return wording_verdict (scan->verdict, scan->detail);
  words_owned_clear (&flow->days);
  flow->days
      = (OwnedPair){ g_strdup_printf (words_for (WORDS_FIRST, N_ ("Your registration is for %s")),
                                      scan->days.first),
                     g_strdup_printf (words_for (WORDS_SECOND, N_ ("Your registration is for %s")),
                                      scan->days.second) };
  return words_of_owned (&flow->days);
}

/* What is to be done: come back at an hour, where that is all. */
static Pair remedy_of (Flow *flow, const FlowScan *scan)
{
  if (scan->next.first == NULL || scan->next.first[0] == '\0')
    return wording_remedy (scan->verdict, scan->detail);
  words_owned_clear (&flow->next);
  flow->next = (OwnedPair){ g_strdup (scan->next.first), g_strdup (scan->next.second) };
  return words_of_owned (&flow->next);
}

/* A ticket that is refused because its badge was issued, and the badge has not come out
 * yet: where it is, is the answer. It tells no name. */
static void show_awaited (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  turn_to (flow, SCREEN_WELCOME, FLOW_WELCOME_MS, now_ms);
  set_awaited (flow, scan->guest->reference, scan->awaited);
  flow->view.title = words_pair (N_ ("Your badge is on its way"));
  flow->view.badge_serial = scan->awaited;
  flow->view.print = PRINT_WAITING;
  if (find_badge (flow, scan->guest->reference, scan->awaited) < 0)
    expect_badge (flow, scan->guest->reference, scan->awaited);
}

/* Why she is refused, what she does about it, and whether the desk does it. */
static void say_refusal (Flow *flow, const FlowScan *scan)
{
  flow->view.tone = TONE_ATTENTION;
  flow->view.title = verdict_of (flow, scan);
  flow->view.text = remedy_of (flow, scan);
  flow->view.to_desk = wording_leads_to_desk (scan->verdict, scan->detail);
  if (scan->box > 0)
    flow->view.text = words_pair (N_ ("The welcome desk hands it to you. Then show it here."));
}

static void show_verdict (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  turn_to (flow, SCREEN_VERDICT, FLOW_VERDICT_MS, now_ms);
  say_refusal (flow, scan);
}

/* The channel of her headset; that she is to give it back. */
static void say_headset (Flow *flow, const FlowScan *scan)
{
  if (scan->keeps > 0) {
    flow->view.tone = TONE_ATTENTION;
    flow->view.title = awaits_wording_keeps ();
  } else if (scan->channel != NULL && scan->channel[0] != '\0') {
    words_owned_clear (&flow->next);
    flow->next = words_filled (N_ ("Here is your headset: channel %s"), scan->channel);
    flow->view.title = words_of_owned (&flow->next);
  }
}

/* At a headset desk: the first of two codes; or a headset that nobody is known to
 * have had. */
static void show_headset (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean waits = scan->awaits != AWAITS_NOTHING;
  turn_to (flow, SCREEN_VERDICT, waits ? FLOW_VERDICT_MS : FLOW_PLAIN_MS, now_ms);
  flow->view.tone = waits ? TONE_CALM : TONE_YES;
  flow->view.title
      = waits ? awaits_wording (scan->awaits) : wording_admitted (scan->kind, scan->direction);
}

static void show_admitted (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean discreet = scan->guest->protocol;

  turn_to (flow, discreet ? SCREEN_DISCREET : SCREEN_WELCOME,
           scan->badge_serial > 0 ? FLOW_WELCOME_MS : FLOW_PLAIN_MS, now_ms);
  flow->view.tone = TONE_YES;
  flow->view.title = wording_admitted (scan->kind, scan->direction);
  say_headset (flow, scan);
  if (scan->badge_serial > 0) {
    flow->view.badge_serial = scan->badge_serial;
    flow->view.print = PRINT_WAITING;
    expect_badge (flow, scan->guest->reference, scan->badge_serial);
  }
  if (discreet)
    command (flow, COMMAND_CALL, TONE_CALM, "protocol", scan->guest->reference);
}

/* What she has not answered yet is asked while her badge is printed; whoever comes next takes
 * her place, and she is asked again another time. */
static void show_question (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  if (scan->guest->protocol || guest_question_count (scan->guest) == 0)
    return;
  flow->view.screen = SCREEN_QUESTION;
  flow->view.question = 0;
  flow->until_ms = now_ms + FLOW_VERDICT_MS;
}

/* A gate shows a person to whoever stands two metres away: the verdict, and the name to
 * the volunteer beside it. */
static void show_gate (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean admitted = scan->verdict == VERDICT_ADMITTED;

  turn_to (flow, SCREEN_GATE, admitted ? FLOW_GATE_MS : FLOW_VERDICT_MS, now_ms);
  if (!admitted) {
    say_refusal (flow, scan);
    return;
  }
  flow->view.tone = TONE_YES;
  flow->view.title = wording_admitted (scan->kind, scan->direction);
  say_headset (flow, scan);
  if (scan->team.first == NULL || scan->team.first[0] == '\0')
    return;
  words_owned_clear (&flow->team);
  flow->team = (OwnedPair){ g_strdup (scan->team.first), g_strdup (scan->team.second) };
  flow->view.text = words_of_owned (&flow->team);
}

/* A form or a question is open: what is scanned meanwhile must not take its place. */
static gboolean is_at_work (const Flow *flow)
{
  ScreenId screen = flow->view.screen;

  return screen == SCREEN_REASON || screen == SCREEN_CORRECT || screen == SCREEN_WALK_IN
         || screen == SCREEN_RIGHTS || screen == SCREEN_DRAFT || screen == SCREEN_GROUP;
}

/* At the desk a code opens its person; to let her in is a touch. */
static void open_scanned (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean opens = FALSE;

  if (flow->volunteer[0] == '\0')
    say_attention (flow, N_ ("First your number and PIN, or your own badge."));
  else if (is_at_work (flow))
    say_attention (flow, N_ ("Finish or leave this page first, then scan again."));
  else if (scan->guest == NULL) {
    show_verdict (flow, scan, now_ms);
    set_guest (flow, NULL);
  } else {
    opens = TRUE;
    set_guest (flow, scan->guest);
    turn_to (flow, SCREEN_PERSON, desk_idle_ms (flow), now_ms);
    ask (flow, COMMAND_PERSON, scan->guest->reference, "");
    flow->view.scanned = TRUE;
  }
  command (flow, COMMAND_SOUND, opens ? TONE_YES : TONE_ATTENTION, "", "");
  count_others (flow);
  flow->view.changes++;
}

/* A badge can be photographed: her PIN belongs to it, unless she was just here. */
static void volunteer_scanned (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  if (badge_is_enough (flow, scan->volunteer, now_ms)
      || strcmp (scan->volunteer, flow->volunteer) == 0) {
    flow_entered (flow, scan->volunteer, scan->rights, 0, now_ms);
    return;
  }
  if (flow->view.screen != SCREEN_PIN) {
    set_guest (flow, NULL);
    turn_to (flow, SCREEN_PIN, FLOW_PIN_MS, now_ms);
  } else if (flow->until_ms >= 0)
    flow->until_ms = MAX (flow->until_ms, now_ms + FLOW_PIN_MS);
  say_nothing (flow);
  set_number (flow, scan->volunteer_number);
  flow->view.changes++;
}

static void admit (Flow *flow, const FlowScan *scan, gboolean at_desk, gint64 now_ms)
{
  show_admitted (flow, scan, now_ms);
  if (!at_desk)
    show_question (flow, scan, now_ms);
}

void flow_scan (Flow *flow, const FlowScan *scan, gint64 now_ms)
{
  gboolean admitted = scan->verdict == VERDICT_ADMITTED, at_desk = flow->volunteer[0] != '\0';
  Guest *shown = scan->guest;

  if (scan->volunteer != NULL) {
    volunteer_scanned (flow, scan, now_ms);
    return;
  }
  if (scan->opened) {
    open_scanned (flow, scan, now_ms);
    return;
  }
  if (flow->view.closed && !at_desk)
    return;
  /* A refused code says nothing of the person to whoever holds it; a quiet guest has no
   * name. */
  if (shown != NULL && !at_desk && (!admitted || shown->protocol))
    shown = NULL;
  flow->view.kind = scan->kind;
  flow->view.direction = scan->direction;
  if (admitted && (scan->awaits != AWAITS_NOTHING || scan->guest == NULL))
    show_headset (flow, scan, now_ms);
  else if (flow->view.mode == FLOW_GATE && !at_desk)
    show_gate (flow, scan, now_ms);
  else if (admitted && scan->guest != NULL)
    admit (flow, scan, at_desk, now_ms);
  else if (scan->awaited > 0 && scan->guest != NULL && !at_desk)
    show_awaited (flow, scan, now_ms);
  else
    show_verdict (flow, scan, now_ms);
  set_guest (flow, shown);
  if (scan->guest != NULL && !at_desk)
    flow->view.second_leads = scan->guest->second_leads;
  if (at_desk && scan->guest != NULL) {
    Pair title = flow->view.title;
    turn_to (flow, SCREEN_PERSON, desk_idle_ms (flow), now_ms);
    flow->view.refused = !admitted;
    ask (flow, COMMAND_PERSON, scan->guest->reference,
         ""); /* till her page is there nothing is done to her */
    flow->view.notice = title;
    flow->view.notice_tone = admitted ? TONE_YES : TONE_ATTENTION;
  }
  count_others (flow);
  command (flow, COMMAND_SOUND, admitted && scan->keeps == 0 ? TONE_YES : TONE_ATTENTION, "", "");
  if (flow->voice && !at_desk)
    command (flow, COMMAND_SPEAK, TONE_CALM, "", "");
  flow->view.changes++;
}

void flow_several (Flow *flow, gint64 now_ms)
{
  Pair one = words_pair (N_ ("Please show one code at a time"));

  if (flow->view.closed && flow->volunteer[0] == '\0')
    return;
  command (flow, COMMAND_SOUND, TONE_ATTENTION, "", "");
  flow->view.changes++;
  if (is_desk_screen (flow->view.screen)) {
    flow->view.notice = one;
    flow->view.notice_tone = TONE_ATTENTION;
    return;
  }
  set_guest (flow, NULL);
  turn_to (flow, flow->view.mode == FLOW_GATE ? SCREEN_GATE : SCREEN_VERDICT, FLOW_PLAIN_MS,
           now_ms);
  flow->view.tone = TONE_ATTENTION;
  flow->view.title = one;
  flow->view.text = words_pair (N_ ("The codes of two people were before the camera. Hold one of "
                                    "them away."));
}

void flow_standstill (Flow *flow, gint64 now_ms)
{
  set_guest (flow, NULL);
  turn_to (flow, SCREEN_STANDSTILL, FLOW_CALLED_MS, now_ms);
  flow->view.tone = TONE_ATTENTION;
  flow->view.title = words_pair (N_ ("One moment"));
  flow->view.text = wording_standstill ();
  command (flow, COMMAND_SOUND, TONE_ATTENTION, "", "");
  flow->view.changes++;
}

/* Time ------------------------------------------------------------------------------- */

void flow_time (Flow *flow, gint64 now_ms)
{
  if (flow->held != NULL && now_ms >= flow->held_until_ms) {
    release (flow);
    flow->view.changes++;
  }
  if (flow->until_ms < 0)
    return;
  if (now_ms < flow->until_ms) {
    gboolean ending = asks_for_more (flow) && now_ms >= flow->until_ms - FLOW_ENDING_MS;
    flow->view.changes += ending != flow->view.ending;
    flow->view.ending = ending;
    return;
  }
  /* Idle at the desk ends the volunteer's turn; the screens of one scan only
   * themselves. */
  if (flow->volunteer[0] != '\0' && !is_desk_screen (flow->view.screen))
    go_search (flow, now_ms);
  else
    go_start (flow, now_ms);
  count_others (flow);
  flow->view.changes++;
}

/* Touches ---------------------------------------------------------------------------- */

/* Asks for a reason first. */
static void ask_reason (Flow *flow, Touch purpose, gint64 now_ms)
{
  turn_to (flow, SCREEN_REASON, desk_idle_ms (flow), now_ms);
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

  turn_to (flow, SCREEN_PERSON, desk_idle_ms (flow), now_ms);
  if (purpose == TOUCH_VOID)
    hold (flow, COMMAND_VOID, flow->guest->reference, reason, now_ms);
  if (purpose == TOUCH_TAKE_BACK) {
    g_autofree char *more = g_strconcat (flow->passage, " ", reason, NULL);
    ask (flow, COMMAND_TAKE_BACK, flow->guest->reference, more);
  }
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (KINDS[i].purpose == purpose)
      ask (flow, KINDS[i].kind, flow->guest->reference, reason);
}

static void mode_of_name (const char *name, FlowMode *mode)
{
  static const char *const NAMES[FLOW_MODE_COUNT] = { "self-service", "desk", "gate" };

  for (guint i = 0; i < FLOW_MODE_COUNT; i++)
    if (strcmp (name, NAMES[i]) == 0)
      *mode = (FlowMode) i;
}

void flow_set_up (Flow *flow, const char *mode, const char *order, gint64 now_ms)
{
  if (mode != NULL)
    mode_of_name (mode, &flow->view.mode);
  if (order != NULL)
    flow->station_second = strcmp (order, words_key (WORDS_SECOND)) == 0;
  go_start (flow, now_ms);
}

void flow_set_voice (Flow *flow, gboolean voice)
{
  flow->voice = voice;
}

void flow_set_counter (Flow *flow, gboolean counter)
{
  flow->view.counter = counter;
}

void flow_set_closed (Flow *flow, gboolean closed, gint64 now_ms)
{
  flow->view.closed = closed;
  go_start (flow, now_ms);
}

/* What a machine does is changed by the team leader: whoever is not one fetches her. */
static gboolean ask_leader (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  if ((flow->view.rights & FLOW_LEADER) != 0)
    return FALSE;
  flow->asked = touch;
  keep_text (&flow->asked_text, text);
  turn_to (flow, SCREEN_PIN, FLOW_PIN_MS, now_ms);
  flow->view.purpose = touch;
  return TRUE;
}

static void set_mode (Flow *flow, const char *name)
{
  mode_of_name (name, &flow->view.mode);
  command (flow, COMMAND_MODE, TONE_CALM, name, "");
}

static void set_order (Flow *flow, const char *language)
{
  flow->station_second = strcmp (language, words_key (WORDS_SECOND)) == 0;
  if (flow->guest == NULL)
    flow->view.second_leads = flow->station_second;
  command (flow, COMMAND_ORDER, TONE_CALM, language, "");
}

static void answer (Flow *flow, const char *code, gint64 now_ms)
{
  const GuestQuestion *asked;
  g_autofree char *more = NULL;

  if (flow->view.screen != SCREEN_QUESTION || flow->guest == NULL
      || flow->view.question >= guest_question_count (flow->guest))
    return;
  asked = g_ptr_array_index (flow->guest->questions, flow->view.question);
  more = g_strconcat (asked->id, " ", code, NULL);
  command (flow, COMMAND_ANSWER, TONE_CALM, flow->guest->reference, more);
  flow->view.question++;
  if (flow->view.question < guest_question_count (flow->guest))
    flow->until_ms = now_ms + FLOW_VERDICT_MS;
  else
    end_questions (flow, now_ms);
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
      ask (flow, COMMAND_ADMIT, flow->guest->reference, "scanned");
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
    keep_text (&flow->passage, text);
    ask_reason (flow, touch, now_ms);
    return TRUE;
  case TOUCH_ASK:
    if (guest_question_count (flow->guest) == 0)
      return TRUE;
    turn_to (flow, SCREEN_QUESTION, desk_idle_ms (flow), now_ms);
    flow->view.question = 0;
    return TRUE;
  case TOUCH_RIGHTS:
    flow->edited = FALSE;
    turn_to (flow, SCREEN_RIGHTS, desk_idle_ms (flow), now_ms);
    return TRUE;
  case TOUCH_GROUP:
    ask (flow, COMMAND_GROUP, flow->guest->reference, "");
    return TRUE;
  case TOUCH_REASON:
    if (flow->view.screen == SCREEN_REASON && (text[0] != '\0' || flow->view.purpose == TOUCH_NOTE))
      give_reason (flow, text, now_ms);
    return TRUE;
  case TOUCH_CORRECT:
    flow->edited = FALSE;
    turn_to (flow, SCREEN_CORRECT, desk_idle_ms (flow), now_ms);
    return TRUE;
  case TOUCH_LOAN:
    ask (flow, COMMAND_LOAN, flow->guest->reference, text);
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
  ask (flow, COMMAND_JOB, job, WORDS[touch - TOUCH_JOB_RETRY]);
}

/* A corrected name is written at once; what makes another badge is shown first. */
static void touch_save (Flow *flow, const char *fields)
{
  ScreenId screen = flow->view.screen;

  if (screen == SCREEN_CORRECT && flow->guest != NULL)
    ask (flow, COMMAND_CORRECT, flow->guest->reference, fields);
  else if (screen == SCREEN_WALK_IN || (screen == SCREEN_RIGHTS && flow->guest != NULL)) {
    keep_text (&flow->draft, fields);
    ask (flow, COMMAND_DRAFT, flow->guest != NULL ? flow->guest->reference : "", fields);
  }
}

/* The draft has named whoever has the same name, so this is somebody else. */
static void confirm (Flow *flow, const char *how)
{
  gboolean reprint = strcmp (how, "reprint") == 0;
  g_autofree char *fields = g_strconcat (flow->draft, flow->guest == NULL ? "namesake=1\n" : "",
                                         reprint ? "reprint=1\n" : "", NULL);

  if (flow->view.screen != SCREEN_DRAFT)
    return;
  if (flow->guest != NULL)
    ask (flow, COMMAND_RIGHTS, flow->guest->reference, fields);
  else
    ask (flow, COMMAND_WALK_IN, "", fields);
}

/* What is touched on the station's page, and on the way to it. FALSE for anything
 * else. */
static gboolean touch_station (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  switch (touch) {
  case TOUCH_STATION:
    set_guest (flow, NULL);
    turn_to (flow, SCREEN_STATION, desk_idle_ms (flow), now_ms);
    command (flow, COMMAND_STATION, TONE_CALM, "", "");
    return TRUE;
  case TOUCH_JOB_RETRY:
  case TOUCH_JOB_CANCEL:
  case TOUCH_JOB_YES:
  case TOUCH_JOB_NO:
    touch_job (flow, touch, text, now_ms);
    return TRUE;
  case TOUCH_ALERT:
    ask (flow, COMMAND_ALERT, text, "");
    return TRUE;
  case TOUCH_TEST_PRINT:
    ask (flow, COMMAND_TEST_PRINT, text, "");
    return TRUE;
  case TOUCH_REST:
    ask (flow, COMMAND_REST, text, "");
    return TRUE;
  case TOUCH_MODE:
    if (!ask_leader (flow, touch, text, now_ms))
      set_mode (flow, text);
    return TRUE;
  case TOUCH_CHECKPOINT:
    if (!ask_leader (flow, touch, text, now_ms))
      ask (flow, COMMAND_CHECKPOINT, text, "");
    return TRUE;
  case TOUCH_ORDER:
    set_order (flow, text);
    return TRUE;
  case TOUCH_CLOSE:
    flow->view.closed = strcmp (text, "yes") == 0;
    command (flow, COMMAND_CLOSE, TONE_CALM, text, "");
    if (flow->view.closed)
      go_start (flow, now_ms);
    return TRUE;
  default:
    return FALSE;
  }
}

static void touch_desk (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  if (touch_person (flow, touch, text, now_ms) || touch_station (flow, touch, text, now_ms))
    return;
  switch (touch) {
  case TOUCH_LEAVE:
    go_start (flow, now_ms);
    break;
  case TOUCH_TYPED:
    if (flow->view.screen != SCREEN_SEARCH || strcmp (text, flow->typed) == 0)
      break;
    set_typed (flow, text);
    command (flow, COMMAND_SEARCH, TONE_CALM, flow->typed, "");
    break;
  case TOUCH_PERSON:
    ask (flow, COMMAND_PERSON, text, "");
    break;
  case TOUCH_WALK_IN:
    set_guest (flow, NULL);
    flow->edited = FALSE;
    turn_to (flow, SCREEN_WALK_IN, desk_idle_ms (flow), now_ms);
    break;
  case TOUCH_SAVE:
    touch_save (flow, text);
    break;
  case TOUCH_CONFIRM:
    confirm (flow, text);
    break;
  case TOUCH_TOGETHER:
    if (flow->view.screen == SCREEN_GROUP)
      ask (flow, COMMAND_TOGETHER, "", text);
    break;
  case TOUCH_EMERGENCY:
    if (!flow->view.busy)
      ask (flow, COMMAND_EMERGENCY, "", "");
    break;
  case TOUCH_UNDO:
    undo (flow);
    break;
  case TOUCH_EDITED:
    flow->edited = TRUE;
    break;
  default:
    break;
  }
}

/* In the language of whoever stands here first, then in the others. */
static void show_data (Flow *flow, gint64 now_ms)
{
  if (flow->view.screen == SCREEN_YOUR_DATA) {
    flow->view.data_language = (flow->view.data_language + 1) % NOTICE_LANGUAGES;
    flow->until_ms = now_ms + FLOW_READ_MS;
    return;
  }
  set_guest (flow, NULL);
  turn_to (flow, SCREEN_YOUR_DATA, FLOW_READ_MS, now_ms);
  flow->view.data_language = flow->view.second_leads ? NOTICE_SECOND : NOTICE_FIRST;
  command (flow, COMMAND_YOUR_DATA, TONE_CALM, "", "");
}

static void touch_public (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  switch (touch) {
  case TOUCH_BACK:
    go_back (flow, now_ms);
    break;
  case TOUCH_NO_CODE:
    set_guest (flow, NULL);
    turn_to (flow, SCREEN_NO_CODE, FLOW_HELP_MS, now_ms);
    break;
  case TOUCH_CALL:
    turn_to (flow, SCREEN_CALLED, FLOW_CALLED_MS, now_ms);
    command (flow, COMMAND_CALL, TONE_CALM, "delegate", "");
    break;
  case TOUCH_ANSWER:
    answer (flow, text, now_ms);
    break;
  case TOUCH_LATER:
    if (flow->view.screen == SCREEN_QUESTION)
      end_questions (flow, now_ms);
    break;
  case TOUCH_YOUR_DATA:
    show_data (flow, now_ms);
    break;
  case TOUCH_HEADS:
    command (flow, COMMAND_HEADS, TONE_CALM, "", "");
    command (flow, COMMAND_SOUND, TONE_YES, "", "");
    break;
  case TOUCH_MORE:
    if (asks_for_more (flow))
      flow->until_ms = now_ms + FLOW_MORE_MS;
    break;
  case TOUCH_CONTRAST:
    flow->view.contrast = !flow->view.contrast;
    break;
  case TOUCH_LISTEN:
    flow->view.voiceless = FALSE;
    command (flow, COMMAND_SPEAK, TONE_CALM, "", "");
    break;
  case TOUCH_DESK:
    set_guest (flow, NULL);
    if (flow->volunteer[0] != '\0')
      go_search (flow, now_ms);
    else
      turn_to (flow, SCREEN_PIN, FLOW_PIN_MS, now_ms);
    break;
  case TOUCH_PIN:
    if (flow->view.screen == SCREEN_PIN)
      ask (flow, COMMAND_PIN, text, "");
    break;
  default:
    break;
  }
}

/* How long the present screen waits for another touch. */
static gint64 patience_ms (const Flow *flow)
{
  switch (flow->view.screen) {
  case SCREEN_ATTRACT:
  case SCREEN_GATE:
  case SCREEN_CLOSED:
    return flow->view.contrast || flow->view.voiceless ? FLOW_HELP_MS : 0;
  case SCREEN_WELCOME:
  case SCREEN_DISCREET:
    return FLOW_WELCOME_MS;
  case SCREEN_PIN:
    return flow->view.mode == FLOW_DESK && flow->volunteer[0] == '\0' ? 0 : FLOW_PIN_MS;
  case SCREEN_VERDICT:
  case SCREEN_QUESTION:
  case SCREEN_STANDSTILL:
    return FLOW_VERDICT_MS;
  case SCREEN_NO_CODE:
    return FLOW_HELP_MS;
  case SCREEN_YOUR_DATA:
    return FLOW_READ_MS;
  case SCREEN_CALLED:
    return FLOW_CALLED_MS;
  default:
    return desk_idle_ms (flow);
  }
}

void flow_touch (Flow *flow, Touch touch, const char *text, gint64 now_ms)
{
  ScreenId before = flow->view.screen;

  if (touch >= TOUCH_LEAVE && touch <= TOUCH_EDITED) {
    if (flow->volunteer[0] != '\0')
      touch_desk (flow, touch, text, now_ms);
  } else
    touch_public (flow, touch, text, now_ms);
  if (flow->view.screen == before && patience_ms (flow) > 0)
    flow->until_ms = MAX (flow->until_ms, now_ms + patience_ms (flow));
  flow->view.ending = flow->view.ending && now_ms >= flow->until_ms - FLOW_ENDING_MS;
  count_others (flow);
  flow->view.changes++;
}

/* Answers ---------------------------------------------------------------------------- */

/* The leader has come, or somebody who is none: the desk stays the volunteer's. */
static void leader_came (Flow *flow, guint rights, gint64 now_ms)
{
  if ((rights & FLOW_LEADER) == 0) {
    say_attention (flow, N_ ("This is not the team leader."));
    command (flow, COMMAND_SOUND, TONE_ATTENTION, "", "");
    return;
  }
  turn_to (flow, SCREEN_STATION, desk_idle_ms (flow), now_ms);
  command (flow, COMMAND_STATION, TONE_CALM, "", "");
  if (flow->asked == TOUCH_MODE)
    set_mode (flow, flow->asked_text);
  else
    ask (flow, COMMAND_CHECKPOINT, flow->asked_text, "");
}

void flow_entered (Flow *flow, const char *volunteer, guint rights, gint64 locked_until_ms,
                   gint64 now_ms)
{
  flow->view.busy = FALSE;
  flow->view.changes++;
  if (volunteer[0] != '\0' && flow->volunteer[0] != '\0' && flow->view.screen == SCREEN_PIN
      && flow->view.purpose != TOUCH_LOOK) {
    leader_came (flow, rights, now_ms);
    return;
  }
  if (volunteer[0] != '\0') {
    set_volunteer (flow, volunteer, now_ms);
    flow->view.rights = rights;
    set_typed (flow, "");
    go_search (flow, now_ms);
    return;
  }
  if (flow->view.screen != SCREEN_PIN)
    return;
  flow->view.tone = TONE_ATTENTION;
  say_attention (flow, locked_until_ms > now_ms ? N_ (
                           "This number was wrong too often and waits a little. Another one may "
                           "enter.")
                                                : N_ ("This number is not right. Try again."));
  if (patience_ms (flow) > 0)
    flow->until_ms = MAX (now_ms, locked_until_ms) + FLOW_PIN_MS;
  command (flow, COMMAND_SOUND, TONE_ATTENTION, "", "");
}

/* An answer about somebody else than the volunteer has before her by now, on a screen
 * that would be taken for that person's. */
static gboolean is_late (const Flow *flow, const Guest *guest)
{
  ScreenId screen = flow->view.screen;
  gboolean about_one = screen == SCREEN_REASON || screen == SCREEN_CORRECT
                       || screen == SCREEN_RIGHTS || screen == SCREEN_DRAFT;

  return about_one && flow->guest != NULL && strcmp (flow->guest->reference, guest->reference) != 0;
}

void flow_done (Flow *flow, CommandKind kind, gboolean good, Pair notice, Guest *guest,
                gint64 now_ms)
{
  gboolean opens;

  flow->view.busy = FALSE;
  flow->view.changes++;
  /* Nobody was told: the screen must not say so. */
  if (kind == COMMAND_CALL && !good && flow->view.screen == SCREEN_CALLED)
    flow_standstill (flow, now_ms);
  if (kind == COMMAND_CALL && !good && flow->view.print == PRINT_TROUBLE)
    flow->view.print = PRINT_ASK;
  if (kind == COMMAND_PIN && flow->view.screen == SCREEN_PIN) {
    flow->view.notice = notice;
    flow->view.notice_tone = TONE_ATTENTION;
  }
  if (!is_desk_screen (flow->view.screen))
    return;
  if (good && kind == COMMAND_DRAFT
      && (flow->view.screen == SCREEN_WALK_IN || flow->view.screen == SCREEN_RIGHTS))
    turn_to (flow, SCREEN_DRAFT, desk_idle_ms (flow), now_ms);
  if (good && kind == COMMAND_GROUP && flow->view.screen == SCREEN_PERSON)
    turn_to (flow, SCREEN_GROUP, desk_idle_ms (flow), now_ms);
  opens
      = flow->view.screen != SCREEN_PERSON
        && (kind == COMMAND_PERSON
            || (good
                && (kind == COMMAND_CORRECT || kind == COMMAND_WALK_IN || kind == COMMAND_RIGHTS)));
  if (guest != NULL && !is_late (flow, guest) && (opens || flow->guest != NULL)) {
    set_guest (flow, guest);
    if (opens)
      turn_to (flow, SCREEN_PERSON, desk_idle_ms (flow), now_ms);
    /* Who has just been registered is let in by the same touch. */
    if (opens && kind == COMMAND_WALK_IN)
      ask (flow, COMMAND_ADMIT, guest->reference, "walk-in");
  }
  if (notice.first[0] == '\0')
    return;
  words_owned_clear (&flow->said);
  flow->said = (OwnedPair){ g_strdup (notice.first), g_strdup (notice.second) };
  flow->view.notice = words_of_owned (&flow->said);
  flow->view.notice_tone = good ? TONE_YES : TONE_ATTENTION;
}

void flow_voiceless (Flow *flow, gint64 now_ms)
{
  flow->view.voiceless = TRUE;
  /* She has time to read it. */
  if (patience_ms (flow) > 0)
    flow->until_ms = MAX (flow->until_ms, now_ms + patience_ms (flow));
  command (flow, COMMAND_SOUND, TONE_ATTENTION, "", "");
  flow->view.changes++;
}

void flow_inside (Flow *flow, gint64 inside)
{
  if (flow->view.inside == inside)
    return;
  flow->view.inside = inside;
  flow->view.changes++;
}

void flow_advise (Flow *flow, Pair said)
{
  if (!is_desk_screen (flow->view.screen))
    return;
  flow->view.notice = said;
  flow->view.notice_tone = TONE_ATTENTION;
  flow->view.changes++;
}

void flow_message (Flow *flow, Pair message)
{
  if (g_strcmp0 (flow->view.message.first, message.first) == 0
      && g_strcmp0 (flow->view.message.second, message.second) == 0)
    return;
  words_owned_clear (&flow->message);
  flow->message = (OwnedPair){ g_strdup (message.first), g_strdup (message.second) };
  flow->view.message = words_of_owned (&flow->message);
  flow->view.changes++;
}

void flow_alerts (Flow *flow, guint alerts)
{
  if (flow->view.alerts == alerts)
    return;
  flow->view.alerts = alerts;
  flow->view.changes++;
}
