/* main.c: `accueil-hub`: serves the central replica; invites, revokes and lists
 * stations. */
#include "core/installation.h"
#include "core/sign.h"
#include "core/words.h"
#include "hub/backup_command.h"
#include "hub/hub_doctor.h"
#include "hub/hub_options.h"
#include "hub/log_command.h"
#include "hub/serve.h"
#include "hub/station_command.h"
#include "hub/token_command.h"
#include "hub/user_command.h"
#include "hub/webhook_command.h"
#include "postgres/postgres_log.h"

#include <string.h>

#define EXIT_REFUSED 1
#define EXIT_USAGE 2

static void print_help (void)
{
  g_print (_ (
      "accueil-hub: the central replica and sync service of accueil.\n"
      "\n"
      "Usage: accueil-hub [--db FILE] [--listen ADDRESS:PORT] [--name HOST]…   serve\n"
      "       accueil-hub invite STATION [--role gate|desk|office] [--url URL] [--qr FILE.png]\n"
      "                                                                        print a one-time "
      "code for a station\n"
      "       accueil-hub role STATION gate|desk|office|none                   what a station may "
      "write from now on\n"
      "       accueil-hub disown STATION --from NUMBER [--reason TEXT]         a stolen station: "
      "its facts from this number on count nowhere\n"
      "       accueil-hub revoke STATION                                       refuse a station "
      "and its badges from now on\n"
      "       accueil-hub stations [--json]                                    list stations, "
      "last contact, facts held\n"
      "\n"
      "  --db FILE               the hub's replica (default: $ACCUEIL_DB, else "
      "/var/lib/accueil/accueil.db);\n"
      "                          made by “accueil init --station hub --db FILE”\n"
      "  --listen ADDRESS:PORT   where to listen (default 0.0.0.0:8443; port 0: any free one)\n"
      "  --name HOST             a host name or address under which stations reach this "
      "machine; may be repeated\n"
      "  --role ROLE             gate: scans; desk (the usual one): and corrects, registers, "
      "prints "
      "again;\n"
      "                          office: and loads lists and the event file\n"
      "  --from NUMBER           the first fact that is not the station's own any more\n"
      "  --url URL               address to put into the code, where it differs from that\n"
      "  --qr FILE.png           write the code as a QR symbol too\n"));
  station_command_help ();
  hub_doctor_help ();
  token_command_help ();
  webhook_command_help ();
  g_print (
      _ ("\n"
         "The organisers' pages:\n"
         "       accueil-hub --web ADDRESS:PORT [--web-certificate FILE --web-key FILE]   serve "
         "them too\n"
         "       accueil-hub user add NAME [--role ROLE] [--delegation ID] [--language fr|zh|en]\n"
         "       accueil-hub user list [--json]\n"
         "       accueil-hub user password NAME [--password-stdin]\n"
         "       accueil-hub user remove NAME\n"
         "\n"
         "  --web ADDRESS:PORT      where browsers find the pages; unix:PATH for a proxy on this "
         "machine\n"
         "  --web-certificate FILE  PEM that browsers trust, with its chain; read again when it "
         "changes\n"
         "  --web-key FILE          its key, PEM\n"
         "  --role ROLE             viewer (the usual one): figures; organiser: names, and what a "
         "desk does;\n"
         "                          protocol: its guests too; leader: one delegation; "
         "administrator: stations\n"
         "  --delegation ID         a leader's\n"
         "  --password-stdin        the password is the first line of standard input, and not a "
         "new one\n"));
  log_command_help ();
  backup_command_help ();
}

static int usage (const char *message)
{
  const char *help = _ ("“accueil-hub --help” tells how it is used.");

  g_printerr ("accueil-hub: %s\n%s\n", message, help);
  return EXIT_USAGE;
}

static gboolean token (const HubOptions *options, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  return journal != NULL
         && token_command_run (journal, options->words + 1, options->scope, options->until,
                               options->json, error);
}

static gboolean webhook (const HubOptions *options, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  return journal != NULL
         && webhook_command_run (journal, options->words + 1, options->scope, options->json, error);
}

static gboolean user (const HubOptions *options, GError **error)
{
  const UserCommandOptions user_options = { .role = options->role,
                                            .delegation = options->delegation,
                                            .language = options->language,
                                            .qr = options->qr,
                                            .json = options->json,
                                            .password_stdin = options->password_stdin };
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  return journal != NULL && user_command_run (journal, options->words + 1, &user_options, error);
}

static gboolean backup (const HubOptions *options, GError **error)
{
  const BackupCommandOptions backup_options = { .db = options->db,
                                                .clock = options->clock,
                                                .seal_to = options->seal_to,
                                                .keep = options->keep,
                                                .key = options->key,
                                                .alone = options->alone,
                                                .json = options->json };

  return backup_command_run (options->words, &backup_options, error);
}

/* FALSE without @error where what it found says why. */
static gboolean doctor (const HubOptions *options, GError **error)
{
  const HubDoctorOptions doctor_options
      = { options->db, options->web_certificate, options->web_key };
  g_autoptr (Journal) journal = NULL;

  if (options->words[1] != NULL)
    return hub_options_misused (_ ("“doctor” takes no name"), error);
  journal = journal_open (options->db, options->clock, error);
  return journal != NULL && hub_doctor_run (journal, &doctor_options);
}

static int run (const HubOptions *options)
{
  const char *word = options->words != NULL ? options->words[0] : NULL;
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (word == NULL)
    good = serve_run (options, &error);
  else if (strcmp (word, "user") == 0)
    good = user (options, &error);
  else if (strcmp (word, "token") == 0)
    good = token (options, &error);
  else if (strcmp (word, "webhook") == 0)
    good = webhook (options, &error);
  else if (strcmp (word, "doctor") == 0)
    good = doctor (options, &error);
  else if (strcmp (word, "log") == 0)
    good = log_command_run (options, &error);
  else if (backup_command_is (word))
    good = backup (options, &error);
  else
    good = station_command_run (options, &error);
  if (good)
    return 0;
  if (error == NULL)
    return EXIT_REFUSED;
  if (error->domain == G_OPTION_ERROR)
    return usage (error->message);
  g_printerr ("accueil-hub: %s\n", error->message);
  return EXIT_REFUSED;
}

int main (int argc, char **argv)
{
  g_auto (HubOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  words_start (NULL);
  g_set_prgname ("accueil-hub");
  sign_start ();
  log_engine_offer (&POSTGRES_LOG);
  if (argc == 2 && strcmp (argv[1], "--version") == 0) {
    g_print ("accueil-hub %s\n", installation_version ());
    return 0;
  }
  if (!hub_options_parse (&options, &argc, &argv, &error))
    return usage (error->message);
  if (options.help) {
    print_help ();
    return 0;
  }
  return hub_options_choose_clock (&options) ? run (&options) : EXIT_USAGE;
}
