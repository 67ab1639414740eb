#include "kiosk/flow_state.h"

#include "core/words.h"

#include <string.h>

static void badge_free (gpointer badge)
{
  g_free (((FlowBadge *) badge)->reference);
  g_free (badge);
}

Flow *flow_state_new (FlowMode mode, gboolean second_leads)
{
  Flow *flow = g_new0 (Flow, 1);

  flow->volunteer = g_strdup ("");
  flow->number = g_strdup ("");
  flow->typed = g_strdup ("");
  flow->station_second = second_leads;
  flow->view.mode = mode;
  flow->view.inside = -1;
  flow->view.message = PAIR_EMPTY;
  g_queue_init (&flow->commands);
  flow->welcome.awaited.reference = g_strdup ("");
  flow->welcome.on_its_way = g_ptr_array_new_with_free_func (badge_free);
  flow->desk.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  flow->desk.draft = g_strdup ("");
  flow->desk.passage = g_strdup ("");
  flow->desk.asked_text = g_strdup ("");
  return flow;
}

void flow_state_free (Flow *flow)
{
  if (flow == NULL)
    return;
  guest_unref (flow->guest);
  g_free (flow->volunteer);
  g_free (flow->number);
  g_free (flow->typed);
  words_owned_clear (&flow->message);
  g_queue_clear_full (&flow->commands, (GDestroyNotify) flow_command_free);
  g_free (flow->welcome.awaited.reference);
  g_ptr_array_unref (flow->welcome.on_its_way);
  words_owned_clear (&flow->welcome.title);
  words_owned_clear (&flow->welcome.text);
  g_hash_table_unref (flow->desk.known);
  g_free (flow->desk.draft);
  g_free (flow->desk.passage);
  g_free (flow->desk.asked_text);
  flow_command_free (flow->desk.held);
  words_owned_clear (&flow->desk.said);
  g_free (flow);
}

/* Commands --------------------------------------------------------------------------- */

void flow_state_command (Flow *flow, CommandKind kind, Tone tone, const char *text,
                         const char *more)
{
  g_queue_push_tail (&flow->commands, flow_command_new (kind, tone, text, more, flow->volunteer));
}

void flow_state_sound (Flow *flow, Tone tone)
{
  flow_state_command (flow, COMMAND_SOUND, tone, "", "");
}

void flow_state_ask (Flow *flow, CommandKind kind, const char *text, const char *more)
{
  flow->view.busy = TRUE;
  flow->view.notice = PAIR_EMPTY;
  flow_state_command (flow, kind, TONE_CALM, text, more);
}

void flow_state_release (Flow *flow)
{
  if (flow->desk.held != NULL)
    g_queue_push_tail (&flow->commands, g_steal_pointer (&flow->desk.held));
  flow->view.held = FALSE;
}

/* What is said and kept -------------------------------------------------------------- */

void flow_state_say (Flow *flow, Tone tone, Pair notice)
{
  flow->view.notice = notice;
  flow->view.notice_tone = tone;
}

void flow_state_keep (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

Pair flow_state_keep_pair (OwnedPair *place, OwnedPair said)
{
  words_owned_clear (place);
  *place = said;
  return words_of_owned (place);
}

OwnedPair flow_state_copy (Pair pair)
{
  return (OwnedPair){ g_strdup (pair.first), g_strdup (pair.second) };
}

/* Who is there ----------------------------------------------------------------------- */

void flow_state_set_guest (Flow *flow, Guest *guest)
{
  Guest *before = flow->guest;

  flow->guest = guest != NULL ? guest_ref (guest) : NULL;
  flow->view.guest = flow->guest;
  flow->view.second_leads
      = guest != NULL && !flow_state_at_desk (flow) ? guest->second_leads : flow->station_second;
  guest_unref (before);
}

void flow_state_set_typed (Flow *flow, const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);

  g_free (flow->typed);
  flow->typed = g_utf8_strlen (valid, -1) > FLOW_TYPED_MAX
                    ? g_utf8_substring (valid, 0, FLOW_TYPED_MAX)
                    : g_steal_pointer (&valid);
  flow->view.typed = flow->typed;
}

void flow_state_set_number (Flow *flow, const char *number)
{
  flow_state_keep (&flow->number, number);
  flow->view.number = flow->number;
}

/* Whoever was at the desk until now needs no PIN for a while, if she comes by her
 * badge. */
