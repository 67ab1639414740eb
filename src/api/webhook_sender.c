#include "api/webhook_sender.h"

#include "api/webhook.h"
#include "core/lock.h"
#include "core/words.h"
#include "counts/as_of.h"
#include "journal/query.h"
#include "replication/lease.h"
#include "sync/hub_connection.h"
#include "sync/post.h"

#include <string.h>

#define TOLD "webhooks-told"
#define SENDER "webhooks-sender" /* which hub tells */
#define BACK_OFF 4

static const char HAPPENED[]
    = "SELECT a.id, a.kind, a.reference, a.checkpoint, a.station, a.at, ifnull (d.delegation, ''), "
      "ifnull (d.protocol, 0) FROM alert a LEFT JOIN delegate d ON d.reference = a.reference WHERE "
      "a.kind IN ('protocol', 'conflict') AND NOT a.closed ORDER BY a.at";

/* One message to one webhook. */
typedef struct {
  char *key; /* "WEBHOOK ID", by which it is remembered */
  char *webhook, *url, *secret;
  char *event, *body;
  guint tries;
  gint64 next_us; /* monotonic: not before */
} Delivery;

struct _WebhookSender {
  Journal *journal; /* of the thread, with all down to the lock */
  Lease *lease;
  gint first_wait_ms;
  GHashTable *told;    /* keys: told or given up */
  GQueue told_order;   /* the same keys, the oldest first; the table's */
  GHashTable *waiting; /* key → Delivery */
  GHashTable *resting; /* webhooks that did not answer → gint64 *, monotonic: until when */
  GThread *thread;
  Lock lock;
  Wake wake;
  gboolean stopping;
};

static void delivery_free (gpointer data)
{
  Delivery *delivery = data;
  g_free (delivery->key);
  g_free (delivery->webhook);
  g_free (delivery->url);
  g_free (delivery->secret);
  g_free (delivery->event);
  g_free (delivery->body);
  g_free (delivery);
}

/* What was told ---------------------------------------------------------------------- */

static void remember (WebhookSender *sender, const char *key)
{
  char *own = g_strdup (key);
  if (!g_hash_table_add (sender->told, own))
    return;
  g_queue_push_tail (&sender->told_order, own);
  if (g_queue_get_length (&sender->told_order) > WEBHOOK_SENDER_TOLD_MAX)
    g_hash_table_remove (sender->told, g_queue_pop_head (&sender->told_order));
}

static void recall (WebhookSender *sender)
{
  g_autofree char *text = journal_local (sender->journal, TOLD, NULL);
  g_auto (GStrv) keys = json_in_strings_of (text != NULL ? text : "[]");
  for (char **key = keys; *key != NULL; key++)
    remember (sender, *key);
}

static void keep (WebhookSender *sender)
{
  g_autoptr (GError) error = NULL;
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (GList *at = sender->told_order.head; at != NULL; at = at->next)
    json_out_string (out, NULL, at->data);
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  if (!journal_set_local (sender->journal, TOLD, text, &error))
    g_message (_ ("what webhooks were told cannot be noted: %s"), error->message);
}

/* What happens ----------------------------------------------------------------------- */

typedef struct {
  const char *id, *event, *reference, *delegation, *checkpoint, *station;
  gint64 at_ms;
  WebhookScope scope;
  gboolean protocol; /* about a guest marked so */
} Happening;

static char *body_of (const Happening *happening, const Webhook *webhook)
{
  gboolean named = !happening->protocol || (webhook->scopes & WEBHOOK_PROTOCOL) != 0;
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "event", happening->event);
  json_out_int (out, "at_ms", happening->at_ms);
  json_out_string_if (out, "reference", named ? happening->reference : NULL);
  json_out_string_if (out, "delegation", happening->delegation);
  json_out_string_if (out, "checkpoint", happening->checkpoint);
  json_out_string_if (out, "station", happening->station);
  json_out_end_object (out);
  return json_out_finish (out);
}

