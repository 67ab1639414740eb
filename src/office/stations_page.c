#include "office/stations_page.h"

#include "credential/qr.h"
#include "office/desk_act.h"
#include "office/page_layout.h"
#include "office/stamp.h"
#include "office/web_icon.h"
#include "replication/enrolment.h"
#include "vocabulary/wording.h"

#include <string.h>

/* The list --------------------------------------------------------------------------- */

void stations_page_put_state (const View *view, const MomentStation *station)
{
  static const struct {
    WebIcon icon;
    const char *class_name, *word;
  } STATES[] = {
    [MOMENT_STATION_SILENT] = { WEB_ICON_SILENT, "warn b", N_ ("silent for %s") },
    [MOMENT_STATION_PRINTER] = { WEB_ICON_PRINTER, "warn b", N_ ("does not print") },
    [MOMENT_STATION_CLOCK] = { WEB_ICON_WARN, "warn b", N_ ("clock is wrong") },
    [MOMENT_STATION_SUPPLY] = { WEB_ICON_WARN, "warn b", N_ ("supplies are low") },
    [MOMENT_STATION_WELL] = { WEB_ICON_CHECK, "yes", N_ ("online") },
    [MOMENT_STATION_INVITED] = { WEB_ICON_RING, "soft", N_ ("invited") },
    [MOMENT_STATION_REVOKED] = { WEB_ICON_FULL, "soft", N_ ("revoked") },
  };
  gint64 now = view->moment->figures->as_of->at_ms;
  const char *word;

  if (station->need == MOMENT_STATION_SILENT)
    word = view_fill (view, N_ ("silent for %s"), view_ago (view, station->last_ms));
  else if (station->need == MOMENT_STATION_INVITED && station->expires_ms <= now)
    word = view_say (view, N_ ("invitation expired"));
  else
    word = view_say (view, STATES[station->need].word);
  markup_add (view->out, "<span class=\"state %s\">", STATES[station->need].class_name);
  web_icon_draw (view->out, STATES[station->need].icon);
  markup_add (view->out, " %s</span>", word);
}

void stations_page_put_printer (const View *view, const StationStatePrinter *printer)
{
  static const struct {
    const char *state, *word;
  } WORDS[] = { { "ready", N_ ("ready") }, { "printing", N_ ("printing") } };
  const char *reasons = printer->troubles[0] != '\0' ? printer->troubles : printer->notes;

  if (reasons[0] != '\0') {
    g_auto (GStrv) keywords = g_strsplit (reasons, ",", -1);

    markup_add (view->out, "<b class=\"warn\">");
    for (guint i = 0; keywords[i] != NULL; i++)
      markup_add (view->out, i == 0 ? "%s" : " %s",
                  view_pair (view, wording_printer_reason (keywords[i])));
    markup_add (view->out, "</b>");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strcmp (printer->state, WORDS[i].state) == 0) {
      markup_add (view->out, "%s", view_say (view, WORDS[i].word));
      return;
    }
  markup_add (view->out, "<span class=\"soft\">%s</span>", view_say (view, N_ ("unknown")));
}

void stations_page_put_printers (const View *view, const MomentStation *station)
{
  const StationState *state = station->state;

  if (state == NULL)
    markup_add (view->out, "<span class=\"soft\">%s</span>",
                station->need < MOMENT_STATION_INVITED ? view_say (view, N_ ("unknown")) : "–");
  else if (state->printers->len == 0)
    markup_add (view->out, "–");
  for (guint i = 0; state != NULL && i < state->printers->len; i++) {
    const StationStatePrinter *printer = state->printers->pdata[i];

    if (state->printers->len > 1)
      markup_add (view->out, i == 0 ? "%s " : "<br>%s ",
                  view_fill (view, N_ ("%s:"), printer->queue));
    stations_page_put_printer (view, printer);
  }
}

const char *stations_page_clock (const View *view, const MomentStation *station)
{
  return station->state != NULL ? markup_keep (
             view->out, page_language_offset (view->language, station->state->offset_ms))
                                : view_say (view, N_ ("unknown"));
}

static const char *waiting_of (const View *view, const MomentStation *station)
{
  return station->state != NULL ? view_number (view, station->state->waiting)
                                : view_say (view, N_ ("unknown"));
}

