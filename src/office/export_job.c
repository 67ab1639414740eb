#include "office/export_job.h"

#include "core/lock.h"
#include "core/sign.h"
#include "core/words.h"
#include "office/sheet_file.h"

#include <string.h>
#include <unistd.h>

#define REPORT "report.pdf"
#define SHEET "sheet.pdf"
#define KEY_BYTES 12
#define WRITERS 2
#define WAITING_MAX 32

struct _ExportJobs {
  const char *db;
  ReplicaPool *readers;
  GThreadPool *writers;
  Lock lock;
  GPtrArray *kept; /* ExportJob, a reference each, the oldest first; under lock */
};

/* What is asked for, in texts of its own: a request may be answered before it is made. */
enum { STATE, EVENT, DAY, SESSION, DELEGATION, CATEGORY, CHECKPOINT, BY, HALF, WORDS };
static const char *const KEYS[WORDS]
    = { "state", "event", "day", "session", "delegation", "category", "checkpoint", "by", "half" };

struct _ExportJob {
  gatomicrefcount references;
  ExportJobs *jobs;
  char *key, *account, *name;
  char *words[WORDS]; /* NULL where nothing is asked */
  char *columns, *table;
  TableFormat format;
  const char *type;
  gboolean sheet, report, protocol;
  char separator;
  gint64 begun_ms; /* monotonic, as: */
  gint64 ended_ms; /* 0: not yet; under lock, as all below */
  Lock lock;
  Request *request; /* that waits; NULL: none */
  gboolean watched, stop;
  ExportJobStanding standing;
  int fd; /* -1: none */
  GError *error;
};

static gint64 now_ms (void)
{
  return g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND;
}

static ExportJob *job_ref (ExportJob *job)
{
  g_atomic_ref_count_inc (&job->references);
  return job;
}

void export_job_unref (ExportJob *job)
{
  if (job == NULL || !g_atomic_ref_count_dec (&job->references))
    return;
  if (job->fd >= 0)
    close (job->fd);
  for (guint i = 0; i < WORDS; i++)
    g_free (job->words[i]);
  g_free (job->columns);
  g_free (job->table);
  g_free (job->key);
  g_free (job->account);
  g_free (job->name);
  g_clear_error (&job->error);
  lock_clear (&job->lock);
  g_free (job);
}

/* Making ----------------------------------------------------------------------------- */

/* Whoever waits goes on; under lock. */
static void let_go (ExportJob *job)
{
  if (job->request != NULL)
    request_resume (g_steal_pointer (&job->request));
}

static gboolean on_rows (guint rows, gint64 most, gpointer data)
{
  ExportJob *job = data;
  gboolean going;

  lock_take (&job->lock);
  job->standing.rows = rows;
  job->standing.most = most;
  if (job->watched && now_ms () - job->begun_ms >= EXPORT_JOB_PATIENCE_MS)
    let_go (job);
  going = !job->stop;
  lock_give (&job->lock);
  return going;
}

static int write_table (ExportJob *job, guint64 *size, GError **error)
{
  char *const *words = job->words;
  const ReportQuery query = { .table = job->table,
                              .columns = job->columns,
                              .state = words[STATE],
                              .event = words[EVENT],
                              .day = words[DAY],
                              .session = words[SESSION],
                              .delegation = words[DELEGATION],
                              .category = words[CATEGORY],
                              .checkpoint = words[CHECKPOINT],
                              .by = words[BY],
                              .protocol = job->protocol };
  Journal *reader = replica_pool_take (job->jobs->readers, error);
  int fd;

  if (reader == NULL)
    return -1;
  fd = report_file_write (reader, &query, job->format, job->separator, on_rows, job, size, error);
  replica_pool_give (job->jobs->readers, reader);
  return fd;
}

