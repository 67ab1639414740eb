/* main.c: `accueil`: finds the command and runs it. */
#include "cli/command.h"
#include "core/installation.h"
#include "core/sign.h"
#include "core/text.h"
#include "core/words.h"
#include "journal/log_engine.h"
#include "postgres/postgres_log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const Command command_init, command_event_load, command_event_show, command_import,
    command_roster, command_key_new, command_key_revoke, command_ticket_issue, command_ticket_show,
    command_badge_check, command_badge_render, command_badge_proof, command_badge_batch,
    command_enrol, command_rejoin, command_doctor, command_printers, command_printers_test,
    command_scanner, command_scanner_test, command_scanner_sheet, command_scan, command_agent,
    command_counts, command_verify, command_notarise, command_rebuild, command_merge, command_erase,
    command_volunteer_add, command_volunteer_list, command_volunteer_remove, command_admit,
    command_badge_reprint, command_badge_void, command_correct, command_walk_in, command_jobs,
    command_jobs_answer, command_jobs_retry, command_jobs_cancel, command_export, command_alerts,
    command_alerts_close, command_emergency, command_guide, command_note, command_notice,
    command_person_export, command_person_show, command_clock_show, command_balance,
    command_session, command_meals, command_hotels, command_events, command_headset_codes,
    command_headset_defect, command_headsets, command_ticket_mail, command_certificate,
    command_session_move, command_key_seal, command_key_unseal, command_agenda, command_report,
    command_ticket_void, command_appointments_import, command_appointments_met,
    command_companions_add, command_companions, command_appointments, command_undo,
    command_questions, command_answer;

/* In the order of a congress's life, group after group: so the help lists them. */
static const Command *const COMMANDS[] = {
  &command_event_load,
  &command_event_show,
  &command_agenda,
  &command_import,
  &command_appointments_import,
  &command_key_new,
  &command_key_revoke,
  &command_ticket_issue,
  &command_ticket_mail,
  &command_ticket_show,
  &command_badge_check,
  &command_badge_render,
  &command_badge_proof,
  &command_badge_batch,
  &command_headset_codes,
  &command_volunteer_add,
  &command_volunteer_list,
  &command_volunteer_remove,
  &command_guide,
  &command_init,
  &command_key_seal,
  &command_key_unseal,
  &command_enrol,
  &command_rejoin,
  &command_agent,
  &command_scan,
  &command_printers,
  &command_printers_test,
  &command_scanner,
  &command_scanner_test,
  &command_scanner_sheet,
  &command_admit,
  &command_walk_in,
  &command_companions_add,
  &command_appointments_met,
  &command_correct,
  &command_ticket_void,
  &command_badge_reprint,
  &command_badge_void,
  &command_undo,
  &command_answer,
  &command_note,
  &command_headset_defect,
  &command_jobs,
  &command_jobs_answer,
  &command_jobs_retry,
  &command_jobs_cancel,
  &command_counts,
  &command_balance,
  &command_session,
  &command_session_move,
  &command_certificate,
  &command_report,
  &command_events,
  &command_meals,
  &command_questions,
  &command_hotels,
  &command_headsets,
  &command_appointments,
  &command_companions,
  &command_roster,
  &command_person_show,
  &command_export,
  &command_emergency,
  &command_alerts,
  &command_alerts_close,
  &command_doctor,
  &command_verify,
  &command_notarise,
  &command_rebuild,
  &command_merge,
  &command_person_export,
  &command_erase,
  &command_notice,
  &command_clock_show,
};

/* Who uses them; a group goes from its first command to the next one's. */
static const struct {
  const Command *first;
  const char *title;
} GROUPS[] = {
  { &command_event_load, N_ ("The organiser, before the day") },
  { &command_init, N_ ("At a venue machine") },
  { &command_admit, N_ ("At the desk") },
  { &command_counts, N_ ("To look") },
  { &command_doctor, N_ ("Care of a replica") },
};

static const Command *find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    if (strcmp (COMMANDS[i]->name, name) == 0)
      return COMMANDS[i];
  return NULL;
}

/* TRUE if commands of two words begin with @word. */
static gboolean is_group (const char *word)
{
  gsize length = strlen (word);

  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    if (strncmp (COMMANDS[i]->name, word, length) == 0 && COMMANDS[i]->name[length] == ' ')
      return TRUE;
  return FALSE;
}

/* Help ------------------------------------------------------------------------------- */

/* All commands under the titles of their groups, or those whose names begin with @group
 * without any. */
static void print_commands (const char *group)
{
  guint next = 0;
  int width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    width = MAX (width, text_columns (COMMANDS[i]->name));
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++) {
    if (group == NULL && next < G_N_ELEMENTS (GROUPS) && COMMANDS[i] == GROUPS[next].first)
      g_print ("\n%s:\n", _ (GROUPS[next++].title));
    if (group == NULL || g_str_has_prefix (COMMANDS[i]->name, group))
      g_print ("  %-*s  %s\n", width, COMMANDS[i]->name, _ (COMMANDS[i]->summary));
  }
}

static int print_help (void)
{
  g_print (_ ("accueil: checks delegates in at a congress, prints their badges, counts.\n\nUsage: "
              "accueil COMMAND [OPTION…]\n"));
  print_commands (NULL);
  g_print (_ ("\nOther programs:\n"
              "  accueil-hub    the central replica: sync and enrolment of all stations\n"
              "  accueil-kiosk  the touch screen of a venue machine\n"));
  g_print (_ ("\n“accueil COMMAND --help” describes a command, “accueil --version” names "
              "the "
              "version.\n"
              "All commands work on the replica named by --db, else $ACCUEIL_DB, else "
              "/var/lib/accueil/accueil.db.\n"));
  return 0;
}

