/* Giving a restored hub back what it has lost of its own: only with its own signed word,
 * and only what leads exactly there. */
#include "unit/replication/hub_here.h"

typedef struct {
  HubHere here;
  char *word;        /* "Accueil-Head: …\r\n", signed before the hub was restored */
  char *lost, *part; /* the facts up to it that the hub lacks now, and the first of them */
  gint64 seq;
} Restored;

/* The word on the hub's head now. */
static char *signed_word (HubHere *here)
{
  g_autofree char *text = NULL;
  gint64 seq;
  Hash chain;

  g_assert_true (journal_head (here->hub, "hub", &seq, &chain, NULL));
  text = own_head_text (here->parts->own_head, seq, &chain);
  return g_strdup_printf ("Accueil-Head: %s\r\n", text);
}

static void set_up (Restored *restored, gconstpointer data)
{
  HubHere *here = &restored->here;
  g_autofree char *copy = NULL, *log = NULL, *shared = NULL;
  g_autoptr (GError) error = NULL;
  gint64 kept = 0;

  hub_here_set_up (here, data);
  copy = hub_here_path (here, "copy.db");
  g_assert_true (journal_copy (here->hub, copy, &error));
  g_assert_true (journal_head (here->hub, "hub", &kept, NULL, NULL));
  for (guint i = 0; i < 3; i++)
    hub_here_append (here->hub, "note", "FR-1", "{\"text\":\"a\"}");
  restored->word = signed_word (here);
  restored->lost = hub_here_lines (here->hub, kept, 100);
  restored->part = hub_here_lines (here->hub, kept, 1);
  restored->seq = kept + 3;
  hub_here_stop (here);
  log = g_strconcat (here->db, "-wal", NULL);
  shared = g_strconcat (here->db, "-shm", NULL);
  g_unlink (log);
  g_unlink (shared);
  g_assert_cmpint (g_rename (copy, here->db), ==, 0);
  hub_here_serve (here);
}

static void tear_down (Restored *restored, gconstpointer data)
{
  hub_here_tear_down (&restored->here, data);
  g_free (restored->word);
  g_free (restored->lost);
  g_free (restored->part);
}

static void expect (Restored *restored, const char *word, const char *body, guint status,
                    const char *expected)
{
  hub_here_expect (&restored->here, "POST", "/v1/lost", word, body, status, expected);
}

static void test_given_back (Restored *restored, gconstpointer data)
{
  HubHere *here = &restored->here;
  g_autofree char *of_a = hub_here_lines (here->station, 0, 10), *present = signed_word (here),
                  *expected
                  = g_strdup_printf ("\"station\":\"hub\",\"seq\":%d", (int) restored->seq);

  expect (restored, NULL, restored->lost, 403, "\"error\":\"head\"");
  expect (restored, "Accueil-Head: hub 9 00 x\r\n", restored->lost, 403, "\"error\":\"head\"");
  expect (restored, present, restored->lost, 403, "do not lead");
  expect (restored, restored->word, restored->part, 403, "do not lead");
  expect (restored, restored->word, "", 403, "do not lead");
  expect (restored, restored->word, of_a, 403, "\"error\":\"station\"");
  expect (restored, restored->word, "nonsense\n", 400, "\"error\":\"body\"");
  expect (restored, restored->word, restored->lost, 200, expected);
  expect (restored, restored->word, restored->lost, 200, expected); /* twice is harmless */
}

/* The hub has gone on: its new facts bear the numbers of the lost ones. */
static void test_gone_on (Restored *restored, gconstpointer data)
{
  hub_here_append (restored->here.hub, "note", "FR-2", "{\"text\":\"b\"}");
  expect (restored, restored->word, restored->lost, 409, "\"error\":\"chain\"");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replication/restore/given-back", Restored, NULL, set_up, test_given_back,
              tear_down);
  g_test_add ("/replication/restore/gone-on", Restored, NULL, set_up, test_gone_on, tear_down);
  return g_test_run ();
}
