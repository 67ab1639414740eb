/* agent.h: a venue machine's background service: prints the badges issued here and keeps
 * the replica in step with the hub.
 *
 * Printing follows the journal, which is the queue of record (scheduler.h,
 * job_process.h). Sync is two threads, so that a long poll never holds back what happened
 * here. A fourth copies the write-ahead log back into the file, so that nobody who scans
 * has to. Trouble with CUPS or the hub ends nothing: it is tried again, and said once in
 * the log when it begins and once when it is over (GLib's structured log, to journald
 * where that is standard error: fields ACCUEIL_JOB, ACCUEIL_STATE, ACCUEIL_PRINTER,
 * ACCUEIL_WORK).
 *
 * One agent serves a replica: a second one is refused while the first lives (a lock on
 * the file DB.agent, and a name for the file itself), by whatever path it comes.
 *
 * Threads: agent_run() starts one for dealing out badges and one for each printer, two
 * for sync (pull, push), one for the log, each with its own Journal, and returns when all
 * have ended.  */
#pragma once

#include "core/clock.h"

#include <glib.h>

#define AGENT_RETRY_FIRST_MS 500
#define AGENT_RETRY_LAST_MS 10000
/* agent_run() returns that long after *stop is set at the latest. A thread that CUPS or
 * the hub holds longer is left behind: the process should end then, as it can at any
 * moment. */
#define AGENT_STOP_MS 800
/* agent_once() gives up a job that has not moved for that long. */
#define AGENT_ONCE_PATIENCE_MS 60000

#define AGENT_ERROR agent_error_quark ()
GQuark agent_error_quark (void);
typedef enum {
  AGENT_ERROR_SECOND, /* another agent serves this replica */
  AGENT_ERROR_LOCK,   /* the lock cannot be made: folder not writable */
  AGENT_ERROR_GONE,   /* another file has taken the replica's place */
  AGENT_ERROR_UNDONE, /* agent_once(): what was not printed, or not synced, and why */
} AgentError;

typedef struct {
  const char *db;
  const char *const
      *queues; /* CUPS queues in order of preference, NULL-terminated; none: no printing */
  const char *template_; /* badge template path */
  const char *fonts_conf;
  gboolean back;  /* print the back where the printer prints on two sides */
  gint64 wait_ms; /* how long a badge may wait at a printer that cannot print before the next one
                     gets it */
  gboolean sync;  /* FALSE: never speaks to the hub */
  Clock clock;
} AgentOptions;

/* Runs until *@stop is set (from a signal handler: g_atomic_int_set). FALSE if it could
 * not start. */
gboolean agent_run (const AgentOptions *options, gint *stop, GError **error);
/* Prints all that is waiting and syncs once, if enrolled. FALSE if something was not
 * done: a badge failed or is unsure, the printer is not ready, CUPS or the hub is
 * away. */
gboolean agent_once (const AgentOptions *options, gint *stop, GError **error);
