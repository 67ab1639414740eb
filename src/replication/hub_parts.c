#include "replication/hub_parts.h"

static void committed (gpointer data)
{
  HubParts *hub = data;

  g_atomic_int_inc (&hub->commits);
  watch_ring (hub->watch);
}

/* The watch comes before the writer that rings it. */
HubParts *hub_parts_start (const char *db, Clock clock, Journal *journal, GError **error)
{
  HubParts *hub = g_new0 (HubParts, 1);

  hub->db = g_strdup (db);
  hub->name = g_strdup (journal_station (journal));
  hub->clock = clock;
  hub->readers = replica_pool_new (db, clock);
  hub->quota = quota_new ();
  hub->states = station_state_list_new ();
  if ((hub->settling = settling_open (journal, error)) != NULL
      && (hub->own_head = own_head_new (journal, error)) != NULL
      && (hub->epochs = epoch_open (journal, error)) != NULL
      && (hub->watch = watch_new (db, clock, error)) != NULL
      && (hub->writer = writer_new (db, clock, committed, hub, error)) != NULL
      && (hub->follower = follower_new (db, clock, hub->epochs, error)) != NULL
      && (hub->chores = chores_new (db, clock, hub->states, error)) != NULL)
    return hub;
  hub_parts_free (hub);
  return NULL;
}

void hub_parts_stop (HubParts *hub)
{
  g_atomic_int_set (&hub->stopping, TRUE);
  if (hub->follower != NULL)
    follower_stop (hub->follower);
  if (hub->watch != NULL)
    watch_stop (hub->watch);
  if (hub->writer != NULL)
    writer_stop (hub->writer);
  if (hub->chores != NULL)
    chores_stop (hub->chores);
}

void hub_parts_free (HubParts *hub)
{
  if (hub == NULL)
    return;
  hub_parts_stop (hub);
  follower_free (hub->follower);
  writer_free (hub->writer);
  watch_free (hub->watch);
  chores_free (hub->chores);
  replica_pool_free (hub->readers);
  quota_free (hub->quota);
  station_state_list_free (hub->states);
  epoch_free (hub->epochs);
  own_head_free (hub->own_head);
  settling_free (hub->settling);
  g_free (hub->db);
  g_free (hub->name);
  g_free (hub);
}
