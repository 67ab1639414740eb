/* The kinds of checkpoints go by the words that event files and facts hold. */
#include "vocabulary/checkpoint_kind.h"
#include "check_names.h"

static void test_names (void)
{
  CHECK_NAMES (CheckpointKind, checkpoint_kind, "entrance", "zone", "session", "meal", "shuttle",
               "headset", "b2b");
  g_assert_cmpstr (checkpoint_kind_name (CHECKPOINT_KIND_COUNT), ==, "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkpoint_kind/names", test_names);
  return g_test_run ();
}
