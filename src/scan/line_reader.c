#include "scan/line_reader.h"

#include "core/words.h"
#include "scan/line_source.h"
#include "scan/lines.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOOK_MS 1000  /* between looks at the path */
#define FULL_MS 5     /* between looks whether there is room again */
#define TURN 16       /* lines of one client before the others get theirs */
#define SAY_US G_USEC_PER_SEC

typedef struct {
  int fd;
  Lines *lines;    /* NULL: no such client */
  gint64 heard_us; /* when something last came */
  gboolean held;   /* lines may wait in it, for want of room or of their turn */
} Client;

struct _LineReader {
  char *name, *path;
  ReaderListener listener;
  GThread *thread;
  int stop_fd;
  /* Of the thread. */
  LineSource source;
  Client clients[LINE_READER_CLIENTS_MAX]; /* the first is the FIFO's or standard input */
  guint64 too_long, too_long_said, replaced, replaced_said;
  gint64 said_us;
};

/* States ----------------------------------------------------------------------------------------------------------------------------------------- */

static void tell (LineReader *reader, ReaderState state, const char *detail)
{
  reader->listener.state (reader->name, state, detail, reader->listener.data);
}

/* READY, or ENDED, with what was wrong with the codes so far. */
static void tell_faults (LineReader *reader, ReaderState state)
{
  g_autoptr (GString) detail = g_string_new (NULL);

  if (reader->too_long > 0)
    g_string_append_printf (detail, _("codes longer than %d bytes, left out: %" PRIu64), READER_CODE_BYTES_MAX, reader->too_long);
  if (reader->replaced > 0) {
    g_string_append (detail, detail->len > 0 ? "; " : "");
    g_string_append_printf (detail, _("characters that no code has, replaced by “?”: %" PRIu64), reader->replaced);
  }
  reader->too_long_said = reader->too_long;
  reader->replaced_said = reader->replaced;
  reader->said_us = g_get_monotonic_time ();
  tell (reader, state, detail->str);
}

static gboolean has_new_faults (const LineReader *reader)
{
  return reader->too_long != reader->too_long_said || reader->replaced != reader->replaced_said;
}

/* Clients ---------------------------------------------------------------------------------------------------------------------------------------- */

static void client_open (Client *client, int fd)
{
  *client = (Client) { .fd = fd, .lines = lines_new (fd) };
}

static void client_close (LineReader *reader, Client *client)
{
  g_clear_pointer (&client->lines, lines_free);
  if (reader->source.kind == LINE_SOURCE_SOCKET)
    close (client->fd);
}

static guint client_count (const LineReader *reader)
{
  guint count = 0;

  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++)
    count += reader->clients[i].lines != NULL ? 1 : 0;
  return count;
}

static void accept_client (LineReader *reader)
{
  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++) {
    int fd;
    if (reader->clients[i].lines != NULL)
      continue;
    fd = accept4 (reader->source.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd >= 0)
      client_open (&reader->clients[i], fd);
    return;
  }
}

/* Hands out lines that have come whole, up to a turn's or until there is no room. */
static void hand_out (LineReader *reader, Client *client)
{
  guint64 before = lines_replaced (client->lines);

  client->held = FALSE;
  for (guint i = 0; !client->held; i++) {
    gboolean cut = FALSE, full = reader->listener.full != NULL && reader->listener.full (reader->name, reader->listener.data);
    const char *line = full || i >= TURN ? NULL : lines_take (client->lines, &cut);
    client->held = full || i >= TURN;
    if (line == NULL)
      break;
    if (cut)
      reader->too_long++;
    else
      reader->listener.code (reader->name, line, client->heard_us, reader->listener.data);
  }
  reader->replaced += lines_replaced (client->lines) - before;
}

/* FALSE at the end of the client's lines. */
static gboolean serve (LineReader *reader, Client *client, gboolean readable)
{
  g_autoptr (GError) error = NULL;
  gboolean open = TRUE;

  if (readable && !client->held) {
    client->heard_us = g_get_monotonic_time ();
    open = lines_read (client->lines, &error);
  }
  hand_out (reader, client);
  if (!client->held && reader->source.kind == LINE_SOURCE_FIFO && lines_is_open (client->lines) && g_get_monotonic_time () - client->heard_us >= LINE_READER_PAUSE_MS * 1000) {
    lines_close (client->lines);
    hand_out (reader, client);
  }
  return open || client->held;
}

/* Waiting ---------------------------------------------------------------------------------------------------------------------------------------- */

