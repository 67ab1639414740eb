#include "replication/writer.h"

#include "core/lock.h"
#include "core/words.h"
#include "replication/enrolment.h"

typedef struct {
  WriterPush *push; /* or: */
  WriterWork work;
  WriterDone done;
  gpointer data;
} Job;

struct _Writer {
  Journal *journal; /* of the writer's thread */
  WriterDone committed;
  gpointer committed_data;
  GThread *thread;
  Lock mutex;
  Wake wake;
  GQueue jobs;          /* Job; under mutex, as all below */
  GHashTable *contacts; /* station → gint64 * ms, not yet written */
  gint64 touch_due;     /* monotonic */
  char *trouble;        /* why the last transaction failed, NULL if it did not */
  gboolean stopping;
};

/* Said once when it begins and once when it is over, however many pushes it concerns. */
static void note (Writer *writer, const GError *error)
{
  gboolean was_well = writer->trouble == NULL; /* only this thread changes it */

  if (error != NULL && was_well)
    g_warning (_ ("facts cannot be stored, stations are told to try again: %s"), error->message);
  else if (error == NULL && !was_well)
    g_message (_ ("facts are stored again"));
  if (error == NULL && was_well)
    return;
  lock_take (&writer->mutex);
  g_free (writer->trouble);
  writer->trouble = error != NULL ? g_strdup (error->message) : NULL;
  lock_give (&writer->mutex);
}

/* Is it the batch that SQLite refuses, and not the disk or another program? */
static gboolean is_the_batch (const GError *error)
{
  return g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_SQL);
}

/* A batch of which the hub would have to say something of its own (settling.h): it comes
 * again. */
static gboolean is_too_early (const GError *error)
{
  return g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_SETTLING);
}

/* One fact that no table takes must not stop those of others: each push has its own
 * transaction then. */
static void append_each (Writer *writer, GPtrArray *pushes)
{
  for (guint i = 0; i < pushes->len; i++) {
    WriterPush *push = pushes->pdata[i];
    LogBatch *batch = &push->batch;

    if (log_append (writer->journal, &batch, 1, &push->error))
      continue;
    if (!is_the_batch (push->error)) {
      if (!is_too_early (push->error))
        note (writer, push->error);
      continue;
    }
    batch->outcome = LOG_INVALID;
    g_free (batch->reason);
    batch->reason = g_strdup (push->error->message);
    g_clear_error (&push->error);
    journal_head (writer->journal, batch->station, &batch->seq, &batch->chain, NULL);
  }
}

static void append_group (Writer *writer, GPtrArray *pushes)
{
  g_autofree LogBatch **batches = g_new (LogBatch *, pushes->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < pushes->len; i++)
    batches[i] = &((WriterPush *) pushes->pdata[i])->batch;
  if (log_append (writer->journal, batches, pushes->len, &error))
    note (writer, NULL);
  else if (is_the_batch (error) || is_too_early (error))
    append_each (writer, pushes);
  else {
    note (writer, error);
    for (guint i = 0; i < pushes->len; i++)
      ((WriterPush *) pushes->pdata[i])->error = g_error_copy (error);
  }
  if (writer->committed != NULL)
    writer->committed (writer->committed_data);
  for (guint i = 0; i < pushes->len; i++) {
    WriterPush *push = pushes->pdata[i];
    push->done (push->data);
  }
}

/* Takes from the queue what goes into one transaction; under mutex. */
static GPtrArray *take_pushes (Writer *writer)
{
  GPtrArray *pushes = g_ptr_array_new ();
  guint facts = 0;

  while (!g_queue_is_empty (&writer->jobs) && pushes->len < WRITER_GROUP_PUSHES
         && facts < WRITER_GROUP_FACTS) {
    Job *job = g_queue_peek_head (&writer->jobs);

    if (job->push == NULL)
      break;
    facts += job->push->batch.count;
    g_ptr_array_add (pushes, job->push);
    g_free (g_queue_pop_head (&writer->jobs));
  }
  return pushes;
}

static void write_contacts (Writer *writer, GHashTable *contacts)
{
  g_autoptr (GError) error = NULL;

  if (!enrolment_touch (writer->journal, contacts, &error))
    note (writer, error);
}

/* Waits for something to do; under mutex. FALSE when all is done and the writer is to
 * end. */
