/* counts_command.c: `accueil counts`: how many are registered, have arrived, are
 * inside. */
#include "cli/command.h"

#include "counts/as_of.h"
#include "counts/counts.h"
#include "journal/query.h"
#include "core/text.h"
#include "core/words.h"

#include <stdio.h>

#define LABEL_COLUMNS_MAX 48

static int run (int argc, char **argv);

extern const Command command_counts;
const Command command_counts = {
  .name = "counts",
  .usage
  = N_ ("[--by event|day|checkpoint|category|delegation|country] [--json|--csv] [--db FILE]"),
  .summary = N_ ("Count: registered, arrived, inside; by event, day, checkpoint, category, "
                 "delegation or country"),
  .run = run,
};

static char *label_of (const CountsRow *row)
{
  g_autofree char *both = words_line ((Pair){ row->fr, row->zh });
  return text_fitted (both, LABEL_COLUMNS_MAX);
}

static void print_padded (const char *text, int width)
{
  printf ("%s%*s", text, MAX (0, width - text_columns (text)), "");
}

static void print_right (const char *text, int width)
{
  printf ("  %*s%s", MAX (0, width - text_columns (text)), "", text);
}

static void print_figures (const char *label, int label_width, const int widths[COUNTS_FIGURES],
                           const gint64 figures[COUNTS_FIGURES])
{
  print_padded (label, label_width);
  for (int i = 0; i < COUNTS_FIGURES; i++) {
    g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, figures[i]);
    print_right (text, widths[i]);
  }
  putchar ('\n');
}

/* Over the figures, one language under the other. */
static void print_headings (int label_width, const int widths[COUNTS_FIGURES], WordsSide side)
{
  print_padded ("", label_width);
  for (guint i = 0; i < COUNTS_FIGURES; i++)
    print_right (words_side (counts_heading (i), side), widths[i]);
  putchar ('\n');
}

static void print_rows (const Counts *counts)
{
  g_autofree char *total = words_line (words_pair_in ("counts", "Total"));
  int label_width = text_columns (total), widths[COUNTS_FIGURES];
  for (guint i = 0; i < COUNTS_FIGURES; i++) {
    Pair heading = counts_heading (i);
    widths[i] = MAX (7, MAX (text_columns (heading.first), text_columns (heading.second)));
  }
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < counts->rows->len; i++) {
    g_ptr_array_add (labels, label_of (counts->rows->pdata[i]));
    label_width = MAX (label_width, text_columns (labels->pdata[i]));
  }
  print_headings (label_width, widths, WORDS_FIRST);
  print_headings (label_width, widths, WORDS_SECOND);
  print_figures (total, label_width, widths,
                 (const gint64[COUNTS_FIGURES]){ counts->registered, counts->arrived,
                                                 counts->inside, counts->passages,
                                                 counts->refused });
  for (guint i = 0; i < counts->rows->len; i++) {
    const CountsRow *row = counts->rows->pdata[i];
    print_figures (labels->pdata[i], label_width, widths,
                   (const gint64[COUNTS_FIGURES]){ row->registered, row->arrived, row->inside,
                                                   row->passages, row->refused });
  }
}

/* "imprimés · 已打印 12" */
static void print_figure (Pair name, gint64 figure)
{
  g_autofree char *both = words_line (name);

  printf ("  %s %" G_GINT64_FORMAT, both, figure);
}

/* "seulement · 仅 cuf 12" */
static void print_alone (const char *event, gint64 figure)
{
  g_autofree char *both = words_line (words_pair_in ("counts", NC_ ("counts", "only")));

  printf ("  %s %s %" G_GINT64_FORMAT, both, event, figure);
}

/* What stands beside the table. */
static void print_rest (const Counts *counts)
{
  g_autofree char *badges = words_line (words_pair_in ("counts", NC_ ("counts", "Badges"))),
                  *people = words_line (words_pair_in ("counts", NC_ ("counts", "Participants"))),
                  *conflicts = words_line (words_pair_in ("counts", NC_ ("counts", "Conflicts")));

  printf ("\n%s", badges);
  print_figure (words_pair_in ("counts", NC_ ("counts", "printed")), counts->badges_printed);
  print_figure (words_pair_in ("counts", NC_ ("counts", "waiting")), counts->badges_waiting);
  if (*counts->second_event) {
    printf ("\n%s  %s + %s %" G_GINT64_FORMAT, people, counts->first_event, counts->second_event,
            counts->both_events);
    print_alone (counts->first_event, counts->only_first);
    print_alone (counts->second_event, counts->only_second);
  }
  printf ("\n%s", conflicts);
  print_figure (words_pair_in ("counts", NC_ ("counts", "to be closed")), counts->conflicts);
  putchar ('\n');
  if (*counts->inside_day) {
    g_auto (OwnedPair) day = words_filled ("“inside” is of %s", counts->inside_day);
    g_autofree char *both = words_line (words_of_owned (&day));
    puts (both);
  }
}

/* As of when, which stations this hub has heard, and at which head of the journal. */
static void print_as_of (const AsOf *as_of)
{
  g_autofree char *first = as_of_line_for (as_of, WORDS_FIRST),
                  *second = as_of_line_for (as_of, WORDS_SECOND),
                  *head = words_line (words_pair_in ("report", NC_ ("report", "Journal head")));

  printf ("\n%s\n%s\n%s  %.12s\n", first, second, head, as_of->head);
}

static int run (int argc, char **argv)
{
  g_autofree char *by_name = NULL;
  gboolean json = FALSE, csv = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "by", 'b', 0, G_OPTION_ARG_STRING, &by_name,
      N_ ("A row for each event, day, checkpoint, category, delegation or country"), N_ ("WHAT") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_ ("As CSV, for a spreadsheet"), NULL },
    { 0 },
  };
  CountsBy by = COUNTS_TOTAL;
  if (!command_parse (&command_counts, entries, &argc, &argv, &status))
    return status;
  if (argc != 1)
    return command_usage (&command_counts, _ ("“%s” is not expected here"), argv[1]);
  if (by_name != NULL && !counts_by_from_name (by_name, &by))
    return command_usage (&command_counts,
                          _ ("“%s” cannot be counted by; there are event, day, checkpoint, "
                             "category, delegation and country"),
                          by_name);
  if (json && csv)
    return command_usage (&command_counts, _ ("either --json or --csv"));

  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GError) error = NULL;
  if (!journal_view_begin (journal, &error))
    return command_fail (&command_counts, g_steal_pointer (&error));
  g_autoptr (AsOf) as_of = as_of_read (journal, &error);
  g_autoptr (Counts) counts = as_of != NULL ? counts_read (journal, by, &error) : NULL;
  journal_view_end (journal);
  if (counts == NULL)
    return command_fail (&command_counts, g_steal_pointer (&error));
  if (json || csv) {
    g_autofree char *text = json ? counts_to_json (counts) : counts_to_csv (counts);
    printf ("%s%s", text, json ? "\n" : "");
  } else {
    print_rows (counts);
    print_rest (counts);
    print_as_of (as_of);
  }
  return 0;
}
