/* One-time codes, tokens, revocation. */
#include "replication/enrolment.h"

#include "core/json.h"
#include "core/sign.h"
#include "journal/query.h"
#include "unit/journal/transaction.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder, *db;
  gint64 now_ms;
  Journal *journal;
  char *key_a, *key_b;
} Fixture;

static gint64 fixture_now (gpointer data)
{
  return *(gint64 *) data;
}

static char *new_key (void)
{
  SignPublic public;
  SignSecret secret;

  sign_key_new (&public, &secret);
  return sign_public_text (&public);
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  sign_start ();
  fixture->now_ms = 1477440000000;
  fixture->folder = g_dir_make_tmp ("accueil-enrolment-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  fixture->journal = journal_create (
      fixture->db, "hub", (Clock){ .now_ms = fixture_now, .data = &fixture->now_ms }, NULL);
  g_assert_nonnull (fixture->journal);
  fixture->key_a = new_key ();
  fixture->key_b = new_key ();
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  journal_close (fixture->journal);
  g_unlink (fixture->db);
  g_rmdir (fixture->folder);
  g_free (fixture->db);
  g_free (fixture->folder);
  g_free (fixture->key_a);
  g_free (fixture->key_b);
}

/* The secret inside a code, as a station reads it. */
static char *secret_of (const char *code)
{
  g_autofree char *padded = g_strconcat (code + strlen (ENROLMENT_CODE_PREFIX), "===", NULL);
  gsize length = strlen (padded) / 4 * 4;
  g_autofree guchar *json = NULL;
  g_autoptr (JsonIn) in = NULL;

  padded[length] = '\0';
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  json = g_base64_decode (padded, &length);
  in = json_in_parse ((const char *) json, (gssize) length, NULL);
  g_assert_nonnull (in);
  g_assert_cmpstr (json_in_string (json_in_root (in), "url"), ==, "https://hub:8443");
  g_assert_cmpstr (json_in_string (json_in_root (in), "pin"), ==, "sha256//pin");
  return g_strdup (json_in_string (json_in_root (in), "secret"));
}

static char *invite (Fixture *fixture, const char *station)
{
  g_autofree char *code
      = enrolment_invite (fixture->journal, station, "https://hub:8443", "sha256//pin", NULL);

  g_assert_true (g_str_has_prefix (code, ENROLMENT_CODE_PREFIX));
  g_assert_null (strpbrk (code + strlen (ENROLMENT_CODE_PREFIX), "+/="));
  return secret_of (code);
}

static void assert_refused (Fixture *fixture, const char *station, const char *secret,
                            const char *key, EnrolmentError expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token
      = enrolment_redeem (fixture->journal, &(EnrolmentCode){ station, secret, NULL }, key, &error);

  g_assert_null (token);
  g_assert_error (error, ENROLMENT_ERROR, (gint) expected);
  g_assert_false (in_transaction (fixture->journal));
}

static gboolean admits (Fixture *fixture, const char *token, const char *expected)
{
  char station[STATION_NAME_MAX + 1];
  g_autoptr (GError) error = NULL;
  gboolean good = enrolment_admits (fixture->journal, token, station, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (station, ==, good ? expected : "");
  return good;
}

static void test_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = invite (fixture, "a"),
                  *token
                  = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", secret, NULL },
                                      fixture->key_a, NULL),
                  *altered = NULL, *cut = NULL;

  g_assert_true (admits (fixture, token, "a"));
  assert_refused (fixture, "a", secret, fixture->key_a, ENROLMENT_ERROR_REFUSED); /* used */
  altered = g_strdup (token);
  altered[strlen (altered) - 1] ^= 1;
  cut = g_strndup (token, strlen (token) - 1);
  g_assert_false (admits (fixture, altered, NULL));
  g_assert_false (admits (fixture, cut, NULL));
  g_assert_false (admits (fixture, "", NULL));
  g_assert_false (admits (fixture, NULL, NULL));
  g_assert_false (admits (fixture, "a.", NULL));
  g_assert_false (admits (fixture, ".x", NULL));
  g_assert_false (admits (fixture, "b.x", NULL));
}

static void test_nothing_plain (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = invite (fixture, "a"), *token = NULL;
  Query *query;

  for (int enrolled = 0; enrolled < 2; enrolled++) {
    query = journal_query (
        fixture->journal,
        "SELECT ifnull (secret_hash, '') || ifnull (token_hash, '') FROM enrolment", NULL);
    g_assert_true (query_next (query));
    g_assert_null (strstr (query_text (query, 0), secret));
    if (token != NULL)
      g_assert_null (strstr (query_text (query, 0), strchr (token, '.') + 1));
    g_assert_true (query_end (query, NULL));
    if (token == NULL)
      token = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", secret, NULL },
                                fixture->key_a, NULL);
  }
}

static void test_expires (Fixture *fixture, gconstpointer data)
{
  g_autofree char *late = invite (fixture, "a"), *in_time = NULL, *token = NULL;

  fixture->now_ms += ENROLMENT_INVITATION_MS;
  assert_refused (fixture, "a", late, fixture->key_a, ENROLMENT_ERROR_REFUSED);
  in_time = invite (fixture, "a");
  fixture->now_ms += ENROLMENT_INVITATION_MS - 1;
  assert_refused (fixture, "a", late, fixture->key_a,
                  ENROLMENT_ERROR_REFUSED); /* the newer code voids the older */
  token = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", in_time, NULL },
                            fixture->key_a, NULL);
  g_assert_nonnull (token);
}