static int print_group (const char *group)
{
  g_print (_ ("Usage: accueil %s COMMAND [OPTION…]\n\nCommands:\n"), group);
  print_commands (group);
  return 0;
}

/* Wrong usage ------------------------------------------------------------------------ */

/* The command whose name is nearest to what was typed, in one word or two; NULL if none
 * is near. */
static const Command *nearest (const char *first, const char *second)
{
  g_autofree char *one = g_strndup (first, 40);
  g_autofree char *rest = g_strndup (second != NULL && second[0] != '-' ? second : "", 40);
  g_autofree char *two = g_strconcat (one, " ", rest, NULL);
  const Command *best = NULL;
  guint best_distance = 4;

  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++) {
    const char *name = COMMANDS[i]->name;
    gsize limit = MAX (1, strlen (name) / 2);
    guint d = MIN (text_distance (one, name), text_distance (two, name));
    if (d < best_distance && d <= limit) {
      best = COMMANDS[i];
      best_distance = d;
    }
  }
  return best;
}

static int unknown (const char *first, const char *second)
{
  const Command *near = nearest (first, second);

  if (first[0] == '-')
    g_printerr (_ ("accueil: unknown option “%s”.\n"), first);
  else if (is_group (first) && (second == NULL || second[0] == '-'))
    g_printerr (_ ("accueil %s: which of its commands? “accueil %s --help” lists "
                   "them.\n"),
                first, first);
  else if (is_group (first))
    g_printerr (_ ("accueil %s: “%s” is not one of its commands.\n"), first, second);
  else
    g_printerr (_ ("accueil: unknown command “%s”.\n"), first);
  if (near != NULL && first[0] != '-' && !(is_group (first) && second == NULL))
    g_printerr (_ ("Did you mean “accueil %s”?\n"), near->name);
  g_printerr (_ ("“accueil --help” lists the commands.\n"));
  return EXIT_USAGE;
}

static gboolean asks_for_help (const char *word)
{
  return word != NULL
         && (strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0
             || strcmp (word, "help") == 0);
}

/* argv: the program's words after its name. */
static int run (int argc, char **argv)
{
  const char *first = argv[0], *second = argc > 1 ? argv[1] : NULL;
  g_autofree char *both = g_strconcat (first, " ", second, NULL);
  const Command *command = second != NULL ? find (both) : NULL;
  int words = 2;
  g_autofree char **rest = NULL;
  g_autofree char *name = NULL;

  if (command == NULL) {
    command = find (first);
    words = 1;
  }
  if (command == NULL && is_group (first) && asks_for_help (second))
    return print_group (first);
  if (command == NULL)
    return unknown (first, second);

  /* The command sees its own name and what follows it. */
  argc -= words;
  rest = g_new0 (char *, argc + 2);
  name = g_strdup (command->name);
  rest[0] = name;
  memcpy (rest + 1, argv + words, (gsize) argc * sizeof *argv);
  return command->run (argc + 1, rest);
}

/* Standard output is a pipe that nobody reads any more. */
static gboolean has_no_reader (void)
{
  struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };

  return poll (&output, 1, 0) == 1 && (output.revents & POLLERR) != 0;
}

/* What could not be written (a full disk under `> tickets.csv`) is no success, whatever
 * the command thought; g_print() passes over it. A command that failed has said why. */
static int finish (int status)
{
  errno = 0;
  if (status != 0 || (fflush (stdout) == 0 && !ferror (stdout)))
    return status;
  /* `accueil printers | head`: whoever reads has read enough. (libcups has the signal for
   * it ignored.) */
  if (errno == EPIPE || has_no_reader ())
    return EXIT_REFUSED;
  /* What failed earlier has left no reason; a full disk is by far the most likely. */
  g_printerr (
      _ ("accueil: writing to standard output: %s; what was written there is not complete\n"),
      g_strerror (errno != 0 ? errno : ENOSPC));
  return EXIT_REFUSED;
}

/* Started without one of the standard descriptors, the next file that is opened would get
 * its number: what is printed would go into it, and what comes in be read from it. */
static void open_standard (void)
{
  int fd = open ("/dev/null", O_RDWR);

  while (fd >= 0 && fd <= STDERR_FILENO)
    fd = open ("/dev/null", O_RDWR);
  if (fd > STDERR_FILENO)
    close (fd);
}

int main (int argc, char **argv)
{
  char help[] = "--help";

  open_standard ();
  words_start (NULL);
  g_set_prgname ("accueil");
  sign_start ();
  log_engine_offer (&POSTGRES_LOG);

  if (argc < 2) {
    g_printerr (_ ("accueil: which command?\n“accueil --help” lists the commands.\n"));
    return EXIT_USAGE;
  }
  if (strcmp (argv[1], "--version") == 0) {
    g_print ("accueil %s\n", installation_version ());
    return 0;
  }
  if (asks_for_help (argv[1])) {
    char *words[]
        = { argc > 2 ? argv[2] : NULL, argc > 3 ? argv[3] : help, argc > 3 ? help : NULL, NULL };
    return finish (argc > 2 ? run (argc > 3 ? 3 : 2, words) : print_help ());
  }
  return finish (run (argc - 1, argv + 1));
}
