#include "office/people_page.h"

#include "desk/desk.h"
#include "desk/history.h"
#include "desk/today.h"
#include "office/exports_page.h"
#include "office/desk_act.h"
#include "office/page_layout.h"
#include "office/person_name.h"
#include "office/web_icon.h"
#include "roster/delegate_role.h"
#include "roster/delegate_search.h"
#include "vocabulary/session_role.h"
#include "vocabulary/wording.h"

#include <string.h>

#define FOUND_MAX 30

static const PageLayout PAGE = { N_ ("People"), "/people", NULL, NULL };

typedef struct {
  DelegateSearch *found; /* NULL: nothing was asked */
  Delegate *delegate;    /* whose sheet is open */
  GPtrArray *history;    /* HistoryEntry */
  Today *today;
  GPtrArray *passages; /* DeskPassage: what can be taken back */
  char *note;          /* what the team wrote of her; "" for nothing */
  gboolean printer;    /* this machine prints badges */
  guint serial;        /* of the last badge, 0 for none */
} Sheet;

static void sheet_free (gpointer data)
{
  Sheet *sheet = data;

  delegate_search_free (sheet->found);
  delegate_free (sheet->delegate);
  g_clear_pointer (&sheet->history, g_ptr_array_unref);
  today_free (sheet->today);
  g_clear_pointer (&sheet->passages, g_ptr_array_unref);
  g_free (sheet->note);
  g_free (sheet);
}

/* Searching -------------------------------------------------------------------------- */

/* A guest of protocol is nobody to the others: in no list, in no number. */
static gboolean is_seen (const View *view, const Delegate *delegate)
{
  return view_names (view, delegate->delegation, delegate->protocol);
}

/* Of all that are found, but for guests among those that are listed. */
static guint count_seen (const View *view, const DelegateSearch *found)
{
  guint hidden = 0, seen = 0;

  for (guint i = 0; i < found->delegates->len; i++) {
    gboolean one = is_seen (view, found->delegates->pdata[i]);

    hidden += !one && !delegate_search_is_near (found, i);
    seen += one;
  }
  return seen > 0 ? MAX (found->total - MIN (hidden, found->total), seen) : 0;
}

static void put_hit (const View *view, const Delegate *delegate, const char *typed,
                     const char *open)
{
  markup_add (view->out, "<a class=\"hit\" href=\"/people/%s?q=%s\"", delegate->reference, typed);
  if (g_strcmp0 (open, delegate->reference) == 0)
    markup_add (view->out, " aria-current=\"true\"");
  markup_add (view->out, "><span><span>");
  person_name_put (view, delegate->given, delegate->family, delegate->name_zh, delegate->country);
  markup_add (
      view->out,
      "</span><span class=\"soft state\">%s</span></span><span class=\"soft\">%s</span></a>",
      delegate->reference, view_pick (view, delegate->organisation_fr, delegate->organisation_zh));
}

static void put_search (const View *view, const Sheet *sheet, const char *typed)
{
  const char *open = sheet->delegate != NULL ? sheet->delegate->reference : NULL;

  markup_add (view->out,
              "<form action=\"/people\" role=\"search\"><label class=\"f\" for=\"q\">%s</label>"
              "<input class=\"t\" id=\"q\" name=\"q\" type=\"search\" value=\"%s\"",
              view_say (view, N_ ("Name, organisation or number")), typed);
  markup_add (view->out, open == NULL ? " autofocus>" : ">");
  markup_add (view->out, "<p class=\"stamp\">%s</p></form>",
              view_say (view, N_ ("In French, in Chinese, in pinyin or by initials; without "
                                  "accents if you like.")));
  if (sheet->found == NULL)
    return;
  guint seen = count_seen (view, sheet->found);
  markup_add (view->out, "<h2 class=\"gap\">%s</h2><div class=\"rule\">",
              seen == 0 ? view_say (view, N_ ("Nobody is found."))
                        : view_count (view, "%s person", "%s persons", seen));
  for (guint i = 0; i < sheet->found->delegates->len; i++)
    if (is_seen (view, sheet->found->delegates->pdata[i]))
      put_hit (view, sheet->found->delegates->pdata[i], typed, open);
  markup_add (view->out, "</div>");
}

