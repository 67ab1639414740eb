#include "office/todo.h"

#include "congress/agenda.h"
#include "core/hash.h"
#include "desk/alert.h"
#include "office/person_name.h"
#include "office/stations_page.h"
#include "office/web_icon.h"

#include <string.h>

#define KEY_LENGTH 24
#define SHOWN_MAX 8
/* More of them come as these are closed: each is drawn at every recount. */
#define LISTED_MAX 60

/* How many stand there already, of how many. */
typedef struct {
  guint count, all;
} Drawn;

/* What comes after the first SHOWN_MAX waits behind a touch, so that the rooms below stay in
 * sight. */
static void begin (const View *view, WebIcon icon, gboolean warn, const char *title, Drawn *drawn)
{
  if (drawn->count == SHOWN_MAX && drawn->all > SHOWN_MAX)
    markup_add (view->out,
                "</ul><details id=\"more\"><summary class=\"btn gap\">%s</summary><ul class=\"card "
                "todo gap\">",
                view_count (view, "%s more", "%s more", drawn->all - SHOWN_MAX));
  drawn->count++;
  markup_add (view->out, "<li><span class=\"%s\">", warn ? "warn" : "");
  web_icon_draw (view->out, icon);
  markup_add (view->out, "</span><div><h3>%s</h3><p>", title);
}

/* Its one action, for who may close it; since when. */
static void end (const View *view, const char *address, const char *action, const char *age)
{
  markup_add (view->out, "</p></div><div>");
  if (address[0] != '\0')
    markup_add (view->out, "<a class=\"btn\" href=\"%s\">%s</a>", address, action);
  markup_add (view->out, "<small>%s</small></div></li>", age);
}

/* Where it is looked at; "" for who may not. */
static void put_way (const View *view, gboolean may, const char *address, const char *text)
{
  if (may)
    markup_add (view->out, " <a href=\"%s\">%s</a>", address, text);
}

static const char *address_of (const View *view, const char *before, const char *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return markup_keep (view->out, g_strconcat (before, escaped, NULL));
}

/* An alert's id has the reference of whom it is about, which a protocol guest's may not
 * show. */
char *todo_key (const char *alert)
{
  Hash hash = hash_of (alert, strlen (alert));
  char *key = hash_to_hex (&hash);

  key[KEY_LENGTH] = '\0';
  return key;
}

static const char *since (const View *view, gint64 ms)
{
  gint64 age = view->moment->figures->as_of->at_ms - ms;

  return age < 60000 ? view_say (view, N_ ("just now"))
                     : view_fill (view, N_ ("%s ago"), view_span (view, age));
}

/* Speakers, stations, printers -------------------------------------------------------- */

static const char *closing (const View *view, const char *id)
{
  return view_changes (view)
             ? address_of (view, "/alert?id=", markup_keep (view->out, todo_key (id)))
             : "";
}

/* How many speakers of one side a reader without names sees missing for one session: a line
 * for all of them. 0 for the second and later ones; 1 for who reads the names. */
static guint missing_alike (const View *view, guint place)
{
  const GPtrArray *matters = view->moment->matters;
  const MomentMatter *matter = matters->pdata[place];
  guint count = 0;

  if (matter->kind != MOMENT_MATTER_SPEAKER || view_names (view, "", FALSE) || view_changes (view))
    return 1;
  for (guint i = 0; i < matters->len; i++) {
    const MomentMatter *other = matters->pdata[i];

    if (other->kind == MOMENT_MATTER_SPEAKER && other->room == matter->room
        && figures_side_of (other->member->country) == figures_side_of (matter->member->country)) {
      if (i < place)
        return 0;
      count++;
    }
  }
  return count;
}

