/* badge_batch_command.c: `accueil badge batch`: the badges of the whole congress before
 * the day (issuance/batch.h says what that means). */
#include "cli/command.h"
#include "cli/stop_signal.h"
#include "core/installation.h"
#include "core/words.h"
#include "issuance/batch.h"
#include "issuance/badge_data.h"

#include <stdio.h>

static int run (int argc, char **argv);

extern const Command command_badge_batch;
const Command command_badge_batch = {
  .name = "badge batch",
  .usage = N_ ("-o FILE.pdf|DIR/ [--sort WORD] [--only-without-badge | --replace | --changed] "
               "[--proof] [--boxes N] [--bleed] "
               "[--template FILE] [--db FILE]"),
  .summary = N_ ("Issue everybody's badge ahead, as one PDF or a folder of them: hand them out "
                 "before the doors open, for each takes the place of its ticket"),
  .run = run,
};

typedef struct {
  char *output, *template_, *sort;
  gboolean only_without, replace, changed, proof, bleed;
  gint boxes;
} Request;

/* TRUE if the options make sense; else the status to leave with is set. */
static gboolean is_sound (const Request *request, int argc, char **argv, BatchOptions *options,
                          int *status)
{
  options->folder = request->output != NULL
                    && (g_str_has_suffix (request->output, "/")
                        || g_file_test (request->output, G_FILE_TEST_IS_DIR));
  options->output = request->output;
  options->holders = request->only_without ? BATCH_LEAVE_HOLDERS
                     : request->replace    ? BATCH_REPLACE_HOLDERS
                     : request->changed    ? BATCH_REPLACE_UNTRUE
                                           : BATCH_REFUSE_HOLDERS;
  options->proof = request->proof;
  options->bleed = request->bleed;
  options->box_size = (guint) MAX (request->boxes, 0);
  if (argc > 1)
    *status = command_usage (&command_badge_batch, _ ("“%s” is one word too many"), argv[1]);
  else if (request->output == NULL)
    *status = command_usage (&command_badge_batch, _ ("-o FILE.pdf or -o DIR/ is missing"));
  else if (!options->folder && !g_str_has_suffix (request->output, ".pdf"))
    *status = command_usage (&command_badge_batch, _ ("%s ends neither in .pdf nor in /"),
                             request->output);
  else if (request->only_without + request->replace + request->changed > 1)
    *status
        = command_usage (&command_badge_batch,
                         _ ("--only-without-badge, --replace and --changed exclude each other"));
  else if (request->sort != NULL && !batch_order_sort_from_word (request->sort, &options->sort))
    *status = command_usage (
        &command_badge_batch,
        _ ("“%s” is no order: delegation, surname-fr, surname-zh, reference or category"),
        request->sort);
  else if (request->boxes < 0 || (request->boxes > 0 && request->proof))
    *status
        = command_usage (&command_badge_batch,
                         _ ("--boxes takes how many badges a box holds, and proofs lie in none"));
  else
    return TRUE;
  return FALSE;
}

static void say (const BatchSummary *summary, const BatchOptions *options)
{
  if (options->proof)
    g_print (_ ("%u proofs in %s\n"), summary->badges, options->output);
  else
    g_print (_ ("%u badges issued, in %s. Their tickets open nothing any more: hand the badges out "
                "before the doors.\n"),
             summary->badges, options->output);
  if (summary->left_out > 0)
    g_print (_ ("%u people have a badge already and were left out.\n"), summary->left_out);
  if (summary->replaced > 0)
    g_print (_ ("%u of them had one before, which is void now.\n"), summary->replaced);
  if (summary->faults->len == 0)
    return;
  fflush (stdout);
  for (guint i = 0; i < summary->faults->len; i++)
    g_printerr ("x %s\n", (const char *) g_ptr_array_index (summary->faults, i));
  g_printerr (_ ("%u badges could not be drawn (x). Put these names right, in the list or with "
                 "“accueil correct”; then “accueil badge batch %s” prints theirs.\n"),
              summary->faults->len,
              options->holders == BATCH_REPLACE_UNTRUE ? "--changed" : "--only-without-badge");
}

static int print (Journal *journal, const Request *request, BatchOptions *options)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf"),
                  *usual = installation_asset ("badge/a6-portrait.svg");
  g_autofree char *label = g_strdup (_ ("Drawing badges"));
  g_auto (BatchSummary) summary = { 0 };
  GError *error = NULL;

  options->template_ = request->template_ != NULL ? request->template_ : usual;
  options->stop = stop_signal_catch ();
  if (!badge_fonts_start (fonts, &error)
      || !batch_print (journal, options, command_progress, label, &summary, &error))
    return command_fail (&command_badge_batch, error);
  say (&summary, options);
  return summary.faults->len > 0 ? EXIT_REFUSED : 0;
}

static int run (int argc, char **argv)
{
  Request request = { 0 };
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &request.output,
      N_ ("One PDF with all badges, or a folder with a PDF for each"), N_ ("FILE.pdf|DIR/") },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &request.sort,
      N_ ("delegation (the default), surname-fr, surname-zh, reference or category"), N_ ("WORD") },
    { "only-without-badge", 0, 0, G_OPTION_ARG_NONE, &request.only_without,
      N_ ("Leave out who has a badge already"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &request.replace,
      N_ ("Give a new badge to who has one, and make the old one void"), NULL },
    { "changed", 0, 0, G_OPTION_ARG_NONE, &request.changed,
      N_ ("Only for who has a badge whose text is no longer true: a new one, and the old one void"),
      NULL },
    { "proof", 0, 0, G_OPTION_ARG_NONE, &request.proof,
      N_ ("Issue nothing: proofs, whose codes open nothing"), NULL },
    { "boxes", 0, 0, G_OPTION_ARG_INT, &request.boxes,
      N_ ("N badges a box, in their order: scan and desk then say in which box a badge lies"),
      N_ ("N") },
    { "bleed", 0, 0, G_OPTION_ARG_NONE, &request.bleed,
      N_ ("For a print shop: 3 mm of bleed, cut marks, and the cut in the PDF (TrimBox, BleedBox)"),
      NULL },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &request.template_,
      N_ ("The badge's SVG template (default: A6 portrait)"), N_ ("FILE") },
    { 0 },
  };
  BatchOptions options = { 0 };
  g_autoptr (Journal) journal = NULL;
  int status = 0;

  if (command_parse (&command_badge_batch, entries, &argc, &argv, &status)
      && is_sound (&request, argc, argv, &options, &status)) {
    journal = command_open ();
    status = journal == NULL ? EXIT_REFUSED : print (journal, &request, &options);
  }
  g_free (request.output);
  g_free (request.template_);
  g_free (request.sort);
  return status;
}