static int wait_ms (const LineReader *reader)
{
  int wait = LOOK_MS;

  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++) {
    const Client *client = &reader->clients[i];
    if (client->lines != NULL && client->held)
      wait = MIN (wait, reader->listener.full != NULL && reader->listener.full (reader->name, reader->listener.data) ? FULL_MS : 0);
    else if (client->lines != NULL && reader->source.kind == LINE_SOURCE_FIFO && lines_is_open (client->lines))
      wait = MIN (wait, LINE_READER_PAUSE_MS / 4);
  }
  return wait;
}

/* FALSE when the reader is to stop. @readable says for each client whether something can be read, and whether somebody wants to connect. */
static gboolean wait_for_something (LineReader *reader, gboolean readable[LINE_READER_CLIENTS_MAX], gboolean *caller)
{
  struct pollfd fds[LINE_READER_CLIENTS_MAX + 2] = { { .fd = reader->stop_fd, .events = POLLIN } };
  gboolean room = client_count (reader) < LINE_READER_CLIENTS_MAX;

  fds[1] = (struct pollfd) { .fd = reader->source.kind == LINE_SOURCE_SOCKET && room ? reader->source.fd : -1, .events = POLLIN };
  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++) {
    const Client *client = &reader->clients[i];
    fds[i + 2] = (struct pollfd) { .fd = client->lines != NULL && !client->held ? client->fd : -1, .events = POLLIN };
  }
  if (poll (fds, G_N_ELEMENTS (fds), wait_ms (reader)) < 0)
    return TRUE;
  *caller = fds[1].revents != 0;
  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++)
    readable[i] = fds[i + 2].revents != 0;
  return fds[0].revents == 0;
}

/* Until the end of the input, the path's disappearance, or the stop. TRUE to go on. */
static gboolean read_all (LineReader *reader, ReaderState *why)
{
  gboolean ended = FALSE;

  if (reader->source.kind != LINE_SOURCE_SOCKET)
    client_open (&reader->clients[0], reader->source.fd);
  while (!ended) {
    gboolean readable[LINE_READER_CLIENTS_MAX] = { FALSE }, caller = FALSE;
    if (!wait_for_something (reader, readable, &caller))
      return FALSE;
    for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++)
      if (reader->clients[i].lines != NULL && !serve (reader, &reader->clients[i], readable[i])) {
        client_close (reader, &reader->clients[i]);
        ended = reader->source.kind != LINE_SOURCE_SOCKET;
      }
    if (caller)
      accept_client (reader);
    if (has_new_faults (reader) && g_get_monotonic_time () - reader->said_us >= SAY_US)
      tell_faults (reader, READER_READY);
    *why = ended ? READER_ENDED : READER_UNPLUGGED;
    ended = ended || !line_source_stands (&reader->source, reader->path);
  }
  return *why != READER_ENDED;
}

static void close_all (LineReader *reader)
{
  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++)
    if (reader->clients[i].lines != NULL)
      client_close (reader, &reader->clients[i]);
  line_source_close (&reader->source, reader->path);
}

/* FALSE when the reader is to stop. */
static gboolean pause_before_retry (const LineReader *reader)
{
  struct pollfd stop = { .fd = reader->stop_fd, .events = POLLIN };

  return poll (&stop, 1, LINE_READER_RETRY_MS) <= 0;
}

static gpointer work (gpointer data)
{
  LineReader *reader = data;
  gboolean on = TRUE;

  while (on) {
    g_autofree char *detail = NULL;
    ReaderState state = READER_FAILED;
    if (!line_source_open (&reader->source, reader->path, &state, &detail)) {
      tell (reader, state, detail);
      on = pause_before_retry (reader);
      continue;
    }
    tell_faults (reader, READER_READY);
    on = read_all (reader, &state);
    close_all (reader);
    if (on)
      tell (reader, READER_UNPLUGGED, _("its path was taken away"));
    else if (state == READER_ENDED)
      tell_faults (reader, READER_ENDED);
  }
  return NULL;
}

/* Life ------------------------------------------------------------------------------------------------------------------------------------------- */

LineReader *line_reader_new (const char *name, const char *path, const ReaderListener *listener)
{
  LineReader *reader = g_new0 (LineReader, 1);

  reader->name = g_strdup (name);
  reader->path = g_strdup (path);
  reader->listener = *listener;
  reader->source.fd = -1;
  reader->stop_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  reader->thread = g_thread_new ("lines", work, reader);
  return reader;
}

void line_reader_free (LineReader *reader)
{
  if (reader == NULL)
    return;
  eventfd_write (reader->stop_fd, 1);
  g_thread_join (reader->thread);
  close (reader->stop_fd);
  g_free (reader->name);
  g_free (reader->path);
  g_free (reader);
}
