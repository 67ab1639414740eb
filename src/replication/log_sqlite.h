/* log_sqlite.h: the log in the hub's own replica.
 * Threads: as the Journal it is made on.  */
#pragma once

#include "replication/log.h"

/* A log on @journal, which stays the caller's and must outlive it. */
Log *log_sqlite_new (Journal *journal);
