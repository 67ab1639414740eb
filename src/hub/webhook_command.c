#include "hub/webhook_command.h"

#include "api/webhook.h"
#include "core/words.h"
#include "hub/hub_options.h"

#include <string.h>

void webhook_command_help (void)
{
  g_print (_ ("       accueil-hub webhook add NAME URL --scope WORD,…                  tell this "
              "address what happens:\n"
              "                          protocol: a guest of it has arrived; conflict; station: "
              "one is silent\n"
              "       accueil-hub webhook list [--json]\n"
              "       accueil-hub webhook remove NAME\n"));
}

static gboolean add (Journal *journal, const char *name, const char *url, const char *scope,
                     GError **error)
{
  g_autofree char *secret = webhook_add (journal, name, url, scope, error);
  if (secret == NULL)
    return FALSE;
  g_print ("%s\n", secret);
  g_printerr (_ ("With this secret messages are signed; give it to who receives them.\n"));
  return TRUE;
}

static void put (JsonOut *out, const Webhook *webhook, const char *scopes)
{
  json_out_begin_object (out, NULL);
  json_out_string (out, "name", webhook->name);
  json_out_string (out, "url", webhook->url);
  json_out_string (out, "scopes", scopes);
  json_out_end_object (out);
}

static gboolean list (Journal *journal, gboolean json, GError **error)
{
  g_autoptr (GPtrArray) webhooks = webhook_all (journal, error);
  if (webhooks == NULL)
    return FALSE;
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < webhooks->len; i++) {
    const Webhook *webhook = webhooks->pdata[i];
    g_autofree char *scopes = webhook_scope_words (webhook->scopes);
    put (out, webhook, scopes);
    if (!json)
      g_print ("%-*s  %s  %s\n", STATION_NAME_MAX, webhook->name, scopes, webhook->url);
  }
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  if (json)
    g_print ("%s\n", text);
  return TRUE;
}

gboolean webhook_command_run (Journal *journal, char **words, const char *scope, gboolean json,
                              GError **error)
{
  guint count = g_strv_length (words);
  if (count == 1 && strcmp (words[0], "list") == 0)
    return list (journal, json, error);
  if (count == 3 && strcmp (words[0], "add") == 0)
    return add (journal, words[1], words[2], scope, error);
  if (count == 2 && strcmp (words[0], "remove") == 0)
    return webhook_remove (journal, words[1], error);
  return hub_options_misused (_ ("write webhook add NAME URL, webhook list or webhook remove NAME"),
                              error);
}
