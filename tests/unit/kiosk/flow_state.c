/* What the parts of the flow share: where the start is, which language leads, what is
 * typed. */
#include "unit/kiosk/flow_stage.h"

static const StageScript SCRIPTS[] = {
  /* Out of service. */
  { FLOW_SELF_SERVICE, "close:yes", "attract", "" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes", "closed", "close:yes" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes in:FR-1", "closed", "" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes badge:Li station", "station", "station" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes badge:Li leave", "closed", "" },
  { FLOW_SELF_SERVICE, "badge:Li station close:yes badge:Li station close:no leave", "attract",
    "" },
};

static void test_scripts (void)
{
  stage_play (SCRIPTS, G_N_ELEMENTS (SCRIPTS));
}

static void test_order (void)
{
  g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
  const FlowView *view = flow_view (stage.flow);

  g_assert_false (view->second_leads);
  stage_step (&stage, "in:CN-1");
  g_assert_true (view->second_leads);
  stage_step (&stage, "in:FR-1");
  g_assert_false (view->second_leads);
  stage_step (&stage, "refused:CN-1");
  g_assert_true (view->second_leads);
  stage_step (&stage, "back");
  g_assert_false (view->second_leads);
  /* At the desk the station's order stands. */
  stage_step (&stage, "badge:Li");
  stage_step (&stage, "in:CN-1");
  g_assert_false (view->second_leads);
  stage_step (&stage, "station");
  stage_step (&stage, "order:zh");
  g_assert_true (view->second_leads);
}

/* What is typed is cut to what is looked for, between characters, and made readable. */
static void test_typed (void)
{
  g_autofree char *long_text = g_strnfill (3 * FLOW_TYPED_MAX, 'x'),
                  *cut = g_strnfill (FLOW_TYPED_MAX, 'x');
  g_autoptr (GString) han = g_string_new (NULL);
  for (guint i = 0; i <= FLOW_TYPED_MAX; i++)
    g_string_append (han, "欧");
  g_autofree char *han_cut = g_strndup (han->str, FLOW_TYPED_MAX * strlen ("欧"));
  const struct {
    const char *text, *typed;
  } ROWS[] = { { "", "" },
               { "ouyang", "ouyang" },
               { long_text, cut },
               { han->str, han_cut },
               { "a\xff", "a\xef\xbf\xbd" } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
    stage_step (&stage, "badge:Li");
    flow_touch (stage.flow, TOUCH_TYPED, ROWS[i].text, 0);
    g_assert_cmpstr (flow_view (stage.flow)->typed, ==, ROWS[i].typed);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/flow-state/scripts", test_scripts);
  g_test_add_func ("/flow-state/order", test_order);
  g_test_add_func ("/flow-state/typed", test_typed);
  return g_test_run ();
}
