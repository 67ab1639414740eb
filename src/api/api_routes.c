#include "api/api_routes.h"

#include "api/metrics.h"
#include "api/read_token.h"
#include "core/installation.h"
#include "core/words.h"
#include "counts/counts.h"
#include "counts/figures_json.h"
#include "counts/report.h"
#include "counts/report_facts.h"
#include "counts/report_file.h"
#include "journal/query.h"

#include <string.h>

#define JSON_TYPE "application/json; charset=utf-8"
#define PAGE_USUAL 500
#define PAGE_MAX 5000

/* Who asks --------------------------------------------------------------------------- */

static gboolean refuse_caller (Request *request, guint status, const char *message)
{
  request_note_refusal (request, status, "token", "%s", message);
  return FALSE;
}

/* The token's scopes become the caller; @needed is one of them. */
/* A token that was given at another hub of the log a moment ago is known here a moment
 * later. */
static guint scopes_of (HubParts *hub, const char *token, GError **error)
{
  Journal *reader = replica_pool_take (hub->readers, error);
  if (reader == NULL)
    return 0;
  guint scopes = read_token_admits (reader, token, error);
  if (scopes == 0 && *error == NULL && follower_catch_up (hub->follower))
    scopes = read_token_admits (reader, token, error);
  replica_pool_give (hub->readers, reader);
  return scopes;
}

static gboolean authorise (Request *request, guint needed)
{
  static const char SCHEME[] = "Bearer ";
  ApiContext *api = request_context (request);
  const char *header = request_header (request, "Authorization");
  g_autoptr (GError) error = NULL;
  if (header == NULL || g_ascii_strncasecmp (header, SCHEME, sizeof SCHEME - 1) != 0)
    return refuse_caller (request, HTTP_STATUS_UNAUTHORIZED,
                          _ ("a token is wanted: Authorization: Bearer TOKEN"));
  guint scopes = scopes_of (api->hub, header + sizeof SCHEME - 1, &error);
  if (error != NULL)
    return refuse_caller (request, HTTP_STATUS_SERVICE_UNAVAILABLE,
                          _ ("the hub has too much to do or is being stopped; try again"));
  if (scopes == 0)
    return refuse_caller (request, HTTP_STATUS_UNAUTHORIZED,
                          _ ("this token is unknown here, was revoked or is past its end"));
  if ((scopes & needed) == 0)
    return refuse_caller (request, HTTP_STATUS_FORBIDDEN,
                          _ ("this token has not the scope that this asks for"));
  request_set_caller (request, GUINT_TO_POINTER (scopes), NULL);
  return TRUE;
}

static gboolean may_read_figures (Request *request)
{
  return authorise (request, READ_TOKEN_FIGURES);
}

static gboolean may_read_passages (Request *request)
{
  return authorise (request, READ_TOKEN_PASSAGES);
}

static gboolean may_read_tables (Request *request)
{
  return authorise (request, READ_TOKEN_TABLES);
}

static gboolean may_read_metrics (Request *request)
{
  return authorise (request, READ_TOKEN_METRICS);
}

static void refuse_query (ApiWork *work, const char *message)
{
  g_set_error_literal (&work->error, REPORT_ERROR, REPORT_ERROR_FILTER, message);
}

/* Figures ---------------------------------------------------------------------------- */

static gboolean is_date (const char *text)
{
  return g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text, 0, 0);
}

/* The figures' reader keeps what it knows for the next who asks. */
static void read_figures (ApiWork *work, Journal *journal)
{
  const char *day = request_query (work->request, "day"),
             *event = request_query (work->request, "event");
  ApiContext *api = work->context;
  work->type = JSON_TYPE;
  if (day != NULL && !is_date (day)) {
    refuse_query (work, _ ("day must be a date such as 2016-10-26"));
    return;
  }
  lock_take (&api->lock);
  g_autoptr (Figures) figures
      = figures_reader_read (api->figures, api->journal, day, event, &work->error);
  lock_give (&api->lock);
  if (figures != NULL)
    work->text = figures_json (figures);
}

static gboolean answer_figures (Request *request)
{
  return api_work_answer (request, read_figures);
}

/* What accueil counts says, and before it as of when. */
static char *counts_text (const AsOf *as_of, const Counts *counts)
{
  g_autofree char *said = counts_to_json (counts);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  as_of_to_json (as_of, out, "as_of");
  json_out_raw (out, "counts", said);
  json_out_end_object (out);
  return json_out_finish (out);
}

static void read_counts (ApiWork *work, Journal *journal)
{
  const char *name = request_query (work->request, "by");
  CountsBy by = COUNTS_TOTAL;
  work->type = JSON_TYPE;
  if (name != NULL && !counts_by_from_name (name, &by)) {
    refuse_query (work,
                  _ ("by must be total, event, day, checkpoint, category, delegation or country"));
    return;
  }
  if (!journal_view_begin (journal, &work->error))
    return;
  g_autoptr (AsOf) as_of = as_of_read (journal, &work->error);
  g_autoptr (Counts) counts = as_of != NULL ? counts_read (journal, by, &work->error) : NULL;
  journal_view_end (journal);
  if (counts != NULL)
    work->text = counts_text (as_of, counts);
}

