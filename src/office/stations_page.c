#include "office/stations_page.h"

#include "credential/qr.h"
#include "office/desk_act.h"
#include "office/page_layout.h"
#include "office/stamp.h"
#include "office/web_icon.h"
#include "replication/enrolment.h"

#include <string.h>

/* The list --------------------------------------------------------------------------- */

static void put_state (const View *view, const MomentStation *station)
{
  gint64 now = view->moment->figures->as_of->at_ms;
  WebIcon icon = WEB_ICON_CHECK;
  const char *class_name = "yes", *word = view_say (view, N_ ("on line"));

  if (station->revoked) {
    icon = WEB_ICON_FULL;
    class_name = "soft";
    word = view_say (view, N_ ("revoked"));
  } else if (!station->enrolled) {
    icon = WEB_ICON_RING;
    class_name = "soft";
    word = station->expires_ms > now ? view_say (view, N_ ("invited"))
                                     : view_say (view, N_ ("invitation expired"));
  } else if (station->silent) {
    icon = WEB_ICON_SILENT;
    class_name = "warn b";
    word = view_fill (view, N_ ("silent for %s"), view_ago (view, station->last_ms));
  }
  markup_add (view->out, "<td class=\"state %s\">", class_name);
  web_icon_draw (view->out, icon);
  markup_add (view->out, " %s</td>", word);
}

static void put_row (const View *view, const MomentStation *station)
{
  const FiguresStation *work = station->work;

  markup_add (view->out, "<tr><th scope=\"row\"><b>%s</b></th><td class=\"wide\">%s</td>",
              station->name,
              station->heard != NULL && station->heard->checkpoint[0] != '\0'
                  ? view_pick (view, station->heard->fr, station->heard->zh)
                  : "–");
  put_state (view, station);
  markup_add (
      view->out,
      "<td class=\"n wide\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td "
      "class=\"n wide\">%s</td>",
      station->last_ms == 0 ? "–"
      : station->silent     ? view_clock (view, station->last_ms)
                            : view_fill (view, N_ ("%s ago"), view_ago (view, station->last_ms)),
      view_number (view, work != NULL ? work->last_hour : 0),
      view_number (view, work != NULL ? work->refused : 0), view_number (view, station->seq));
  if (view->role == ACCOUNT_ADMINISTRATOR)
    markup_add (view->out, "<td class=\"n\"><a href=\"/stations/revoke?station=%s\">%s</a></td>",
                station->name, station->revoked ? "" : view_say (view, N_ ("Revoke")));
  markup_add (view->out, "</tr>");
}

/* Silent ones first, those that are no more last. */
static guint order (const MomentStation *station)
{
  return station->silent ? 0 : station->revoked ? 3 : station->enrolled ? 1 : 2;
}

static void put_heads (const View *view)
{
  markup_add (view->out,
              "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table "
              "class=\"dense\"><thead><tr><th scope=\"col\">%s</th><th scope=\"col\" "
              "class=\"wide\">%s</th><th scope=\"col\">%s</th>",
              view_say (view, N_ ("Stations")), view_say (view, N_ ("station")),
              view_say (view, N_ ("place")), view_say (view, N_ ("state")));
  markup_add (view->out,
              "<th scope=\"col\" class=\"n wide\">%s</th><th scope=\"col\" class=\"n\">%s</th><th "
              "scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n wide\">%s</th>",
              view_say (view, N_ ("last contact")), view_say (view, N_ ("scans, last hour")),
              view_say (view, N_ ("refused, day")), view_say (view, N_ ("facts held")));
  if (view->role == ACCOUNT_ADMINISTRATOR)
    markup_add (view->out, "<td></td>");
  markup_add (view->out, "</tr></thead><tbody>");
}

static void draw_list (const View *view)
{
  const GPtrArray *stations = view->moment->stations;
  guint silent = view->moment->enrolled - view->moment->heard;

  stamp_page (view);
  markup_add (view->out, "<p class=\"of\">%s</p>",
              silent == 0 ? view_count (view, "%s station, all is well.",
                                        "%s stations, all is well.", view->moment->enrolled)
                          : view_fill (view, N_ ("%s need somebody; %s are well."),
                                       view_number (view, silent),
                                       view_number (view, view->moment->heard)));
  put_heads (view);
  for (guint rank = 0; rank < 4; rank++)
    for (guint i = 0; i < stations->len; i++)
      if (order (stations->pdata[i]) == rank)
        put_row (view, stations->pdata[i]);
  markup_add (view->out, "</tbody></table></div>");
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

static const PageLayout INVITE = { N_ ("Add a station"), "/stations", NULL };

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

static const PageLayout REVOKE = { N_ ("Revoke a station"), "/stations", NULL };

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
  return enrolment_revoke (journal, subject, error);
}

gboolean stations_page_revoke (Request *request)
{
  const char *station = request_query (request, "station");
  const DeskResult *result = desk_act_run (request, station != NULL ? station : "", revoke_one);

  return result == NULL || request_redirect (request, "/stations");
}