static void draw_speaker (const View *view, const MomentMatter *matter, guint alike, Drawn *drawn)
{
  const CastMember *member = matter->member;
  const FiguresRoom *room = matter->room;
  gint64 ahead = room->from_ms - view->moment->figures->as_of->at_ms;

  begin (view, WEB_ICON_SPEAKER, TRUE,
         view_fill (view, N_ ("Somebody is missing for %s"), room->session), drawn);
  if (view_names (view, "", member->protocol)) {
    person_name_put (view, member->given, member->family, member->name_zh, member->country);
    markup_add (view->out, "%s<bdi>%s</bdi>%s", view_say (view, N_ (", ")),
                view_pick (view, member->organisation_fr, member->organisation_zh),
                view_say (view, N_ (". ")));
  }
  if (alike > 1)
    markup_add (view->out, "%s%s", view_count (view, "%s person", "%s persons", alike),
                view_say (view, N_ (", ")));
  if (figures_side_of (member->country) != FIGURES_ELSEWHERE)
    markup_add (view->out, "%s%s", view_side (view, figures_side_of (member->country)),
                view_say (view, N_ (". ")));
  markup_add (view->out, "%s",
              ahead > 0 ? view_fill (view, N_ ("Begins in %s."), view_span (view, ahead))
                        : view_fill (view, N_ ("Began %s ago."), view_span (view, -ahead)));
  put_way (view, TRUE, address_of (view, "/sessions?session=", room->session),
           view_fill (view, N_ ("Session %s"), room->session));
  end (view, closing (view, matter->id), view_say (view, N_ ("Close")),
       view_minutes (view, room->from_ms));
}

static void put_station (const View *view, const MomentStation *station)
{
  put_way (view, view->role != ACCOUNT_LEADER, address_of (view, "/station/", station->name),
           view_fill (view, N_ ("Station %s"), view_station (view, station->name)));
}

static void draw_silent (const View *view, const MomentMatter *matter, Drawn *drawn)
{
  const MomentStation *station = matter->station;

  begin (view, WEB_ICON_SILENT, TRUE,
         view_fill (view, N_ ("%s is silent"), view_station (view, station->name)), drawn);
  if (station->heard->checkpoint[0] != '\0')
    markup_add (view->out, "%s%s", view_pick (view, station->heard->fr, station->heard->zh),
                view_say (view, N_ (". ")));
  markup_add (view->out, "%s",
              view_fill (view, N_ ("What it has done since %s is missing here."),
                         view_clock (view, station->last_ms)));
  put_station (view, station);
  end (view, closing (view, matter->id), view_say (view, N_ ("Close")),
       view_fill (view, N_ ("for %s"), view_ago (view, station->last_ms)));
}

static void draw_printer (const View *view, const MomentMatter *matter, Drawn *drawn)
{
  begin (view, WEB_ICON_PRINTER, TRUE,
         view_fill (view, N_ ("%s cannot print"), view_station (view, matter->station->name)),
         drawn);
  stations_page_put_printer (view, matter->printer);
  markup_add (view->out, " (%s)", matter->printer->queue);
  put_station (view, matter->station);
  end (view, closing (view, matter->id), view_say (view, N_ ("Close")), "");
}

static void draw_speakers (const View *view, Drawn *drawn)
{
  for (guint i = 0; i < view->moment->matters->len; i++) {
    const MomentMatter *matter = view->moment->matters->pdata[i];
    guint alike = matter->kind == MOMENT_MATTER_SPEAKER ? missing_alike (view, i) : 0;

    if (alike > 0)
      draw_speaker (view, matter, alike, drawn);
  }
}

static void draw_machines (const View *view, MomentMatterKind kind, Drawn *drawn)
{
  for (guint i = 0; i < view->moment->matters->len; i++) {
    const MomentMatter *matter = view->moment->matters->pdata[i];

    if (matter->kind == kind && drawn->count < LISTED_MAX)
      (kind == MOMENT_MATTER_SILENT ? draw_silent : draw_printer) (view, matter, drawn);
  }
}

/* Alerts ----------------------------------------------------------------------------- */

