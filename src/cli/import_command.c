/* import_command.c: `accueil import`: lists of delegates into the replica, after showing
 * what they would change. */
#include "cli/desk_output.h"
#include "cli/import_preview.h"
#include "badge/badge.h"
#include "badge/font_cover.h"
#include "cli/import_report.h"
#include "cli/pager.h"
#include "cli/platform_output.h"
#include "congress/programme.h"
#include "roster/day_list.h"
#include "roster/import_headings.h"
#include "roster/status.h"
#include "core/installation.h"
#include "issuance/batch_order.h"
#include "core/words.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run (int argc, char **argv);

extern const Command command_import;
const Command command_import = {
  .name = "import",
  .usage = N_ ("FILE… [--sheet NAME] [--glossary FILE] [--event ID] [--days DAYS] "
               "[--corrections keep|list|ask] [--map HEADING=MEANING] [--report FILE] [--dry-run] "
               "[--skip-bad] [--all-changes] [--yes] [--db FILE]"),
  .summary
  = N_ ("Take lists of delegates (Excel, CSV) into the replica; shows what changes before it does"),
  .run = run,
};

typedef enum {
  CORRECTIONS_UNSAID,
  CORRECTIONS_KEEP,
  CORRECTIONS_LIST,
  CORRECTIONS_ASK
} Corrections;

typedef struct {
  char *glossary, *sheet, *list, *corrections_word, *event, *days, *report;
  char **statuses, **maps;
  Corrections corrections;
  gboolean dry_run, skip_bad, all_changes, yes;
} Choices;

static void show_progress (const char *file, guint64 done, guint64 total, gpointer data)
{
  g_autofree char *name
      = file != NULL ? g_filename_display_basename (file) : g_strdup (_ ("writing"));
  command_progress ((gint64) done, (gint64) total, name);
}

static gboolean somebody_is_there (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

/* The answer's first letter, small; NUL at the end of the input. */
static char ask (const char *question)
{
  char answer[64];
  g_printerr ("%s", question);
  if (fgets (answer, sizeof answer, stdin) == NULL)
    return '\0';
  return g_str_has_prefix (answer, "是") ? 'y' : g_ascii_tolower (answer[0]);
}

/* Asks on a terminal; elsewhere nobody is there to ask. */
static gboolean may_apply (const Import *import, const Choices *choices)
{
  if (choices->yes || (import->changed->len == 0 && import->missing->len == 0)
      || !somebody_is_there ())
    return TRUE;
  char answer = ask (_ ("Apply this? [y/N] "));
  if (answer == 'y' || answer == 'o')
    return TRUE;
  g_printerr ("%s\n", _ ("Nothing was imported."));
  return FALSE;
}

static MergeDecision ask_about (const ImportConflict *conflict, GTimeZone *zone)
{
  g_autofree char *line = import_preview_conflict (conflict, zone);
  g_printerr ("%s\n", line);
  for (;;) {
    char answer = ask (_ ("[k]eep hers, take the [l]ist's, or decide [n]ext time? "));
    if (answer == 'k' || answer == 'l')
      return answer == 'k' ? MERGE_SETTLE : MERGE_TAKE;
    if (answer == 'n' || answer == '\0')
      return MERGE_KEEP;
  }
}

/* What becomes of corrections that the lists speak against. Nothing is taken that nobody
 * has said yes to. */
static void decide (const Import *import, const Choices *choices, GTimeZone *zone)
{
  gboolean asks = choices->corrections == CORRECTIONS_ASK
                  || (choices->corrections == CORRECTIONS_UNSAID && somebody_is_there ());
  for (guint i = 0; i < import->conflicts->len; i++) {
    ImportConflict *conflict = g_ptr_array_index (import->conflicts, i);
    conflict->decision = choices->corrections == CORRECTIONS_KEEP   ? MERGE_SETTLE
                         : choices->corrections == CORRECTIONS_LIST ? MERGE_TAKE
                         : asks                                     ? ask_about (conflict, zone)
                                                                    : MERGE_KEEP;
  }
  if (import->conflicts->len > 0 && choices->corrections == CORRECTIONS_KEEP)
    g_printerr (_ ("%u corrections made by people were kept, and are decided.\n"),
                import->conflicts->len);
  if (import->conflicts->len > 0 && choices->corrections == CORRECTIONS_LIST)
    g_printerr (_ ("%u corrections made by people gave way to the lists.\n"),
                import->conflicts->len);
  if (import->conflicts->len > 0 && choices->corrections == CORRECTIONS_UNSAID && !asks)
    g_printerr (_ ("%u corrections made by people were kept (!). To decide: --corrections keep, "
                   "list or ask.\n"),
                import->conflicts->len);
}

/* Headings -------------------------------------------------------------------------- */

/* “HEADING=MEANING”; the last = decides, for a heading may hold one. */
static gboolean add_map (HeadingMap *map, const Programme *programme, const char *text,
                         GError **error)
{
  const char *equals = strrchr (text, '=');
  g_autofree char *heading = g_strndup (text, equals != NULL ? (gsize) (equals - text) : 0);
  if (*g_strstrip (heading) == '\0')
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("“%s” does not say what a heading means: write HEADING=MEANING, for "
                    "example "
                    "“Dossier n°=reference”"),
                 text);
  else if (!import_headings_may_mean (programme, equals + 1))
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
                 _ ("“%s” is no heading that is known, and no event: write one such as "
                    "référence, "
                    "nom, 姓名, email, or nothing to pass the column over"),
                 equals + 1);
  else if (!heading_map_add (map, heading, equals + 1))
    g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT, _ ("more than %d headings were named"),
                 HEADING_MAP_MAX);
  else
    return TRUE;
  return FALSE;
}

