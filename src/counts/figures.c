#include "counts/figures.h"

#include <string.h>

static const char *const SIDES[FIGURES_SIDES] = { "france", "china", "other" };
static const char *const ROOM_STATES[] = { "free", "nearly-full", "full" };

const char *figures_side_name (FiguresSide side)
{
  return side < FIGURES_SIDES ? SIDES[side] : "";
}

FiguresSide figures_side_of (const char *country)
{
  static const char *const CHINA[] = { "CN", "HK", "MO", NULL };
  return strcmp (country, "FR") == 0        ? FIGURES_FRANCE
         : g_strv_contains (CHINA, country) ? FIGURES_CHINA
                                            : FIGURES_ELSEWHERE;
}

const char *figures_room_state_name (FiguresRoomState state)
{
  return state <= FIGURES_ROOM_FULL ? ROOM_STATES[state] : "";
}

gint figures_percent (gint64 part, gint64 whole)
{
  return whole > 0 ? (gint) ((part * 200 + whole) / (whole * 2)) : 0;
}

gboolean figures_in_balance (gint64 one, gint64 other)
{
  return ABS (one - other) * 10 <= MAX (one, other);
}

/* Owned parts ------------------------------------------------------------------------ */

static void event_free (gpointer data)
{
  FiguresEvent *event = data;
  g_free (event->id);
  g_free (event->fr);
  g_free (event->zh);
  g_free (event);
}

static void entrance_free (gpointer data)
{
  FiguresEntrance *entrance = data;
  g_free (entrance->id);
  g_free (entrance->fr);
  g_free (entrance->zh);
  g_free (entrance);
}

static void room_free (gpointer data)
{
  FiguresRoom *room = data;
  g_free (room->id);
  g_free (room->fr);
  g_free (room->zh);
  g_free (room->session);
  g_free (room->title_fr);
  g_free (room->title_zh);
  g_free (room->room);
  g_free (room);
}

static void quarter_free (gpointer data)
{
  FiguresQuarter *quarter = data;
  g_free (quarter->by_entrance);
  g_free (quarter);
}

static void category_free (gpointer data)
{
  FiguresCategory *category = data;
  g_free (category->id);
  g_free (category->fr);
  g_free (category->zh);
  g_free (category);
}

static void delegation_free (gpointer data)
{
  FiguresDelegation *delegation = data;
  g_free (delegation->id);
  g_free (delegation->fr);
  g_free (delegation->zh);
  g_free (delegation);
}

void figures_free (Figures *figures)
{
  if (figures == NULL)
    return;
  as_of_free (figures->as_of);
  g_free (figures->event);
  g_ptr_array_unref (figures->events);
  g_ptr_array_unref (figures->categories);
  g_ptr_array_unref (figures->delegations);
  g_ptr_array_unref (figures->entrances);
  g_ptr_array_unref (figures->quarters);
  g_ptr_array_unref (figures->rooms);
  g_free (figures);
}

Figures *figures_new (const char *event)
{
  Figures *figures = g_new0 (Figures, 1);
  figures->event = g_strdup (event != NULL ? event : "");
  figures->events = g_ptr_array_new_with_free_func (event_free);
  figures->categories = g_ptr_array_new_with_free_func (category_free);
  figures->delegations = g_ptr_array_new_with_free_func (delegation_free);
  figures->entrances = figures_entrances ();
  figures->rooms = g_ptr_array_new_with_free_func (room_free);
  figures->quarters = g_ptr_array_new_with_free_func (quarter_free);
  figures->peak = -1;
  return figures;
}

void figures_add_entrance (GPtrArray *entrances, const char *id, const char *fr, const char *zh)
{
  FiguresEntrance *entrance = g_new0 (FiguresEntrance, 1);
  entrance->id = g_strdup (id);
  entrance->fr = g_strdup (fr);
  entrance->zh = g_strdup (zh);
  g_ptr_array_add (entrances, entrance);
}

GPtrArray *figures_entrances (void)
{
  return g_ptr_array_new_with_free_func (entrance_free);
}
