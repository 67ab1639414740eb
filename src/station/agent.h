/* agent.h: a venue machine's background service: prints the badges issued here and keeps the replica in step with the hub.
 *
 * Printing follows the journal, which is the queue of record: every badge issued here with `print` and without a final `print` state is owed. States: queued → sent → printing → printed | failed | unsure, each a fact. After a restart, jobs that
 * were sent are looked up in CUPS by name; nothing is sent twice on its own; what CUPS no longer knows is `unsure`.
 *
 * Threads: agent_run() starts one thread for printing and two for sync (pull, push), each with its own Journal, and returns when all have ended.  */
#pragma once

#include "core/clock.h"

#include <glib.h>

typedef struct {
  const char *db;
  const char *queue;      /* CUPS queue; NULL: no printing */
  const char *template_;  /* badge template path */
  const char *fonts_conf;
  gboolean sync;          /* FALSE: never speaks to the hub */
  Clock clock;
} AgentOptions;

/* Runs until *@stop is set (from a signal handler: g_atomic_int_set). FALSE if it could not start. */
gboolean agent_run (const AgentOptions *options, gint *stop, GError **error);
