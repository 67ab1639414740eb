/* headset_command.c: `accueil headset codes`, `accueil headset defect` and `accueil
 * headsets`: the headsets' labels, those that do not work, and who has one still. */
#include "badge/badge.h"
#include "badge/code_labels.h"
#include "cli/desk_output.h"
#include "congress/headset.h"
#include "congress/programme.h"
#include "core/installation.h"
#include "core/words.h"
#include "counts/headsets.h"
#include "credential/issue.h"

#include <stdio.h>
#include <string.h>

#define LABEL_MM_MIN 12.0
#define LABEL_MM_MAX 150.0

static int run_codes (int argc, char **argv);
static int run_defect (int argc, char **argv);
static int run_headsets (int argc, char **argv);

extern const Command command_headset_codes, command_headset_defect, command_headsets;
const Command command_headset_codes = {
  .name = "headset codes",
  .usage = N_ ("[--count N | --list FILE] [-o FILE.pdf] [--label WIDTHxHEIGHT] [--skip N] "
               "[--db FILE]"),
  .summary = N_ ("Give the interpretation's headsets codes of their own, and draw their labels"),
  .run = run_codes,
};
const Command command_headset_defect = {
  .name = "headset defect",
  .usage = N_ ("HEADSET --volunteer NAME [--text TEXT] [--repaired] [--db FILE]"),
  .summary
  = N_ ("Say that a headset does not work: it is not lent any more; or that it does again"),
  .run = run_defect,
};
const Command command_headsets = {
  .name = "headsets",
  .usage = N_ ("[--event EVENT] [--day DAY] [--json|--csv] [--db FILE]"),
  .summary = N_ ("List who has a headset still, by delegation; fails while there is anybody"),
  .run = run_headsets,
};

/* Codes -------------------------------------------------------------------------- */

typedef struct {
  int count, skip;
  char *list, *output, *label;
} Codes;

static void codes_clear (Codes *codes)
{
  g_free (codes->list);
  g_free (codes->output);
  g_free (codes->label);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Codes, codes_clear)

/* "50x25", a label a page; FALSE for what is none. */
static gboolean read_size (const char *text, CodeLabelSheet *sheet)
{
  char *end = NULL;
  double width = g_ascii_strtod (text, &end), height = 0;
  if (end == text || (*end != 'x' && *end != 'X'))
    return FALSE;
  const char *second = end + 1;
  height = g_ascii_strtod (second, &end);
  *sheet = (CodeLabelSheet){ .width_mm = width, .height_mm = height };
  return end != second && *end == '\0' && width >= LABEL_MM_MIN && width <= LABEL_MM_MAX
         && height >= LABEL_MM_MIN && height <= LABEL_MM_MAX;
}

/* Those that are not there yet. */
static gboolean define (Journal *journal, const Codes *codes, guint *made, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (codes->count > 0)
    return headset_make (journal, (guint) codes->count, made, error);
  if (codes->list == NULL)
    return TRUE;
  return g_file_get_contents (codes->list, &text, &length, error)
         && headset_read (journal, codes->list, text, length, made, error);
}

static gboolean draw (Journal *journal, const GPtrArray *labels, const CodeLabelSheet *sheet,
                      const char *output, GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  g_autofree CodeLabel *drawn = g_new0 (CodeLabel, labels->len);
  g_autoptr (Programme) programme = programme_read (journal, error);
  if (programme == NULL || !badge_fonts_start (fonts, error))
    return FALSE;
  for (guint i = 0; i < labels->len; i++) {
    const HeadsetLabel *label = labels->pdata[i];
    drawn[i] = (CodeLabel){ label->id, label->code };
  }
  const Pair small
      = words_pair_in ("label", NC_ ("label", "Headset. Please give it back when you leave."));
  g_autoptr (GBytes) pdf = code_labels_draw (drawn, labels->len, sheet, small, error);
  return pdf != NULL && command_write (output, pdf, 0666, error);
}