/* One person ------------------------------------------------------------------------- */

static void put_roles (const View *view, const Delegate *delegate)
{
  g_autoptr (GPtrArray) roles = delegate_role_read (delegate_roles (delegate));

  for (guint i = 0; i < roles->len; i++) {
    const DelegateRole *role = roles->pdata[i];

    markup_add (
        view->out, "<li>%s %s",
        view_pair (view, session_role_words (role->role, gender_of_title (delegate->title))),
        role->session);
    if (role->theme > 0)
      markup_add (view->out, "/%u", role->theme);
    markup_add (view->out, "</li>");
  }
}

static void put_head (const View *view, const Delegate *delegate, const Today *today)
{
  g_autofree char *line = today_line (today, view->moment->figures->as_of->zone, view->language);
  const char *function = view_pick (view, delegate->function_fr, delegate->function_zh),
             *place = view_pick (view, delegate->organisation_fr, delegate->organisation_zh);
  const ProgrammeEntry *category
      = programme_category (view->moment->figures->programme, delegate->category);

  markup_add (view->out, "<div class=\"head\"><h2 class=\"person\">");
  person_name_put (view, delegate->given, delegate->family, delegate->name_zh, delegate->country);
  markup_add (view->out, "</h2><span>%s%s<b>%s</b></span></div>", delegate->reference,
              category != NULL ? " · " : "",
              category != NULL ? view_pick (view, category->fr, category->zh) : "");
  markup_add (view->out, "<p><bdi>%s</bdi>%s<bdi>%s</bdi></p>", function,
              *function != '\0' && *place != '\0' ? " · " : "", place);
  markup_add (view->out, "<p class=\"b\" id=\"today\">%s</p><ul class=\"chips\">", line);
  for (guint i = 0; delegate->events[i] != NULL; i++) {
    const ProgrammeEntry *event
        = programme_event (view->moment->figures->programme, delegate->events[i]);

    markup_add (view->out, "<li><b>%s</b></li>",
                event != NULL ? view_pick (view, event->fr, event->zh) : delegate->events[i]);
  }
  for (guint i = 0; delegate->days[i] != NULL; i++) {
    const Day *day = programme_day (view->moment->figures->programme, delegate->days[i]);

    markup_add (view->out, "<li>%s</li>",
                day != NULL ? view_day (view, day->date) : delegate->days[i]);
  }
  for (guint i = 0; delegate->workshops[i] != NULL; i++)
    markup_add (view->out, "<li>%s</li>", delegate->workshops[i]);
  put_roles (view, delegate);
  markup_add (view->out, "</ul>");
}

static void put_who (const View *view, const HistoryEntry *entry)
{
  markup_add (view->out, "%s%s%s", view_station (view, entry->station),
              entry->volunteer[0] != '\0' ? view_say (view, N_ (", ")) : "", entry->volunteer);
}

/* Who it was from stands beside it, on a phone below. */
static void put_entry (const View *view, const HistoryEntry *entry)
{
  markup_add (view->out,
              entry->warns ? "<tr><td class=\"state\">%s</td><td class=\"wrap\"><b "
                             "class=\"warn\">%s</b><small class=\"narrow soft\">"
                           : "<tr><td class=\"state\">%s</td><td class=\"wrap\">%s<small "
                             "class=\"narrow soft\">",
              view_clock (view, entry->at_ms), entry->texts[view->language]);
  put_who (view, entry);
  markup_add (view->out, "</small></td><td class=\"soft wide state\">");
  put_who (view, entry);
  markup_add (view->out, "</td></tr>");
}

