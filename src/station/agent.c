#include "station/agent.h"

#include "badge/badge.h"
#include "core/lock.h"
#include "core/words.h"
#include "journal/journal.h"
#include "journal/query.h"
#include "journal/wal_copier.h"
#include "spool/scheduler.h"
#include "station/state_report.h"
#include "sync/client.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

G_DEFINE_QUARK (agent - error - quark, agent_error)

/* How long an idle thread sleeps at a time, for nothing but to look after what it may
 * have missed. */
#define IDLE_MS 30000
#define LOG_DOMAIN "accueil"
/* Its threads read a few rows at a time; a page cache for each of three connections would
 * be a quarter of the memory it takes. */
#define SMALL_CACHE "PRAGMA cache_size = -512"

/* What all threads of one agent share. */
typedef struct {
  const AgentOptions *options;
  gint *stop;
  PrintDocumentArt art;
  StateReport report; /* of the thread that pushes */
  gint lock;
  gint name; /* abstract socket, for the file itself */
  Lock mutex;
  Wake ended;
  guint running;
} Agent;

typedef gboolean (*Worker) (Agent *agent, Journal *journal, GError **error);

/* Log -------------------------------------------------------------------------------- */

/* Of one work that is tried again and again: only changes are said. */
typedef struct {
  const char *work;
  char *trouble;
  gint wait_ms;
} Retry;

static void retry_clear (Retry *retry)
{
  g_free (retry->trouble);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Retry, retry_clear)

static void retry_well (Retry *retry)
{
  retry->wait_ms = 0;
  if (retry->trouble == NULL)
    return;
  g_log_structured (LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "ACCUEIL_WORK", retry->work, "MESSAGE",
                    _ ("%s: works again"), _ (retry->work));
  g_clear_pointer (&retry->trouble, g_free);
}

/* Takes @error and says it, if it is new; how long to wait before trying again is in
 * wait_ms. */
static void retry_failed (Retry *retry, GError *error)
{
  retry->wait_ms
      = retry->wait_ms == 0 ? AGENT_RETRY_FIRST_MS : MIN (2 * retry->wait_ms, AGENT_RETRY_LAST_MS);
  if (g_strcmp0 (retry->trouble, error->message) != 0) {
    g_log_structured (LOG_DOMAIN, G_LOG_LEVEL_WARNING, "ACCUEIL_WORK", retry->work, "MESSAGE",
                      "%s: %s", _ (retry->work), error->message);
    g_free (retry->trouble);
    retry->trouble = g_strdup (error->message);
  }
  g_error_free (error);
}

/* A pause that a change of the replica does not cut short. */
static void pause_ms (Journal *journal, gint ms, gint *stop)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000, seen = journal_data_version (journal),
         left;

  while (!g_atomic_int_get (stop) && (left = end - g_get_monotonic_time ()) > 0)
    journal_wait (journal, &seen, (gint) (left / 1000) + 1, stop);
}

/* Of a badge, or with @job "" of a printer. */
static void log_print (const char *queue, const char *job, const char *state, const char *text,
                       gpointer data)
{
  PrintState known = PRINT_STATE_NEW;

  print_state_from_name (state, &known);
  gboolean good = known == PRINT_STATE_PRINTED || strcmp (state, "well") == 0,
           step = !good && text[0] == '\0' && known != PRINT_STATE_FAILED;

  g_log_structured (LOG_DOMAIN,
                    step   ? G_LOG_LEVEL_DEBUG
                    : good ? G_LOG_LEVEL_MESSAGE
                           : G_LOG_LEVEL_WARNING,
                    "ACCUEIL_PRINTER", queue, "ACCUEIL_JOB", job, "ACCUEIL_STATE", state, "MESSAGE",
                    "%s: %s%s%s", job[0] != '\0' ? job : queue, state, text[0] != '\0' ? ": " : "",
                    text);
}

static void log_trouble (const char *queue, const char *message, gpointer data)
{
  g_log_structured (LOG_DOMAIN, message != NULL ? G_LOG_LEVEL_WARNING : G_LOG_LEVEL_MESSAGE,
                    "ACCUEIL_PRINTER", queue, "MESSAGE", _ ("printing at %s: %s"), queue,
                    message != NULL ? message : _ ("works again"));
}