/* The reference stands in ids too: what leaves this machine is a digest of them. */
static void tell (WebhookSender *sender, const Webhook *webhook, const Happening *happening)
{
  Hash digest = hash_of (happening->id, strlen (happening->id));
  g_autofree char *hex = hash_to_hex (&digest),
                  *key = g_strdup_printf ("%s %.32s", webhook->name, hex);
  if ((webhook->scopes & happening->scope) == 0 || happening->at_ms < webhook->since_ms
      || g_hash_table_contains (sender->told, key) || g_hash_table_contains (sender->waiting, key)
      || g_hash_table_size (sender->waiting) >= WEBHOOK_SENDER_WAITING_MAX)
    return;
  Delivery *delivery = g_new0 (Delivery, 1);
  delivery->key = g_steal_pointer (&key);
  delivery->webhook = g_strdup (webhook->name);
  delivery->url = g_strdup (webhook->url);
  delivery->secret = g_strdup (webhook->secret);
  delivery->event = g_strdup (happening->event);
  delivery->body = body_of (happening, webhook);
  g_hash_table_insert (sender->waiting, delivery->key, delivery);
}

static void tell_all (WebhookSender *sender, const GPtrArray *webhooks, const Happening *happening)
{
  for (guint i = 0; i < webhooks->len; i++)
    tell (sender, webhooks->pdata[i], happening);
}

static gboolean look_at_alerts (WebhookSender *sender, const GPtrArray *webhooks, GError **error)
{
  Query *query = journal_query (sender->journal, HAPPENED, error);
  if (query == NULL)
    return FALSE;
  while (query_next (query)) {
    gboolean protocol = strcmp (query_text (query, 1), "protocol") == 0;
    const Happening happening = { .id = query_text (query, 0),
                                  .event = protocol ? "protocol-arrival" : "conflict",
                                  .reference = query_text (query, 2),
                                  .checkpoint = query_text (query, 3),
                                  .station = query_text (query, 4),
                                  .at_ms = clock_hybrid_ms ((HybridTime) query_int (query, 5)),
                                  .delegation = query_text (query, 6),
                                  .scope = protocol ? WEBHOOK_PROTOCOL : WEBHOOK_CONFLICT,
                                  .protocol = query_int (query, 7) != 0 };
    tell_all (sender, webhooks, &happening);
  }
  return query_end (query, error);
}

static gboolean look_at_stations (WebhookSender *sender, const GPtrArray *webhooks, GError **error)
{
  g_autoptr (AsOf) as_of = as_of_read (sender->journal, error);
  for (guint i = 0; as_of != NULL && i < as_of->stations->len; i++) {
    const AsOfStation *station = as_of->stations->pdata[i];
    if (!station->silent)
      continue;
    g_autofree char *id
        = g_strdup_printf ("silent:%s:%" G_GINT64_FORMAT, station->name, station->last_ms);
    const Happening happening = { .id = id,
                                  .event = "station-silent",
                                  .station = station->name,
                                  .checkpoint = station->checkpoint,
                                  .at_ms = station->last_ms + AS_OF_SILENT_MS,
                                  .scope = WEBHOOK_STATION };
    tell_all (sender, webhooks, &happening);
  }
  return as_of != NULL;
}

/* One of several hubs tells: it goes on from what the one before has noted. */
static gboolean is_ours (WebhookSender *sender, GError **error)
{
  if (!lease_hold (sender->lease, sender->journal, g_get_monotonic_time (), error)) {
    g_hash_table_remove_all (sender->waiting);
    return FALSE;
  }
  if (lease_is_new (sender->lease))
    recall (sender);
  return TRUE;
}

static void look (WebhookSender *sender)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) webhooks = webhook_all (sender->journal, &error);
  if (webhooks != NULL && webhooks->len > 0 && is_ours (sender, &error)
      && look_at_alerts (sender, webhooks, &error))
    look_at_stations (sender, webhooks, &error);
  if (error != NULL)
    g_message (_ ("webhooks cannot be told: %s"), error->message);
}

/* Sending ---------------------------------------------------------------------------- */

/* Whoever does not answer holds up all: she is left alone for a while, whatever else waits for
 * her. */
static void let_rest (WebhookSender *sender, const Delivery *delivery, gint64 until_us)
{
  g_hash_table_replace (sender->resting, g_strdup (delivery->webhook),
                        g_memdup2 (&until_us, sizeof until_us));
}

static gboolean is_due (WebhookSender *sender, const Delivery *delivery)
{
  const gint64 *until_us = g_hash_table_lookup (sender->resting, delivery->webhook);
  gint64 now_us = g_get_monotonic_time ();

  return delivery->next_us <= now_us && (until_us == NULL || *until_us <= now_us);
}

static gint by_turn (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Delivery *) a)->next_us, y = ((const Delivery *) b)->next_us;

  return (x > y) - (x < y);
}