/* FALSE at the end of the input. */
static gboolean ask_heading (HeadingMap *map, const Programme *programme, const char *path,
                             const ImportHeading *heading)
{
  char answer[256];
  g_printerr (_ ("%s: the heading “%s” is not known; below it stands “%s”.\n"
                 "What is it? Write a heading such as référence, nom, 姓名, email; "
                 "Enter passes the column over: "),
              path, heading->heading, heading->example);
  while (fgets (answer, sizeof answer, stdin) != NULL) {
    const char *meaning = g_strstrip (answer);
    if (g_utf8_validate (meaning, -1, NULL) && import_headings_may_mean (programme, meaning)) {
      heading_map_add (map, heading->heading, meaning);
      return TRUE;
    }
    g_printerr (_ ("“%s” is not known either. What is it? "), meaning);
  }
  return FALSE;
}

/* What the headings mean: as the options say, and, on a terminal, as the person who sits
 * there answers. */
static gboolean learn_headings (Journal *journal, const char *const *paths,
                                const Programme *programme, const Choices *choices,
                                const ImportOptions *options, HeadingMap *map, GError **error)
{
  for (char **text = choices->maps; text != NULL && *text != NULL; text++)
    if (!add_map (map, programme, *text, error))
      return FALSE;
  for (; somebody_is_there () && !choices->yes && *paths != NULL; paths++) {
    g_autoptr (GPtrArray) unknown = import_headings_unknown (journal, *paths, options, error);
    if (unknown == NULL)
      return FALSE;
    for (guint i = 0; i < unknown->len; i++)
      if (!ask_heading (map, programme, *paths, g_ptr_array_index (unknown, i)))
        return TRUE;
  }
  return TRUE;
}

/* Applying -------------------------------------------------------------------------- */

static void preview (const Import *import, const Choices *choices, GTimeZone *zone)
{
  guint lines = import->notes->len + import->faults->len + import->added->len + import->changed->len
                + import->missing->len + import->conflicts->len + import->remarks->len;
  Pager *pager = pager_start (lines);
  import_preview_print (import, zone, choices->all_changes || pager != NULL);
  pager_end (pager);
}

static gboolean can_print (gunichar character, gpointer data)
{
  return font_cover_has (character);
}

/* Badges' fonts, to say who cannot be printed; where there are none, nobody is looked at,
 * and `accueil doctor` says so. */
