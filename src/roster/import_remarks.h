/* import_remarks.h: what is noticed about the people of an import that keeps nobody from
 * importing them: looks like somebody else, cannot be printed, would be let in nowhere. A
 * part of import.h.
 *
 * Threads: as the Import; import_remarks_finish() blocks on disk.  */
#pragma once

#include "congress/programme.h"
#include "roster/import_plan.h"

typedef struct _ImportRemarks ImportRemarks;

/* All must outlive it. */
ImportRemarks *import_remarks_new (Import *import, const ImportOptions *options,
                                   const Programme *programme);
void import_remarks_free (ImportRemarks *remarks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportRemarks, import_remarks_free)

/* A person as she will be registered. @fresh: the lists say something new of her. */
void import_remarks_look (ImportRemarks *remarks, const Delegate *delegate, gboolean fresh);
/* Against everybody else who is registered. */
gboolean import_remarks_finish (ImportRemarks *remarks, Journal *journal, GError **error);
