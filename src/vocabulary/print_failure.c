#include "vocabulary/print_failure.h"

#include <string.h>

static const struct {
  const char *name, *remedy; /* remedy: a msgid */
} ROWS[PRINT_FAILURE_COUNT] = {
  [PRINT_FAILURE_FIT]
  = { "does-not-fit", N_ ("A text is too long for the badge: shorten it, then print again.") },
  [PRINT_FAILURE_FONT]
  = { "no-glyph", N_ ("A character cannot be printed: correct the name, then print again.") },
  [PRINT_FAILURE_TEMPLATE]
  = { "template", N_ ("The badge's template cannot be used: call the technicians.") },
  [PRINT_FAILURE_KEY] = { "no-key", N_ ("This badge is another station's: print it anew here.") },
  [PRINT_FAILURE_GONE] = { "no-delegate", N_ ("This person is not registered any more.") },
  [PRINT_FAILURE_DRAWING]
  = { "not-drawn", N_ ("The badge could not be drawn: call the technicians.") },
};

const char *print_failure_name (PrintFailure failure)
{
  return (guint) failure < PRINT_FAILURE_COUNT ? ROWS[failure].name : "";
}

gboolean print_failure_from_name (const char *name, PrintFailure *failure)
{
  for (guint i = 0; i < PRINT_FAILURE_COUNT; i++)
    if (strcmp (ROWS[i].name, name) == 0) {
      *failure = (PrintFailure) i;
      return TRUE;
    }
  return FALSE;
}

Pair print_failure_remedy (PrintFailure failure)
{
  g_return_val_if_fail ((guint) failure < PRINT_FAILURE_COUNT, PAIR_EMPTY);
  return words_pair (ROWS[failure].remedy);
}
