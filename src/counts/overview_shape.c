#include "counts/overview_shape.h"

#include <string.h>

void overview_free (Overview *overview)
{
  if (overview == NULL)
    return;
  g_free (overview->label);
  g_clear_pointer (&overview->zone, g_time_zone_unref);
  programme_free (overview->programme);
  counts_free (overview->events);
  g_ptr_array_unref (overview->sides);
  g_ptr_array_unref (overview->delegations);
  g_ptr_array_unref (overview->balances);
  g_ptr_array_unref (overview->entrances);
  g_ptr_array_unref (overview->rooms);
  g_ptr_array_unref (overview->services);
  g_ptr_array_unref (overview->stations);
  g_free (overview->arrivals);
  g_free (overview);
}

static void group_free (gpointer data)
{
  OverviewGroup *group = data;

  g_free (group->id);
  g_free (group->fr);
  g_free (group->zh);
  g_free (group->country);
  g_free (group);
}

static void named_free (gpointer data)
{
  OverviewEntrance *entrance = data; /* id, fr, zh come first in all of these */

  g_free (entrance->id);
  g_free (entrance->fr);
  g_free (entrance->zh);
  g_free (entrance);
}

static void room_free (gpointer data)
{
  OverviewRoom *room = data;

  g_free (room->room);
  g_free (room->day);
  named_free (room);
}

static void station_free (gpointer data)
{
  OverviewStation *station = data;

  g_free (station->name);
  g_free (station->checkpoint_fr);
  g_free (station->checkpoint_zh);
  g_free (station);
}

Overview *overview_new (void)
{
  Overview *overview = g_new0 (Overview, 1);

  overview->sides = g_ptr_array_new_with_free_func (group_free);
  overview->delegations = g_ptr_array_new_with_free_func (group_free);
  overview->balances = g_ptr_array_new_with_free_func (named_free);
  overview->entrances = g_ptr_array_new_with_free_func (named_free);
  overview->rooms = g_ptr_array_new_with_free_func (room_free);
  overview->services = g_ptr_array_new_with_free_func (named_free);
  overview->stations = g_ptr_array_new_with_free_func (station_free);
  return overview;
}

gint64 overview_arrivals (const Overview *overview, guint quarter, guint entrance)
{
  guint entrances = overview->entrances->len;
  gint64 sum = 0;

  for (guint i = 0; i < entrances; i++)
    if (entrance == i || entrance == G_MAXUINT)
      sum += overview->arrivals[quarter * entrances + i];
  return sum;
}

const OverviewStation *overview_station (const Overview *overview, const char *name)
{
  for (guint i = 0; i < overview->stations->len; i++)
    if (strcmp (((const OverviewStation *) overview->stations->pdata[i])->name, name) == 0)
      return overview->stations->pdata[i];
  return NULL;
}
