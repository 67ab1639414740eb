/* What the event file asks: after she is in; nobody waits for an answer. */
#include "unit/kiosk/flow_stage.h"

static const StageScript SCRIPTS[] = {
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
};

static void test_scripts (void)
{
  stage_play (SCRIPTS, G_N_ELEMENTS (SCRIPTS));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/flow-question/scripts", test_scripts);
  return g_test_run ();
}
