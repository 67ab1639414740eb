#include "api/api_work.h"

#include "core/words.h"
#include "counts/report_query.h"

#include <unistd.h>

typedef struct {
  ApiWork work; /* first */
  ApiReading reading;
} Job;

static void job_free (gpointer data)
{
  Job *job = data;
  if (job->work.fd >= 0)
    close (job->work.fd);
  g_clear_error (&job->work.error);
  g_free (job->work.text);
  g_free (job);
}

/* In a thread of the pool. */
static void read_answer (gpointer data, gpointer context)
{
  Job *job = data;
  ApiContext *api = context;
  Journal *reader = replica_pool_take (api->hub->readers, &job->work.error);
  if (reader != NULL) {
    job->reading (&job->work, reader);
    replica_pool_give (api->hub->readers, reader);
  }
  request_resume (job->work.request);
}

void api_work_begin (ApiContext *api)
{
  api->pool = g_thread_pool_new (read_answer, api, API_WORK_THREADS, FALSE, NULL);
}

void api_work_end (ApiContext *api)
{
  lock_take (&api->lock);
  api->stopping = TRUE;
  lock_give (&api->lock);
  g_thread_pool_free (api->pool, FALSE, TRUE);
}

static gboolean begin (Request *request, ApiReading reading)
{
  ApiContext *api = request_context (request);
  Job *job = g_new0 (Job, 1);
  job->reading = reading;
  job->work = (ApiWork){ .context = api,
                         .request = request,
                         .scopes = GPOINTER_TO_UINT (request_caller (request)),
                         .fd = -1 };
  lock_take (&api->lock);
  gboolean taken = !api->stopping && g_thread_pool_unprocessed (api->pool) < API_WORK_WAITING_MAX;
  if (taken) {
    request_set_work (request, job, job_free);
    request_suspend (request);
    g_thread_pool_push (api->pool, job, NULL);
  }
  lock_give (&api->lock);
  if (taken)
    return TRUE;
  job_free (job);
  return request_refuse (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "busy",
                         _ ("the hub has too much to do or is being stopped; try again"));
}

/* What the asker got wrong is told; what is wrong here stands in the log. */
static gboolean answer_error (Request *request, const ApiWork *work)
{
  if (work->error->domain == REPORT_ERROR)
    return request_refuse (request,
                           work->error->code == REPORT_ERROR_TABLE ? HTTP_STATUS_NOT_FOUND
                                                                   : HTTP_STATUS_BAD_REQUEST,
                           "query", "%s", work->error->message);
  g_message (_ ("the hub cannot answer %s: %s"), request_path (request), work->error->message);
  return request_refuse (request, HTTP_STATUS_INTERNAL_ERROR, "read",
                         _ ("the hub cannot read this; its log says why"));
}

gboolean api_work_answer (Request *request, ApiReading reading)
{
  ApiWork *work = request_work (request);
  if (work == NULL)
    return begin (request, reading);
  if (work->error != NULL)
    return answer_error (request, work);
  guint status = work->status != 0 ? work->status : HTTP_STATUS_OK;
  if (work->fd < 0)
    return request_answer_text (request, status, work->type, g_steal_pointer (&work->text));
  int fd = work->fd;
  work->fd = -1; /* the answer closes it */
  return request_answer_file (request, status, work->type, fd, work->size);
}