/* JobProcess ------------------------------------------------------------------------- */

static SchedulerOptions pool_options (Agent *agent, PrintingNotice notice, gpointer data)
{
  const AgentOptions *options = agent->options;

  return (
      SchedulerOptions){ { options->db, options->clock, &agent->art, notice, log_trouble, data },
                         options->queues,
                         options->wait_ms };
}

static gboolean work_printing (Agent *agent, Journal *journal, GError **error)
{
  SchedulerOptions options = pool_options (agent, log_print, NULL);
  g_autoptr (Scheduler) pool = scheduler_new (&options, journal, error);
  g_auto (Retry) retry = { .work = N_ ("printing badges") };
  gint64 seen = journal_data_version (journal);

  if (pool == NULL)
    return FALSE;
  while (!g_atomic_int_get (agent->stop)) {
    GError *trouble = NULL;
    gboolean busy = FALSE;
    if (scheduler_deal (pool, journal, &busy, &trouble)) {
      retry_well (&retry);
      journal_wait (journal, &seen, busy ? SCHEDULER_BUSY_MS : IDLE_MS, agent->stop);
    } else {
      retry_failed (&retry, trouble);
      pause_ms (journal, retry.wait_ms, agent->stop);
    }
  }
  return TRUE;
}

/* The log ---------------------------------------------------------------------------- */

static gboolean work_copying (Agent *agent, Journal *journal, GError **error)
{
  g_auto (Retry) retry = { .work = N_ ("copying the log back") };
  gint64 seen = journal_data_version (journal);
  gint wait_ms = WAL_COPIER_FIRST_MS;

  while (!g_atomic_int_get (agent->stop)) {
    GError *trouble = NULL;
    if (wal_copier_round (journal, &seen, &wait_ms, IDLE_MS, agent->stop, &trouble)) {
      retry_well (&retry);
      continue;
    }
    retry_failed (&retry, trouble);
    pause_ms (journal, retry.wait_ms, agent->stop);
  }
  return TRUE;
}

/* Sync ------------------------------------------------------------------------------- */

/* Another file stands in its place (accueil rejoin): what was written here would be
 * lost. */
static gboolean has_gone (Journal *journal, GError **error)
{
  if (!journal_has_moved (journal))
    return FALSE;
  g_set_error (error, AGENT_ERROR, AGENT_ERROR_GONE,
               _ ("the replica %s was deleted, or another took its place, while it was open; the "
                  "agent ends, to be started again"),
               journal_path (journal));
  return TRUE;
}

/* A Client once the station is enrolled; NULL: not yet, or in trouble. */
static Client *client_when_enrolled (Journal *journal, Retry *retry)
{
  GError *trouble = NULL;
  Client *client = client_is_enrolled (journal) ? client_new (journal, &trouble) : NULL;

  if (trouble != NULL)
    retry_failed (retry, trouble);
  return client;
}

/* What push and pull do alike: @round until stopped, with a new Client after trouble (the
 * station may have been enrolled anew). */
static gboolean work_sync (Agent *agent, Journal *journal, const char *work,
                           gboolean (*round) (Agent *, Journal *, Client *, gint64 *, GError **),
                           GError **error)
{
  g_autoptr (Client) client = NULL;
  g_auto (Retry) retry = { .work = work };
  gint64 seen = journal_data_version (journal);

  while (!g_atomic_int_get (agent->stop)) {
    GError *trouble = NULL;
    if (has_gone (journal, error))
      return FALSE;
    if (client == NULL && (client = client_when_enrolled (journal, &retry)) == NULL) {
      journal_wait (journal, &seen, retry.wait_ms > 0 ? retry.wait_ms : IDLE_MS, agent->stop);
      continue;
    }
    if (round (agent, journal, client, &seen, &trouble))
      retry_well (&retry);
    else {
      retry_failed (&retry, trouble);
      g_clear_pointer (&client, client_free);
      pause_ms (journal, retry.wait_ms, agent->stop);
    }
  }
  return TRUE;
}

