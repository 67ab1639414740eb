/* person_command.c: `accueil person export`: all that is held about a person, for her. */
#include "cli/command.h"

#include "badge/badge.h"
#include "cli/desk_output.h"
#include "core/installation.h"
#include "core/words.h"
#include "issuance/person_sheet.h"
#include "roster/person_file.h"

#include <string.h>

static int run (int argc, char **argv);

extern const Command command_person_export;
const Command command_person_export = {
  .name = "person export",
  .usage = N_ ("REFERENCE [--output FILE.pdf|FILE.json] [--db FILE]"),
  .summary = N_ ("Write all that is held here about a delegate, to be given to that person: JSON, "
                 "or a PDF in both languages of the congress"),
  .run = run,
};

static GBytes *draw (Journal *journal, const PersonFile *file, GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  return badge_fonts_start (fonts, error) ? person_sheet_draw (journal, file, error) : NULL;
}

static GBytes *write_json (Journal *journal, const PersonFile *file)
{
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  g_autofree char *line = person_file_json (file, journal, zone);
  char *text = g_strconcat (line, "\n", NULL);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean answer (const char *reference, const char *output, GError **error)
{
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return FALSE;
  g_autoptr (PersonFile) file = person_file_read (journal, reference, error);
  if (file == NULL)
    return FALSE;
  gboolean paper = output != NULL && g_str_has_suffix (output, ".pdf");
  g_autoptr (GBytes) bytes = paper ? draw (journal, file, error) : write_json (journal, file);
  if (bytes == NULL)
    return FALSE;
  if (output == NULL) {
    g_print ("%s", (const char *) g_bytes_get_data (bytes, NULL));
    return TRUE;
  }
  if (!command_write (output, bytes, 0600, error))
    return FALSE;
  g_printerr (_ ("Written to %s: what this replica holds. Lists, exports and backups are files "
                 "of their own. Delete this one once it is given.\n"),
              output);
  return TRUE;
}

static int run (int argc, char **argv)
{
  g_autofree char *output = NULL;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("The file to write, .pdf or .json (default: JSON to standard output)"), N_ ("FILE") },
    { 0 },
  };
  GError *error = NULL;
  int status = 0;
  if (!command_parse (&command_person_export, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_person_export, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if (output != NULL && !g_str_has_suffix (output, ".pdf") && !g_str_has_suffix (output, ".json"))
    return command_usage (&command_person_export, _ ("“%s” ends neither with .pdf nor with .json"),
                          output);
  if (answer (argv[1], output, &error))
    return 0;
  return error != NULL ? command_fail (&command_person_export, error) : EXIT_REFUSED;
}
