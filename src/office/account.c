#include "office/account.h"

#include "core/password.h"
#include "core/sign.h"

#include <string.h>

#define LOCAL "office-accounts"
#define EPOCH_BYTES 9

G_DEFINE_QUARK (account - error - quark, account_error)

static const struct {
  const char *name, *text;
  gboolean changes;
} ROLES[ACCOUNT_ROLES] = {
  [ACCOUNT_VIEWER] = { "viewer", N_ ("viewer"), FALSE },
  [ACCOUNT_ORGANISER] = { "organiser", N_ ("organiser"), TRUE },
  [ACCOUNT_PROTOCOL] = { "protocol", N_ ("protocol"), TRUE },
  [ACCOUNT_LEADER] = { "leader", N_ ("head of delegation"), FALSE },
  [ACCOUNT_ADMINISTRATOR] = { "administrator", N_ ("administrator"), TRUE },
};

const char *account_role_name (AccountRole role)
{
  return ROLES[role].name;
}

const char *account_role_text (AccountRole role)
{
  return ROLES[role].text;
}

gboolean account_role_changes (AccountRole role)
{
  return ROLES[role].changes;
}

gboolean account_role_from_name (const char *name, AccountRole *role)
{
  for (guint i = 0; name != NULL && i < ACCOUNT_ROLES; i++)
    if (strcmp (ROLES[i].name, name) == 0) {
      *role = (AccountRole) i;
      return TRUE;
    }
  return FALSE;
}

static void account_free (gpointer data)
{
  Account *account = data;

  g_free (account->name);
  g_free (account->hash);
  g_free (account->delegation);
  g_free (account->totp);
  g_free (account->language);
  g_free (account->epoch);
  g_free (account);
}

/* Kept as JSON ----------------------------------------------------------------------- */

static char *text_of (JsonValue *object, const char *key)
{
  const char *text = json_in_string (object, key);

  return g_strdup (text != NULL ? text : "");
}

static Account *read_one (JsonValue *object)
{
  Account *account = g_new0 (Account, 1);

  account->name = text_of (object, "name");
  account->hash = text_of (object, "hash");
  account->delegation = text_of (object, "delegation");
  account->totp = text_of (object, "totp");
  account->language = text_of (object, "language");
  account->epoch = text_of (object, "epoch");
  if (!account_role_from_name (json_in_string (object, "role"), &account->role))
    account->role = ACCOUNT_VIEWER;
  return account;
}

GPtrArray *account_all (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (account_free);
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonIn) in = NULL;

  if (!journal_read_local (journal, LOCAL, &text, error))
    return NULL;
  if (text == NULL)
    return g_steal_pointer (&accounts);
  in = json_in_parse (text, -1, &cause);
  if (in == NULL) {
    g_set_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_DAMAGED,
                 _ ("the accounts kept in the replica cannot be read: %s"), cause->message);
    return NULL;
  }
  for (guint i = 0; i < json_in_length (json_in_root (in)); i++)
    g_ptr_array_add (accounts, read_one (json_in_element (json_in_root (in), i)));
  return g_steal_pointer (&accounts);
}

const Account *account_find (const GPtrArray *accounts, const char *name)
{
  for (guint i = 0; i < accounts->len; i++)
    if (g_ascii_strcasecmp (((const Account *) accounts->pdata[i])->name, name) == 0)
      return accounts->pdata[i];
  return NULL;
}

static gint by_name (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp ((*(Account *const *) a)->name, (*(Account *const *) b)->name);
}

static gboolean write_all (Journal *journal, GPtrArray *accounts, GError **error)
{
  JsonOut *out = json_out_new ();
  g_autofree char *text = NULL;

  g_ptr_array_sort (accounts, by_name);
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < accounts->len; i++) {
    const Account *account = accounts->pdata[i];

    json_out_begin_object (out, NULL);
    json_out_string (out, "name", account->name);
    json_out_string (out, "role", account_role_name (account->role));
    json_out_string (out, "hash", account->hash);
    json_out_string (out, "epoch", account->epoch);
    json_out_string_if (out, "delegation", account->delegation);
    json_out_string_if (out, "totp", account->totp);
    json_out_string_if (out, "language", account->language);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  text = json_out_finish (out);
  return journal_set_local (journal, LOCAL, text, error);
}

/* Changing --------------------------------------------------------------------------- */

