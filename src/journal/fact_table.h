/* fact_table.h: the tables `fact` and `head`, in SQL. What of it others may read is
 * declared in journal.h; here is what the files of journal/ write by. Threads: as a
 * Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

#include <sqlite3.h>

/* Fills @fact from a row of number, station, seq, at, kind, subject, body, body_hash,
 * chain, signature. */
void fact_from_row (sqlite3_stmt *row, Fact *fact);

/* Inserts @fact as it is: its head, and the projections, follow by triggers. */
gboolean fact_table_insert (Journal *journal, const Fact *fact, GError **error);
/* The highest time of all facts held, as far as the root bears it out: from then on own
 * facts come after it. */
gboolean fact_table_last_time (Journal *journal, HybridTime *at, GError **error);