static gboolean wait_for_work (Writer *writer)
{
  while (g_queue_is_empty (&writer->jobs) && !writer->stopping) {
    if (g_hash_table_size (writer->contacts) == 0)
      lock_wake_wait (&writer->wake, &writer->mutex);
    else if (!lock_wake_wait_until (&writer->wake, &writer->mutex, writer->touch_due))
      return TRUE;
  }
  return !g_queue_is_empty (&writer->jobs) || g_hash_table_size (writer->contacts) > 0;
}

static GHashTable *contacts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gpointer writer_run (gpointer data)
{
  Writer *writer = data;

  lock_take (&writer->mutex);
  while (wait_for_work (writer)) {
    g_autoptr (GPtrArray) pushes = take_pushes (writer);
    g_autofree Job *job = pushes->len == 0 ? g_queue_pop_head (&writer->jobs) : NULL;
    gboolean due = g_hash_table_size (writer->contacts) > 0
                   && (writer->stopping || g_get_monotonic_time () >= writer->touch_due);
    g_autoptr (GHashTable) contacts = due ? g_steal_pointer (&writer->contacts) : NULL;

    if (due)
      writer->contacts = contacts_new ();
    lock_give (&writer->mutex);
    /* First, so that nothing is written any more once a push or a job is answered. */
    if (contacts != NULL)
      write_contacts (writer, contacts);
    if (pushes->len > 0)
      append_group (writer, pushes);
    if (job != NULL) {
      job->work (writer->journal, job->data);
      job->done (job->data);
    }
    lock_take (&writer->mutex);
  }
  lock_give (&writer->mutex);
  return NULL;
}

Writer *writer_new (const char *db, Clock clock, WriterDone committed, gpointer data,
                    GError **error)
{
  Journal *journal = journal_open (db, clock, error);
  Writer *writer;

  if (journal == NULL)
    return NULL;
  writer = g_new0 (Writer, 1);
  writer->journal = journal;
  writer->committed = committed;
  writer->committed_data = data;
  writer->contacts = contacts_new ();
  g_queue_init (&writer->jobs);
  lock_init (&writer->mutex);
  lock_wake_init (&writer->wake);
  writer->thread = g_thread_new ("writer", writer_run, writer);
  return writer;
}

static gboolean enqueue (Writer *writer, Job job)
{
  gboolean taken;

  lock_take (&writer->mutex);
  taken = !writer->stopping;
  if (taken) {
    g_queue_push_tail (&writer->jobs, g_memdup2 (&job, sizeof job));
    lock_wake_one (&writer->wake);
  }
  lock_give (&writer->mutex);
  return taken;
}

gboolean writer_push (Writer *writer, WriterPush *push)
{
  return enqueue (writer, (Job){ .push = push });
}

gboolean writer_work (Writer *writer, WriterWork work, WriterDone done, gpointer data)
{
  return enqueue (writer, (Job){ .work = work, .done = done, .data = data });
}

void writer_touch (Writer *writer, const char *station, gint64 now_ms)
{
  gint64 *ms;

  lock_take (&writer->mutex);
  ms = g_hash_table_lookup (writer->contacts, station);
  if (ms != NULL)
    *ms = now_ms;
  else {
    if (g_hash_table_size (writer->contacts) == 0) {
      writer->touch_due = g_get_monotonic_time () + WRITER_TOUCH_MS * G_TIME_SPAN_MILLISECOND;
      lock_wake_one (&writer->wake);
    }
    g_hash_table_insert (writer->contacts, g_strdup (station), g_memdup2 (&now_ms, sizeof now_ms));
  }
  lock_give (&writer->mutex);
}

gboolean writer_is_well (Writer *writer, char **why)
{
  lock_take (&writer->mutex);
  *why = g_strdup (writer->trouble);
  lock_give (&writer->mutex);
  return *why == NULL;
}

void writer_stop (Writer *writer)
{
  if (writer->thread == NULL)
    return;
  lock_take (&writer->mutex);
  writer->stopping = TRUE;
  lock_wake_one (&writer->wake);
  lock_give (&writer->mutex);
  g_thread_join (g_steal_pointer (&writer->thread));
}

void writer_free (Writer *writer)
{
  if (writer == NULL)
    return;
  writer_stop (writer);
  journal_close (writer->journal);
  g_hash_table_unref (writer->contacts);
  lock_clear (&writer->mutex);
  lock_wake_clear (&writer->wake);
  g_free (writer->trouble);
  g_free (writer);
}
