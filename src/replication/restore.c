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
  return push_begin (request, station_request_hub (request)->name, g_steal_pointer (&facts));
}

gboolean restore_run (Request *request)
{
  return request_work (request) == NULL ? begin (request) : push_answer (request);
}
