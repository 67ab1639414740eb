/* init_command.c: `accueil init`: makes a station's replica. */
#include "cli/command.h"
#include "core/identifier.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_init;
const Command command_init = {
  .name = "init",
  .usage = N_ ("--station NAME [--db FILE]"),
  .summary = N_ ("Make this machine's replica, under a station name of its own"),
  .run = run,
};

static int run (int argc, char **argv)
{
  g_autofree char *station = NULL;
  GOptionEntry entries[] = {
    { "station", 's', 0, G_OPTION_ARG_STRING, &station,
      N_ ("The station's name: unique in the congress, kept for good"), N_ ("NAME") },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  Clock clock;
  int status;

  if (!command_parse (&command_init, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_init, _ ("“%s” is too much"), argv[1]);
  if (station == NULL)
    return command_usage (&command_init, _ ("--station is missing"));
  if (!identifier_is_station (station))
    return command_usage (&command_init,
                          _ ("“%s” is no station name: a lower-case letter or digit, then "
                             "lower-case letters, digits and “-”, at most %d in all"),
                          station, STATION_NAME_MAX);

  if (!command_clock (&clock))
    return EXIT_REFUSED;
  journal = journal_create (command_db (), station, clock, &error);
  if (journal == NULL)
    return command_fail (&command_init, error);
  g_print (_ ("Station “%s”: made the replica %s.\n"), station, command_db ());
  return 0;
}
