#include "replication/restore.h"

#include "core/words.h"
#include "replication/push.h"

/* The head that the request is about: the hub's own word. */
static gboolean promised (Request *request, gint64 *seq, Hash *chain)
{
  return own_head_read (station_request_hub (request)->own_head,
                        request_header (request, "Accueil-Head"), seq, chain);
}

gboolean restore_judge (Request *request)
{
  gint64 seq;
  Hash chain;

  if (promised (request, &seq, &chain))
    return TRUE;
  request_note_refusal (request, HTTP_STATUS_FORBIDDEN, "head",
                        _ ("facts of the hub itself are taken back only with its own signed word "
                           "on how far they reached"));
  return FALSE;
}

/* The word @seq of the hub on itself. */
typedef struct {
  HubParts *hub;
  gint64 seq;
} Word;

static void learn (Journal *journal, gpointer data)
{
  const Word *word = data;
  g_autoptr (GError) error = NULL;
  gboolean on = settling_is_on (word->hub->settling);

  if (!settling_begin (journal, word->hub->settling, word->seq, &error))
    g_warning ("%s", error->message); /* the next that is given back tries again */
  else if (!on && settling_is_on (word->hub->settling))
    g_message (_ ("this hub's file is older than what stations know of it (it was put back by "
                  "hand?): it writes nothing of its own until all %u have been heard"),
               settling_awaited (word->hub->settling));
}

static gboolean is_noted (Journal *journal, gint64 seq)
{
  g_autofree char *noted = journal_local (journal, SETTLING_LOCAL_FORK, NULL);

  return noted != NULL && g_ascii_strtoll (noted, NULL, 10) >= seq;
}

static void note_fork (Journal *journal, gpointer data)
{
  const Word *word = data;
  g_autoptr (GError) error = NULL;

  if (is_noted (journal, word->seq))
    return;
  g_message (_ ("stations hold another history of this hub: its file was put back by hand and "
                "written to since; see accueil-hub doctor"));
  if (!settling_note_fork (journal, word->seq, &error))
    g_warning ("%s", error->message);
}

static void tell (Request *request, WriterWork work, gint64 seq)
{
  HubParts *hub = station_request_hub (request);
  Word *word = g_new (Word, 1);

  *word = (Word){ hub, seq };
  if (!writer_work (hub->writer, work, g_free, word))
    g_free (word);
}

void restore_learn (Request *request, gint64 seq)
{
  tell (request, learn, seq);
}

void restore_learn_fork (Request *request, gint64 seq)
{
  tell (request, note_fork, seq);
}

static gboolean begin (Request *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) facts
      = push_facts (request, station_request_hub (request)->name, RESTORE_FACTS_MAX, &error);
  const Fact *last;
  gint64 seq = 0;
  Hash chain = { 0 };

  if (facts == NULL)
    return push_refuse_body (request, error);
  last = facts->len > 0 ? &g_array_index (facts, Fact, facts->len - 1) : NULL;
  if (!promised (request, &seq, &chain) || last == NULL || last->seq != seq
      || !hash_equal (&last->chain, &chain))
    return request_refuse (request, HTTP_STATUS_FORBIDDEN, "head",
                           _ ("these facts do not lead to the head that the hub has signed"));
  restore_learn (request, seq);
  return push_begin (request, station_request_hub (request)->name, g_steal_pointer (&facts));
}

gboolean restore_run (Request *request)
{
  gint64 seq;
  Hash chain;

  if (request_work (request) == NULL)
    return begin (request);
  if (push_is_other_history (request) && promised (request, &seq, &chain))
    restore_learn_fork (request, seq);
  return push_answer (request);
}
