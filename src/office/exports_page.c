#include "office/exports_page.h"

#include "congress/programme.h"
#include "core/language.h"
#include "counts/counts.h"
#include "office/page_layout.h"

#include <string.h>

/* A form of the page: who sends it sees how far a long table is. */
#define WATCHED "watched"
/* To choose from, the largest; each has a table of its own on its page. */
#define DELEGATIONS_MAX 500
#define NO_FILTER N_ ("no filter")

static const PageLayout PAGE = { N_ ("Exports"), "/exports", NULL, NULL };

/* What is chosen --------------------------------------------------------------------- */

enum {
  BY_STATE = 1,
  BY_EVENT = 2,
  BY_DAY = 4,
  BY_SESSION = 8,
  BY_DELEGATION = 16,
  BY_CATEGORY = 32,
  BY_WHAT = 64
};

/* What each table can be narrowed by; those that are not named: by day. */
static guint filters_of (const char *table)
{
  if (strcmp (table, "people") == 0)
    return BY_STATE | BY_EVENT | BY_DAY | BY_SESSION | BY_DELEGATION | BY_CATEGORY;
  if (strcmp (table, "counts") == 0)
    return BY_WHAT;
  return strcmp (table, "badges") == 0 || strcmp (table, "answers") == 0 ? 0 : BY_DAY;
}

/* @none: what it means that nothing is chosen. */
static void begin_choice (const View *view, const char *table, const char *key, const char *label,
                          const char *none)
{
  markup_add (view->out,
              "<label class=\"f\" for=\"%s-%s\">%s</label><select id=\"%s-%s\" name=\"%s\">"
              "<option value=\"\">%s</option>",
              table, key, label, table, key, key, view_say (view, none));
}

static void put_option (const View *view, const char *value, const char *text, const char *chosen)
{
  markup_add (view->out, "<option value=\"%s\"", value);
  if (g_strcmp0 (value, chosen) == 0)
    markup_add (view->out, " selected");
  markup_add (view->out, ">%s</option>", text);
}

static void end_choice (const View *view)
{
  markup_add (view->out, "</select>");
}

static void put_entries (const View *view, const char *table, const char *key, const char *label,
                         const GPtrArray *entries, gboolean with_id, const char *chosen)
{
  begin_choice (view, table, key, label, NO_FILTER);
  for (guint i = 0; i < entries->len; i++) {
    const ProgrammeEntry *entry = entries->pdata[i];
    const char *words = view_pick (view, entry->fr, entry->zh);

    put_option (view, entry->id,
                with_id ? markup_keep (view->out, g_strconcat (entry->id, " · ", words, NULL))
                        : words,
                chosen);
  }
  end_choice (view);
}

static void put_states (const View *view, const char *table, const char *chosen)
{
  static const char *const STATES[][2] = { { "arrived", N_ ("arrived") },
                                           { "inside", N_ ("inside") },
                                           { "missing", N_ ("missing") } };

  begin_choice (view, table, "state", view_say (view, N_ ("Who")), NO_FILTER);
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    put_option (view, STATES[i][0], view_say (view, STATES[i][1]), chosen);
  end_choice (view);
}

static void put_days (const View *view, const char *table, const char *chosen)
{
  const GPtrArray *days = view->moment->figures->programme->days;

  begin_choice (view, table, "day", view_say (view, N_ ("Day")), NO_FILTER);
  for (guint i = 0; i < days->len; i++) {
    const Day *day = days->pdata[i];

    put_option (view, day->date, view_day (view, day->date), chosen);
  }
  end_choice (view);
}

static void put_delegations (const View *view, const char *table, const char *chosen)
{
  const GPtrArray *delegations = view->moment->figures->delegations;
  /* One whose members are of two sides stands there twice. */
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);

  begin_choice (view, table, "delegation", view_say (view, N_ ("Delegation")), NO_FILTER);
  for (guint i = 0; i < delegations->len; i++) {
    const FiguresDelegation *delegation = delegations->pdata[i];

    if ((i < DELEGATIONS_MAX || g_strcmp0 (delegation->id, chosen) == 0)
        && g_hash_table_add (named, delegation->id))
      put_option (view, delegation->id, view_pick (view, delegation->fr, delegation->zh), chosen);
  }
  end_choice (view);
}

static void put_what (const View *view, const char *table, const char *chosen)
{
  static const char *const WORDS[] = {
    [COUNTS_BY_EVENT] = N_ ("Event"),           [COUNTS_BY_DAY] = N_ ("Day"),
    [COUNTS_BY_CHECKPOINT] = N_ ("Checkpoint"), [COUNTS_BY_CATEGORY] = N_ ("Category"),
    [COUNTS_BY_DELEGATION] = N_ ("Delegation"), [COUNTS_BY_COUNTRY] = N_ ("Country"),
  };

  begin_choice (view, table, "by", view_say (view, N_ ("One row for each")), N_ ("Together"));
  for (guint i = COUNTS_BY_EVENT; i < G_N_ELEMENTS (WORDS); i++)
    put_option (view, counts_by_name ((CountsBy) i), view_say (view, WORDS[i]), chosen);
  end_choice (view);
}

