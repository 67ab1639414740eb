/* demo.h: the demo's congress in the replica of a test. Include it once, in a test. */
#pragma once

#include "congress/event_file.h"

static inline void demo_load (Journal *journal)
{
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  gboolean loaded = event_file_load (journal, "assets/demo/congress.ini", NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_true (loaded);
}
