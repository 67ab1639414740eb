/* event_command.c: `accueil event load` and `accueil event show`: the file that describes
 * the congress. */
#include "cli/command.h"
#include "cli/platform_output.h"

#include "badge/logo_row.h"
#include "congress/checkpoint.h"
#include "congress/event_file.h"
#include "core/text.h"
#include "core/words.h"
#include "congress/programme.h"

#include <stdio.h>

static int run_load (int argc, char **argv);
static int run_show (int argc, char **argv);

extern const Command command_event_load, command_event_show;
const Command command_event_load = {
  .name = "event load",
  .usage = N_ ("FILE [--db FILE]"),
  .summary = N_ ("Load the event file: events, days, categories, sessions, checkpoints; only what "
                 "differs is written"),
  .run = run_load,
};
const Command command_event_show = {
  .name = "event show",
  .usage = N_ ("[--db FILE]"),
  .summary
  = N_ ("Show what this replica knows of the congress: events, days, sessions and checkpoints"),
  .run = run_show,
};

/* As it will be drawn on white. */
static gboolean check_logo (GBytes *picture, gboolean svg, GError **error)
{
  g_autoptr (LogoRow) row = logo_row_new ();
  return logo_row_add (row, picture, svg, error);
}

static int run_load (int argc, char **argv)
{
  int status = 0;
  if (!command_parse (&command_event_load, NULL, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_event_load,
                          argc < 2 ? _ ("which file?") : _ ("one file at a time"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GError) error = NULL;
  DefinitionSummary summary;
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const DefinitionLook look = { check_logo, places };
  if (!event_file_load (journal, argv[1], &look, &summary, &error)) {
    if (!g_error_matches (error, DEFINITION_ERROR, DEFINITION_ERROR_CONTENT))
      return command_fail (&command_event_load, g_steal_pointer (&error));
    g_printerr (_ ("accueil event load: the file has faults; nothing was loaded:\n%s\n"),
                error->message);
    return EXIT_REFUSED;
  }
  g_print (
      _ ("%s: %u events, %u days, %u categories, %u delegations, %u sessions, %u checkpoints.\n"),
      argv[1], summary.events, summary.days, summary.categories, summary.delegations,
      summary.sessions, summary.checkpoints);
  if (summary.facts == 0)
    g_print (_ ("Nothing has changed.\n"));
  else if (summary.removed == 0)
    g_print (_ ("Definitions written: %u.\n"), summary.facts);
  else
    g_print (_ ("Definitions written: %u, of which taken out: %u.\n"), summary.facts,
             summary.removed);
  platform_output (journal, places);
  return 0;
}

static void print_title (const char *msgid)
{
  g_autofree char *title = words_line (words_pair_in ("programme", msgid));

  g_print ("\n%s\n", title);
}

static void print_pair (const char *id, const char *fr, const char *zh)
{
  g_print ("  %s%*s  %s · %s\n", id, MAX (0, 14 - text_columns (id)), "", fr, zh);
}

static void print_entries (const char *title, GPtrArray *entries)
{
  print_title (title);
  for (guint i = 0; i < entries->len; i++) {
    const ProgrammeEntry *entry = entries->pdata[i];
    print_pair (entry->id, entry->fr, entry->zh);
  }
}

static gboolean print_checkpoints (Journal *journal, GError **error)
{
  g_auto (GStrv) ids = checkpoint_ids (journal, error);
  if (ids == NULL)
    return FALSE;
  print_title (NC_ ("programme", "Checkpoints"));
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (Checkpoint) checkpoint = checkpoint_load (journal, ids[i], error);
    if (checkpoint == NULL)
      return FALSE;
    print_pair (ids[i], checkpoint->fr, checkpoint->zh);
  }
  return TRUE;
}

static int run_show (int argc, char **argv)
{
  int status = 0;
  if (!command_parse (&command_event_show, NULL, &argc, &argv, &status))
    return status;
  if (argc != 1)
    return command_usage (&command_event_show, _ ("“%s” is not expected here"), argv[1]);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GError) error = NULL;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  if (programme == NULL)
    return command_fail (&command_event_show, g_steal_pointer (&error));
  if (*programme->fr == '\0') {
    g_printerr (_ ("accueil event show: this replica knows no congress yet; load one with “accueil "
                   "event load FILE”\n"));
    return EXIT_REFUSED;
  }
  g_print ("%s\n%s\n%s · %s  (%s)\n", programme->fr, programme->zh, programme->place_fr,
           programme->place_zh, programme->timezone);
  print_title (NC_ ("programme", "Days"));
  for (guint i = 0; i < programme->days->len; i++) {
    const Day *day = programme->days->pdata[i];
    g_print ("  %s%*s  %s\n", day->label, MAX (0, 14 - text_columns (day->label)), "", day->date);
  }
  print_entries (NC_ ("programme", "Events"), programme->events);
  print_entries (NC_ ("programme", "Categories"), programme->categories);
  print_entries (NC_ ("programme", "Workshops"), programme->sessions);
  if (!print_checkpoints (journal, &error))
    return command_fail (&command_event_show, g_steal_pointer (&error));
  return 0;
}
