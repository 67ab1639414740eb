/* page_copy.h: a copy of a replica's whole file while others write to it, page by page by
 * SQLite's backup interface: local values, accounts and secret keys included.
 *
 * All pages are of one moment: they are read in one view, beside which others write on.
 * Only the write-ahead log cannot be copied back meanwhile, and grows. (By several views
 * the copy would begin anew whenever somebody had written between.)
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal_error.h"

/* A local value, for who looks later: when a copy was last kept, in ms since 1970. */
#define PAGE_COPY_LOCAL_KEPT "backup"

/* @path must not exist; made with mode 0600, on disk when this returns TRUE. What was
 * begun is removed when it fails. */
gboolean page_copy_make (Journal *journal, const char *path, GError **error);
