#include "http/request.h"

#include "core/json.h"
#include "core/words.h"
#include "http/byte_range.h"
#include "http/compress.h"
#include "http/request_state.h"

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

#define NUMBER_TEXT_MAX 20

/* What it came with ------------------------------------------------------------------ */

gpointer request_context (Request *request)
{
  return request->serving->options.context;
}

const char *request_method (Request *request)
{
  return request->method;
}

const char *request_path (Request *request)
{
  return request->path;
}

gint64 request_started (Request *request)
{
  return request->started;
}

static char *peer_of (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *address = info != NULL ? info->client_addr : NULL;
  char text[INET6_ADDRSTRLEN] = "";

  if (address != NULL && address->sa_family == AF_INET)
    inet_ntop (AF_INET, &((const struct sockaddr_in *) (gconstpointer) address)->sin_addr, text,
               sizeof text);
  else if (address != NULL && address->sa_family == AF_INET6)
    inet_ntop (AF_INET6, &((const struct sockaddr_in6 *) (gconstpointer) address)->sin6_addr, text,
               sizeof text);
  return g_strdup (text);
}

const char *request_peer (Request *request)
{
  if (request->peer == NULL)
    request->peer = peer_of (request->connection);
  return request->peer;
}

const char *request_parameter (Request *request, const char *name)
{
  for (guint i = 0; i < request->parameters.count; i++)
    if (strcmp (request->parameters.each[i].name, name) == 0)
      return request->parameters.each[i].value;
  return NULL;
}

