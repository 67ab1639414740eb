/* What a station asks for: the others' facts from a cursor on, at once or when there are
 * some; and when it has to begin anew. */
#include "replication/pull.h"
#include "unit/replication/hub_here.h"

static void test_table (HubHere *here, gconstpointer data)
{
  static const struct {
    const char *query;
    guint status;
    const char *expected;
  } ROWS[] = {
    { "", 200, "\"kind\":\"station\"" },
    { "?after=0&limit=1", 200, "Accueil-Cursor: 1\r\n" },
    { "?after=1&limit=1", 200, "Accueil-Cursor: 2\r\n" },
    { "?after=0&limit=100000", 200, "Accueil-Head: hub " },
    { "?after=x", 400, "\"error\":\"query\"" },
    { "?after=-1", 400, "\"error\":\"query\"" },
    { "?wait=soon", 400, "\"error\":\"query\"" },
    { "?limit=0", 400, "\"error\":\"query\"" },
    { "?after=1000", 410, "\"error\":\"epoch\"" },
    { "?after=1&epoch=unknown", 410, "read again from 0" },
    { "?after=0&epoch=unknown", 200, NULL },
  };

  hub_here_append (here->hub, "note", "FR-1", "{\"text\":\"a\"}");
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *path = g_strconcat ("/v1/facts", ROWS[i].query, NULL);

    g_test_message ("%s", path);
    hub_here_expect (here, "GET", path, NULL, NULL, ROWS[i].status, ROWS[i].expected);
  }
}

/* Its own are not sent back. */
static void test_own (HubHere *here, gconstpointer data)
{
  g_autofree char *lines = hub_here_lines (here->station, 0, 10), *answer = NULL;

  hub_here_expect (here, "POST", "/v1/facts", NULL, lines, 200, NULL);
  answer = hub_here_ask (here, "GET", "/v1/facts", NULL, NULL);
  plain_assert (answer, 200, "\"station\":\"hub\"");
  g_assert_null (strstr (answer, "\"station\":\"a\","));
}

static gint64 cursor_of (const char *answer)
{
  const char *at = strstr (answer, "Accueil-Cursor: ");

  g_assert_nonnull (at);
  return g_ascii_strtoll (at + strlen ("Accueil-Cursor: "), NULL, 10);
}

/* An answer ends after so many bytes, and the next one goes on from there. */
static void test_large (HubHere *here, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (60 * 1024, 'x'),
                  *body = g_strdup_printf ("{\"filler\":\"%s\"}", filler), *one = NULL, *two = NULL;
  guint facts = PULL_BYTES_MAX / (60 * 1024) + 3;
  g_autofree char *path = NULL;
  gint64 last;

  g_assert_true (journal_begin (here->hub, NULL));
  for (guint i = 0; i < facts; i++)
    g_assert_true (journal_append (here->hub, "of-a-later-version", "x", body, NULL, NULL));
  g_assert_true (journal_commit (here->hub, NULL));
  last = journal_last_number (here->hub, NULL);
  one = hub_here_ask (here, "GET", "/v1/facts", NULL, NULL);
  g_assert_cmpint (cursor_of (one), <, last);
  g_assert_cmpuint (strlen (one), <, PULL_BYTES_MAX + 2 * 60 * 1024);
  path = g_strdup_printf ("/v1/facts?after=%d", (int) cursor_of (one));
  two = hub_here_ask (here, "GET", path, NULL, NULL);
  g_assert_cmpint (cursor_of (two), ==, last);
}

typedef struct {
  HubHere *here;
  char *path, *answer;
} Waiting;

static gpointer wait_for_facts (gpointer data)
{
  Waiting *waiting = data;

  waiting->answer = hub_here_ask (waiting->here, "GET", waiting->path, NULL, NULL);
  return NULL;
}

typedef enum { A_FACT, A_REVOCATION, THE_END } Ending;

/* A poll that waits is answered when a fact comes, when its station is revoked, and when
 * the hub stops; not before. */
static void test_waits (HubHere *here, gconstpointer data)
{
  static const struct {
    guint status;
    const char *expected;
  } ROWS[] = { [A_FACT] = { 200, "\"kind\":\"note\"" },
               [A_REVOCATION] = { 401, "\"error\":\"token\"" },
               [THE_END] = { 200, "Content-Length: 0\r\n" } };
  Ending ending = (Ending) GPOINTER_TO_INT (data);
  Waiting waiting = { .here = here };
  GThread *thread;

  waiting.path
      = g_strdup_printf ("/v1/facts?after=%d&wait=30", (int) journal_last_number (here->hub, NULL));
  thread = g_thread_new ("waits", wait_for_facts, &waiting);
  if (ending == A_FACT)
    hub_here_append (here->hub, "note", "FR-1", "{\"text\":\"a\"}");
  else if (ending == A_REVOCATION)
    g_assert_true (enrolment_shut_out (here->hub, "a", NULL));
  else
    hub_parts_stop (here->parts);
  g_thread_join (thread);
  plain_assert (waiting.answer, ROWS[ending].status, ROWS[ending].expected);
  g_free (waiting.answer);
  g_free (waiting.path);
}

/* After its time it is answered empty. */
static void test_in_vain (HubHere *here, gconstpointer data)
{
  g_autofree char *path
      = g_strdup_printf ("/v1/facts?after=%d&wait=1", (int) journal_last_number (here->hub, NULL));
  gint64 began = g_get_monotonic_time ();

  hub_here_expect (here, "GET", path, NULL, NULL, 200, "Content-Length: 0\r\n");
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 900 * 1000);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    gint data;
    void (*run) (HubHere *here, gconstpointer data);
  } TESTS[] = {
    { "table", 0, test_table },
    { "own", 0, test_own },
    { "large", 0, test_large },
    { "fact", A_FACT, test_waits },
    { "revoked", A_REVOCATION, test_waits },
    { "stopped", THE_END, test_waits },
    { "in-vain", 0, test_in_vain },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    g_autofree char *path = g_strconcat ("/replication/pull/", TESTS[i].name, NULL);
    g_test_add (path, HubHere, GINT_TO_POINTER (TESTS[i].data), hub_here_set_up, TESTS[i].run,
                hub_here_tear_down);
  }
  return g_test_run ();
}
