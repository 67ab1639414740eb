/* notarise_command.c: `accueil notarise`: the heads of all stations, dated and signed,
 * so that nobody can change the past unseen; and compares such a text with a replica. */
#include "cli/command.h"
#include "core/words.h"
#include "journal/notary.h"

#include <string.h>

static int run (int argc, char **argv);

extern const Command command_notarise;
const Command command_notarise = {
  .name = "notarise",
  .usage = N_ ("[--output FILE] [--check FILE] [--db FILE]"),
  .summary = N_ ("Write how far every station's facts reach, dated and signed, to be printed or "
                 "given to somebody else; or compare such a text with what is held here now"),
  .run = run,
};

static int write_statement (Journal *journal, const char *path)
{
  GError *error = NULL;
  char *text = notary_statement (journal, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL)
    return command_fail (&command_notarise, error);
  if (path == NULL) {
    g_print ("%s", text);
    g_free (text);
    return 0;
  }
  bytes = g_bytes_new_take (text, strlen (text));
  if (!command_write (path, bytes, 0644, &error))
    return command_fail (&command_notarise, error);
  g_print (_ ("Written to %s. Print it, or give it to somebody who is not of this congress's "
              "office.\n"),
           path);
  return 0;
}

static int check_statement (Journal *journal, const char *path)
{
  g_auto (NotaryReport) report = { 0 };
  g_autofree char *text = NULL;
  GError *error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error)
      || !notary_check (journal, text, &report, &error))
    return command_fail (&command_notarise, error);
  g_print (_ ("Nothing of what station “%s” signed on %s was changed since: the histories "
              "of %u "
              "stations go on from there.\n"),
           report.station, report.time, report.heads);
  if (!report.known)
    g_print (_ ("But the key that signed it is not the one that is known here of station "
                "“%s”.\n"),
             report.station);
  return report.known ? 0 : EXIT_REFUSED;
}

static int run (int argc, char **argv)
{
  g_autofree char *output = NULL, *check = NULL;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("Write it there (default: standard output)"), N_ ("FILE") },
    { "check", 0, 0, G_OPTION_ARG_FILENAME, &check,
      N_ ("Compare this text with what is held here now"), N_ ("FILE") },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  int status;

  if (!command_parse (&command_notarise, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_notarise, _ ("“%s” is too much"), argv[1]);
  if (output != NULL && check != NULL)
    return command_usage (&command_notarise, _ ("--output and --check do not go together"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  return check != NULL ? check_statement (journal, check) : write_statement (journal, output);
}
