/* ticket_void_command.c: `accueil ticket void`: the tickets of one person. */
#include "cli/desk_output.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_ticket_void;
const Command command_ticket_void = {
  .name = "ticket void",
  .usage = N_ ("REFERENCE --reason TEXT --volunteer NAME [--json] [--db FILE]"),
  .summary = N_ ("Make a delegate's tickets so far void everywhere; her badge stays good, and the "
                 "next ticket is another one"),
  .run = run,
};

static int run (int argc, char **argv)
{
  g_autofree char *reason = NULL, *volunteer = NULL;
  gboolean json = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason, N_ ("Why: forwarded, telephone lost …"),
      N_ ("TEXT") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who does it"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_ticket_void, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_ticket_void, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if (reason == NULL || *reason == '\0')
    return command_usage (&command_ticket_void, "%s", _ ("why? Write --reason TEXT"));
  if (volunteer == NULL)
    return command_usage (&command_ticket_void, _ ("who does it? Write --volunteer NAME"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  GError *error = NULL;
  DeskResult result = { 0 };
  gboolean done = desk_void_tickets (journal, argv[1], reason, volunteer, &result, &error);
  return desk_output_report (&command_ticket_void, done, &result, argv[1], json, error);
}
