/* merge_command.c: `accueil merge`: brings in the facts of another replica's file, as
 * after the loss of a machine or of the hub. */
#include "cli/command.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_merge;
const Command command_merge = {
  .name = "merge",
  .usage = N_ ("FILE [--same-congress] [--db FILE]"),
  .summary = N_ ("Take in the facts of another replica's file that are missing here"),
  .run = run,
};

static int run (int argc, char **argv)
{
  gboolean same = FALSE;
  GOptionEntry entries[] = {
    { "same-congress", 0, 0, G_OPTION_ARG_NONE, &same,
      N_ ("Take them though the event file was loaded at both on its own: it is one congress all "
          "the same"),
      NULL },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  gint64 taken = 0, left = 0;
  int status;

  if (!command_parse (&command_merge, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_merge, argc < 2 ? _ ("the FILE to take facts from is missing")
                                                   : _ ("one FILE at a time"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  if (!same && !journal_check_congress (journal, argv[1], &error)) {
    gboolean apart = g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_CONGRESS);
    command_fail (&command_merge, error);
    if (apart)
      g_printerr ("%s\n", _ ("If it is one congress all the same, say so with --same-congress."));
    return EXIT_REFUSED;
  }
  if (!journal_merge (journal, argv[1], &taken, &left, NULL, &error))
    return command_fail (&command_merge, error);
  if (left > 0)
    g_print (_ ("Left there, since their station has not signed them, or the file holds a part of "
                "them only, as a gate's does: %lld. If it is that station's own file, enrol it "
                "again (accueil enrol CODE) and let it send them.\n"),
             (long long) left);
  g_print (_ ("Facts taken from %2$s: %1$lld.\n"), (long long) taken, argv[1]);
  return 0;
}
