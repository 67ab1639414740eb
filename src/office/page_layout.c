#include "office/page_layout.h"

#include "core/hash.h"
#include "core/typeset.h"
#include "office/web_icon.h"

#include <string.h>

#define WALL "/wall" /* neither head nor foot */
#define LOGO_HEIGHT 48

static const struct {
  const char *path, *title;
  WebIcon icon;
  guint roles;
  gboolean wide; /* not on a phone */
} TABS[] = {
  { "/now", N_ ("Now"), WEB_ICON_CHART, OFFICE_ROUTE_EVERYBODY, FALSE },
  { "/delegations", N_ ("Delegations"), WEB_ICON_FLAG, OFFICE_ROUTE_EVERYBODY, FALSE },
  { "/sessions", N_ ("Sessions"), WEB_ICON_SCREEN, OFFICE_ROUTE_EVERYBODY, FALSE },
  { "/services", N_ ("Services"), WEB_ICON_SERVICE, OFFICE_ROUTE_EVERYBODY, FALSE },
  { "/people", N_ ("People"), WEB_ICON_PERSON, OFFICE_ROUTE_DESK, FALSE },
  { "/stations", N_ ("Stations"), WEB_ICON_DEVICE, OFFICE_ROUTE_DESK | ACCOUNT_MAY (ACCOUNT_VIEWER),
    FALSE },
  { "/exports", N_ ("Exports"), WEB_ICON_CHART, OFFICE_ROUTE_DESK, TRUE },
  { WALL, N_ ("Wall"), WEB_ICON_SCREEN, OFFICE_ROUTE_EVERYBODY, TRUE },
};

/* Head ------------------------------------------------------------------------------- */

static void put_name (const View *view, const char *tag, const char *name)
{
  gsize letters = 0, before = 0;

  /* 5es: the letters of an ordinal stand raised. */
  for (const char *p = name; *p != '\0' && letters == 0; p++)
    if (g_ascii_isdigit (*p)) {
      before = (gsize) (p - name) + 1;
      letters = typeset_ordinal (p + 1, strlen (p + 1));
    }
  markup_add (view->out, "<span lang=\"%s\">", tag);
  if (letters > 0)
    markup_add (view->out, "%s<sup>%s</sup>%s", markup_keep (view->out, g_strndup (name, before)),
                markup_keep (view->out, g_strndup (name + before, letters)),
                name + before + letters);
  else
    markup_add (view->out, "%s", name);
  markup_add (view->out, "</span>");
}

static void put_names (const View *view)
{
  const Programme *programme = view->moment->figures->programme;
  PageLanguage other
      = view->language == PAGE_LANGUAGE_SECOND ? PAGE_LANGUAGE_FIRST : PAGE_LANGUAGE_SECOND,
      own = other == PAGE_LANGUAGE_FIRST ? PAGE_LANGUAGE_SECOND : PAGE_LANGUAGE_FIRST;

  markup_add (view->out, "<a class=\"names\" href=\"/now\">");
  put_name (view, page_language_tag (own), page_language_pick (own, programme->fr, programme->zh));
  put_name (view, page_language_tag (other),
            page_language_pick (other, programme->fr, programme->zh));
  markup_add (view->out, "</a>");
}

static void put_languages (const View *view, const char *path)
{
  for (guint i = 0; i < PAGE_LANGUAGE_COUNT; i++) {
    markup_add (view->out, "<a href=\"/language/%s?next=%s\" lang=\"%s\" hreflang=\"%s\"",
                page_language_key ((PageLanguage) i), path, page_language_tag ((PageLanguage) i),
                page_language_tag ((PageLanguage) i));
    if (view->language == (PageLanguage) i)
      markup_add (view->out, " aria-current=\"true\"");
    markup_add (view->out, ">%s</a>", page_language_name ((PageLanguage) i));
  }
}

void page_layout_form_token (const View *view, const Visit *visit)
{
  markup_add (view->out, "<input type=\"hidden\" name=\"form\" value=\"%s\">", visit->form);
}

static void put_me (const View *view, const Visit *visit, const char *path)
{
  markup_add (view->out, "<div class=\"me\">");
  put_languages (view, path);
  if (visit->signed_in) {
    markup_add (view->out, "<a class=\"who\" href=\"/account\">%s · %s</a>", visit->account.name,
                view_say (view, account_role_text (visit->account.role)));
    markup_add (view->out, "<form method=\"post\" action=\"/signout\">");
    page_layout_form_token (view, visit);
    markup_add (view->out, "<button>%s</button></form>", view_say (view, N_ ("Sign out")));
  }
  markup_add (view->out, "</div>");
}