const char *request_query (Request *request, const char *name)
{
  return MHD_lookup_connection_value (request->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *request_header (Request *request, const char *name)
{
  return MHD_lookup_connection_value (request->connection, MHD_HEADER_KIND, name);
}

const char *request_cookie (Request *request, const char *name)
{
  return MHD_lookup_connection_value (request->connection, MHD_COOKIE_KIND, name);
}

typedef struct {
  const char *name;
  GPtrArray *values;
} Collecting;

static enum MHD_Result collect (void *data, enum MHD_ValueKind kind, const char *name,
                                const char *value)
{
  Collecting *collecting = data;

  if (strcmp (name, collecting->name) == 0)
    g_ptr_array_add (collecting->values, (gpointer) (guintptr) (value != NULL ? value : ""));
  return MHD_YES;
}

GPtrArray *request_query_values (Request *request, const char *name)
{
  Collecting collecting = { name, g_ptr_array_new () };

  MHD_get_connection_values (request->connection, MHD_GET_ARGUMENT_KIND, collect, &collecting);
  return collecting.values;
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

/* The body --------------------------------------------------------------------------- */

Body *request_body (Request *request)
{
  return request->body;
}

const char *request_text (Request *request, gsize *length, GError **error)
{
  const char *encoding = request_header (request, MHD_HTTP_HEADER_CONTENT_ENCODING);
  gboolean gzip = encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0;

  *length = 0;
  if (request->body == NULL)
    return "";
  if (encoding != NULL && !gzip && g_ascii_strcasecmp (encoding, "identity") != 0) {
    g_set_error (error, BODY_ERROR, BODY_ERROR_ENCODING,
                 _ ("the body is encoded in a way not known here; gzip is"));
    return NULL;
  }
  if (gzip && !request->inflated && !body_inflate (request->body, error))
    return NULL;
  request->inflated = gzip;
  return body_text (request->body, length);
}

Urlencoded *request_form (Request *request, GError **error)
{
  static const char TYPE[] = "application/x-www-form-urlencoded";
  const char *type = request_header (request, MHD_HTTP_HEADER_CONTENT_TYPE), *text;
  gsize length;

  if (type == NULL || g_ascii_strncasecmp (type, TYPE, sizeof TYPE - 1) != 0
      || strchr ("; ", type[sizeof TYPE - 1]) == NULL) {
    g_set_error (error, BODY_ERROR, BODY_ERROR_TYPE, _ ("a form is wanted here: %s"), TYPE);
    return NULL;
  }
  text = request_text (request, &length, error);
  return text != NULL ? urlencoded_parse (text, length, error) : NULL;
}

/* What belongs to it ----------------------------------------------------------------- */

static void own (RequestOwned *owned, gpointer data, GDestroyNotify free_data)
{
  if (owned->data != NULL && owned->free != NULL)
    owned->free (owned->data);
  owned->data = data;
  owned->free = free_data;
}

void request_set_caller (Request *request, gpointer caller, GDestroyNotify free_caller)
{
  own (&request->caller, caller, free_caller);
}

void request_set_owner (Request *request, const char *owner)
{
  g_free (request->owner);
  request->owner = g_strdup (owner);
}

gpointer request_caller (Request *request)
{
  return request->caller.data;
}

void request_set_work (Request *request, gpointer work, GDestroyNotify free_work)
{
  own (&request->work, work, free_work);
}

gpointer request_work (Request *request)
{
  return request->work.data;
}

/* Answering -------------------------------------------------------------------------- */

static gboolean is_clean (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text < ' ' || *text == 0x7f)
      return FALSE;
  return TRUE;
}

gboolean request_add_header (Request *request, const char *name, const char *value)
{
  if (name[0] == '\0' || !is_clean (name) || !is_clean (value))
    return FALSE;
  g_ptr_array_add (request->headers, g_strdup (name));
  g_ptr_array_add (request->headers, g_strdup (value));
  return TRUE;
}

/* RFC 6265, section 4.1.1: cookie-octet. */
static gboolean is_cookie_value (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text <= ' ' || (guchar) *text >= 0x7f || strchr ("\",;\\", *text) != NULL)
      return FALSE;
  return TRUE;
}

gboolean request_set_cookie (Request *request, const char *name, const char *value,
                             gint64 max_age_s)
{
  g_autoptr (GString) text = g_string_new (name);

  if (!is_cookie_value (value))
    return FALSE;
  g_string_append_printf (text, "=%s; Path=/; Secure; HttpOnly; SameSite=Strict", value);
  if (max_age_s >= 0)
    g_string_append_printf (text, "; Max-Age=%" G_GINT64_FORMAT, max_age_s);
  return request_add_header (request, MHD_HTTP_HEADER_SET_COOKIE, text->str);
}

static gboolean has_header (const Request *request, const char *name)
{
  for (guint i = 0; i < request->headers->len; i += 2)
    if (g_ascii_strcasecmp (request->headers->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

static void add_unless_there (Request *request, const char *name, const char *value)
{
  if (!has_header (request, name))
    request_add_header (request, name, value);
}

/* Sends @response with what every answer carries, and lets it go. */
static gboolean send_response (Request *request, guint status, struct MHD_Response *response,
                               const char *type)
{
  const ServerOptions *options = &request->serving->options;
  enum MHD_Result result;

  if (response == NULL)
    return FALSE;
  if (options->decorate != NULL)
    options->decorate (request, status);
  if (type != NULL)
    add_unless_there (request, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  add_unless_there (request, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED && request->allowed != NULL)
    request_add_header (request, MHD_HTTP_HEADER_ALLOW, request->allowed);
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
    add_unless_there (request, MHD_HTTP_HEADER_RETRY_AFTER, "1");
  for (guint i = 0; i < request->headers->len; i += 2)
    MHD_add_response_header (response, request->headers->pdata[i], request->headers->pdata[i + 1]);
  request->status = status;
  result = MHD_queue_response (request->connection, status, response);
  MHD_destroy_response (response);
  return result == MHD_YES;
}

void request_compress (Request *request)
{
  request->compress = TRUE;
}

gboolean request_takes_gzip (Request *request)
{
  return compress_is_taken (request_header (request, MHD_HTTP_HEADER_ACCEPT_ENCODING));
}

gboolean request_answer_text (Request *request, guint status, const char *type, char *text)
{
  gsize length = strlen (text);

  if (request->compress && length >= COMPRESS_FROM_BYTES && request_takes_gzip (request)) {
    g_autoptr (GBytes) small = compress_gzip (text, length, COMPRESS_FAST);

    g_free (text);
    request_add_header (request, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    return request_answer_bytes (request, status, type, small);
  }
  return send_response (request, status,
                        MHD_create_response_from_buffer_with_free_callback (length, text, g_free),
                        type);
}

gboolean request_answer_json (Request *request, guint status, char *json)
{
  gsize length = strlen (json);
  char *line = g_realloc (json, length + 2);

  memcpy (line + length, "\n", 2);
  return request_answer_text (request, status, "application/json", line);
}

static void let_bytes_go (void *bytes)
{
  g_bytes_unref (bytes);
}

gboolean request_answer_bytes (Request *request, guint status, const char *type, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return send_response (request, status,
                        MHD_create_response_from_buffer_with_free_callback_cls (
                            length, (void *) (guintptr) data, let_bytes_go, g_bytes_ref (bytes)),
                        type);
}

gboolean request_answer_file (Request *request, guint status, const char *type, int fd,
                              guint64 size)
{
  return send_response (request, status, MHD_create_response_from_fd64 (size, fd), type);
}

/* Nobody who began with another file goes on with this one. */
static ByteRange range_of (Request *request, guint64 size, const char *tag, guint64 *first,
                           guint64 *last)
{
  const char *only_of = request_header (request, MHD_HTTP_HEADER_IF_RANGE);

  if (only_of != NULL && strcmp (only_of, tag) != 0)
    return BYTE_RANGE_WHOLE;
  return byte_range_read (request_header (request, MHD_HTTP_HEADER_RANGE), size, first, last);
}

static gboolean answer_part (Request *request, const LastingFile *file, guint64 first, guint64 last)
{
  g_autofree char *range
      = g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                         first, last, file->size);

  request_add_header (request, MHD_HTTP_HEADER_CONTENT_RANGE, range);
  return send_response (request, MHD_HTTP_PARTIAL_CONTENT,
                        MHD_create_response_from_fd_at_offset64 (last - first + 1, file->fd, first),
                        file->type);
}

static gboolean refuse_part (Request *request, const LastingFile *file)
{
  g_autofree char *range = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, file->size);

  close (file->fd);
  request_add_header (request, MHD_HTTP_HEADER_CONTENT_RANGE, range);
  return request_refuse (request, MHD_HTTP_RANGE_NOT_SATISFIABLE, "range",
                         _ ("what is asked for begins behind the end; begin anew"));
}

gboolean request_answer_lasting (Request *request, const LastingFile *file)
{
  guint64 first = 0, last = 0;
  ByteRange range = range_of (request, file->size, file->tag, &first, &last);

  request_add_header (request, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
  if (range == BYTE_RANGE_OUTSIDE)
    return refuse_part (request, file);
  request_add_header (request, MHD_HTTP_HEADER_ETAG, file->tag);
  if (file->packed)
    request_add_header (request, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
  return range == BYTE_RANGE_PART
             ? answer_part (request, file, first, last)
             : request_answer_file (request, MHD_HTTP_OK, file->type, file->fd, file->size);
}

gboolean request_answer_empty (Request *request, guint status)
{
  return send_response (request, status,
                        MHD_create_response_from_buffer (0, NULL, MHD_RESPMEM_PERSISTENT), NULL);
}

gboolean request_redirect (Request *request, const char *location)
{
  if (!request_add_header (request, MHD_HTTP_HEADER_LOCATION, location))
    return FALSE;
  return request_answer_empty (request, MHD_HTTP_SEE_OTHER);
}

gboolean request_answer_stream (Request *request, const char *type, AnswerStream **stream)
{
  struct MHD_Response *response = NULL;

  *stream = answer_stream_new (request->serving->streams, request->connection, &response);
  if (!send_response (request, MHD_HTTP_OK, response, type)) {
    g_clear_pointer (stream, answer_stream_unref);
    return FALSE;
  }
  return TRUE;
}

/* Refusing --------------------------------------------------------------------------- */

static gboolean refuse_with (Request *request, guint status, const char *word, const char *message)
{
  JsonOut *out;

  if (request->serving->options.refuse != NULL)
    return request->serving->options.refuse (request, status, word, message);
  out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "error", word);
  json_out_string (out, "message", message);
  json_out_end_object (out);
  return request_answer_json (request, status, json_out_finish (out));
}

gboolean request_refuse (Request *request, guint status, const char *word, const char *format, ...)
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

gboolean request_answer_refusal (Request *request)
{
  return refuse_with (request, request->refusal, request->refusal_word, request->refusal_message);
}

/* Waiting ---------------------------------------------------------------------------- */

void request_suspend (Request *request)
{
  g_atomic_int_inc (&request->serving->suspended);
  MHD_suspend_connection (request->connection);
}

void request_resume (gpointer data)
{
  Request *request = data;
  Serving *serving = request->serving; /* the request may be gone once it goes on */

  MHD_resume_connection (request->connection);
  g_atomic_int_add (&serving->suspended, -1);
}