/* A session has its own day: what is chosen beside it says nothing. */
static int draw_sheet (ExportJob *job, guint64 *size, GError **error)
{
  char *const *words = job->words;
  const char *session = words[SESSION];
  gboolean of_session = session != NULL && session[0] != '\0';
  const SheetFile sheet = { .report = job->report,
                            .session = session,
                            .event = of_session ? NULL : words[EVENT],
                            .day = of_session ? NULL : words[DAY],
                            .half = of_session ? NULL : words[HALF],
                            .delegation = words[DELEGATION] };

  return sheet_file_draw (job->jobs->db, &sheet, size, error);
}

static gboolean is_begun (ExportJob *job)
{
  gboolean going;

  lock_take (&job->lock);
  going = !job->stop;
  if (going)
    job->standing.state = EXPORT_JOB_WRITING;
  lock_give (&job->lock);
  return going;
}

static void end (ExportJob *job, int fd, guint64 size, GError *error)
{
  lock_take (&job->lock);
  job->fd = fd;
  job->standing.size = size;
  job->error = error;
  job->ended_ms = now_ms ();
  job->standing.state
      = fd >= 0 ? EXPORT_JOB_READY
        : error == NULL || g_error_matches (error, REPORT_ERROR, REPORT_ERROR_STOPPED)
            ? EXPORT_JOB_STOPPED
            : EXPORT_JOB_FAILED;
  let_go (job);
  lock_give (&job->lock);
}

static void make (gpointer data, gpointer unused)
{
  g_autoptr (ExportJob) job = data;
  GError *error = NULL;
  guint64 size = 0;
  int fd = -1;

  if (is_begun (job))
    fd = job->sheet ? draw_sheet (job, &size, &error) : write_table (job, &size, &error);
  end (job, fd, size, error);
}

/* All -------------------------------------------------------------------------------- */

ExportJobs *export_job_list_new (const char *db, ReplicaPool *readers)
{
  ExportJobs *jobs = g_new0 (ExportJobs, 1);

  jobs->db = db;
  jobs->readers = readers;
  jobs->writers = g_thread_pool_new (make, NULL, WRITERS, FALSE, NULL);
  jobs->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) export_job_unref);
  lock_init (&jobs->lock);
  return jobs;
}

void export_job_list_free (ExportJobs *jobs)
{
  if (jobs == NULL)
    return;
  for (guint i = 0; i < jobs->kept->len; i++)
    export_job_stop (jobs->kept->pdata[i]);
  g_thread_pool_free (jobs->writers, FALSE, TRUE);
  g_ptr_array_unref (jobs->kept);
  lock_clear (&jobs->lock);
  g_free (jobs);
}

/* What nobody has taken for long; under the list's lock. */
static void drop_old (ExportJobs *jobs)
{
  for (guint i = jobs->kept->len; i-- > 0;) {
    ExportJob *job = jobs->kept->pdata[i];
    gint64 ended_ms;

    lock_take (&job->lock);
    ended_ms = job->ended_ms;
    lock_give (&job->lock);
    if (ended_ms != 0 && now_ms () - ended_ms > EXPORT_JOB_KEPT_MS)
      g_ptr_array_remove_index (jobs->kept, i);
  }
}

/* Room for one more of the account: the oldest that is made goes; FALSE if all are being
 * made. Under the list's lock. */
static gboolean make_room (ExportJobs *jobs, const char *account)
{
  guint count = 0, oldest = G_MAXUINT;

  for (guint i = jobs->kept->len; i-- > 0;) {
    ExportJob *job = jobs->kept->pdata[i];

    if (strcmp (job->account, account) != 0)
      continue;
    count++;
    if (export_job_standing (job).state >= EXPORT_JOB_READY)
      oldest = i;
  }
  if (count < EXPORT_JOB_PER_ACCOUNT_MAX)
    return TRUE;
  if (oldest == G_MAXUINT)
    return FALSE;
  g_ptr_array_remove_index (jobs->kept, oldest);
  return TRUE;
}

static gboolean keep (ExportJob *job)
{
  ExportJobs *jobs = job->jobs;
  gboolean room;

  lock_take (&jobs->lock);
  drop_old (jobs);
  room = make_room (jobs, job->account);
  if (room)
    g_ptr_array_add (jobs->kept, job_ref (job));
  lock_give (&jobs->lock);
  return room;
}

