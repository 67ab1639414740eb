#include "office/alert_page.h"

#include "desk/alert.h"
#include "office/desk_act.h"
#include "office/page_layout.h"
#include "office/todo.h"

#include <string.h>

static const PageLayout PAGE = { N_ ("To be done"), "/now", NULL };

static const Alert *find (const GPtrArray *alerts, const char *key)
{
  for (guint i = 0; key != NULL && i < alerts->len; i++) {
    g_autofree char *own = todo_key (((const Alert *) alerts->pdata[i])->id);

    if (strcmp (own, key) == 0)
      return alerts->pdata[i];
  }
  return NULL;
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const char *key = request_query (request, "id");
  const Alert *alert = find (view->moment->alerts, key);

  if (alert == NULL) {
    markup_add (view->out, "<h1>%s</h1><p><a href=\"/now\">%s</a></p>",
                view_say (view, N_ ("This is done already.")),
                view_say (view, N_ ("Back to the figures")));
    return;
  }
  markup_add (view->out,
              "<div class=\"list\"><form class=\"card\" method=\"post\" "
              "action=\"/alert?id=%s\"><h1>%s</h1><p>%s</p>",
              key, view_pair (view, alert_wording (alert)), view_pair (view, alert_remedy (alert)));
  page_layout_form_token (view, visit);
  markup_add (view->out, "<input type=\"hidden\" name=\"seen\" value=\"%u\">", alert->happened);
  markup_add (view->out,
              "<label class=\"f\" for=\"reason\">%s</label><input class=\"t\" id=\"reason\" "
              "name=\"reason\" maxlength=\"200\" required autofocus><p class=\"acts\"><button "
              "class=\"btn go\">%s</button><a class=\"btn\" href=\"/now\">%s</a></p></form></div>",
              view_say (view, N_ ("What was done, in a few words")), view_say (view, N_ ("Close")),
              view_say (view, N_ ("Back")));
}

gboolean alert_page_show (Request *request)
{
  return page_layout_answer (request, &PAGE, draw);
}

static gboolean close_one (Journal *journal, const Urlencoded *form, const char *subject,
                           const char *name, DeskResult *result, GError **error)
{
  g_autoptr (GPtrArray) alerts = alert_list (journal, FALSE, error);
  const char *reason = urlencoded_value (form, "reason"), *seen = urlencoded_value (form, "seen");
  const Alert *alert = alerts != NULL ? find (alerts, subject) : NULL;

  if (alerts == NULL)
    return FALSE;
  if (alert == NULL) {
    result->verdict = DESK_ALREADY;
    return TRUE;
  }
  return alert_close (journal, alert->id,
                      seen != NULL ? (guint) g_ascii_strtoull (seen, NULL, 10) : 0, name,
                      reason != NULL ? reason : "", result, error);
}

gboolean alert_page_close (Request *request)
{
  const char *key = request_query (request, "id");
  const DeskResult *result = desk_act_run (request, key != NULL ? key : "", close_one);
  PageLanguage language = visit_of (request)->language;

  if (result == NULL)
    return TRUE;
  if (desk_verdict_is_success (result->verdict))
    return request_redirect (request, "/now");
  return page_layout_refusal (
      request, HTTP_STATUS_CONFLICT,
      page_language_pair (language, desk_verdict_wording (result->verdict)));
}
