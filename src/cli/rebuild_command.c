/* rebuild_command.c: `accueil rebuild`: empties the projections and fills them from the
 * facts again. */
#include "cli/command.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_rebuild;
const Command command_rebuild = {
  .name = "rebuild",
  .usage = N_ ("[--db FILE]"),
  .summary = N_ ("Empty all derived tables and refill them from the facts"),
  .run = run,
};

static int run (int argc, char **argv)
{
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  gint64 start_us = g_get_monotonic_time ();
  int status;

  if (!command_parse (&command_rebuild, NULL, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_rebuild, _ ("“%s” is too much"), argv[1]);
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  if (!journal_rebuild (journal, &error))
    return command_fail (&command_rebuild, error);
  g_print (_ ("Derived tables refilled from the facts in %.1f s.\n"),
           (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC);
  return 0;
}
