#include "office/account_page.h"

#include "core/password.h"
#include "office/page_layout.h"
#include "office/web_icon.h"

#include <string.h>

static const PageLayout PAGE = { N_ ("Account"), "", NULL, NULL };

static void put_rights (const View *view, const OfficeRoute *routes)
{
  markup_add (view->out,
              "<div class=\"part\"><h2>%s</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
              "aria-label=\"%s\"><table class=\"dense rights\"><thead><tr><td></td>",
              view_say (view, N_ ("What each role may")),
              view_say (view, N_ ("What each role may")));
  for (guint r = 0; r < ACCOUNT_ROLES; r++)
    markup_add (view->out, "<th scope=\"col\">%s</th>",
                view_say (view, account_role_text ((AccountRole) r)));
  markup_add (view->out, "</tr></thead><tbody>");
  for (guint i = 0; i < office_route_count (routes); i++) {
    if (routes[i].what[0] == '\0' || routes[i].roles == 0)
      continue;
    markup_add (view->out, "<tr><th scope=\"row\">%s</th>", view_say (view, routes[i].what));
    for (guint r = 0; r < ACCOUNT_ROLES; r++)
      markup_add (view->out, "<td>%s</td>",
                  routes[i].roles & ACCOUNT_MAY (r) ? view_say (view, N_ ("yes")) : "–");
    markup_add (view->out, "</tr>");
  }
  markup_add (view->out, "</tbody></table></div></div>");
}

static void put_password (const View *view, const Visit *visit, const char *said)
{
  markup_add (view->out,
              "<form class=\"card part\" method=\"post\" action=\"/account/password\"><h2>%s</h2>",
              view_say (view, N_ ("Another password")));
  if (said != NULL)
    markup_add (view->out, "<p class=\"note\" role=\"alert\">%s</p>", said);
  page_layout_form_token (view, visit);
  markup_add (view->out,
              "<label class=\"f\" for=\"old\">%s</label><input class=\"t\" type=\"password\" "
              "id=\"old\" name=\"old\" autocomplete=\"current-password\" required>",
              view_say (view, N_ ("Present password")));
  markup_add (view->out,
              "<label class=\"f\" for=\"new\">%s</label><input class=\"t\" type=\"password\" "
              "id=\"new\" name=\"new\" autocomplete=\"new-password\" minlength=\"%d\" required>",
              view_fill (view, N_ ("New password, %d characters or more"), ACCOUNT_PASSWORD_MIN),
              ACCOUNT_PASSWORD_MIN);
  markup_add (
      view->out,
      "<p class=\"acts\"><button class=\"btn go\">%s</button></p><p class=\"soft\">%s</p></form>",
      view_say (view, N_ ("Change the password")),
      view_say (view, N_ ("All sessions of this account end, this one too.")));
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  markup_add (view->out, "<div class=\"list\"><div><h1>%s</h1><p class=\"soft\">%s</p>",
              visit->account.name, view_say (view, account_role_text (visit->account.role)));
  /* A phone has no room for it at the top. */
  markup_add (view->out, "<form class=\"acts narrow\" method=\"post\" action=\"/signout\">");
  page_layout_form_token (view, visit);
  markup_add (view->out, "<button class=\"btn\">%s</button></form>",
              view_say (view, N_ ("Sign out")));
  put_password (view, visit, request_work (request));
  markup_add (view->out, "</div><div>");
  put_rights (view, visit->office->routes);
  markup_add (view->out, "</div></div>");
}

gboolean account_page_show (Request *request)
{
  return page_layout_answer (request, &PAGE, draw);
}

static gboolean refuse (Request *request, const char *said)
{
  request_set_work (request, g_strdup (said), g_free);
  return page_layout_answer_status (request, HTTP_STATUS_BAD_REQUEST, &PAGE, draw);
}

/* The hashes take some tenths of a second: this is rare, and throttled. */
gboolean account_page_password (Request *request)
{
  Visit *visit = visit_of (request);
  g_autoptr (Urlencoded) form = visit_form (request);
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;
  const char *old, *fresh;
  const Account *account;
  Journal *reader;
  gboolean good = FALSE, right = FALSE;

  if (form == NULL)
    return TRUE;
  old = urlencoded_value (form, "old");
  fresh = urlencoded_value (form, "new");
  if (throttle_try (visit->office->throttle, visit->account.name, visit_peer (request),
                    g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND)
      > 0)
    return refuse (request,
                   page_language_say (visit->language, N_ ("Too many attempts. Wait a moment, "
                                                           "then try again.")));
  reader = replica_pool_take (visit->office->hub->readers, &error);
  if (reader == NULL)
    return refuse (request, error->message);
  accounts = account_all (reader, &error);
  account = accounts != NULL ? account_find (accounts, visit->account.name) : NULL;
  right = account != NULL && old != NULL && password_check (account->hash, old);
  if (right)
    good = account_set_password (reader, visit->account.name, fresh != NULL ? fresh : "", &error);
  replica_pool_give (visit->office->hub->readers, reader);
  if (!right)
    return refuse (request,
                   page_language_say (visit->language, N_ ("The present password is wrong.")));
  if (!good)
    return refuse (request, error->message);
  throttle_succeeded (visit->office->throttle, visit->account.name, visit_peer (request));
  return request_redirect (request, "/signin");
}