/* Guesses void nothing, and write nothing. */
static void test_guesses (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = invite (fixture, "a"), *token = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++) {
    g_assert_false (
        enrolment_is_invited (fixture->journal, &(EnrolmentCode){ "a", "wrong", NULL }, &error));
    g_assert_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_REFUSED);
    g_clear_error (&error);
    assert_refused (fixture, "a", "wrong", fixture->key_a, ENROLMENT_ERROR_REFUSED);
  }
  g_assert_false (
      enrolment_is_invited (fixture->journal, &(EnrolmentCode){ "No Name", secret, NULL }, &error));
  g_assert_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_NAME);
  g_assert_false (
      enrolment_is_invited (fixture->journal, &(EnrolmentCode){ "b", secret, NULL }, NULL));
  g_assert_true (
      enrolment_is_invited (fixture->journal, &(EnrolmentCode){ "a", secret, NULL }, NULL));
  token = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", secret, NULL }, fixture->key_a,
                            NULL);
  g_assert_nonnull (token);
  g_assert_false (enrolment_is_invited (fixture->journal, &(EnrolmentCode){ "a", secret, NULL },
                                        NULL)); /* used */
}

static void test_refuses (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = invite (fixture, "a"), *token = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (
      enrolment_invite (fixture->journal, "hub", "https://h", "p", &error)); /* its own name */
  g_assert_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_NAME);
  g_clear_error (&error);
  g_assert_null (enrolment_invite (fixture->journal, "Not A Name", "https://h", "p", &error));
  g_assert_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_NAME);
  assert_refused (fixture, "never-invited", secret, fixture->key_a, ENROLMENT_ERROR_REFUSED);
  assert_refused (fixture, "hub", secret, fixture->key_a, ENROLMENT_ERROR_NAME);
  assert_refused (fixture, "a", secret, "no key", ENROLMENT_ERROR_KEY);
  token = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", secret, NULL }, fixture->key_a,
                            NULL); /* none of these used it up */
  g_assert_nonnull (token);
}

static void test_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = invite (fixture, "a"), *again = NULL,
                  *token
                  = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", secret, NULL },
                                      fixture->key_a, NULL),
                  *second = NULL;

  again = invite (fixture, "a");
  assert_refused (fixture, "a", again, fixture->key_b, ENROLMENT_ERROR_TAKEN);
  g_assert_true (admits (fixture, token, "a"));
  second = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", again, NULL }, fixture->key_a,
                             NULL); /* the same machine: the code was not used up */
  g_assert_true (admits (fixture, second, "a"));
  g_assert_false (admits (fixture, token, NULL));
}

static char *station_row (Fixture *fixture)
{
  Query *query = journal_query (
      fixture->journal,
      "SELECT public || ' ' || revoked || ' ' || writer FROM station_key WHERE station = 'a'",
      NULL);
  char *row = query_next (query) ? g_strdup (query_text (query, 0)) : NULL;

  g_assert_true (query_end (query, NULL));
  return row;
}

static void test_revoke (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = invite (fixture, "a"),
                  *token
                  = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", secret, NULL },
                                      fixture->key_a, NULL),
                  *row = NULL, *expected = NULL, *back = NULL, *again = NULL, *good = NULL;
  g_autoptr (GError) error = NULL;
  gint64 revocations = enrolment_revocations (fixture->journal);

  g_assert_false (enrolment_revoke (fixture->journal, "b", &error));
  g_assert_error (error, ENROLMENT_ERROR, ENROLMENT_ERROR_UNKNOWN);
  g_assert_true (enrolment_revoke (fixture->journal, "a", NULL));
  g_assert_false (admits (fixture, token, NULL));
  g_assert_cmpint (enrolment_revocations (fixture->journal), !=, revocations);
  row = station_row (fixture);
  expected = g_strdup_printf ("%s 1 hub", fixture->key_a);
  g_assert_cmpstr (row, ==, expected);

  /* Invited again, it is good again, and all are told. */
  again = invite (fixture, "a");
  g_assert_false (admits (fixture, token, NULL));
  back = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", again, NULL }, fixture->key_a,
                           NULL);
  g_assert_true (admits (fixture, back, "a"));
  g_free (row);
  row = station_row (fixture);
  good = g_strdup_printf ("%s 0 hub", fixture->key_a);
  g_assert_cmpstr (row, ==, good);
}

static void test_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *secret = invite (fixture, "a"),
                  *token
                  = enrolment_redeem (fixture->journal, &(EnrolmentCode){ "a", secret, NULL },
                                      fixture->key_a, NULL),
                  *other = invite (fixture, "b");
  g_autoptr (GHashTable) contacts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) list = NULL;
  gint64 ms = 42;
  const Enrolment *a, *b;

  g_assert_true (token != NULL && other != NULL);
  g_hash_table_insert (contacts, (gpointer) (guintptr) "a", &ms);
  g_assert_true (enrolment_touch (fixture->journal, contacts, NULL));
  list = enrolment_list (fixture->journal, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  a = list->pdata[0];
  b = list->pdata[1];
  g_assert_cmpstr (a->station, ==, "a");
  g_assert_cmpint (a->enrolled_ms, ==, fixture->now_ms);
  g_assert_cmpint (a->expires_ms, ==, 0);
  g_assert_cmpint (a->last_ms, ==, 42);
  g_assert_cmpint (b->enrolled_ms, ==, 0);
  g_assert_cmpint (b->expires_ms, ==, fixture->now_ms + ENROLMENT_INVITATION_MS);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } TESTS[] = {
    { "once", test_once },       { "nothing-plain", test_nothing_plain },
    { "expires", test_expires }, { "guesses", test_guesses },
    { "refuses", test_refuses }, { "taken", test_taken },
    { "revoke", test_revoke },   { "list", test_list },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/hub/enrolment/", TESTS[i].name, NULL);
    g_test_add (path, Fixture, NULL, set_up, TESTS[i].run, tear_down);
  }
  return g_test_run ();
}
