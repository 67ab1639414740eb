/* print_failure.h: why a badge can be drawn on no printer, as `print` facts write it, and
 * what to do.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "core/words.h"

typedef enum {
  PRINT_FAILURE_FIT,      /* "does-not-fit": a text has no room */
  PRINT_FAILURE_FONT,     /* "no-glyph": a character that no font has */
  PRINT_FAILURE_TEMPLATE, /* "template": cannot be used */
  PRINT_FAILURE_KEY,      /* "no-key": issued by a station whose key is not here */
  PRINT_FAILURE_GONE,     /* "no-delegate": nobody is registered under it any more */
  PRINT_FAILURE_DRAWING,  /* "not-drawn": memory, disk; the agent's log says more */
  PRINT_FAILURE_COUNT
} PrintFailure;

/* The word of facts; static. */
const char *print_failure_name (PrintFailure failure);
/* FALSE for a word that is none; @failure is left alone then. */
gboolean print_failure_from_name (const char *name, PrintFailure *failure);
/* What a volunteer can do about it. */
Pair print_failure_remedy (PrintFailure failure);
