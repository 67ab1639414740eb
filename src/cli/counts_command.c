/* counts_command.c: `accueil counts`: how many are registered, have arrived, are
 * inside. */
#include "cli/command.h"

#include "counts/counts.h"
#include "core/words.h"

#include <stdio.h>

#define FIGURES 5
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

/* Over the figures, one language under the other. */
static const char *const HEADINGS_FR[FIGURES]
    = { "inscrits", "arrivés", "présents", "passages", "refusés" };
static const char *const HEADINGS_ZH[FIGURES] = { "已报名", "已到场", "在场", "通行", "未放行" };

/* @text cut to LABEL_COLUMNS_MAX columns of a terminal. */
static char *fitted (const char *text)
{
  g_autoptr (GString) cut = g_string_new (NULL);
  int columns = 0;
  for (const char *p = text; *p; p += g_utf8_skip[(guchar) *p]) {
    char one[7] = { 0 };
    g_unichar_to_utf8 (g_utf8_get_char (p), one);
    columns += command_columns (one);
    if (columns >= LABEL_COLUMNS_MAX) {
      g_string_append (cut, "…");
      break;
    }
    g_string_append (cut, one);
  }
  return g_strdup (cut->str);
}

static char *label_of (const CountsRow *row)
{
  gboolean same = g_strcmp0 (row->fr, row->zh) == 0;
  g_autofree char *both = same ? g_strdup (row->fr) : g_strdup_printf ("%s · %s", row->fr, row->zh);
  return fitted (both);
}

static void print_padded (const char *text, int width)
{
  printf ("%s%*s", text, MAX (0, width - command_columns (text)), "");
}

static void print_right (const char *text, int width)
{
  printf ("  %*s%s", MAX (0, width - command_columns (text)), "", text);
}

static void print_figures (const char *label, int label_width, const int widths[FIGURES],
                           const gint64 figures[FIGURES])
{
  print_padded (label, label_width);
  for (int i = 0; i < FIGURES; i++) {
    g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, figures[i]);
    print_right (text, widths[i]);
  }
  putchar ('\n');
}

static void print_headings (int label_width, const int widths[FIGURES],
                            const char *const headings[FIGURES])
{
  print_padded ("", label_width);
  for (int i = 0; i < FIGURES; i++)
    print_right (headings[i], widths[i]);
  putchar ('\n');
}

static void print_rows (const Counts *counts)
{
  static const char TOTAL[] = "Total · 总计";
  int label_width = command_columns (TOTAL), widths[FIGURES];
  for (int i = 0; i < FIGURES; i++)
    widths[i] = MAX (7, MAX (command_columns (HEADINGS_FR[i]), command_columns (HEADINGS_ZH[i])));
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < counts->rows->len; i++) {
    g_ptr_array_add (labels, label_of (counts->rows->pdata[i]));
    label_width = MAX (label_width, command_columns (labels->pdata[i]));
  }
  print_headings (label_width, widths, HEADINGS_FR);
  print_headings (label_width, widths, HEADINGS_ZH);
  print_figures (TOTAL, label_width, widths,
                 (const gint64[FIGURES]){ counts->registered, counts->arrived, counts->inside,
                                          counts->passages, counts->refused });
  for (guint i = 0; i < counts->rows->len; i++) {
    const CountsRow *row = counts->rows->pdata[i];
    print_figures (labels->pdata[i], label_width, widths,
                   (const gint64[FIGURES]){ row->registered, row->arrived, row->inside,
                                            row->passages, row->refused });
  }
}

/* What stands beside the table. */
static void print_rest (const Counts *counts)
{
#define N "%" G_GINT64_FORMAT
  printf ("\nBadges · 胸卡"
          "  imprimés · 已打印 " N "  en attente · 待打印 " N "\n",
          counts->badges_printed, counts->badges_waiting);
  if (*counts->second_event)
    printf ("Publics · 观众"
            "  %s + %s " N "  seulement · 仅 %s " N "  seulement · 仅 %s " N "\n",
            counts->first_event, counts->second_event, counts->both_events, counts->first_event,
            counts->only_first, counts->second_event, counts->only_second);
  printf ("Conflits · 冲突"
          "  à clore · 待处理 " N "\n",
          counts->conflicts);
  if (*counts->inside_day)
    printf ("« présents » se rapporte au %s · “在场”指 %s\n", counts->inside_day,
            counts->inside_day);
#undef N
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
  g_autoptr (Counts) counts = counts_read (journal, by, &error);
  if (counts == NULL)
    return command_fail (&command_counts, g_steal_pointer (&error));
  if (json || csv) {
    g_autofree char *text = json ? counts_to_json (counts) : counts_to_csv (counts);
    printf ("%s%s", text, json ? "\n" : "");
  } else {
    print_rows (counts);
    print_rest (counts);
  }
  return 0;
}