typedef struct {
  const char *name;
  const Account *added;
  char *hash;
} Change;

typedef gboolean (*Changer) (GPtrArray *accounts, Account *account, const Change *change,
                             GError **error);

static gboolean unknown (const char *name, GError **error)
{
  g_set_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_UNKNOWN,
               _ ("there is no account “%s”; “accueil-hub user list” names them"), name);
  return FALSE;
}

/* Reads, changes and writes all in one transaction. */
static gboolean change_one (Journal *journal, Changer changer, const Change *change, GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  gboolean good;

  if (!journal_begin (journal, error))
    return FALSE;
  accounts = account_all (journal, error);
  good = accounts != NULL
         && changer (accounts, (Account *) (guintptr) account_find (accounts, change->name), change,
                     error)
         && write_all (journal, accounts, error);
  return journal_finish (journal, good, error);
}

static gboolean check_name (const char *name, GError **error)
{
  gsize length = strlen (name);
  gboolean good = length >= 2 && length <= ACCOUNT_NAME_MAX;

  for (const char *p = name; *p != '\0'; p++)
    good = good && (g_ascii_isalnum (*p) || strchr (".-_", *p) != NULL);
  if (!good)
    g_set_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_NAME,
                 _ ("“%s” cannot be the name of an account: 2 to %d letters without accents, "
                    "digits, “.”, “-” and “_”"),
                 name, ACCOUNT_NAME_MAX);
  return good;
}

static char *hash_of_password (const char *password, GError **error)
{
  gsize length = strlen (password);
  char *hash = NULL;

  if (length < ACCOUNT_PASSWORD_MIN || length > PASSWORD_BYTES_MAX)
    g_set_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_PASSWORD,
                 _ ("a password must have %d to %d characters"), ACCOUNT_PASSWORD_MIN,
                 PASSWORD_BYTES_MAX);
  else if ((hash = password_hash (password)) == NULL)
    g_set_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_PASSWORD,
                 _ ("there is no memory to keep a password"));
  return hash;
}

static char *text_or_empty (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static gboolean add (GPtrArray *accounts, Account *account, const Change *change, GError **error)
{
  Account *added;

  if (account != NULL || accounts->len >= ACCOUNTS_MAX) {
    g_set_error (error, ACCOUNT_ERROR, account != NULL ? ACCOUNT_ERROR_TAKEN : ACCOUNT_ERROR_MANY,
                 account != NULL ? _ ("there is an account “%s” already")
                                 : _ ("adding “%s”: there are too many accounts"),
                 change->name);
    return FALSE;
  }
  added = g_new0 (Account, 1);
  added->name = g_strdup (change->name);
  added->hash = g_strdup (change->hash);
  added->role = change->added->role;
  added->delegation = text_or_empty (change->added->delegation);
  added->totp = text_or_empty (change->added->totp);
  added->language = text_or_empty (change->added->language);
  added->epoch = sign_secret_new (EPOCH_BYTES);
  g_ptr_array_add (accounts, added);
  return TRUE;
}

gboolean account_add (Journal *journal, const Account *account, const char *password,
                      GError **error)
{
  g_autofree char *hash = NULL;

  if (!check_name (account->name, error) || (hash = hash_of_password (password, error)) == NULL)
    return FALSE;
  return change_one (journal, add,
                     &(Change){ .name = account->name, .added = account, .hash = hash }, error);
}

static gboolean remove_one (GPtrArray *accounts, Account *account, const Change *change,
                            GError **error)
{
  if (account == NULL)
    return unknown (change->name, error);
  g_ptr_array_remove (accounts, account);
  return TRUE;
}

gboolean account_remove (Journal *journal, const char *name, GError **error)
{
  return change_one (journal, remove_one, &(Change){ .name = name }, error);
}

static gboolean set_password (GPtrArray *accounts, Account *account, const Change *change,
                              GError **error)
{
  if (account == NULL)
    return unknown (change->name, error);
  g_free (account->hash);
  account->hash = g_strdup (change->hash);
  g_free (account->epoch);
  account->epoch = sign_secret_new (EPOCH_BYTES);
  return TRUE;
}

gboolean account_set_password (Journal *journal, const char *name, const char *password,
                               GError **error)
{
  g_autofree char *hash = hash_of_password (password, error);

  return hash != NULL
         && change_one (journal, set_password, &(Change){ .name = name, .hash = hash }, error);
}
