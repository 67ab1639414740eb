/* main.c: `accueil-hub`: serves the central replica; invites, revokes and lists
 * stations. */
#include "api/api.h"
#include "congress/languages.h"
#include "core/installation.h"
#include "core/sign.h"
#include "core/words.h"
#include "http/address.h"
#include "hub/backup_command.h"
#include "hub/hub_doctor.h"
#include "hub/token_command.h"
#include "hub/user_command.h"
#include "hub/webhook_command.h"
#include "office/office.h"
#include "replication/enrolment.h"
#include "replication/hub_certificate.h"
#include "replication/roles.h"
#include "replication/service.h"
#include "credential/qr.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_DB "/var/lib/accueil/accueil.db"
#define EXIT_REFUSED 1
#define EXIT_USAGE 2
#define QR_MODULE_PX 6
#define RELOAD_S 10 /* between two looks at the certificate of the pages */
#define STOP_S 1    /* to answer all who wait, when asked to end */

typedef struct {
  char *db, *listen, *url, *qr, *role, *reason, *api, *scope, *until;
  gint64 from;
  char **names;
  char *web, *web_certificate, *web_key;
  char *delegation, *language;
  char *keep, *seal_to, *key;
  gboolean json, help, password_stdin;
  char **words; /* what is no option */
  Clock clock;
} Options;

