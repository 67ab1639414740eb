/* import.h: lists of delegates as two countries' platforms and Excel write them, into
 * registration facts.
 *
 * All or nothing: unless `skip_bad`, one bad row and nothing is written. The same list
 * again writes nothing. list.h says which files are read, heading.h which headings,
 * row.h and value.h what cells mean.
 *
 *     Import *import = import_read (journal, paths, options, error);  // reads, checks, compares;
 * writes nothing … show import->added, changed, missing, faults … import_apply (journal,
 * import, options, error); // one transaction
 *
 * Which list a file is: the one that most of its known delegates came from, else a new
 * one with the file's name (without folder and ending). A delegate of that list who is
 * not in the file any more is reported as missing and kept: only a person can tell
 * whether that is a withdrawal or a cut-off file.
 *
 * What lists and people say of one person stands beside each other (merge.h): a cell
 * that says what its list last said changes nothing; one that says something new of what
 * a person has corrected is a conflict, and hers stays until somebody decides otherwise.
 *
 * A reference that is written like a known one but for capitals or zeros (roll.h) is
 * that person's, where the name or the e-mail address agrees; else the row is refused.
 *
 * Memory: the file, and the facts to be written; not the delegates that are already
 * there.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "roster/import_apply.h"
#include "roster/import_plan.h"

/* NULL with IMPORT_ERROR_FILE, _ENCODING, _FORMAT or a journal error. Bad rows are not an
 * error here but `faults`. */
Import *import_read (Journal *journal, const char *const *paths, const ImportOptions *options,
                     GError **error);
void import_free (Import *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)
