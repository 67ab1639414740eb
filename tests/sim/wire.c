#include "wire.h"

#include "core/lock.h"
#include "http/request.h"
#include "replication/station_request.h"
#include "replication/station_routes.h"
#include "sync/hub_connection.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

static WireCarrier the_carrier;
static gpointer the_data;

void wire_set_carrier (WireCarrier carrier, gpointer data)
{
  the_carrier = carrier;
  the_data = data;
}

void wire_answer_clear (WireAnswer *answer)
{
  g_clear_pointer (&answer->body, g_byte_array_unref);
  g_clear_pointer (&answer->cursor, g_free);
  g_clear_pointer (&answer->time, g_free);
  g_clear_pointer (&answer->epoch, g_free);
  g_clear_pointer (&answer->head, g_free);
  g_clear_pointer (&answer->held, g_free);
  g_clear_pointer (&answer->hubs, g_free);
}

WireRequest *wire_request_copy (const WireRequest *request)
{
  WireRequest *copy = g_new0 (WireRequest, 1);

  copy->url = g_strdup (request->url);
  copy->method = g_strdup (request->method);
  copy->path = g_strdup (request->path);
  copy->token = g_strdup (request->token);
  copy->header = g_strdup (request->header);
  copy->gzip = request->gzip;
  copy->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  return copy;
}

static void free_text (const char *text)
{
  g_free ((gpointer) (guintptr) text);
}

void wire_request_free (WireRequest *request)
{
  free_text (request->url);
  free_text (request->method);
  free_text (request->path);
  free_text (request->token);
  free_text (request->header);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

/* The station's side: sync/hub_connection.h -------------------------------------------- */

G_DEFINE_QUARK (hub - connection - error - quark, hub_connection_error)

struct _HubConnection {
  char *url, *token;
};

void hub_connection_start (void)
{
}

HubConnection *hub_connection_new (const char *url, const char *pin, const char *token,
                                   gsize answer_most, GError **error)
{
  HubConnection *http = g_new0 (HubConnection, 1);

  http->url = g_strdup (url);
  http->token = g_strdup (token);
  return http;
}

void hub_connection_set_way (HubConnection *http, gint connect_ms, const char *proxy)
{
}

void hub_connection_free (HubConnection *http)
{
  if (http == NULL)
    return;
  g_free (http->url);
  g_free (http->token);
  g_free (http);
}

void hub_connection_answer_clear (HubAnswer *answer)
{
  if (answer->body != NULL)
    g_string_free (answer->body, TRUE);
  g_free (answer->epoch);
  g_free (answer->head);
  g_free (answer->held);
  g_free (answer->hubs);
  *answer = (HubAnswer){ 0 };
}

static gint64 number_of (const char *text, gint64 missing)
{
  gint64 number;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL)
             ? number
             : missing;
}

static gboolean ask (HubConnection *http, WireRequest *request, int fd, HubAnswer *answer,
                     GError **error)
{
  g_auto (WireAnswer) got = { 0 };

  request->url = http->url;
  request->token = http->token;
  if (!the_carrier (request, &got, the_data)) {
    g_set_error (error, HUB_CONNECTION_ERROR, HUB_CONNECTION_ERROR_UNREACHABLE, "no answer");
    return FALSE;
  }
  *answer = (HubAnswer){ .status = got.status,
                         .body = g_string_new (NULL),
                         .cursor = number_of (got.cursor, -1),
                         .time_ms = number_of (got.time, 0),
                         .epoch = g_steal_pointer (&got.epoch),
                         .head = g_steal_pointer (&got.head),
                         .held = g_steal_pointer (&got.held),
                         .hubs = g_steal_pointer (&got.hubs) };
  if (fd >= 0 && got.status == 200)
    return write (fd, got.body->data, got.body->len) == (gssize) got.body->len;
  g_string_append_len (answer->body, (const char *) got.body->data, got.body->len);
  return TRUE;
}