static gboolean answer_counts (Request *request)
{
  return api_work_answer (request, read_counts);
}

/* Passages --------------------------------------------------------------------------- */

static void read_passages (ApiWork *work, Journal *journal)
{
  gint64 after, limit;
  work->type = JSON_TYPE;
  if (!request_number (work->request, "after", 0, 0, G_MAXINT64, &after)
      || !request_number (work->request, "limit", PAGE_USUAL, 1, PAGE_MAX, &limit)) {
    refuse_query (work, _ ("after must be a number, and limit one from 1 to 5000"));
    return;
  }
  work->text = report_facts_page (journal, after, (guint) limit,
                                  request_query (work->request, "checkpoint"),
                                  (work->scopes & READ_TOKEN_PROTOCOL) != 0, &work->error);
}

static gboolean answer_passages (Request *request)
{
  return api_work_answer (request, read_passages);
}

/* Tables ----------------------------------------------------------------------------- */

static void read_table (ApiWork *work, Journal *journal)
{
  Request *request = work->request;
  g_autofree char *name = NULL;
  const char *separator = request_query (request, "separator");
  TableFormat format;
  if (!report_file_parse (request_parameter (request, "file"), &name, &format, &work->type,
                          &work->error))
    return;
  if (separator != NULL && strcmp (separator, ",") != 0 && strcmp (separator, ";") != 0) {
    refuse_query (work, _ ("separator must be , or ;"));
    return;
  }
  const ReportQuery query = { .table = name,
                              .columns = request_query (request, "columns"),
                              .state = request_query (request, "state"),
                              .event = request_query (request, "event"),
                              .day = request_query (request, "day"),
                              .session = request_query (request, "session"),
                              .delegation = request_query (request, "delegation"),
                              .category = request_query (request, "category"),
                              .checkpoint = request_query (request, "checkpoint"),
                              .by = request_query (request, "by"),
                              .protocol = (work->scopes & READ_TOKEN_PROTOCOL) != 0 };
  work->fd = report_file_write (journal, &query, format, separator != NULL ? *separator : ',', NULL,
                                NULL, &work->size, &work->error);
}

static gboolean answer_table (Request *request)
{
  return api_work_answer (request, read_table);
}

/* The hub itself --------------------------------------------------------------------- */

static void read_metrics (ApiWork *work, Journal *journal)
{
  ApiContext *api = work->context;
  const MetricsHub hub = { .commits = g_atomic_int_get (&api->hub->commits),
                           .states = api->hub->states,
                           .figures = api->figures };
  work->type = METRICS_TYPE;
  lock_take (&api->lock);
  work->text = metrics_text (api->journal, &hub, &work->error);
  lock_give (&api->lock);
}

static gboolean answer_metrics (Request *request)
{
  return api_work_answer (request, read_metrics);
}

static gboolean answer_alive (Request *request)
{
  return request_answer_text (request, HTTP_STATUS_OK, "text/plain; charset=utf-8",
                              g_strdup ("ok\n"));
}

/* Ready: what stations push can be stored. */
static gboolean answer_ready (Request *request)
{
  ApiContext *api = request_context (request);
  g_autofree char *why = NULL;
  if (!writer_is_well (api->hub->writer, &why))
    return request_refuse (request, HTTP_STATUS_SERVICE_UNAVAILABLE, "write",
                           _ ("the hub cannot write to its replica; its log says why"));
  return answer_alive (request);
}

static gboolean answer_description (Request *request)
{
  g_autofree char *path = installation_asset ("api/openapi.json"), *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return request_refuse (request, HTTP_STATUS_NOT_FOUND, "path",
                           _ ("the description of this API is not installed"));
  return request_answer_text (request, HTTP_STATUS_OK, JSON_TYPE, g_steal_pointer (&text));
}

const Route API_ROUTES[] = {
  { "GET", "/v1/figures", 0, may_read_figures, NULL, answer_figures },
  { "GET", "/v1/counts", 0, may_read_figures, NULL, answer_counts },
  { "GET", "/v1/passages", 0, may_read_passages, NULL, answer_passages },
  { "GET", "/v1/tables/{file}", 0, may_read_tables, NULL, answer_table },
  { "GET", "/v1/openapi.json", 0, NULL, NULL, answer_description },
  { "GET", "/metrics", 0, may_read_metrics, NULL, answer_metrics },
  { "GET", "/healthz", 0, NULL, NULL, answer_alive },
  { "GET", "/readyz", 0, NULL, NULL, answer_ready },
  { 0 },
};
