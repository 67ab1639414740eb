#include "office/office_table.h"

#include "office/account_page.h"
#include "office/alert_page.h"
#include "office/page_layout.h"
#include "office/delegation_page.h"
#include "office/delegations_page.h"
#include "office/exports_page.h"
#include "office/certificate_page.h"
#include "office/meals_page.h"
#include "office/notice_page.h"
#include "office/now_page.h"
#include "office/people_page.h"
#include "office/services_page.h"
#include "office/sessions_page.h"
#include "office/signin_page.h"
#include "office/station_page.h"
#include "office/stations_page.h"
#include "office/wall_page.h"

const LivePage OFFICE_TABLE_LIVE[] = {
  { "now", NOW_PAGE_PARTS },
  { "wall", WALL_PAGE_PARTS },
  { "delegations", DELEGATIONS_PAGE_PARTS },
  { "services", SERVICES_PAGE_PARTS },
  { "stations", STATIONS_PAGE_PARTS },
  { NULL, NULL },
};

static gboolean show_start (Request *request)
{
  return request_redirect (request, "/now");
}

static void draw_now (const View *view, const Visit *visit, Request *request)
{
  now_page_draw (view);
}

static gboolean show_now (Request *request)
{
  static const PageLayout PAGE = { N_ ("Now"), "/now", "now", NULL };

  return page_layout_answer (request, &PAGE, draw_now);
}

static void draw_wall (const View *view, const Visit *visit, Request *request)
{
  wall_page_draw (view);
}

static gboolean show_wall (Request *request)
{
  static const PageLayout PAGE = { N_ ("Wall"), "/wall", "wall", NULL };

  return page_layout_answer (request, &PAGE, draw_wall);
}

static void draw_delegations (const View *view, const Visit *visit, Request *request)
{
  delegations_page_draw (view);
}

static gboolean show_delegations (Request *request)
{
  static const PageLayout PAGE = { N_ ("Delegations"), "/delegations", "delegations", NULL };

  return page_layout_answer (request, &PAGE, draw_delegations);
}

static void draw_services (const View *view, const Visit *visit, Request *request)
{
  services_page_draw (view);
}

static gboolean show_services (Request *request)
{
  static const PageLayout PAGE = { N_ ("Services"), "/services", "services", NULL };

  return page_layout_answer (request, &PAGE, draw_services);
}

static void draw_stations (const View *view, const Visit *visit, Request *request)
{
  stations_page_draw (view);
}

static gboolean show_stations (Request *request)
{
  static const PageLayout PAGE = { N_ ("Stations"), "/stations", "stations", NULL };

  return page_layout_answer (request, &PAGE, draw_stations);
}

static void draw_sessions (const View *view, const Visit *visit, Request *request)
{
  sessions_page_draw (view, request_query (request, "session"));
}

static gboolean show_sessions (Request *request)
{
  static const PageLayout PAGE = { N_ ("Sessions"), "/sessions", NULL, NULL };

  return page_layout_answer (request, &PAGE, draw_sessions);
}

static gboolean listen (Request *request)
{
  Visit *visit = visit_of (request);
  Live *live = visit->office->live;
  const LivePage *page = live_page (live, request_query (request, "page"));
  const char *seen = request_header (request, "Last-Event-ID");
  AnswerStream *stream = NULL;

  if (page == NULL)
    return request_refuse (request, HTTP_STATUS_NOT_FOUND, "page", _ ("there is no such page"));
  if (seen == NULL)
    seen = request_query (request, "seen");
  if (!request_answer_stream (request, ANSWER_STREAM_EVENTS, &stream) || stream == NULL)
    return FALSE;
  live_join (live, page, visit->language, &visit->account, seen, stream);
  return TRUE;
}

static gboolean show_file (Request *request)
{
  OfficeContext *office = request_context (request);

  return web_file_answer (office->files, request, request_parameter (request, "name"));
}

static gboolean show_logo (Request *request)
{
  OfficeContext *office = request_context (request);
  g_autoptr (Moment) moment = live_moment (office->live);

  return logo_shelf_answer (moment->logos, request, request_parameter (request, "name"));
}