gboolean hub_connection_get (HubConnection *http, const char *path, gint timeout_ms, gint *stop,
                             HubAnswer *answer, GError **error)
{
  WireRequest request = { .method = "GET", .path = path };

  return ask (http, &request, -1, answer, error);
}

static GBytes *gzip_of (const char *body, gsize length)
{
  g_autoptr (GConverter) compressor
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, compressor);

  g_assert_true (g_output_stream_write_all (stream, body, length, NULL, NULL, NULL)
                 && g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

gboolean hub_connection_post (HubConnection *http, const char *path, const char *header,
                              const char *body, gsize length, gboolean gzip, gint timeout_ms,
                              HubAnswer *answer, GError **error)
{
  gboolean packed = gzip && length >= HUB_CONNECTION_GZIP_FROM_BYTES;
  g_autoptr (GBytes) bytes = packed ? gzip_of (body, length) : g_bytes_new (body, length);
  WireRequest request
      = { .method = "POST", .path = path, .header = header, .gzip = packed, .body = bytes };

  return ask (http, &request, -1, answer, error);
}

gboolean hub_connection_download (HubConnection *http, const char *path, HubDownload *download,
                                  gint stall_s, HubAnswer *answer, GError **error)
{
  WireRequest request = { .method = "GET", .path = path };

  return ask (http, &request, download->fd, answer, error);
}

/* The hub's side: http/request.h ------------------------------------------------------- */

struct _Request {
  HubParts *hub;
  const WireRequest *asked;
  char *path; /* without the query */
  GHashTable *query;
  Body *body;
  gboolean inflated;
  gpointer caller, work;
  GDestroyNotify free_caller, free_work;
  WireAnswer *answer;
  guint refusal;
  char *refusal_json;
  WireRuns runs;
  gpointer data;
  Lock mutex;
  Wake wake;
  gboolean suspended, resumed; /* under mutex */
};

gpointer request_context (Request *request)
{
  return request->hub;
}

const char *request_method (Request *request)
{
  return request->asked->method;
}

const char *request_path (Request *request)
{
  return request->path;
}

gint64 request_started (Request *request)
{
  return 0;
}

const char *request_peer (Request *request)
{
  return "";
}

const char *request_parameter (Request *request, const char *name)
{
  return NULL;
}

const char *request_query (Request *request, const char *name)
{
  return g_hash_table_lookup (request->query, name);
}

const char *request_header (Request *request, const char *name)
{
  static char bearer[512];
  const WireRequest *asked = request->asked;
  gsize length = strlen (name);

  if (strcmp (name, "Authorization") == 0 && asked->token != NULL) {
    g_snprintf (bearer, sizeof bearer, "Bearer %s", asked->token);
    return bearer;
  }
  if (strcmp (name, "Content-Encoding") == 0 && asked->gzip)
    return "gzip";
  if (asked->header != NULL && strncmp (asked->header, name, length) == 0
      && strncmp (asked->header + length, ": ", 2) == 0)
    return asked->header + length + 2;
  return NULL;
}

const char *request_cookie (Request *request, const char *name)
{
  return NULL;
}

GPtrArray *request_query_values (Request *request, const char *name)
{
  return g_ptr_array_new ();
}

gboolean request_number (Request *request, const char *name, gint64 missing, gint64 low,
                         gint64 high, gint64 *value)
{
  const char *text = request_query (request, name);

  *value = missing;
  return text == NULL || g_ascii_string_to_signed (text, 10, low, high, value, NULL);
}

Body *request_body (Request *request)
{
  return request->body;
}

const char *request_text (Request *request, gsize *length, GError **error)
{
  *length = 0;
  if (request->body == NULL)
    return "";
  if (request->asked->gzip && !request->inflated && !body_inflate (request->body, error))
    return NULL;
  request->inflated = TRUE;
  return body_text (request->body, length);
}

Urlencoded *request_form (Request *request, GError **error)
{
  g_set_error (error, BODY_ERROR, BODY_ERROR_TYPE, "no form");
  return NULL;
}

void request_set_owner (Request *request, const char *owner)
{
}

void request_set_caller (Request *request, gpointer caller, GDestroyNotify free_caller)
{
  request->caller = caller;
  request->free_caller = free_caller;
}

gpointer request_caller (Request *request)
{
  return request->caller;
}

void request_set_work (Request *request, gpointer work, GDestroyNotify free_work)
{
  request->work = work;
  request->free_work = free_work;
}

gpointer request_work (Request *request)
{
  return request->work;
}

gboolean request_add_header (Request *request, const char *name, const char *value)
{
  WireAnswer *answer = request->answer;
  char **place = strcmp (name, "Accueil-Cursor") == 0  ? &answer->cursor
                 : strcmp (name, "Accueil-Time") == 0  ? &answer->time
                 : strcmp (name, "Accueil-Epoch") == 0 ? &answer->epoch
                 : strcmp (name, "Accueil-Head") == 0  ? &answer->head
                 : strcmp (name, "Accueil-Held") == 0  ? &answer->held
                 : strcmp (name, "Accueil-Hubs") == 0  ? &answer->hubs
                                                       : NULL;

  if (place != NULL) {
    g_free (*place);
    *place = g_strdup (value);
  }
  return TRUE;
}

gboolean request_set_cookie (Request *request, const char *name, const char *value,
                             gint64 max_age_s)
{
  return FALSE;
}

gboolean request_answer_text (Request *request, guint status, const char *type, char *text)
{
  WireAnswer *answer = request->answer;

  answer->status = status;
  answer->body = g_byte_array_new ();
  g_byte_array_append (answer->body, (const guint8 *) text, (guint) strlen (text));
  g_free (text);
  station_request_decorate (request, status);
  return TRUE;
}

gboolean request_answer_json (Request *request, guint status, char *json)
{
  return request_answer_text (request, status, "application/json", json);
}

gboolean request_answer_bytes (Request *request, guint status, const char *type, GBytes *bytes)
{
  request->answer->status = status;
  request->answer->body = g_byte_array_new ();
  g_byte_array_append (request->answer->body, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  station_request_decorate (request, status);
  return TRUE;
}

gboolean request_answer_file (Request *request, guint status, const char *type, int fd,
                              guint64 size)
{
  GByteArray *body = g_byte_array_new ();

  g_byte_array_set_size (body, (guint) size);
  g_assert_cmpint (pread (fd, body->data, size, 0), ==, (gssize) size);
  close (fd);
  request->answer->status = status;
  request->answer->body = body;
  station_request_decorate (request, status);
  return TRUE;
}

gboolean request_answer_lasting (Request *request, const LastingFile *file)
{
  return request_answer_file (request, HTTP_STATUS_OK, file->type, file->fd, file->size);
}

gboolean request_takes_gzip (Request *request)
{
  return FALSE;
}

gboolean request_answer_empty (Request *request, guint status)
{
  return request_answer_text (request, status, "", g_strdup (""));
}

gboolean request_redirect (Request *request, const char *location)
{
  return FALSE;
}

gboolean request_answer_stream (Request *request, const char *type, AnswerStream **stream)
{
  *stream = NULL;
  return FALSE;
}

static char *refusal (const char *word, const char *message)
{
  JsonOut *out = json_out_new ();

  json_out_begin_object (out, NULL);
  json_out_string (out, "error", word);
  json_out_string (out, "message", message);
  json_out_end_object (out);
  return json_out_finish (out);
}

gboolean request_refuse (Request *request, guint status, const char *word, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list values;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  return request_answer_json (request, status, refusal (word, message));
}

void request_note_refusal (Request *request, guint status, const char *word, const char *format,
                           ...)
{
  g_autofree char *message = NULL;
  va_list values;

  va_start (values, format);
  message = g_strdup_vprintf (format, values);
  va_end (values);
  request->refusal = status;
  g_free (request->refusal_json);
  request->refusal_json = refusal (word, message);
}

gboolean request_answer_refusal (Request *request)
{
  return request_answer_json (request, request->refusal, g_steal_pointer (&request->refusal_json));
}

void request_suspend (Request *request)
{
  lock_take (&request->mutex);
  request->suspended = TRUE;
  lock_give (&request->mutex);
}

void request_resume (gpointer data)
{
  Request *request = data;

  lock_take (&request->mutex);
  request->answer->sent = request->runs (request->data);
  request->resumed = TRUE;
  lock_wake_one (&request->wake);
  lock_give (&request->mutex);
}

static const Route *route_of (const char *method, const char *path)
{
  for (const Route *route = station_routes (); route->method != NULL; route++)
    if (strcmp (route->method, method) == 0 && strcmp (route->path, path) == 0)
      return route;
  g_assert_not_reached ();
}

static void read_query (Request *request)
{
  const char *mark = strchr (request->asked->path, '?');
  g_auto (GStrv) parts = g_strsplit (mark != NULL ? mark + 1 : "", "&", -1);

  request->path = mark != NULL
                      ? g_strndup (request->asked->path, (gsize) (mark - request->asked->path))
                      : g_strdup (request->asked->path);
  request->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; parts[i] != NULL; i++) {
    char *value = strchr (parts[i], '=');

    if (value == NULL)
      continue;
    *value++ = '\0';
    g_hash_table_insert (request->query, g_strdup (parts[i]), g_uri_unescape_string (value, NULL));
  }
}

static void run (Request *request, const Route *route)
{
  gboolean again = TRUE;

  while (again) {
    g_assert_true (route->run (request));
    lock_take (&request->mutex);
    again = request->suspended;
    while (request->suspended && !request->resumed)
      lock_wake_wait (&request->wake, &request->mutex);
    request->suspended = request->resumed = FALSE;
    lock_give (&request->mutex);
  }
}

typedef struct {
  Lock mutex;
  Wake wake;
  gboolean done; /* under mutex */
} Rest;

static void rest_work (Journal *journal, gpointer data)
{
}

static void rest_done (gpointer data)
{
  Rest *rest = data;

  lock_take (&rest->mutex);
  rest->done = TRUE;
  lock_wake_one (&rest->wake);
  lock_give (&rest->mutex);
}

static void wait_once (HubParts *hub)
{
  Rest rest = { .mutex = LOCK_INIT };

  lock_wake_init (&rest.wake);
  if (writer_work (hub->writer, rest_work, rest_done, &rest)) {
    lock_take (&rest.mutex);
    while (!rest.done)
      lock_wake_wait (&rest.wake, &rest.mutex);
    lock_give (&rest.mutex);
  }
  lock_wake_clear (&rest.wake);
  lock_clear (&rest.mutex);
}

/* Until the writer has done all that it was given. Twice: after a piece of work it
 * may write who was heard of, before it takes the next. */
static void wait_for_rest (HubParts *hub)
{
  wait_once (hub);
  wait_once (hub);
}

void wire_serve (HubParts *hub, const WireRequest *asked, WireRuns runs, gpointer data,
                 WireAnswer *answer)
{
  BodyBudget budget = { 0, 256 * 1024 * 1024 };
  Request request = { .hub = hub, .asked = asked, .answer = answer, .runs = runs, .data = data };
  const Route *route;

  lock_init (&request.mutex);
  lock_wake_init (&request.wake);
  read_query (&request);
  route = route_of (asked->method, request.path);
  if (route->body_most > 0) {
    request.body = body_new (route->body_most, &budget);
    body_add (request.body, g_bytes_get_data (asked->body, NULL), g_bytes_get_size (asked->body));
  }
  if ((route->authorise != NULL && !route->authorise (&request))
      || (route->judge != NULL && !route->judge (&request)))
    request_answer_refusal (&request);
  else
    run (&request, route);
  wait_for_rest (hub);
  if (request.free_work != NULL)
    request.free_work (request.work);
  if (request.free_caller != NULL)
    request.free_caller (request.caller);
  body_free (request.body);
  g_free (request.refusal_json);
  g_hash_table_unref (request.query);
  g_free (request.path);
  lock_clear (&request.mutex);
  lock_wake_clear (&request.wake);
}
