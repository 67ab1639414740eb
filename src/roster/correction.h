/* correction.h: what persons have put right about a delegate: the last word on each
 * field, over whatever lists say.
 *
 * Corrections come from desks (desk.h), in registration facts that name their fields in
 * `corrected`. A list's word is taken in place of one only where somebody says so
 * (`taken`, import.h).
 *
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "roster/delegate.h"

typedef struct {
  char *field;     /* as in delegate_fields() */
  char *volunteer; /* who, "" if she left no name */
  gint64 at_ms;    /* when, Unix milliseconds */
} Correction;

/* Those that hold, by field: Correction; free with g_ptr_array_unref(). */
GPtrArray *correction_load (Journal *journal, const char *reference, GError **error);
/* That of one field among them, NULL if there is none. */
const Correction *correction_of (const GPtrArray *corrections, const char *field);
