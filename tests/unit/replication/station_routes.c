/* Enrolment, own heads, snapshots, counts and health, as they are answered. */
#include "unit/replication/hub_here.h"

#include "journal/query.h"

/* Enrolment -------------------------------------------------------------------------- */

static char *enrolment_of (const char *station, const char *secret, const char *public)
{
  return g_strdup_printf ("{\"station\":\"%s\",\"secret\":\"%s\",\"public\":\"%s\"}", station,
                          secret, public);
}

static char *new_public (void)
{
  SignPublic public;
  SignSecret secret;

  sign_key_new (&public, &secret);
  return sign_public_text (&public);
}

static void expect_enrolment (HubHere *here, const char *body, guint status, const char *expected)
{
  g_autofree char *answer = plain_ask (&here->plain, "POST", "/v1/enrol", NULL, body);

  plain_assert (answer, status, expected);
}

static void test_enrol (HubHere *here, gconstpointer data)
{
  static const struct {
    const char *body;
    guint status;
    const char *expected;
  } ROWS[] = {
    { "", 400, "\"error\":\"body\"" },
    { "[]", 400, "\"error\":\"body\"" },
    { "{\"station\":\"b\"}", 400, "station, secret and public" },
    { "{\"station\":\"b\",\"secret\":\"x\"}", 400, "station, secret and public" },
    { "{\"station\":1,\"secret\":\"x\",\"public\":\"y\"}", 400, "station, secret and public" },
    { "{\"station\":\"No Name\",\"secret\":\"x\",\"public\":\"y\"}", 400, "station's name" },
    { "{\"station\":\"hub\",\"secret\":\"x\",\"public\":\"y\"}", 400, "own name" },
    { "{\"station\":\"b\",\"secret\":\"x\",\"public\":\"y\"}", 403, "\"error\":\"code\"" },
  };
  g_autofree char *secret = NULL, *own = new_public (), *other = new_public (), *good = NULL,
                  *no_key = NULL, *again = NULL, *others = NULL, *fresh = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_test_message ("%s", ROWS[i].body);
    expect_enrolment (here, ROWS[i].body, ROWS[i].status, ROWS[i].expected);
  }
  secret = hub_here_invite (here, "b");
  no_key = enrolment_of ("b", secret, "y");
  expect_enrolment (here, no_key, 400, "no Ed25519 public key");
  good = enrolment_of ("b", secret, own);
  expect_enrolment (here, good, 200, "\"token\":\"b.");
  expect_enrolment (here, good, 403, "\"error\":\"code\""); /* it was used */
  fresh = hub_here_invite (here, "b");
  others = enrolment_of ("b", fresh, other);
  expect_enrolment (here, others, 409, "\"error\":\"name\"");
  again = enrolment_of ("b", fresh, own);
  writer_stop (here->parts->writer);
  expect_enrolment (here, again, 503, "\"error\":\"busy\"");
}

/* To a stranger nothing is said of paths, or of what failed. */
static void test_enrol_in_trouble (HubHere *here, gconstpointer data)
{
  g_autofree char *answer = NULL;

  g_unlink (here->db);
  answer = plain_ask (&here->plain, "POST", "/v1/enrol", NULL,
                      "{\"station\":\"b\",\"secret\":\"x\",\"public\":\"y\"}");
  plain_assert (answer, 503, "\"error\":\"busy\"");
  g_assert_null (strstr (answer, here->folder));
  g_free (g_steal_pointer (&answer));
  answer = hub_here_ask (here, "GET", "/v1/head", NULL, NULL);
  plain_assert (answer, 503, "\"error\":\"busy\"");
  g_assert_null (strstr (answer, here->folder));
}

/* Own heads -------------------------------------------------------------------------- */

static gint64 forks_noted (HubHere *here)
{
  Query *query = journal_query (here->hub, "SELECT count (*) FROM fact WHERE kind = 'fork'", NULL);
  gint64 count = query_next (query) ? query_int (query, 0) : -1;

  g_assert_true (query_end (query, NULL));
  return count;
}

static char *chain_of (Journal *journal, gint64 seq)
{
  g_autoptr (GPtrArray) facts = journal_facts_of (journal, "a", seq - 1, 1, NULL);

  return hash_to_hex (&((const Fact *) facts->pdata[0])->chain);
}