static void put_name (const View *view, const MomentStation *station)
{
  const char *called = view_pick (view, station->called.first, station->called.second);

  markup_add (view->out, "<tr><th scope=\"row\" class=\"%s\"><a href=\"/station/%s\"><b>%s</b></a>",
              called[0] != '\0' ? "wrap" : "", station->name,
              called[0] != '\0' ? called : station->name);
  if (called[0] != '\0')
    markup_add (view->out, "<br><small class=\"soft\">%s</small>", station->name);
  markup_add (view->out, "</th><td class=\"wide\">%s</td><td>",
              station->heard != NULL && station->heard->checkpoint[0] != '\0'
                  ? view_pick (view, station->heard->fr, station->heard->zh)
                  : "–");
  stations_page_put_state (view, station);
  markup_add (view->out, "</td>");
}

const char *stations_page_contact (const View *view, const MomentStation *station)
{
  return station->last_ms == 0 ? "–"
         : station->need == MOMENT_STATION_SILENT || station->revoked
             ? view_clock (view, station->last_ms)
             : view_fill (view, N_ ("%s ago"), view_ago (view, station->last_ms));
}

static void put_row (const View *view, const MomentStation *station)
{
  const FiguresStation *work = station->work;
  gboolean gone = station->need >= MOMENT_STATION_INVITED,
           clock = station->need == MOMENT_STATION_CLOCK;

  put_name (view, station);
  markup_add (view->out, "<td class=\"n wide\">%s</td><td class=\"n wide %s\">%s</td>",
              stations_page_contact (view, station),
              station->state != NULL && station->state->waiting > 0 ? "b" : "soft",
              gone ? "–" : waiting_of (view, station));
  markup_add (view->out, "<td class=\"n wide %s\">%s</td><td class=\"wide\">",
              clock ? "warn b" : "soft", gone ? "–" : stations_page_clock (view, station));
  stations_page_put_printers (view, station);
  markup_add (view->out, "</td><td class=\"n\">%s</td><td class=\"n wide\">%s</td></tr>",
              view_number (view, work != NULL ? work->last_hour : 0),
              view_number (view, work != NULL ? work->refused : 0));
}

static void put_heads (const View *view)
{
  markup_add (view->out,
              "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table "
              "class=\"dense\"><thead><tr><th scope=\"col\">%s</th><th scope=\"col\" "
              "class=\"wide\">%s</th><th scope=\"col\">%s</th>",
              view_say (view, N_ ("Stations")), view_say (view, N_ ("station")),
              view_say (view, N_ ("place")), view_say (view, N_ ("state")));
  markup_add (
      view->out,
      "<th scope=\"col\" class=\"n wide\">%s</th><th scope=\"col\" class=\"n wide\">%s</th><th "
      "scope=\"col\" class=\"n wide\">%s</th>",
      view_say (view, N_ ("last contact")), view_say (view, N_ ("to be sent")),
      view_say (view, N_ ("clock, s")));
  markup_add (view->out,
              "<th scope=\"col\" class=\"wide\">%s</th><th scope=\"col\" class=\"n\">%s</th><th "
              "scope=\"col\" class=\"n wide\">%s</th></tr></thead><tbody>",
              view_say (view, N_ ("printer and paper")), view_say (view, N_ ("scans, last hour")),
              view_say (view, N_ ("refused, day")));
}

static void put_sums (const View *view)
{
  const GPtrArray *stations = view->moment->stations;
  gint64 waiting = 0, hour = 0, refused = 0;

  for (guint i = 0; i < stations->len; i++) {
    const MomentStation *station = stations->pdata[i];

    waiting += station->state != NULL ? station->state->waiting : 0;
    hour += station->work != NULL ? station->work->last_hour : 0;
    refused += station->work != NULL ? station->work->refused : 0;
  }
  markup_add (view->out,
              "</tbody><tfoot><tr><th scope=\"row\">%s</th><td class=\"wide\"></td><td></td><td "
              "class=\"wide\"></td><td class=\"n wide\">%s</td><td class=\"wide\"></td>",
              view_count (view, "%s station", "%s stations", view->moment->enrolled),
              view_number (view, waiting));
  markup_add (view->out,
              "<td class=\"wide\"></td><td class=\"n\">%s</td><td class=\"n "
              "wide\">%s</td></tr></tfoot></table></div>",
              view_number (view, hour), view_number (view, refused));
}

