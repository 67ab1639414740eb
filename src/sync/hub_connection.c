#include "sync/hub_connection.h"

#include "core/descriptor.h"
#include "core/words.h"

#include <curl/curl.h>
#include <errno.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER_VALUE_MAX 2048
/* An idle connection is felt for: after so long, so often. */
#define KEEP_IDLE_S 5
#define KEEP_EVERY_S 3

G_DEFINE_QUARK (hub - connection - error - quark, hub_connection_error)

struct _HubConnection {
  CURL *curl;
  struct curl_slist *headers; /* of every request: the token */
  char *url;
  gsize answer_most;
  char reason[CURL_ERROR_SIZE];
  /* Of the request under way: */
  HubAnswer *answer;
  gint *stop;
  HubDownload *download; /* NULL: the body goes into the answer */
  gint64 received;
  HubConnectionError trouble; /* why a callback ended it */
  gboolean troubled;
};

void hub_connection_start (void)
{
  curl_global_init (CURL_GLOBAL_DEFAULT);
}

void hub_connection_answer_clear (HubAnswer *answer)
{
  if (answer->body != NULL)
    g_string_free (answer->body, TRUE);
  g_free (answer->epoch);
  g_free (answer->head);
  g_free (answer->held);
  g_free (answer->hubs);
  g_free (answer->tag);
  g_free (answer->encoding);
  g_free (answer->range);
  g_free (answer->pins);
  *answer = (HubAnswer){ 0 };
}

/* Callbacks of libcurl --------------------------------------------------------------- */

static size_t end_with (HubConnection *http, HubConnectionError trouble)
{
  http->trouble = trouble;
  http->troubled = TRUE;
  return 0;
}

/* What the body is that begins to come: all of it, or what was lacking. */
static gboolean begin_download (HubConnection *http, HubDownload *download, long status)
{
  const HubAnswer *answer = http->answer;
  g_autofree char *rest = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-", download->had);

  if (status == 206)
    return answer->range != NULL && g_str_has_prefix (answer->range, rest);
  g_free (download->tag);
  download->tag = g_strdup (answer->tag);
  download->packed = g_strcmp0 (answer->encoding, "gzip") == 0;
  download->had = 0;
  return ftruncate (download->fd, 0) == 0 && lseek (download->fd, 0, SEEK_SET) == 0;
}

static size_t keep_piece (HubConnection *http, const char *data, gsize length, long status)
{
  HubDownload *download = http->download;

  if (http->received == (gint64) length && !begin_download (http, download, status))
    return end_with (http, HUB_CONNECTION_ERROR_OTHER);
  if (download->had + (gint64) length > download->most)
    return end_with (http, HUB_CONNECTION_ERROR_TOO_LARGE);
  if (!descriptor_write (download->fd, data, length))
    return end_with (http, HUB_CONNECTION_ERROR_FILE);
  download->had += (gint64) length;
  return length;
}

static size_t on_body (char *data, size_t size, size_t count, void *user)
{
  HubConnection *http = user;
  gsize length = size * count;
  long status = 0;

  curl_easy_getinfo (http->curl, CURLINFO_RESPONSE_CODE, &status);
  http->received += (gint64) length;
  if (http->download != NULL && (status == 200 || status == 206))
    return keep_piece (http, data, length, status);
  if (http->received > (gint64) http->answer_most)
    return end_with (http, HUB_CONNECTION_ERROR_TOO_LARGE);
  g_string_append_len (http->answer->body, data, (gssize) length);
  return length;
}

/* The value if the header line is @name's; free with g_free(). */
static char *header_value (const char *line, gsize length, const char *name)
{
  gsize name_length = strlen (name);

  if (length <= name_length || length > name_length + HEADER_VALUE_MAX
      || g_ascii_strncasecmp (line, name, name_length) != 0 || line[name_length] != ':')
    return NULL;
  return g_strstrip (g_strndup (line + name_length + 1, length - name_length - 1));
}