static char *date_of (const View *view, gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) here
      = utc != NULL ? g_date_time_to_timezone (utc, view->moment->figures->as_of->zone) : NULL;

  return here != NULL ? g_date_time_format (here, "%F") : g_strdup ("");
}

/* One table, so that all days stand on the same lines. */
static void put_history (const View *view, const GPtrArray *history)
{
  g_autofree char *day = NULL;

  markup_add (view->out, "<h2 class=\"gap\">%s</h2>", view_say (view, N_ ("What has happened")));
  if (history->len == 0) {
    markup_add (view->out, "<p class=\"soft\">%s</p>", view_say (view, N_ ("Nothing yet.")));
    return;
  }
  markup_add (view->out, "<table class=\"dense\">");
  for (guint i = 0; i < history->len; i++) {
    const HistoryEntry *entry = history->pdata[i];
    g_autofree char *date = date_of (view, entry->at_ms);

    if (g_strcmp0 (date, day) != 0)
      markup_add (view->out,
                  i > 0 ? "</tbody><tbody><tr><th scope=\"rowgroup\" colspan=\"3\"><h3 "
                          "class=\"gap\">%s</h3></th></tr>"
                        : "<tbody><tr><th scope=\"rowgroup\" colspan=\"3\"><h3 "
                          "class=\"gap\">%s</h3></th></tr>",
                  view_day (view, date));
    put_entry (view, entry);
    g_free (day);
    day = g_steal_pointer (&date);
  }
  markup_add (view->out, "</tbody></table>");
}

static void put_reasons (const View *view, const char *id)
{
  markup_add (view->out,
              "<label class=\"f\" for=\"%s-reason\">%s</label><select id=\"%s-reason\" "
              "name=\"reason\">",
              id, view_say (view, N_ ("Why")), id);
  for (guint i = 0; i < DESK_REASON_COUNT; i++) {
    const char *name = desk_verdict_reason_name ((DeskReason) i);

    markup_add (view->out, "<option value=\"%s\">%s</option>", name,
                view_pair (view, desk_verdict_reason_wording (name)));
  }
  markup_add (view->out,
              "</select><label class=\"f\" for=\"%s-text\">%s</label><input class=\"t\" "
              "id=\"%s-text\" name=\"text\" maxlength=\"200\">",
              id, view_say (view, N_ ("More about it")), id);
}

static void begin_act (const View *view, const Visit *visit, const char *act, const char *title,
                       const char *reference)
{
  markup_add (view->out,
              "<details id=\"%s\"><summary class=\"btn\">%s</summary><form class=\"card\" "
              "method=\"post\" action=\"/people/%s/%s\">",
              act, title, reference, act);
  page_layout_form_token (view, visit);
}

static void end_act (const View *view, const char *title)
{
  markup_add (view->out,
              "<p class=\"acts\"><button class=\"btn go\">%s</button></p></form></details>", title);
}

static void put_note (const View *view, const Visit *visit, const Sheet *sheet)
{
  const char *title = view_say (view, N_ ("Note for the team"));

  begin_act (view, visit, "note", title, sheet->delegate->reference);
  markup_add (view->out,
              "<label class=\"f\" for=\"note-text\">%s</label><input class=\"t\" "
              "id=\"note-text\" name=\"text\" maxlength=\"300\" value=\"%s\"><p "
              "class=\"stamp\">%s</p>",
              title, sheet->note,
              view_say (view, N_ ("Only the team sees it, here and at the desks. Empty, it is "
                                  "taken back.")));
  end_act (view, view_say (view, N_ ("Note it")));
}