static int run_codes (int argc, char **argv)
{
  g_auto (Codes) codes = { 0 };
  CodeLabelSheet sheet = code_labels_usual;
  GError *error = NULL;
  guint made = 0;
  int status = 0;
  GOptionEntry entries[] = {
    { "count", 'n', 0, G_OPTION_ARG_INT, &codes.count,
      N_ ("Headsets that there are: H-0001 and so on"), N_ ("N") },
    { "list", 0, 0, G_OPTION_ARG_FILENAME, &codes.list,
      N_ ("The lender's list: ID;CODE a line, where the headsets have labels already"),
      N_ ("FILE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &codes.output, N_ ("The PDF of labels to write"),
      N_ ("FILE") },
    { "label", 0, 0, G_OPTION_ARG_STRING, &codes.label,
      N_ ("One label a page, for a roll, of so many millimetres (default: 65 of 38.1x21.2 on A4)"),
      N_ ("WIDTHxHEIGHT") },
    { "skip", 0, 0, G_OPTION_ARG_INT, &codes.skip,
      N_ ("Labels of the first sheet that are used up"), N_ ("N") },
    { 0 },
  };
  if (!command_parse (&command_headset_codes, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_headset_codes, _ ("“%s” is not expected here"), argv[1]);
  if (codes.count < 0 || codes.count > HEADSETS_MAX || (codes.count > 0 && codes.list != NULL))
    return command_usage (&command_headset_codes,
                          _ ("either --count with a number up to %d, or --list"), HEADSETS_MAX);
  if (codes.label != NULL && !read_size (codes.label, &sheet))
    return command_usage (&command_headset_codes,
                          _ ("“%s” is no size of a label like 50x25, from 12 to 150 mm"),
                          codes.label);
  if (codes.skip < 0 || codes.skip > 64 || (codes.skip > 0 && codes.label != NULL))
    return command_usage (&command_headset_codes, _ ("--skip: 0 to 64 labels of a sheet of A4"));
  sheet.skip = (guint) codes.skip;
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GPtrArray) labels
      = define (journal, &codes, &made, &error) ? headset_labels (journal, &error) : NULL;
  if (labels == NULL)
    return command_fail (&command_headset_codes, error);
  if (labels->len == 0)
    return command_usage (&command_headset_codes,
                          _ ("there are no headsets yet: how many? Write --count N"));
  if (codes.output != NULL && !draw (journal, labels, &sheet, codes.output, &error))
    return command_fail (&command_headset_codes, error);
  g_print (_ ("Headsets: %u, of which %u are new.\n"), labels->len, made);
  return 0;
}

/* Defect ------------------------------------------------------------------------- */

static int run_defect (int argc, char **argv)
{
  g_autofree char *text = NULL, *volunteer = NULL;
  gboolean repaired = FALSE;
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who says so"), N_ ("NAME") },
    { "text", 't', 0, G_OPTION_ARG_STRING, &text, N_ ("What is wrong with it"), N_ ("TEXT") },
    { "repaired", 0, 0, G_OPTION_ARG_NONE, &repaired, N_ ("It works again"), NULL },
    { 0 },
  };
  if (!command_parse (&command_headset_defect, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_headset_defect, "%s",
                          argc < 2 ? _ ("which headset? Write its id, or scan its label")
                                   : _ ("one headset at a time"));
  if (volunteer == NULL)
    return command_usage (&command_headset_defect, "%s", _ ("who does it? Write --volunteer NAME"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autofree char *said = issue_typed (text, ISSUE_TEXT_MAX),
                  *who = issue_typed (volunteer, ISSUE_VOLUNTEER_MAX);
  if (!headset_set_defect (journal, argv[1], !repaired, said, who, &error))
    return command_fail (&command_headset_defect, error);
  return 0;
}

/* Who has one -------------------------------------------------------------------- */

typedef struct {
  char *event, *day;
  gboolean json, csv;
} Listing;

static void listing_clear (Listing *listing)
{
  g_free (listing->event);
  g_free (listing->day);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static void put_row (JsonOut *out, const HeadsetsRow *row, GTimeZone *zone)
{
  g_autofree char *since = desk_output_time (zone, row->since_ms, TRUE);
  json_out_begin_object (out, NULL);
  json_out_string (out, "headset", row->headset);
  json_out_string (out, "reference", row->reference);
  json_out_string (out, "name", row->name);
  json_out_string (out, "delegation", row->delegation);
  json_out_string (out, "event", row->event);
  json_out_string (out, "checkpoint", row->checkpoint);
  json_out_string (out, "day", row->day);
  json_out_string (out, "channel", row->channel);
  json_out_string (out, "since", since);
  json_out_bool (out, "gone", row->gone);
  json_out_end_object (out);
}

static void print_json (const Headsets *headsets, GTimeZone *zone)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_int (out, "headsets", headsets->all);
  json_out_int (out, "defect", headsets->defect);
  json_out_int (out, "out", headsets->rows->len);
  json_out_begin_array (out, "rows");
  for (guint i = 0; i < headsets->rows->len; i++)
    put_row (out, headsets->rows->pdata[i], zone);
  json_out_end_array (out);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_csv (const Headsets *headsets, GTimeZone *zone)
{
  g_autoptr (GString) csv
      = g_string_new ("delegation,reference,name,headset,event,day,channel,since,gone\r\n");
  for (guint i = 0; i < headsets->rows->len; i++) {
    const HeadsetsRow *row = headsets->rows->pdata[i];
    g_autofree char *since = desk_output_time (zone, row->since_ms, FALSE);
    const char *fields[]
        = { row->delegation, row->reference, row->name, row->headset,         row->event,
            row->day,        row->channel,   since,     row->gone ? "1" : "0" };
    for (guint j = 0; j < G_N_ELEMENTS (fields); j++)
      command_csv_append (csv, fields[j], j + 1 == G_N_ELEMENTS (fields));
  }
  fputs (csv->str, stdout);
}

/* How many a delegation has, over its rows. */
static void print_title (const Headsets *headsets, guint first)
{
  const HeadsetsRow *row = headsets->rows->pdata[first];
  guint count = 0;
  for (guint i = first;
       i < headsets->rows->len
       && strcmp (((const HeadsetsRow *) headsets->rows->pdata[i])->delegation, row->delegation)
              == 0;
       i++)
    count++;
  g_autofree char *words = *row->delegation_fr != '\0'
                               ? words_line ((Pair){ row->delegation_fr, row->delegation_zh })
                               : g_strdup (*row->delegation != '\0' ? row->delegation : "–"),
                  *line = g_strdup_printf ("%s: %u", words, count);
  puts (desk_output_clean (line));
}

static void print_list (const Headsets *headsets, GTimeZone *zone)
{
  g_autofree char *gone
      = words_line (words_pair_in ("headset", NC_ ("headset", "has left the building")));
  for (guint i = 0; i < headsets->rows->len; i++) {
    const HeadsetsRow *row = headsets->rows->pdata[i];
    g_autofree char *since = desk_output_time (zone, row->since_ms, FALSE);
    if (i == 0
        || strcmp (((const HeadsetsRow *) headsets->rows->pdata[i - 1])->delegation,
                   row->delegation)
               != 0)
      print_title (headsets, i);
    g_autofree char *line = g_strdup_printf (
        "  %-8s  %s  %s  %s  %s  %s%s%s", *row->headset != '\0' ? row->headset : "–", since,
        row->event, *row->reference != '\0' ? row->reference : "–", row->name, row->channel,
        row->gone ? "  ! " : "", row->gone ? gone : "");
    puts (desk_output_clean (line));
  }
}

/* The date of a day's label, NULL for none; FALSE said why, with *@status. */
static gboolean check (Journal *journal, const Listing *listing, const Programme *programme,
                       const char **event, const char **date, int *status)
{
  const Day *day = listing->day != NULL ? programme_day (programme, listing->day) : NULL;
  const ProgrammeEntry *entry
      = listing->event != NULL ? programme_event (programme, listing->event) : NULL;
  *status = 0;
  if (listing->day != NULL && day == NULL)
    *status = command_usage (&command_headsets, _ ("“%s” is no day of the congress"), listing->day);
  else if (listing->event != NULL && entry == NULL)
    *status
        = command_usage (&command_headsets, _ ("“%s” is no event of the congress"), listing->event);
  *date = day != NULL ? day->date : NULL;
  *event = entry != NULL ? entry->id : NULL;
  return *status == 0;
}

static int run_headsets (int argc, char **argv)
{
  g_auto (Listing) listing = { 0 };
  const char *event = NULL, *date = NULL;
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "event", 'e', 0, G_OPTION_ARG_STRING, &listing.event, N_ ("Lent for one event"),
      N_ ("EVENT") },
    { "day", 'd', 0, G_OPTION_ARG_STRING, &listing.day, N_ ("Lent on that day or before"),
      N_ ("DAY") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &listing.json, N_ ("As JSON, for machines"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &listing.csv, N_ ("As CSV, for a spreadsheet"), NULL },
    { 0 },
  };
  if (!command_parse (&command_headsets, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_headsets, _ ("“%s” is not expected here"), argv[1]);
  if (listing.json && listing.csv)
    return command_usage (&command_headsets, "%s", _ ("either --json or --csv"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  if (programme != NULL && !check (journal, &listing, programme, &event, &date, &status))
    return status;
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  g_autoptr (Headsets) headsets
      = programme != NULL ? headsets_read (journal, event, date, &error) : NULL;
  if (headsets == NULL)
    return command_fail (&command_headsets, error);
  if (listing.json)
    print_json (headsets, zone);
  else
    (listing.csv ? print_csv : print_list) (headsets, zone);
  return headsets->rows->len > 0 ? EXIT_REFUSED : 0;
}
