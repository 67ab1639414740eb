#include "replication/pull.h"

#include "core/words.h"
#include "journal/fact_json.h"
#include "journal/pin_secret.h"
#include "journal/withheld.h"
#include "replication/hub_addresses.h"
#include "replication/restore.h"
#include "replication/roles.h"

#include <string.h>

typedef struct {
  gint64 after;
  gint64 limit;
  Waiter waiter;
} PullWork;

/* What an answer says beside facts. */
typedef struct {
  char *head, *hubs; /* own_head.h; hub_addresses.h, NULL: there is one hub alone */
  char *pins;        /* pin_secret.h; NULL for a gate, or none */
} PullWords;

static void pull_words_clear (PullWords *words)
{
  g_free (words->head);
  g_free (words->hubs);
  g_free (words->pins);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PullWords, pull_words_clear)

/* Of what a gate asks for it gets a part (journal/withheld.h). */
static gboolean withhold (Journal *reader, const char *station, GPtrArray *facts, PullWords *words,
                          GError **error)
{
  g_autoptr (GError) cause = NULL;
  Role role;

  if (!roles_of (reader, station, &role, error))
    return FALSE;
  for (guint i = 0; withheld_from (role) && i < facts->len; i++)
    withheld_take_out (facts->pdata[i]);
  words->pins = withheld_from (role) ? NULL : pin_secret_told (reader, &cause);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return error == NULL || *error == NULL;
}

static gboolean begin (Request *request)
{
  gint64 after, wait_s, limit;
  PullWork *work;

  if (!request_number (request, "after", 0, 0, G_MAXINT64, &after)
      || !request_number (request, "wait", 0, 0, G_MAXINT, &wait_s)
      || !request_number (request, "limit", JOURNAL_BATCH_MAX, 1, G_MAXINT, &limit))
    return request_refuse (request, HTTP_STATUS_BAD_REQUEST, "query",
                           _ ("after, wait and limit must be whole numbers, limit at least 1"));
  work = g_new0 (PullWork, 1);
  work->after = after;
  work->limit = MIN (limit, JOURNAL_BATCH_MAX);
  g_strlcpy (work->waiter.station, station_request_station (request), sizeof work->waiter.station);
  work->waiter.until = request_started (request) + MIN (wait_s, PULL_WAIT_S_MAX) * G_USEC_PER_SEC;
  work->waiter.wake = request_resume;
  work->waiter.data = request;
  request_set_work (request, work, g_free);
  return TRUE;
}

/* As lines, at most PULL_BYTES_MAX and one fact more; then *@cursor is the last one's.
 * *@own is the last of @hub's among them, NULL if there is none. */
static GString *lines_of (const GPtrArray *facts, const char *hub, gint64 *cursor, const Fact **own)
{
  GString *lines = g_string_new (NULL);

  *own = NULL;

  for (guint i = 0; i < facts->len; i++) {
    const Fact *fact = facts->pdata[i];
    g_autofree char *json = fact_to_json (fact);

    g_string_append (lines, json);
    g_string_append_c (lines, '\n');
    if (g_str_equal (fact->station, hub))
      *own = fact;
    if (lines->len >= PULL_BYTES_MAX) {
      *cursor = i + 1 < facts->len ? fact->number : *cursor;
      break;
    }
  }
  return lines;
}

/* With the hub's word on what it sends of its own, where that is not all there is: else
 * the station would hold facts that it could not give back (own_head.h). */
static gboolean answer_lines (Request *request, const GPtrArray *facts, gint64 cursor,
                              const PullWords *words)
{
  HubParts *hub = station_request_hub (request);
  const Fact *own;
  GString *lines = lines_of (facts, hub->name, &cursor, &own);

  station_request_add_number (request, "Accueil-Cursor", cursor);
  request_add_header (request, "Accueil-Head", words->head);
  if (words->hubs != NULL)
    request_add_header (request, "Accueil-Hubs", words->hubs);
  if (words->pins != NULL)
    request_add_header (request, "Accueil-Pins", words->pins);
  if (own != NULL) {
    g_autofree char *held = own_head_text (hub->own_head, own->seq, &own->chain);

    if (strcmp (held, words->head) != 0)
      request_add_header (request, "Accueil-Held", held);
  }
  return request_answer_text (request, HTTP_STATUS_OK, "application/x-ndjson",
                              g_string_free (lines, FALSE));
}

static gboolean may_wait (Request *request, const PullWork *work)
{
  return g_get_monotonic_time () < work->waiter.until
         && !g_atomic_int_get (&station_request_hub (request)->stopping);
}

/* An epoch that another hub of the log has begun may not be known here yet. */
static gboolean admits (Request *request, const PullWork *work, gint64 cursor)
{
  HubParts *hub = station_request_hub (request);
  const char *epoch = request_query (request, "epoch");

  return epoch_admit (hub->epochs, epoch, work->after, cursor)
         || (work->after <= cursor && follower_catch_up (hub->follower)
             && epoch_admit (hub->epochs, epoch, work->after, cursor));
}

