#include "office/alert_page.h"

#include "desk/alert.h"
#include "office/desk_act.h"
#include "office/page_layout.h"
#include "office/todo.h"

#include <string.h>

static const PageLayout PAGE = { N_ ("To be done"), "/now", NULL, NULL };

static const Alert *find (const GPtrArray *alerts, const char *key)
{
  for (guint i = 0; key != NULL && i < alerts->len; i++) {
    g_autofree char *own = todo_key (((const Alert *) alerts->pdata[i])->id);

    if (strcmp (own, key) == 0)
      return alerts->pdata[i];
  }
  return NULL;
}

static const MomentMatter *find_matter (const Moment *moment, const char *key)
{
  for (guint i = 0; key != NULL && i < moment->matters->len; i++) {
    const MomentMatter *matter = moment->matters->pdata[i];
    g_autofree char *own = todo_key (matter->id);

    if (strcmp (own, key) == 0)
      return matter;
  }
  return NULL;
}

static void put_form (const View *view, const Visit *visit, const char *key, const char *title,
                      const char *more, guint seen)
{
  markup_add (view->out,
              "<div class=\"list\"><form class=\"card\" method=\"post\" "
              "action=\"/alert?id=%s\"><h1>%s</h1><p>%s</p>",
              key, title, more);
  page_layout_form_token (view, visit);
  markup_add (view->out, "<input type=\"hidden\" name=\"seen\" value=\"%u\">", seen);
  markup_add (view->out,
              "<label class=\"f\" for=\"reason\">%s</label><input class=\"t\" id=\"reason\" "
              "name=\"reason\" maxlength=\"200\" required autofocus><p class=\"acts\"><button "
              "class=\"btn go\">%s</button><a class=\"btn\" href=\"/now\">%s</a></p></form></div>",
              view_say (view, N_ ("What was done, in a few words")), view_say (view, N_ ("Close")),
              view_say (view, N_ ("Back")));
}

static void put_matter (const View *view, const Visit *visit, const char *key,
                        const MomentMatter *matter)
{
  static const char *const AGAIN[]
      = { [MOMENT_MATTER_SPEAKER] = N_ ("It stays closed for this session."),
          [MOMENT_MATTER_SILENT]
          = N_ ("It comes back when the station is heard and falls silent again."),
          [MOMENT_MATTER_PRINTER] = N_ ("It comes back with another trouble, or in half an hour if "
                                        "this one still stands.") };
  const char *title
      = matter->kind == MOMENT_MATTER_SPEAKER
            ? view_fill (view, N_ ("Somebody is missing for %s"), matter->room->session)
        : matter->kind == MOMENT_MATTER_SILENT
            ? view_fill (view, N_ ("%s is silent"), view_station (view, matter->station->name))
            : view_fill (view, N_ ("%s cannot print"), view_station (view, matter->station->name));

  put_form (view, visit, key, title, view_say (view, AGAIN[matter->kind]), matter->seen);
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const char *key = request_query (request, "id");
  const Alert *alert = find (view->moment->alerts, key);
  const MomentMatter *matter = alert == NULL ? find_matter (view->moment, key) : NULL;

  if (alert != NULL)
    put_form (view, visit, key, view_pair (view, alert_wording (alert)),
              view_pair (view, alert_remedy (alert)), alert->happened);
  else if (matter != NULL)
    put_matter (view, visit, key, matter);
  else
    markup_add (view->out, "<h1>%s</h1><p><a href=\"/now\">%s</a></p>",
                view_say (view, N_ ("This has been done already.")),
                view_say (view, N_ ("Back to the figures")));
}

gboolean alert_page_show (Request *request)
{
  return page_layout_answer (request, &PAGE, draw);
}

/* What stood in her form; never more than there can be. */
static guint seen_of (const Urlencoded *form, guint most)
{
  const char *seen = urlencoded_value (form, "seen");
  guint64 said = seen != NULL ? g_ascii_strtoull (seen, NULL, 10) : 0;

  return (guint) MIN (said, most);
}

static const char *reason_of (const Urlencoded *form)
{
  const char *reason = urlencoded_value (form, "reason");

  return reason != NULL ? reason : "";
}

static gboolean close_matter (Journal *journal, const Urlencoded *form, const char *subject,
                              const char *name, DeskResult *result, GError **error)
{
  guint now = (guint) (journal_now_ms (journal) / 1000);

  return alert_close_matter (journal, subject, seen_of (form, now), name, reason_of (form), result,
                             error);
}

static gboolean close_one (Journal *journal, const Urlencoded *form, const char *subject,
                           const char *name, DeskResult *result, GError **error)
{
  g_autoptr (GPtrArray) alerts = alert_list (journal, FALSE, error);
  const Alert *alert = alerts != NULL ? find (alerts, subject) : NULL;

  if (alerts == NULL)
    return FALSE;
  if (alert == NULL) {
    result->verdict = DESK_ALREADY;
    return TRUE;
  }
  return alert_put_aside (journal, alert->id, seen_of (form, G_MAXUINT), name, reason_of (form),
                          result, error);
}

gboolean alert_page_close (Request *request)
{
  const Visit *visit = visit_of (request);
  const char *key = request_query (request, "id");
  g_autoptr (Moment) moment = live_moment (visit->office->live);
  const MomentMatter *matter = find_matter (moment, key);
  const DeskResult *result = matter != NULL
                                 ? desk_act_run (request, matter->id, close_matter)
                                 : desk_act_run (request, key != NULL ? key : "", close_one);
  PageLanguage language = visit->language;

  if (result == NULL)
    return TRUE;
  if (desk_verdict_is_success (result->verdict))
    return request_redirect (request, "/now");
  return page_layout_refusal (
      request, HTTP_STATUS_CONFLICT,
      page_language_pair (language, desk_verdict_wording (result->verdict)));
}
