/* import_apply.h: what an import has gathered (import_plan.h) becomes facts. A part of
 * import.h.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "roster/import_plan.h"

/* Writes the added and changed delegates. IMPORT_ERROR_ROWS if there are faults and not
 * skip_bad, IMPORT_ERROR_CHANGED if delegates have changed since it was read, or a
 * journal error; then nothing is written. */
gboolean import_apply (Journal *journal, Import *import, const ImportOptions *options,
                       GError **error);