static const struct {
  WebIcon icon;
  gboolean warn;
  const char *action;
} ALERTS[ALERT_KIND_COUNT] = {
  [ALERT_BADGE_VOID] = { WEB_ICON_BADGE, TRUE, N_ ("Close") },
  [ALERT_DOUBLE] = { WEB_ICON_BADGE, TRUE, N_ ("Close") },
  [ALERT_FORGED] = { WEB_ICON_SHIELD, TRUE, N_ ("Close") },
  [ALERT_PROTOCOL] = { WEB_ICON_PROTOCOL, FALSE, N_ ("Has been met") },
  [ALERT_REPEATED] = { WEB_ICON_PRINTER, TRUE, N_ ("Close") },
  [ALERT_UNSURE] = { WEB_ICON_PRINTER, TRUE, N_ ("Close") },
  [ALERT_FAILED] = { WEB_ICON_PRINTER, TRUE, N_ ("Close") },
  [ALERT_CONFLICT] = { WEB_ICON_PEOPLE, TRUE, N_ ("Decide") },
  [ALERT_APART] = { WEB_ICON_SHIELD, TRUE, N_ ("Close") },
  [ALERT_UNTRUE] = { WEB_ICON_BADGE, FALSE, N_ ("Close") },
  [ALERT_FORK] = { WEB_ICON_SHIELD, TRUE, N_ ("Close") },
  [ALERT_OLDER] = { WEB_ICON_SHIELD, TRUE, N_ ("Close") },
  [ALERT_EXCESS] = { WEB_ICON_SHIELD, TRUE, N_ ("Close") },
  [ALERT_HEADSET] = { WEB_ICON_SERVICE, TRUE, N_ ("Close") },
  [ALERT_CALL] = { WEB_ICON_CALL, TRUE, N_ ("Close") },
};

/* Protocol first of all, since it is over soonest. */
static int urgency (const Alert *alert)
{
  static const int ORDER[ALERT_KIND_COUNT]
      = { [ALERT_CALL] = 0,    [ALERT_PROTOCOL] = 1, [ALERT_FORGED] = 2,     [ALERT_DOUBLE] = 2,
          [ALERT_FAILED] = 3,  [ALERT_UNSURE] = 4,   [ALERT_FORK] = 4,       [ALERT_OLDER] = 4,
          [ALERT_EXCESS] = 4,  [ALERT_CONFLICT] = 5, [ALERT_BADGE_VOID] = 6, [ALERT_REPEATED] = 7,
          [ALERT_HEADSET] = 7, [ALERT_APART] = 8,    [ALERT_UNTRUE] = 9 };

  return ORDER[alert->kind];
}

/* That a guest of protocol has come is for those alone who can receive her. */
static gboolean is_for (const View *view, const Alert *alert)
{
  return alert->kind != ALERT_PROTOCOL || view_changes (view);
}

/* Who it is, who receives her, her seat, who comes with her. */
static void draw_reception (const View *view, const Reception *reception)
{
  markup_add (view->out, "<b>%s</b>%s", reception->name, view_say (view, N_ (". ")));
  if (reception->host[0] != '\0')
    markup_add (view->out, "%s%s", view_fill (view, N_ ("To be received by %s"), reception->host),
                view_say (view, N_ (". ")));
  if (reception->seat[0] != '\0')
    markup_add (view->out, "%s%s", view_fill (view, N_ ("Seat: %s"), reception->seat),
                view_say (view, N_ (". ")));
  if (reception->line[0] != '\0')
    markup_add (view->out, "%s%s", view_fill (view, N_ ("Motorcade: %s"), reception->line),
                view_say (view, N_ (". ")));
  if (reception->company[0] != '\0')
    markup_add (view->out, "%s%s", view_fill (view, N_ ("With: %s"), reception->company),
                view_say (view, N_ (". ")));
}