static void options_clear (Options *options)
{
  g_free (options->db);
  g_free (options->listen);
  g_free (options->url);
  g_free (options->qr);
  g_free (options->role);
  g_free (options->reason);
  g_free (options->api);
  g_free (options->scope);
  g_free (options->until);
  g_free (options->web);
  g_free (options->web_certificate);
  g_free (options->web_key);
  g_free (options->delegation);
  g_free (options->language);
  g_free (options->keep);
  g_free (options->seal_to);
  g_free (options->key);
  g_strfreev (options->names);
  g_strfreev (options->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

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
  backup_command_help ();
}

static int fail (GError *error)
{
  g_printerr ("accueil-hub: %s\n", error->message);
  g_error_free (error);
  return EXIT_REFUSED;
}

static int usage (const char *message)
{
  const char *help = _ ("“accueil-hub --help” tells how it is used.");

  g_printerr ("accueil-hub: %s\n%s\n", message, help);
  return EXIT_USAGE;
}

static Journal *open_replica (const Options *options, int *status)
{
  GError *error = NULL;
  Journal *journal = journal_open (options->db, options->clock, &error);

  if (journal == NULL)
    *status = fail (error);
  return journal;
}

/* invite ----------------------------------------------------------------------------- */

/* The address to put into a code: what was said, else what the hub was last started with,
 * else this machine's name. */
static char *address_of (Journal *journal, const Options *options)
{
  char *told;

  if (options->url != NULL)
    return g_strdup (options->url);
  told = journal_local (journal, JOURNAL_LOCAL_HUB_ADDRESS, NULL);
  return told != NULL ? told : address_url (g_get_host_name (), 8443);
}

static gboolean write_qr (const char *path, const Qr *qr, GError **error)
{
  g_autoptr (GBytes) png = qr_png (qr, QR_MODULE_PX);
  gsize length;
  const char *data = g_bytes_get_data (png, &length);

  /* The code is a secret for an hour: nobody else may read it. */
  return g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}

static int print_code (const Options *options, const char *station, const char *code)
{
  GError *error = NULL;
  g_autoptr (Qr) qr = qr_new (code, &error);
  g_autofree char *picture = NULL;

  if (qr == NULL)
    return fail (error);
  if (options->qr != NULL && !write_qr (options->qr, qr, &error))
    return fail (error);
  g_print ("%s\n", code);
  picture = qr_text (qr);
  g_printerr ("%s\n", picture);
  g_printerr (_ ("Within one hour, on station “%s”:\n  accueil enrol CODE\n"), station);
  return 0;
}

static int invite (const Options *options, const char *station)
{
  int status = 0;
  g_autoptr (Journal) journal = open_replica (options, &status);
  g_autoptr (Certificate) certificate = NULL;
  g_autofree char *url = NULL, *code = NULL;
  GError *error = NULL;
  Role role = ROLES_USUAL;

  if (journal == NULL)
    return status;
  if (options->role != NULL
      && (!authority_role_from_name (options->role, &role) || role == ROLE_NONE))
    return usage (_ ("--role must be gate, desk or office"));
  url = address_of (journal, options);
  if (!g_str_has_prefix (url, "https://"))
    return usage (_ ("the address must begin with https://"));
  certificate = hub_certificate_ensure (journal, NULL, &error);
  if (certificate == NULL)
    return fail (error);
  code = enrolment_invite (journal, station, url, certificate->pin, &error);
  if (code != NULL && options->role != NULL && !enrolment_set_role (journal, station, role, &error))
    return fail (error);
  return code != NULL ? print_code (options, station, code) : fail (error);
}

/* revoke, stations ------------------------------------------------------------------- */

static int withdraw (const Options *options, const char *station)
{
  int status = 0;
  g_autoptr (Journal) journal = open_replica (options, &status);
  GError *error = NULL;

  if (journal == NULL)
    return status;
  if (!enrolment_revoke (journal, station, &error))
    return fail (error);
  g_print (_ ("Station “%s” is revoked: its token opens nothing from now on, and its badges "
              "are refused wherever this is known.\n"),
           station);
  return 0;
}

static int give_role (const Options *options, const char *station, const char *name)
{
  int status = 0;
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  Role role;

  if (!authority_role_from_name (name, &role))
    return usage (_ ("the role must be gate, desk, office or none"));
  journal = open_replica (options, &status);
  if (journal == NULL)
    return status;
  if (!roles_set (journal, station, role, &error)
      || !enrolment_set_role (journal, station, role, &error))
    return fail (error);
  if (role == ROLE_NONE)
    g_print (_ ("Station “%s” has no role any more: what it writes from its next fact on does "
                "not count.\n"),
             station);
  else
    g_print (_ ("Station “%s” is a %s from its next fact on.\n"), station,
             authority_role_name (role));
  return 0;
}

/* A thief has the token as well as the key: both end. */
static int disown (const Options *options, const char *station)
{
  int status = 0;
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  gint64 held = 0;

  if (options->from == 0)
    return usage (
        _ ("--from is missing: the number of the first fact that is not the station's own "
           "any more; “accueil-hub stations” tells how many it has written"));
  journal = open_replica (options, &status);
  if (journal == NULL)
    return status;
  if (!roles_disown (journal, station, options->from, options->reason, &held, &error)
      || !enrolment_shut_out (journal, station, &error))
    return fail (error);
  g_print (_ ("Station “%s” is disowned from its fact %lld on (held here: %lld): they count "
              "nowhere. What it wrote before stays true, and the badges it issued before go on "
              "opening. Its token opens nothing from now on.\n"),
           station, (long long) options->from, (long long) held);
  return 0;
}

static char *when (gint64 ms)
{
  g_autoptr (GDateTime) time = NULL;

  if (ms == 0)
    return g_strdup ("–");
  time = g_date_time_new_from_unix_local (ms / 1000);
  return g_date_time_format (time, "%F %T");
}

static const char *state_of (const Enrolment *enrolment, gint64 now_ms)
{
  if (enrolment->revoked_ms > 0)
    return _ ("revoked");
  if (enrolment->enrolled_ms > 0)
    return _ ("enrolled");
  return enrolment->expires_ms > now_ms ? _ ("invited") : _ ("invitation expired");
}

static void print_table (const GPtrArray *list, gint64 now_ms)
{
  if (list->len == 0)
    g_print (_ ("No station was invited yet: accueil-hub invite STATION\n"));
  for (guint i = 0; i < list->len; i++) {
    const Enrolment *enrolment = list->pdata[i];
    g_autofree char *enrolled = when (enrolment->enrolled_ms), *last = when (enrolment->last_ms);

    g_print (_ ("%-*s  %s; enrolled %s; last contact %s; %lld facts\n"), STATION_NAME_MAX,
             enrolment->station, state_of (enrolment, now_ms), enrolled, last,
             (long long) enrolment->seq);
  }
}

static void print_json (const GPtrArray *list, gint64 now_ms)
{
  JsonOut *out = json_out_new ();
  g_autofree char *text = NULL;

  json_out_begin_array (out, NULL);
  for (guint i = 0; i < list->len; i++) {
    const Enrolment *enrolment = list->pdata[i];

    json_out_begin_object (out, NULL);
    json_out_string (out, "station", enrolment->station);
    json_out_bool (out, "invited", enrolment->expires_ms > now_ms);
    json_out_int (out, "enrolled_ms", enrolment->enrolled_ms);
    json_out_int (out, "revoked_ms", enrolment->revoked_ms);
    json_out_int (out, "last_ms", enrolment->last_ms);
    json_out_int (out, "seq", enrolment->seq);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  text = json_out_finish (out);
  g_print ("%s\n", text);
}

static int stations (const Options *options)
{
  int status = 0;
  g_autoptr (Journal) journal = open_replica (options, &status);
  g_autoptr (GPtrArray) list = NULL;
  GError *error = NULL;

  if (journal == NULL)
    return status;
  list = enrolment_list (journal, &error);
  if (list == NULL)
    return fail (error);
  if (options->json)
    print_json (list, journal_now_ms (journal));
  else
    print_table (list, journal_now_ms (journal));
  return 0;
}

static int token (const Options *options)
{
  int status = 0;
  g_autoptr (Journal) journal = open_replica (options, &status);
  GError *error = NULL;

  if (journal == NULL)
    return status;
  gboolean good = strcmp (options->words[0], "token") == 0
                      ? token_command_run (journal, options->words + 1, options->scope,
                                           options->until, options->json, &error)
                      : webhook_command_run (journal, options->words + 1, options->scope,
                                             options->json, &error);
  if (good)
    return 0;
  if (error->domain != G_OPTION_ERROR)
    return fail (error);
  status = usage (error->message);
  g_error_free (error);
  return status;
}

/* Serving ---------------------------------------------------------------------------- */

static gboolean stop (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* Beside the stations' service; *@office stays NULL where no --web was said. */
static gboolean start_office (const Options *options, Service *service, Office **office,
                              GError **error)
{
  g_autoptr (Journal) journal = NULL;
  g_autoptr (Certificate) own = NULL;
  g_autofree char *url = NULL;

  if (options->web == NULL)
    return TRUE;
  journal = journal_open (options->db, options->clock, error);
  own = journal != NULL ? hub_certificate_ensure (journal, NULL, error) : NULL;
  if (own == NULL)
    return FALSE;
  url = address_of (journal, options);
  *office = office_start (&(OfficeOptions){ .hub = service_hub (service),
                                            .listen = options->web,
                                            .certificate = options->web_certificate,
                                            .key = options->web_key,
                                            .own = own,
                                            .stations_url = url,
                                            .pin = service_pin (service) },
                          error);
  return *office != NULL;
}

static gboolean reload_office (gpointer office)
{
  office_reload (office);
  return G_SOURCE_CONTINUE;
}

/* Scripts wait for this line: it is not translated. */
static void tell_office (Office *office)
{
  if (office == NULL)
    return;
  g_print ("pages on %s\n", office_url (office));
  g_timeout_add_seconds (RELOAD_S, reload_office, office);
}

/* Another program may hold the replica for long, and the writer waits for it. What was
 * acknowledged is on disk; whoever was not answered sends again. */
static void leave (int number)
{
  _exit (0);
}

/* The hub's own station says who may write what, from its first start on. */
static gboolean found (const Options *options, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  if (journal == NULL || !journal_begin (journal, error))
    return FALSE;
  if (roles_found (journal, error))
    return journal_commit (journal, error);
  journal_rollback (journal);
  return FALSE;
}

static gboolean choose_languages (const Options *options, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  return journal != NULL && languages_choose (journal, error);
}

static int serve (const Options *options)
{
  const ServiceOptions service_options
      = { .db = options->db,
          .listen = options->listen != NULL ? options->listen : ADDRESS_DEFAULT,
          .names = (const char *const *) options->names,
          .clock = options->clock };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (Service) service = NULL;
  g_autoptr (Api) api = NULL;       /* ends before the service does */
  g_autoptr (Office) office = NULL; /* ends before the service does */
  GError *error = NULL;

  /* Before the first thread, so that a signal that comes early is not lost. */
  g_unix_signal_add (SIGTERM, stop, loop);
  g_unix_signal_add (SIGINT, stop, loop);
  if (!found (options, &error))
    return fail (error);
  /* A language without words here reads English: not a reason not to serve. */
  if (!choose_languages (options, &error))
    g_warning ("%s", error->message);
  g_clear_error (&error);
  service = service_start (&service_options, &error);
  if (service == NULL
      || (options->api != NULL
          && (api = api_start (service_hub (service), options->api, &error)) == NULL)
      || !start_office (options, service, &office, &error))
    return fail (error);
  tell_office (office);
  /* Scripts wait for this line: it is not translated. */
  g_print ("listening on %s\n", service_url (service));
  if (api != NULL)
    g_print ("api on %s\n", api_url (api));
  fflush (stdout);
  if (service_hub (service)->settling != NULL)
    g_message (_ ("this hub was restored from an older copy, and writes nothing of its own until "
                  "its stations have been heard: %u"),
               settling_awaited (service_hub (service)->settling));
  g_message (_ ("the hub listens on %s; its key's pin is %s"), service_url (service),
             service_pin (service));
  g_main_loop_run (loop);
  g_message (_ ("the hub is being stopped"));
  signal (SIGALRM, leave);
  alarm (STOP_S);
  return 0;
}

/* Words ------------------------------------------------------------------------------ */

/* The system's clock, or that of a rehearsal, as all commands of `accueil` have it. */
static gboolean choose_clock (Options *options)
{
  const char *chosen = g_getenv ("ACCUEIL_NOW");

  options->clock = clock_system ();
  if (chosen == NULL || chosen[0] == '\0' || clock_shifted (chosen, &options->clock))
    return TRUE;
  g_printerr (_ ("accueil-hub: $ACCUEIL_NOW is “%s”, which is no time; write it as "
                 "2016-10-26T09:12:00+08:00\n"),
              chosen);
  return FALSE;
}

static gboolean parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &options->db, NULL, NULL },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->names, NULL, NULL },
    { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, NULL, NULL },
    { "qr", 0, 0, G_OPTION_ARG_FILENAME, &options->qr, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options->role, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_INT64, &options->from, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options->reason, NULL, NULL },
    { "api", 0, 0, G_OPTION_ARG_STRING, &options->api, NULL, NULL },
    { "scope", 0, 0, G_OPTION_ARG_STRING, &options->scope, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &options->until, NULL, NULL },
    { "web", 0, 0, G_OPTION_ARG_STRING, &options->web, NULL, NULL },
    { "web-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->web_certificate, NULL, NULL },
    { "web-key", 0, 0, G_OPTION_ARG_FILENAME, &options->web_key, NULL, NULL },
    { "delegation", 0, 0, G_OPTION_ARG_STRING, &options->delegation, NULL, NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language, NULL, NULL },
    { "keep", 0, 0, G_OPTION_ARG_STRING, &options->keep, NULL, NULL },
    { "seal-to", 0, 0, G_OPTION_ARG_STRING, &options->seal_to, NULL, NULL },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options->key, NULL, NULL },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &options->password_stdin, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options->help, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->words, NULL, NULL },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->db == NULL) {
    const char *chosen = g_getenv ("ACCUEIL_DB");
    options->db = g_strdup (chosen != NULL && chosen[0] != '\0' ? chosen : DEFAULT_DB);
  }
  return TRUE;
}

