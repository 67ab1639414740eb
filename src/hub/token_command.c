#include "hub/token_command.h"

#include "api/read_token.h"
#include "core/words.h"
#include "hub/hub_options.h"

#include <string.h>

void token_command_help (void)
{
  g_print (_ ("\n"
              "Other programs that read:\n"
              "       accueil-hub --api ADDRESS:PORT                                   let them "
              "read there\n"
              "       accueil-hub token add NAME --scope WORD,… --until DATE\n"
              "       accueil-hub token list [--json]\n"
              "       accueil-hub token revoke NAME\n"
              "\n"
              "  --api ADDRESS:PORT      where they read figures, passages, tables and metrics\n"
              "  --scope WORD,…          what a token opens: figures, passages, tables, metrics; "
              "protocol:\n"
              "                          and guests marked for it\n"
              "  --until DATE            its last day: 2016-10-30\n"));
}

static gboolean add (Journal *journal, const char *name, const char *scope, const char *until,
                     GError **error)
{
  guint scopes = 0;
  if (until == NULL)
    return hub_options_misused (
        _ ("--until is missing: a token has an end, as in --until 2016-10-30"), error);
  if (!read_token_scopes (scope, &scopes, error))
    return FALSE;
  g_autofree char *token = read_token_add (journal, name, scopes, until, error);
  if (token == NULL)
    return FALSE;
  g_print ("%s\n", token);
  g_printerr (_ ("It is shown this once and kept nowhere; who reads sends it as "
                 "“Authorization: Bearer TOKEN”.\n"));
  return TRUE;
}

static char *day_of (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (ms / 1000);
  return g_date_time_format (time, "%F %R");
}

static void print_json (const GPtrArray *tokens)
{
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < tokens->len; i++) {
    const ReadToken *token = tokens->pdata[i];
    g_autofree char *scopes = read_token_scope_words (token->scopes);
    json_out_begin_object (out, NULL);
    json_out_string (out, "name", token->name);
    json_out_string (out, "scopes", scopes);
    json_out_int (out, "created_ms", token->created_ms);
    json_out_int (out, "until_ms", token->until_ms);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  g_print ("%s\n", text);
}

static gboolean list (Journal *journal, gboolean json, GError **error)
{
  g_autoptr (GPtrArray) tokens = read_token_all (journal, error);
  if (tokens == NULL)
    return FALSE;
  if (json) {
    print_json (tokens);
    return TRUE;
  }
  for (guint i = 0; i < tokens->len; i++) {
    const ReadToken *token = tokens->pdata[i];
    g_autofree char *scopes = read_token_scope_words (token->scopes),
                    *until = day_of (token->until_ms);
    g_print (_ ("%-*s  until %s; reads %s\n"), STATION_NAME_MAX, token->name, until, scopes);
  }
  if (tokens->len == 0)
    g_print (_ ("There is no token: accueil-hub token add NAME --scope figures --until DATE\n"));
  return TRUE;
}

static gboolean end_token (Journal *journal, const char *name, GError **error)
{
  if (!read_token_revoke (journal, name, error))
    return FALSE;
  g_print (_ ("Token “%s” opens nothing from now on.\n"), name);
  return TRUE;
}

gboolean token_command_run (Journal *journal, char **words, const char *scope, const char *until,
                            gboolean json, GError **error)
{
  guint count = g_strv_length (words);
  if (count == 1 && strcmp (words[0], "list") == 0)
    return list (journal, json, error);
  if (count == 2 && strcmp (words[0], "add") == 0)
    return add (journal, words[1], scope, until, error);
  if (count == 2 && strcmp (words[0], "revoke") == 0)
    return end_token (journal, words[1], error);
  return hub_options_misused (_ ("write token add NAME, token list or token revoke NAME"), error);
}
