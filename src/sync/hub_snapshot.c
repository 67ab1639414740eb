#include "sync/hub_snapshot.h"

#include "core/gzip_file.h"
#include "core/words.h"
#include "sync/failure.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define HTTP_OK 200
#define HTTP_PARTIAL 206
#define HTTP_OUTSIDE 416
/* Before the second try; doubled before each that follows. */
#define PAUSE_US (200 * 1000)

static int new_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_PROTOCOL,
                 _ ("taking the hub's snapshot: %s: %s"), path, g_strerror (errno));
  return fd;
}

/* One try; *@again: another may bring it. */
static gboolean try_once (HubConnection *http, HubDownload *download, HubAnswer *answer,
                          gboolean *again, GError **error)
{
  g_autoptr (GError) cause = NULL;

  hub_connection_answer_clear (answer);
  if (!hub_connection_download (http, "/v1/snapshot", download, HUB_SNAPSHOT_STALL_S, answer,
                                &cause)) {
    *again = g_error_matches (cause, HUB_CONNECTION_ERROR, HUB_CONNECTION_ERROR_UNREACHABLE);
    return failure_of_http (cause, error);
  }
  *again = FALSE;
  if (answer->status == HTTP_OK || answer->status == HTTP_PARTIAL)
    return TRUE;
  failure_of_answer (answer, &cause);
  *again = answer->status == HTTP_OUTSIDE
           || g_error_matches (cause, CLIENT_ERROR, CLIENT_ERROR_UNREACHABLE);
  if (answer->status == HTTP_OUTSIDE)
    download->had = 0; /* all of it */
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean get (HubConnection *http, HubDownload *download, HubAnswer *answer, GError **error)
{
  gulong pause_us = PAUSE_US;

  for (guint tries = 0;;) {
    g_autoptr (GError) cause = NULL;
    gint64 before = download->had;
    gboolean again;

    if (try_once (http, download, answer, &again, &cause))
      return TRUE;
    if (download->had > before) {
      tries = 0;
      pause_us = PAUSE_US;
    }
    if (!again || ++tries == HUB_SNAPSHOT_TRIES_MAX) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
    g_usleep (pause_us);
    pause_us *= 2;
  }
}

/* In the place of what came. */
static gboolean unpack (HubDownload *download, const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  int plain;
  gboolean good;

  if (!download->packed)
    return TRUE;
  unlink (path);
  plain = new_file (path, error);
  if (plain < 0)
    return FALSE;
  lseek (download->fd, 0, SEEK_SET);
  good = gzip_file_unpack (download->fd, plain, download->most, &cause);
  close (plain);
  if (good)
    return TRUE;
  g_set_error (error, CLIENT_ERROR, CLIENT_ERROR_PROTOCOL, _ ("taking the hub's snapshot: %s: %s"),
               path, cause->message);
  return FALSE;
}

gboolean hub_snapshot_fetch (HubConnection *http, const char *path, HubAnswer *answer,
                             GError **error)
{
  HubDownload download = { .fd = new_file (path, error), .most = CLIENT_SNAPSHOT_BYTES_MAX };
  gboolean good;

  if (download.fd < 0)
    return FALSE;
  good = get (http, &download, answer, error) && unpack (&download, path, error);
  close (download.fd);
  g_free (download.tag);
  if (!good)
    unlink (path);
  return good;
}
