/* badge_check_command.c: `accueil badge check`: all that is wrong with a badge template,
 * before the day. */
#include "badge/badge.h"
#include "badge/check.h"
#include "cli/command.h"
#include "core/installation.h"
#include "core/words.h"

#define DPI_DEFAULT 203
#define DPI_MIN 36
#define DPI_MAX 1200

static int run (int argc, char **argv);

extern const Command command_badge_check;
const Command command_badge_check = {
  .name = "badge check",
  .usage = N_ ("TEMPLATE [--dpi N] [--bw]"),
  .summary = N_ ("Name all that is wrong with a badge template, with its element and the remedy"),
  .run = run,
};

/* How many faults the file has; they are printed. */
static guint check_file (const char *path, guint dpi, gboolean bw)
{
  g_autoptr (GPtrArray) faults = check_template (path, dpi, bw);

  for (guint i = 0; i < faults->len; i++) {
    const TemplateFault *fault = g_ptr_array_index (faults, i);
    g_print ("%s: %s %s\n", path, fault->where, fault->what);
    if (fault->remedy[0] != '\0')
      g_print ("  → %s\n", fault->remedy);
  }
  if (faults->len == 0)
    g_print (_ ("%s: good for a printer of %u dots an inch\n"), path, dpi);
  return faults->len;
}

static int check (const char *path, guint dpi, gboolean bw)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  g_autofree char *back = check_back (path);
  GError *error = NULL;
  guint faults;

  if (!badge_fonts_start (fonts, &error))
    return command_fail (&command_badge_check, error);
  faults = check_file (path, dpi, bw);
  if (back != NULL)
    faults += check_file (back, dpi, bw);
  if (faults > 0)
    g_print (_ ("Faults: %u\n"), faults);
  return faults > 0 ? EXIT_REFUSED : 0;
}

static int run (int argc, char **argv)
{
  gint dpi = DPI_DEFAULT;
  gboolean bw = FALSE;
  GOptionEntry entries[] = {
    { "dpi", 0, 0, G_OPTION_ARG_INT, &dpi, N_ ("The printer's dots an inch (default: 203)"),
      N_ ("N") },
    { "bw", 0, 0, G_OPTION_ARG_NONE, &bw, N_ ("The printer has one bit of black and nothing else"),
      NULL },
    { 0 },
  };
  int status = 0;

  if (!command_parse (&command_badge_check, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_badge_check,
                          argc < 2 ? _ ("the TEMPLATE is missing") : _ ("one TEMPLATE at a time"));
  if (dpi < DPI_MIN || dpi > DPI_MAX)
    return command_usage (&command_badge_check, _ ("--dpi is between %d and %d"), DPI_MIN, DPI_MAX);
  return check (argv[1], (guint) dpi, bw);
}
