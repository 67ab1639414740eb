/* printer_test_command.c: `accueil printers test`: one sheet through a queue, followed
 * until the printer has it out. */
#include "cli/command.h"
#include "cli/printer_sample.h"
#include "core/words.h"
#include "spool/print_document.h"
#include "vocabulary/wording.h"

#include <string.h>

#define LOOK_EVERY_US (200 * 1000)
#define WAIT_S 120
#define WAIT_MAX_S 3600
/* A warning counts for a sheet that does not come out. */
#define WARNING_COUNTS_AFTER_US (3 * G_USEC_PER_SEC)
#define RECALL_US (10 * G_USEC_PER_SEC)

static int run (int argc, char **argv);

extern const Command command_printers_test;
const Command command_printers_test = {
  .name = "printers test",
  .usage = N_ ("QUEUE [--wait SECONDS] [--template FILE] [--settings FILE]"),
  .summary = N_ ("Print a badge of nobody, and say whether it came out"),
  .run = run,
};

typedef struct {
  Printer *printer;
  char *name;
  gint id;
  gint64 start_us;
  char *said; /* last */
} Watch;

static void say (Watch *watch, const char *text)
{
  if (g_strcmp0 (watch->said, text) == 0)
    return;
  g_free (watch->said);
  watch->said = g_strdup (text);
  g_print ("%5.1f s  %s\n", (double) (g_get_monotonic_time () - watch->start_us) / G_USEC_PER_SEC,
           text);
}

/* What ails the printer, in both languages; NULL for nothing. */
static char *ailment (Watch *watch, const PrinterJob *job)
{
  g_autoptr (PrinterStatus) status = printer_status (watch->printer, NULL);
  gboolean late = g_get_monotonic_time () - watch->start_us > WARNING_COUNTS_AFTER_US;
  TroubleSet set = (job != NULL ? job->troubles : 0)
                   | (status == NULL ? PRINTER_REASON_BIT (PRINTER_REASON_NO_SPOOLER)
                                     : status->errors | (late ? status->warnings : 0));
  Pair wording;

  if (set == 0)
    return NULL;
  wording = wording_trouble (printer_reason_first (set));
  return g_strdup_printf ("%s: %s %s", printer_reason_keyword (printer_reason_first (set)),
                          wording.first, wording.second);
}

/* TRUE once it is known how it ended: @status. */
static gboolean look (Watch *watch, int *status, GError **error)
{
  g_autoptr (PrinterJob) job = printer_find (watch->printer, watch->name, watch->id, error);
  g_autofree char *trouble = NULL;
  const char *why;

  if (job == NULL && *error != NULL)
    return TRUE;
  if (job != NULL && job->state == PRINT_JOB_COMPLETED
      && printer_reason_outcome (job->reasons, job->impressions, &why) != PRINTER_OUTCOME_GOOD) {
    g_autofree char *text = g_strdup_printf (
        _ ("the printer calls it done, but with a fault: look at the sheet (%s)"), why);
    say (watch, text);
    *status = EXIT_REFUSED;
    return TRUE;
  }
  if (job != NULL && job->state == PRINT_JOB_COMPLETED) {
    say (watch, printer_can_be_asked (watch->printer)
                    ? _ ("printed: the printer says so")
                    : _ ("printed, as far as CUPS knows: this printer cannot be asked"));
    *status = 0;
    return TRUE;
  }
  trouble = ailment (watch, job);
  if (job != NULL && (job->state == PRINT_JOB_CANCELED || job->state == PRINT_JOB_ABORTED)) {
    g_autofree char *text = g_strdup_printf (_ ("not printed: the job was given up%s%s (%s)"),
                                             trouble != NULL ? "; " : "",
                                             trouble != NULL ? trouble : "", job->reasons);
    say (watch, text);
    *status = EXIT_REFUSED;
    return TRUE;
  }
  say (watch, trouble != NULL                               ? trouble
              : job == NULL || job->state == PRINT_JOB_LOST ? _ ("handed over")
              : job->state == PRINT_JOB_PROCESSING          ? _ ("printing")
                                                            : _ ("waiting"));
  return FALSE;
}

/* Takes the sheet back that has waited too long. */
static void recall (Watch *watch)
{
  gint64 until = g_get_monotonic_time () + RECALL_US;
  PrinterRecall outcome = RECALL_PENDING;

  while (outcome == RECALL_PENDING && g_get_monotonic_time () < until
         && printer_recall (watch->printer, watch->name, watch->id, &outcome, NULL))
    g_usleep (LOOK_EVERY_US);
  say (watch, outcome == RECALL_GONE
                  ? _ ("not printed in time; the sheet was called off")
                  : _ ("not printed in time; whether the sheet still comes out is not known"));
}

static int follow (Watch *watch, gint wait_s)
{
  GError *error = NULL;
  int status = EXIT_REFUSED;

  while (g_get_monotonic_time () - watch->start_us < wait_s * G_USEC_PER_SEC) {
    if (look (watch, &status, &error))
      return error != NULL ? command_fail (&command_printers_test, error) : status;
    g_usleep (LOOK_EVERY_US);
  }
  recall (watch);
  return EXIT_REFUSED;
}

static int print (const char *queue, const PrinterSampleOptions *options, gint wait_s)
{
  GError *error = NULL;
  g_autoptr (PrinterSample) sample = printer_sample_open (options, &error);
  g_autoptr (Printer) printer = sample != NULL ? printer_open (queue, &error) : NULL;
  g_autofree char *name
      = g_strdup_printf ("accueil-test-%" G_GINT64_MODIFIER "x", g_get_real_time ());
  BadgeContent content = test_badge_content (queue);
  g_autoptr (PrintDocument) document
      = printer != NULL
            ? print_document_draw (printer, sample->template_, &content,
                                   sample->settings->back ? BADGE_BOTH : BADGE_FRONT, &error)
            : NULL;
  Watch watch = { .printer = printer, .name = name, .start_us = g_get_monotonic_time () };
  int status;

  if (document == NULL || (watch.id = print_document_send (printer, name, document, &error)) == 0)
    return command_fail (&command_printers_test, error);
  g_print (_ ("%s: job %d, %s on %s\n"), queue, watch.id, document->format->mime,
           document->format->media);
  status = follow (&watch, wait_s);
  printer_forget (printer, watch.id, NULL);
  g_free (watch.said);
  return status;
}

static int run (int argc, char **argv)
{
  PrinterSampleOptions options = { 0 };
  gint wait_s = WAIT_S;
  GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_INT, &wait_s,
      N_ ("Give up and call the sheet off after that time (default: 120)"), N_ ("SECONDS") },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &options.template_,
      N_ ("The badge's SVG template (default: the station's, else A6 portrait)"), N_ ("FILE") },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &options.settings,
      N_ ("The station's settings (default: /etc/accueil/station.ini)"), N_ ("FILE") },
    { 0 },
  };
  int status;

  if (!command_parse (&command_printers_test, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    status = command_usage (&command_printers_test,
                            argc < 2 ? _ ("the QUEUE is missing; “accueil printers” lists them")
                                     : _ ("one QUEUE at a time"));
  else if (wait_s < 1 || wait_s > WAIT_MAX_S)
    status = command_usage (&command_printers_test, _ ("--wait is between 1 and %d"), WAIT_MAX_S);
  else
    status = print (argv[1], &options, wait_s);
  g_free (options.template_);
  g_free (options.settings);
  return status;
}
