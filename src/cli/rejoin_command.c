/* rejoin_command.c: `accueil rejoin`: makes a machine whose station's name is lost to it
 * a new station, with all that only it holds. */
#include "cli/command.h"
#include "core/words.h"
#include "sync/client.h"
#include "sync/rejoin.h"

static int run (int argc, char **argv);

extern const Command command_rejoin;
const Command command_rejoin = {
  .name = "rejoin",
  .usage = N_ ("CODE [--db FILE]"),
  .summary = N_ ("Give this machine a new station's name (accueil-hub invite OTHER) where another "
                 "machine goes on under its old one; nothing that happened here is lost"),
  .run = run,
};

static void print_outcome (const Rejoined *rejoined)
{
  g_print (_ ("Station “%s” is “%s” from now on; %lld facts that only it held were taken "
              "along.\n"),
           rejoined->before, rejoined->now, (long long) rejoined->carried);
  if (rejoined->left > 0)
    g_print (_ ("Not taken along, since they are about badges of “%s”: %lld facts.\n"),
             rejoined->before, (long long) rejoined->left);
  if (rejoined->again > 0)
    g_print (
        words_plural ("%u badge is printed again, with another reference: take the first one "
                      "back, which may open doors as somebody else's.\n",
                      "%u badges are printed again, with other references: take the first ones "
                      "back, which may open doors as somebody else's.\n",
                      rejoined->again),
        rejoined->again);
  g_print (_ ("The replica as it was is kept as %s. Start what uses it again: systemctl restart "
              "accueil-agent accueil-kiosk\n"),
           rejoined->kept);
}

static int run (int argc, char **argv)
{
  g_auto (Rejoined) rejoined = { 0 };
  GError *error = NULL;
  Clock clock;
  int status;

  if (!command_parse (&command_rejoin, NULL, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (
        &command_rejoin,
        argc < 2 ? _ ("the code is missing; on the hub, “accueil-hub invite OTHER” prints one")
                 : _ ("one code at a time"));
  if (!command_clock (&clock))
    return EXIT_REFUSED;
  client_start ();
  if (!rejoin_run (command_db (), clock, argv[1], &rejoined, &error))
    return command_fail (&command_rejoin, error);
  print_outcome (&rejoined);
  return 0;
}
