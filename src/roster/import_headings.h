/* import_headings.h: the headings of a list of which nothing is known, for whoever asks a
 * person what they mean (heading_map.h).
 *
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "congress/programme.h"
#include "roster/import_plan.h"

typedef struct {
  char *heading;
  char *example; /* a value below it, fit for a message */
} ImportHeading;

/* Those of the list @path with a value below them: ImportHeading; free with
 * g_ptr_array_unref(). Where no row looks like headings, the fullest of the first ones is
 * taken for them. As import_read() for errors. */
GPtrArray *import_headings_unknown (Journal *journal, const char *path,
                                    const ImportOptions *options, GError **error);

/* TRUE if @meaning is a heading that is known, the name of an event, or "". */
gboolean import_headings_may_mean (const Programme *programme, const char *meaning);
