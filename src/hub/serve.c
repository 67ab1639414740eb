#include "hub/serve.h"

#include "api/api.h"
#include "congress/languages.h"
#include "core/words.h"
#include "hub/log_command.h"
#include "http/address.h"
#include "http/open_files.h"
#include "office/office.h"
#include "replication/hub_certificate.h"
#include "replication/hub_parts.h"
#include "replication/roles.h"
#include "replication/service.h"

#include <glib-unix.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define RELOAD_S 10 /* between two looks at the certificate of the pages */
#define STOP_S 1    /* to answer all who wait, when asked to end */

static gboolean stop (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* Beside the stations' service; *@office stays NULL where no --web was said. */
static gboolean start_office (const HubOptions *options, Service *service, Office **office,
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
  url = hub_options_address (options, journal);
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
static gboolean found (const HubOptions *options, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  if (journal == NULL || !journal_begin (journal, error))
    return FALSE;
  if (roles_found (journal, error))
    return journal_commit (journal, error);
  journal_rollback (journal);
  return FALSE;
}

/* What there is room for, for who looks later too (hub_doctor.h). */
static guint find_files (const HubOptions *options)
{
  guint files = open_files_raise (SERVICE_FILES);
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, NULL);
  g_autofree char *text = g_strdup_printf ("%u", files);

  if (files < SERVICE_FILES)
    g_warning (_ ("this hub may have %u files open, which is room for the connections of some %u "
                  "stations; give it %u: LimitNOFILE= in its unit, or ulimit -n"),
               files, SERVICE_CONNECTIONS_OF (files) / 3, SERVICE_FILES);
  if (journal != NULL)
    journal_set_local (journal, SERVICE_LOCAL_FILES, text, NULL); /* doctor then says nothing */
  return files;
}

static gboolean choose_languages (const HubOptions *options, GError **error)
{
  g_autoptr (Journal) journal = journal_open (options->db, options->clock, error);

  return journal != NULL && languages_take (journal, error);
}

gboolean serve_run (const HubOptions *options, GError **error)
{
  ServiceOptions service_options
      = { .db = options->db,
          .listen = options->listen != NULL ? options->listen : ADDRESS_DEFAULT,
          .names = (const char *const *) options->names,
          .url = options->url,
          .clock = options->clock };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (Service) service = NULL;
  g_autoptr (Api) api = NULL;       /* ends before the service does */
  g_autoptr (Office) office = NULL; /* ends before the service does */
  g_autoptr (GError) strange = NULL;

  /* Before the first thread, so that a signal that comes early is not lost. */
  g_unix_signal_add (SIGTERM, stop, loop);
  g_unix_signal_add (SIGINT, stop, loop);
  if (!log_command_join (options, error) || !found (options, error))
    return FALSE;
  /* A language without words here reads English: not a reason not to serve. */
  if (!choose_languages (options, &strange))
    g_warning ("%s", strange->message);
  service_options.files = find_files (options);
  service = service_start (&service_options, error);
  if (service == NULL
      || (options->api != NULL
          && (api = api_start (service_hub (service), options->api, error)) == NULL)
      || !start_office (options, service, &office, error))
    return FALSE;
  tell_office (office);
  /* Scripts wait for this line: it is not translated. */
  g_print ("listening on %s\n", service_url (service));
  if (api != NULL)
    g_print ("api on %s\n", api_url (api));
  fflush (stdout);
  g_message (_ ("the hub listens on %s; its key's pin is %s"), service_url (service),
             service_pin (service));
  if (settling_is_on (service_hub (service)->settling))
    g_message (_ ("this hub was restored from an older copy, and writes nothing of its own until "
                  "its stations have been heard: %u"),
               settling_awaited (service_hub (service)->settling));
  malloc_trim (0); /* an older replica that was brought up leaves 100 MB behind it */
  g_main_loop_run (loop);
  g_message (_ ("the hub is being stopped"));
  signal (SIGALRM, leave);
  alarm (STOP_S);
  return TRUE;
}