static size_t on_header (char *line, size_t size, size_t count, void *user)
{
  HubConnection *http = user;
  gsize length = size * count;
  g_autofree char *cursor = header_value (line, length, "Accueil-Cursor"),
                  *time = header_value (line, length, "Accueil-Time");
  const struct {
    const char *name;
    char **place;
  } texts[] = {
    { "Accueil-Epoch", &http->answer->epoch },       { "Accueil-Head", &http->answer->head },
    { "Accueil-Held", &http->answer->held },         { "Accueil-Hubs", &http->answer->hubs },
    { "Accueil-Pins", &http->answer->pins },         { "ETag", &http->answer->tag },
    { "Content-Encoding", &http->answer->encoding }, { "Content-Range", &http->answer->range }
  };

  if (cursor != NULL
      && !g_ascii_string_to_signed (cursor, 10, 0, G_MAXINT64, &http->answer->cursor, NULL))
    http->answer->cursor = -1;
  if (time != NULL
      && !g_ascii_string_to_signed (time, 10, 0, G_MAXINT64, &http->answer->time_ms, NULL))
    http->answer->time_ms = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    char *value = header_value (line, length, texts[i].name);

    if (value == NULL)
      continue;
    g_free (*texts[i].place);
    *texts[i].place = value;
  }
  return length;
}

static int on_progress (void *user, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                        curl_off_t up)
{
  HubConnection *http = user;

  if (http->stop == NULL || !g_atomic_int_get (http->stop))
    return 0;
  end_with (http, HUB_CONNECTION_ERROR_STOPPED);
  return 1;
}

/* A machine that was cut off, or lost its power, says nothing any more: without this a
 * poll would wait for it to its end. */
static int on_socket (void *user, curl_socket_t socket, curlsocktype purpose)
{
  unsigned int silent_ms = HUB_CONNECTION_SILENT_S * 1000;

  setsockopt (socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &silent_ms, sizeof silent_ms);
  return CURL_SOCKOPT_OK;
}

/* Requests --------------------------------------------------------------------------- */

static gboolean set_up (HubConnection *http, const char *pin)
{
  CURL *curl = http->curl;

  /* The pin is the whole trust: the certificate is the hub's own, and no authority has
   * signed it. */
  return curl_easy_setopt (curl, CURLOPT_PINNEDPUBLICKEY, pin) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 0L) == CURLE_OK &&
         /* The pin alone decides; the system's authorities, loaded all the same, would
          * take 6 MB a connection. */
         curl_easy_setopt (curl, CURLOPT_CAINFO, NULL) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_CAPATH, NULL) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 0L) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_3) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_PROXY, "") == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long) HUB_CONNECTION_CONNECT_MS)
                == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_TCP_KEEPIDLE, (long) KEEP_IDLE_S) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_TCP_KEEPINTVL, (long) KEEP_EVERY_S) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_SOCKOPTFUNCTION, on_socket) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, http->reason) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_WRITEDATA, http) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_header) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_HEADERDATA, http) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_XFERINFODATA, http) == CURLE_OK
         && curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L) == CURLE_OK;
}

HubConnection *hub_connection_new (const char *url, const char *pin, const char *token,
                                   gsize answer_most, GError **error)
{
  g_autoptr (HubConnection) http = g_new0 (HubConnection, 1);

  http->url = g_strdup (url);
  while (g_str_has_suffix (http->url, "/"))
    http->url[strlen (http->url) - 1] = '\0';
  http->answer_most = answer_most;
  http->curl = curl_easy_init ();
  if (http->curl == NULL || !set_up (http, pin)) {
    g_set_error (error, HUB_CONNECTION_ERROR, HUB_CONNECTION_ERROR_OTHER,
                 _ ("preparing to speak to the hub %s: libcurl refuses"), url);
    return NULL;
  }
  if (token != NULL) {
    g_autofree char *header = g_strconcat ("Authorization: Bearer ", token, NULL);
    http->headers = curl_slist_append (NULL, header);
  }
  return g_steal_pointer (&http);
}

