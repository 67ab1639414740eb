/* badge_reprint_command.c: `accueil badge reprint`: another badge for a person, by a
 * volunteer with a reason; the one before opens nothing from now on. */
#include "cli/desk_output.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_badge_reprint;
const Command command_badge_reprint = {
  .name = "badge reprint",
  .usage = N_ ("REFERENCE --reason lost|damaged|misspelled|not-printed|other --volunteer NAME "
               "[--text TEXT] [--serial N] [--json] [--db FILE]"),
  .summary = N_ ("Print a delegate's badge again, here, and make the one before void everywhere"),
  .run = run,
};

static int run (int argc, char **argv)
{
  g_autofree char *word = NULL, *text = NULL, *volunteer = NULL;
  gboolean json = FALSE;
  gint seen = 0;
  int status = 0;
  GOptionEntry entries[] = {
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &word,
      N_ ("Why: lost, damaged, misspelled, not-printed or other"), N_ ("WORD") },
    { "text", 't', 0, G_OPTION_ARG_STRING, &text,
      N_ ("More about the reason; with --reason other it must be there"), N_ ("TEXT") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who does it"), N_ ("NAME") },
    { "serial", 0, 0, G_OPTION_ARG_INT, &seen, N_ ("Only if that is still the last badge"),
      N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  DeskReason reason = DESK_OTHER;
  if (!command_parse (&command_badge_reprint, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_badge_reprint, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if (!desk_verdict_reason_from_name (word, &reason))
    return command_usage (
        &command_badge_reprint,
        _ ("why? Write --reason with lost, damaged, misspelled, not-printed or other"));
  if (volunteer == NULL)
    return command_usage (&command_badge_reprint, _ ("who does it? Write --volunteer NAME"));
  if (seen < 0)
    return command_usage (&command_badge_reprint, _ ("--serial is the number of a badge"));

  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  GError *error = NULL;
  DeskResult result;
  gboolean done
      = desk_reprint (journal, argv[1], (guint) seen, volunteer, reason, text, &result, &error);
  return desk_output_report (&command_badge_reprint, done, &result, argv[1], json, error);
}
