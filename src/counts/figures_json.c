#include "counts/figures_json.h"

static void put_count (JsonOut *out, const char *key, const FiguresCount *count)
{
  json_out_begin_object (out, key);
  json_out_int (out, "registered", count->registered);
  json_out_int (out, "arrived", count->arrived);
  json_out_int (out, "inside", count->inside);
  json_out_end_object (out);
}

static void put_figures (JsonOut *out, const FiguresDay *day)
{
  json_out_int (out, "expected", day->expected);
  json_out_int (out, "arrived", day->arrived);
  json_out_int (out, "inside", day->inside);
  json_out_int (out, "missing", day->missing);
}

static void put_day (JsonOut *out, const char *key, const FiguresDay *day)
{
  json_out_begin_object (out, key);
  put_figures (out, day);
  json_out_end_object (out);
}

static void put_sides (JsonOut *out, const char *key, const FiguresDay sides[FIGURES_SIDES])
{
  json_out_begin_object (out, key);
  for (guint i = 0; i < FIGURES_SIDES; i++)
    put_day (out, figures_side_name ((FiguresSide) i), &sides[i]);
  json_out_end_object (out);
}

static void put_names (JsonOut *out, const char *id, const char *fr, const char *zh)
{
  json_out_string (out, "id", id);
  json_out_string (out, words_key (WORDS_FIRST), fr);
  json_out_string (out, words_key (WORDS_SECOND), zh);
}

/* "2016-10-27T09:00:00+08:00"; null for none. */
static void put_moment (JsonOut *out, const Figures *figures, const char *key, gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, figures->as_of->zone);
  g_autofree char *text = ms != 0 ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
  json_out_string (out, key, text);
}