static void test_head (HubHere *here, gconstpointer data)
{
  static const char ZEROS[] = "0000000000000000000000000000000000000000000000000000000000000000";
  g_autofree char *lines = NULL, *first = NULL, *second = NULL;

  hub_here_expect (here, "GET", "/v1/head", NULL, NULL, 200, "\"seq\":0");
  hub_here_append (here->station, "call", "call:a", "{}");
  lines = hub_here_lines (here->station, 0, 10);
  hub_here_expect (here, "POST", "/v1/facts", NULL, lines, 200, NULL);
  first = chain_of (here->station, 1);
  second = chain_of (here->station, 2);
  const struct {
    gint64 seq;
    const char *chain, *yours; /* NULL: it fits */
  } ROWS[] = {
    { 2, second, NULL },
    { 3, ZEROS, NULL }, /* more than is here: the station compares */
    { 2, "xy", NULL },
    { -1, second, NULL },
    { 1, first, "\"yours\":\"older\"" },
    { 0, ZEROS, "older" },
    { 2, first, "\"yours\":\"fork\"" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *path
        = g_strdup_printf ("/v1/head?seq=%d&chain=%s", (int) ROWS[i].seq, ROWS[i].chain),
        *answer = hub_here_ask (here, "GET", path, NULL, NULL);

    g_test_message ("%s", path);
    plain_assert (answer, 200, "\"seq\":2");
    if (ROWS[i].yours != NULL)
      plain_assert (answer, 200, ROWS[i].yours);
    else
      g_assert_null (strstr (answer, "yours"));
  }
  writer_stop (here->parts->writer);           /* it has written what there was */
  g_assert_cmpint (forks_noted (here), ==, 2); /* of each kind one, within some time */
  /* It cannot be noted any more, and is said all the same. */
  g_autofree char *path = g_strdup_printf ("/v1/head?seq=2&chain=%s", first);
  hub_here_expect (here, "GET", path, NULL, NULL, 200, "\"yours\":\"fork\"");
}

/* What a station says of itself -------------------------------------------------------- */

static void test_state (HubHere *here, gconstpointer data)
{
  static const struct {
    const char *body;
    guint status;
    const char *expected;
  } ROWS[] = {
    { "", 400, "\"error\":\"body\"" },
    { "[]", 400, "clock_ms" },
    { "{\"version\":\"0.9.0\"}", 400, "clock_ms" },
    { "{\"clock_ms\":1477547087800,\"version\":\"0.9.1\",\"waiting\":12}", 200, "{}" },
    { "{\"clock_ms\":1477547087800,\"version\":\"0.9.2\"", 400, "clock_ms" },
    { "{\"clock_ms\":\"noon\"}", 400, "clock_ms" },
  };
  g_autofree char *stranger = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (StationState) before = station_state_get (here->parts->states, "a");

    g_test_message ("%s", ROWS[i].body);
    g_assert_cmpint (before != NULL, ==, i > 3);
    hub_here_expect (here, "POST", "/v1/state", NULL, ROWS[i].body, ROWS[i].status,
                     ROWS[i].expected);
  }
  stranger = plain_ask (&here->plain, "POST", "/v1/state", NULL, ROWS[3].body);
  plain_assert (stranger, 401, NULL);
  g_autoptr (StationState) last = station_state_get (here->parts->states, "a");
  g_assert_cmpstr (last->version, ==, "0.9.1");
  g_assert_cmpint (last->waiting, ==, 12);
}

/* What takes long -------------------------------------------------------------------- */

static void test_chores (HubHere *here, gconstpointer data)
{
  static const struct {
    const char *path;
    guint status;
    const char *expected;
  } ROWS[] = {
    { "/v1/snapshot", 200, "Content-Type: application/vnd.sqlite3" },
    { "/v1/snapshot", 200, "Accueil-Cursor: " },
    { "/v1/counts", 200, "{" },
    { "/v1/counts?by=country", 200, "{" },
    { "/v1/counts?by=nonsense", 400, "\"error\":\"query\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    hub_here_expect (here, "GET", ROWS[i].path, NULL, NULL, ROWS[i].status, ROWS[i].expected);
  chores_stop (here->parts->chores);
  hub_here_expect (here, "GET", "/v1/snapshot", NULL, NULL, 503, "\"error\":\"busy\"");
  hub_here_expect (here, "GET", "/v1/counts", NULL, NULL, 503, "\"error\":\"busy\"");
}

/* There is no room, or no right, for the copy beside the replica. */
static void test_no_snapshot (HubHere *here, gconstpointer data)
{
  g_autofree char *path = hub_here_path (here, "hub.db.snapshot");

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);        /* no file can be made there */
  hub_here_append (here->hub, "erasure", "FR-1", "{}"); /* nor is one of use that was made ahead */
  hub_here_expect (here, "GET", "/v1/snapshot", NULL, NULL, 503, "writing the snapshot");
  g_assert_cmpint (g_rmdir (path), ==, 0);
  hub_here_expect (here, "GET", "/v1/snapshot", NULL, NULL, 200, NULL);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (HubHere *here, gconstpointer data);
  } TESTS[] = {
    { "enrol", test_enrol },   { "enrol-in-trouble", test_enrol_in_trouble },
    { "head", test_head },     { "state", test_state },
    { "chores", test_chores }, { "no-snapshot", test_no_snapshot },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/replication/station-routes/", TESTS[i].name, NULL);
    g_test_add (path, HubHere, NULL, hub_here_set_up, TESTS[i].run, hub_here_tear_down);
  }
  return g_test_run ();
}
