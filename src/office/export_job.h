/* export_job.h: one file being made to be taken away: a table (counts/report.h), a sheet
 * to sign or the report of the congress. It is made in a thread beside the server's,
 * into a file without a name; who asked for it waits, or looks how far it is, and may
 * stop it.
 *
 * What was not taken is thrown away EXPORT_JOB_KEPT_MS after it was made, and with the
 * hub. An account sees its own alone.
 * Threads: all may be called by any thread; a job is counted by references. */
#pragma once

#include "counts/report_file.h"
#include "http/request.h"
#include "replication/replica_pool.h"

#define EXPORT_JOB_KEPT_MS (15 * 60 * 1000)
/* Of one account, being made or kept. */
#define EXPORT_JOB_PER_ACCOUNT_MAX 4
/* So long a request waits for its file before a page tells how far that is. */
#define EXPORT_JOB_PATIENCE_MS 700

typedef struct _ExportJobs ExportJobs;
typedef struct _ExportJob ExportJob;

typedef enum {
  EXPORT_JOB_WAITING, /* others are being made */
  EXPORT_JOB_WRITING,
  EXPORT_JOB_READY,
  EXPORT_JOB_STOPPED,
  EXPORT_JOB_FAILED,
} ExportJobState;

/* How it stands at one moment. */
typedef struct {
  ExportJobState state;
  guint rows;   /* written so far */
  gint64 most;  /* how many it will have; -1 where only the end will tell */
  guint64 size; /* of the file that is READY */
} ExportJobStanding;

/* Its threads; and their end, when all that was begun is made or stopped. @db: the
 * replica, of which @readers are; both outlive it. */
ExportJobs *export_job_list_new (const char *db, ReplicaPool *readers);
void export_job_list_free (ExportJobs *jobs);

/* Who asks: what she may see, and what her Excel takes between two fields. */
typedef struct {
  const char *account;
  gboolean protocol;
  char separator;
} ExportJobAsker;

/* What @request asks for: the file that its route's {file} names, narrowed by its query.
 * NULL with REPORT_ERROR for what is no file. */
ExportJob *export_job_new (ExportJobs *jobs, Request *request, const ExportJobAsker *asker,
                           GError **error);
/* Begins it and suspends @request, which is resumed when the job has ended; if it is
 * @watched, when others are before it or it has taken EXPORT_JOB_PATIENCE_MS: then
 * whoever has its key finds it. FALSE: there is too much to do already. */
gboolean export_job_begin (ExportJob *job, Request *request, gboolean watched);
/* That of @account with that key, a reference; NULL for none. */
ExportJob *export_job_find (ExportJobs *jobs, const char *account, const char *key);
void export_job_unref (ExportJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExportJob, export_job_unref)

const char *export_job_key (const ExportJob *job);
const char *export_job_name (const ExportJob *job); /* "people.xlsx" */
ExportJobStanding export_job_standing (ExportJob *job);
/* Why it FAILED. */
const GError *export_job_error (const ExportJob *job);
/* Within some hundred rows it ends, and nothing is kept. */
void export_job_stop (ExportJob *job);
/* Answers @request with the file of a job that is READY. */
gboolean export_job_answer (ExportJob *job, Request *request);
