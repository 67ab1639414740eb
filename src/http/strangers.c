#include "http/strangers.h"

#include "core/lock.h"

#include <netinet/in.h>
#include <string.h>

/* An IPv4 address, or the half of an IPv6 address that names a network. */
#define ADDRESS_BYTES sizeof (guint64)

struct _Stranger {
  GList link;
  int socket;
  guint64 address;
  gint64 until; /* monotonic */
  gboolean known, served, cut;
  guint refusals;
  GQueue *family; /* of those of one owner, the oldest first; NULL: none */
  GList sibling;
};

/* A request that waits for its answer. */
typedef struct {
  gint64 until; /* monotonic */
  void (*go_on) (gpointer data);
  gpointer data;
} Delay;

struct _Strangers {
  guint most, count; /* of those that are in the queue and not cut off */
  gint64 limit_us;
  Lock lock;
  Wake wake;
  gboolean stop, released;
  GArray *delays;       /* Delay */
  GHashTable *families; /* owner → GQueue of Stranger */
  GQueue queue;         /* Stranger, the oldest first; without those that are known */
  GThread *thread;
};

static void set_address (Stranger *stranger, const struct sockaddr *address)
{
  if (address != NULL && address->sa_family == AF_INET)
    stranger->address = ((const struct sockaddr_in *) (gconstpointer) address)->sin_addr.s_addr;
  else if (address != NULL && address->sa_family == AF_INET6)
    memcpy (&stranger->address, &((const struct sockaddr_in6 *) (gconstpointer) address)->sin6_addr,
            ADDRESS_BYTES);
}

static void cut (Strangers *strangers, Stranger *stranger)
{
  stranger->cut = TRUE;
  strangers->count--;
  shutdown (stranger->socket, SHUT_RDWR);
}

/* The oldest of the address that has most; NULL if all are being served. */
static Stranger *first_to_go (Strangers *strangers)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_int64_hash, g_int64_equal);
  Stranger *found = NULL;
  guint most = 0;

  for (const GList *at = strangers->queue.head; at != NULL; at = at->next) {
    Stranger *stranger = at->data;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, &stranger->address));

    if (!stranger->cut)
      g_hash_table_insert (counts, &stranger->address, GUINT_TO_POINTER (count + 1));
  }
  for (const GList *at = strangers->queue.head; at != NULL; at = at->next) {
    Stranger *stranger = at->data;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, &stranger->address));

    if (stranger->cut || stranger->served || count <= most)
      continue;
    most = count;
    found = stranger;
  }
  return found;
}

/* Cuts off who is late; when the next one will be, G_MAXINT64 for nobody. */
static gint64 cut_late (Strangers *strangers, gint64 now)
{
  gint64 next = G_MAXINT64;

  for (const GList *at = strangers->queue.head; at != NULL; at = at->next) {
    Stranger *stranger = at->data;

    if (stranger->cut || stranger->served)
      continue;
    if (stranger->until > now) {
      next = MIN (next, stranger->until);
      break; /* those after it came later */
    }
    cut (strangers, stranger);
  }
  return next;
}

/* Takes out those whose time has come by @now: Delay; when the next one's will, G_MAXINT64
 * for nobody's. */
static gint64 take_due (Strangers *strangers, gint64 now, GArray *due)
{
  gint64 next = G_MAXINT64;

  for (guint i = strangers->delays->len; i-- > 0;) {
    const Delay delay = g_array_index (strangers->delays, Delay, i);

    if (delay.until > now) {
      next = MIN (next, delay.until);
      continue;
    }
    g_array_append_val (due, delay);
    g_array_remove_index_fast (strangers->delays, i);
  }
  return next;
}

/* Without the lock: who goes on may come back at once. */
static void go_on (GArray *due)
{
  for (guint i = 0; i < due->len; i++)
    g_array_index (due, Delay, i).go_on (g_array_index (due, Delay, i).data);
  g_array_set_size (due, 0);
}

static gpointer watch (gpointer data)
{
  Strangers *strangers = data;
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (Delay));

  lock_take (&strangers->lock);
  while (!strangers->stop) {
    gint64 now = g_get_monotonic_time (), late = cut_late (strangers, now),
           next = MIN (late, take_due (strangers, now, due));

    if (due->len > 0) {
      lock_give (&strangers->lock);
      go_on (due);
      lock_take (&strangers->lock);
    } else if (next == G_MAXINT64)
      lock_wake_wait (&strangers->wake, &strangers->lock);
    else
      lock_wake_wait_until (&strangers->wake, &strangers->lock, next);
  }
  lock_give (&strangers->lock);
  return NULL;
}

Strangers *strangers_new (guint most, guint limit_s)
{
  Strangers *strangers = g_new0 (Strangers, 1);

  strangers->most = most;
  strangers->limit_us = limit_s * G_USEC_PER_SEC;
  lock_init (&strangers->lock);
  lock_wake_init (&strangers->wake);
  g_queue_init (&strangers->queue);
  strangers->families
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_free);
  strangers->delays = g_array_new (FALSE, FALSE, sizeof (Delay));
  strangers->thread = g_thread_new ("strangers", watch, strangers);
  return strangers;
}