static void put_filters (const View *view, const char *table, Request *request)
{
  const Programme *programme = view->moment->figures->programme;
  guint filters = filters_of (table);

  if (filters & BY_STATE)
    put_states (view, table, request_query (request, "state"));
  if (filters & BY_DAY)
    put_days (view, table, request_query (request, "day"));
  if (filters & BY_EVENT)
    put_entries (view, table, "event", view_say (view, N_ ("Event")), programme->events, FALSE,
                 request_query (request, "event"));
  if (filters & BY_SESSION)
    put_entries (view, table, "session", view_say (view, N_ ("Session")), programme->sessions, TRUE,
                 request_query (request, "session"));
  if (filters & BY_DELEGATION)
    put_delegations (view, table, request_query (request, "delegation"));
  if (filters & BY_CATEGORY)
    put_entries (view, table, "category", view_say (view, N_ ("Category")), programme->categories,
                 FALSE, request_query (request, "category"));
  if (filters & BY_WHAT)
    put_what (view, table, request_query (request, "by"));
}

/* As the file has it, in the reader's language. */
static char *heading_of (const View *view, const TableColumn *column)
{
  Pair words = words_pair_in ("column", column->heading);
  const char *text = view_pair (view, words);
  g_auto (GStrv) parts = g_strsplit (text, "{language}", -1);
  g_autofree char *language
      = language_name (words_key (WORDS_SECOND), page_language_key (view->language));

  return g_strjoinv (language, parts);
}

/* A box for each column, ticked where it is written unless somebody chooses. */
static void put_columns (const View *view, const char *table, Request *request)
{
  g_autoptr (GPtrArray) asked = request_query_values (request, "columns");
  guint64 usual;
  guint count;
  const TableColumn *columns = report_columns (table, &count, &usual);

  markup_add (
      view->out,
      "<details class=\"gap\"><summary class=\"btn\">%s</summary><fieldset class=\"gap\"><legend "
      "class=\"sr\">%s</legend>",
      view_say (view, N_ ("Columns")), view_say (view, N_ ("Columns")));
  for (guint i = 0; i < count; i++) {
    gboolean ticked = asked->len > 0 ? g_ptr_array_find_with_equal_func (asked, columns[i].key,
                                                                         g_str_equal, NULL)
                                     : (usual >> i & 1) != 0;

    markup_add (view->out,
                "<label class=\"hit\"><input type=\"checkbox\" name=\"columns\" value=\"%s\"",
                columns[i].key);
    if (ticked)
      markup_add (view->out, " checked");
    markup_add (view->out, "> %s</label>", markup_keep (view->out, heading_of (view, &columns[i])));
  }
  markup_add (view->out, "</fieldset></details>");
}

static void put_halves (const View *view)
{
  begin_choice (view, "sheet", "half", view_say (view, N_ ("Half of the day")),
                N_ ("the whole day"));
  put_option (view, "morning", view_say (view, N_ ("morning")), NULL);
  put_option (view, "afternoon", view_say (view, N_ ("afternoon")), NULL);
  end_choice (view);
}

/* To be signed: of a session, or of a day and its half. */
static void put_sheet (const View *view)
{
  const Programme *programme = view->moment->figures->programme;

  markup_add (view->out, "<form class=\"card\" action=\"/exports/sheet.pdf\"><h2>%s</h2>",
              view_say (view, N_ ("Attendance sheet, to be signed")));
  put_entries (view, "sheet", "session", view_say (view, N_ ("Session")), programme->sessions, TRUE,
               NULL);
  put_days (view, "sheet", view->moment->figures->day);
  put_halves (view);
  put_delegations (view, "sheet", NULL);
  markup_add (view->out, "<p class=\"acts\"><button class=\"btn go\">PDF</button></p></form>");
}

static void put_report (const View *view)
{
  markup_add (view->out,
              "<form class=\"card\" action=\"/exports/report.pdf\"><h2>%s</h2><p>%s</p>"
              "<p class=\"acts\"><button class=\"btn go\">PDF</button></p></form>",
              view_say (view, N_ ("Report of the congress, in both languages")),
              view_say (view, N_ ("Figures and charts by day, side, category, session, meal and "
                                  "delegation, each with what it means. No person is named in "
                                  "it.")));
}

/* The page --------------------------------------------------------------------------- */