void hub_connection_set_way (HubConnection *http, gint connect_ms, const char *proxy)
{
  curl_easy_setopt (http->curl, CURLOPT_CONNECTTIMEOUT_MS, (long) connect_ms);
  curl_easy_setopt (http->curl, CURLOPT_PROXY, proxy != NULL ? proxy : "");
}

void hub_connection_free (HubConnection *http)
{
  if (http == NULL)
    return;
  if (http->curl != NULL)
    curl_easy_cleanup (http->curl);
  curl_slist_free_all (http->headers);
  g_free (http->url);
  g_free (http);
}

static HubConnectionError kind_of (CURLcode code)
{
  switch (code) {
  case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    return HUB_CONNECTION_ERROR_PIN;
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_RESOLVE_PROXY:
  case CURLE_PROXY:
  case CURLE_COULDNT_CONNECT:
  case CURLE_OPERATION_TIMEDOUT:
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_SEND_ERROR:
  case CURLE_RECV_ERROR:
  case CURLE_GOT_NOTHING:
  case CURLE_PARTIAL_FILE:
    return HUB_CONNECTION_ERROR_UNREACHABLE;
  default:
    return HUB_CONNECTION_ERROR_OTHER;
  }
}

static gboolean explain (HubConnection *http, CURLcode code, GError **error)
{
  HubConnectionError kind = http->troubled ? http->trouble : kind_of (code);
  const char *reason = http->reason[0] != '\0' ? http->reason : curl_easy_strerror (code);

  switch (kind) {
  case HUB_CONNECTION_ERROR_PIN:
    g_set_error (
        error, HUB_CONNECTION_ERROR, kind,
        _ ("speaking to the hub %s: its key is not the one this station enrolled with; somebody is "
           "in between, or the hub was set up anew. If it was, enrol again with a new code"),
        http->url);
    break;
  case HUB_CONNECTION_ERROR_TOO_LARGE:
    g_set_error (error, HUB_CONNECTION_ERROR, kind,
                 _ ("speaking to the hub %s: its answer is larger than allowed"), http->url);
    break;
  case HUB_CONNECTION_ERROR_STOPPED:
    g_set_error (error, HUB_CONNECTION_ERROR, kind, _ ("speaking to the hub %s: stopped"),
                 http->url);
    break;
  case HUB_CONNECTION_ERROR_FILE:
    g_set_error (error, HUB_CONNECTION_ERROR, kind, _ ("keeping the answer of the hub %s: %s"),
                 http->url, g_strerror (errno));
    break;
  case HUB_CONNECTION_ERROR_UNREACHABLE:
    g_set_error (
        error, HUB_CONNECTION_ERROR, kind,
        _ ("the hub %s cannot be reached: %s; this station works on, and catches up later"),
        http->url, reason);
    break;
  case HUB_CONNECTION_ERROR_OTHER:
  default:
    g_set_error (error, HUB_CONNECTION_ERROR, kind, _ ("speaking to the hub %s: %s"), http->url,
                 reason);
  }
  return FALSE;
}

/* Runs the request that is set up, with @extra headers (taken over) before the shared
 * ones. */
