/* emergency_command.c: `accueil emergency`: who is inside, as a PDF, on paper, or as
 * CSV. */
#include "cli/command.h"

#include "badge/badge.h"
#include "core/installation.h"
#include "core/words.h"
#include "export/table_writer.h"
#include "spool/emergency_print.h"

static int run (int argc, char **argv);

extern const Command command_emergency;
const Command command_emergency = {
  .name = "emergency",
  .usage = N_ ("[--output FILE.pdf] [--print QUEUE] [--csv] [--db FILE]"),
  .summary = N_ ("The emergency list: who is inside, by zone and delegation, from this replica "
                 "alone; with how old it is and which stations have not been heard"),
  .run = run,
};

static const TableColumn COLUMNS[] = {
  { "reference", NC_ ("column", "Reference"), TABLE_TEXT, 12 },
  { "place_fr", NC_ ("column", "Place"), TABLE_TEXT, 22 },
  { "place_zh", NC_ ("column", "Place ({language})"), TABLE_TEXT, 14 },
  { "delegation", NC_ ("column", "Delegation"), TABLE_TEXT, 24 },
  { "family", NC_ ("column", "Family name"), TABLE_TEXT, 18 },
  { "given", NC_ ("column", "Given name"), TABLE_TEXT, 18 },
  { "name_zh", NC_ ("column", "Chinese name"), TABLE_TEXT, 12 },
  { "organisation_fr", NC_ ("column", "Organisation"), TABLE_TEXT, 28 },
  { "organisation_zh", NC_ ("column", "Organisation ({language})"), TABLE_TEXT, 22 },
  { "last", NC_ ("column", "Last passage"), TABLE_TIME, 20 },
  { "certain", NC_ ("column", "Way out scanned"), TABLE_YES_NO, 10 },
};

typedef struct {
  char *output, *queue;
  gboolean csv;
} Options;

static gboolean put_row (TableWriter *writer, const EmergencyPerson *person, GError **error)
{
  const Delegate *delegate = person->delegate;
  const TableValue values[] = {
    { .text = person->reference },
    { .text = person->place_fr },
    { .text = person->place_zh },
    { .text = person->delegation_fr },
    { .text = delegate != NULL ? delegate->family : "" },
    { .text = delegate != NULL ? delegate->given : "" },
    { .text = delegate != NULL ? delegate->name_zh : "" },
    { .text = delegate != NULL ? delegate->organisation_fr : "" },
    { .text = delegate != NULL ? delegate->organisation_zh : "" },
    { .number = person->since_ms },
    { .number = person->sure },
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (values) == G_N_ELEMENTS (COLUMNS));
  return table_writer_row (writer, values, error);
}

static gboolean put_csv (const Emergency *emergency, GError **error)
{
  Pair label = words_pair_in ("emergency list", NC_ ("emergency list", "Emergency list"));
  TableWriter *writer = table_writer_open (TABLE_CSV, NULL, label.first, COLUMNS,
                                           G_N_ELEMENTS (COLUMNS), emergency->as_of->zone, error);
  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i < emergency->people->len; i++)
    if (!put_row (writer, emergency->people->pdata[i], error)) {
      table_writer_abandon (writer);
      return FALSE;
    }
  g_autofree char *first = emergency_note (emergency, WORDS_FIRST),
                  *second = emergency_note (emergency, WORDS_SECOND),
                  *note = words_line ((Pair){ first, second });
  table_writer_note (writer, label, note);
  return table_writer_close (writer, error);
}

static gboolean print (const char *queue, GBytes *pdf, GError **error)
{
  g_autoptr (PrintFormat) format = NULL;
  gint id = emergency_print_send (queue, pdf, &format, error);
  if (id != 0)
    g_printerr (_ ("%s: job %d, %s on %s\n"), queue, id, format->mime, format->media);
  return id != 0;
}

static gboolean draw (Journal *journal, const Options *options, Emergency **emergency,
                      GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  if (!badge_fonts_start (fonts, error))
    return FALSE;
  g_autoptr (GBytes) pdf = emergency_sheet_draw (journal, emergency, error);
  return pdf != NULL
         && (options->output == NULL || command_write (options->output, pdf, 0600, error))
         && (options->queue == NULL || print (options->queue, pdf, error));
}

static int answer (const Options *options)
{
  g_autoptr (Journal) journal = command_open ();
  g_autoptr (Emergency) emergency = NULL;
  GError *error = NULL;
  if (journal == NULL)
    return EXIT_REFUSED;
  gboolean paper = options->output != NULL || options->queue != NULL;
  if (paper && !draw (journal, options, &emergency, &error))
    return command_fail (&command_emergency, error);
  if (!paper && (emergency = emergency_read (journal, &error)) == NULL)
    return command_fail (&command_emergency, error);
  if (options->csv && !put_csv (emergency, &error))
    return command_fail (&command_emergency, error);
  g_printerr (words_plural ("%u name\n", "%u names\n", emergency->people->len),
              emergency->people->len);
  return 0;
}

static int run (int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("The PDF to write"),
      N_ ("FILE.pdf") },
    { "print", 'p', 0, G_OPTION_ARG_STRING, &options.queue,
      N_ ("Print it at this queue, on A4; “accueil printers” lists them"), N_ ("QUEUE") },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_ ("Write it as CSV to standard output"),
      NULL },
    { 0 },
  };
  int status = 0;
  if (!command_parse (&command_emergency, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    status = command_usage (&command_emergency, _ ("“%s” is too much"), argv[1]);
  else if (options.output == NULL && options.queue == NULL && !options.csv)
    status = command_usage (&command_emergency,
                            _ ("--output FILE.pdf, --print QUEUE or --csv is missing"));
  else
    status = answer (&options);
  g_free (options.output);
  g_free (options.queue);
  return status;
}
