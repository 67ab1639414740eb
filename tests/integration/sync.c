/* sync: stations (sync/client.h) and a hub (replication/service.h) over real HTTPS:
 * enrolment, push, pull, the hub away, revoked, restored from an older copy; and stations
 * restored from older copies. */
#include "journal/query.h"
#include "patience.h"
#include "replication/enrolment.h"
#include "replication/service.h"
#include "sync/client.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define STATIONS 3
#define ROUNDS_MAX 50

typedef struct {
  char *folder, *db, *listen;
  Journal *hub; /* as the commands beside the running hub use it */
  Service *server;
  Journal *stations[STATIONS];
} World;

static const char *const NAMES[] = { "desk-1", "desk-2", "gate-1" };

/* The world -------------------------------------------------------------------------- */

static void start_hub (World *world)
{
  const ServiceOptions options
      = { .db = world->db, .listen = world->listen, .clock = clock_system () };
  g_autoptr (GError) error = NULL;

  world->server = service_start (&options, &error);
  g_assert_no_error (error);
  if (strcmp (world->listen, "127.0.0.1:0") == 0) {
    g_free (world->listen);
    world->listen = g_strdup (service_url (world->server) + strlen ("https://"));
  }
}

static void stop_hub (World *world)
{
  g_clear_pointer (&world->server, service_stop);
}

static char *path_in (World *world, const char *name)
{
  return g_strdup_printf ("%s/%s.db", world->folder, name);
}

static void set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->folder = g_dir_make_tmp ("accueil-sync-XXXXXX", NULL);
  world->db = path_in (world, "hub");
  world->listen = g_strdup ("127.0.0.1:0");
  world->hub = journal_create (world->db, "hub", clock_system (), &error);
  g_assert_no_error (error);
  start_hub (world);
  for (guint i = 0; i < STATIONS; i++) {
    g_autofree char *path = path_in (world, NAMES[i]);
    world->stations[i] = journal_create (path, NAMES[i], clock_system (), &error);
    g_assert_no_error (error);
  }
}

static void tear_down (World *world, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (world->folder, 0, NULL);
  const char *name;

  stop_hub (world);
  journal_close (world->hub);
  for (guint i = 0; i < STATIONS; i++)
    journal_close (world->stations[i]);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (world->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (world->folder);
  g_free (world->folder);
  g_free (world->db);
  g_free (world->listen);
}

static char *invite (World *world, const char *station)
{
  g_autoptr (GError) error = NULL;
  char *code = enrolment_invite (world->hub, station, service_url (world->server),
                                 service_pin (world->server), &error);

  g_assert_no_error (error);
  return code;
}

static void enrol (World *world, guint station)
{
  g_autofree char *code = invite (world, NAMES[station]);
  g_autoptr (GError) error = NULL;
  gint64 taken;

  g_assert_true (client_enrol (world->stations[station], code, &taken, &error));
  g_assert_no_error (error);
}

static void enrol_all (World *world)
{
  for (guint i = 0; i < STATIONS; i++)
    enrol (world, i);
}

static void append (Journal *journal, guint count, const char *kind, const char *subject,
                    const char *body)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_begin (journal, &error));
  for (guint i = 0; i < count; i++)
    g_assert_true (journal_append (journal, kind, subject, body, NULL, &error));
  g_assert_true (journal_commit (journal, &error));
}

static void pass (Journal *journal, guint count)
{
  append (journal, count, "passage", "FR-1",
          "{\"checkpoint\":\"entree\",\"day\":\"2016-10-26\",\"period\":\"2016-10-26\",\"verdict\":"
          "\"ADMITTED\",\"direction\":\"in\"}");
}

/* Pushes and pulls all there is. FALSE at the first failure. */
static gboolean sync_one (Journal *journal, GError **error)
{
  g_autoptr (Client) client = client_new (journal, error);
  guint count, moved = 1;

  if (client == NULL)
    return FALSE;
  for (guint round = 0; moved > 0; round++) {
    g_assert_cmpuint (round, <, ROUNDS_MAX);
    moved = 0;
    if (!client_push (client, &count, error))
      return FALSE;
    moved += count;
    if (!client_pull (client, 0, NULL, &count, error))
      return FALSE;
    moved += count;
  }
  return TRUE;
}

