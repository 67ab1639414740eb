/* One code for many: its terms, its count, its end. */
#include "replication/group_code.h"

#include "core/sign.h"
#include "failing_sqlite.h"
#include "replication/enrolment.h"
#include "unit/access/replica.h"

#define HOUR_MS (60 * 60 * 1000LL)

static void test_terms (void)
{
  static const struct {
    const char *group;
    gint64 count, left_ms;
    GroupCodeError code;
  } ROWS[] = {
    { "Entrée Est", 10, HOUR_MS, GROUP_CODE_ERROR_NAME },
    { "", 10, HOUR_MS, GROUP_CODE_ERROR_NAME },
    { "est", 0, HOUR_MS, GROUP_CODE_ERROR_COUNT },
    { "est", -1, HOUR_MS, GROUP_CODE_ERROR_COUNT },
    { "est", GROUP_CODE_COUNT_MAX + 1, HOUR_MS, GROUP_CODE_ERROR_COUNT },
    { "est", 1, -1, GROUP_CODE_ERROR_END },
    { "est", 1, GROUP_CODE_LONGEST_MS + HOUR_MS, GROUP_CODE_ERROR_END },
  };
  Replica replica = { 0 };

  replica_open (&replica, "hub");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (group_code_make (replica.journal, ROWS[i].group, ROWS[i].count,
                                    journal_now_ms (replica.journal) + ROWS[i].left_ms, ROLE_GATE,
                                    &error));
    g_assert_error (error, GROUP_CODE_ERROR, (gint) ROWS[i].code);
  }
  replica_close (&replica);
}

static gboolean opens (Replica *replica, const char *group, const char *secret)
{
  g_autoptr (GError) error = NULL;
  gboolean good;

  g_assert_true (group_code_check (replica->journal, group, secret, &good, &error));
  g_assert_no_error (error);
  return good;
}

static void test_count (void)
{
  g_autofree char *secret = NULL, *next = NULL;
  Replica replica = { 0 };

  replica_open (&replica, "hub");
  secret = group_code_make (replica.journal, "est", 2, journal_now_ms (replica.journal) + HOUR_MS,
                            ROLE_DESK, NULL);
  for (guint i = 0; i < 2; i++) {
    Role role = ROLE_NONE;

    g_assert_true (opens (&replica, "est", secret));
    g_assert_false (opens (&replica, "ouest", secret));
    g_assert_false (opens (&replica, "est'; --", secret));
    g_assert_false (opens (&replica, "est", "wrong"));
    g_assert_true (group_code_spend (replica.journal, "est", &role, NULL));
    g_assert_cmpint (role, ==, ROLE_DESK);
  }
  g_assert_false (opens (&replica, "est", secret));
  next = group_code_make (replica.journal, "est", 1, journal_now_ms (replica.journal) + HOUR_MS,
                          ROLE_GATE, NULL);
  g_assert_false (opens (&replica, "est", secret));
  g_assert_true (opens (&replica, "est", next));
  replica_close (&replica);
}

static char *new_public (void)
{
  SignPublic public;
  SignSecret secret;

  sign_key_new (&public, &secret);
  return sign_public_text (&public);
}

/* A machine joins by the group's code, each call failing once; asks again, since the
 * answer was lost; and once it was revoked, in vain. */
static void test_join (void)
{
  g_autofree char *secret = NULL, *public = NULL, *other = NULL, *token = NULL;
  g_autoptr (GError) error = NULL;
  Replica replica = { 0 };

  replica_open (&replica, "hub");
  public = new_public ();
  other = new_public ();
  secret = group_code_make (replica.journal, "est", 2, journal_now_ms (replica.journal) + HOUR_MS,
                            ROLE_DESK, NULL);
  const EnrolmentCode code = { "est-1", secret, "est" }, next = { "est-2", secret, "est" };
  for (guint at = 1; token == NULL; at++) {
    failing_start (at);
    token = enrolment_redeem (replica.journal, &code, public, &error);
    g_assert_true (failing_stop () || token != NULL);
    g_assert_true ((token != NULL) == (error == NULL));
    g_clear_error (&error);
  }
  for (guint i = 0; i < 2; i++) { /* counted once */
    g_autofree char *again = enrolment_redeem (replica.journal, &code, public, &error);
    g_assert_no_error (error);
  }
  g_assert_true (opens (&replica, "est", secret));
  g_assert_true (enrolment_revoke (replica.journal, "est-1", &error));
  g_assert_null (enrolment_redeem (replica.journal, &code, public, &error));
  g_assert_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_REFUSED);
  g_clear_error (&error);
  g_free (enrolment_redeem (replica.journal, &next, other, &error));
  g_assert_no_error (error);
  g_assert_false (opens (&replica, "est", secret));
  replica_close (&replica);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  g_test_add_func ("/replication/group_code/terms", test_terms);
  g_test_add_func ("/replication/group_code/count", test_count);
  g_test_add_func ("/replication/group_code/join", test_join);
  return g_test_run ();
}