static int user (const Options *options)
{
  const UserCommandOptions user_options = { .role = options->role,
                                            .delegation = options->delegation,
                                            .language = options->language,
                                            .qr = options->qr,
                                            .json = options->json,
                                            .password_stdin = options->password_stdin };
  const char *fault = NULL;
  int status = 0;
  g_autoptr (Journal) journal = open_replica (options, &status);

  if (journal == NULL)
    return status;
  status
      = user_command_run (journal, (const char *const *) options->words + 1, &user_options, &fault);
  return status < 0 ? usage (fault) : status;
}

static int backup (const Options *options)
{
  const BackupCommandOptions backup_options = { .db = options->db,
                                                .clock = options->clock,
                                                .seal_to = options->seal_to,
                                                .keep = options->keep,
                                                .key = options->key,
                                                .json = options->json };
  GError *error = NULL;
  int status;

  if (backup_command_run (options->words, &backup_options, &error))
    return 0;
  if (error->domain != G_OPTION_ERROR)
    return fail (error);
  status = usage (error->message);
  g_error_free (error);
  return status;
}

static int doctor (const Options *options)
{
  const HubDoctorOptions doctor_options
      = { options->db, options->web_certificate, options->web_key };
  int status = 0;
  g_autoptr (Journal) journal = open_replica (options, &status);

  if (journal == NULL)
    return status;
  return hub_doctor_run (journal, &doctor_options) ? 0 : EXIT_REFUSED;
}