/* How this station is, where that is due. */
static gboolean tell_state (Agent *agent, Journal *journal, Client *client, GError **error)
{
  GError *trouble = NULL;
  g_autofree char *state = state_report_due (&agent->report, journal, &trouble);

  if (trouble != NULL) {
    g_propagate_error (error, trouble);
    return FALSE;
  }
  if (state == NULL)
    return TRUE;
  if (!client_report (client, state, error))
    return FALSE;
  state_report_sent (&agent->report);
  return TRUE;
}

static gboolean push_round (Agent *agent, Journal *journal, Client *client, gint64 *seen,
                            GError **error)
{
  guint sent = 0;

  if (!client_push (client, &sent, error) || !tell_state (agent, journal, client, error))
    return FALSE;
  if (sent == 0)
    journal_wait (journal, seen, STATE_REPORT_EVERY_MS, agent->stop);
  return TRUE;
}

static gboolean pull_round (Agent *agent, Journal *journal, Client *client, gint64 *seen,
                            GError **error)
{
  guint taken = 0;

  return client_pull (client, CLIENT_WAIT_S, agent->stop, &taken, error);
}

static gboolean work_push (Agent *agent, Journal *journal, GError **error)
{
  return work_sync (agent, journal, N_ ("sending to the hub"), push_round, error);
}

static gboolean work_pull (Agent *agent, Journal *journal, GError **error)
{
  return work_sync (agent, journal, N_ ("reading from the hub"), pull_round, error);
}

/* Life ------------------------------------------------------------------------------- */

static void set_second (const Agent *agent, GError **error)
{
  g_set_error (error, AGENT_ERROR, AGENT_ERROR_SECOND,
               _ ("Another agent serves %s: badges would be printed twice. Stop it first: "
                  "systemctl stop accueil-agent"),
               agent->options->db);
}

/* One name of the kernel's for a file, whatever it is called in folders (a hard link): an
 * abstract socket (unix(7)), which goes with the process, too. */
static gboolean take_name (Agent *agent, GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  struct stat file;
  int length;

  if (stat (agent->options->db, &file) != 0)
    return TRUE; /* said when it is opened */
  length = g_snprintf (address.sun_path + 1, sizeof address.sun_path - 1,
                       "accueil-agent-%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT,
                       (guint64) file.st_dev, (guint64) file.st_ino);
  agent->name = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (agent->name < 0
      || bind (agent->name, (struct sockaddr *) &address,
               (socklen_t) (offsetof (struct sockaddr_un, sun_path) + 1 + (gsize) length))
             == 0
      || errno != EADDRINUSE)
    return TRUE; /* where there are no such names, the lock has to do */
  set_second (agent, error);
  return FALSE;
}

/* The lock goes with the process, however it ends; the file stays. It lies beside the
 * replica itself, where its path leads through links. */
static gboolean take_lock (Agent *agent, GError **error)
{
  g_autofree char *real = realpath (agent->options->db, NULL),
                  *path = g_strconcat (real != NULL ? real : agent->options->db, ".agent", NULL);

  agent->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (agent->lock < 0) {
    g_set_error (error, AGENT_ERROR, AGENT_ERROR_LOCK, _ ("Cannot make the agent's lock %s: %s"),
                 path, g_strerror (errno));
    return FALSE;
  }
  if (flock (agent->lock, LOCK_EX | LOCK_NB) == 0)
    return take_name (agent, error);
  if (errno == EWOULDBLOCK)
    set_second (agent, error);
  else
    g_set_error (error, AGENT_ERROR, AGENT_ERROR_LOCK, _ ("Cannot lock %s: %s"), path,
                 g_strerror (errno));
  return FALSE;
}

static void agent_free (Agent *agent)
{
  badge_template_free (agent->art.template_);
  state_report_clear (&agent->report);
  lock_clear (&agent->art.lock);
  if (agent->lock >= 0)
    close (agent->lock);
  if (agent->name >= 0)
    close (agent->name);
  lock_clear (&agent->mutex);
  lock_wake_clear (&agent->ended);
  g_free (agent);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Agent, agent_free)