/* TRUE if there is nothing more to do with it. */
static gboolean send (WebhookSender *sender, Delivery *delivery)
{
  g_autoptr (GError) error = NULL;
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *signature = webhook_signature (delivery->secret, now_s, delivery->body),
                  *signed_by = g_strconcat ("Accueil-Signature: ", signature, NULL),
                  *event = g_strconcat ("Accueil-Event: ", delivery->event, NULL),
                  *id = g_strconcat ("Accueil-Delivery: ", strchr (delivery->key, ' ') + 1, NULL);
  const char *const headers[] = { "Content-Type: application/json", event, id, signed_by, NULL };
  guint status = 0;
  gboolean answered = post_send (delivery->url, headers, delivery->body, WEBHOOK_SENDER_ANSWER_MS,
                                 &status, &error);
  if (answered && status >= 200 && status < 300)
    return TRUE;
  gint64 wait_ms = sender->first_wait_ms;
  for (guint i = 0; i < delivery->tries; i++)
    wait_ms *= BACK_OFF;
  delivery->next_us = g_get_monotonic_time () + wait_ms * G_TIME_SPAN_MILLISECOND;
  if (!answered)
    let_rest (sender, delivery, delivery->next_us);
  if (++delivery->tries >= WEBHOOK_TRIES_MAX) {
    g_message (_ ("webhook %s was not told of %s after %u tries (status %u%s%s)"),
               delivery->webhook, delivery->event, delivery->tries, status,
               error != NULL ? ", " : "", error != NULL ? error->message : "");
    return TRUE;
  }
  return FALSE;
}

static gboolean is_stopping (WebhookSender *sender)
{
  lock_take (&sender->lock);
  gboolean stopping = sender->stopping;
  lock_give (&sender->lock);
  return stopping;
}

/* Those that have waited longest come first: where one has taken all the time that the lease
 * leaves, the others come in the next round. */
static void send_due (WebhookSender *sender)
{
  g_autoptr (GList) all = g_list_sort (g_hash_table_get_values (sender->waiting), by_turn);
  for (GList *at = all; at != NULL && !is_stopping (sender); at = at->next) {
    Delivery *delivery = at->data;
    if (!lease_is_held (sender->lease, g_get_monotonic_time ()))
      break;
    if (!is_due (sender, delivery) || !send (sender, delivery))
      continue;
    remember (sender, delivery->key);
    g_hash_table_remove (sender->waiting, delivery->key);
    keep (sender);
  }
}

static gpointer run (gpointer data)
{
  WebhookSender *sender = data;
  while (!is_stopping (sender)) {
    look (sender);
    send_due (sender);
    lock_take (&sender->lock);
    gint64 end = g_get_monotonic_time () + WEBHOOK_SENDER_LOOK_MS * G_TIME_SPAN_MILLISECOND;
    if (!sender->stopping)
      lock_wake_wait_until (&sender->wake, &sender->lock, end);
    lock_give (&sender->lock);
  }
  return NULL;
}

WebhookSender *webhook_sender_start (const char *db, Clock clock, gint first_wait_ms,
                                     GError **error)
{
  Journal *journal = journal_open (db, clock, error);
  if (journal == NULL)
    return NULL;
  WebhookSender *sender = g_new0 (WebhookSender, 1);
  hub_connection_start ();
  sender->journal = journal;
  sender->first_wait_ms = first_wait_ms;
  sender->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&sender->told_order);
  sender->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, delivery_free);
  sender->resting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lock_init (&sender->lock);
  lock_wake_init (&sender->wake);
  sender->lease = lease_new (SENDER);
  sender->thread = g_thread_new ("webhooks", run, sender);
  return sender;
}

void webhook_sender_stop (WebhookSender *sender)
{
  if (sender == NULL)
    return;
  lock_take (&sender->lock);
  sender->stopping = TRUE;
  lock_wake_one (&sender->wake);
  lock_give (&sender->lock);
  g_thread_join (sender->thread);
  g_queue_clear (&sender->told_order);
  g_hash_table_unref (sender->waiting);
  g_hash_table_unref (sender->resting);
  g_hash_table_unref (sender->told);
  lease_free (sender->lease);
  journal_close (sender->journal);
  lock_clear (&sender->lock);
  lock_wake_clear (&sender->wake);
  g_free (sender);
}