void flow_state_set_volunteer (Flow *flow, const char *volunteer, gint64 now_ms)
{
  if (flow_state_at_desk (flow)) {
    gint64 until_ms = now_ms + FLOW_BADGE_MS;

    g_hash_table_replace (flow->desk.known, g_strdup (flow->volunteer),
                          g_memdup2 (&until_ms, sizeof until_ms));
  }
  flow_state_keep (&flow->volunteer, volunteer);
  flow->view.volunteer = flow->volunteer;
}

gboolean flow_state_at_desk (const Flow *flow)
{
  return flow->volunteer[0] != '\0';
}

void flow_state_set_mode (Flow *flow, const char *mode)
{
  static const char *const NAMES[FLOW_MODE_COUNT] = { "self-service", "desk", "gate" };

  for (guint i = 0; i < FLOW_MODE_COUNT; i++)
    if (strcmp (mode, NAMES[i]) == 0)
      flow->view.mode = (FlowMode) i;
}

void flow_state_set_order (Flow *flow, const char *language)
{
  flow->station_second = strcmp (language, words_key (WORDS_SECOND)) == 0;
}

/* Screens ---------------------------------------------------------------------------- */

gboolean flow_state_is_desk_screen (const Flow *flow)
{
  return flow->view.screen >= SCREEN_SEARCH;
}

/* How long the desk waits for another touch. */
static gint64 desk_idle_ms (const Flow *flow)
{
  return flow->view.mode == FLOW_DESK ? FLOW_DESK_OPEN_MS : FLOW_DESK_IDLE_MS;
}

void flow_state_say_nothing (Flow *flow)
{
  flow->view.title = flow->view.text = flow->view.notice = flow->view.print_text = PAIR_EMPTY;
  flow->view.tone = flow->view.notice_tone = TONE_CALM;
}

void flow_state_turn_to (Flow *flow, ScreenId screen, gint64 stays_ms, gint64 now_ms)
{
  flow_state_release (flow);
  flow_state_say_nothing (flow);
  flow->view.screen = screen;
  flow->view.print = PRINT_NONE;
  flow->view.badge_serial = 0;
  flow->view.busy = flow->view.voiceless = flow->view.ending = FALSE;
  flow->view.refused = flow->view.scanned = flow->view.to_desk = FALSE;
  flow->view.purpose = TOUCH_LOOK;
  flow_state_set_number (flow, "");
  flow_state_keep (&flow->welcome.awaited.reference, "");
  flow->welcome.awaited.serial = 0;
  flow->until_ms = stays_ms > 0 ? now_ms + stays_ms : -1;
}

void flow_state_turn_to_desk (Flow *flow, ScreenId screen, gint64 now_ms)
{
  flow_state_turn_to (flow, screen, desk_idle_ms (flow), now_ms);
}

void flow_state_go_start (Flow *flow, gint64 now_ms)
{
  flow_state_set_guest (flow, NULL);
  flow_state_set_typed (flow, "");
  flow_state_release (flow);
  flow_state_set_volunteer (flow, "", now_ms);
  flow->view.rights = 0;
  flow_state_keep (&flow->desk.draft, "");
  flow->view.contrast = FALSE;
  flow_state_turn_to (flow,
                      flow->view.closed              ? SCREEN_CLOSED
                      : flow->view.mode == FLOW_GATE ? SCREEN_GATE
                      : flow->view.mode == FLOW_DESK ? SCREEN_PIN
                                                     : SCREEN_ATTRACT,
                      0, now_ms);
}

void flow_state_go_search (Flow *flow, gint64 now_ms)
{
  flow_state_set_guest (flow, NULL);
  flow_state_keep (&flow->desk.draft, "");
  flow_state_turn_to_desk (flow, SCREEN_SEARCH, now_ms);
  flow_state_command (flow, COMMAND_SEARCH, TONE_CALM, flow->typed, "");
}

void flow_state_go_home (Flow *flow, gint64 now_ms)
{
  if (flow_state_at_desk (flow))
    flow_state_go_search (flow, now_ms);
  else
    flow_state_go_start (flow, now_ms);
}

void flow_state_open_person (Flow *flow, gint64 now_ms)
{
  flow_state_turn_to_desk (flow, SCREEN_PERSON, now_ms);
  flow_state_ask (flow, COMMAND_PERSON, flow->guest->reference, "");
}

gint64 flow_state_patience_ms (const Flow *flow)
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
    return flow->view.mode == FLOW_DESK && !flow_state_at_desk (flow) ? 0 : FLOW_PIN_MS;
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