static gboolean prints (const AgentOptions *options)
{
  return options->queues != NULL && options->queues[0] != NULL;
}

/* Everything that can be wrong from the start is found here. */
static Agent *agent_new (const AgentOptions *options, gint *stop, GError **error)
{
  g_autoptr (Agent) agent = g_new0 (Agent, 1);
  g_autoptr (Journal) journal = NULL;

  agent->options = options;
  agent->stop = stop;
  agent->lock = agent->name = -1;
  lock_init (&agent->mutex);
  lock_init (&agent->art.lock);
  lock_wake_init (&agent->ended);
  journal = journal_open (options->db, options->clock, error);
  if (journal == NULL || !take_lock (agent, error))
    return NULL;
  if (prints (options)) {
    if (!badge_fonts_start (options->fonts_conf, error))
      return NULL;
    agent->art.back = options->back;
    agent->art.template_ = badge_template_load (options->template_, error);
    if (agent->art.template_ == NULL)
      return NULL;
  }
  if (options->sync)
    client_start ();
  return g_steal_pointer (&agent);
}

typedef struct {
  Agent *agent;
  Worker worker;
} Task;

static gpointer work (gpointer data)
{
  g_autofree Task *task = data;
  Agent *agent = task->agent;
  g_autoptr (GError) error = NULL;
  Journal *journal = journal_open (agent->options->db, agent->options->clock, &error);

  if (journal == NULL || !journal_execute (journal, SMALL_CACHE, &error)
      || !task->worker (agent, journal, &error)) {
    /* The replica itself has gone; without it the agent has no work, and its supervisor
     * starts it again. */
    g_log_structured (LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "MESSAGE", "%s", error->message);
    g_atomic_int_set (agent->stop, TRUE);
  }
  journal_close (journal);
  lock_take (&agent->mutex);
  agent->running--;
  lock_wake_one (&agent->ended);
  lock_give (&agent->mutex);
  return NULL;
}

static void start (Agent *agent, const char *name, Worker worker)
{
  Task *task = g_new (Task, 1);

  *task = (Task){ agent, worker };
  agent->running++;
  g_thread_unref (g_thread_new (name, work, task));
}

/* TRUE once all threads have ended; FALSE if they have not long after they should
 * have. */
static gboolean wait_for_all (Agent *agent)
{
  gint64 end = 0;

  while (agent->running > 0) {
    gint64 now = g_get_monotonic_time ();
    if (end == 0 && g_atomic_int_get (agent->stop))
      end = now + AGENT_STOP_MS * 1000;
    if (end != 0 && now > end)
      return FALSE;
    /* A signal handler may only set the flag, so it is looked at. */
    lock_wake_wait_until (&agent->ended, &agent->mutex, now + JOURNAL_POLL_MS * 2 * 1000);
  }
  return TRUE;
}

gboolean agent_run (const AgentOptions *options, gint *stop, GError **error)
{
  Agent *agent = agent_new (options, stop, error);
  gboolean ended;

  if (agent == NULL)
    return FALSE;
  lock_take (&agent->mutex);
  start (agent, "copying", work_copying);
  if (prints (options))
    start (agent, "printing", work_printing);
  if (options->sync) {
    start (agent, "push", work_push);
    start (agent, "pull", work_pull);
  }
  ended = wait_for_all (agent);
  lock_give (&agent->mutex);
  if (ended)
    agent_free (agent);
  return TRUE;
}

/* Once ------------------------------------------------------------------------------- */

/* What became of the badges of one run; the workers tell. */
typedef struct {
  Lock lock;
  guint failed;
  char *last; /* the last thing said */
  gint64 moved_ms;
} Outcome;

