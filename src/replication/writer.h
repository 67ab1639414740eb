/* writer.h: the one thread that writes to the hub's replica. What waits is taken into one
 * durable transaction, and each push is answered only after its commit.
 *
 * Threads: writer_push(), writer_work() and writer_touch() may be called by any;
 * callbacks run in the writer's thread.  */
#pragma once

#include "replication/log.h"

/* At most so much in one transaction, so that nobody waits long for others. */
#define WRITER_GROUP_PUSHES 128
#define WRITER_GROUP_FACTS 2000
/* Last contacts are written so often. */
#define WRITER_TOUCH_MS 10000

typedef struct _Writer Writer;

typedef void (*WriterDone) (gpointer data);
/* Does anything on the writer's own Journal, outside a transaction. */
typedef void (*WriterWork) (Journal *journal, gpointer data);

typedef struct {
  LogBatch batch; /* what it points to stays the caller's until @done */
  GError *error;  /* set: nothing was stored, for no fault of the batch */
  WriterDone done;
  gpointer data;
} WriterPush;

/* @committed (may be NULL) is called after every transaction that stored facts. */
Writer *writer_new (const char *db, Clock clock, WriterDone committed, gpointer data,
                    GError **error);
/* FALSE if the writer has been stopped: then @done is not called. */
gboolean writer_push (Writer *writer, WriterPush *push);
gboolean writer_work (Writer *writer, WriterWork work, WriterDone done, gpointer data);
/* Notes that @station was heard of at @now_ms. */
void writer_touch (Writer *writer, const char *station, gint64 now_ms);
/* TRUE if the last transaction could be written; else why not in *@why, free with
 * g_free(). */
gboolean writer_is_well (Writer *writer, char **why);
/* Does what still waits, then ends the thread; nothing is taken any more. */
void writer_stop (Writer *writer);
void writer_free (Writer *writer); /* stops it first */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writer, writer_free)
