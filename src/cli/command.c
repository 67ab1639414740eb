#include "cli/command.h"

#include "congress/languages.h"
#include "core/text.h"
#include "core/words.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_DB "/var/lib/accueil/accueil.db"
#define PROGRESS_EVERY_US (G_USEC_PER_SEC / 10)

/* One process runs one command. */
static const Command *running;
static char *db_path;

/* Help ------------------------------------------------------------------------------- */

static char *option_text (const GOptionEntry *entry)
{
  const char *value = entry->arg_description != NULL ? _ (entry->arg_description) : NULL;
  g_autofree char *letter
      = entry->short_name != 0 ? g_strdup_printf ("-%c, ", entry->short_name) : g_strdup ("");

  return g_strdup_printf ("  %s--%s%s%s", letter, entry->long_name, value != NULL ? " " : "",
                          value != NULL ? value : "");
}

static const GOptionEntry SHARED[] = {
  { "db", 0, 0, G_OPTION_ARG_FILENAME, &db_path,
    N_ ("The replica (default: $ACCUEIL_DB, else /var/lib/accueil/accueil.db)"), N_ ("FILE") },
  { "help", 'h', 0, G_OPTION_ARG_NONE, NULL, N_ ("Show this help"), NULL },
  { 0 },
};

static void print_options (const GOptionEntry *entries, int width)
{
  for (const GOptionEntry *entry = entries; entry != NULL && entry->long_name != NULL; entry++) {
    g_autofree char *text = NULL;
    if (entry->flags & G_OPTION_FLAG_HIDDEN || entry->long_name[0] == '\0')
      continue;
    text = option_text (entry);
    g_print ("%s%*s%s\n", text, MAX (2, width - text_columns (text)), "",
             entry->description != NULL ? _ (entry->description) : "");
  }
}

static int options_width (const GOptionEntry *entries)
{
  int width = 0;

  for (const GOptionEntry *entry = entries; entry != NULL && entry->long_name != NULL; entry++) {
    g_autofree char *text = option_text (entry);
    width = MAX (width, text_columns (text) + 2);
  }
  return width;
}

static void command_print_help (const Command *command, const GOptionEntry *entries)
{
  const char *usage = command->usage != NULL && command->usage[0] != '\0' ? _ (command->usage) : "";
  int width = MAX (options_width (entries), options_width (SHARED));

  g_print (_ ("Usage: accueil %s %s\n\n%s\n\nOptions:\n"), command->name, usage,
           _ (command->summary));
  print_options (entries, width);
  print_options (SHARED, width);
}

/* Parsing ---------------------------------------------------------------------------- */

static gboolean has_option (const GOptionEntry *entries, const char *name, gsize length)
{
  for (const GOptionEntry *entry = entries; entry != NULL && entry->long_name != NULL; entry++)
    if (strlen (entry->long_name) == length && strncmp (entry->long_name, name, length) == 0)
      return TRUE;
  return FALSE;
}

/* GLib tells that an option is unknown in its own catalogue's words, if that is
 * installed; we look for it and say it in ours. */
static const char *unknown_option (const GOptionEntry *entries, int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    const char *name = argv[i] + 2;
    if (strcmp (argv[i], "--") == 0)
      break;
    if (argv[i][0] != '-' || argv[i][1] == '\0')
      continue;
    if (argv[i][1] != '-')
      return argv[i];
    if (!has_option (entries, name, strcspn (name, "="))
        && !has_option (SHARED, name, strcspn (name, "=")))
      return argv[i];
  }
  return NULL;
}

/* GOption leaves "--" in place before arguments that look like options. */
static void drop_separator (int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    if (strcmp (argv[i], "--") == 0) {
      memmove (argv + i, argv + i + 1, (gsize) (*argc - i) * sizeof *argv);
      (*argc)--;
      return;
    }
}

gboolean command_parse (const Command *command, GOptionEntry *entries, int *argc, char ***argv,
                        int *status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean help = FALSE;
  GOptionEntry shared[G_N_ELEMENTS (SHARED)];

  memcpy (shared, SHARED, sizeof shared);
  shared[1].arg_data = &help;
  running = command;
  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, shared, NULL);

  if (!g_option_context_parse (context, argc, argv, &error)) {
    const char *unknown = g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)
                              ? unknown_option (entries, *argc, *argv)
                              : NULL;
    *status = unknown != NULL ? command_usage (command, _ ("unknown option “%s”"), unknown)
                              : command_usage (command, "%s", error->message);
    return FALSE;
  }
  if (help) {
    command_print_help (command, entries);
    *status = 0;
    return FALSE;
  }
  drop_separator (argc, *argv);
  return TRUE;
}