static void log_and_count (const char *queue, const char *job, const char *state, const char *text,
                           gpointer data)
{
  Outcome *outcome = data;
  PrintState known;

  lock_take (&outcome->lock);
  if (job[0] != '\0')
    outcome->moved_ms = g_get_monotonic_time () / 1000;
  if (print_state_from_name (state, &known) && print_state_is_final (known))
    outcome->failed += known != PRINT_STATE_PRINTED;
  g_free (outcome->last);
  outcome->last = g_strdup_printf ("%s: %s%s%s", job[0] != '\0' ? job : queue, state,
                                   text[0] != '\0' ? ": " : "", text);
  lock_give (&outcome->lock);
  log_print (queue, job, state, text, NULL);
}

static void outcome_trouble (const char *queue, const char *message, gpointer data)
{
  Outcome *outcome = data;

  log_trouble (queue, message, NULL);
  if (message == NULL)
    return;
  lock_take (&outcome->lock);
  g_free (outcome->last);
  outcome->last = g_strdup (message);
  lock_give (&outcome->lock);
}

static gboolean set_stuck (Outcome *outcome, GError **error)
{
  lock_take (&outcome->lock);
  g_set_error (error, AGENT_ERROR, AGENT_ERROR_UNDONE, _ ("Printing does not go on: %s"),
               outcome->last != NULL ? outcome->last : "");
  lock_give (&outcome->lock);
  return FALSE;
}

static gboolean has_stuck (Outcome *outcome)
{
  gboolean stuck;

  lock_take (&outcome->lock);
  stuck = g_get_monotonic_time () / 1000 - outcome->moved_ms > AGENT_ONCE_PATIENCE_MS;
  lock_give (&outcome->lock);
  return stuck;
}

static gboolean deal_all (Agent *agent, Journal *journal, Outcome *outcome, GError **error)
{
  SchedulerOptions options = pool_options (agent, log_and_count, outcome);
  g_autoptr (Scheduler) pool = NULL;
  gboolean busy = TRUE;

  options.workers.trouble = outcome_trouble;
  pool = scheduler_new (&options, journal, error);
  if (pool == NULL)
    return FALSE;
  while (busy && !g_atomic_int_get (agent->stop)) {
    if (!scheduler_deal (pool, journal, &busy, error))
      return FALSE;
    if (busy && has_stuck (outcome))
      return set_stuck (outcome, error);
    if (busy)
      pause_ms (journal, SCHEDULER_BUSY_MS, agent->stop);
  }
  return TRUE;
}

static gboolean print_all (Agent *agent, Journal *journal, GError **error)
{
  Outcome outcome = { .lock = LOCK_INIT, .moved_ms = g_get_monotonic_time () / 1000 };
  gboolean done = deal_all (agent, journal, &outcome, error);

  if (done && outcome.failed > 0) {
    g_set_error (error, AGENT_ERROR, AGENT_ERROR_UNDONE,
                 _ ("%u badges were not printed, or perhaps not; the last: %s"), outcome.failed,
                 outcome.last);
    done = FALSE;
  }
  g_free (outcome.last);
  lock_clear (&outcome.lock);
  return done;
}

static gboolean sync_all (Agent *agent, Journal *journal, GError **error)
{
  g_autoptr (Client) client = NULL;
  guint moved = 1;

  if (!client_is_enrolled (journal))
    return TRUE;
  client = client_new (journal, error);
  if (client == NULL)
    return FALSE;
  while (moved > 0 && !g_atomic_int_get (agent->stop))
    if (!client_push (client, &moved, error))
      return FALSE;
  for (moved = 1; moved > 0 && !g_atomic_int_get (agent->stop);)
    if (!client_pull (client, 0, agent->stop, &moved, error))
      return FALSE;
  return TRUE;
}

gboolean agent_once (const AgentOptions *options, gint *stop, GError **error)
{
  g_autoptr (Agent) agent = agent_new (options, stop, error);
  g_autoptr (Journal) journal
      = agent != NULL ? journal_open (options->db, options->clock, error) : NULL;
  gboolean printed, synced;

  if (journal == NULL)
    return FALSE;
  printed = !prints (options) || print_all (agent, journal, error);
  /* What was printed is worth telling the hub, whatever else went wrong. */
  synced = !options->sync || sync_all (agent, journal, printed ? error : NULL);
  return printed && synced;
}