static ImportCanPrint printing (void)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  return badge_fonts_start (fonts, NULL) ? can_print : NULL;
}

/* The id of the event that the whole list is given; NULL with @error if there is none
 * such.
 */
static const char *event_of (const Programme *programme, const char *word, GError **error)
{
  const ProgrammeEntry *event = programme_event (programme, word);
  if (event != NULL)
    return event->id;
  g_autofree char *words = programme_words (programme->events);
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("“%s” is no event of the event file. Write one of: %s."), word, words);
  return NULL;
}

/* The days that the whole list is given, NULL-terminated; NULL with @error if there are
 * none such. */
static char **days_of (const Programme *programme, const char *text, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autofree char *part = NULL;
  if (day_list_read (programme, text, labels, &part) == DAY_LIST_READ && labels->len > 0)
    return (char **) g_ptr_array_free (g_steal_pointer (&labels), FALSE);
  g_set_error (error, IMPORT_ERROR, IMPORT_ERROR_FORMAT,
               _ ("“%s” is no day of the event file, or several in one. Write one by one, as in "
                  "--days 26,27"),
               part != NULL ? part : text);
  return NULL;
}

/* Asks, then writes. */
static int apply (Journal *journal, Import *import, const ImportOptions *options,
                  const Choices *choices, GTimeZone *zone)
{
  GError *error = NULL;
  if (choices->dry_run) {
    g_printerr ("%s\n", _ ("This was a dry run: nothing was written."));
    return import->fault_count > 0 && !choices->skip_bad ? EXIT_REFUSED : 0;
  }
  if (import->fault_count == 0 || choices->skip_bad) {
    if (!may_apply (import, choices))
      return EXIT_REFUSED;
    decide (import, choices, zone);
  }
  guint before = 0, after = 0;
  if (!batch_order_untrue (journal, &before, &error)
      || !import_apply (journal, import, options, &error)
      || !batch_order_untrue (journal, &after, &error))
    return command_fail (&command_import, error);
  if (after > before)
    g_printerr (_ ("%u badges that were printed say something else than these lists now: "
                   "“accueil badge batch --changed” prints new ones.\n"),
                after - before);
  platform_output (journal, import->places);
  return 0;
}

static int work (Journal *journal, const char *const *paths, const Choices *choices)
{
  GError *error = NULL;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  ImportOptions options = { .glossary = choices->glossary,
                            .sheet = choices->sheet,
                            .skip_bad = choices->skip_bad,
                            .list = choices->list,
                            .can_print = printing (),
                            .choices.statuses = (const char *const *) choices->statuses,
                            .progress = show_progress };
  g_autoptr (HeadingMap) map = heading_map_new ();
  g_auto (GStrv) days = NULL;
  options.map = map;
  if (programme == NULL
      || (choices->event != NULL
          && (options.choices.event = event_of (programme, choices->event, &error)) == NULL)
      || (choices->days != NULL && (days = days_of (programme, choices->days, &error)) == NULL))
    return command_fail (&command_import, error);
  options.choices.days = (const char *const *) days;
  if (!learn_headings (journal, paths, programme, choices, &options, map, &error))
    return command_fail (&command_import, error);
  g_autoptr (Import) import = import_read (journal, paths, &options, &error);
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  if (import == NULL)
    return command_fail (&command_import, error);
  preview (import, choices, zone);
  if (choices->report != NULL && !import_report_write (import, choices->report, zone, &error))
    return command_fail (&command_import, error);
  return apply (journal, import, &options, choices, zone);
}