/* What this hub issues, the agent of its own machine prints. */
static void put_reprint (const View *view, const Visit *visit, const Sheet *sheet)
{
  const char *title = view_say (view, N_ ("Print the badge again"));

  if (!sheet->printer) {
    markup_add (view->out, "<p class=\"stamp\">%s</p>",
                view_say (view, N_ ("The hub’s own machine prints no badges: print it again at a "
                                    "desk.")));
    return;
  }
  begin_act (view, visit, "reprint", title, sheet->delegate->reference);
  put_reasons (view, "reprint");
  /* So that a form which is sent twice prints once. */
  markup_add (view->out, "<input type=\"hidden\" name=\"seen\" value=\"%u\">", sheet->serial);
  markup_add (view->out, "<p class=\"stamp\">%s</p>",
              view_say (view, N_ ("It comes out at the hub’s own printer; the old one opens "
                                  "nothing any more.")));
  end_act (view, title);
}

static void put_void (const View *view, const Visit *visit, const char *reference)
{
  const char *title = view_say (view, N_ ("Make the badge void"));

  begin_act (view, visit, "void", title, reference);
  put_reasons (view, "void");
  end_act (view, title);
}

/* What can be corrected here: names of the delegate's fields, and of the form's. */
static const struct {
  const char *name, *label, *was; /* was: the field with what stood there */
} FIELDS[] = {
  { "given", N_ ("Given name"), "was-given" },
  { "family", N_ ("Family name"), "was-family" },
  { "name_zh", N_ ("Chinese name"), "was-name_zh" },
  { "function_fr", N_ ("Function, in French"), "was-function_fr" },
  { "function_zh", N_ ("Function, in Chinese"), "was-function_zh" },
  { "organisation_fr", N_ ("Organisation, in French"), "was-organisation_fr" },
  { "organisation_zh", N_ ("Organisation, in Chinese"), "was-organisation_zh" },
};
enum {
  GIVEN,
  FAMILY,
  NAME_ZH,
  FUNCTION_FR,
  FUNCTION_ZH,
  ORGANISATION_FR,
  ORGANISATION_ZH,
  FIELDS_COUNT
};
G_STATIC_ASSERT (G_N_ELEMENTS (FIELDS) == FIELDS_COUNT);

static const char *value_of (const Delegate *delegate, guint field)
{
  const char *const VALUES[FIELDS_COUNT]
      = { delegate->given,          delegate->family,      delegate->name_zh,
          delegate->function_fr,    delegate->function_zh, delegate->organisation_fr,
          delegate->organisation_zh };

  return VALUES[field];
}

/* Why, as at the desks, or in one's own words. */
static void put_undo_reasons (const View *view)
{
  static const char *const REASONS[] = { "mistake", "other-person", "not-used" };

  markup_add (view->out,
              "<label class=\"f\" for=\"undo-reason\">%s</label><select id=\"undo-reason\" "
              "name=\"reason\">",
              view_say (view, N_ ("Why")));
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    markup_add (view->out, "<option value=\"%s\">%s</option>", REASONS[i],
                view_pair (view, desk_verdict_reason_wording (REASONS[i])));
  markup_add (view->out,
              "</select><label class=\"f\" for=\"undo-text\">%s</label><input class=\"t\" "
              "id=\"undo-text\" name=\"text\" maxlength=\"200\">",
              view_say (view, N_ ("More about it")));
}

/* Which passage: that the page lists, so that no later one is taken for it. */
static void put_undo (const View *view, const Visit *visit, const Sheet *sheet)
{
  const char *title = view_say (view, N_ ("Take a passage back"));

  if (sheet->passages->len == 0)
    return;
  begin_act (view, visit, "undo", title, sheet->delegate->reference);
  markup_add (view->out,
              "<label class=\"f\" for=\"undo-passage\">%s</label><select id=\"undo-passage\" "
              "name=\"passage\">",
              view_say (view, N_ ("Passage")));
  for (guint i = 0; i < sheet->passages->len; i++) {
    const DeskPassage *passage = sheet->passages->pdata[i];
    g_autofree char *date = date_of (view, passage->at_ms);

    markup_add (view->out, "<option value=\"%s\">%s %s · %s%s%s</option>", passage->id,
                view_day (view, date), view_clock (view, passage->at_ms),
                view_pick (view, passage->place_fr, passage->place_zh), passage->out ? " · " : "",
                passage->out ? view_say (view, N_ ("Way out")) : "");
  }
  markup_add (view->out, "</select>");
  put_undo_reasons (view);
  markup_add (view->out, "<p class=\"stamp\">%s</p>",
              view_say (view, N_ ("It then counts nowhere, and what it used up is free again. A "
                                  "badge that it printed opens nothing.")));
  end_act (view, title);
}