static void draw_alert (const View *view, const Alert *alert, Drawn *drawn)
{
  gboolean named = view_names (view, "", alert->kind == ALERT_PROTOCOL);
  g_auto (OwnedPair) host = alert_host (alert);

  begin (view, ALERTS[alert->kind].icon, ALERTS[alert->kind].warn,
         view_pair (view, alert_wording (alert)), drawn);
  if (named && alert->reception != NULL)
    draw_reception (view, alert->reception);
  else if (alert->reception != NULL && alert->reception->known[0] != '\0' && view_changes (view))
    markup_add (view->out, "%s%s", view_pair (view, words_of_owned (&host)),
                view_say (view, N_ (". ")));
  if (named && alert->reference[0] != '\0')
    markup_add (view->out, "%s%s%s%s", alert->name, alert->name[0] != '\0' ? " " : "",
                alert->reference, view_say (view, N_ (", ")));
  if (alert->checkpoint[0] != '\0')
    markup_add (view->out, "%s%s", view_pick (view, alert->checkpoint_fr, alert->checkpoint_zh),
                view_say (view, N_ (". ")));
  else if (alert->station[0] != '\0')
    markup_add (view->out, "%s%s", view_station (view, alert->station), view_say (view, N_ (". ")));
  if (alert->happened > 1 && alert->kind != ALERT_CONFLICT)
    markup_add (view->out, "%s ", view_count (view, "%s time.", "%s times.", alert->happened));
  if (view_changes (view))
    markup_add (view->out, "%s", view_pair (view, alert_remedy (alert)));
  end (view, closing (view, alert->id), view_say (view, ALERTS[alert->kind].action),
       since (view, alert->at_ms));
}

/* Deadlines -------------------------------------------------------------------------- */

static void draw_deadline (const View *view, const AgendaItem *item, Drawn *drawn)
{
  gboolean late = item->state == AGENDA_LATE;

  begin (view, WEB_ICON_FLAG, late,
         view_fill (view, late ? N_ ("Late: %s") : N_ ("Due: %s"),
                    view_pick (view, item->fr, item->zh)),
         drawn);
  markup_add (view->out, "%s%s", view_pick (view, item->by_fr, item->by_zh),
              item->by_fr[0] != '\0' ? view_say (view, N_ (". ")) : "");
  end (view, "", "", view_day (view, item->due));
}

/* All -------------------------------------------------------------------------------- */

static void draw_alerts (const View *view, Drawn *drawn)
{
  const GPtrArray *alerts = view->moment->alerts;

  for (int urgent = 0; urgent < ALERT_KIND_COUNT; urgent++) {
    for (guint i = 0; i < alerts->len; i++)
      if (urgency (alerts->pdata[i]) == urgent && is_for (view, alerts->pdata[i])
          && drawn->count < LISTED_MAX)
        draw_alert (view, alerts->pdata[i], drawn);
    /* A silent station loses nothing that it does not keep, but figures stand still. */
    if (urgent == 1)
      draw_machines (view, MOMENT_MATTER_SILENT, drawn);
    if (urgent == 3)
      draw_machines (view, MOMENT_MATTER_PRINTER, drawn);
  }
}

guint todo_count (const View *view)
{
  const Moment *moment = view->moment;
  guint count = 0;

  for (guint i = 0; i < moment->matters->len; i++)
    count += missing_alike (view, i) > 0;
  for (guint i = 0; i < moment->alerts->len; i++)
    count += is_for (view, moment->alerts->pdata[i]);
  return count + agenda_count (moment->agenda, AGENDA_LATE)
         + agenda_count (moment->agenda, AGENDA_DUE);
}

void todo_draw (const View *view)
{
  Drawn drawn = { .all = todo_count (view) };

  if (drawn.all == 0) {
    markup_add (view->out, "<p class=\"card\">%s</p>",
                view_say (view, N_ ("Nothing needs attention at the moment.")));
    return;
  }
  markup_add (view->out, "<ul class=\"card todo\">");
  draw_speakers (view, &drawn);
  draw_alerts (view, &drawn);
  for (guint i = 0; i < view->moment->agenda->len; i++)
    if (((const AgendaItem *) view->moment->agenda->pdata[i])->state <= AGENDA_DUE)
      draw_deadline (view, view->moment->agenda->pdata[i], &drawn);
  markup_add (view->out, "</ul>");
  if (drawn.count < drawn.all)
    markup_add (view->out, "<p class=\"note\">%s</p>",
                view_count (view, "%s more is listed when one of these is closed.",
                            "%s more are listed as these are closed.", drawn.all - drawn.count));
  if (drawn.count > SHOWN_MAX)
    markup_add (view->out, "</details>");
}
