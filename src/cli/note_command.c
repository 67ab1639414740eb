/* note_command.c: `accueil note`: what the team should know of a person, as the desk's
 * page shows it and nobody else's. */
#include "cli/desk_output.h"
#include "core/words.h"

#include <stdio.h>

static int run (int argc, char **argv);

extern const Command command_note;
const Command command_note = {
  .name = "note",
  .usage = N_ ("REFERENCE [--text TEXT --volunteer NAME] [--json] [--db FILE]"),
  .summary = N_ ("Show the team's note on a person, or write it: her page at the desk shows it, no "
                 "screen of a delegate; an empty text takes it back"),
  .run = run,
};

static int show (Journal *journal, const char *reference, gboolean json)
{
  GError *error = NULL;
  g_autofree char *note = desk_note_of (journal, reference, &error);
  if (note == NULL)
    return command_fail (&command_note, error);
  if (!json) {
    if (*note != '\0')
      puts (desk_output_clean (note));
    return 0;
  }
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "reference", reference);
  json_out_string (out, "note", note);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
  return 0;
}

static int run (int argc, char **argv)
{
  g_autofree char *text = NULL, *volunteer = NULL;
  gboolean json = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "text", 't', 0, G_OPTION_ARG_STRING, &text, N_ ("The note; an empty one takes it back"),
      N_ ("TEXT") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who writes it"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_note, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_note, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if ((text != NULL) != (volunteer != NULL))
    return command_usage (&command_note, "%s",
                          text != NULL ? _ ("who does it? Write --volunteer NAME")
                                       : _ ("what is the note? Write --text TEXT"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  if (text == NULL)
    return show (journal, argv[1], json);
  GError *error = NULL;
  DeskResult result = { 0 };
  gboolean done = desk_note (journal, argv[1], text, volunteer, &result, &error);
  return desk_output_report (&command_note, done, &result, argv[1], json, error);
}
