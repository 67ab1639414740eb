/* Starting and stopping the hub: what it refuses, what it keeps over restarts. Its
 * answers are tested over HTTPS in tests/integration. */
#include "replication/service.h"

#include "http/address.h"
#include "journal/query.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder, *db;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("accueil-service-XXXXXX", NULL);
  fixture->db = g_build_filename (fixture->folder, "hub.db", NULL);
  journal_close (journal_create (fixture->db, "hub", clock_system (), NULL));
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->db, ".hub-lock", NULL);

  g_unlink (lock);
  g_unlink (fixture->db);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->db);
  g_free (fixture->folder);
}

static Service *start (const char *db, const char *listen, const char *const *names, GError **error)
{
  const ServiceOptions options
      = { .db = db, .listen = listen, .names = names, .clock = clock_system () };

  return service_start (&options, error);
}

static char *told (Fixture *fixture)
{
  g_autoptr (Journal) journal = journal_open (fixture->db, clock_system (), NULL);

  return journal_local (journal, JOURNAL_LOCAL_HUB_ADDRESS, NULL);
}

static void test_restarts (Fixture *fixture, gconstpointer data)
{
  static const char *const NAMES[] = { "hub.example", NULL };
  g_autofree char *pin = NULL, *first = NULL, *second = NULL, *expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Journal) journal = NULL;
  Service *service = start (fixture->db, "127.0.0.1:0", NULL, &error);
  Query *query;

  g_assert_no_error (error);
  pin = g_strdup (service_pin (service));
  first = told (fixture);
  g_assert_cmpstr (first, ==, service_url (service));
  g_assert_nonnull (service_hub (service)->db);
  service_stop (service);

  service = start (fixture->db, "127.0.0.1:0", NAMES, &error); /* the same key under another name */
  g_assert_no_error (error);
  g_assert_cmpstr (service_pin (service), ==, pin);
  second = told (fixture);
  expected = g_strconcat ("https://hub.example", strrchr (service_url (service), ':'), NULL);
  g_assert_cmpstr (second, ==, expected);
  service_stop (service);

  journal = journal_open (fixture->db, clock_system (), NULL);
  query = journal_query (journal, "SELECT count (*), count (last_number) FROM epoch", NULL);
  g_assert_true (query_next (query));
  g_assert_cmpint (query_int (query, 0), ==, 2);
  g_assert_cmpint (query_int (query, 1), ==, 1);
  g_assert_true (query_end (query, NULL));
}

static void test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autofree char *none = g_build_filename (fixture->folder, "none.db", NULL);
  g_autoptr (GError) error = NULL;
  Service *service;

  g_assert_null (start (none, "127.0.0.1:0", NULL, &error));
  g_assert_error (error, JOURNAL_ERROR, JOURNAL_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (start (fixture->db, "nowhere", NULL, &error));
  g_assert_error (error, ADDRESS_ERROR, ADDRESS_ERROR_FORMAT);
  g_clear_error (&error);
  service = start (fixture->db, "127.0.0.1:0", NULL,
                   &error); /* none of these left the replica locked */
  g_assert_no_error (error);
  g_assert_null (start (fixture->db, "127.0.0.1:0", NULL, &error));
  g_assert_error (error, SERVICE_ERROR, SERVICE_ERROR_TAKEN);
  service_stop (service);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replication/service/restarts", Fixture, NULL, set_up, test_restarts, tear_down);
  g_test_add ("/replication/service/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  return g_test_run ();
}
