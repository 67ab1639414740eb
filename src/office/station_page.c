#include "office/station_page.h"

#include "core/language.h"
#include "counts/station_work.h"
#include "desk/screen_sign.h"
#include "office/desk_act.h"
#include "office/page_layout.h"
#include "office/stamp.h"
#include "office/stations_page.h"

#include <string.h>

static const PageLayout PAGE = { N_ ("Station"), "/stations", NULL, NULL };

typedef struct {
  char *name;
  OwnedPair message;
  GPtrArray *work; /* StationWork */
} Sheet;

static void sheet_free (gpointer data)
{
  Sheet *sheet = data;

  g_free (sheet->name);
  words_owned_clear (&sheet->message);
  g_clear_pointer (&sheet->work, g_ptr_array_unref);
  g_free (sheet);
}

/* How it stands ---------------------------------------------------------------------- */

static void put_fact (const View *view, const char *name, const char *value)
{
  markup_add (view->out, "<div><dt>%s</dt><dd>%s</dd></div>", name, value);
}

static void put_facts (const View *view, const MomentStation *station)
{
  const StationState *state = station->state;
  const char *unknown = view_say (view, N_ ("unknown"));
  const FiguresStation *work = station->work;

  markup_add (view->out, "<dl class=\"facts\">");
  put_fact (view, view_say (view, N_ ("Last contact")), stations_page_contact (view, station));
  put_fact (view, view_say (view, N_ ("To be sent")),
            state != NULL ? view_number (view, state->waiting) : unknown);
  put_fact (view, view_say (view, N_ ("Facts held here")), view_number (view, station->seq));
  put_fact (view, view_say (view, N_ ("Its clock, against this server’s, in seconds")),
            stations_page_clock (view, station));
  put_fact (view, view_say (view, N_ ("Version")),
            state != NULL && state->version[0] != '\0' ? state->version : unknown);
  put_fact (view, view_say (view, N_ ("Last scan of the day")),
            work != NULL && work->last_ms > 0 ? view_clock (view, work->last_ms) : "–");
  markup_add (view->out, "</dl><h2 class=\"gap\">%s</h2><p>",
              view_say (view, N_ ("Printers, paper and supplies")));
  stations_page_put_printers (view, station);
  markup_add (view->out, "</p>");
}

/* Who worked there ------------------------------------------------------------------- */

static void put_numbers (const View *view, const StationWork *work)
{
  markup_add (view->out,
              "<td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td "
              "class=\"n\">%s</td></tr>",
              view_number (view, work->scans), view_number (view, work->last_hour),
              view_number (view, work->refused), view_number (view, work->badges));
}

static void put_work (const View *view, const GPtrArray *list)
{
  gboolean named = view_changes (view);
  StationWork sum = { 0 };

  markup_add (view->out,
              "<h2 class=\"gap\">%s</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
              "aria-label=\"%s\"><table id=\"work\"><thead><tr><th scope=\"col\">%s</th>",
              view_day (view, view->moment->figures->day),
              view_say (view, N_ ("Scans, by volunteer")), view_say (view, N_ ("volunteer")));
  markup_add (view->out,
              "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th><th "
              "scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th></tr></thead>"
              "<tbody>",
              view_say (view, N_ ("scans")), view_say (view, N_ ("last hour")),
              view_say (view, N_ ("refused")), view_say (view, N_ ("badges reprinted")));
  for (guint i = 0; i < list->len; i++) {
    const StationWork *work = list->pdata[i];
    g_autofree char *number = g_strdup_printf ("%u", i);

    sum.scans += work->scans;
    sum.last_hour += work->last_hour;
    sum.refused += work->refused;
    sum.badges += work->badges;
    markup_add (view->out, "<tr><th scope=\"row\" class=\"wrap\">%s</th>",
                work->volunteer[0] == '\0' ? view_say (view, N_ ("by code, without help"))
                : named                    ? work->volunteer
                                           : view_fill (view, N_ ("volunteer %s"), number));
    put_numbers (view, work);
  }
  markup_add (view->out, "</tbody><tfoot><tr><th scope=\"row\">%s</th>",
              view_say (view, N_ ("Together")));
  put_numbers (view, &sum);
  markup_add (view->out, "</tfoot></table></div>");
}

/* Forms ------------------------------------------------------------------------------ */

static void put_form (const View *view, const Visit *visit, const char *address, const char *title,
                      const char *help, Pair words, guint most)
{
  static const char *const KEYS[] = { "fr", "zh" };
  const char *const values[] = { words.first, words.second };

  markup_add (view->out,
              "<form class=\"card part\" method=\"post\" action=\"%s\"><h2>%s</h2><p "
              "class=\"soft\">%s</p>",
              address, title, help);
  page_layout_form_token (view, visit);
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    PageLanguage language = i == 0 ? PAGE_LANGUAGE_FIRST : PAGE_LANGUAGE_SECOND;
    const char *id = markup_keep (view->out, g_strconcat (address, KEYS[i], NULL));
    g_autofree char *name
        = language_name (page_language_key (language), page_language_key (view->language));

    markup_add (view->out,
                "<label class=\"f\" for=\"%s\">%s</label><input class=\"t\" id=\"%s\" "
                "name=\"%s\" lang=\"%s\" maxlength=\"%u\" value=\"%s\">",
                id, name, id, KEYS[i], page_language_tag (language), most, values[i]);
  }
  markup_add (view->out, "<p class=\"acts\"><button class=\"btn go\">%s</button></p></form>",
              view_say (view, N_ ("Send")));
}