static void put_table (const View *view, const char *table, Request *request)
{
  Pair title = report_title (table);

  markup_add (view->out, "<form class=\"card\" action=\"/exports/%s.xlsx\"><h2>%s</h2>", table,
              view_pair (view, title));
  markup_add (view->out, "<input type=\"hidden\" name=\"" WATCHED "\" value=\"yes\">");
  put_filters (view, table, request);
  put_columns (view, table, request);
  markup_add (view->out,
              "<p class=\"acts\"><button class=\"btn go\">XLSX</button><button class=\"btn\" "
              "formaction=\"/exports/%s.csv\">CSV</button></p></form>",
              table);
}

static void draw (const View *view, const Visit *visit, Request *request)
{
  const char *const *tables = report_tables ();

  markup_add (view->out, "<h1>%s</h1><p class=\"stamp\">%s</p><div class=\"pair gap\">",
              view_say (view, N_ ("Exports")),
              view_say (view, N_ ("Each file says as of when it is, which stations were heard, "
                                  "what was asked for and how many rows it has.")));
  for (guint i = 0; tables[i] != NULL; i++)
    put_table (view, tables[i], request);
  put_sheet (view);
  put_report (view);
  markup_add (view->out, "</div>");
}

gboolean exports_page_show (Request *request)
{
  return page_layout_answer_status (request, HTTP_STATUS_OK, &PAGE, draw);
}

void exports_page_button (const View *view, const char *text, const char *href)
{
  if (OFFICE_ROUTE_DESK & ACCOUNT_MAY (view->role))
    markup_add (view->out, "<p class=\"acts\"><a class=\"btn\" href=\"%s\">%s</a></p>", href, text);
}

/* Taking away ------------------------------------------------------------------------ */

static gboolean refuse (Request *request, const GError *error)
{
  g_autofree char *message = g_strdup (error->message);
  guint status = error->domain != REPORT_ERROR       ? HTTP_STATUS_SERVICE_UNAVAILABLE
                 : error->code == REPORT_ERROR_TABLE ? HTTP_STATUS_NOT_FOUND
                                                     : HTTP_STATUS_BAD_REQUEST;

  return page_layout_refusal (request, status, message);
}

static gboolean refuse_busy (Request *request)
{
  return page_layout_refusal (
      request, HTTP_STATUS_SERVICE_UNAVAILABLE,
      page_language_say (visit_of (request)->language,
                         N_ ("Other files are still being made: wait for them or stop one, then "
                             "try again.")));
}

static void free_job (gpointer job)
{
  export_job_unref (job);
}

/* Excel takes what its region has as the separator: the semicolon where French is
 * read. */
static gboolean begin (Request *request)
{
  const Visit *visit = visit_of (request);
  const ExportJobAsker asker
      = { .account = visit->account.name,
          .protocol = visit->account.role == ACCOUNT_PROTOCOL,
          .separator = strcmp (page_language_key (visit->language), "fr") == 0 ? ';' : ',' };
  g_autoptr (GError) error = NULL;
  ExportJob *job = export_job_new (visit->office->exports, request, &asker, &error);

  if (job == NULL)
    return refuse (request, error);
  request_set_work (request, job, free_job);
  return export_job_begin (job, request, request_query (request, WATCHED) != NULL)
         || refuse_busy (request);
}

gboolean exports_page_take (Request *request)
{
  ExportJob *job = request_work (request);
  g_autofree char *progress = NULL;

  if (job == NULL)
    return begin (request);
  switch (export_job_standing (job).state) {
  case EXPORT_JOB_READY:
    return export_job_answer (job, request);
  case EXPORT_JOB_FAILED:
    return refuse (request, export_job_error (job));
  default:
    progress = g_strconcat ("/exports/job/", export_job_key (job), NULL);
    return request_redirect (request, progress);
  }
}

/* How far ---------------------------------------------------------------------------- */

static const PageLayout PROGRESS = { N_ ("Exports"), "/exports", NULL, NULL };

static void put_bar (const View *view, const ExportJobStanding *now)
{
  if (now->most > 0)
    markup_add (view->out,
                "<p><progress class=\"bar\" max=\"%lld\" value=\"%lld\" aria-label=\"%s\">"
                "</progress></p>",
                (long long) now->most, (long long) MIN (now->rows, now->most),
                view_say (view, N_ ("Rows written")));
}

static void put_writing (const View *view, const ExportJobStanding *now)
{
  const char *rows = view_number (view, now->rows);

  markup_add (
      view->out, "<p>%s</p>",
      now->state == EXPORT_JOB_WAITING
          ? view_say (view, N_ ("It waits for other files that are being made."))
      : now->most >= 0 && now->rows >= now->most
          ? view_fill (view, N_ ("All %s rows are written; the file is being closed."), rows)
      : now->most >= 0
          ? view_fill (view, N_ ("%s of %s rows are written."), rows, view_number (view, now->most))
          : view_count (view, "%s row is written so far.", "%s rows are written so far.",
                        now->rows));
  put_bar (view, now);
}