static void put_correct (const View *view, const Visit *visit, const Delegate *delegate)
{
  begin_act (view, visit, "correct", view_say (view, N_ ("Correct")), delegate->reference);
  for (guint i = 0; i < FIELDS_COUNT; i++)
    markup_add (view->out,
                "<label class=\"f\" for=\"%s\">%s</label><input class=\"t\" id=\"%s\" name=\"%s\" "
                "maxlength=\"300\" value=\"%s\"><input type=\"hidden\" name=\"%s\" value=\"%s\">",
                FIELDS[i].name, view_say (view, FIELDS[i].label), FIELDS[i].name, FIELDS[i].name,
                value_of (delegate, i), FIELDS[i].was, value_of (delegate, i));
  end_act (view, view_say (view, N_ ("Correct")));
}

static void put_sheet (const View *view, const Visit *visit, const Sheet *sheet)
{
  markup_add (view->out, "<div class=\"card\">");
  put_head (view, sheet->delegate, sheet->today);
  if (sheet->note[0] != '\0')
    markup_add (view->out, "<p class=\"note\"><b>%s</b> %s</p>",
                view_say (view, N_ ("Note for the team:")), sheet->note);
  markup_add (view->out, "<div class=\"acts\">");
  put_correct (view, visit, sheet->delegate);
  put_note (view, visit, sheet);
  put_void (view, visit, sheet->delegate->reference);
  put_undo (view, visit, sheet);
  put_reprint (view, visit, sheet);
  markup_add (view->out, "</div>");
  put_history (view, sheet->history);
  markup_add (view->out, "</div>");
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const Sheet *sheet = request_work (request);
  const char *typed = request_query (request, "q");

  markup_add (view->out, "<h1>%s</h1><div class=\"list\"><div class=\"part\">",
              view_say (view, N_ ("People")));
  put_search (view, sheet, typed != NULL ? typed : "");
  exports_page_button (view, view_say (view, N_ ("Take tables away")), "/exports");
  markup_add (view->out, "</div><div>");
  if (sheet->delegate != NULL)
    put_sheet (view, visit, sheet);
  else if (request_parameter (request, "ref") != NULL)
    markup_add (view->out, "<p class=\"note\">%s</p>",
                view_say (view, N_ ("There is no such person.")));
  markup_add (view->out, "</div></div>");
}

/* Answering -------------------------------------------------------------------------- */

/* @day: today at the venue. */
static gboolean read_history (Sheet *sheet, Journal *journal, const char *reference,
                              const char *day, GError **error)
{
  sheet->history = history_read (journal, reference, error);
  sheet->today = sheet->history != NULL ? today_read (journal, reference, day, error) : NULL;
  return sheet->today != NULL;
}

static gboolean read_serial (Sheet *sheet, Journal *journal, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) badges = desk_badges (journal, reference, error);

  if (badges != NULL && badges->len > 0)
    sheet->serial = ((const DeskBadge *) badges->pdata[0])->serial;
  return badges != NULL;
}

