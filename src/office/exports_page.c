#include "office/exports_page.h"

#include "congress/programme.h"
#include "core/language.h"
#include "counts/counts.h"
#include "counts/report_file.h"
#include "office/page_layout.h"
#include "office/sheet_file.h"

#include <string.h>
#include <unistd.h>

#define REPORT "report.pdf"
#define WRITERS 2
#define WAITING_MAX 32

static const PageLayout PAGE = { N_ ("Exports"), "/exports", NULL };

/* What is chosen
 * ---------------------------------------------------------------------- */

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
  return strcmp (table, "badges") == 0 ? 0 : BY_DAY;
}

static void begin_choice (const View *view, const char *table, const char *key, const char *label)
{
  markup_add (view->out,
              "<label class=\"f\" for=\"%s-%s\">%s</label><select id=\"%s-%s\" name=\"%s\">"
              "<option value=\"\">%s</option>",
              table, key, label, table, key, key, view_say (view, N_ ("all")));
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
  begin_choice (view, table, key, label);
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

  begin_choice (view, table, "state", view_say (view, N_ ("Who")));
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    put_option (view, STATES[i][0], view_say (view, STATES[i][1]), chosen);
  end_choice (view);
}

static void put_days (const View *view, const char *table, const char *chosen)
{
  const GPtrArray *days = view->moment->figures->programme->days;

  begin_choice (view, table, "day", view_say (view, N_ ("Day")));
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

  begin_choice (view, table, "delegation", view_say (view, N_ ("Delegation")));
  for (guint i = 0; i < delegations->len; i++) {
    const FiguresDelegation *delegation = delegations->pdata[i];

    if (g_hash_table_add (named, delegation->id))
      put_option (view, delegation->id, view_pick (view, delegation->fr, delegation->zh), chosen);
  }
  end_choice (view);
}

