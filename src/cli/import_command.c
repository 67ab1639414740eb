/* import_command.c: `accueil import`: lists of delegates into the replica, after showing
 * what they would change. */
#include "cli/command.h"
#include "core/words.h"
#include "roster/import.h"

#include <stdio.h>
#include <unistd.h>

#define SHOWN_MAX 20 /* of each kind of change, without --all-changes */

static int run (int argc, char **argv);

extern const Command command_import;
const Command command_import = {
  .name = "import",
  .usage = N_ ("FILE… [--sheet NAME] [--glossary FILE] [--dry-run] [--skip-bad] [--all-changes] "
               "[--yes] [--db FILE]"),
  .summary
  = N_ ("Take lists of delegates (Excel, CSV) into the replica; shows what changes before it does"),
  .run = run,
};

typedef struct {
  char *glossary, *sheet;
  gboolean dry_run, skip_bad, all_changes, yes;
} Wishes;

static void show_progress (const char *file, guint64 done, guint64 total, gpointer data)
{
  g_autofree char *name
      = file != NULL ? g_filename_display_basename (file) : g_strdup (_ ("writing"));
  command_progress ((gint64) done, (gint64) total, name);
}

static void print_notes (const GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (notes, i));
}

static void print_faults (const Import *import)
{
  for (guint i = 0; i < import->faults->len; i++) {
    const ImportFault *fault = g_ptr_array_index (import->faults, i);
    if (*fault->value != '\0')
      g_printerr (_ ("%s:%u: %s: “%s” %s\n"), fault->file, fault->line, fault->column, fault->value,
                  fault->reason);
    else
      g_printerr (_ ("%s:%u: %s: %s\n"), fault->file, fault->line, fault->column, fault->reason);
  }
  if (import->fault_count > import->faults->len)
    g_printerr (_ ("… and %u more faults\n"), import->fault_count - import->faults->len);
}

static void print_changes (const char *mark, const GPtrArray *changes, gboolean all)
{
  guint shown = all ? changes->len : MIN (changes->len, SHOWN_MAX);
  for (guint i = 0; i < shown; i++) {
    const ImportChange *change = g_ptr_array_index (changes, i);
    g_print ("%s %s %s%s%s\n", mark, change->reference, change->name,
             *change->what != '\0' ? ": " : "", change->what);
  }
  if (shown < changes->len)
    g_print (_ ("%s … and %u more (--all-changes shows all)\n"), mark, changes->len - shown);
}

static void print_import (const Import *import, const Wishes *wishes)
{
  print_notes (import->notes);
  print_faults (import);
  print_changes ("+", import->added, wishes->all_changes);
  print_changes ("~", import->changed, wishes->all_changes);
  print_changes ("?", import->missing, wishes->all_changes);
  g_print (_ ("%u rows: %u added (+), %u changed (~), %u as before, %u bad\n"), import->rows,
           import->added->len, import->changed->len, import->unchanged, import->bad_rows);
  if (import->missing->len > 0)
    g_print (_ ("%u delegates of these lists are no longer in them (?); they are kept. To withdraw "
                "one, write “oui” in a column “annulé”.\n"),
             import->missing->len);
}

/* Asks on a terminal; elsewhere nobody is there to ask. */
static gboolean may_apply (const Import *import, const Wishes *wishes)
{
  char answer[16];
  gboolean yes = FALSE;
  if (wishes->yes || (import->changed->len == 0 && import->missing->len == 0)
      || !isatty (STDIN_FILENO) || !isatty (STDERR_FILENO))
    return TRUE;
  g_printerr ("%s", _ ("Apply this? [y/N] "));
  if (fgets (answer, sizeof answer, stdin) != NULL) {
    char first = g_ascii_tolower (answer[0]);
    yes = first == 'y' || first == 'o' || g_str_has_prefix (answer, "是");
  }
  if (!yes)
    g_printerr ("%s\n", _ ("Nothing was imported."));
  return yes;
}

static int work (Journal *journal, const char *const *paths, const Wishes *wishes)
{
  GError *error = NULL;
  ImportOptions options = { .glossary = wishes->glossary,
                            .sheet = wishes->sheet,
                            .skip_bad = wishes->skip_bad,
                            .progress = show_progress };
  g_autoptr (Import) import = import_read (journal, paths, &options, &error);

  if (import == NULL)
    return command_fail (&command_import, error);
  print_import (import, wishes);
  if (wishes->dry_run) {
    g_printerr ("%s\n", _ ("This was a dry run: nothing was written."));
    return import->fault_count > 0 && !wishes->skip_bad ? EXIT_REFUSED : 0;
  }
  if ((import->fault_count == 0 || wishes->skip_bad) && !may_apply (import, wishes))
    return EXIT_REFUSED;
  if (!import_apply (journal, import, &options, &error))
    return command_fail (&command_import, error);
  return 0;
}

static int run (int argc, char **argv)
{
  Wishes wishes = { 0 };
  GOptionEntry entries[] = {
    { "glossary", 'g', 0, G_OPTION_ARG_FILENAME, &wishes.glossary,
      N_ ("A list of words in both languages (genre, fr, zh)"), N_ ("FILE") },
    { "sheet", 's', 0, G_OPTION_ARG_STRING, &wishes.sheet,
      N_ ("The sheet of a workbook to read; else the first that has headings"), N_ ("NAME") },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &wishes.dry_run,
      N_ ("Show what would change and write nothing"), NULL },
    { "skip-bad", 0, 0, G_OPTION_ARG_NONE, &wishes.skip_bad,
      N_ ("Import the good rows although others are bad"), NULL },
    { "all-changes", 0, 0, G_OPTION_ARG_NONE, &wishes.all_changes,
      N_ ("Show every change, not the first 20 of each kind"), NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &wishes.yes, N_ ("Do not ask before delegates are changed"),
      NULL },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  g_autofree const char **paths = NULL;
  int status;

  if (!command_parse (&command_import, entries, &argc, &argv, &status)) {
    g_free (wishes.glossary);
    g_free (wishes.sheet);
    return status;
  }
  G_GNUC_UNUSED g_autofree char *glossary = wishes.glossary; /* freed on every way out */
  G_GNUC_UNUSED g_autofree char *sheet = wishes.sheet;
  if (argc < 2)
    return command_usage (&command_import, "%s", _ ("the FILE is missing"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  paths = g_new0 (const char *, argc);
  for (int i = 1; i < argc; i++)
    paths[i - 1] = argv[i];
  return work (journal, paths, &wishes);
}
