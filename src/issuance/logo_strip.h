/* logo_strip.h: the logos of the event file (congress/logo.h) as a row that can be drawn.
 * Threads: as the Journal; the row belongs to one thread at a time. Blocks on disk. */
#pragma once

#include "badge/logo_row.h"
#include "congress/logo.h"
#include "journal/journal.h"

/* Those of @event and of the whole congress (NULL: all); empty where there are none. A
 * picture that cannot be drawn any more is left out: a paper without it is still one. */
LogoRow *logo_strip_read (Journal *journal, const char *event, GError **error);
/* The same of what logo_read() has given, and without a Journal. */
LogoRow *logo_strip_of (const GPtrArray *logos);