/* Beside what changes, so that no touch of it is lost. */
static void put_stop (const View *view, const Visit *visit, const ExportJob *job)
{
  markup_add (view->out,
              "<form id=\"stop\" method=\"post\" action=\"/exports/job/%s/stop\" class=\"acts\">",
              export_job_key (job));
  page_layout_form_token (view, visit);
  markup_add (view->out, "<button class=\"btn\">%s</button></form>",
              view_say (view, N_ ("Stop it")));
}

static void put_end (const View *view, const ExportJob *job, const ExportJobStanding *now)
{
  const char *file = export_job_name (job);
  gint64 kilobytes = (gint64) (now->size + 1023) / 1024;

  if (now->state == EXPORT_JOB_READY)
    markup_add (
        view->out,
        "<p>%s</p><p class=\"acts\"><a class=\"btn go\" data-take href=\"/exports/job/%s/%s\" "
        "download>%s</a></p>",
        view_fill (view, N_ ("It is ready: %s KB."), view_number (view, kilobytes)),
        export_job_key (job), file, view_say (view, N_ ("Take it away")));
  else
    markup_add (view->out, "<p class=\"note\">%s</p>",
                now->state == EXPORT_JOB_STOPPED
                    ? view_say (view, N_ ("It was stopped; nothing of it is kept."))
                    : export_job_error (job)->message);
}

static void draw_progress (const View *view, const Visit *visit, Request *request)
{
  const ExportJob *job = request_work (request);
  const ExportJobStanding now = export_job_standing (request_work (request));

  markup_add (view->out, "<h1>%s</h1><div data-part id=\"job\" class=\"gap\" role=\"status\">",
              export_job_name (job));
  if (now.state < EXPORT_JOB_READY)
    put_writing (view, &now);
  else
    put_end (view, job, &now);
  markup_add (view->out, "</div>");
  if (now.state < EXPORT_JOB_READY)
    put_stop (view, visit, job);
  markup_add (view->out, "<p class=\"gap\"><a href=\"/exports\">%s</a></p>",
              view_say (view, N_ ("Back to the exports")));
}

/* The job of the path, and the request's work; NULL: refused already. */
static ExportJob *job_of (Request *request)
{
  const Visit *visit = visit_of (request);
  ExportJob *job = export_job_find (visit->office->exports, visit->account.name,
                                    request_parameter (request, "key"));

  if (job != NULL)
    request_set_work (request, job, free_job);
  else
    page_layout_refusal (
        request, HTTP_STATUS_NOT_FOUND,
        page_language_say (visit->language, N_ ("This file is not kept any more: ask for it "
                                                "again.")));
  return job;
}

/* Without the script the page asks again by itself, and when the file is there goes for
 * it; a file that is taken away leaves the page where it is. */
gboolean exports_page_progress (Request *request)
{
  ExportJob *job = job_of (request);
  PageLayout page = PROGRESS;
  g_autofree char *next = NULL;

  if (job == NULL)
    return TRUE;
  switch (export_job_standing (job).state) {
  case EXPORT_JOB_WAITING:
  case EXPORT_JOB_WRITING:
    page.again = "1";
    break;
  case EXPORT_JOB_READY:
    next = g_strdup_printf ("0; url=/exports/job/%s/%s", export_job_key (job),
                            export_job_name (job));
    page.again = next;
    break;
  default:
    break;
  }
  return page_layout_answer_status (request, HTTP_STATUS_OK, &page, draw_progress);
}

gboolean exports_page_fetch (Request *request)
{
  ExportJob *job = job_of (request);

  if (job == NULL)
    return TRUE;
  if (export_job_standing (job).state == EXPORT_JOB_READY
      && strcmp (export_job_name (job), request_parameter (request, "file")) == 0)
    return export_job_answer (job, request);
  return page_layout_refusal (request, HTTP_STATUS_NOT_FOUND,
                              page_language_say (visit_of (request)->language,
                                                 N_ ("This file is not kept any more: ask for "
                                                     "it again.")));
}

gboolean exports_page_stop (Request *request)
{
  g_autoptr (Urlencoded) form = visit_form (request);
  ExportJob *job = form != NULL ? job_of (request) : NULL;
  g_autofree char *progress = NULL;

  if (job == NULL)
    return TRUE;
  export_job_stop (job);
  progress = g_strconcat ("/exports/job/", export_job_key (job), NULL);
  return request_redirect (request, progress);
}
