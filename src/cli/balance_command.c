/* balance_command.c: `accueil balance`: the two sides by rank and category, and where one
 * has no equal for a rank of the other. */
#include "cli/desk_output.h"

#include "core/text.h"
#include "core/words.h"
#include "counts/balance.h"
#include "journal/query.h"

#include <stdio.h>
#include <string.h>

#define LABEL_COLUMNS_MAX 44
#define FIGURES 4

static int run (int argc, char **argv);

extern const Command command_balance;
const Command command_balance = {
  .name = "balance",
  .usage = N_ ("[--event ID] [--live] [--to-confirm] [--json] [--db FILE]"),
  .summary = N_ ("Hold the two sides against each other by rank and category; fails where one has "
                 "no equal for a rank of the other"),
  .run = run,
};

static const char *const HEADINGS[FIGURES]
    = { NC_ ("balance", "invited"), NC_ ("balance", "registered"), NC_ ("balance", "arrived"),
        NC_ ("balance", "inside") };

static Pair side_words (FiguresSide side)
{
  static const char *const SIDES[FIGURES_SIDES]
      = { NC_ ("balance", "France"), NC_ ("balance", "China"), NC_ ("balance", "Others") };
  return words_pair_in ("balance", SIDES[side]);
}

/* Both languages, cut to what a column holds. */
static void print_label (const char *fr, const char *zh)
{
  g_autofree char *both = words_line ((Pair){ fr, zh });
  g_autofree char *label = text_fitted (both, LABEL_COLUMNS_MAX);
  printf ("%s%*s", label, LABEL_COLUMNS_MAX - text_columns (label), "");
}

static void print_figure (gint64 figure)
{
  printf (" %5lld", (long long) figure);
}

static void print_counts (const BalanceRow *row)
{
  for (FiguresSide side = FIGURES_FRANCE; side < FIGURES_SIDES; side++) {
    const BalanceCount *count = &row->sides[side];
    print_figure (count->invited);
    print_figure (count->registered);
    print_figure (count->arrived);
    print_figure (count->inside);
    fputs (side + 1 < FIGURES_SIDES ? " |" : "", stdout);
  }
}

/* “no equal on the Chinese side” */
static void print_lack (const BalanceRow *row, BalanceOf of)
{
  static const char *const LACKS[] = { N_ ("no equal from France"), N_ ("no equal from China") };
  FiguresSide side;
  if (!balance_lacks (row, of, &side))
    return;
  g_autofree char *both = words_line (words_pair (LACKS[side == FIGURES_CHINA]));
  printf ("  ← %s", both);
}

static void print_rows (const GPtrArray *rows, gboolean ranks, BalanceOf of)
{
  for (guint i = 0; i < rows->len; i++) {
    const BalanceRow *row = rows->pdata[i];
    print_label (row->fr, row->zh);
    print_counts (row);
    if (ranks)
      print_lack (row, of);
    putchar ('\n');
  }
}

/* The sides over four figures each, then what the figures are, by their first letters'
 * words in a line of its own. */
static void print_heading (const char *title)
{
  g_autofree char *both = words_line (words_pair_in ("balance", title));
  print_label (both, "");
  for (FiguresSide side = FIGURES_FRANCE; side < FIGURES_SIDES; side++) {
    g_autofree char *name = words_line (side_words (side));
    printf (" %s%*s%s", name, MAX (0, 6 * FIGURES - 1 - text_columns (name)), "",
            side + 1 < FIGURES_SIDES ? " |" : "");
  }
  putchar ('\n');
}

static void print_legend (void)
{
  for (guint i = 0; i < FIGURES; i++) {
    g_autofree char *word = words_line (words_pair_in ("balance", HEADINGS[i]));
    printf ("%s%s", i > 0 ? ", " : "", word);
  }
  putchar ('\n');
}

static void print_guesses (const Balance *balance)
{
  for (guint i = 0; i < balance->guesses->len; i++) {
    const BalanceGuess *guess = balance->guesses->pdata[i];
    const BalanceRow *rank = balance->ranks->pdata[guess->rank];
    g_autofree char *line = g_strdup_printf ("%s\t%s\t%s\t%s · %s", guess->reference, guess->name,
                                             guess->function, rank->fr, rank->zh);
    puts (desk_output_clean (line));
  }
  g_print (_ ("Ranks that follow from functions: %u. Each is confirmed, or set right, by “accueil "
              "correct REFERENCE --rank RANK --volunteer NAME”, or by a column of ranks in a "
              "list.\n"),
           balance->guesses->len);
}

static void print_all (const Balance *balance, BalanceOf of)
{
  print_heading (NC_ ("balance", "Ranks"));
  print_rows (balance->ranks, TRUE, of);
  putchar ('\n');
  print_heading (NC_ ("balance", "Categories"));
  print_rows (balance->categories, FALSE, of);
  putchar ('\n');
  print_legend ();
  if (balance->guessed > 0)
    g_print (_ ("Of these, ranks that follow from functions: %u; --to-confirm lists them.\n"),
             (guint) balance->guessed);
}

/* An event that there is, or none was asked for. */
static gboolean check_event (Journal *journal, const char *event, GError **error)
{
  g_autoptr (Programme) programme = programme_read (journal, error);
  if (programme == NULL)
    return FALSE;
  for (guint i = 0; event != NULL && i < programme->events->len; i++)
    if (strcmp (((const ProgrammeEntry *) programme->events->pdata[i])->id, event) == 0)
      return TRUE;
  if (event == NULL)
    return TRUE;
  g_autofree char *events = programme_words (programme->events);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("there is no event “%s” in the event file; there are: %s"), event, events);
  return FALSE;
}

static int run (int argc, char **argv)
{
  g_autofree char *event = NULL;
  gboolean json = FALSE, live = FALSE, to_confirm = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "event", 'e', 0, G_OPTION_ARG_STRING, &event, N_ ("Of one event only"), N_ ("ID") },
    { "live", 'l', 0, G_OPTION_ARG_NONE, &live,
      N_ ("Look for equals among those who are inside, instead of those registered"), NULL },
    { "to-confirm", 0, 0, G_OPTION_ARG_NONE, &to_confirm,
      N_ ("List the people whose rank follows from their function, for a person to confirm"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_balance, entries, &argc, &argv, &status))
    return status;
  if (argc != 1)
    return command_usage (&command_balance, _ ("“%s” is not expected here"), argv[1]);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GError) error = NULL;
  if (!journal_view_begin (journal, &error))
    return command_fail (&command_balance, g_steal_pointer (&error));
  g_autoptr (Balance) balance = check_event (journal, event, &error)
                                    ? balance_read (journal, event, json || to_confirm, &error)
                                    : NULL;
  journal_view_end (journal);
  if (balance == NULL)
    return command_fail (&command_balance, g_steal_pointer (&error));
  BalanceOf of = live ? BALANCE_INSIDE : BALANCE_REGISTERED;
  if (json) {
    g_autofree char *text = balance_json (balance);
    puts (text);
  } else if (to_confirm)
    print_guesses (balance);
  else
    print_all (balance, of);
  return !to_confirm && balance_lacking (balance, of) > 0 ? EXIT_REFUSED : 0;
}
