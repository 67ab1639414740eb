/* scanner_sheet_command.c: `accueil scanner sheet`: test codes and set-up codes for
 * scanners, to be printed on A4. */
#include "badge/badge.h"
#include "cli/command.h"
#include "core/installation.h"
#include "core/words.h"
#include "station/setup_sheet.h"

static int run (int argc, char **argv);

extern const Command command_scanner_sheet;
const Command command_scanner_sheet = {
  .name = "scanner sheet",
  .usage = N_ ("-o FILE.pdf"),
  .summary
  = N_ ("Write the sheet of test codes and set-up codes for scanners, in both languages, to be "
        "printed on A4"),
  .run = run,
};

static int run (int argc, char **argv)
{
  g_autofree char *output = NULL, *fonts = installation_asset ("fonts/fonts.conf");
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The PDF to write"), N_ ("FILE") },
    { 0 },
  };
  g_autoptr (GBytes) pdf = NULL;
  GError *error = NULL;
  int status = 0;

  if (!command_parse (&command_scanner_sheet, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_scanner_sheet, _ ("“%s” is too much"), argv[1]);
  if (output == NULL)
    return command_usage (&command_scanner_sheet, _ ("-o FILE is missing"));
  command_languages ();
  if (badge_fonts_start (fonts, &error))
    pdf = setup_sheet_pdf (&error);
  if (pdf == NULL || !command_write (output, pdf, 0666, &error))
    return command_fail (&command_scanner_sheet, error);
  return 0;
}
