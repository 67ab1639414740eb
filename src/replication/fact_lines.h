/* fact_lines.h: facts as a station sends them: JSON, one a line (PROTOCOL.md).
 * Threads: reentrant. */
#pragma once

#include "journal/journal.h"

#define FACT_LINES_ERROR fact_lines_error_quark ()
GQuark fact_lines_error_quark (void);
typedef enum {
  FACT_LINES_ERROR_TOO_MANY,  /* more facts than allowed */
  FACT_LINES_ERROR_MALFORMED, /* not text, not JSON lines of facts */
  FACT_LINES_ERROR_FOREIGN,   /* a fact of another station */
} FactLinesError;

/* Facts, one a line, all of @station: GArray of Fact that clears them, at most @most.
 * Empty lines are passed over. */
GArray *fact_lines_read (const char *text, gsize length, const char *station, guint most,
                         GError **error);