static void put_hub_clock (const View *view)
{
  gint64 ms = view->moment->clock.offset_ms;

  if (ms == 0)
    return;
  markup_add (view->out, "<p class=\"note\" role=\"alert\">%s</p>",
              view_fill (view,
                         ms > 0 ? N_ ("The clocks of most stations are %s ahead of this server’s. "
                                      "It is this server’s that is to be set.")
                                : N_ ("The clocks of most stations are %s behind this server’s. "
                                      "It is this server’s that is to be set."),
                         view_span (view, ABS (ms))));
}

static void draw_list (const View *view)
{
  const GPtrArray *stations = view->moment->stations;
  guint need = view->moment->in_need;

  stamp_page (view);
  put_hub_clock (view);
  markup_add (view->out, "<p class=\"of\">%s</p>",
              need == 0 ? view_count (view, "%s station, all is well.", "%s stations, all is well.",
                                      view->moment->enrolled)
                        : view_fill (view, N_ ("%s in need of attention, %s working well."),
                                     view_number (view, need),
                                     view_number (view, view->moment->enrolled - need)));
  put_heads (view);
  for (guint need_of = 0; need_of <= MOMENT_STATION_REVOKED; need_of++)
    for (guint i = 0; i < stations->len; i++)
      if (((const MomentStation *) stations->pdata[i])->need == need_of)
        put_row (view, stations->pdata[i]);
  put_sums (view);
  markup_add (view->out, "<p class=\"stamp\">%s</p>",
              view_say (view, N_ ("Clock: how far it is from this server's; marked beyond two "
                                  "seconds. What a silent station has scanned since then is not "
                                  "counted here.")));
}

const PagePart STATIONS_PAGE_PARTS[] = { { "stations", draw_list }, { NULL, NULL } };

void stations_page_draw (const View *view)
{
  markup_add (view->out, "<div class=\"head\"><h1>%s</h1>", view_say (view, N_ ("Stations")));
  if (view->role == ACCOUNT_ADMINISTRATOR)
    markup_add (view->out, "<a class=\"btn\" href=\"/stations/invite\">%s</a>",
                view_say (view, N_ ("Add a station")));
  markup_add (view->out, "</div>");
  page_part_put (view, STATIONS_PAGE_PARTS, "stations", "part");
}

/* Inviting --------------------------------------------------------------------------- */

static const PageLayout INVITE = { N_ ("Add a station"), "/stations", NULL, NULL };

typedef struct {
  Request *request;
  OfficeContext *office;
  char *station, *code;
  GError *error;
  gboolean turned_away;
} Invitation;

static void invitation_free (gpointer data)
{
  Invitation *invitation = data;

  g_free (invitation->station);
  g_free (invitation->code);
  g_clear_error (&invitation->error);
  g_free (invitation);
}

static void put_qr (const View *view, const char *code)
{
  g_autoptr (Qr) qr = qr_new (code, NULL);
  guint side = qr != NULL ? qr->size + 2 * QR_QUIET_MODULES : 0;

  if (qr == NULL)
    return;
  markup_add (view->out,
              "<svg class=\"qr\" viewBox=\"0 0 %u %u\" role=\"img\" aria-label=\"%s\"><rect "
              "width=\"%u\" height=\"%u\" fill=\"#fff\"/>",
              side, side, view_say (view, N_ ("The code as a QR symbol")), side, side);
  for (guint y = 0; y < qr->size; y++)
    for (guint x = 0; x < qr->size; x++) {
      guint width = 0;

      while (x + width < qr->size && qr_is_dark (qr, x + width, y))
        width++;
      if (width > 0)
        markup_add (view->out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"1\"/>",
                    x + QR_QUIET_MODULES, y + QR_QUIET_MODULES, width);
      x += width;
    }
  markup_add (view->out, "</svg>");
}