static void put_events (JsonOut *out, const Figures *figures)
{
  json_out_begin_array (out, "events");
  for (guint i = 0; i < figures->events->len; i++) {
    const FiguresEvent *event = figures->events->pdata[i];
    json_out_begin_object (out, NULL);
    put_names (out, event->id, event->fr, event->zh);
    json_out_int (out, "registered", event->count.registered);
    json_out_int (out, "arrived", event->count.arrived);
    json_out_int (out, "inside", event->count.inside);
    put_moment (out, figures, "opens", event->opens_ms);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_begin_object (out, "both");
  json_out_int (out, "registered", figures->both_registered);
  json_out_int (out, "arrived", figures->both_arrived);
  json_out_end_object (out);
  put_count (out, "either", &figures->either);
}

static void put_arrivals (JsonOut *out, const Figures *figures)
{
  json_out_begin_array (out, "entrances");
  for (guint i = 0; i < figures->entrances->len; i++) {
    const FiguresEntrance *entrance = figures->entrances->pdata[i];
    json_out_begin_object (out, NULL);
    put_names (out, entrance->id, entrance->fr, entrance->zh);
    json_out_int (out, "arrived", entrance->arrived);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_begin_array (out, "quarters");
  for (guint i = 0; i < figures->quarters->len; i++) {
    const FiguresQuarter *quarter = figures->quarters->pdata[i];
    json_out_begin_object (out, NULL);
    put_moment (out, figures, "from", quarter->from_ms);
    json_out_int (out, "people", quarter->people);
    json_out_begin_array (out, "by_entrance");
    for (guint j = 0; j < figures->entrances->len; j++)
      json_out_int (out, NULL, quarter->by_entrance[j]);
    json_out_end_array (out);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_int (out, "peak", figures->peak);
}

static void put_rooms (JsonOut *out, const Figures *figures)
{
  json_out_begin_array (out, "rooms");
  for (guint i = 0; i < figures->rooms->len; i++) {
    const FiguresRoom *room = figures->rooms->pdata[i];
    if (!figures_room_is_of_day (figures, room))
      continue;
    json_out_begin_object (out, NULL);
    put_names (out, room->id, room->fr, room->zh);
    json_out_string (out, "session", room->session);
    json_out_string (out, "room", room->room);
    put_moment (out, figures, "from", room->from_ms);
    put_moment (out, figures, "to", room->to_ms);
    json_out_int (out, "capacity", room->capacity);
    json_out_int (out, "registered", room->registered);
    json_out_int (out, "arrived", room->arrived);
    json_out_int (out, "inside", room->inside);
    json_out_int (out, "peak", room->peak);
    put_moment (out, figures, "peak_at", room->peak_ms);
    json_out_int (out, "late", room->late);
    json_out_int (out, "left", room->left);
    json_out_string (out, "state", figures_room_state_name (room->state));
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

static void put_services (JsonOut *out, const Figures *figures)
{
  json_out_begin_array (out, "services");
  for (guint i = 0; i < figures->services->len; i++) {
    const FiguresService *service = figures->services->pdata[i];
    json_out_begin_object (out, NULL);
    put_names (out, service->id, service->fr, service->zh);
    json_out_string (out, "kind", checkpoint_kind_name (service->kind));
    put_moment (out, figures, "from", service->from_ms);
    put_moment (out, figures, "to", service->to_ms);
    json_out_int (out, "capacity", service->capacity);
    json_out_int (out, "entitled", service->entitled);
    json_out_int (out, "served", service->served);
    json_out_int (out, "left", service->left);
    json_out_int (out, "passages", service->passages);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_begin_array (out, "hotels");
  for (guint i = 0; i < figures->hotels->len; i++) {
    const FiguresHotel *hotel = figures->hotels->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "hotel", hotel->hotel);
    json_out_int (out, "entitled", hotel->entitled);
    json_out_int (out, "rode", hotel->rode);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_begin_array (out, "headsets");
  for (guint i = 0; i < figures->channels->len; i++) {
    const FiguresChannel *channel = figures->channels->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "language", channel->language);
    json_out_int (out, "entitled", channel->entitled);
    json_out_int (out, "out", channel->out);
    json_out_int (out, "back", channel->back);
    json_out_int (out, "overdue", channel->overdue);
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

static void put_groups (JsonOut *out, const Figures *figures)
{
  json_out_begin_object (out, "ranks");
  for (guint i = 0; i < figures->ranks->len; i++) {
    const FiguresCategory *rank = figures->ranks->pdata[i];
    put_sides (out, rank->id, rank->sides);
  }
  json_out_end_object (out);
  json_out_begin_array (out, "categories");
  for (guint i = 0; i < figures->categories->len; i++) {
    const FiguresCategory *category = figures->categories->pdata[i];
    json_out_begin_object (out, NULL);
    put_names (out, category->id, category->fr, category->zh);
    put_sides (out, "sides", category->sides);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_begin_array (out, "delegations");
  for (guint i = 0; i < figures->delegations->len; i++) {
    const FiguresDelegation *delegation = figures->delegations->pdata[i];
    json_out_begin_object (out, NULL);
    put_names (out, delegation->id, delegation->fr, delegation->zh);
    json_out_string (out, "side", figures_side_name (delegation->side));
    put_figures (out, &delegation->day);
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

char *figures_json (const Figures *figures)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  as_of_to_json (figures->as_of, out, "as_of");
  json_out_string (out, "day", figures->day);
  json_out_string (out, "event", figures->event);
  put_count (out, "all", &figures->all);
  put_day (out, "today", &figures->today);
  json_out_int (out, "percent", figures_percent (figures->today.inside, figures->today.expected));
  json_out_bool (out, "way_out", figures->way_out);
  json_out_int (out, "passages", figures->passages);
  json_out_int (out, "refused", figures->refused);
  json_out_int (out, "passages_of_day", figures->passages_of_day);
  json_out_int (out, "refused_of_day", figures->refused_of_day);
  json_out_int (out, "badges_printed", figures->badges_printed);
  json_out_int (out, "badges_waiting", figures->badges_waiting);
  json_out_int (out, "conflicts", figures->conflicts);
  put_events (out, figures);
  put_sides (out, "sides", figures->sides);
  put_arrivals (out, figures);
  put_rooms (out, figures);
  put_services (out, figures);
  put_groups (out, figures);
  json_out_end_object (out);
  return json_out_finish (out);
}
