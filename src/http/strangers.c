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
};

struct _Strangers {
  guint most, count; /* of those that are in the queue and not cut off */
  gint64 limit_us;
  Lock lock;
  Wake wake;
  gboolean stop;
  GQueue queue; /* Stranger, the oldest first; without those that are known */
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

static gpointer watch (gpointer data)
{
  Strangers *strangers = data;

  lock_take (&strangers->lock);
  while (!strangers->stop) {
    gint64 next = cut_late (strangers, g_get_monotonic_time ());

    if (next == G_MAXINT64)
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

void strangers_let (Strangers *strangers, Stranger *stranger)
{
  lock_take (&strangers->lock);
  leave (strangers, stranger);
  lock_give (&strangers->lock);
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
  lock_give (&strangers->lock);
  g_free (stranger);
}
