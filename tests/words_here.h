/* words_here.h: the catalogues of the build that a test belongs to, so that it can ask
 * for French and Chinese words. Call words_here() first in main(). */
#pragma once

#include "core/words.h"

#include <string.h>

static inline void words_here (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  char *tests = program != NULL ? g_strrstr (program, "/tests/") : NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (tests);
  if (tests != NULL)
    *tests = '\0';
  g_autofree char *directory = g_build_filename (program, "locale", NULL);
  words_start (directory);
  words_check (&error);
  g_assert_no_error (error);
}
