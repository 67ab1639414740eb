/* standing_statements.h: the statements that standing.h keeps prepared in an open replica
 * (store.h). Only journal/ includes this. */
#pragma once

#include <sqlite3.h>

typedef struct {
  sqlite3_stmt *of, *spans, *set_apart; /* NULL until first used */
} StandingStatements;
void standing_statements_clear (StandingStatements *statements);