static gboolean fill (Sheet *sheet, Journal *journal, const char *typed, const char *reference,
                      const char *day, GError **error)
{
  if (typed != NULL && typed[0] != '\0'
      && (sheet->found = delegate_search (journal, typed, FOUND_MAX, error)) == NULL)
    return FALSE;
  if (reference == NULL)
    return TRUE;
  sheet->delegate = delegate_load (journal, reference, error);
  if (!read_history (sheet, journal, reference, day, error))
    return FALSE;
  sheet->passages = desk_passages (journal, reference, error);
  sheet->note = sheet->passages != NULL ? desk_note_of (journal, reference, error) : NULL;
  return sheet->note != NULL && desk_has_printer (journal, &sheet->printer, error)
         && (!sheet->printer || read_serial (sheet, journal, reference, error));
}

/* A guest of protocol is nobody to others. */
static gboolean is_guest_to (const Visit *visit, const Delegate *delegate)
{
  return delegate->protocol && visit->account.role != ACCOUNT_PROTOCOL;
}

static gboolean answer (Request *request, const char *reference)
{
  OfficeContext *office = request_context (request);
  g_autoptr (GError) error = NULL;
  Journal *reader = replica_pool_take (office->hub->readers, &error);
  Sheet *sheet = g_new0 (Sheet, 1);
  g_autoptr (Moment) moment = live_moment (office->live);
  g_autofree char *day = as_of_day (moment->figures->as_of);
  gboolean good = FALSE;

  if (reader != NULL) {
    good = fill (sheet, reader, request_query (request, "q"), reference, day, &error);
    replica_pool_give (office->hub->readers, reader);
  }
  if (sheet->delegate != NULL && is_guest_to (visit_of (request), sheet->delegate))
    g_clear_pointer (&sheet->delegate, delegate_free);
  request_set_work (request, sheet, sheet_free);
  if (!good)
    return page_layout_refusal (request, HTTP_STATUS_SERVICE_UNAVAILABLE,
                                error != NULL ? error->message : "");
  return page_layout_answer_status (
      request,
      reference != NULL && sheet->delegate == NULL ? HTTP_STATUS_NOT_FOUND : HTTP_STATUS_OK, &PAGE,
      draw);
}

gboolean people_page_show (Request *request)
{
  return answer (request, NULL);
}

gboolean people_page_sheet (Request *request)
{
  return answer (request, request_parameter (request, "ref"));
}

/* Acting ----------------------------------------------------------------------------- */

static gboolean is_hidden (Request *request, const char *reference)
{
  const Visit *visit = visit_of (request);
  Journal *reader = replica_pool_take (visit->office->hub->readers, NULL);
  g_autoptr (Delegate) delegate = NULL;

  if (reader == NULL)
    return TRUE;
  delegate = delegate_load (reader, reference, NULL);
  replica_pool_give (visit->office->hub->readers, reader);
  return delegate == NULL || is_guest_to (visit, delegate);
}

static gboolean act (Request *request, DeskActStep step)
{
  const char *reference = request_parameter (request, "ref");
  PageLanguage language = visit_of (request)->language;
  const DeskResult *result;
  g_autofree char *back = NULL, *escaped = NULL;

  if (request_work (request) == NULL && is_hidden (request, reference)) {
    g_autoptr (Urlencoded) form = visit_form (request);

    return form == NULL
           || page_layout_refusal (request, HTTP_STATUS_NOT_FOUND,
                                   page_language_say (language, N_ ("There is no such person.")));
  }
  result = desk_act_run (request, reference, step);
  if (result == NULL)
    return TRUE;
  if (!desk_verdict_is_success (result->verdict)) {
    return page_layout_refusal (
        request, HTTP_STATUS_CONFLICT,
        page_language_pair (language, desk_verdict_wording (result->verdict)));
  }
  escaped = g_uri_escape_string (reference, NULL, FALSE);
  back = g_strconcat ("/people/", escaped, NULL);
  return request_redirect (request, back);
}

static gboolean void_one (Journal *journal, const Urlencoded *form, const char *subject,
                          const char *name, DeskResult *result, GError **error)
{
  const char *word = urlencoded_value (form, "reason"), *text = urlencoded_value (form, "text");
  DeskReason reason = DESK_OTHER;

  if (word != NULL)
    desk_verdict_reason_from_name (word, &reason);
  return desk_void (journal, subject, name, reason, text != NULL ? text : "", result, error);
}

