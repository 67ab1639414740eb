/* badge_void_command.c: `accueil badge void` and `accueil badge reprint`: a person's badge
 * opens nothing from now on; reprint prints another. By a volunteer, with a reason. */
#include "cli/desk_output.h"
#include "core/words.h"

static int run_reprint (int argc, char **argv);
static int run_void (int argc, char **argv);

extern const Command command_badge_reprint, command_badge_void;
const Command command_badge_reprint = {
  .name = "badge reprint",
  .usage = N_ ("REFERENCE --reason lost|damaged|misspelled|not-printed|other --volunteer NAME "
               "[--text TEXT] [--serial N] [--json] [--db FILE]"),
  .summary = N_ ("Print a delegate's badge again, here, and make the one before void everywhere"),
  .run = run_reprint,
};
const Command command_badge_void = {
  .name = "badge void",
  .usage = N_ ("REFERENCE --reason lost|damaged|misspelled|not-printed|other --volunteer NAME "
               "[--text TEXT] [--json] [--db FILE]"),
  .summary = N_ ("Make a delegate's badge void everywhere, without printing another"),
  .run = run_void,
};

static int run (const Command *command, int argc, char **argv)
{
  const gboolean reprints = command == &command_badge_reprint;
  g_autofree char *word = NULL, *text = NULL, *volunteer = NULL;
  gboolean json = FALSE;
  gint seen = 0;
  int status = 0;
  const GOptionEntry json_entry
      = { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL };
  GOptionEntry entries[] = {
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &word,
      N_ ("Why: lost, damaged, misspelled, not-printed or other"), N_ ("WORD") },
    { "text", 't', 0, G_OPTION_ARG_STRING, &text,
      N_ ("More about the reason; with --reason other it must be there"), N_ ("TEXT") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who does it"), N_ ("NAME") },
    { "serial", 0, 0, G_OPTION_ARG_INT, &seen, N_ ("Only if that is still the last badge"),
      N_ ("N") },
    { 0 },
    { 0 },
  };
  entries[reprints ? 4 : 3] = json_entry;
  DeskReason reason = DESK_OTHER;
  if (!command_parse (command, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (
        command, "%s", argc < 2 ? _ ("the REFERENCE is missing") : _ ("one REFERENCE at a time"));
  if (!desk_verdict_reason_from_name (word, &reason))
    return command_usage (
        command, _ ("why? Write --reason with lost, damaged, misspelled, not-printed or other"));
  if (volunteer == NULL)
    return command_usage (command, _ ("who does it? Write --volunteer NAME"));
  if (seen < 0)
    return command_usage (command, _ ("--serial is the number of a badge"));

  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  GError *error = NULL;
  DeskResult result;
  gboolean done = reprints ? desk_reprint (journal, argv[1], (guint) seen, volunteer, reason, text,
                                           &result, &error)
                           : desk_void (journal, argv[1], volunteer, reason, text, &result, &error);
  return desk_output_report (command, done, &result, argv[1], json, error);
}

static int run_reprint (int argc, char **argv)
{
  return run (&command_badge_reprint, argc, argv);
}

static int run_void (int argc, char **argv)
{
  return run (&command_badge_void, argc, argv);
}