static void put_what (const View *view, const char *table, const char *chosen)
{
  static const char *const WORDS[] = {
    [COUNTS_TOTAL] = N_ ("all"),
    [COUNTS_BY_EVENT] = N_ ("Event"),
    [COUNTS_BY_DAY] = N_ ("Day"),
    [COUNTS_BY_CHECKPOINT] = N_ ("Checkpoint"),
    [COUNTS_BY_CATEGORY] = N_ ("Category"),
    [COUNTS_BY_DELEGATION] = N_ ("Delegation"),
    [COUNTS_BY_COUNTRY] = N_ ("Country"),
  };

  begin_choice (view, table, "by", view_say (view, N_ ("One row for each")));
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
  begin_choice (view, "sheet", "half", view_say (view, N_ ("Half of the day")));
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

/* The page
 * ---------------------------------------------------------------------------- */

static void put_table (const View *view, const char *table, Request *request)
{
  Pair title = report_title (table);

  markup_add (view->out, "<form class=\"card\" action=\"/exports/%s.xlsx\"><h2>%s</h2>", table,
              view_pick (view, title.first, title.second));
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

/* Taking away
 * ------------------------------------------------------------------------- */

typedef struct {
  Request *request;
  ReplicaPool *readers;
  char *table;
  TableFormat format;
  const char *type, *db;
  gboolean sheet; /* to be signed, or the report: no table */
  gboolean protocol;
  char separator;
  int fd; /* -1: none */
  guint64 size;
  GError *error;
} Export;

static void export_free (gpointer data)
{
  Export *export = data;

  if (export->fd >= 0)
    close (export->fd);
  g_free (export->table);
  g_clear_error (&export->error);
  g_free (export);
}

/* A session has its own day: what is chosen beside it says nothing. */
static void draw_sheet (Export *export)
{
  Request *request = export->request;
  const char *session = request_query (request, "session");
  const gboolean report = strcmp (request_parameter (request, "file"), REPORT) == 0;
  gboolean of_session = session != NULL && session[0] != '\0';
  const SheetFile sheet = { .report = report,
                            .session = session,
                            .event = of_session ? NULL : request_query (request, "event"),
                            .day = of_session ? NULL : request_query (request, "day"),
                            .half = of_session ? NULL : request_query (request, "half"),
                            .delegation = request_query (request, "delegation") };

  export->fd = sheet_file_draw (export->db, &sheet, &export->size, &export->error);
}

/* "reference,family": the ticked ones, in the table's order; NULL where none is. */
static char *columns_of (Request *request)
{
  g_autoptr (GPtrArray) asked = request_query_values (request, "columns");
  GString *columns;

  if (asked->len == 0)
    return NULL;
  columns = g_string_new (NULL);
  for (guint i = 0; i < asked->len; i++)
    g_string_append_printf (columns, "%s%s", i > 0 ? "," : "", (const char *) asked->pdata[i]);
  return g_string_free (columns, FALSE);
}

static void write_table (gpointer data, gpointer unused)
{
  Export *export = data;
  Request *request = export->request;
  g_autofree char *columns = columns_of (request);
  const ReportQuery query = { .table = export->table,
                              .columns = columns,
                              .state = request_query (request, "state"),
                              .event = request_query (request, "event"),
                              .day = request_query (request, "day"),
                              .session = request_query (request, "session"),
                              .delegation = request_query (request, "delegation"),
                              .category = request_query (request, "category"),
                              .checkpoint = request_query (request, "checkpoint"),
                              .by = request_query (request, "by"),
                              .protocol = export->protocol };
  Journal *reader = export->sheet ? NULL : replica_pool_take (export->readers, &export->error);

  if (export->sheet)
    draw_sheet (export);
  if (reader != NULL) {
    export->fd = report_file_write (reader, &query, export->format, export->separator,
                                    &export->size, &export->error);
    replica_pool_give (export->readers, reader);
  }
  request_resume (request);
}

GThreadPool *exports_page_writers (void)
{
  return g_thread_pool_new (write_table, NULL, WRITERS, FALSE, NULL);
}

static gboolean refuse (Request *request, const GError *error)
{
  g_autofree char *message = g_strdup (error->message);
  guint status = error->domain != REPORT_ERROR       ? HTTP_STATUS_SERVICE_UNAVAILABLE
                 : error->code == REPORT_ERROR_TABLE ? HTTP_STATUS_NOT_FOUND
                                                     : HTTP_STATUS_BAD_REQUEST;

  return page_layout_refusal (request, status, message);
}

/* Excel takes what its region has as the separator: the semicolon where French is
 * read. */
static gboolean begin (Request *request)
{
  const Visit *visit = visit_of (request);
  const OfficeContext *office = visit->office;
  g_autoptr (GError) error = NULL;
  Export *export;

  if (g_thread_pool_unprocessed (office->writers) >= WAITING_MAX)
    return page_layout_refusal (
        request, HTTP_STATUS_SERVICE_UNAVAILABLE,
        page_language_say (visit->language,
                           N_ ("The hub has too much to do or is being stopped; try again.")));
  export = g_new0 (Export, 1);
  export->request = request;
  export->readers = office->hub->readers;
  export->protocol = visit->account.role == ACCOUNT_PROTOCOL;
  export->separator = strcmp (page_language_key (visit->language), "fr") == 0 ? ';' : ',';
  export->fd = -1;
  export->db = office->hub->db;
  export->sheet = strcmp (request_parameter (request, "file"), "sheet.pdf") == 0
                  || strcmp (request_parameter (request, "file"), REPORT) == 0;
  export->type = "application/pdf";
  if (!export->sheet
      && !report_file_parse (request_parameter (request, "file"), &export->table, &export->format,
                             &export->type, &error)) {
    export_free (export);
    return refuse (request, error);
  }
  request_set_work (request, export, export_free);
  request_suspend (request);
  g_thread_pool_push (office->writers, export, NULL);
  return TRUE;
}

gboolean exports_page_take (Request *request)
{
  Export *export = request_work (request);
  g_autofree char *disposition = NULL;
  int fd;

  if (export == NULL)
    return begin (request);
  if (export->error != NULL)
    return refuse (request, export->error);
  disposition
      = g_strdup_printf ("attachment; filename=\"%s\"", request_parameter (request, "file"));
  request_add_header (request, "Content-Disposition", disposition);
  fd = export->fd;
  export->fd = -1; /* the answer closes it */
  return request_answer_file (request, HTTP_STATUS_OK, export->type, fd, export->size);
}
