/* pool.h: a station's printers, in order of preference, and which badge goes to which.
 *
 * Each printer has one badge in hand at a time, so two good printers halve the queue. A badge goes to the first printer that is free and can print now. One that waits at a printer that cannot, while another is free and can, is
 * taken back: at once, if it has not been handed over; else when it has waited for wait_ms, and only if it is certain then that it cannot come out there (printing.h). From a printer that has kept a badge waiting no badge is
 * expected for POOL_DISTRUST_MS, unless there is no better one.
 *
 * If no printer can print, one badge goes to the first all the same, so that its facts say what it waits for; and if that one can be had last of all, it is printed there without further delay.
 *
 * Threads: a Pool belongs to one thread; its lanes (lane.h) have their own. pool_deal() blocks on disk only.  */
#pragma once

#include "station/lane.h"

#define POOL_DISTRUST_MS 60000
/* Printers of the pool, and others that earlier agents have sent badges to. */
#define POOL_LANES_MAX 24

typedef struct {
  gboolean free;      /* no badge in hand */
  gboolean known;     /* has been looked at */
  gboolean able;      /* can print now, as far as is known */
  gboolean trusted;   /* has not kept a badge waiting of late */
  gboolean sent;      /* the badge in hand may be at the printer */
  gint64 stuck_ms;    /* for how long the badge in hand has waited for a printer that cannot print */
} PoolSeat;

/* Which of @count printers, in order of preference, gets the next new badge; -1: none yet. @late: those that have not been looked at need not be waited for any longer. */
gint pool_choose (const PoolSeat *seats, guint count, gboolean late);
/* Which one's badge is to be taken back, since another printer could have it; -1: none. */
gint pool_release (const PoolSeat *seats, guint count, gint64 wait_ms);

typedef struct {
  LaneOptions lanes;
  const char *const *queues;  /* in order of preference, NULL-terminated */
  gint64 wait_ms;
} PoolOptions;

typedef struct _Pool Pool;

/* Starts a thread for each printer. @options must outlive the pool. NULL with @error if the replica cannot be written to. */
Pool *pool_new (const PoolOptions *options, Journal *journal, GError **error);
/* Ends them; waits for what CUPS holds (lane.h). What is in hand stays as it is in the journal. */
void pool_free (Pool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pool, pool_free)

/* Deals out what is owed, takes back what waits in vain. To be called when the replica has changed, and every POOL_BUSY_MS while @busy: a badge is owed. */
#define POOL_BUSY_MS 20
gboolean pool_deal (Pool *pool, Journal *journal, gboolean *busy, GError **error);
