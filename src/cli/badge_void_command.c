/* badge_void_command.c: `accueil badge void`: a person's badge opens nothing from now on,
 * and no other is printed: reported lost or stolen. */
#include "cli/desk_output.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_badge_void;
const Command command_badge_void = {
  .name = "badge void",
  .usage = N_ ("REFERENCE --reason lost|damaged|misspelled|not-printed|other --volunteer NAME "
               "[--text TEXT] [--json] [--db FILE]"),
  .summary = N_ ("Make a delegate's badge void everywhere, without printing another"),
  .run = run,
};

static int run (int argc, char **argv)
{
  g_autofree char *word = NULL, *text = NULL, *volunteer = NULL;
  gboolean json = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &word,
      N_ ("Why: lost, damaged, misspelled, not-printed or other"), N_ ("WORD") },
    { "text", 't', 0, G_OPTION_ARG_STRING, &text,
      N_ ("More about the reason; with --reason other it must be there"), N_ ("TEXT") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who does it"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  DeskReason reason = DESK_OTHER;
  if (!command_parse (&command_badge_void, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_badge_void, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if (!desk_verdict_reason_from_name (word, &reason))
    return command_usage (
        &command_badge_void,
        _ ("why? Write --reason with lost, damaged, misspelled, not-printed or other"));
  if (volunteer == NULL)
    return command_usage (&command_badge_void, _ ("who does it? Write --volunteer NAME"));

  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  GError *error = NULL;
  DeskResult result;
  gboolean done = desk_void (journal, argv[1], volunteer, reason, text, &result, &error);
  return desk_output_report (&command_badge_void, done, &result, argv[1], json, error);
}