static gboolean perform (HubConnection *http, const char *path, struct curl_slist *extra,
                         HubAnswer *answer, GError **error)
{
  g_autofree char *url = g_strconcat (http->url, path, NULL);
  long status = 0;
  CURLcode code;

  for (struct curl_slist *header = http->headers; header != NULL; header = header->next)
    extra = curl_slist_append (extra, header->data);
  *answer = (HubAnswer){ .body = g_string_new (NULL), .cursor = -1 };
  http->answer = answer;
  http->received = 0;
  http->troubled = FALSE;
  http->reason[0] = '\0';
  curl_easy_setopt (http->curl, CURLOPT_URL, url);
  curl_easy_setopt (http->curl, CURLOPT_HTTPHEADER, extra);
  code = curl_easy_perform (http->curl);
  curl_easy_setopt (http->curl, CURLOPT_HTTPHEADER, NULL);
  curl_slist_free_all (extra);
  http->answer = NULL;
  http->stop = NULL;
  http->download = NULL;
  if (code != CURLE_OK) {
    hub_connection_answer_clear (answer);
    return explain (http, code, error);
  }
  curl_easy_getinfo (http->curl, CURLINFO_RESPONSE_CODE, &status);
  answer->status = (guint) status;
  return TRUE;
}

static void set_times (HubConnection *http, gint timeout_ms, gint stall_s)
{
  curl_easy_setopt (http->curl, CURLOPT_TIMEOUT_MS, (long) timeout_ms);
  curl_easy_setopt (http->curl, CURLOPT_LOW_SPEED_LIMIT, stall_s > 0 ? 1L : 0L);
  curl_easy_setopt (http->curl, CURLOPT_LOW_SPEED_TIME, (long) stall_s);
}

gboolean hub_connection_get (HubConnection *http, const char *path, gint timeout_ms, gint *stop,
                             HubAnswer *answer, GError **error)
{
  curl_easy_setopt (http->curl, CURLOPT_HTTPGET, 1L);
  set_times (http, timeout_ms, 0);
  http->stop = stop;
  return perform (http, path, NULL, answer, error);
}

static GBytes *gzip_of (const char *body, gsize length)
{
  g_autoptr (GConverter) compressor
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, compressor);

  if (!g_output_stream_write_all (stream, body, length, NULL, NULL, NULL)
      || !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

gboolean hub_connection_post (HubConnection *http, const char *path, const char *header,
                              const char *body, gsize length, gboolean gzip, gint timeout_ms,
                              HubAnswer *answer, GError **error)
{
  g_autoptr (GBytes) packed
      = gzip && length >= HUB_CONNECTION_GZIP_FROM_BYTES ? gzip_of (body, length) : NULL;
  struct curl_slist *headers = curl_slist_append (NULL, "Content-Type: application/x-ndjson");
  gsize size = length;
  const char *data = packed != NULL ? g_bytes_get_data (packed, &size) : body;
  gboolean good;

  headers = curl_slist_append (
      headers, "Expect:"); /* the hub answers before it has read all, where it refuses */
  if (header != NULL)
    headers = curl_slist_append (headers, header);
  if (packed != NULL)
    headers = curl_slist_append (headers, "Content-Encoding: gzip");
  curl_easy_setopt (http->curl, CURLOPT_POST, 1L);
  curl_easy_setopt (http->curl, CURLOPT_POSTFIELDS, data);
  curl_easy_setopt (http->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) size);
  set_times (http, timeout_ms, 0);
  good = perform (http, path, headers, answer, error);
  curl_easy_setopt (http->curl, CURLOPT_POSTFIELDS, NULL);
  return good;
}

gboolean hub_connection_download (HubConnection *http, const char *path, HubDownload *download,
                                  gint stall_s, HubAnswer *answer, GError **error)
{
  struct curl_slist *headers = curl_slist_append (NULL, "Accept-Encoding: gzip");

  if (download->had > 0 && download->tag != NULL) {
    g_autofree char *range = g_strdup_printf ("Range: bytes=%" G_GINT64_FORMAT "-", download->had),
                    *only_of = g_strconcat ("If-Range: ", download->tag, NULL);

    headers = curl_slist_append (headers, range);
    headers = curl_slist_append (headers, only_of);
  }
  curl_easy_setopt (http->curl, CURLOPT_HTTPGET, 1L);
  set_times (http, 0, stall_s);
  http->download = download;
  return perform (http, path, headers, answer, error);
}