static void put_forms (const View *view, const Visit *visit, const Sheet *sheet,
                       const MomentStation *station)
{
  if (station->revoked)
    return;
  if (view_changes (view))
    put_form (view, visit,
              markup_keep (view->out, g_strconcat ("/station/", station->name, "/message", NULL)),
              view_say (view, N_ ("Message on its screen")),
              view_say (view, N_ ("Whoever stands there reads it until it is taken back by empty "
                                  "texts: no names.")),
              words_of_owned (&sheet->message), SCREEN_SIGN_MESSAGE_MAX);
  if (view->role != ACCOUNT_ADMINISTRATOR)
    return;
  put_form (view, visit,
            markup_keep (view->out, g_strconcat ("/station/", station->name, "/name", NULL)),
            view_say (view, N_ ("What people call it")),
            view_say (view, N_ ("Shown in place of its id, which stays as it is.")),
            words_of_owned (&station->called), SCREEN_SIGN_NAME_MAX);
  markup_add (view->out,
              "<p class=\"acts\"><a class=\"btn\" href=\"/stations/revoke?station=%s\">"
              "%s</a></p>",
              station->name, view_say (view, N_ ("Revoke")));
}

/* The page --------------------------------------------------------------------------- */

static void draw (const View *view, const Visit *visit, Request *request)
{
  const Sheet *sheet = request_work (request);
  const MomentStation *station = moment_station (view->moment, sheet->name);

  if (station == NULL) /* between two moments */
    return;
  markup_add (view->out, "<p><a href=\"/stations\">%s</a></p><h1>%s</h1>",
              view_say (view, N_ ("Stations")), view_station (view, station->name));
  stamp_part (view, 0); /* it does not change by itself */
  markup_add (view->out, "<p class=\"of\">");
  stations_page_put_state (view, station);
  if (strcmp (view_station (view, station->name), station->name) != 0)
    markup_add (view->out, " · %s", station->name);
  if (station->heard != NULL && station->heard->checkpoint[0] != '\0')
    markup_add (view->out, " · %s", view_pick (view, station->heard->fr, station->heard->zh));
  markup_add (view->out, "</p><div class=\"cols\"><div><div class=\"part\">");
  put_facts (view, station);
  put_work (view, sheet->work);
  markup_add (view->out, "</div></div><div>");
  put_forms (view, visit, sheet, station);
  markup_add (view->out, "</div></div>");
}

static gboolean read_sheet (const Visit *visit, const Moment *moment, Sheet *sheet, GError **error)
{
  ReplicaPool *pool = visit->office->hub->readers;
  Journal *reader = replica_pool_take (pool, error);

  if (reader == NULL)
    return FALSE;
  sheet->work = station_work_read (reader, sheet->name, moment->figures->day,
                                   moment->figures->as_of->at_ms, error);
  gboolean good = sheet->work != NULL
                  && screen_sign_read_message (reader, sheet->name, &sheet->message, error);
  replica_pool_give (pool, reader);
  return good;
}

static gboolean unknown (Request *request)
{
  return page_layout_refusal (
      request, HTTP_STATUS_NOT_FOUND,
      page_language_say (visit_of (request)->language, N_ ("There is no such station.")));
}

gboolean station_page_show (Request *request)
{
  const Visit *visit = visit_of (request);
  const char *name = request_parameter (request, "name");
  g_autoptr (Moment) moment = live_moment (visit->office->live);
  g_autoptr (GError) error = NULL;
  Sheet *sheet;

  if (moment_station (moment, name) == NULL)
    return unknown (request);
  sheet = g_new0 (Sheet, 1);
  sheet->name = g_strdup (name);
  if (!read_sheet (visit, moment, sheet, &error)) {
    sheet_free (sheet);
    return page_layout_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE, error->message);
  }
  request_set_work (request, sheet, sheet_free);
  return page_layout_answer_status (request, HTTP_STATUS_OK, &PAGE, draw);
}

/* Acts ------------------------------------------------------------------------------- */

/* Empty words take what stands there away; a form without the fields is none of ours. */
static gboolean read_words (const Urlencoded *form, Pair *words, DeskResult *result)
{
  *words = (Pair){ urlencoded_value (form, "fr"), urlencoded_value (form, "zh") };
  if (words->first != NULL && words->second != NULL)
    return TRUE;
  result->verdict = DESK_NO_TEXT;
  return FALSE;
}

static gboolean put_message (Journal *journal, const Urlencoded *form, const char *subject,
                             const char *name, DeskResult *result, GError **error)
{
  Pair words;

  return !read_words (form, &words, result)
         || screen_sign_message (journal, subject, words, name, result, error);
}

static gboolean put_name (Journal *journal, const Urlencoded *form, const char *subject,
                          const char *name, DeskResult *result, GError **error)
{
  Pair words;

  return !read_words (form, &words, result)
         || screen_sign_name (journal, subject, words, name, result, error);
}

/* Of a station that is known here: nothing is written of others. */
static gboolean act (Request *request, DeskActStep step)
{
  const char *name = request_parameter (request, "name");
  g_autoptr (Moment) moment = live_moment (visit_of (request)->office->live);
  g_autofree char *address = g_strconcat ("/station/", name, NULL);
  const DeskResult *result;

  if (request_work (request) == NULL && moment_station (moment, name) == NULL) {
    g_autoptr (Urlencoded) form = visit_form (request);

    return form == NULL || unknown (request);
  }
  result = desk_act_run (request, name, step);
  if (result == NULL)
    return TRUE;
  if (desk_verdict_is_success (result->verdict))
    return request_redirect (request, address);
  return page_layout_refusal (
      request, HTTP_STATUS_CONFLICT,
      page_language_pair (visit_of (request)->language, desk_verdict_wording (result->verdict)));
}

gboolean station_page_message (Request *request)
{
  return act (request, put_message);
}

gboolean station_page_name (Request *request)
{
  return act (request, put_name);
}
