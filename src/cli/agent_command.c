/* agent_command.c: `accueil agent`: the venue machine's background service: prints
 * badges, keeps in step with the hub. */
#include "station/agent.h"
#include "core/installation.h"
#include "station/settings.h"

#include "cli/command.h"
#include "core/words.h"

#include <malloc.h>
#include <signal.h>

#define TRIM_BYTES (64 * 1024)

static int run (int argc, char **argv);

extern const Command command_agent;
const Command command_agent = {
  .name = "agent",
  .usage
  = N_ ("[--printer QUEUE]… [--settings FILE] [--template FILE] [--no-sync] [--once] [--db FILE]"),
  .summary = N_ ("Serve this station: print the badges issued here, keep in step with the hub"),
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
  /* A connection that breaks while it is written to is an error of that call, not the end
   * of the agent. */
  action.sa_handler = SIG_IGN;
  sigaction (SIGPIPE, &action, NULL);
}

/* Words of the command line come before the settings. */
static gboolean choose (AgentOptions *options, const Settings *settings, char **queues,
                        const char *template_, const char *usual)
{
  options->queues = (const char *const *) (queues != NULL ? queues : settings->printers);
  options->template_ = template_ != NULL                ? template_
                       : settings->template_[0] != '\0' ? settings->template_
                                                        : usual;
  options->back = settings->back;
  options->wait_ms = (gint64) settings->wait_s * 1000;
  for (guint i = 0; options->queues[i] != NULL; i++)
    if (options->queues[i][0] == '\0' || i >= SETTINGS_PRINTERS_MAX
        || g_strv_contains ((const char *const *) options->queues + i + 1, options->queues[i]))
      return FALSE;
  return TRUE;
}

static int run (int argc, char **argv)
{
  g_autofree char *file = NULL, *own_template = NULL,
                  *usual = installation_asset ("badge/a6-portrait.svg"),
                  *fonts = installation_asset ("fonts/fonts.conf");
  g_auto (GStrv) queues = NULL;
  g_autoptr (Settings) settings = NULL;
  gboolean no_sync = FALSE, once = FALSE, done;
  GOptionEntry entries[] = {
    { "printer", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &queues,
      N_ ("A CUPS queue that prints badges; several times, the preferred one first (default: those "
          "of the settings; none: no printing here)"),
      N_ ("QUEUE") },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &file,
      N_ ("The station's settings (default: $ACCUEIL_SETTINGS, else /etc/accueil/station.ini)"),
      N_ ("FILE") },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &own_template,
      N_ ("The badge's SVG template (default: that of the settings, else A6 portrait)"),
      N_ ("FILE") },
    { "no-sync", 0, 0, G_OPTION_ARG_NONE, &no_sync, N_ ("Never speak to the hub"), NULL },
    { "once", 0, 0, G_OPTION_ARG_NONE, &once, N_ ("Print all that is owed, sync once, and end"),
      NULL },
    { 0 },
  };
  AgentOptions options = { .fonts_conf = fonts };
  GError *error = NULL;
  int status;

  if (!command_parse (&command_agent, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_agent, _ ("“%s” is too much"), argv[1]);
  settings = settings_read (file, &error);
  if (settings == NULL)
    return command_fail (&command_agent, error);
  if (!choose (&options, settings, queues, own_template, usual))
    return command_usage (&command_agent,
                          _ ("--printer names a queue, each once, at most %d of them"),
                          SETTINGS_PRINTERS_MAX);
  if (options.queues[0] == NULL && no_sync)
    return command_usage (&command_agent,
                          _ ("without a printer and with --no-sync there is nothing to do"));
  if (!command_clock (&options.clock))
    return EXIT_USAGE;
  options.db = command_db ();
  options.sync = !no_sync;
  command_languages ();
  catch_signals ();
  /* Threads that mostly wait share one heap: glibc would keep one for each, and each as
   * large as its largest moment. */
  mallopt (M_ARENA_MAX, 1);
  mallopt (M_TRIM_THRESHOLD, TRIM_BYTES);
  done = once ? agent_once (&options, &stop, &error) : agent_run (&options, &stop, &error);
  return done ? 0 : command_fail (&command_agent, error);
}
