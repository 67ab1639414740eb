/* hub_connection.h: one kept connection to a hub whose key is pinned, over libcurl:
 * requests with bounded answers and bounded time.
 *
 * The machine's proxy settings are not used on their own: which way is tried, and when,
 * is hub_choice.h's to say. A hub whose machine has gone silent is given up after
 * HUB_CONNECTION_SILENT_S, where nothing comes back of what was sent.
 * Threads: an HubConnection belongs to one thread; hub_connection_start() once before
 * threads. Calls block on the network. */
#pragma once

#include <glib.h>

#define HUB_CONNECTION_ERROR hub_connection_error_quark ()
GQuark hub_connection_error_quark (void);
typedef enum {
  HUB_CONNECTION_ERROR_UNREACHABLE, /* no connection, time-out, broken off */
  HUB_CONNECTION_ERROR_PIN,         /* the server's key is another */
  HUB_CONNECTION_ERROR_TOO_LARGE,   /* the answer is larger than allowed */
  HUB_CONNECTION_ERROR_STOPPED,     /* *@stop was set */
  HUB_CONNECTION_ERROR_FILE,        /* the file for the answer cannot be written */
  HUB_CONNECTION_ERROR_OTHER,
} HubConnectionError;

#define HUB_CONNECTION_GZIP_FROM_BYTES 1024
#define HUB_CONNECTION_CONNECT_MS 5000
#define HUB_CONNECTION_SILENT_S 10

typedef struct _HubConnection HubConnection;

void hub_connection_start (void);
/* @pin as CURLOPT_PINNEDPUBLICKEY wants it; @token may be NULL; answers of more than
 * @answer_most bytes are refused. */
HubConnection *hub_connection_new (const char *url, const char *pin, const char *token,
                                   gsize answer_most, GError **error);
/* Instead of HUB_CONNECTION_CONNECT_MS and directly: how long a connection may take to be
 * made, and through which proxy ("http://proxy.example:3128", NULL for none). */
void hub_connection_set_way (HubConnection *http, gint connect_ms, const char *proxy);
void hub_connection_free (HubConnection *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubConnection, hub_connection_free)

typedef struct {
  guint status;
  GString *body;
  gint64 cursor;                /* Accueil-Cursor, -1 if absent */
  gint64 time_ms;               /* Accueil-Time, 0 if absent */
  char *epoch;                  /* Accueil-Epoch, NULL if absent */
  char *head;                   /* Accueil-Head, NULL if absent */
  char *held;                   /* Accueil-Held, NULL if absent */
  char *hubs;                   /* Accueil-Hubs, NULL if absent */
  char *pins;                   /* Accueil-Pins, NULL if absent */
  char *tag, *encoding, *range; /* ETag, Content-Encoding, Content-Range; NULL if absent */
} HubAnswer;
void hub_connection_answer_clear (HubAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HubAnswer, hub_connection_answer_clear)

/* Each fills @answer, whatever the status, or fails. @stop (may be NULL) ends the request
 * within a second once it is set. */
gboolean hub_connection_get (HubConnection *http, const char *path, gint timeout_ms, gint *stop,
                             HubAnswer *answer, GError **error);
/* @header: one more header line, or NULL. A body of more than
 * HUB_CONNECTION_GZIP_FROM_BYTES is sent as gzip if @gzip. */
gboolean hub_connection_post (HubConnection *http, const char *path, const char *header,
                              const char *body, gsize length, gboolean gzip, gint timeout_ms,
                              HubAnswer *answer, GError **error);
/* A large answer that is kept in a file, and gone on with where it was cut off. */
typedef struct {
  int fd;          /* open, at its end */
  gint64 most;     /* bytes that it may have */
  gint64 had;      /* that it has */
  char *tag;       /* of what it is the beginning of; NULL: of nothing. Free with g_free() */
  gboolean packed; /* what is there is gzip */
} HubDownload;
/* The rest of @download (200: all of it anew; 206); given up only when nothing comes for
 * @stall_s. Where it fails, what came is kept. */
gboolean hub_connection_download (HubConnection *http, const char *path, HubDownload *download,
                                  gint stall_s, HubAnswer *answer, GError **error);