static void put_tabs (const View *view, const Visit *visit, const char *tab)
{
  markup_add (view->out, "<nav class=\"tabs\" aria-label=\"%s\">", view_say (view, N_ ("Pages")));
  for (guint i = 0; visit->signed_in && i < G_N_ELEMENTS (TABS); i++) {
    if ((TABS[i].roles & ACCOUNT_MAY (visit->account.role)) == 0)
      continue;
    markup_add (view->out, "<a href=\"%s\" class=\"%s\"", TABS[i].path, TABS[i].wide ? "wide" : "");
    if (strcmp (TABS[i].path, tab) == 0)
      markup_add (view->out, " aria-current=\"page\"");
    markup_add (view->out, ">");
    web_icon_draw (view->out, TABS[i].icon);
    markup_add (view->out, "%s</a>", view_say (view, TABS[i].title));
  }
  markup_add (view->out, "</nav>");
}

/* What the script needs to say by itself. */
static void put_body (const View *view, const Visit *visit, const PageLayout *page)
{
  char id[LIVE_ID_MAX];

  live_id (visit->office->live, view->moment, id);
  markup_add (view->out, "<body data-etag=\"%s\" data-s=\"%s\" data-m=\"%s\"", id,
              view_say (view, "%s s"), view_say (view, "%s min"));
  if (page->live != NULL && visit->signed_in)
    markup_add (view->out, " data-live=\"%s\"", page->live);
  if (page->again != NULL)
    markup_add (view->out, " data-again");
  markup_add (view->out, ">");
}

static void put_head (const View *view, const Visit *visit, const PageLayout *page)
{
  const WebFiles *files = visit->office->files;

  markup_add (view->out, "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\">",
              page_language_tag (view->language));
  markup_add (
      view->out,
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<title>%s · %s</title><link rel=\"stylesheet\" href=\"%s\">",
      view_say (view, page->title),
      view_pick (view, view->moment->figures->programme->fr, view->moment->figures->programme->zh),
      web_file_address (files, WEB_FILE_STYLE));
  markup_add (view->out, "<link rel=\"icon\" href=\"data:,\">");
  if (page->live != NULL || page->again != NULL)
    markup_add (view->out,
                "<script src=\"%s\" defer></script><noscript><meta http-equiv=\"refresh\" "
                "content=\"%s\"></noscript>",
                web_file_address (files, WEB_FILE_SCRIPT),
                page->again != NULL ? page->again : "15");
  markup_add (view->out, "</head>");
}

static void begin_page (const View *view, const Visit *visit, const PageLayout *page,
                        const char *path)
{
  put_head (view, visit, page);
  put_body (view, visit, page);
  if (strcmp (page->tab, WALL) == 0)
    return;
  markup_add (view->out, "<a class=\"skip\" href=\"#main\">%s</a><header class=\"top\">",
              view_say (view, N_ ("To the page itself")));
  put_names (view);
  put_me (view, visit, path);
  put_tabs (view, visit, page->tab);
  markup_add (view->out, "</header><main id=\"main\">");
}

void page_layout_logos (const View *view)
{
  const GPtrArray *logos = view->moment->logos->logos;
  PageLanguage language
      = view->language == PAGE_LANGUAGE_SECOND ? PAGE_LANGUAGE_SECOND : PAGE_LANGUAGE_FIRST;

  if (logos->len == 0)
    return;
  markup_add (view->out, "<p class=\"logos\">");
  for (guint i = 0; i < logos->len; i++) {
    const ShelfLogo *logo = logos->pdata[i];

    markup_add (view->out,
                "<img src=\"/logo/%s?%s\" alt=\"%s\" lang=\"%s\" width=\"%u\" height=\"%d\">",
                logo->id, logo->tag, page_language_pick (language, logo->fr, logo->zh),
                page_language_tag (language),
                MAX (1, logo->width_px * LOGO_HEIGHT / LOGO_SHELF_HEIGHT_PX), LOGO_HEIGHT);
  }
  markup_add (view->out, "</p>");
}

/* On paper: of what, of which day, and who printed it. */
static void put_foot (const View *view, const Visit *visit)
{
  const Figures *figures = view->moment->figures;

  markup_add (view->out, "<footer class=\"stamp paper\">%s · %s",
              view_pick (view, figures->programme->fr, figures->programme->zh),
              figures->day[0] != '\0' ? view_date (view, figures->day) : "");
  if (visit->signed_in)
    markup_add (view->out, " · %s", view_fill (view, N_ ("printed by %s"), visit->account.name));
  markup_add (view->out, "</footer>");
}

static void end_page (const View *view, const Visit *visit, const PageLayout *page)
{
  gboolean wall = strcmp (page->tab, WALL) == 0;

  if (!wall)
    page_layout_logos (view);
  markup_add (view->out, "</main>");
  if (!wall)
    put_foot (view, visit);
  markup_add (view->out, "</body></html>\n");
}

