/* agent.c: `accueil agent`: the venue machine's background service: prints badges, keeps in step with the hub. */
#include "station/agent.h"

#include "cli/command.h"
#include "core/words.h"

#include <malloc.h>
#include <signal.h>

#define TRIM_BYTES (64 * 1024)

static int run (int argc, char **argv);

extern const Command command_agent;
const Command command_agent = {
  .name = "agent",
  .usage = N_("[--printer QUEUE] [--template FILE] [--no-sync] [--once] [--db FILE]"),
  .summary = N_("Serve this station: print the badges issued here, keep in step with the hub"),
  .run = run,
};

/* The one thing that a signal may touch. */
static gint stop;

static void on_signal (int number)
{
  g_atomic_int_set (&stop, TRUE);
}

static void catch_signals (void)
{
  struct sigaction action = { .sa_handler = on_signal };

  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);
  /* A connection that breaks while it is written to is an error of that call, not the end of the agent. */
  action.sa_handler = SIG_IGN;
  sigaction (SIGPIPE, &action, NULL);
}

static int run (int argc, char **argv)
{
  g_autofree char *queue = NULL, *own_template = NULL, *usual = command_asset ("badge/a6-portrait.svg"), *fonts = command_asset ("fonts/fonts.conf");
  gboolean no_sync = FALSE, once = FALSE, done;
  GOptionEntry entries[] = {
    { "printer", 'p', 0, G_OPTION_ARG_STRING, &queue, N_("The CUPS queue that prints badges (default: none, no printing here)"), N_("QUEUE") },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &own_template, N_("The badge's SVG template (default: A6 portrait)"), N_("FILE") },
    { "no-sync", 0, 0, G_OPTION_ARG_NONE, &no_sync, N_("Never speak to the hub"), NULL },
    { "once", 0, 0, G_OPTION_ARG_NONE, &once, N_("Print all that is owed, sync once, and end"), NULL },
    { 0 },
  };
  AgentOptions options = { .fonts_conf = fonts };
  GError *error = NULL;
  int status;

  if (!command_parse (&command_agent, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_agent, _("“%s” is too much"), argv[1]);
  if (queue != NULL && queue[0] == '\0')
    g_clear_pointer (&queue, g_free);
  if (queue == NULL && no_sync)
    return command_usage (&command_agent, _("without --printer and with --no-sync there is nothing to do"));
  if (!command_clock (&options.clock))
    return EXIT_USAGE;
  options.db = command_db ();
  options.queue = queue;
  options.template_ = own_template != NULL ? own_template : usual;
  options.sync = !no_sync;
  catch_signals ();
  /* Three threads that mostly wait share one heap: glibc would keep one for each, and each as large as its largest moment. */
  mallopt (M_ARENA_MAX, 1);
  mallopt (M_TRIM_THRESHOLD, TRIM_BYTES);
  done = once ? agent_once (&options, &stop, &error) : agent_run (&options, &stop, &error);
  return done ? 0 : command_fail (&command_agent, error);
}