static void assert_synced (World *world)
{
  g_autofree char *digest = NULL, *projections = NULL;

  /* Twice: what the last one pushes, the first one has not seen yet. */
  for (guint i = 0; i < 3 * STATIONS; i++) {
    g_autoptr (GError) error = NULL;
    sync_one (world->stations[i % STATIONS], &error);
    g_assert_no_error (error);
  }
  digest = journal_heads_digest (world->hub, NULL);
  projections = journal_projections_text (world->hub, NULL);
  for (guint i = 0; i < STATIONS; i++) {
    g_autofree char *other = journal_heads_digest (world->stations[i], NULL),
                    *text = journal_projections_text (world->stations[i], NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpstr (other, ==, digest);
    g_assert_cmpstr (text, ==, projections);
    g_assert_true (journal_verify (world->stations[i], NULL, NULL, NULL, &error));
    g_assert_no_error (error);
  }
}

/* Fails as it should, and says what to do: @remedy is in the message. */
static void assert_sync_says (Journal *journal, ClientError expected, const char *remedy)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sync_one (journal, &error));
  g_assert_error (error, CLIENT_ERROR, (gint) expected);
  g_assert_nonnull (strstr (error->message, remedy));
}

/* A copy of a replica's file while nobody has it open. */
static char *copy_of (const char *path)
{
  g_autofree char *copy = g_strconcat (path, ".copy", NULL), *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (copy, contents, (gssize) length, NULL));
  return g_steal_pointer (&copy);
}

static void put_back (const char *copy, const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL), *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (wal);
  g_unlink (shm);
  g_assert_cmpint (g_rename (copy, path), ==, 0);
}

/* Tests ------------------------------------------------------------------------------ */

static void test_everyday (World *world, gconstpointer data)
{
  append (world->hub, 700, "registration", "FR-1",
          "{\"family\":\"Œuvrard\",\"given\":\"Anne\"}"); /* more than a batch */
  enrol_all (world);
  for (guint i = 0; i < STATIONS; i++)
    pass (world->stations[i], 5 + 600 * i);
  append (world->hub, 1, "erasure", "FR-1", "{\"reason\":\"asked\"}");
  assert_synced (world);
  pass (world->stations[1], 1);
  append (world->hub, 1, "registration", "FR-2",
          "{\"family\":\"张\"}"); /* by a command beside the hub */
  assert_synced (world);
}

static void test_hub_away (World *world, gconstpointer data)
{
  enrol_all (world);
  stop_hub (world);
  pass (world->stations[0], 2);
  pass (world->stations[1],
        1); /* both let the same person in: a conflict, once they hear of each other */
  assert_sync_says (world->stations[0], CLIENT_ERROR_UNREACHABLE, "");
  start_hub (world);
  assert_synced (world);
  for (guint i = 0; i < STATIONS; i++) {
    Query *query = journal_query (world->stations[i],
                                  "SELECT count (*) FROM conflict WHERE NOT closed", NULL);
    g_assert_true (query_next (query));
    g_assert_cmpint (query_int (query, 0), ==, 1);
    g_assert_true (query_end (query, NULL));
  }
}

static void refuse_code (World *world, const char *code, ClientError expected)
{
  g_autoptr (GError) error = NULL;
  gint64 taken;

  g_assert_false (client_enrol (world->stations[0], code, &taken, &error));
  g_assert_error (error, CLIENT_ERROR, (gint) expected);
  g_assert_false (client_is_enrolled (world->stations[0]));
}

static void test_codes (World *world, gconstpointer data)
{
  g_autofree char *good = invite (world, NAMES[0]), *other = invite (world, NAMES[1]),
                  *cut = g_strndup (good, strlen (good) - 9), *foreign = NULL, *nobody = NULL,
                  *older = NULL;
  g_autoptr (GError) error = NULL;
  gint64 taken;

  foreign = enrolment_invite (world->hub, NAMES[0], service_url (world->server),
                              "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", NULL);
  refuse_code (world, foreign, CLIENT_ERROR_PIN);
  nobody = enrolment_invite (world->hub, NAMES[0], "https://127.0.0.1:1",
                             service_pin (world->server), NULL);
  refuse_code (world, nobody, CLIENT_ERROR_UNREACHABLE);
  older = invite (world, NAMES[0]);
  g_free (good);
  good = invite (world, NAMES[0]);
  refuse_code (world, older, CLIENT_ERROR_REFUSED);
  refuse_code (world, cut, CLIENT_ERROR_CODE);
  refuse_code (world, other, CLIENT_ERROR_CODE);
  refuse_code (world, "hello", CLIENT_ERROR_CODE);
  g_assert_true (
      client_enrol (world->stations[0], good, &taken, &error)); /* none of these used it up */
  g_assert_no_error (error);
  g_assert_false (client_enrol (world->stations[0], good, &taken, &error));
  g_assert_error (error, CLIENT_ERROR, CLIENT_ERROR_REFUSED);
}

