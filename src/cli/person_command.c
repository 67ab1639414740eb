/* person_command.c: `accueil person show`: what has happened to one person, in words; and
 * `accueil person export`: all that is held about her, to be given to her. */
#include "cli/command.h"

#include "badge/badge.h"
#include "cli/desk_output.h"
#include "core/installation.h"
#include "core/words.h"
#include "desk/history.h"
#include "issuance/person_sheet.h"
#include "roster/person_file.h"

#include <string.h>

static int run (int argc, char **argv);
static int run_show (int argc, char **argv);

extern const Command command_person_export;
const Command command_person_export = {
  .name = "person export",
  .usage = N_ ("REFERENCE [--output FILE.pdf|FILE.json] [--db FILE]"),
  .summary = N_ ("Write all that is held here about a delegate, to be given to that person: JSON, "
                 "or a PDF in both languages of the congress"),
  .run = run,
};

extern const Command command_person_show;
const Command command_person_show = {
  .name = "person show",
  .usage = N_ ("REFERENCE [--db FILE]"),
  .summary = N_ ("What has happened to one person, every fact in words: when, from which station, "
                 "by whom. Notes for the team and guests of protocol are in it: for the team only"),
  .run = run_show,
};

static GBytes *draw (Journal *journal, const PersonFile *file, GError **error)
{
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  return badge_fonts_start (fonts, error) ? person_sheet_draw (journal, file, error) : NULL;
}

static GBytes *write_json (Journal *journal, const PersonFile *file)
{
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  g_autofree char *line = person_file_json (file, journal, zone);
  char *text = g_strconcat (line, "\n", NULL);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean answer (const char *reference, const char *output, GError **error)
{
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return FALSE;
  g_autoptr (PersonFile) file = person_file_read (journal, reference, error);
  if (file == NULL)
    return FALSE;
  gboolean paper = output != NULL && g_str_has_suffix (output, ".pdf");
  g_autoptr (GBytes) bytes = paper ? draw (journal, file, error) : write_json (journal, file);
  if (bytes == NULL)
    return FALSE;
  if (output == NULL) {
    g_print ("%s", (const char *) g_bytes_get_data (bytes, NULL));
    return TRUE;
  }
  if (!command_write (output, bytes, 0600, error))
    return FALSE;
  g_printerr (_ ("Written to %s: what this replica holds. Lists, exports and backups are files "
                 "of their own. Delete this one once it is given.\n"),
              output);
  return TRUE;
}

static int run (int argc, char **argv)
{
  g_autofree char *output = NULL;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("The file to write, .pdf or .json (default: JSON to standard output)"), N_ ("FILE") },
    { 0 },
  };
  GError *error = NULL;
  int status = 0;
  if (!command_parse (&command_person_export, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_person_export, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if (output != NULL && !g_str_has_suffix (output, ".pdf") && !g_str_has_suffix (output, ".json"))
    return command_usage (&command_person_export, _ ("“%s” ends neither with .pdf nor with .json"),
                          output);
  if (answer (argv[1], output, &error))
    return 0;
  return error != NULL ? command_fail (&command_person_export, error) : EXIT_REFUSED;
}

/* What has happened ------------------------------------------------------------------ */

static void say_entry (const HistoryEntry *entry, GTimeZone *zone)
{
  g_autofree char *time = desk_output_time (zone, entry->at_ms, FALSE),
                  *text = desk_output_clean (g_strdup (entry->texts[words_own_side ()])),
                  *who = desk_output_clean (g_strdup (entry->volunteer));
  g_print ("%s  %s  [%s%s%s]\n", time, text, entry->station, *who != '\0' ? ", " : "", who);
}

static gboolean show (const char *reference, GError **error)
{
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return FALSE;
  g_autoptr (PersonFile) file = person_file_read (journal, reference, error);
  g_autoptr (GPtrArray) entries = file != NULL ? history_read (journal, reference, error) : NULL;
  if (entries == NULL)
    return FALSE;
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  g_autofree char *name
      = file->delegate != NULL ? delegate_display_name (file->delegate) : g_strdup ("–");
  g_print ("%s  %s\n", reference, desk_output_clean (name));
  for (guint i = 0; i < entries->len; i++)
    say_entry (entries->pdata[i], zone);
  return TRUE;
}

static int run_show (int argc, char **argv)
{
  GOptionEntry entries[] = { { 0 } };
  GError *error = NULL;
  int status = 0;
  if (!command_parse (&command_person_show, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_person_show, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if (show (argv[1], &error))
    return 0;
  return error != NULL ? command_fail (&command_person_show, error) : EXIT_REFUSED;
}
