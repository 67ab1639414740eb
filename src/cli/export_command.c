/* export_command.c: `accueil export`: a table to take away, as CSV, workbook or JSON, or
 * a sheet to sign. */
#include "cli/command.h"

#include "badge/badge.h"
#include "core/installation.h"
#include "core/words.h"
#include "counts/as_of.h"
#include "counts/report.h"
#include "journal/query.h"
#include "issuance/session_sheet.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run (int argc, char **argv);

extern const Command command_export;
const Command command_export = {
  .name = "export",
  .usage = N_ ("TABLE --output FILE [--state WORD] [--event ID] [--day DAY] [--session ID] "
               "[--delegation WORD] [--category WORD] [--checkpoint ID] [--by WHAT] "
               "[--columns KEY,…] [--separator ,|;] [--db FILE]"),
  .summary
  = N_ ("Write a table to take away: people, passages, badges, counts, arrivals, rooms, "
        "delegations, ranks, meals; or sheet: to be signed by those of a session, or of a day "
        "and half-day"),
  .run = run,
};

typedef struct {
  char *state, *event, *day, *session, *delegation, *category, *checkpoint, *by, *columns, *output;
  char *separator, *half;
} Options;

static void options_clear (Options *options)
{
  g_free (options->state);
  g_free (options->event);
  g_free (options->day);
  g_free (options->session);
  g_free (options->delegation);
  g_free (options->category);
  g_free (options->checkpoint);
  g_free (options->by);
  g_free (options->columns);
  g_free (options->output);
  g_free (options->separator);
  g_free (options->half);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean parse (Options *options, int *argc, char ***argv, int *status)
{
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_ ("Write to this file, whose end says what it is; a sheet to sign is a PDF"),
      N_ ("FILE.csv|.xlsx|.json|.pdf") },
    { "state", 0, 0, G_OPTION_ARG_STRING, &options->state,
      N_ ("People: only those who have arrived, are inside or are missing"),
      N_ ("arrived|inside|missing") },
    { "event", 0, 0, G_OPTION_ARG_STRING, &options->event, N_ ("Only this event"), N_ ("ID") },
    { "day", 0, 0, G_OPTION_ARG_STRING, &options->day, N_ ("Only this day"), N_ ("DAY") },
    { "half", 0, 0, G_OPTION_ARG_STRING, &options->half,
      N_ ("A sheet of this half of the day, to be signed"), N_ ("morning|afternoon") },
    { "session", 0, 0, G_OPTION_ARG_STRING, &options->session, N_ ("Only this session"),
      N_ ("ID") },
    { "delegation", 0, 0, G_OPTION_ARG_STRING, &options->delegation, N_ ("Only this delegation"),
      N_ ("WORD") },
    { "category", 0, 0, G_OPTION_ARG_STRING, &options->category,
      N_ ("Only this category, by id or word"), N_ ("WORD") },
    { "checkpoint", 0, 0, G_OPTION_ARG_STRING, &options->checkpoint,
      N_ ("Passages: only at this checkpoint"), N_ ("ID") },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options->by,
      N_ ("Counts: a row for each event, day, checkpoint, category, delegation or country"),
      N_ ("WHAT") },
    { "columns", 0, 0, G_OPTION_ARG_STRING, &options->columns,
      N_ ("The columns of the table, in this order, as in reference,family,arrived,first"),
      N_ ("KEY,…") },
    { "separator", 0, 0, G_OPTION_ARG_STRING, &options->separator,
      N_ ("What separates the fields of a CSV; left out: what Excel wants in the language of this "
          "machine"),
      N_ (",|;") },
    { 0 },
  };
  return command_parse (&command_export, entries, argc, argv, status);
}

static gboolean show_progress (guint rows, gint64 most, gpointer data)
{
  if (isatty (STDERR_FILENO) && rows > 0)
    g_printerr ("\r%u", rows);
  return TRUE;
}

/* Excel separates by what the region of its machine has: the semicolon in France. */
static char separator_of (const Options *options)
{
  return options->separator != NULL ? *options->separator
                                    : *C_ ("between the fields of a table for Excel", ",");
}

static int write_table (const Options *options, const char *table, TableFormat format)
{
  const ReportQuery query = { .table = table,
                              .columns = options->columns,
                              .state = options->state,
                              .event = options->event,
                              .day = options->day,
                              .session = options->session,
                              .delegation = options->delegation,
                              .category = options->category,
                              .checkpoint = options->checkpoint,
                              .by = options->by,
                              .protocol = TRUE };
  g_autoptr (Journal) journal = command_open ();
  GError *error = NULL;
  guint rows = 0;
  if (journal == NULL)
    return EXIT_REFUSED;
  if (!report_write (journal, &query, format, options->output, separator_of (options),
                     show_progress, NULL, &rows, &error))
    return command_fail (&command_export, error);
  if (isatty (STDERR_FILENO))
    g_printerr ("\r");
  g_printerr (words_plural ("%u row\n", "%u rows\n", rows), rows);
  return 0;
}

static GBytes *draw_sheet (Journal *journal, const Options *options, guint *people, GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  g_autoptr (AsOf) as_of = as_of_read (journal, error);
  if (as_of == NULL || !badge_fonts_start (fonts, error))
    return NULL;
  g_autofree char *foot = as_of_stamp (as_of);
  const SessionSheet sheet = { .session = options->session,
                               .event = options->event,
                               .day = options->day,
                               .half = options->half,
                               .delegation = options->delegation,
                               .foot = foot };
  return session_sheet_draw (journal, &sheet, people, error);
}

static int write_sheet (const Options *options)
{
  g_autoptr (Journal) journal = command_open ();
  GError *error = NULL;
  guint people = 0;
  if (journal == NULL || !journal_view_begin (journal, &error))
    return journal == NULL ? EXIT_REFUSED : command_fail (&command_export, error);
  g_autoptr (GBytes) pdf = draw_sheet (journal, options, &people, &error);
  journal_view_end (journal);
  if (pdf == NULL || !command_write (options->output, pdf, 0600, &error))
    return command_fail (&command_export, error);
  g_printerr (words_plural ("%u name\n", "%u names\n", people), people);
  return 0;
}

static int run (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  TableFormat format = TABLE_CSV;
  int status = 0;
  if (!parse (&options, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_export, _ ("the name of one table is wanted"));
  gboolean sheet = strcmp (argv[1], "sheet") == 0;
  if (options.output == NULL)
    return command_usage (&command_export, _ ("--output FILE is missing"));
  if (options.separator != NULL && strcmp (options.separator, ",") != 0
      && strcmp (options.separator, ";") != 0)
    return command_usage (&command_export, _ ("--separator must be , or ;"));
  if (sheet)
    return g_str_has_suffix (options.output, ".pdf")
               ? write_sheet (&options)
               : command_usage (&command_export, _ ("a sheet to sign is a PDF: FILE.pdf"));
  if (!table_writer_format_from_path (options.output, &format))
    return command_usage (&command_export,
                          _ ("“%s” must end in .csv, .xlsx or .json, "
                             "which says what it is to be"),
                          options.output);
  return write_table (&options, argv[1], format);
}