/* FALSE, said why, if one of them is of no use. */
static gboolean check_statuses (char *const *statuses, int *status)
{
  for (; statuses != NULL && *statuses != NULL; statuses++) {
    g_autofree char *word = NULL;
    Status meant;
    if (!status_read_meaning (*statuses, &word, &meant)) {
      *status = command_usage (&command_import,
                               _ ("“%s” does not say what a word means: write WORD=registered, "
                                  "WORD=pending or WORD=cancelled"),
                               *statuses);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean read_corrections (Choices *choices, int *status)
{
  static const char *const WORDS[]
      = { [CORRECTIONS_KEEP] = "keep", [CORRECTIONS_LIST] = "list", [CORRECTIONS_ASK] = "ask" };
  if (choices->corrections_word == NULL)
    return TRUE;
  for (guint i = CORRECTIONS_KEEP; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (choices->corrections_word, WORDS[i]) == 0) {
      choices->corrections = (Corrections) i;
      return TRUE;
    }
  *status = command_usage (&command_import,
                           _ ("“%s” is nothing to do with corrections; write keep, list or "
                              "ask"),
                           choices->corrections_word);
  return FALSE;
}

static void choices_clear (Choices *choices)
{
  g_free (choices->glossary);
  g_free (choices->sheet);
  g_free (choices->list);
  g_free (choices->event);
  g_free (choices->days);
  g_free (choices->report);
  g_strfreev (choices->statuses);
  g_strfreev (choices->maps);
  g_free (choices->corrections_word);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choices, choices_clear)

static int run (int argc, char **argv)
{
  g_auto (Choices) choices = { 0 };
  GOptionEntry entries[] = {
    { "glossary", 'g', 0, G_OPTION_ARG_FILENAME, &choices.glossary,
      N_ ("A list of words in both languages (genre, fr, zh)"), N_ ("FILE") },
    { "sheet", 's', 0, G_OPTION_ARG_STRING, &choices.sheet,
      N_ ("The sheet of a workbook to read; else the first that has headings"), N_ ("NAME") },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &choices.dry_run,
      N_ ("Show what would change and write nothing"), NULL },
    { "skip-bad", 0, 0, G_OPTION_ARG_NONE, &choices.skip_bad,
      N_ ("Import the good rows although others are bad"), NULL },
    { "corrections", 0, 0, G_OPTION_ARG_STRING, &choices.corrections_word,
      N_ ("What a person has put right and a list says otherwise now: keep hers, take the list's, "
          "or ask about each (the default on a terminal; else hers is kept)"),
      N_ ("keep|list|ask") },
    { "list", 0, 0, G_OPTION_ARG_STRING, &choices.list,
      N_ ("The list's name, by which its words are remembered (default: the file's, without dates "
          "and copy numbers)"),
      N_ ("NAME") },
    { "event", 0, 0, G_OPTION_ARG_STRING, &choices.event,
      N_ ("Register everybody of these lists for this event, by id or word"), N_ ("ID") },
    { "days", 0, 0, G_OPTION_ARG_STRING, &choices.days,
      N_ ("Give everybody of these lists these days, where a list has no column for them"),
      N_ ("DAYS") },
    { "status", 0, 0, G_OPTION_ARG_STRING_ARRAY, &choices.statuses,
      N_ ("What a word in a column of status means: registered, pending or cancelled; may be given "
          "several times"),
      N_ ("WORD=MEANING") },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &choices.maps,
      N_ ("What a heading that is not known means: a heading that is, an event, or nothing to pass "
          "it over; remembered for lists of that name; may be given several times"),
      N_ ("HEADING=MEANING") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &choices.report,
      N_ ("Write all that changes or is noticed to this file, too"), N_ ("FILE.csv|.json|.xlsx") },
    { "all-changes", 0, 0, G_OPTION_ARG_NONE, &choices.all_changes,
      N_ ("Show every change, not the first 20 of each kind"), NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &choices.yes,
      N_ ("Do not ask before delegates are changed"), NULL },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  g_autofree const char **paths = NULL;
  int status;

  if (!command_parse (&command_import, entries, &argc, &argv, &status)
      || !read_corrections (&choices, &status) || !check_statuses (choices.statuses, &status))
    return status;
  if (argc < 2)
    return command_usage (&command_import, "%s", _ ("the FILE is missing"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  paths = g_new0 (const char *, argc);
  for (int i = 1; i < argc; i++)
    paths[i - 1] = argv[i];
  return work (journal, paths, &choices);
}