#define ALL OFFICE_ROUTE_EVERYBODY
#define DESK OFFICE_ROUTE_DESK
#define MACHINES OFFICE_ROUTE_MACHINES
#define SEE_MACHINES (OFFICE_ROUTE_DESK | ACCOUNT_MAY (ACCOUNT_VIEWER))
#define NAMED (OFFICE_ROUTE_DESK | ACCOUNT_MAY (ACCOUNT_LEADER))
#define FORM OFFICE_ROUTE_FORM_BYTES

const OfficeRoute OFFICE_TABLE[] = {
  { "GET", "/", 0, ALL, "", show_start },
  { "GET", "/signin", 0, 0, "", signin_page_show },
  { "POST", "/signin", FORM, 0, "", signin_page_submit },
  { "POST", "/signout", FORM, ALL, "", signin_page_sign_out },
  { "GET", "/language/{key}", 0, 0, "", signin_page_language },
  { "GET", "/static/{name}", 0, 0, "", show_file },
  { "GET", "/logo/{name}", 0, 0, "", show_logo },
  { "GET", "/notice", 0, 0, "", notice_page_show },
  { "GET", "/certificate", 0, 0, "", certificate_page_show },
  { "GET", "/live", 0, ALL, "", listen },
  { "GET", "/now", 0, ALL, N_ ("See the figures of the moment"), show_now },
  { "GET", "/wall", 0, ALL, N_ ("See the wall"), show_wall },
  { "GET", "/delegations", 0, ALL, N_ ("See the delegations"), show_delegations },
  { "GET", "/delegation", 0, NAMED, N_ ("See the members of a delegation"), delegation_page_show },
  { "GET", "/sessions", 0, ALL, N_ ("See the sessions"), show_sessions },
  { "GET", "/services", 0, ALL, N_ ("See meals, shuttles and headsets"), show_services },
  { "GET", "/meals", 0, ALL, N_ ("See meals by diet"), meals_page_show },
  { "GET", "/stations", 0, SEE_MACHINES, N_ ("See the stations"), show_stations },
  { "GET", "/stations/invite", 0, MACHINES, "", stations_page_show_invite },
  { "POST", "/stations/invite", FORM, MACHINES, N_ ("Add a station"), stations_page_invite },
  { "GET", "/stations/revoke", 0, MACHINES, "", stations_page_show_revoke },
  { "POST", "/stations/revoke", FORM, MACHINES, N_ ("Revoke a station"), stations_page_revoke },
  { "GET", "/station/{name}", 0, SEE_MACHINES, "", station_page_show },
  { "POST", "/station/{name}/message", FORM, DESK, N_ ("Write on a station’s screen"),
    station_page_message },
  { "POST", "/station/{name}/name", FORM, MACHINES, N_ ("Name a station"), station_page_name },
  { "GET", "/people", 0, DESK, N_ ("Find people"), people_page_show },
  { "GET", "/people/{ref}", 0, DESK, N_ ("See a person’s sheet"), people_page_sheet },
  { "POST", "/people/{ref}/void", FORM, DESK, N_ ("Make a badge void"), people_page_void },
  { "POST", "/people/{ref}/correct", FORM, DESK, N_ ("Correct a person"), people_page_correct },
  { "POST", "/people/{ref}/note", FORM, DESK, N_ ("Write a note on a person"), people_page_note },
  { "POST", "/people/{ref}/undo", FORM, DESK, N_ ("Take a passage back"), people_page_undo },
  { "POST", "/people/{ref}/reprint", FORM, DESK, N_ ("Print a badge again"), people_page_reprint },
  { "GET", "/exports", 0, DESK, N_ ("Take tables away"), exports_page_show },
  { "GET", "/exports/{file}", 0, DESK, "", exports_page_take },
  { "GET", "/exports/job/{key}", 0, DESK, "", exports_page_progress },
  { "GET", "/exports/job/{key}/{file}", 0, DESK, "", exports_page_fetch },
  { "POST", "/exports/job/{key}/stop", FORM, DESK, "", exports_page_stop },
  { "GET", "/alert", 0, DESK, N_ ("See what needs attention"), alert_page_show },
  { "POST", "/alert", FORM, DESK, N_ ("Close what needed attention"), alert_page_close },
  { "GET", "/account", 0, ALL, N_ ("See one’s own account"), account_page_show },
  { "POST", "/account/password", FORM, ALL, N_ ("Change one’s own password"),
    account_page_password },
  { 0 },
};
