/* merge.c: `accueil merge`: brings in the facts of another replica's file, as after the loss of a machine or of the hub. */
#include "cli/command.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_merge;
const Command command_merge = {
  .name = "merge",
  .usage = N_("FILE [--db FILE]"),
  .summary = N_("Take in the facts of another replica's file that are missing here"),
  .run = run,
};

static int run (int argc, char **argv)
{
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  gint64 taken = 0;
  int status;

  if (!command_parse (&command_merge, NULL, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_merge, argc < 2 ? _("the FILE to take facts from is missing") : _("one FILE at a time"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  if (!journal_merge (journal, argv[1], &taken, NULL, &error))
    return command_fail (&command_merge, error);
  g_print (_("Facts taken from %2$s: %1$lld.\n"), (long long) taken, argv[1]);
  return 0;
}
