/* What a volunteer does: who gets to the desk, what each touch leads to, and what an
 * answer changes. */
#include "unit/kiosk/flow_stage.h"

static const StageScript SCRIPTS[] = {
  { FLOW_SELF_SERVICE, "badge:Li station rest:+badges", "station", "rest:+badges" },
  { FLOW_SELF_SERVICE, "rest:+badges", "attract", "" },
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
  /* A passage taken back. */
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 take-back:est:7", "reason", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 take-back:est:7 back", "person", "" },
  { FLOW_SELF_SERVICE, "badge:Li opened:FR-1 take-back:est:7 reason:mistake", "person",
    "take-back:FR-1:est:7 mistake" },
  { FLOW_SELF_SERVICE, "in:FR-1 take-back:est:7", "welcome", "" },
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
};

static void test_scripts (void)
{
  stage_play (SCRIPTS, G_N_ELEMENTS (SCRIPTS));
}

/* What an answer brings is kept, whatever becomes of the answer. */
static void test_notice_is_kept (void)
{
  g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
  char *first = g_strdup ("3 noms"), *second = g_strdup ("3 人");

  stage_step (&stage, "badge:Ana");
  stage_step (&stage, "station");
  stage_step (&stage, "emergency");
  flow_done (stage.flow, COMMAND_EMERGENCY, TRUE, (Pair){ first, second }, NULL, 0);
  memset (first, 'x', strlen (first));
  g_free (first);
  g_free (second);
  g_assert_cmpstr (flow_view (stage.flow)->notice.first, ==, "3 noms");
  g_assert_cmpstr (flow_view (stage.flow)->notice.second, ==, "3 人");
  g_assert_false (flow_view (stage.flow)->busy);
}

/* Answers about somebody who is no longer before the volunteer change nothing of what she
 * does. */
static void test_late (void)
{
  g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
  const FlowView *view = flow_view (stage.flow);

  stage_step (&stage, "badge:Li");
  stage_step (&stage, "in:FR-1");
  g_assert_true (view->busy); /* her page is not there yet */
  stage_step (&stage, "opened:FR-1");
  g_assert_false (view->busy);
  stage_step (&stage, "reprint");
  stage_step (&stage, "lent:FR-9");
  g_assert_cmpstr (view->guest->reference, ==, "FR-1");
  stage_step (&stage, "lent:FR-1");
  g_assert_cmpstr (view->guest->reference, ==, "FR-1");
  stage_step (&stage, "back");
  stage_step (&stage, "back");
  stage_step (&stage, "lent:FR-1");
  g_assert_cmpint (view->screen, ==, SCREEN_SEARCH);
  g_assert_null (view->guest);
}

/* Why a number is not taken. */
static void test_pin (void)
{
  g_auto (Stage) stage = stage_new (FLOW_SELF_SERVICE);
  const FlowView *view = flow_view (stage.flow);
  const char *wrong;

  stage_step (&stage, "desk");
  stage_step (&stage, "entered:");
  wrong = view->notice.first;
  stage_step (&stage, "locked");
  g_assert_cmpstr (view->notice.first, !=, wrong);
  stage_step (&stage, "desk");
  flow_done (stage.flow, COMMAND_PIN, FALSE, (Pair){ "rien", "无" }, NULL,
             stage.now_ms); /* it could not be looked up */
  g_assert_cmpstr (view->notice.first, ==, "rien");
  g_assert_cmpint (view->screen, ==, SCREEN_PIN);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/flow-desk/scripts", test_scripts);
  g_test_add_func ("/flow-desk/notice-is-kept", test_notice_is_kept);
  g_test_add_func ("/flow-desk/late", test_late);
  g_test_add_func ("/flow-desk/pin", test_pin);
  return g_test_run ();
}
