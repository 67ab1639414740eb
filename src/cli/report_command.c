/* report_command.c: `accueil report`: the report of the congress, on paper. */
#include "badge/badge.h"
#include "cli/command.h"
#include "core/installation.h"
#include "core/words.h"
#include "issuance/congress_report.h"

static int run (int argc, char **argv);

extern const Command command_report;
const Command command_report = {
  .name = "report",
  .usage = N_ ("-o FILE.pdf [--db FILE]"),
  .summary = N_ ("Write the report of the congress: figures and charts by side, category, session "
                 "and day, each with what it means"),
  .run = run,
};

static int run (int argc, char **argv)
{
  g_autofree char *path = NULL, *fonts = installation_asset ("fonts/fonts.conf");
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_ ("The PDF to write"), N_ ("FILE.pdf") },
    { 0 },
  };
  if (!command_parse (&command_report, entries, &argc, &argv, &status))
    return status;
  if (argc != 1)
    return command_usage (&command_report, _ ("“%s” is not expected here"), argv[1]);
  if (path == NULL)
    return command_usage (&command_report, "%s", _ ("into which file? Write -o FILE.pdf"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GBytes) pdf
      = badge_fonts_start (fonts, &error) ? congress_report_draw (journal, &error) : NULL;
  if (pdf == NULL || !command_write (path, pdf, 0644, &error))
    return command_fail (&command_report, error);
  return 0;
}
