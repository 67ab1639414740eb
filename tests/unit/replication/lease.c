/* Of two hubs one holds the lease: it goes on as long as it raises its number, and the
 * other takes it when that has stood still for long enough, never while the first
 * believes in it. */
#include "replication/lease.h"

#include "core/sign.h"
#include "journal/log_move.h"
#include "journal/shared_log.h"
#include "kit/log_places.h"
#include "unit/access/replica.h"

#define NAME "webhooks-sender"
#define MS G_TIME_SPAN_MILLISECOND

static gboolean hold (Lease *lease, Replica *replica, gint64 ms)
{
  g_autoptr (GError) error = NULL;
  gboolean held = lease_hold (lease, replica->journal, ms * MS, &error);

  g_assert_no_error (error);
  g_assert_cmpint (held, ==, lease_is_held (lease, ms * MS));
  return held;
}

static void test_alone (void)
{
  g_autoptr (Lease) lease = lease_new (NAME);
  g_autofree char *kept = NULL;
  Replica replica = { 0 };

  replica_open (&replica, "hub");
  g_assert_false (lease_is_held (lease, 1));
  g_assert_true (hold (lease, &replica, 1));
  g_assert_true (lease_is_new (lease));
  g_assert_false (lease_is_new (lease));
  g_assert_true (hold (lease, &replica, 10 * LEASE_TAKE_MS));
  kept = journal_local (replica.journal, NAME, NULL);
  g_assert_null (kept); /* a hub alone notes nothing */
  replica_close (&replica);
}

static void follow (Replica *replica)
{
  g_autoptr (GError) error = NULL;

  journal_follow (replica->journal, 0, -1, &error);
  g_assert_no_error (error);
}

/* Two hubs of one log look by turns, each at its own time; @stops: when the first does no
 * more. *@both: times at which both believed in it. */
static gint64 play (Replica *one, Replica *other, gint64 stops, guint *both)
{
  g_autoptr (Lease) first = lease_new (NAME), second = lease_new (NAME);
  gint64 ms;

  *both = 0;
  g_assert_true (hold (first, one, 1));
  for (ms = 500; ms < stops + 3 * LEASE_TAKE_MS; ms += 500) {
    follow (one);
    follow (other);
    if (ms < stops)
      g_assert_true (hold (first, one, ms));
    if (hold (second, other, ms)) {
      *both += lease_is_held (first, ms * MS);
      g_assert_true (lease_is_new (second));
      break;
    }
  }
  follow (one);
  g_assert_false (hold (first, one, ms + 1)); /* it comes back, and it is another's */
  return ms - stops;
}

static void test_shared (gconstpointer data)
{
  g_autofree char *address = log_places_new (data), *path = NULL;
  g_autoptr (GError) error = NULL;
  Replica one = { 0 }, other = { 0 };
  gint64 took;
  guint both;

  replica_open (&one, "hub");
  g_assert_true (journal_share (one.journal, address, &error));
  path = replica_path (&one, "other.db");
  other.journal = journal_join (path, address, clock_system (), &error);
  g_assert_no_error (error);
  took = play (&one, &other, 5 * LEASE_TAKE_MS, &both);
  g_assert_cmpint (took, >=, LEASE_HELD_MS);
  g_assert_cmpint (took, <=, LEASE_TAKE_MS + 2 * LEASE_RENEW_MS);
  g_assert_cmpuint (both, ==, 0);
  journal_close (other.journal);
  replica_close (&one);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sign_start ();
  log_places_start ();
  g_test_add_func ("/replication/lease/alone", test_alone);
  for (guint p = 0; p < G_N_ELEMENTS (LOG_PLACES); p++) {
    g_autofree char *path = g_strdup_printf ("/replication/lease/shared/%s", LOG_PLACES[p].name);

    if (LOG_PLACES[p].engine != NULL)
      g_test_add_data_func (path, &LOG_PLACES[p], test_shared);
  }
  int status = g_test_run ();

  log_places_stop ();
  return status;
}
