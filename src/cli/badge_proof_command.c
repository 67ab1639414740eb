/* badge_proof_command.c: `accueil badge proof`: tries badges before the day, everybody's
 * or some (issuance/proof.h says what is tried). */
#include "cli/command.h"
#include "cli/stop_signal.h"
#include "core/installation.h"
#include "core/words.h"
#include "issuance/badge_data.h"
#include "issuance/proof.h"

#include <string.h>

#define DPI_DEFAULT 300
#define DPI_MIN 100
#define DPI_MAX 1200

static int run (int argc, char **argv);

extern const Command command_badge_proof;
const Command command_badge_proof = {
  .name = "badge proof",
  .usage
  = N_ ("--all|REFERENCE… [-o SHEET.pdf] [--template FILE] [--dpi N] [--one-bit] [--db FILE]"),
  .summary = N_ ("Try badges before the day: every character in the fonts, every text in its "
                 "place, every code read from the printer's dots; with a contact sheet"),
  .run = run,
};

typedef struct {
  char *output, *template_;
  gint dpi;
  gboolean all, one_bit;
} Request;

/* TRUE if the options make sense; else the status to leave with is set. */
static gboolean is_sound (const Request *request, int argc, int *status)
{
  if (request->all == (argc > 1))
    *status = command_usage (&command_badge_proof, _ ("either --all or REFERENCES"));
  else if (request->output != NULL && !g_str_has_suffix (request->output, ".pdf"))
    *status = command_usage (&command_badge_proof, _ ("the file %s does not end in .pdf"),
                             request->output);
  else if (request->dpi < DPI_MIN || request->dpi > DPI_MAX)
    *status
        = command_usage (&command_badge_proof, _ ("--dpi is between %d and %d"), DPI_MIN, DPI_MAX);
  else
    return TRUE;
  return FALSE;
}

/* Given names whose pinyin is ours, and may be another: for a person to decide. */
static void say_split (const GArray *findings)
{
  guint count = 0;
  for (guint i = 0; i < findings->len; i++) {
    const ProofFinding *finding = &g_array_index (findings, ProofFinding, i);
    if (finding->split[0] == '\0')
      continue;
    g_print (_ ("%s: the given name may be read otherwise: %s\n"), finding->reference,
             finding->split);
    count++;
  }
  if (count > 0)
    g_print (_ ("Ask these %u people, and write their pinyin into the list, or with “accueil "
                "correct”.\n"),
             count);
}

/* Names of other languages in hanzi: their pinyin may be hers or not. */
static void say_unasked (const GArray *findings)
{
  guint count = 0;
  for (guint i = 0; i < findings->len; i++) {
    const ProofFinding *finding = &g_array_index (findings, ProofFinding, i);
    if (finding->unasked[0] == '\0')
      continue;
    g_print (_ ("%s: only the person knows how this name is written in Latin letters: %s\n"),
             finding->reference, finding->unasked);
    count++;
  }
  if (count > 0)
    g_print (_ ("Ask these %u people how their passport writes them; “accueil correct REFERENCE "
                "--family … --given …” puts it right.\n"),
             count);
}

static void say (const GArray *findings, const Request *request)
{
  guint faults = proof_faults (findings);

  for (guint i = 0; i < findings->len; i++) {
    const ProofFinding *finding = &g_array_index (findings, ProofFinding, i);
    if (finding->fault != NULL)
      g_print ("%s: %s\n", finding->reference, finding->fault);
  }
  if (faults > 0)
    g_print (_ ("%u of %u badges cannot be printed.\n"), faults, findings->len);
  else
    g_print (_ ("All %u badges can be printed, and their codes read at %d dots an inch.\n"),
             findings->len, request->dpi);
  say_split (findings);
  say_unasked (findings);
  if (request->output != NULL)
    g_print (_ ("Contact sheet: %s\n"), request->output);
}

static int try (Journal *journal, const Request *request, char **references)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf"),
                  *usual = installation_asset ("badge/a6-portrait.svg");
  ProofOptions options = {
    .template_ = request->template_ != NULL ? request->template_ : usual,
    .references = request->all ? NULL : (const char *const *) references,
    .dpi = (guint) request->dpi,
    .one_bit = request->one_bit,
    .stop = stop_signal_catch (),
  };
  g_autoptr (GArray) findings = NULL;
  g_autofree char *trying = g_strdup (_ ("Trying badges")),
                  *drawing = g_strdup (_ ("Drawing the contact sheet"));
  GError *error = NULL;

  if (badge_fonts_start (fonts, &error))
    findings = proof_run (journal, &options, command_progress, trying, &error);
  if (findings == NULL
      || (request->output != NULL
          && !proof_sheet (journal, &options, findings, request->output, command_progress, drawing,
                           &error)))
    return command_fail (&command_badge_proof, error);
  say (findings, request);
  return proof_faults (findings) > 0 ? EXIT_REFUSED : 0;
}

static int run (int argc, char **argv)
{
  Request request = { .dpi = DPI_DEFAULT };
  GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &request.all, N_ ("Everybody's"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &request.output,
      N_ ("Write a contact sheet, the troublesome names first"), N_ ("SHEET.pdf") },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &request.template_,
      N_ ("The badge's SVG template (default: A6 portrait)"), N_ ("FILE") },
    { "dpi", 0, 0, G_OPTION_ARG_INT, &request.dpi,
      N_ ("The printer's dots an inch (default: 300; label printers often have 203)"), N_ ("N") },
    { "one-bit", 0, 0, G_OPTION_ARG_NONE, &request.one_bit,
      N_ ("The printer knows black and white only"), NULL },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  int status = 0;

  if (command_parse (&command_badge_proof, entries, &argc, &argv, &status)
      && is_sound (&request, argc, &status)) {
    journal = command_open ();
    status = journal == NULL ? EXIT_REFUSED : try (journal, &request, argv + 1);
  }
  g_free (request.output);
  g_free (request.template_);
  return status;
}