ExportJob *export_job_find (ExportJobs *jobs, const char *account, const char *key)
{
  ExportJob *found = NULL;

  lock_take (&jobs->lock);
  drop_old (jobs);
  for (guint i = 0; i < jobs->kept->len && found == NULL; i++) {
    ExportJob *job = jobs->kept->pdata[i];

    if (strcmp (job->account, account) == 0 && strcmp (job->key, key) == 0)
      found = job_ref (job);
  }
  lock_give (&jobs->lock);
  return found;
}

/* One -------------------------------------------------------------------------------- */

/* "reference,family": the ticked ones, in the table's order; NULL where none is. */
static char *columns_of (Request *request)
{
  g_autoptr (GPtrArray) asked = request_query_values (request, "columns");
  GString *columns;

  if (asked->len == 0)
    return NULL;
  columns = g_string_new (NULL);
  for (guint i = 0; i < asked->len; i++)
    g_string_append_printf (columns, "%s%s", i > 0 ? "," : "", (const char *) asked->pdata[i]);
  return g_string_free (columns, FALSE);
}

ExportJob *export_job_new (ExportJobs *jobs, Request *request, const ExportJobAsker *asker,
                           GError **error)
{
  g_autoptr (ExportJob) job = g_new0 (ExportJob, 1);

  g_atomic_ref_count_init (&job->references);
  lock_init (&job->lock);
  job->jobs = jobs;
  job->fd = -1;
  job->standing.most = -1;
  job->key = sign_secret_new (KEY_BYTES);
  job->account = g_strdup (asker->account);
  job->protocol = asker->protocol;
  job->separator = asker->separator;
  job->name = g_strdup (request_parameter (request, "file"));
  job->columns = columns_of (request);
  for (guint i = 0; i < WORDS; i++)
    job->words[i] = g_strdup (request_query (request, KEYS[i]));
  job->report = strcmp (job->name, REPORT) == 0;
  job->sheet = job->report || strcmp (job->name, SHEET) == 0;
  job->type = "application/pdf";
  if (!job->sheet && !report_file_parse (job->name, &job->table, &job->format, &job->type, error))
    return NULL;
  return g_steal_pointer (&job);
}

gboolean export_job_begin (ExportJob *job, Request *request, gboolean watched)
{
  GThreadPool *writers = job->jobs->writers;
  gboolean waits = g_thread_pool_unprocessed (writers) > 0;

  if (g_thread_pool_unprocessed (writers) >= WAITING_MAX || (watched && !keep (job)))
    return FALSE;
  job->begun_ms = now_ms ();
  job->watched = watched;
  job->request = request;
  request_suspend (request);
  g_thread_pool_push (writers, job_ref (job), NULL);
  lock_take (&job->lock);
  if (watched && waits)
    let_go (job);
  lock_give (&job->lock);
  return TRUE;
}

const char *export_job_key (const ExportJob *job)
{
  return job->key;
}

const char *export_job_name (const ExportJob *job)
{
  return job->name;
}

ExportJobStanding export_job_standing (ExportJob *job)
{
  ExportJobStanding standing;

  lock_take (&job->lock);
  standing = job->standing;
  lock_give (&job->lock);
  return standing;
}

const GError *export_job_error (const ExportJob *job)
{
  return job->error;
}

void export_job_stop (ExportJob *job)
{
  lock_take (&job->lock);
  job->stop = TRUE;
  lock_give (&job->lock);
}

gboolean export_job_answer (ExportJob *job, Request *request)
{
  g_autofree char *disposition = g_strdup_printf ("attachment; filename=\"%s\"", job->name);
  int fd = dup (job->fd); /* the answer closes it */

  if (fd < 0)
    return request_refuse (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "busy", "%s",
                           _ ("The hub has too much to do or is being stopped; try again."));
  request_add_header (request, "Content-Disposition", disposition);
  return request_answer_file (request, HTTP_STATUS_OK, job->type, fd, job->standing.size);
}
