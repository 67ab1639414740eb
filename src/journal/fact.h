/* fact.h: facts as rows, for the files of journal/. The public side of facts is in
 * journal.h. */
#pragma once

#include "journal/journal.h"

#include <sqlite3.h>

/* Fills @fact from a row of number, station, seq, at, kind, subject, body, body_hash,
 * chain. */
void fact_from_row (sqlite3_stmt *row, Fact *fact);
