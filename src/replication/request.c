#include "replication/request.h"

#include "core/words.h"
#include "replication/enrolment.h"

#include <string.h>

#define NUMBER_TEXT_MAX 20

Request *request_new (Hub *hub, struct MHD_Connection *connection, const Route *route)
{
  Request *request = g_new0 (Request, 1);

  request->hub = hub;
  request->connection = connection;
  request->route = route;
  request->started = g_get_monotonic_time ();
  if (route != NULL && route->body_most > 0)
    request->body = body_new (route->body_most, &hub->bodies);
  return request;
}

void request_free (Request *request)
{
  if (request == NULL)
    return;
  if (request->work != NULL)
    request->work_free (request->work);
  body_free (request->body);
  g_free (request->refusal_message);
  g_free (request);
}

/* Reading
 * ----------------------------------------------------------------------------------------------------------------------------------------
 */

const char *request_query (Request *request, const char *name)
{
  return MHD_lookup_connection_value (request->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *request_header (Request *request, const char *name)
{
  return MHD_lookup_connection_value (request->connection, MHD_HEADER_KIND, name);
}

gboolean request_number (Request *request, const char *name, gint64 missing, gint64 low,
                         gint64 high, gint64 *value)
{
  const char *text = request_query (request, name);

  *value = missing;
  return text == NULL
         || (strlen (text) <= NUMBER_TEXT_MAX
             && g_ascii_string_to_signed (text, 10, low, high, value, NULL));
}

gboolean request_authorise (Request *request)
{
  static const char SCHEME[] = "Bearer ";
  const char *header = request_header (request, MHD_HTTP_HEADER_AUTHORIZATION);
  g_autoptr (GError) error = NULL;
  PooledReplica *reader;
  gboolean good;

  if (header == NULL || g_ascii_strncasecmp (header, SCHEME, sizeof SCHEME - 1) != 0) {
    request_note_refusal (request, MHD_HTTP_UNAUTHORIZED, "token",
                          _ ("a token is wanted: Authorization: Bearer TOKEN"));
    return FALSE;
  }
  reader = replica_pool_take (request->hub->readers, &error);
  if (reader == NULL) {
    request_note_refusal (request, MHD_HTTP_SERVICE_UNAVAILABLE, "busy", "%s", error->message);
    return FALSE;
  }
  good = enrolment_admits (reader->journal, header + sizeof SCHEME - 1, request->station, &error);
  replica_pool_give (request->hub->readers, reader);
  if (good)
    writer_touch (request->hub->writer, request->station, clock_now_ms (&request->hub->clock));
  else if (error != NULL)
    request_note_refusal (request, MHD_HTTP_SERVICE_UNAVAILABLE, "busy", "%s", error->message);
  else
    request_note_refusal (request, MHD_HTTP_UNAUTHORIZED, "token",
                          _ ("this token is unknown here or was revoked; ask for a new enrolment "
                             "code: accueil-hub invite STATION"));
  return good;
}

/* Answering
 * --------------------------------------------------------------------------------------------------------------------------------------
 */

static void add_number (struct MHD_Response *response, const char *name, gint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  MHD_add_response_header (response, name, text);
}

/* Sends @response with what every answer carries, and lets it go. */
static enum MHD_Result send_response (Request *request, guint status, struct MHD_Response *response,
                                      const char *type)
{
  enum MHD_Result result;

  if (response == NULL)
    return MHD_NO;
  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  MHD_add_response_header (response, "Accueil-Epoch", epochs_current (request->hub->epochs));
  add_number (response, "Accueil-Time", clock_now_ms (&request->hub->clock));
  if (status == MHD_HTTP_UNAUTHORIZED)
    MHD_add_response_header (response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
    MHD_add_response_header (response, MHD_HTTP_HEADER_ALLOW, request->allowed);
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
    MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER, "1");
  result = MHD_queue_response (request->connection, status, response);
  MHD_destroy_response (response);
  return result;
}

enum MHD_Result request_answer_json (Request *request, guint status, char *json)
{
  gsize length = strlen (json);
  char *line = g_realloc (json, length + 2);

  memcpy (line + length, "\n", 2);
  return send_response (
      request, status,
      MHD_create_response_from_buffer_with_free_callback (length + 1, line, g_free),
      "application/json");
}

enum MHD_Result request_answer_lines (Request *request, GString *lines, gint64 cursor,
                                      const char *head)
{
  gsize length = lines->len;
  struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback (
      length, g_string_free (lines, FALSE), g_free);

  if (response != NULL) {
    add_number (response, "Accueil-Cursor", cursor);
    MHD_add_response_header (response, "Accueil-Head", head);
  }
  return send_response (request, MHD_HTTP_OK, response, "application/x-ndjson");
}

enum MHD_Result request_answer_file (Request *request, int fd, guint64 size, gint64 cursor)
{
  struct MHD_Response *response = MHD_create_response_from_fd64 (size, fd);

  if (response != NULL)
    add_number (response, "Accueil-Cursor", cursor);
  return send_response (request, MHD_HTTP_OK, response, "application/vnd.sqlite3");
}

static JsonOut *failure (const char *word, const char *message)
{
  JsonOut *out = json_out_new ();

  json_out_begin_object (out, NULL);
  json_out_string (out, "error", word);
  json_out_string (out, "message", message);
  return out;
}

static enum MHD_Result refuse_with (Request *request, guint status, const char *word,
                                    const char *message)
{
  JsonOut *out = failure (word, message);

  json_out_end_object (out);
  return request_answer_json (request, status, json_out_finish (out));
}

enum MHD_Result request_refuse (Request *request, guint status, const char *word,
                                const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return refuse_with (request, status, word, message);
}

void request_note_refusal (Request *request, guint status, const char *word, const char *format,
                           ...)
{
  va_list arguments;

  request->refusal = status;
  request->refusal_word = word;
  g_free (request->refusal_message);
  va_start (arguments, format);
  request->refusal_message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

enum MHD_Result request_refuse_head (Request *request, const char *word, const char *message,
                                     const LogBatch *batch)
{
  JsonOut *out = failure (word, message);
  g_autofree char *chain = hash_to_hex (&batch->chain);

  json_out_string (out, "station", batch->station);
  json_out_int (out, "seq", batch->seq);
  json_out_string (out, "chain", chain);
  json_out_end_object (out);
  return request_answer_json (request, MHD_HTTP_CONFLICT, json_out_finish (out));
}

enum MHD_Result request_fail (Request *request, const GError *error)
{
  return refuse_with (request, MHD_HTTP_SERVICE_UNAVAILABLE, "busy", error->message);
}

/* Waiting
 * ----------------------------------------------------------------------------------------------------------------------------------------
 */

void request_suspend (Request *request)
{
  MHD_suspend_connection (request->connection);
}

void request_resume (gpointer request)
{
  MHD_resume_connection (((Request *) request)->connection);
}