/* Answering -------------------------------------------------------------------------- */

static char *draw_page (Request *request, const Moment *moment, const PageLayout *page,
                        PageLayoutDraw draw)
{
  Visit *visit = visit_of (request);
  View view = visit_view (visit, moment);

  begin_page (&view, visit, page, request_path (request));
  draw (&view, visit, request);
  end_page (&view, visit, page);
  return markup_finish (view.out);
}

/* The moment, and all that makes this reader's page another than that of others. */
static char *etag_of (const Visit *visit, const Moment *moment)
{
  g_autofree char *reader
      = g_strconcat (visit->form, "/", page_language_key (visit->language), "/",
                     account_role_name (visit->account.role), "/", visit->account.delegation, NULL);
  Hash hash = hash_of (reader, strlen (reader));
  g_autofree char *hex = hash_to_hex (&hash);
  char id[LIVE_ID_MAX];

  live_id (visit->office->live, moment, id);
  hex[16] = '\0';
  return g_strdup_printf ("\"%s-%s\"", id, hex);
}

gboolean page_layout_answer (Request *request, const PageLayout *page, PageLayoutDraw draw)
{
  Visit *visit = visit_of (request);
  g_autoptr (Moment) moment = live_moment (visit->office->live);
  g_autofree char *etag = etag_of (visit, moment);

  request_add_header (request, "ETag", etag);
  request_add_header (request, "Cache-Control", "private, no-cache");
  request_add_header (request, "Vary", "Cookie, Accept-Language, Accept-Encoding");
  if (g_strcmp0 (request_header (request, "If-None-Match"), etag) == 0)
    return request_answer_empty (request, HTTP_STATUS_NOT_MODIFIED);
  /* Pages that change by themselves are drawn from the moment alone: no word of the
   * address comes into them beside the form's token. */
  if (page->live != NULL)
    request_compress (request);
  return request_answer_text (request, HTTP_STATUS_OK, "text/html; charset=utf-8",
                              draw_page (request, moment, page, draw));
}

gboolean page_layout_answer_status (Request *request, guint status, const PageLayout *page,
                                    PageLayoutDraw draw)
{
  g_autoptr (Moment) moment = live_moment (visit_of (request)->office->live);

  return request_answer_text (request, status, "text/html; charset=utf-8",
                              draw_page (request, moment, page, draw));
}

static void draw_refusal (const View *view, const Visit *visit, Request *request)
{
  markup_add (view->out, "<h1>%s</h1><p class=\"note\">%s</p><p><a href=\"/now\">%s</a></p>",
              view_say (view, N_ ("That did not work")), (const char *) request_work (request),
              view_say (view, N_ ("Back to the figures")));
}

gboolean page_layout_refusal (Request *request, guint status, const char *message)
{
  static const PageLayout PAGE = { N_ ("That did not work"), "", NULL, NULL };

  request_set_work (request, g_strdup (message), g_free);
  return page_layout_answer_status (request, status, &PAGE, draw_refusal);
}

/* A form that was sent when its session was over: the browser still has what was written,
 * and what forms bring back is the account's (session.h). */
static void draw_ended (const View *view, const Visit *visit, Request *request)
{
  markup_add (
      view->out,
      "<h1>%s</h1><p class=\"note\">%s</p><p class=\"acts\"><a class=\"btn go\" href=\"/signin\" "
      "target=\"_blank\" rel=\"noopener\">%s</a></p>",
      view_say (view, N_ ("Your session has ended")),
      view_say (view, N_ ("What you have written is not lost: sign in in another window, come back "
                          "here and load this page again; your browser then sends it once more.")),
      view_say (view, N_ ("Sign in in another window")));
}

static gboolean refuse_form (Request *request)
{
  static const PageLayout PAGE = { N_ ("Your session has ended"), "", NULL, NULL };

  return page_layout_answer_status (request, HTTP_STATUS_UNAUTHORIZED, &PAGE, draw_ended);
}

gboolean page_layout_refuse (Request *request, guint status, const char *word, const char *message)
{
  if (status == HTTP_STATUS_UNAUTHORIZED && strcmp (request_method (request), "GET") == 0
      && strcmp (request_path (request), "/live") != 0) {
    g_autofree char *next = g_uri_escape_string (request_path (request), NULL, FALSE);
    g_autofree char *location = g_strconcat ("/signin?next=", next, NULL);

    return request_redirect (request, location);
  }
  if (status == HTTP_STATUS_UNAUTHORIZED && strcmp (request_method (request), "POST") == 0)
    return refuse_form (request);
  return page_layout_refusal (request, status, message);
}
