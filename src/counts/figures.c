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

const char *figures_side_country (FiguresSide side)
{
  static const char *const COUNTRIES[FIGURES_SIDES]
      = { [FIGURES_FRANCE] = "FR", [FIGURES_CHINA] = "CN", [FIGURES_ELSEWHERE] = "" };
  return side < FIGURES_SIDES ? COUNTRIES[side] : "";
}

const char *figures_room_state_name (FiguresRoomState state)
{
  return state <= FIGURES_ROOM_FULL ? ROOM_STATES[state] : "";
}

gint figures_percent (gint64 part, gint64 whole)
{
  if (whole <= 0)
    return 0;
  gint percent = (gint) ((part * 200 + whole) / (whole * 2));
  if (percent == 0 && part > 0)
    return 1;
  return percent == 100 && part < whole ? 99 : percent;
}

gint64 figures_service_whole (const FiguresService *service)
{
  if (service->kind == CHECKPOINT_HEADSET && service->capacity > 0)
    return service->capacity;
  return service->kind == CHECKPOINT_SHUTTLE ? 0 : service->entitled;
}

gboolean figures_in_balance (gint64 one, gint64 other)
{
  return ABS (one - other) * 10 <= MAX (one, other);
}

gboolean figures_room_is_counted (const FiguresRoom *room)
{
  return *room->id != '\0';
}

gboolean figures_room_is_of_day (const Figures *figures, const FiguresRoom *room)
{
  return figures_room_is_counted (room) && strcmp (room->day, figures->day) == 0;
}

const FiguresStation *figures_station (const Figures *figures, const char *name)
{
  for (guint i = 0; i < figures->stations->len; i++)
    if (strcmp (((const FiguresStation *) figures->stations->pdata[i])->name, name) == 0)
      return figures->stations->pdata[i];
  return NULL;
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
  g_free (room->day);
  g_free (room);
}

static void service_free (gpointer data)
{
  FiguresService *service = data;
  g_free (service->id);
  g_free (service->fr);
  g_free (service->zh);
  g_free (service);
}

static void hotel_free (gpointer data)
{
  FiguresHotel *hotel = data;
  g_free (hotel->hotel);
  g_free (hotel);
}

static void channel_free (gpointer data)
{
  FiguresChannel *channel = data;
  g_free (channel->language);
  g_free (channel);
}

static void station_free (gpointer data)
{
  FiguresStation *station = data;
  g_free (station->name);
  g_free (station);
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
  programme_free (figures->programme);
  g_free (figures->event);
  g_ptr_array_unref (figures->events);
  g_ptr_array_unref (figures->ranks);
  g_ptr_array_unref (figures->categories);
  g_ptr_array_unref (figures->delegations);
  g_ptr_array_unref (figures->entrances);
  g_ptr_array_unref (figures->quarters);
  g_ptr_array_unref (figures->rooms);
  g_ptr_array_unref (figures->services);
  g_ptr_array_unref (figures->hotels);
  g_ptr_array_unref (figures->channels);
  g_ptr_array_unref (figures->stations);
  g_free (figures);
}

Figures *figures_new (const char *event)
{
  Figures *figures = g_new0 (Figures, 1);
  figures->event = g_strdup (event != NULL ? event : "");
  figures->events = g_ptr_array_new_with_free_func (event_free);
  figures->ranks = g_ptr_array_new_with_free_func (category_free);
  figures->categories = g_ptr_array_new_with_free_func (category_free);
  figures->delegations = g_ptr_array_new_with_free_func (delegation_free);
  figures->entrances = figures_entrances ();
  figures->rooms = g_ptr_array_new_with_free_func (room_free);
  figures->services = g_ptr_array_new_with_free_func (service_free);
  figures->hotels = g_ptr_array_new_with_free_func (hotel_free);
  figures->channels = g_ptr_array_new_with_free_func (channel_free);
  figures->stations = g_ptr_array_new_with_free_func (station_free);
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
