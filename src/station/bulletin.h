/* bulletin.h: how the printers of this station stand, in the table printer_state: written by the agent, read by screens and commands, which so need not ask CUPS and never wait for it.
 *
 * Of this replica alone: never a fact, never copied. The agent writes a row when something in it changes, and else every BULLETIN_BEAT_MS; a row that has not been heard of for BULLETIN_STALE_MS is of an agent that is not running.
 *
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"
#include "station/wording.h"

#define BULLETIN_BEAT_MS 10000
#define BULLETIN_STALE_MS 30000

typedef enum { BULLETIN_UNKNOWN, BULLETIN_READY, BULLETIN_PRINTING, BULLETIN_TROUBLE } BulletinState;
/* As in the table: "ready" … */
const char *bulletin_state_name (BulletinState state);

typedef struct {
  char *queue;
  guint rank;            /* 1 is preferred */
  BulletinState state;
  char *troubles;        /* keywords of print/trouble.h, comma-separated; "" for none */
  char *notes;           /* the same, of what is soon to be seen to */
  gint64 since_ms;       /* Unix milliseconds */
  gint64 heard_ms;
  char *job;             /* in hand; "" for none */
} Bulletin;
void bulletin_free (Bulletin *bulletin);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bulletin, bulletin_free)

/* Its agent does not run. */
gboolean bulletin_is_stale (const Bulletin *bulletin, gint64 now_ms);
/* What keeps the printer from printing, and what to do; both texts "" for nothing. Of several troubles the first: who has put that right may find the others gone. */
Wording bulletin_trouble (const Bulletin *bulletin);

/* All rows, by rank: Bulletin; free with g_ptr_array_unref(). */
GPtrArray *bulletin_read (Journal *journal, GError **error);
gboolean bulletin_write (Journal *journal, const Bulletin *bulletin, GError **error);
/* Removes the rows of queues that are not among @queues (NULL-terminated). */
gboolean bulletin_keep (Journal *journal, const char *const *queues, GError **error);