static gboolean answer (Request *request, PullWork *work, GPtrArray *facts, gint64 cursor,
                        const PullWords *words)
{
  if (!admits (request, work, cursor))
    return request_refuse (request, HTTP_STATUS_GONE, "epoch",
                           _ ("this hub was restored from an older copy since that cursor was "
                              "given; read again from 0"));
  if (facts->len > 0 || !may_wait (request, work))
    return answer_lines (request, facts, cursor, words);
  work->waiter.seen = cursor;
  request_suspend (request);
  if (!watch_add (station_request_hub (request)->watch, &work->waiter))
    request_resume (request); /* being stopped: the next run answers */
  return TRUE;
}

static void end_settling (Journal *journal, gpointer data)
{
  HubParts *hub = data;
  g_autoptr (GError) error = NULL;

  if (!settling_end (journal, hub->settling, &error))
    g_debug ("%s", error->message); /* the next request tries again */
  else
    g_message (_ ("all stations were heard: the restored hub writes again"));
}

static void nothing (gpointer data)
{
}

/* Whether the hub's own fact @seq is the one that @chain ends with. */
static gboolean is_ours (Request *request, Journal *reader, gint64 seq, const Hash *chain)
{
  g_autoptr (GPtrArray) fact
      = journal_facts_of (reader, station_request_hub (request)->name, seq - 1, 1, NULL);

  return fact == NULL || fact->len == 0
         || hash_equal (&((const Fact *) fact->pdata[0])->chain, chain);
}

/* The hub's own word of before, on facts that it has not, or has others in their place:
 * this is an older copy (settling.h). With a log elsewhere the replica is only behind. */
static void judge_word (Request *request, Journal *reader, const char *word, gint64 seq)
{
  HubParts *hub = station_request_hub (request);
  Hash chain;
  gint64 said;

  if (follower_is_shared (hub->follower) || !own_head_claims (word, &said, &chain)
      || (said <= seq && is_ours (request, reader, said, &chain))
      || !own_head_read (hub->own_head, word, &said, &chain))
    return;
  if (said > seq)
    restore_learn (request, said);
  else
    restore_learn_fork (request, said);
}

/* How far the hub's own facts reach, in its signed word; and what this station has heard
 * of them. */
static char *own_head (Request *request, Journal *reader, GError **error)
{
  HubParts *hub = station_request_hub (request);
  const char *word = request_query (request, "word");
  gint64 seq, heard = 0;
  Hash chain;
  char *text;

  if (!journal_head (reader, hub->name, &seq, &chain, error))
    return NULL;
  text = own_head_text (hub->own_head, seq, &chain);
  if (word != NULL && strcmp (word, text) != 0)
    judge_word (request, reader, word, seq);
  if (settling_is_on (hub->settling) && request_number (request, "heard", -1, 0, G_MAXINT64, &heard)
      && heard >= 0 && settling_hear (hub->settling, station_request_station (request), heard, seq))
    writer_work (hub->writer, end_settling, nothing, hub);
  return text;
}

/* A cursor that another hub of the same log gave may be a moment ahead of this
 * replica. */
static GPtrArray *read_facts (Request *request, Journal *reader, const PullWork *work,
                              gint64 *cursor, GError **error)
{
  const char *station = station_request_station (request);
  g_autoptr (GPtrArray) facts
      = log_read (reader, work->after, station, (guint) work->limit, cursor, error);

  if (facts == NULL || work->after <= *cursor
      || !follower_catch_up (station_request_hub (request)->follower))
    return g_steal_pointer (&facts);
  return log_read (reader, work->after, station, (guint) work->limit, cursor, error);
}

static gboolean read_words (Request *request, Journal *reader, PullWords *words, GError **error)
{
  words->head = own_head (request, reader, error);
  if (words->head == NULL || !follower_is_shared (station_request_hub (request)->follower))
    return words->head != NULL;
  words->hubs = hub_addresses_read (reader, error);
  return words->hubs != NULL;
}

gboolean pull_run (Request *request)
{
  gboolean again = request_work (request) != NULL, good;
  g_auto (PullWords) words = { 0 };
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 cursor = 0;
  PullWork *work;
  Journal *reader;

  if (!again) {
    gboolean result = begin (request);

    if (request_work (request) == NULL)
      return result; /* refused */
  }
  /* It may have been revoked while it waited. */
  if (again && !station_request_authorise (request))
    return request_answer_refusal (request);
  work = request_work (request);
  reader = replica_pool_take (station_request_hub (request)->readers, &error);
  if (reader == NULL)
    return station_request_fail (request, error);
  facts = read_facts (request, reader, work, &cursor, &error);
  good = facts != NULL
         && withhold (reader, station_request_station (request), facts, &words, &error)
         && read_words (request, reader, &words, &error);
  replica_pool_give (station_request_hub (request)->readers, reader);
  return good ? answer (request, work, facts, cursor, &words)
              : station_request_fail (request, error);
}