static int run (const Options *options)
{
  guint count = options->words != NULL ? g_strv_length (options->words) : 0;
  const char *word = count > 0 ? options->words[0] : "";

  if (count == 0)
    return serve (options);
  if (strcmp (word, "invite") == 0 || strcmp (word, "revoke") == 0) {
    if (count != 2)
      return usage (_ ("one station's name is wanted"));
    return word[0] == 'i' ? invite (options, options->words[1])
                          : withdraw (options, options->words[1]);
  }
  if (strcmp (word, "user") == 0)
    return user (options);
  if (strcmp (word, "doctor") == 0)
    return count == 1 ? doctor (options) : usage (_ ("“doctor” takes no name"));
  if (strcmp (word, "role") == 0)
    return count == 3 ? give_role (options, options->words[1], options->words[2])
                      : usage (_ ("a station's name and its role are wanted"));
  if (strcmp (word, "disown") == 0)
    return count == 2 ? disown (options, options->words[1])
                      : usage (_ ("one station's name is wanted"));
  if (strcmp (word, "stations") == 0)
    return count == 1 ? stations (options) : usage (_ ("“stations” takes no name"));
  if (backup_command_is (word))
    return backup (options);
  if (strcmp (word, "token") == 0 || strcmp (word, "webhook") == 0)
    return token (options);
  return usage (_ ("there is no such command"));
}

int main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;

  words_start (NULL);
  g_set_prgname ("accueil-hub");
  sign_start ();
  if (argc == 2 && strcmp (argv[1], "--version") == 0) {
    g_print ("accueil-hub %s\n", installation_version ());
    return 0;
  }
  if (!parse (&options, &argc, &argv, &error))
    return usage (error->message);
  if (options.help) {
    print_help ();
    return 0;
  }
  return choose_clock (&options) ? run (&options) : EXIT_USAGE;
}
