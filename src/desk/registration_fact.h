/* registration_fact.h: a registration as a desk writes it: with who wrote it, and where
 * it corrects somebody, which fields are a person's word from now on
 * (roster/correction.h).
 * Only the desk's files include this.
 * Threads: as the Journal; needs a transaction. Blocks on disk. */
#pragma once

#include "credential/issue.h"
#include "roster/delegate.h"

/* @before: as she was registered, NULL for somebody new. */
gboolean registration_fact_append (Journal *journal, const Delegate *before,
                                   const Delegate *delegate, const IssueWhy *why, GError **error);