void strangers_free (Strangers *strangers)
{
  if (strangers == NULL)
    return;
  lock_take (&strangers->lock);
  strangers->stop = TRUE;
  lock_wake_one (&strangers->wake);
  lock_give (&strangers->lock);
  g_thread_join (strangers->thread);
  lock_wake_clear (&strangers->wake);
  lock_clear (&strangers->lock);
  g_hash_table_unref (strangers->families);
  g_array_unref (strangers->delays);
  g_free (strangers);
}

Stranger *strangers_add (Strangers *strangers, int socket, const struct sockaddr *address)
{
  Stranger *stranger = g_new0 (Stranger, 1), *late = NULL;

  stranger->link.data = stranger;
  stranger->socket = socket;
  set_address (stranger, address);
  lock_take (&strangers->lock);
  stranger->until = g_get_monotonic_time () + strangers->limit_us;
  g_queue_push_tail_link (&strangers->queue, &stranger->link);
  strangers->count++;
  if (strangers->count > strangers->most && (late = first_to_go (strangers)) != NULL)
    cut (strangers, late);
  lock_wake_one (&strangers->wake);
  lock_give (&strangers->lock);
  return stranger;
}

static void leave (Strangers *strangers, Stranger *stranger)
{
  if (stranger->known)
    return;
  g_queue_unlink (&strangers->queue, &stranger->link);
  strangers->count -= stranger->cut ? 0 : 1;
  stranger->known = TRUE;
}

/* Owners are those whom the hub knows, so there are not many. */
static void join (Strangers *strangers, Stranger *stranger, const char *owner)
{
  GQueue *family = g_hash_table_lookup (strangers->families, owner);
  Stranger *oldest;

  if (family == NULL) {
    family = g_new0 (GQueue, 1);
    g_hash_table_insert (strangers->families, g_strdup (owner), family);
  }
  stranger->family = family;
  stranger->sibling.data = stranger;
  g_queue_push_tail_link (family, &stranger->sibling);
  if (family->length <= STRANGERS_OWNER_MAX)
    return;
  oldest = family->head->data;
  g_queue_unlink (family, &oldest->sibling);
  oldest->family = NULL;
  shutdown (oldest->socket, SHUT_RDWR);
}

void strangers_let (Strangers *strangers, Stranger *stranger, const char *owner)
{
  lock_take (&strangers->lock);
  if (!stranger->known && owner != NULL)
    join (strangers, stranger, owner);
  leave (strangers, stranger);
  lock_give (&strangers->lock);
}

void strangers_note_refusal (Strangers *strangers, Stranger *stranger)
{
  lock_take (&strangers->lock);
  stranger->refusals++;
  lock_give (&strangers->lock);
}

static gint64 delay_ms (const Stranger *stranger)
{
  if (stranger->known || stranger->refusals < STRANGERS_FREE_REFUSALS)
    return 0;
  return MIN ((stranger->refusals - STRANGERS_FREE_REFUSALS + 1) * STRANGERS_DELAY_MS,
              STRANGERS_DELAY_MAX_MS);
}

gboolean strangers_is_delayed (Strangers *strangers, Stranger *stranger)
{
  gboolean delayed;

  lock_take (&strangers->lock);
  delayed = !strangers->released && delay_ms (stranger) > 0;
  lock_give (&strangers->lock);
  return delayed;
}

void strangers_delay (Strangers *strangers, Stranger *stranger, void (*go_on_with) (gpointer data),
                      gpointer data)
{
  const Delay delay = { g_get_monotonic_time () + delay_ms (stranger) * G_TIME_SPAN_MILLISECOND,
                        go_on_with, data };
  gboolean released;

  lock_take (&strangers->lock);
  released = strangers->released;
  if (!released)
    g_array_append_val (strangers->delays, delay);
  lock_wake_one (&strangers->wake);
  lock_give (&strangers->lock);
  if (released)
    go_on_with (data);
}

void strangers_release (Strangers *strangers)
{
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (Delay));

  lock_take (&strangers->lock);
  strangers->released = TRUE;
  take_due (strangers, G_MAXINT64, due);
  lock_give (&strangers->lock);
  go_on (due);
}

void strangers_set_served (Strangers *strangers, Stranger *stranger, gboolean served)
{
  lock_take (&strangers->lock);
  stranger->served = served;
  if (!served)
    lock_wake_one (&strangers->wake);
  lock_give (&strangers->lock);
}

void strangers_remove (Strangers *strangers, Stranger *stranger)
{
  lock_take (&strangers->lock);
  leave (strangers, stranger);
  if (stranger->family != NULL)
    g_queue_unlink (stranger->family, &stranger->sibling);
  lock_give (&strangers->lock);
  g_free (stranger);
}
