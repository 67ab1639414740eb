/* badge_command.c: `accueil badge render`: one person's badge as a file, to look at or to
 * print elsewhere. */
#include "cli/command.h"
#include "core/identifier.h"
#include "core/installation.h"
#include "core/words.h"
#include "issuance/badge_data.h"

#include <string.h>

#define DPI_DEFAULT 300
#define DPI_MIN 36
#define DPI_MAX 1200

static int run (int argc, char **argv);

extern const Command command_badge_render;
const Command command_badge_render = {
  .name = "badge render",
  .usage = N_ ("REFERENCE -o FILE.pdf|FILE.png [--serial N] [--template FILE] [--back] [--dpi N] "
               "[--db FILE]"),
  .summary = N_ ("Draw a delegate's badge: a proof, or with --serial one that was issued here"),
  .run = run,
};

typedef struct {
  char *output, *template_;
  gint serial, dpi;
  gboolean back;
  BadgeDataFormat format;
} Request;

/* TRUE if the options make sense; else the status to leave with is set. */
static gboolean is_sound (Request *request, int argc, char **argv, int *status)
{
  if (argc != 2)
    *status = command_usage (&command_badge_render, argc < 2 ? _ ("the REFERENCE is missing")
                                                             : _ ("one REFERENCE at a time"));
  else if (!identifier_is_reference (argv[1]))
    *status
        = command_usage (&command_badge_render,
                         _ ("“%s” is no reference: 1 to %d letters, digits, “-”, “_”, “.” or “/”"),
                         argv[1], REFERENCE_MAX);
  else if (request->output == NULL)
    *status = command_usage (&command_badge_render, _ ("-o FILE is missing"));
  else if (!g_str_has_suffix (request->output, ".pdf")
           && !g_str_has_suffix (request->output, ".png"))
    *status = command_usage (&command_badge_render,
                             _ ("the file %s ends neither in .pdf nor in .png"), request->output);
  else if (request->serial < 0 || request->serial > G_MAXUINT16)
    *status
        = command_usage (&command_badge_render, _ ("--serial is between 1 and %d"), G_MAXUINT16);
  else if (request->dpi < DPI_MIN || request->dpi > DPI_MAX)
    *status
        = command_usage (&command_badge_render, _ ("--dpi is between %d and %d"), DPI_MIN, DPI_MAX);
  else {
    request->format = !g_str_has_suffix (request->output, ".png") ? BADGE_DATA_PDF : BADGE_DATA_PNG;
    return TRUE;
  }
  return FALSE;
}

static gboolean render (Journal *journal, const Request *request, const char *reference,
                        GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  g_autofree char *usual = installation_asset ("badge/a6-portrait.svg");
  g_autoptr (BadgeTemplate) template_ = NULL;
  g_autoptr (BadgeSheet) badge = NULL;

  if (!badge_fonts_start (fonts, error))
    return FALSE;
  template_ = badge_template_load (request->template_ != NULL ? request->template_ : usual, error);
  if (template_ == NULL)
    return FALSE;
  BadgeSides sides = request->back                       ? BADGE_BACK
                     : request->format == BADGE_DATA_PDF ? BADGE_BOTH
                                                         : BADGE_FRONT;
  badge = badge_data_badge (journal, template_, reference, (guint) request->serial, sides,
                            request->format, (guint) request->dpi, error);
  /* A badge with a serial opens doors: it is its owner's alone, as the replica is. */
  return badge != NULL && command_write (request->output, badge->bytes, 0600, error);
}

static int run (int argc, char **argv)
{
  Request request = { .dpi = DPI_DEFAULT };
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &request.output,
      N_ ("The file to write; .pdf or .png says which"), N_ ("FILE") },
    { "serial", 0, 0, G_OPTION_ARG_INT, &request.serial,
      N_ ("Draw the badge of that serial, issued here (default: a proof whose code opens nothing)"),
      N_ ("N") },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &request.template_,
      N_ ("The badge's SVG template (default: A6 portrait)"), N_ ("FILE") },
    { "back", 0, 0, G_OPTION_ARG_NONE, &request.back,
      N_ ("The back alone (default: a PDF has both sides, a PNG the front)"), NULL },
    { "dpi", 0, 0, G_OPTION_ARG_INT, &request.dpi, N_ ("Dots an inch of a PNG (default: 300)"),
      N_ ("N") },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  int status = 0;

  if (command_parse (&command_badge_render, entries, &argc, &argv, &status)
      && is_sound (&request, argc, argv, &status)) {
    journal = command_open ();
    status = journal == NULL ? EXIT_REFUSED : 0;
    if (journal != NULL && !render (journal, &request, argv[1], &error))
      status = command_fail (&command_badge_render, error);
  }
  g_free (request.output);
  g_free (request.template_);
  return status;
}
