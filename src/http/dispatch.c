#include "http/dispatch.h"

#include "core/words.h"
#include "http/request.h"
#include "http/request_state.h"

#include <string.h>

static Request *request_new (Serving *serving, struct MHD_Connection *connection, const char *path,
                             const char *method)
{
  Request *request = g_new0 (Request, 1);

  request->serving = serving;
  request->connection = connection;
  request->method = g_strdup (method);
  request->path = g_strdup (path);
  request->started = g_get_monotonic_time ();
  request->headers = g_ptr_array_new_with_free_func (g_free);
  request->route
      = route_find (serving->options.routes, method, path, &request->parameters, &request->allowed);
  if (request->route != NULL && request->route->body_most > 0)
    request->body = body_new (request->route->body_most, &serving->bodies);
  return request;
}

static void request_free (Request *request)
{
  if (request == NULL)
    return;
  request_set_work (request, NULL, NULL);
  request_set_caller (request, NULL, NULL);
  body_free (request->body);
  route_parameters_clear (&request->parameters);
  g_ptr_array_unref (request->headers);
  g_free (request->owner);
  g_free (request->refusal_message);
  g_free (request->allowed);
  g_free (request->method);
  g_free (request->path);
  g_free (request->peer);
  g_free (request);
}

/* Strangers -------------------------------------------------------------------------- */

