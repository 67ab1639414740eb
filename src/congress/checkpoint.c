#include "congress/checkpoint.h"

#include "core/json.h"
#include "core/words.h"
#include "journal/query.h"

#include <string.h>

static const char CHECKPOINT_BY_ID[]
    = "SELECT kind, event, session, fr, zh, once, direction, entitlement, badge, capacity, events, "
      "categories, opens, at, station, seq, any_events, doors, days_limit, most, wait, empties, "
      "channels, several, trusts, of_groups"
      " FROM checkpoint WHERE id = :id AND NOT removed";
static const char CHECKPOINT_IDS[] = "SELECT id FROM checkpoint WHERE NOT removed ORDER BY id";
static const char FIRST_OF_KIND[]
    = "SELECT ifnull (min (id), '') FROM checkpoint WHERE kind = :kind AND NOT removed";
static const char CONGRESS[]
    = "SELECT timezone, days, at, station, seq FROM congress WHERE id = 'congress'";
static const char STAMP[] = "SELECT p.at, p.station, p.seq, p.removed, c.at, c.station, c.seq FROM "
                            "checkpoint p, congress c WHERE p.id = :id AND c.id = 'congress'";

G_DEFINE_QUARK (checkpoint - error - quark, checkpoint_error)

void checkpoint_set_exit (Checkpoint *checkpoint)
{
  checkpoint->direction = DIRECTION_OUT;
}

const char *checkpoint_doors (const Checkpoint *checkpoint)
{
  return checkpoint->doors != NULL && *checkpoint->doors != '\0' ? checkpoint->doors
                                                                 : checkpoint->id;
}

const char *checkpoint_channel (const Checkpoint *checkpoint, const char *language)
{
  gsize length = strlen (language);
  for (char **channel = checkpoint->channels; channel != NULL && *channel != NULL; channel++)
    if (strncmp (*channel, language, length) == 0 && (*channel)[length] == ':')
      return *channel + length + 1;
  return "";
}

void checkpoint_free (Checkpoint *checkpoint)
{
  if (checkpoint == NULL)
    return;
  g_free (checkpoint->id);
  g_free (checkpoint->event);
  g_free (checkpoint->session);
  g_free (checkpoint->fr);
  g_free (checkpoint->zh);
  g_free (checkpoint->doors);
  g_strfreev (checkpoint->any_events);
  g_strfreev (checkpoint->events);
  g_strfreev (checkpoint->categories);
  g_strfreev (checkpoint->groups);
  g_strfreev (checkpoint->channels);
  g_clear_pointer (&checkpoint->days, g_ptr_array_unref);
  g_clear_pointer (&checkpoint->openings, g_array_unref);
  g_clear_pointer (&checkpoint->zone, g_time_zone_unref);
  g_free (checkpoint->stamp.station[0]);
  g_free (checkpoint->stamp.station[1]);
  g_free (checkpoint);
}

/* Loading ---------------------------------------------------------------------------- */

/* Time zone and days. FALSE with @error if the congress is not known. */
static gboolean load_congress (Journal *journal, Checkpoint *checkpoint, GError **error)
{
  Query *query = journal_query (journal, CONGRESS, error);
  if (query == NULL)
    return FALSE;
  g_autofree char *zone_name = NULL;
  if (query_next (query)) {
    zone_name = g_strdup (query_text (query, 0));
    checkpoint->days = days_read (query_text (query, 1));
    checkpoint->stamp.at[1] = query_int (query, 2);
    checkpoint->stamp.station[1] = g_strdup (query_text (query, 3));
    checkpoint->stamp.seq[1] = query_int (query, 4);
  }
  if (!query_end (query, error))
    return FALSE;
  if (zone_name == NULL) {
    g_set_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_EVENT,
                 _ ("opening the checkpoint %s: this replica knows no congress yet; load one with "
                    "“accueil event load FILE” or let it sync with the hub"),
                 checkpoint->id);
    return FALSE;
  }
  checkpoint->zone = g_time_zone_new_identifier (zone_name);
  if (checkpoint->zone == NULL) {
    g_set_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_EVENT,
                 _ ("opening the checkpoint %s: this machine does not know the time zone %s; "
                    "install the package tzdata"),
                 checkpoint->id, zone_name);
    return FALSE;
  }
  return TRUE;
}

