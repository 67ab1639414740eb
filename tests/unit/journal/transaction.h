/* transaction.h: whether something has left a transaction open, as SQLite says. */
#pragma once

#include "journal/store.h"

static inline gboolean in_transaction (const Journal *journal)
{
  return sqlite3_get_autocommit (journal->db) == 0;
}
