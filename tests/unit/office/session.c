/* Accounts and sessions, over restarts and changes. */
#include "office/session.h"

#include "core/sign.h"
#include "unit/access/replica.h"

#define PASSWORD "a long enough one"

static void add (Journal *journal, const char *name, AccountRole role)
{
  g_autofree char *own = g_strdup (name);
  const Account account = { .name = own, .role = role };
  g_autoptr (GError) error = NULL;

  g_assert_true (account_add (journal, &account, PASSWORD, &error));
  g_assert_no_error (error);
}

static void test_accounts (void)
{
  Replica replica = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  static char taken[] = "C.Chateau", bad[] = "c château", shortest[] = "x";
  Account account = { .name = taken };

  replica_open (&replica, "hub");
  add (replica.journal, "li.na", ACCOUNT_PROTOCOL);
  add (replica.journal, "c.chateau", ACCOUNT_ORGANISER);
  g_assert_false (account_add (replica.journal, &account, PASSWORD, &error));
  g_assert_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_TAKEN);
  g_clear_error (&error);
  account.name = bad;
  g_assert_false (account_add (replica.journal, &account, PASSWORD, &error));
  g_assert_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_NAME);
  g_clear_error (&error);
  account.name = shortest;
  g_assert_false (account_add (replica.journal, &account, PASSWORD, &error));
  g_clear_error (&error);
  g_assert_false (account_set_password (replica.journal, "li.na", "short", &error));
  g_assert_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_false (account_remove (replica.journal, "nobody", &error));
  g_assert_error (error, ACCOUNT_ERROR, ACCOUNT_ERROR_UNKNOWN);
  g_clear_error (&error);
  accounts = account_all (replica.journal, &error);
  g_assert_cmpuint (accounts->len, ==, 2);
  g_assert_cmpstr (((Account *) accounts->pdata[0])->name, ==, "c.chateau");
  g_assert_cmpint (account_find (accounts, "LI.NA")->role, ==, ACCOUNT_PROTOCOL);
  g_assert_null (strstr (account_find (accounts, "li.na")->hash, PASSWORD));
  replica_close (&replica);
}

static gboolean is_open (Sessions *sessions, Journal *journal, const char *token, gint64 now_ms)
{
  g_autofree char *name = NULL, *epoch = NULL;

  return session_find (sessions, journal, token, now_ms, &name, &epoch);
}

static void test_sessions (void)
{
  Replica replica = { 0 };
  g_autoptr (Sessions) sessions = NULL, later = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *token = NULL, *other = NULL, *form = NULL, *name = NULL, *epoch = NULL,
                  *again = NULL, *again_epoch = NULL;
  gint64 now = 1000000;

  replica_open (&replica, "hub");
  add (replica.journal, "li.na", ACCOUNT_PROTOCOL);
  accounts = account_all (replica.journal, NULL);
  sessions = session_list_new ();
  token = session_begin (sessions, replica.journal, accounts->pdata[0], now, NULL);
  other = session_begin (sessions, replica.journal, accounts->pdata[0], now, NULL);
  g_assert_cmpstr (token, !=, other);
  g_assert_true (session_find (sessions, replica.journal, token, now + 5, &name, &epoch));
  g_assert_cmpstr (name, ==, "li.na");
  g_assert_cmpstr (epoch, ==, ((Account *) accounts->pdata[0])->epoch);
  form = session_form_token (token);
  g_assert_cmpstr (form, !=, token);
  g_assert_false (session_find (sessions, replica.journal, "", now, &again, &again_epoch));
  g_assert_false (session_find (sessions, replica.journal, form, now, &again, &again_epoch));

  /* A hub that was killed and is back. */
  later = session_list_new ();
  g_assert_true (is_open (later, replica.journal, other, now + 10));
  g_assert_true (session_find (later, replica.journal, token, now + 10, &again, &again_epoch));
  g_assert_true (session_end (later, replica.journal, token, now + 10, NULL));
  g_clear_pointer (&again, g_free);
  g_clear_pointer (&again_epoch, g_free);
  g_assert_false (session_find (later, replica.journal, token, now + 10, &again, &again_epoch));
  /* At the other hub of the same log too. */
  g_assert_false (is_open (sessions, replica.journal, token, now + 10));
  /* Idle, and old though it was used. */
  g_assert_false (session_find (later, replica.journal, other, now + 11 + SESSION_IDLE_MS, &again,
                                &again_epoch));
  for (gint64 t = 0; t < SESSION_AGE_MS; t += SESSION_IDLE_MS / 2) {
    g_autofree char *n = NULL, *e = NULL;

    g_assert_true (session_find (sessions, replica.journal, other, now + t, &n, &e));
  }
  g_assert_false (session_find (sessions, replica.journal, other, now + SESSION_AGE_MS + 1, &again,
                                &again_epoch));
  replica_close (&replica);
}

static void test_many (void)
{
  Replica replica = { 0 };
  g_autoptr (Sessions) sessions = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  char *tokens[2 * SESSION_PER_ACCOUNT_MAX];

  replica_open (&replica, "hub");
  add (replica.journal, "li.na", ACCOUNT_VIEWER);
  accounts = account_all (replica.journal, NULL);
  sessions = session_list_new ();
  for (guint i = 0; i < 2 * SESSION_PER_ACCOUNT_MAX; i++)
    tokens[i] = session_begin (sessions, replica.journal, accounts->pdata[0], 1 + i, NULL);
  for (guint i = 0; i < 2 * SESSION_PER_ACCOUNT_MAX; i++) {
    g_assert_cmpint (is_open (sessions, replica.journal, tokens[i], 100), ==,
                     i >= SESSION_PER_ACCOUNT_MAX);
    g_free (tokens[i]);
  }
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_test_add_func ("/office/session/accounts", test_accounts);
  g_test_add_func ("/office/session/sessions", test_sessions);
  g_test_add_func ("/office/session/many", test_many);
  return g_test_run ();
}