static void draw_invite (const View *view, const Visit *visit, Request *request)
{
  const Invitation *invitation = request_work (request);

  markup_add (view->out, "<h1>%s</h1>", view_say (view, N_ ("Add a station")));
  if (invitation != NULL && invitation->code != NULL) {
    markup_add (view->out, "<div class=\"card part\"><p>%s</p>",
                view_fill (view, N_ ("Within one hour, on the machine “%s”, type or scan:"),
                           invitation->station));
    put_qr (view, invitation->code);
    markup_add (view->out, "<p class=\"code\">accueil enrol %s</p></div>", invitation->code);
    return;
  }
  if (invitation != NULL)
    markup_add (view->out, "<p class=\"note\" role=\"alert\">%s</p>",
                invitation->error != NULL ? invitation->error->message : "");
  markup_add (view->out, "<div class=\"list\"><form class=\"card\" method=\"post\" "
                         "action=\"/stations/invite\">");
  page_layout_form_token (view, visit);
  markup_add (view->out,
              "<label class=\"f\" for=\"station\">%s</label><input class=\"t\" id=\"station\" "
              "name=\"station\" required maxlength=\"24\"><p class=\"acts\"><button class=\"btn "
              "go\">%s</button><a class=\"btn\" href=\"/stations\">%s</a></p></form></div>",
              view_say (view, N_ ("Its name: small letters, digits, “-”")),
              view_say (view, N_ ("Make a code")), view_say (view, N_ ("Back")));
}

gboolean stations_page_show_invite (Request *request)
{
  return page_layout_answer_status (request, HTTP_STATUS_OK, &INVITE, draw_invite);
}

static void invite (Journal *journal, gpointer data)
{
  Invitation *invitation = data;

  invitation->code = enrolment_invite (journal, invitation->station, invitation->office->url,
                                       invitation->office->pin, &invitation->error);
}

static void invited (gpointer data)
{
  request_resume (((Invitation *) data)->request);
}

gboolean stations_page_invite (Request *request)
{
  Invitation *invitation = request_work (request);
  g_autoptr (Urlencoded) form = NULL;
  const char *station;

  if (invitation != NULL)
    return page_layout_answer_status (
        request, invitation->code != NULL ? HTTP_STATUS_OK : HTTP_STATUS_BAD_REQUEST, &INVITE,
        draw_invite);
  form = visit_form (request);
  if (form == NULL)
    return TRUE;
  station = urlencoded_value (form, "station");
  invitation = g_new0 (Invitation, 1);
  invitation->request = request;
  invitation->office = request_context (request);
  invitation->station = g_strdup (station != NULL ? station : "");
  request_set_work (request, invitation, invitation_free);
  request_suspend (request);
  if (!writer_work (invitation->office->hub->writer, invite, invited, invitation)) {
    invitation->turned_away = TRUE;
    request_resume (request);
  }
  return TRUE;
}

/* Revoking --------------------------------------------------------------------------- */

static const PageLayout REVOKE = { N_ ("Revoke a station"), "/stations", NULL, NULL };

static void draw_revoke (const View *view, const Visit *visit, Request *request)
{
  const char *station = request_query (request, "station");

  station = station != NULL ? station : "";
  markup_add (view->out,
              "<h1>%s</h1><div class=\"list\"><form class=\"card\" method=\"post\" "
              "action=\"/stations/revoke?station=%s\"><p>%s</p>",
              view_fill (view, N_ ("Revoke %s?"), station), station,
              view_say (view, N_ ("Its token opens nothing from now on, and the badges that it "
                                  "issued are refused at every door.")));
  page_layout_form_token (view, visit);
  markup_add (view->out,
              "<p class=\"acts\"><button class=\"btn go\">%s</button><a class=\"btn\" "
              "href=\"/stations\">%s</a></p></form></div>",
              view_say (view, N_ ("Revoke")), view_say (view, N_ ("Back")));
}

gboolean stations_page_show_revoke (Request *request)
{
  return page_layout_answer_status (request, HTTP_STATUS_OK, &REVOKE, draw_revoke);
}

static gboolean revoke_one (Journal *journal, const Urlencoded *form, const char *subject,
                            const char *name, DeskResult *result, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (enrolment_revoke (journal, subject, &cause))
    return TRUE;
  if (!g_error_matches (cause, ENROLMENT_ERROR, ENROLMENT_ERROR_UNKNOWN)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  result->verdict = DESK_UNKNOWN;
  return TRUE;
}

gboolean stations_page_revoke (Request *request)
{
  const char *station = request_query (request, "station");
  const DeskResult *result = desk_act_run (request, station != NULL ? station : "", revoke_one);

  if (result != NULL && result->verdict == DESK_UNKNOWN)
    return page_layout_refusal (
        request, HTTP_STATUS_NOT_FOUND,
        page_language_say (visit_of (request)->language, N_ ("There is no such station.")));
  return result == NULL || request_redirect (request, "/stations");
}
