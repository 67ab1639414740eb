/* Any bytes as a hub's answer to a pull, its headers in front, each in a line of its
 * own: it is taken as a whole or not at all, and what was here before still holds. */
#include "sync/pull_answer.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static char *folder;

static Journal *gate (void)
{
  static const char *const ENDS[] = { "", "-wal", "-shm" };
  g_autofree char *path = g_build_filename (folder, "gate.db", NULL);
  g_autoptr (GError) error = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (ENDS); i++) {
    g_autofree char *old = g_strconcat (path, ENDS[i], NULL);
    unlink (old);
  }
  Journal *journal = journal_create (path, "gate-1", clock_system (), &error);
  g_assert_no_error (error);
  return journal;
}

/* The next line of what is left, NULL at its end. */
static char *line_of (const char **at)
{
  const char *end = strchr (*at, '\n');
  if (end == NULL)
    return NULL;
  char *line = g_strndup (*at, (gsize) (end - *at));
  *at = end + 1;
  return line;
}

static void take (Journal *journal, const HubAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  gint64 before = journal_last_number (journal, NULL), cursor = 0;
  g_autofree char *epoch = NULL, *then = NULL;
  guint taken = 0;
  g_assert_true (pull_answer_cursor (journal, &cursor, &epoch, &error));
  gboolean good = pull_answer_take (journal, answer, cursor, epoch, &taken, &error);
  gint64 after = journal_last_number (journal, NULL);
  g_assert_true (good == (error == NULL));
  g_assert_true (good || taken == 0);
  g_assert_cmpint (after, >=, before + taken);
  g_assert_true (good || after == before);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static Journal *journal;
  static guint turns;
  if (folder == NULL)
    folder = g_dir_make_tmp ("accueil-fuzz-XXXXXX", NULL);
  if (journal == NULL || ++turns % 500 == 0) {
    g_clear_pointer (&journal, journal_close);
    journal = gate ();
  }
  g_autofree char *text = g_strndup ((const char *) data, size);
  const char *at = text;
  g_autofree char *status = line_of (&at), *cursor = status != NULL ? line_of (&at) : NULL;
  g_auto (HubAnswer) answer = { .cursor = -1 };
  if (cursor == NULL)
    return 0;
  answer.status = (guint) g_ascii_strtoull (status, NULL, 10);
  answer.cursor = g_ascii_strtoll (cursor, NULL, 10);
  answer.epoch = line_of (&at);
  answer.head = line_of (&at);
  answer.body = g_string_new (at);
  take (journal, &answer);
  return 0;
}
