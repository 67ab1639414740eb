/* Tokens: what they open, and until when; and that nothing of them is kept in the
 * clear. */
#include "api/read_token.h"
#include "words_here.h"

#include "unit/access/replica.h"

static void test_life (void)
{
  Replica replica;
  g_autoptr (GError) error = NULL;
  guint scopes;
  replica_open (&replica, "hub");
  g_assert_true (read_token_scopes ("figures, tables", &scopes, &error));
  g_assert_cmpuint (scopes, ==, READ_TOKEN_FIGURES | READ_TOKEN_TABLES);
  g_autofree char *token = read_token_add (replica.journal, "press", scopes, "2016-10-28", &error),
                  *words = read_token_scope_words (scopes);
  g_assert_no_error (error);
  g_assert_cmpstr (words, ==, "figures,tables");
  g_assert_true (g_str_has_prefix (token, "press."));
  g_assert_cmpuint (read_token_admits (replica.journal, token, &error), ==, scopes);
  g_autofree char *kept = journal_local (replica.journal, "read-tokens", NULL);
  g_assert_null (strstr (kept, strchr (token, '.') + 1));

  static const char *const WRONG[]
      = { NULL, "", ".", "press", "press.", "press.x", "nobody.x", "é.\xff" };
  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    g_assert_cmpuint (read_token_admits (replica.journal, WRONG[i], &error), ==, 0);
  g_assert_no_error (error);

  set_time ("2016-10-30T00:00:00+08:00"); /* past that day, wherever this machine is */
  g_assert_cmpuint (read_token_admits (replica.journal, token, &error), ==, 0);
  set_time ("2016-10-27T00:00:00+08:00");
  g_assert_cmpuint (read_token_admits (replica.journal, token, &error), ==, scopes);
  g_assert_true (read_token_revoke (replica.journal, "press", &error));
  g_assert_cmpuint (read_token_admits (replica.journal, token, &error), ==, 0);
  replica_close (&replica);
}

static void test_refused (void)
{
  static const struct {
    const char *name, *until;
    ReadTokenError code;
  } ROWS[] = {
    { "A b", "2016-10-28", READ_TOKEN_ERROR_NAME },  { "", "2016-10-28", READ_TOKEN_ERROR_NAME },
    { "one", "2016-10-28", READ_TOKEN_ERROR_TAKEN }, { "two", "2016-10-20", READ_TOKEN_ERROR_END },
    { "two", "tomorrow", READ_TOKEN_ERROR_END },     { "two", NULL, READ_TOKEN_ERROR_END },
  };
  Replica replica;
  guint scopes;
  replica_open (&replica, "hub");
  g_autofree char *one
      = read_token_add (replica.journal, "one", READ_TOKEN_FIGURES, "2016-10-28", NULL);
  g_assert_nonnull (one);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (
        read_token_add (replica.journal, ROWS[i].name, READ_TOKEN_FIGURES, ROWS[i].until, &error));
    g_assert_error (error, READ_TOKEN_ERROR, (int) ROWS[i].code);
  }
  static const char *const SCOPES[] = { NULL, "", "hat", "figures,", "figures,hat" };
  for (guint i = 0; i < G_N_ELEMENTS (SCOPES); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (read_token_scopes (SCOPES[i], &scopes, &error));
    g_assert_error (error, READ_TOKEN_ERROR, READ_TOKEN_ERROR_SCOPE);
  }
  g_autoptr (GError) error = NULL;
  g_assert_false (read_token_revoke (replica.journal, "nobody", &error));
  g_assert_error (error, READ_TOKEN_ERROR, READ_TOKEN_ERROR_UNKNOWN);
  g_assert_true (journal_set_local (replica.journal, "read-tokens", "[{}]", NULL));
  g_autoptr (GError) damaged = NULL;
  g_assert_null (read_token_all (replica.journal, &damaged));
  g_assert_error (damaged, READ_TOKEN_ERROR, READ_TOKEN_ERROR_DAMAGED);
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/read-token/life", test_life);
  g_test_add_func ("/read-token/refused", test_refused);
  return g_test_run ();
}
