/* http.h: one kept connection to a hub whose key is pinned, over libcurl: requests with bounded answers and bounded time.
 *
 * The machine's proxy settings are not used: a station speaks to its hub directly or not at all.
 * Threads: an Http belongs to one thread; http_start() once before threads. Calls block on the network.  */
#pragma once

#include <glib.h>

#define HTTP_ERROR http_error_quark ()
GQuark http_error_quark (void);
typedef enum {
  HTTP_ERROR_UNREACHABLE, /* no connection, time-out, broken off */
  HTTP_ERROR_PIN,         /* the server's key is another */
  HTTP_ERROR_TOO_LARGE,   /* the answer is larger than allowed */
  HTTP_ERROR_STOPPED,     /* *@stop was set */
  HTTP_ERROR_FILE,        /* the file for the answer cannot be written */
  HTTP_ERROR_OTHER,
} HttpError;

#define HTTP_GZIP_FROM_BYTES 1024

typedef struct _Http Http;

void http_start (void);
/* @pin as CURLOPT_PINNEDPUBLICKEY wants it; @token may be NULL; answers of more than @answer_most bytes are refused. */
Http *http_new (const char *url, const char *pin, const char *token, gsize answer_most, GError **error);
void http_free (Http *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Http, http_free)

typedef struct {
  guint status;
  GString *body;
  gint64 cursor;  /* Accueil-Cursor, -1 if absent */
  gint64 time_ms; /* Accueil-Time, 0 if absent */
  char *epoch;    /* Accueil-Epoch, NULL if absent */
  char *head;     /* Accueil-Head, NULL if absent */
} HttpAnswer;
void http_answer_clear (HttpAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HttpAnswer, http_answer_clear)

/* Each fills @answer, whatever the status, or fails. @stop (may be NULL) ends the request within a second once it is set. */
gboolean http_get (Http *http, const char *path, gint timeout_ms, gint *stop, HttpAnswer *answer, GError **error);
/* @header: one more header line, or NULL. A body of more than HTTP_GZIP_FROM_BYTES is sent as gzip if @gzip. */
gboolean http_post (Http *http, const char *path, const char *header, const char *body, gsize length, gboolean gzip, gint timeout_ms, HttpAnswer *answer, GError **error);
/* A good answer's body goes into the open file @fd, at most @most bytes; given up only when nothing comes for @stall_s. */
gboolean http_download (Http *http, const char *path, int fd, gint64 most, gint stall_s, HttpAnswer *answer, GError **error);