/* A second machine under a name that is taken. */
static void test_name_taken (World *world, gconstpointer data)
{
  g_autofree char *path = path_in (world, "twin"), *code = NULL;
  g_autoptr (Journal) twin = journal_create (path, NAMES[0], clock_system (), NULL);
  g_autoptr (GError) error = NULL;
  gint64 taken;

  enrol (world, 0);
  code = invite (world, NAMES[0]);
  g_assert_false (client_enrol (twin, code, &taken, &error));
  g_assert_error (error, CLIENT_ERROR, CLIENT_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (sync_one (world->stations[0], &error));
}

static void test_not_enrolled (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (client_new (world->stations[0], &error));
  g_assert_error (error, CLIENT_ERROR, CLIENT_ERROR_NOT_ENROLLED);
}

/* The hub's key is another: somebody is in between. */
static void test_other_key (World *world, gconstpointer data)
{
  enrol_all (world);
  stop_hub (world);
  g_assert_true (journal_set_local (world->hub, "hub-key", NULL, NULL));
  start_hub (world);
  assert_sync_says (world->stations[0], CLIENT_ERROR_PIN, "");
  enrol (world, 0);
  g_assert_true (sync_one (world->stations[0], NULL));
}

/* What the station's doors and screens know of the hub's refusal; NULL for none. */
static void assert_refusal (Journal *journal, const char *expected)
{
  g_autofree char *name = journal_local (journal, JOURNAL_LOCAL_HUB_PUSH_REFUSAL, NULL);

  g_assert_cmpstr (name, ==, expected);
}

typedef struct {
  Journal *journal;
  gint stop;
  gint begun;
  GError *error;
  guint taken;
  gboolean good;
} Poll;

static gpointer poll (gpointer data)
{
  Poll *state = data;
  g_autoptr (Client) client = client_new (state->journal, &state->error);
  guint taken;

  /* All there is, then one that waits. */
  do
    state->good = client_pull (client, 0, NULL, &taken, &state->error);
  while (state->good && taken > 0);
  g_atomic_int_set (&state->begun, 1);
  if (state->good)
    state->good = client_pull (client, CLIENT_WAIT_S, &state->stop, &state->taken, &state->error);
  return NULL;
}

static GThread *poll_begin (Poll *state, Journal *journal)
{
  GThread *thread;

  *state = (Poll){ .journal = journal };
  thread = g_thread_new ("poll", poll, state);
  while (!g_atomic_int_get (&state->begun))
    g_thread_yield ();
  return thread;
}

/* While one waits, another pushes: it comes at once, not at the end of the wait. */
static void test_long_poll (World *world, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  GThread *thread;
  Poll state;

  enrol_all (world);
  assert_synced (world);
  thread = poll_begin (&state, world->stations[0]);
  pass (world->stations[1], 1);
  g_assert_true (sync_one (world->stations[1], NULL));
  g_thread_join (thread);
  g_assert_no_error (state.error);
  g_assert_cmpuint (state.taken, ==, 1);
  g_assert_cmpint (patience_since_us (start), <, (CLIENT_WAIT_S - 5) * G_USEC_PER_SEC);
}

static void test_stop_wait (World *world, gconstpointer data)
{
  GThread *thread;
  gint64 start;
  Poll state;

  enrol_all (world);
  assert_synced (world);
  thread = poll_begin (&state, world->stations[0]);
  start = g_get_monotonic_time ();
  g_atomic_int_set (&state.stop, 1);
  g_thread_join (thread);
  g_assert_true (state.good);
  g_assert_cmpint (patience_since_us (start), <, 5 * G_USEC_PER_SEC);
}

/* The token opens nothing any more, at once, even for a wait that is open; and everybody
 * learns it. */
static void test_revoked (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint64 start;
  Poll state;
  Query *query;

  enrol_all (world);
  assert_synced (world);
  thread = poll_begin (&state, world->stations[0]);
  start = g_get_monotonic_time ();
  g_assert_true (enrolment_revoke (world->hub, NAMES[0], &error));
  g_thread_join (thread); /* which has the Journal until then */
  g_assert_error (state.error, CLIENT_ERROR, CLIENT_ERROR_REFUSED);
  pass (world->stations[0], 1);
  assert_sync_says (world->stations[0], CLIENT_ERROR_REFUSED, "");
  assert_refusal (world->stations[0], "revoked");
  g_clear_error (&state.error);
  g_assert_cmpint (patience_since_us (start), <, 10 * G_USEC_PER_SEC);
  g_assert_true (sync_one (world->stations[1], &error));
  query = journal_query (
      world->stations[1],
      "SELECT revoked FROM station_key WHERE station = 'desk-1' AND public <> ''", NULL);
  g_assert_true (query_next (query));
  g_assert_cmpint (query_int (query, 0), ==, 1);
  g_assert_true (query_end (query, NULL));

  enrol (world, 0); /* found again */
  assert_synced (world);
}

static void restore_hub (World *world, const char *copy)
{
  g_autoptr (GError) error = NULL;

  stop_hub (world);
  g_clear_pointer (&world->hub, journal_close);
  put_back (copy, world->db);
  world->hub = journal_open (world->db, clock_system (), &error);
  g_assert_no_error (error);
}

static char *copy_hub (World *world)
{
  char *copy;

  stop_hub (world);
  g_clear_pointer (&world->hub, journal_close);
  copy = copy_of (world->db);
  world->hub = journal_open (world->db, clock_system (), NULL);
  start_hub (world);
  return copy;
}

/* The hub's disk is lost; the copy in the drawer is older. Its stations bring back what
 * they wrote, also one that has nothing new to say. */
static void test_hub_restored (World *world, gconstpointer data)
{
  g_autofree char *copy = NULL;
  gint64 lost;

  enrol_all (world);
  pass (world->stations[0], 3);
  assert_synced (world);
  copy = copy_hub (world);
  pass (world->stations[0], 4);
  pass (world->stations[1], 600);
  assert_synced (world);
  lost = journal_last_number (world->hub, NULL);

  restore_hub (world, copy);
  g_assert_cmpint (journal_last_number (world->hub, NULL), ==, lost - 604);
  start_hub (world);
  pass (world->stations[2], 700); /* other facts under the lost numbers, more than there were */
  assert_synced (world);
  g_assert_cmpint (journal_last_number (world->hub, NULL), ==, lost + 700);
}

/* Lists are imported at the hub: what it has lost under its own name, the first station
 * that connects gives back, be it one that has only just enrolled. */
static void test_own_facts_restored (World *world, gconstpointer data)
{
  g_autofree char *copy = NULL, *before = NULL, *after = NULL;

  enrol_all (world);
  copy = copy_hub (world);
  append (world->hub, 1300, "registration", "FR-1", "{\"family\":\"Œuvrard\"}");
  enrol (world, 0); /* by a snapshot: it never pulls these facts */
  g_assert_true (sync_one (world->stations[0], NULL));
  before = journal_heads_digest (world->hub, NULL);
  restore_hub (world, copy);
  start_hub (world);
  enrol (world, 0); /* the token of the second enrolment was lost with the disk */
  g_assert_true (sync_one (world->stations[0], NULL));
  assert_synced (world);

  /* The other way about: stations that pulled the facts, and whose tokens are in the
   * copy. */
  g_clear_pointer (&copy, g_free);
  copy = copy_hub (world);
  append (world->hub, 700, "registration", "FR-2", "{\"family\":\"张\"}");
  assert_synced (world);
  g_clear_pointer (&before, g_free);
  before = journal_heads_digest (world->hub, NULL);
  restore_hub (world, copy);
  start_hub (world);
  assert_synced (world);
  after = journal_heads_digest (world->hub, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* A station that had read only a part of a long list gives that part back. */
static void test_part_restored (World *world, gconstpointer data)
{
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  gint64 held = 0, back = 0;
  guint taken;

  enrol (world, 0);
  g_assert_true (sync_one (world->stations[0], &error));
  copy = copy_hub (world);
  append (world->hub, 1700, "registration", "FR-1", "{\"family\":\"Œuvrard\"}");
  g_autoptr (Client) client = client_new (world->stations[0], &error);
  for (guint i = 0; i < 2; i++)
    g_assert_true (client_pull (client, 0, NULL, &taken, &error));
  g_assert_no_error (error);
  g_assert_true (journal_head (world->stations[0], "hub", &held, NULL, NULL));
  g_assert_cmpint (held, >, 500);
  g_assert_cmpint (held, <, 1700);
  restore_hub (world, copy);
  start_hub (world);
  for (guint i = 0; i < 3; i++) /* 410; from the start; the hub hears that this is all */
    g_assert_true (sync_one (world->stations[0], &error));
  g_assert_no_error (error);
  g_assert_true (journal_head (world->hub, "hub", &back, NULL, NULL));
  g_assert_cmpint (back, ==, held);
  append (world->hub, 3, "registration", "FR-2", "{\"family\":\"Autre\"}");
  g_assert_true (sync_one (world->stations[0], &error));
  g_assert_no_error (error);
}

/* Somebody was quicker than the stations, and imported into the restored hub: that is
 * said, and nothing is mixed up. */
static void test_own_facts_forked (World *world, gconstpointer data)
{
  g_autofree char *copy = NULL, *before = NULL, *after = NULL;

  enrol_all (world);
  copy = copy_hub (world);
  append (world->hub, 3, "registration", "FR-1", "{\"family\":\"Œuvrard\"}");
  assert_synced (world);
  restore_hub (world, copy);
  append (world->hub, 2, "registration", "FR-1", "{\"family\":\"Autre\"}");
  start_hub (world);
  before = journal_heads_digest (world->stations[0], NULL);
  assert_sync_says (world->stations[0], CLIENT_ERROR_CONFLICT, "put the copy back again");
  after = journal_heads_digest (world->stations[0], NULL);
  g_assert_cmpstr (before, ==, after);
}

/* A connection of a client that was open over it all notices by the epoch alone. */
static void test_restored_under_clients (World *world, gconstpointer data)
{
  g_autoptr (Client) push = NULL, pull = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  guint count;

  enrol_all (world);
  assert_synced (world);
  push = client_new (world->stations[0], NULL);
  pull = client_new (world->stations[0], NULL);
  copy = copy_hub (world);
  pass (world->stations[0], 2);
  pass (world->stations[1], 2);
  g_assert_true (sync_one (world->stations[1], &error));
  g_assert_true (client_push (push, &count, &error) && count == 2);
  g_assert_true (client_pull (pull, 0, NULL, &count, &error) && count == 2);
  restore_hub (world, copy);
  start_hub (world);
  g_assert_true (
      client_pull (pull, 0, NULL, &count, &error)); /* 410: from the start, in the new epoch */
  g_assert_true (client_push (push, &count, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 2);
  assert_synced (world);
}

static char *head_text (Journal *journal, const char *station)
{
  gint64 seq;
  Hash chain;
  g_autofree char *hex = NULL;

  g_assert_true (journal_head (journal, station, &seq, &chain, NULL));
  hex = hash_to_hex (&chain);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", seq, hex);
}

/* The hub has seen it, too, and says so in a fact. */
static void wait_for_fork (World *world, gboolean older)
{
  gboolean found = FALSE;

  while (!found) {
    Query *query = journal_query (world->hub,
                                  "SELECT older FROM station_fork WHERE station = :station", NULL);

    query_bind_text (query, ":station", NAMES[0]);
    while (query_next (query))
      found = found || query_int (query, 0) == older;
    query_end (query, NULL);
    g_usleep (10000);
  }
}

/* An older copy of a station's file: what it had pushed comes back with a new code. */
static void test_station_restored (World *world, gconstpointer data)
{
  g_autofree char *path = path_in (world, NAMES[0]), *copy = NULL;

  enrol_all (world);
  assert_synced (world);
  g_clear_pointer (&world->stations[0], journal_close);
  copy = copy_of (path);
  world->stations[0] = journal_open (path, clock_system (), NULL);
  pass (world->stations[0], 5);
  assert_synced (world);
  g_clear_pointer (&world->stations[0], journal_close);
  put_back (copy, path);
  world->stations[0] = journal_open (path, clock_system (), NULL);
  assert_sync_says (world->stations[0], CLIENT_ERROR_OLDER, "");
  assert_refusal (world->stations[0], "older");
  wait_for_fork (world, TRUE);
  enrol (world, 0);
  assert_synced (world);
  assert_refusal (world->stations[0], NULL);
}

/* An older copy that was worked on: two histories under one name. Refused, and both sides
 * stay as they were. */
static void test_station_forked (World *world, gconstpointer data)
{
  g_autofree char *path = path_in (world, NAMES[0]), *copy = NULL, *before = NULL, *after = NULL;

  for (guint extra = 0; extra < 2; extra++) {
    if (extra == 0) {
      enrol_all (world);
      assert_synced (world);
      g_clear_pointer (&world->stations[0], journal_close);
      copy = copy_of (path);
      world->stations[0] = journal_open (path, clock_system (), NULL);
      pass (world->stations[0], 2);
      assert_synced (world);
      g_clear_pointer (&world->stations[0], journal_close);
      put_back (copy, path);
      world->stations[0] = journal_open (path, clock_system (), NULL);
      append (world->stations[0], 2, "passage", "FR-2", "{\"checkpoint\":\"other\"}"); /* as many */
    } else
      append (world->stations[0], 3, "passage", "FR-2", "{\"checkpoint\":\"other\"}"); /* more */
    before = head_text (world->hub, NAMES[0]);
    assert_sync_says (world->stations[0], CLIENT_ERROR_CONFLICT, "accueil rejoin CODE");
    assert_refusal (world->stations[0], "fork");
    wait_for_fork (world, FALSE);
    after = head_text (world->hub, NAMES[0]);
    g_assert_cmpstr (before, ==, after);
    g_clear_pointer (&before, g_free);
    g_clear_pointer (&after, g_free);
  }
}

static gint64 excesses (Journal *journal)
{
  gint64 count = 0;

  g_assert_true (
      query_number (journal, "SELECT count (*) FROM alert WHERE kind = 'excess'", &count, NULL));
  return count;
}

/* Who sends more than its quota waits and keeps what it has; everybody hears of it. */
static void test_quota (World *world, gconstpointer data)
{
  gint64 now_ms = g_get_monotonic_time () / 1000, told = 0;
  g_autoptr (GError) error = NULL;

  enrol_all (world);
  assert_synced (world);
  quota_charge (service_hub (world->server)->quota, NAMES[0], 2 * QUOTA_FACTS_AT_ONCE, 0, now_ms);
  pass (world->stations[0], 1);
  pass (world->stations[1], 1);
  assert_sync_says (world->stations[0], CLIENT_ERROR_UNREACHABLE, "quota");
  g_assert_true (sync_one (world->stations[1], NULL));
  patience_wait (excesses (world->hub) > 0);
  assert_sync_says (world->stations[0], CLIENT_ERROR_UNREACHABLE, "quota");
  stop_hub (world);
  start_hub (world);
  assert_synced (world); /* nothing was lost, and it was told once */
  g_assert_true (query_number (
      world->stations[2], "SELECT happened FROM alert WHERE id = 'excess:desk-1'", &told, &error));
  g_assert_cmpint (told, ==, 1);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (World *world, gconstpointer data);
  } TESTS[] = {
    { "everyday", test_everyday },
    { "hub-away", test_hub_away },
    { "codes", test_codes },
    { "name-taken", test_name_taken },
    { "not-enrolled", test_not_enrolled },
    { "other-key", test_other_key },
    { "long-poll", test_long_poll },
    { "stop-wait", test_stop_wait },
    { "revoked", test_revoked },
    { "hub-restored", test_hub_restored },
    { "own-facts-restored", test_own_facts_restored },
    { "part-restored", test_part_restored },
    { "own-facts-forked", test_own_facts_forked },
    { "restored-under-clients", test_restored_under_clients },
    { "station-restored", test_station_restored },
    { "station-forked", test_station_forked },
    { "quota", test_quota },
  };

  g_test_init (&argc, &argv, NULL);
  client_start ();
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/sync/", TESTS[i].name, NULL);
    g_test_add (path, World, NULL, set_up, TESTS[i].run, tear_down);
  }
  return g_test_run ();
}