/* Speaking --------------------------------------------------------------------------- */

int command_fail (const Command *command, GError *error)
{
  g_printerr ("accueil %s: %s\n", command->name,
              error != NULL ? error->message : _ ("failed for an unknown reason"));
  g_clear_error (&error);
  return EXIT_REFUSED;
}

gboolean command_write (const char *path, GBytes *bytes, int mode, GError **error)
{
  if (path[0] == '\0'
      || (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _ ("“%s” is no file; name one that is, or is to be made"), path);
    return FALSE;
  }
  return g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL),
                                   (gssize) g_bytes_get_size (bytes),
                                   G_FILE_SET_CONTENTS_CONSISTENT, mode, error);
}

int command_usage (const Command *command, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("accueil %s: %s\n", command->name, message);
  g_printerr (_ ("Usage: accueil %s %s\n“accueil %s --help” says more.\n"), command->name,
              command->usage != NULL && command->usage[0] ? _ (command->usage) : "", command->name);
  return EXIT_USAGE;
}

void command_progress (gint64 done, gint64 total, gpointer label)
{
  static gint64 last_us;
  gint64 now_us = g_get_monotonic_time ();

  if (!isatty (STDERR_FILENO))
    return;
  if (done >= total)
    g_printerr ("\r\033[K");
  else if (now_us - last_us >= PROGRESS_EVERY_US) {
    last_us = now_us;
    g_printerr ("\r\033[K%s %d %% (%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT ")",
                (const char *) label, (int) (done * 100 / MAX (total, 1)), done, total);
  }
}

void command_csv_append (GString *csv, const char *text, gboolean last)
{
  const char *guard = text_is_formula (text) ? "'" : "";

  if (strpbrk (text, "\",;\r\n\t") == NULL)
    g_string_append_printf (csv, "%s%s", guard, text);
  else {
    g_string_append_printf (csv, "\"%s", guard);
    for (const char *at = text; *at != '\0'; at++)
      g_string_append_len (csv, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
    g_string_append_c (csv, '"');
  }
  g_string_append (csv, last ? "\r\n" : ",");
}

/* Places ----------------------------------------------------------------------------- */

const char *command_db (void)
{
  const char *environment = g_getenv ("ACCUEIL_DB");

  if (db_path != NULL)
    return db_path;
  return environment != NULL && environment[0] != '\0' ? environment : DEFAULT_DB;
}

/* What to do, where the journal's own message does not say it yet. */
static const char *remedy_of (const GError *error, const char *path)
{
  if (g_error_matches (error, JOURNAL_ERROR, JOURNAL_ERROR_NOT_OURS))
    return _ ("Name the right file with --db or $ACCUEIL_DB; this one was left as it was.");
  if (g_file_test (path, G_FILE_TEST_EXISTS) && access (path, R_OK | W_OK) != 0)
    return _ ("Run the command as the user that owns the file (usually “accueil”), and see that "
              "its file system is writable and not full.");
  return NULL;
}

gboolean command_clock (Clock *clock)
{
  const char *chosen = g_getenv ("ACCUEIL_NOW");

  *clock = clock_system ();
  if (chosen == NULL || chosen[0] == '\0' || clock_shifted (chosen, clock))
    return TRUE;
  g_printerr (_ ("accueil %s: $ACCUEIL_NOW is “%s”, which is no time; write it as "
                 "2016-10-26T09:12:00+08:00\n"),
              running->name, chosen);
  return FALSE;
}

/* What has no words reads English: no reason not to go on. */
static void choose_languages (Journal *journal)
{
  g_autoptr (GError) error = NULL;

  if (!languages_choose (journal, &error))
    g_printerr ("accueil %s: %s\n", running->name, error->message);
}

Journal *command_open (void)
{
  g_autoptr (GError) error = NULL;
  Journal *journal;
  Clock clock;

  if (!command_clock (&clock))
    return NULL;
  journal = journal_open (command_db (), clock, &error);
  if (journal == NULL) {
    const char *remedy = remedy_of (error, command_db ());
    g_printerr ("accueil %s: %s\n", running->name, error->message);
    if (remedy != NULL)
      g_printerr ("%s\n", remedy);
  } else
    choose_languages (journal);
  return journal;
}

void command_languages (void)
{
  g_autoptr (Journal) journal = g_file_test (command_db (), G_FILE_TEST_IS_REGULAR)
                                    ? journal_open (command_db (), clock_system (), NULL)
                                    : NULL;

  if (journal != NULL)
    choose_languages (journal);
}
