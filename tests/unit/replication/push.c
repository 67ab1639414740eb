/* What a station sends: taken whole, refused with the head to go on from, or refused. */
#include "unit/replication/hub_here.h"

#define CALLS 4

static gint warnings;

/* The hub warns its organiser: expected here, and no failure of the test. */
static GLogWriterOutput count_warnings (GLogLevelFlags level, const GLogField *fields, gsize count,
                                        gpointer data)
{
  if ((level & G_LOG_LEVEL_WARNING) == 0)
    return g_log_writer_default (level, fields, count, data);
  g_atomic_int_inc (&warnings);
  return G_LOG_WRITER_HANDLED;
}

static void set_up (HubHere *here, gconstpointer data)
{
  hub_here_set_up (here, data);
  for (guint i = 0; i < CALLS; i++)
    hub_here_append (here->station, "call", "call:a", "{}");
}

/* Bodies ----------------------------------------------------------------------------- */

static char *first (HubHere *here)
{
  return hub_here_lines (here->station, 0, 2);
}

static char *all (HubHere *here)
{
  return hub_here_lines (here->station, 0, 100);
}

static char *later (HubHere *here)
{
  return hub_here_lines (here->station, 3, 100);
}

static char *altered (HubHere *here)
{
  g_autofree char *line = hub_here_lines (here->station, 2, 1);
  GString *lines = g_string_new (line);

  g_string_replace (lines, "\"kind\":\"call\"", "\"kind\":\"cell\"", 0);
  return g_string_free (lines, FALSE);
}

static char *of_the_hub (HubHere *here)
{
  return hub_here_lines (here->hub, 0, 100);
}

static char *no_fact (HubHere *here)
{
  return g_strdup ("{}\n");
}

/* One made by hand, after the first two. */
static char *made (HubHere *here, const char *kind, const char *subject, guint times)
{
  Fact fact = { .seq = 3, .at = 1 };
  GString *lines = g_string_new (NULL);
  g_autofree char *json = NULL;
  gint64 seq;
  Hash chain;
  g_autoptr (GPtrArray) held = journal_facts_of (here->station, "a", 1, 1, NULL);

  g_assert_true (journal_head (here->station, "a", &seq, &chain, NULL));
  fact.station = g_strdup ("a");
  fact.kind = g_strdup (kind);
  fact.subject = g_strdup (subject);
  fact.body = g_strdup ("{}");
  fact.body_hash = hash_of ("{}", 2);
  fact.chain = fact_chain (&((const Fact *) held->pdata[0])->chain, &fact);
  json = fact_to_json (&fact);
  for (guint i = 0; i < times; i++)
    g_string_append_printf (lines, "%s\n", json);
  fact_clear (&fact);
  return g_string_free (lines, FALSE);
}

static char *invalid (HubHere *here)
{
  g_autofree char *subject = g_strnfill (201, 'x');

  return made (here, "note", subject, 1);
}

static char *others_key (HubHere *here)
{
  return made (here, "station", "b", 1);
}

static char *too_many (HubHere *here)
{
  return made (here, "call", "call:a", JOURNAL_BATCH_MAX + 1);
}

/* Tests ------------------------------------------------------------------------------ */

