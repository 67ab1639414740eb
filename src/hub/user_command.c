#include "hub/user_command.h"

#include "core/sign.h"
#include "credential/qr.h"
#include "hub/hub_options.h"
#include "office/account.h"
#include "office/totp.h"

#include <stdio.h>
#include <string.h>

#define PASSWORD_BYTES 12
#define QR_MODULE_PX 6
#define ISSUER "accueil"

/* A new one, or the first line of standard input. Free with g_free(). */
static char *choose_password (const UserCommandOptions *options)
{
  char line[512];

  if (!options->password_stdin)
    return sign_secret_new (PASSWORD_BYTES);
  if (fgets (line, sizeof line, stdin) == NULL)
    line[0] = '\0';
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

/* A secret that is shown once. */
static gboolean print_totp (const char *uri, const UserCommandOptions *options, GError **error)
{
  g_autoptr (Qr) qr = qr_new (uri, error);
  g_autofree char *picture = NULL;

  if (qr == NULL)
    return FALSE;
  if (options->qr != NULL) {
    g_autoptr (GBytes) png = qr_png (qr, QR_MODULE_PX);
    gsize length;
    const char *data = g_bytes_get_data (png, &length);

    if (!g_file_set_contents_full (options->qr, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
      return FALSE;
  }
  picture = qr_text (qr);
  g_print ("%s\n", uri);
  g_printerr ("%s\n", picture);
  return TRUE;
}

static gboolean add (Journal *journal, const char *name, const UserCommandOptions *options,
                     GError **error)
{
  AccountRole role = ACCOUNT_VIEWER;
  Account account = { 0 };
  g_autofree char *password = NULL, *secret = NULL, *uri = NULL, *own_name = g_strdup (name);
  g_autofree char *delegation = g_strdup (options->delegation),
                  *language = g_strdup (options->language);
  PageLanguage known;

  if (options->role != NULL && !account_role_from_name (options->role, &role))
    return hub_options_misused (
        _ ("--role must be viewer, organiser, protocol, leader or administrator"), error);
  if ((role == ACCOUNT_LEADER) != (options->delegation != NULL))
    return hub_options_misused (_ ("a leader needs --delegation, and nobody else has one"), error);
  if (options->language != NULL && !page_language_from_key (options->language, &known))
    return hub_options_misused (_ ("--language must be fr, zh or en"), error);
  password = choose_password (options);
  secret = account_role_changes (role) ? totp_new_secret () : NULL;
  account = (Account){
    .name = own_name, .role = role, .delegation = delegation, .totp = secret, .language = language
  };
  if (!account_add (journal, &account, password, error))
    return FALSE;
  if (!options->password_stdin)
    g_print ("%s\n", password);
  uri = secret != NULL ? totp_uri (secret, ISSUER, name) : NULL;
  if (uri != NULL)
    g_printerr (_ ("Account “%s” is there. Shown once only: its password, and what a telephone "
                   "reads to show its codes.\n"),
                name);
  else
    g_printerr (_ ("Account “%s” is there. Its password is shown once only.\n"), name);
  return uri == NULL || print_totp (uri, options, error);
}

static gboolean set_password (Journal *journal, const char *name, const UserCommandOptions *options,
                              GError **error)
{
  g_autofree char *password = choose_password (options);

  if (!account_set_password (journal, name, password, error))
    return FALSE;
  if (!options->password_stdin)
    g_print ("%s\n", password);
  g_printerr (_ ("Account “%s” has another password; its sessions have ended.\n"), name);
  return TRUE;
}

static gboolean remove_one (Journal *journal, const char *name, GError **error)
{
  if (!account_remove (journal, name, error))
    return FALSE;
  g_printerr (_ ("Account “%s” is removed; its sessions have ended.\n"), name);
  return TRUE;
}

static void print_json (const GPtrArray *accounts)
{
  JsonOut *out = json_out_new ();
  g_autofree char *text = NULL;

  json_out_begin_array (out, NULL);
  for (guint i = 0; i < accounts->len; i++) {
    const Account *account = accounts->pdata[i];

    json_out_begin_object (out, NULL);
    json_out_string (out, "name", account->name);
    json_out_string (out, "role", account_role_name (account->role));
    json_out_string (out, "delegation", account->delegation);
    json_out_bool (out, "totp", account->totp[0] != '\0');
    json_out_end_object (out);
  }
  json_out_end_array (out);
  text = json_out_finish (out);
  g_print ("%s\n", text);
}

static gboolean list (Journal *journal, const UserCommandOptions *options, GError **error)
{
  g_autoptr (GPtrArray) accounts = account_all (journal, error);

  if (accounts == NULL)
    return FALSE;
  if (options->json) {
    print_json (accounts);
    return TRUE;
  }
  if (accounts->len == 0)
    g_print (_ ("There is no account yet: accueil-hub user add NAME --role ROLE\n"));
  for (guint i = 0; i < accounts->len; i++) {
    const Account *account = accounts->pdata[i];

    g_print ("%-*s  %s%s%s\n", ACCOUNT_NAME_MAX, account->name,
             _ (account_role_text (account->role)), account->delegation[0] != '\0' ? ": " : "",
             account->delegation);
  }
  return TRUE;
}

gboolean user_command_run (Journal *journal, char **words, const UserCommandOptions *options,
                           GError **error)
{
  guint count = g_strv_length (words);
  const char *word = count > 0 ? words[0] : "";

  totp_start ();
  if (strcmp (word, "list") == 0 && count == 1)
    return list (journal, options, error);
  if (count == 2 && strcmp (word, "add") == 0)
    return add (journal, words[1], options, error);
  if (count == 2 && strcmp (word, "remove") == 0)
    return remove_one (journal, words[1], error);
  if (count == 2 && strcmp (word, "password") == 0)
    return set_password (journal, words[1], options, error);
  return hub_options_misused (
      _ ("“user” is followed by add NAME, remove NAME, password NAME, or list"), error);
}