static Stranger *stranger_of (struct MHD_Connection *connection)
{
  return MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

void dispatch_connection (void *data, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
  Serving *serving = data;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    *context = strangers_add (
        serving->strangers,
        MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
        MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
  else if (*context != NULL)
    strangers_remove (serving->strangers, g_steal_pointer (context));
}

/* Judging ---------------------------------------------------------------------------- */

/* What the headers say of the body: -1 for nothing, G_MAXINT64 for one whose length is
 * not told or no number. */
static gint64 announced (Request *request)
{
  const char *length = request_header (request, MHD_HTTP_HEADER_CONTENT_LENGTH);
  gint64 value;

  if (request_header (request, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL)
    return G_MAXINT64;
  if (length == NULL)
    return -1;
  return g_ascii_string_to_signed (length, 10, 0, G_MAXINT64, &value, NULL) ? value : G_MAXINT64;
}

static enum MHD_Result note_if_no_text (void *data, enum MHD_ValueKind kind, const char *name,
                                        size_t name_length, const char *value, size_t value_length)
{
  gboolean *is_text = data;

  *is_text = g_utf8_validate_len (name, name_length, NULL)
             && (value == NULL || g_utf8_validate_len (value, value_length, NULL));
  return *is_text ? MHD_YES : MHD_NO;
}

#define NO_TEXT 0xff /* in no UTF-8 */

size_t dispatch_unescape (void *data, struct MHD_Connection *connection, char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++) {
    gint high = from[0] == '%' ? g_ascii_xdigit_value (from[1]) : -1,
         low = high >= 0 ? g_ascii_xdigit_value (from[2]) : -1;

    if (low < 0) {
      *to++ = *from;
      continue;
    }
    *to++ = (char) (high + low > 0 ? high << 4 | low : NO_TEXT);
    from += 2;
  }
  *to = '\0';
  return (size_t) (to - text);
}

typedef struct {
  guint lengths, codings, hosts, tokens;
  gboolean odd;
} Framing;

/* RFC 9110, section 5.6.2: a field's name is a token. */
static gboolean is_token (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("!#$%&'*+-.^_`|~", *at) == NULL)
      return FALSE;
  return *text != '\0';
}

/* RFC 9110, section 5.5: no control character but a tab; a lone CR is the end of a line to
 * some. */
static gboolean is_value (const char *text, size_t length)
{
  for (size_t i = 0; i < length; i++)
    if (g_ascii_iscntrl (text[i]) && text[i] != '\t')
      return FALSE;
  return TRUE;
}

static enum MHD_Result note_framing (void *data, enum MHD_ValueKind kind, const char *name,
                                     size_t name_length, const char *value, size_t value_length)
{
  Framing *framing = data;

  framing->lengths += g_ascii_strcasecmp (name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0;
  framing->hosts += g_ascii_strcasecmp (name, MHD_HTTP_HEADER_HOST) == 0;
  framing->tokens += g_ascii_strcasecmp (name, MHD_HTTP_HEADER_AUTHORIZATION) == 0;
  if (g_ascii_strcasecmp (name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0) {
    framing->codings++;
    framing->odd |= value == NULL || g_ascii_strcasecmp (value, "chunked") != 0;
  }
  framing->odd |= strlen (name) != name_length || !is_token (name)
                  || (value != NULL && !is_value (value, value_length));
  return MHD_YES;
}

/* Where a request ends, and whose it is, must be beyond doubt: a proxy in between might
 * read it otherwise (RFC 9112, sections 3.2, 6.1 and 6.3). */
static gboolean is_framed (Request *request)
{
  Framing framing = { 0 };

  MHD_get_connection_values_n (request->connection, MHD_HEADER_KIND, note_framing, &framing);
  return !framing.odd && framing.lengths + framing.codings <= 1 && framing.hosts <= 1
         && framing.tokens <= 1;
}

/* UTF-8 without NUL, but for headers. */
static gboolean is_text (Request *request)
{
  gboolean good = g_utf8_validate (request->path, -1, NULL);

  if (good)
    MHD_get_connection_values_n (request->connection, MHD_GET_ARGUMENT_KIND | MHD_COOKIE_KIND,
                                 note_if_no_text, &good);
  return good;
}

/* Who is known may keep the connection idle; see SERVER_STRANGER_IDLE_S. */
static gboolean admit (Request *request)
{
  Stranger *stranger = stranger_of (request->connection);

  if (request->route->authorise == NULL)
    return TRUE;
  if (!request->route->authorise (request))
    return FALSE;
  MHD_set_connection_option (request->connection, MHD_CONNECTION_OPTION_TIMEOUT,
                             request->serving->options.limits.idle_s);
  if (stranger != NULL)
    strangers_let (request->serving->strangers, stranger, request->owner);
  return TRUE;
}

static void note_no_body (Request *request)
{
  request_note_refusal (request, MHD_HTTP_CONTENT_TOO_LARGE, "size",
                        _ ("this request takes no body"));
}

static void note_too_large (Request *request)
{
  request_note_refusal (request, MHD_HTTP_CONTENT_TOO_LARGE, "size",
                        _ ("the body is larger than the %zu bytes allowed here"),
                        request->route->body_most);
}

/* Decides by the headers alone; what is refused is noted. */
static void judge_headers (Request *request)
{
  const Route *route = request->route;
  gint64 length = announced (request);

  if (!is_framed (request))
    request_note_refusal (request, MHD_HTTP_BAD_REQUEST, "framing",
                          _ ("the request's headers leave in doubt where it ends"));
  else if (!is_text (request))
    request_note_refusal (request, MHD_HTTP_BAD_REQUEST, "text",
                          _ ("path, query and cookies must be UTF-8"));
  else if (route == NULL && request->allowed != NULL)
    request_note_refusal (request, MHD_HTTP_METHOD_NOT_ALLOWED, "method",
                          _ ("this path does not take this method"));
  else if (route == NULL)
    request_note_refusal (request, MHD_HTTP_NOT_FOUND, "path",
                          _ ("there is nothing under this path"));
  else if (!admit (request))
    return;
  else if (route->body_most == 0 && length > 0)
    note_no_body (request);
  else if (length != G_MAXINT64 && length > (gint64) route->body_most)
    note_too_large (request);
  else if (route->judge != NULL)
    route->judge (request);
}

/* Receiving -------------------------------------------------------------------------- */

static enum MHD_Result told (gboolean good)
{
  return good ? MHD_YES : MHD_NO;
}

/* A body that will be refused is still read if it is of a fair size, and thrown away:
 * else the client, still sending, may not see the answer. */
static enum MHD_Result begin (Request *request)
{
  judge_headers (request);
  if (request->refusal != 0
      && announced (request) > (gint64) request->serving->options.limits.refused_bytes)
    return told (request_answer_refusal (request));
  return MHD_YES;
}

static enum MHD_Result receive (Request *request, const char *data, size_t *length)
{
  const ServerLimits *limits = &request->serving->options.limits;
  gboolean late = g_get_monotonic_time () - request->started > limits->request_s * G_USEC_PER_SEC;

  if (request->refusal == 0 && request->body == NULL)
    note_no_body (request);
  if (request->refusal == 0 && !body_add (request->body, data, *length)) {
    if (body_had_room (request->body))
      note_too_large (request);
    else
      request_note_refusal (request, MHD_HTTP_SERVICE_UNAVAILABLE, "busy",
                            _ ("the hub has too much to do or is being stopped; try again"));
  }
  if (request->refusal != 0)
    request->thrown_away += *length;
  *length = 0;
  return told (!late && request->thrown_away <= limits->refused_bytes);
}

/* Whoever guesses waits, once a request; she may be cut off meanwhile. */
static gboolean must_wait (Request *request)
{
  Strangers *strangers = request->serving->strangers;
  Stranger *stranger = stranger_of (request->connection);

  if (stranger == NULL || request->waited || !strangers_is_delayed (strangers, stranger))
    return FALSE;
  request->waited = TRUE;
  request_suspend (request);
  strangers_delay (strangers, stranger, request_resume, request);
  return TRUE;
}

enum MHD_Result dispatch_handle (void *serving, struct MHD_Connection *connection, const char *path,
                                 const char *method, const char *version, const char *upload,
                                 size_t *upload_length, void **context)
{
  Request *request = *context;

  if (request == NULL && g_atomic_int_get (&((Serving *) serving)->stopping))
    return MHD_NO;
  if (request == NULL) {
    *context = request = request_new (serving, connection, path, method);
    return begin (request);
  }
  if (*upload_length > 0)
    return receive (request, upload, upload_length);
  if (must_wait (request))
    return MHD_YES;
  if (stranger_of (connection) != NULL)
    strangers_set_served (request->serving->strangers, stranger_of (connection), TRUE);
  return told (request->refusal != 0 ? request_answer_refusal (request)
                                     : request->route->run (request));
}

void dispatch_completed (void *data, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
  Request *request = *context;

  if (request != NULL && stranger_of (connection) != NULL) {
    if (request->status >= MHD_HTTP_BAD_REQUEST)
      strangers_note_refusal (request->serving->strangers, stranger_of (connection));
    strangers_set_served (request->serving->strangers, stranger_of (connection), FALSE);
  }
  request_free (request);
  *context = NULL;
}
