/* The kiosk's screens as a state machine: what anybody touches leads to, when a
 * screen ends by itself, and that nothing of a person stays. */
#include "unit/kiosk/flow_stage.h"

static const StageScript SCRIPTS[] = {
  { FLOW_SELF_SERVICE, "look", "attract", "" },
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
  { FLOW_SELF_SERVICE, "no-code call back", "attract", "" },
  { FLOW_SELF_SERVICE, "listen", "attract", "speak" },
  { FLOW_SELF_SERVICE, "listen voiceless", "attract", "sound" },
  { FLOW_SELF_SERVICE, "in:FR-1 listen voiceless wait:14999", "welcome", "" },
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
};

static void test_scripts (void)
{
  stage_play (SCRIPTS, G_N_ELEMENTS (SCRIPTS));
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
    g_auto (Stage) stage = stage_new (run % 2 == 0 ? FLOW_SELF_SERVICE : FLOW_GATE);
    const FlowView *view = flow_view (stage.flow);
    for (guint i = 0; i < 60; i++) {
      stage_step (&stage, STEPS[g_rand_int_range (random, 0, G_N_ELEMENTS (STEPS))]);
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
  }
}

/* Before its end a page asks whether more time is needed, and no longer once it was
 * given. */
static void test_ending (void)
{
  g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
  const FlowView *view = flow_view (stage.flow);

  stage_step (&stage, "refused:FR-1");
  g_assert_cmpint (flow_deadline_ms (stage.flow), ==, FLOW_VERDICT_MS - FLOW_ENDING_MS);
  g_assert_false (view->ending);
  stage_step (&stage, "wait:10000");
  g_assert_true (view->ending);
  g_assert_cmpint (flow_deadline_ms (stage.flow), ==, FLOW_VERDICT_MS);
  stage_step (&stage, "more");
  g_assert_false (view->ending);
  stage_step (&stage, "wait:15000");
  g_assert_cmpint (view->screen, ==, SCREEN_VERDICT);
  stage_step (&stage, "badge:Li"); /* the desk does not ask */
  g_assert_cmpint (flow_deadline_ms (stage.flow), ==, stage.now_ms + FLOW_DESK_IDLE_MS);
}

/* That there is no voice is said to who asked, and to nobody after her. */
static void test_voiceless (void)
{
  static const char *const ENDS[]
      = { "listen", "back", "no-code", "in:CN-1", "unknown", "wait:25000" };

  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++) {
    g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
    stage_step (&stage, "listen");
    g_assert_false (flow_view (stage.flow)->voiceless);
    stage_step (&stage, "voiceless");
    g_assert_true (flow_view (stage.flow)->voiceless);
    stage_step (&stage, ENDS[i]);
    g_assert_false (flow_view (stage.flow)->voiceless);
  }
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

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/flow/scripts", test_scripts);
  g_test_add_func ("/flow/forgets", test_forgets);
  g_test_add_func ("/flow/ending", test_ending);
  g_test_add_func ("/flow/voiceless", test_voiceless);
  g_test_add_func ("/flow/set-up", test_set_up);
  return g_test_run ();
}
