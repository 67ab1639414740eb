/* postgres_log.h: the log on PostgreSQL (journal/log_engine.h): the tables of
 * schema.h.
 *
 * Order: whoever writes takes one advisory lock (POSTGRES_LOG_LOCK) for its
 * transaction, asks then, by a new snapshot, for the last number, and numbers on from
 * there. PostgreSQL lets go of the lock only once the transaction is seen by all, so
 * numbers become visible one after the other and without a gap, and a reader that
 * goes on after the last number it saw skips none. A number that was rolled back is
 * given again.
 *
 * Durable: a transaction is acknowledged when PostgreSQL has synced it, and its
 * synchronous standbys, where it has any; synchronous_commit is set on where a
 * configuration has it off.
 *
 * Whoever waits is woken by NOTIFY, and reads by number: what a notice was lost for
 * comes with the next look. Threads: as log_engine.h says. */
#pragma once

#include "journal/log_engine.h"

#define POSTGRES_LOG_LOCK "1094927189" /* 'ACCU' */
#define POSTGRES_LOG_CHANNEL "accueil"

extern const LogEngine POSTGRES_LOG;