static void read_row (Checkpoint *checkpoint, Query *query)
{
  /* A word of a later version reads as the most careful one there is. */
  if (!checkpoint_kind_from_name (query_text (query, 0), &checkpoint->kind))
    checkpoint->kind = CHECKPOINT_ZONE;
  checkpoint->event = g_strdup (query_text (query, 1));
  checkpoint->session = g_strdup (query_text (query, 2));
  checkpoint->fr = g_strdup (query_text (query, 3));
  checkpoint->zh = g_strdup (query_text (query, 4));
  if (!once_from_name (query_text (query, 5), &checkpoint->once))
    checkpoint->once = ONCE_DAY;
  if (!direction_from_name (query_text (query, 6), &checkpoint->direction))
    checkpoint->direction = DIRECTION_IN;
  if (!entitlement_from_name (query_text (query, 7), &checkpoint->entitlement))
    checkpoint->entitlement = ENTITLEMENT_NONE;
  checkpoint->badge = query_int (query, 8) != 0;
  checkpoint->capacity = (guint) query_int (query, 9);
  checkpoint->events = json_in_strings_of (query_text (query, 10));
  checkpoint->categories = json_in_strings_of (query_text (query, 11));
  checkpoint->openings = opening_read (checkpoint->days, query_text (query, 12));
  checkpoint->stamp.at[0] = query_int (query, 13);
  checkpoint->stamp.station[0] = g_strdup (query_text (query, 14));
  checkpoint->stamp.seq[0] = query_int (query, 15);
  checkpoint->any_events = json_in_strings_of (query_text (query, 16));
  checkpoint->doors = g_strdup (query_text (query, 17));
  checkpoint->days_limit = (guint) query_int (query, 18);
  checkpoint->limit = (guint) query_int (query, 19);
  checkpoint->wait = (guint) query_int (query, 20);
  checkpoint->empties = query_int (query, 21) != 0;
  checkpoint->channels = json_in_strings_of (query_text (query, 22));
  checkpoint->several = query_int (query, 23) != 0;
  checkpoint->trusts = query_int (query, 24) != 0;
  checkpoint->groups = json_in_strings_of (query_text (query, 25));
}

static gboolean fail_unknown (Journal *journal, const char *id, GError **error)
{
  g_auto (GStrv) ids = checkpoint_ids (journal, error);
  if (ids == NULL)
    return FALSE;
  g_autofree char *list = g_strjoinv (", ", ids);
  g_set_error (error, CHECKPOINT_ERROR, CHECKPOINT_ERROR_UNKNOWN,
               _ ("there is no checkpoint “%s” in the event file; there are: %s"), id,
               *list ? list : _ ("none"));
  return FALSE;
}

Checkpoint *checkpoint_load (Journal *journal, const char *id, GError **error)
{
  g_autoptr (Checkpoint) checkpoint = g_new0 (Checkpoint, 1);
  checkpoint->id = g_strdup (id);
  if (!load_congress (journal, checkpoint, error))
    return NULL;
  Query *query = journal_query (journal, CHECKPOINT_BY_ID, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":id", id);
  gboolean found = query_next (query);
  if (found)
    read_row (checkpoint, query);
  if (!query_end (query, error) || (!found && !fail_unknown (journal, id, error)))
    return NULL;
  return g_steal_pointer (&checkpoint);
}

gboolean checkpoint_is_current (Journal *journal, const Checkpoint *checkpoint, gboolean *current,
                                GError **error)
{
  Query *query = journal_query (journal, STAMP, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":id", checkpoint->id);
  const CheckpointStamp *stamp = &checkpoint->stamp;
  *current = query_next (query) && query_int (query, 0) == stamp->at[0]
             && strcmp (query_text (query, 1), stamp->station[0]) == 0
             && query_int (query, 2) == stamp->seq[0] && query_int (query, 3) == 0
             && query_int (query, 4) == stamp->at[1]
             && strcmp (query_text (query, 5), stamp->station[1]) == 0
             && query_int (query, 6) == stamp->seq[1];
  return query_end (query, error);
}

char **checkpoint_ids (Journal *journal, GError **error)
{
  Query *query = journal_query (journal, CHECKPOINT_IDS, error);
  if (query == NULL)
    return NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  while (query_next (query))
    g_strv_builder_add (builder, query_text (query, 0));
  return query_end (query, error) ? g_strv_builder_end (builder) : NULL;
}

static gint by_kind (gconstpointer a, gconstpointer b)
{
  const Checkpoint *one = *(Checkpoint *const *) a, *two = *(Checkpoint *const *) b;
  return one->kind != two->kind ? (gint) one->kind - (gint) two->kind : strcmp (one->id, two->id);
}

GPtrArray *checkpoint_all (Journal *journal, GError **error)
{
  g_auto (GStrv) ids = checkpoint_ids (journal, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) checkpoint_free);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
    Checkpoint *checkpoint = checkpoint_load (journal, ids[i], error);
    if (checkpoint == NULL)
      return NULL;
    g_ptr_array_add (all, checkpoint);
  }
  g_ptr_array_sort (all, by_kind);
  return ids != NULL ? g_steal_pointer (&all) : NULL;
}

char *checkpoint_first_of_kind (Journal *journal, CheckpointKind kind, GError **error)
{
  Query *query = journal_query (journal, FIRST_OF_KIND, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":kind", checkpoint_kind_name (kind));
  g_autofree char *id = g_strdup (query_next (query) ? query_text (query, 0) : "");
  return query_end (query, error) ? g_steal_pointer (&id) : NULL;
}
