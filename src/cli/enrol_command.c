/* enrol_command.c: `accueil enrol`: makes this replica one of a hub's stations. */
#include "cli/command.h"
#include "core/words.h"
#include "sync/client.h"

#include <stdio.h>
#include <string.h>

#define CODE_LINE_MAX 4096

static int run (int argc, char **argv);

extern const Command command_enrol;
const Command command_enrol = {
  .name = "enrol",
  .usage = N_ ("CODE|- [--db FILE]"),
  .summary = N_ ("Join the hub that printed this one-time code (accueil-hub invite STATION); “-” "
                 "reads it from standard input"),
  .run = run,
};

/* One line of standard input; free with g_free(). */
static char *read_code (void)
{
  char line[CODE_LINE_MAX] = "";

  return fgets (line, sizeof line, stdin) != NULL ? g_strdup (line) : g_strdup ("");
}

static int run (int argc, char **argv)
{
  GOptionEntry entries[] = { { 0 } };
  g_autoptr (Journal) journal = NULL;
  g_autofree char *code = NULL;
  gint64 taken = 0;
  GError *error = NULL;
  int status;

  if (!command_parse (&command_enrol, entries, &argc, &argv, &status))
    return status;
  if (argc < 2)
    return command_usage (
        &command_enrol,
        _ ("the code is missing; on the hub, “accueil-hub invite STATION” prints one"));
  if (argc > 2)
    return command_usage (&command_enrol, _ ("“%s” is too much"), argv[2]);
  journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  code = strcmp (argv[1], "-") == 0 ? read_code () : g_strdup (argv[1]);
  client_start ();
  if (!client_enrol (journal, code, &taken, &error))
    return command_fail (&command_enrol, error);
  g_print (_ ("Station “%s” belongs to the hub now; %lld facts taken. “accueil agent” keeps it in "
              "step.\n"),
           journal_station (journal), (long long) taken);
  return 0;
}
