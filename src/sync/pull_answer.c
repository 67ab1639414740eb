#include "sync/pull_answer.h"

#include "core/identifier.h"
#include "core/words.h"
#include "journal/fact_json.h"
#include "journal/withheld.h"
#include "sync/failure.h"
#include "sync/give_back.h"

#include <string.h>

gboolean pull_answer_cursor (Journal *journal, gint64 *cursor, char **epoch, GError **error)
{
  g_autofree char *text = NULL;

  *cursor = 0;
  *epoch = NULL;
  if (!journal_read_local (journal, JOURNAL_LOCAL_HUB_CURSOR, &text, error)
      || !journal_read_local (journal, JOURNAL_LOCAL_HUB_EPOCH, epoch, error))
    return FALSE;
  if (text != NULL && !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, cursor, NULL))
    *cursor = 0;
  return TRUE;
}

static gboolean write_cursor (Journal *journal, gint64 cursor, const char *epoch, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, cursor);

  return journal_set_local (journal, JOURNAL_LOCAL_HUB_CURSOR, text, error)
         && journal_set_local (journal, JOURNAL_LOCAL_HUB_EPOCH, epoch, error);
}

static GArray *parse_facts (const GString *body, GError **error)
{
  g_autoptr (GArray) facts = g_array_new (FALSE, TRUE, sizeof (Fact));
  const char *at = body->str, *end = body->str + body->len;

  g_array_set_clear_func (facts, (GDestroyNotify) fact_clear);
  while (at < end) {
    const char *feed = memchr (at, '\n', (gsize) (end - at));
    gsize length = (gsize) ((feed != NULL ? feed : end) - at);
    g_autoptr (GError) cause = NULL;
    Fact fact = { 0 };

    if (facts->len == JOURNAL_BATCH_MAX || !fact_from_json (at, (gssize) length, &fact, &cause)) {
      fact_clear (&fact);
      failure_of_protocol (cause != NULL ? cause->message : _ ("too many facts at once"), error);
      return NULL;
    }
    g_array_append_val (facts, fact);
    at += length + 1;
  }
  return g_steal_pointer (&facts);
}

/* Whose word the answer is: its signed head begins with the name; "" without one. */
static char *hub_of (const HubAnswer *answer)
{
  return answer->head != NULL ? g_strndup (answer->head, strcspn (answer->head, " "))
                              : g_strdup ("");
}

/* The one of @facts that was refused, in the same transaction: all before it are held by
 * now. */
static const Fact *refused (Journal *journal, const GArray *facts)
{
  for (guint i = 0; i < facts->len; i++) {
    const Fact *fact = &g_array_index (facts, Fact, i);
    g_autoptr (GPtrArray) held = journal_facts_of (journal, fact->station, fact->seq - 1, 1, NULL);

    if (held == NULL || held->len == 0
        || !hash_equal (&((const Fact *) held->pdata[0])->chain, &fact->chain))
      return fact;
  }
  return NULL;
}

/* Whose history it is decides what is to be done. */
static gboolean other_history (Journal *journal, const GArray *facts, const HubAnswer *answer,
                               const GError *cause, GError **error)
{
  const Fact *fact = refused (journal, facts);
  g_autofree char *hub = hub_of (answer);

  if (fact != NULL && g_str_equal (fact->station, hub))
    return failure_of_forked_hub (hub, error);
  return failure_of_history (cause->message, error);
}

static gboolean receive_locked (Journal *journal, const GArray *facts, gint64 cursor,
                                const HubAnswer *answer, guint *taken, GError **error)
{
  GError *cause = NULL;

  gboolean again = FALSE;

  if (journal_receive_from_hub (journal, (const Fact *) (gconstpointer) facts->data, facts->len,
                                taken, &cause))
    return withheld_follow (journal, &again, error)
           && write_cursor (journal, again ? 0 : cursor, answer->epoch, error)
           && give_back_note (journal, answer->held != NULL ? answer->held : answer->head, error);
  if (g_error_matches (cause, JOURNAL_ERROR, JOURNAL_ERROR_CHAIN))
    other_history (journal, facts, answer, cause, error);
  else if (g_error_matches (cause, JOURNAL_ERROR, JOURNAL_ERROR_GAP)
           || g_error_matches (cause, JOURNAL_ERROR, JOURNAL_ERROR_INVALID))
    failure_of_protocol (cause->message, error);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  g_clear_error (&cause);
  return FALSE;
}

/* Facts and cursor in one transaction: neither is ever ahead of the other. */
static gboolean keep (Journal *journal, const GArray *facts, gint64 cursor, const HubAnswer *answer,
                      guint *taken, GError **error)
{
  if (!journal_begin (journal, error))
    return FALSE;
  if (journal_finish (journal, receive_locked (journal, facts, cursor, answer, taken, error),
                      error))
    return TRUE;
  *taken = 0;
  return FALSE;
}

/* A replica that was enrolled by an older version does not know yet whose word counts. */
static gboolean know_root (Journal *journal, const HubAnswer *answer, GError **error)
{
  g_autofree char *root = NULL, *hub = NULL;

  if (!journal_read_local (journal, JOURNAL_LOCAL_ROOT, &root, error))
    return FALSE;
  hub = hub_of (answer);
  if (root != NULL || !identifier_is_station (hub))
    return TRUE;
  if (!journal_begin (journal, error))
    return FALSE;
  return journal_finish (journal, journal_set_root (journal, hub, error), error);
}

gboolean pull_answer_take (Journal *journal, const HubAnswer *answer, gint64 cursor,
                           const char *epoch, guint *taken, GError **error)
{
  g_autoptr (GArray) facts = NULL;

  *taken = 0;
  if (answer->epoch == NULL)
    return failure_of_protocol (_ ("it names no epoch"), error);
  /* The hub was restored from an older copy: what it has is read again, what is held
   * already is passed over. */
  if (answer->status == 410) {
    facts = g_array_new (FALSE, FALSE, sizeof (Fact));
    return keep (journal, facts, 0, answer, taken, error);
  }
  if (answer->status != 200)
    return failure_of_answer (answer, error);
  if (answer->cursor < 0)
    return failure_of_protocol (_ ("it names no cursor"), error);
  if (!know_root (journal, answer, error))
    return FALSE;
  facts = parse_facts (answer->body, error);
  if (facts == NULL)
    return FALSE;
  /* Most polls bring nothing: then nothing is written. */
  if (facts->len == 0 && answer->cursor == cursor && g_strcmp0 (epoch, answer->epoch) == 0)
    return give_back_note (journal, answer->held != NULL ? answer->held : answer->head, error);
  return keep (journal, facts, answer->cursor, answer, taken, error);
}
