/* append.h: one fact in a transaction of its own. Include it once, in a test. */
#pragma once

#include "journal/journal.h"

static void append (Journal *journal, const char *kind, const char *subject, const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (journal, &error));
  journal_append (journal, kind, subject, body, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (journal_commit (journal, &error));
}
