/* venue.h: lets a test program run itself again inside a private CUPS
 * (tests/kit/venue.py), and act on its printers there. */
#pragma once

#include "patience.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <sys/wait.h>

/* Waits for a condition, which is an expression. CUPS gives a backend that is to end half a
 * minute (JobKillDelay), in which nobody works. */
#define VENUE_PATIENCE_S 90
#define venue_wait(condition) patience_wait_for (condition, VENUE_PATIENCE_S)

static inline const char *venue_directory (void)
{
  return g_getenv ("VENUE_DIRECTORY");
}

static inline char *venue_file (const char *printer, const char *name)
{
  g_autofree char *folder = g_strconcat (printer, ".control", NULL);

  return g_build_filename (venue_directory (), folder, name, NULL);
}

static inline void venue_set (const char *printer, const char *name, const char *text)
{
  g_autofree char *path = venue_file (printer, name);

  if (text != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  else
    (void) g_unlink (path);
}

/* Sheets that have come out of the printer. */
static inline guint venue_sheets (const char *printer)
{
  g_autofree char *path = venue_file (printer, "printed"), *text = NULL;
  guint lines = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    for (const char *c = text; *c != '\0'; c++)
      lines += *c == '\n';
  return lines;
}

static inline int venue_run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  int status = 0;

  for (guint i = 0; command[i] != NULL; i++)
    g_strv_builder_add (words, command[i]);
  argv = g_strv_builder_end (words);
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
                NULL, NULL, &status, &error);
  g_assert_no_error (error);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 1;
}

/* TRUE once inside a venue with a printer "badge", and "patient", whose queue waits. Else
 * the tests have run there, in a child, and @status is what to leave with. */
static inline gboolean venue_enter (int *status)
{
  g_autofree char *directory = NULL, *program = NULL, *line = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  if (venue_directory () != NULL)
    return TRUE;
  directory = g_dir_make_tmp ("accueil-test-XXXXXX", &error);
  g_assert_no_error (error);
  program = g_file_read_link ("/proc/self/exe", &error);
  g_assert_no_error (error);
  g_setenv ("VENUE_DIRECTORY", directory, TRUE);
  /* With the same words, each of which ends with a zero. */
  g_assert_true (g_file_get_contents ("/proc/self/cmdline", &line, &length, &error));
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_strv_builder_add_many (words, "python3", "tests/kit/venue.py", "run", directory, "--printer",
                           "badge", "--waiting", "patient", "--", program, NULL);
  for (const char *word = line + strlen (line) + 1; word < line + length; word += strlen (word) + 1)
    g_strv_builder_add (words, word);
  g_auto (GStrv) argv = g_strv_builder_end (words);
  *status = venue_run ((const char *const *) argv);
  if (*status == 77) {
    g_print ("1..0 # skip no private CUPS can run here\n");
    *status = 0;
  }
  venue_run ((const char *const[]){ "rm", "-rf", directory, NULL });
  return FALSE;
}