static void test_table (HubHere *here, gconstpointer data)
{
  static const struct {
    const char *what, *headers;
    char *(*body) (HubHere *here);
    guint status;
    const char *expected;
  } ROWS[] = {
    { "the first two", NULL, first, 200, "\"station\":\"a\",\"seq\":2,\"chain\":\"" },
    { "the same again", NULL, first, 200, "\"seq\":2" },
    { "what does not follow", NULL, later, 409, "\"error\":\"gap\"" },
    { "it says where to go on", NULL, later, 409, "\"station\":\"a\",\"seq\":2,\"chain\":\"" },
    { "altered on the way", NULL, altered, 409, "\"error\":\"chain\"" },
    { "no replica takes it", NULL, invalid, 400, "\"error\":\"fact\"" },
    { "another station's facts", NULL, of_the_hub, 403, "\"error\":\"station\"" },
    { "another station's key", NULL, others_key, 403, "cannot announce or revoke" },
    { "too many", NULL, too_many, 413, "\"error\":\"size\"" },
    { "no facts", NULL, no_fact, 400, "\"error\":\"body\"" },
    { "not gzip", "Content-Encoding: gzip\r\n", first, 400, "\"error\":\"body\"" },
    { "another encoding", "Content-Encoding: br\r\n", first, 415, "\"error\":\"encoding\"" },
    { "all", NULL, all, 200, "\"seq\":5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *body = ROWS[i].body (here);

    g_test_message ("%s", ROWS[i].what);
    hub_here_expect (here, "POST", "/v1/facts", ROWS[i].headers, body, ROWS[i].status,
                     ROWS[i].expected);
  }
}

static void test_strangers (HubHere *here, gconstpointer data)
{
  static const struct {
    const char *header, *expected;
  } ROWS[] = {
    { NULL, "a token is wanted" },
    { "Authorization: Basic YTpi\r\n", "a token is wanted" },
    { "Authorization: Bearer a.0123456789\r\n", "unknown here or was revoked" },
    { "Authorization: Bearer nothing\r\n", "unknown here or was revoked" },
  };
  g_autofree char *body = first (here);

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *answer = plain_ask (&here->plain, "POST", "/v1/facts", ROWS[i].header, body);

    plain_assert (answer, 401, ROWS[i].expected);
    plain_assert (answer, 401, "WWW-Authenticate: Bearer");
    plain_assert (answer, 401, "Accueil-Epoch: ");
  }
}

/* Who is over its quota is told so before what it sends is looked at; what cannot be read
 * is put down to it too. */
static void test_quota (HubHere *here, gconstpointer data)
{
  gint64 now_ms = g_get_monotonic_time () / 1000;
  g_autofree char *large = g_strnfill (2 * 1024 * 1024, 'x');

  quota_charge (here->parts->quota, "a", 0, QUOTA_BYTES_AT_ONCE - 1024 * 1024, now_ms);
  hub_here_expect (here, "POST", "/v1/facts", "Content-Encoding: gzip\r\n", large, 400,
                   "\"error\":\"body\"");
  hub_here_expect (here, "POST", "/v1/facts", "Content-Encoding: gzip\r\n", "no gzip", 429,
                   "Retry-After: ");
  hub_here_expect (here, "GET", "/v1/head", NULL, NULL, 200, NULL);
}

/* Nothing is lost silently: the station is told to try again, and why. */
static void test_hub_in_trouble (HubHere *here, gconstpointer data)
{
  g_autofree char *body = first (here);

  hub_here_expect (here, "GET", "/v1/health", NULL, NULL, 200, "\"status\":\"ok\"");
  hub_here_expect (here, "GET", "/v1/head", NULL, NULL, 200, NULL); /* a reader is open from here */
  g_unlink (here->db);
  for (guint i = 0; i < 2; i++)
    hub_here_expect (here, "POST", "/v1/facts", NULL, body, 503, "its file was deleted");
  g_assert_cmpint (g_atomic_int_get (&warnings), ==, 1); /* once, however many it concerns */
  hub_here_expect (here, "GET", "/v1/health", NULL, NULL, 503, "\"error\":\"write\"");
  writer_stop (here->parts->writer);
  hub_here_expect (here, "POST", "/v1/facts", NULL, body, 503, "being stopped");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_warnings, NULL, NULL);
  g_test_add ("/replication/push/table", HubHere, NULL, set_up, test_table, hub_here_tear_down);
  g_test_add ("/replication/push/strangers", HubHere, NULL, set_up, test_strangers,
              hub_here_tear_down);
  g_test_add ("/replication/push/quota", HubHere, NULL, set_up, test_quota, hub_here_tear_down);
  g_test_add ("/replication/push/hub-in-trouble", HubHere, NULL, set_up, test_hub_in_trouble,
              hub_here_tear_down);
  return g_test_run ();
}
