/* What a delegate meets: each answer to a scan, what others must not see, and where
 * her badge is. */
#include "unit/kiosk/flow_stage.h"

static const StageScript SCRIPTS[] = {
  { FLOW_SELF_SERVICE, "in:CN-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "again:CN-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "in:CN-1 in:FR-2", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "quiet:FR-1", "discreet", "call:protocol:FR-1 sound" },
  { FLOW_SELF_SERVICE, "refused:FR-1", "verdict", "sound" },
  { FLOW_SELF_SERVICE, "unknown", "verdict", "sound" },
  { FLOW_SELF_SERVICE, "fail", "standstill", "sound" },
  { FLOW_SELF_SERVICE, "fail in:FR-1", "welcome", "sound" },
  { FLOW_SELF_SERVICE, "several", "verdict", "sound" },
  { FLOW_SELF_SERVICE, "in:FR-1 several wait:8000", "attract", "" },
  { FLOW_GATE, "several", "gate", "sound" },
  { FLOW_SELF_SERVICE, "badge:Li close:yes several", "closed", "" },
  { FLOW_SELF_SERVICE, "badge:Li several", "search", "sound" },
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
  /* A gate. */
  { FLOW_GATE, "look", "gate", "" },
  { FLOW_GATE, "again:FR-1", "gate", "sound" },
  { FLOW_GATE, "refused:FR-1", "gate", "sound" },
  { FLOW_GATE, "refused:FR-1 back", "gate", "" },
  { FLOW_GATE, "desk", "pin", "" },
};

static void test_scripts (void)
{
  stage_play (SCRIPTS, G_N_ELEMENTS (SCRIPTS));
}

/* What others must not see: a quiet guest, and who was refused. */
static void test_discretion (void)
{
  static const char *const STEPS[] = { "quiet:FR-1", "refused:FR-1", "unknown" };

  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
    g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
    stage_step (&stage, STEPS[i]);
    g_assert_null (flow_view (stage.flow)->guest);
  }
}

/* A badge that was printed ahead: the number of its box, and the way to the desk. Where
 * the desk can do nothing, nobody is sent there. */
static void test_elsewhere (void)
{
  for (FlowMode mode = FLOW_SELF_SERVICE; mode < FLOW_MODE_COUNT; mode++) {
    g_auto (Stage) stage = stage_new (mode);
    if (mode != FLOW_DESK) {
      const FlowView *view = flow_view (stage.flow);
      stage_step (&stage, "box:FR-1");
      g_assert_nonnull (strstr (view->title.first, "12"));
      g_assert_nonnull (strstr (view->title.second, "12"));
      g_assert_true (view->to_desk);
      g_assert_null (view->guest);
      stage_step (&stage, "full:FR-1");
      g_assert_false (view->to_desk);
      stage_step (&stage, "unknown");
      g_assert_true (view->to_desk);
      stage_step (&stage, "in:FR-2");
      g_assert_false (view->to_desk);
    }
  }
}

static void test_print (void)
{
  g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
  const FlowView *view = flow_view (stage.flow);

  stage_step (&stage, "in:CN-1");
  g_assert_cmpint (view->print, ==, PRINT_WAITING);
  g_assert_cmpuint (view->others, ==, 0);
  stage_step (&stage, "jam:CN-1");
  g_assert_cmpint (view->print, ==, PRINT_TROUBLE);
  g_assert_cmpstr (view->print_text.second, !=, "");
  /* The next person comes while it prints. */
  stage_step (&stage, "in:FR-2");
  g_assert_cmpint (view->print, ==, PRINT_WAITING);
  g_assert_cmpuint (view->others, ==, 1);
  stage_step (&stage, "out:CN-1");
  g_assert_cmpint (view->print, ==, PRINT_WAITING);
  g_assert_cmpuint (view->others, ==, 0);
  stage_step (&stage, "out:FR-2");
  g_assert_cmpint (view->print, ==, PRINT_TAKE);
}

/* Which day, and where the badge is, without a name. */
static void test_answers (void)
{
  g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
  const FlowView *view = flow_view (stage.flow);

  stage_step (&stage, "other-day:FR-1");
  g_assert_nonnull (strstr (view->title.first, "le 27 octobre"));
  g_assert_nonnull (strstr (view->title.second, "10月27日"));
  stage_step (&stage, "early:FR-1");
  g_assert_null (view->guest);
  g_assert_cmpint (view->print, ==, PRINT_WAITING);
  stage_step (&stage, "jam:FR-1");
  g_assert_cmpint (view->print, ==, PRINT_TROUBLE);
  stage_step (&stage, "untold"); /* then nobody is promised */
  g_assert_cmpint (view->print, ==, PRINT_ASK);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/flow-welcome/scripts", test_scripts);
  g_test_add_func ("/flow-welcome/discretion", test_discretion);
  g_test_add_func ("/flow-welcome/elsewhere", test_elsewhere);
  g_test_add_func ("/flow-welcome/print", test_print);
  g_test_add_func ("/flow-welcome/answers", test_answers);
  return g_test_run ();
}
