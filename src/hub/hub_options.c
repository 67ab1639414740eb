#include "hub/hub_options.h"

#include "core/words.h"
#include "http/address.h"
#include "replication/service.h"

#define DEFAULT_DB "/var/lib/accueil/accueil.db"
#define DEFAULT_PORT 8443

void hub_options_clear (HubOptions *options)
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
  g_free (options->log);
  g_free (options->group);
  g_strfreev (options->names);
  g_strfreev (options->words);
}

gboolean hub_options_choose_clock (HubOptions *options)
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

gboolean hub_options_parse (HubOptions *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &options->db, NULL, NULL },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->names, NULL, NULL },
    { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, NULL, NULL },
    { "qr", 0, 0, G_OPTION_ARG_FILENAME, &options->qr, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options->role, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_INT64, &options->from, NULL, NULL },
    { "group", 0, 0, G_OPTION_ARG_STRING, &options->group, NULL, NULL },
    { "count", 0, 0, G_OPTION_ARG_INT64, &options->count, NULL, NULL },
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
    { "log", 0, 0, G_OPTION_ARG_STRING, &options->log, NULL, NULL },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options->key, NULL, NULL },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &options->password_stdin, NULL, NULL },
    { "alone", 0, 0, G_OPTION_ARG_NONE, &options->alone, NULL, NULL },
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

gboolean hub_options_misused (const char *message, GError **error)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

char *hub_options_address (const HubOptions *options, Journal *journal)
{
  char *told;

  if (options->url != NULL)
    return g_strdup (options->url);
  told = journal_local (journal, JOURNAL_LOCAL_HUB_ADDRESS, NULL);
  return told != NULL ? told : address_url (g_get_host_name (), DEFAULT_PORT);
}