static gboolean note_one (Journal *journal, const Urlencoded *form, const char *subject,
                          const char *name, DeskResult *result, GError **error)
{
  const char *text = urlencoded_value (form, "text");

  if (text != NULL)
    return desk_note (journal, subject, text, name, result, error);
  result->verdict = DESK_NO_TEXT; /* an empty one takes a note back, none is no form of ours */
  return TRUE;
}

gboolean people_page_note (Request *request)
{
  return act (request, note_one);
}

static gboolean reprint_one (Journal *journal, const Urlencoded *form, const char *subject,
                             const char *name, DeskResult *result, GError **error)
{
  const char *word = urlencoded_value (form, "reason"), *text = urlencoded_value (form, "text"),
             *seen = urlencoded_value (form, "seen");
  DeskReason reason = DESK_OTHER;
  guint64 serial = 0;

  if (word != NULL)
    desk_verdict_reason_from_name (word, &reason);
  if (seen != NULL)
    g_ascii_string_to_unsigned (seen, 10, 0, G_MAXUINT16, &serial, NULL);
  return desk_reprint (journal, subject, (guint) serial, name, reason, text != NULL ? text : "",
                       result, error);
}

gboolean people_page_reprint (Request *request)
{
  return act (request, reprint_one);
}

/* One's own words are the reason, where there are any. */
static gboolean undo_one (Journal *journal, const Urlencoded *form, const char *subject,
                          const char *name, DeskResult *result, GError **error)
{
  const char *reason = urlencoded_value (form, "reason"), *text = urlencoded_value (form, "text"),
             *passage = urlencoded_value (form, "passage");

  if (text == NULL || text[0] == '\0')
    text = reason != NULL ? reason : "";
  return desk_undo (journal, subject, passage != NULL ? passage : "", name, text, result, error);
}

gboolean people_page_undo (Request *request)
{
  return act (request, undo_one);
}

gboolean people_page_void (Request *request)
{
  return act (request, void_one);
}

/* What was written into each field that was changed; NULL for the others, which somebody
 * else may have corrected meanwhile. FALSE: one that both have changed. */
static gboolean read_changes (const Urlencoded *form, const Delegate *delegate,
                              const char *changes[FIELDS_COUNT])
{
  gboolean alone = TRUE;

  for (guint i = 0; i < FIELDS_COUNT; i++) {
    const char *now = urlencoded_value (form, FIELDS[i].name),
               *was = urlencoded_value (form, FIELDS[i].was), *stands = value_of (delegate, i);
    gboolean changed = now != NULL && g_strcmp0 (now, was) != 0;

    changes[i] = changed ? now : NULL;
    alone = alone
            && !(changed && was != NULL && strcmp (was, stands) != 0 && strcmp (now, stands) != 0);
  }
  return alone;
}

static gboolean correct_one (Journal *journal, const Urlencoded *form, const char *subject,
                             const char *name, DeskResult *result, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (Delegate) delegate = delegate_load (journal, subject, &failed);
  const char *changes[FIELDS_COUNT] = { NULL };

  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (delegate != NULL && !read_changes (form, delegate, changes)) {
    result->verdict = DESK_CHANGED_TOO;
    return TRUE;
  }
  const DeskCorrection correction = { .given = changes[GIVEN],
                                      .family = changes[FAMILY],
                                      .name_zh = changes[NAME_ZH],
                                      .function_fr = changes[FUNCTION_FR],
                                      .function_zh = changes[FUNCTION_ZH],
                                      .organisation_fr = changes[ORGANISATION_FR],
                                      .organisation_zh = changes[ORGANISATION_ZH] };
  return desk_correct (journal, subject, &correction, FALSE, name, result, error);
}

gboolean people_page_correct (Request *request)
{
  return act (request, correct_one);
}
