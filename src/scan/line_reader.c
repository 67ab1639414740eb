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

#define LOOK_MS 1000 /* between looks at the path */
#define FULL_MS 5    /* between looks whether there is room again */
#define TURN 16      /* lines of one client before the others get theirs */
#define SAY_US G_USEC_PER_SEC

typedef struct {
  int fd;
  Lines *lines;    /* NULL: no such client */
  gint64 heard_us; /* when something last came */
  gboolean held;   /* lines may wait in it, for want of room or of their turn */
  gboolean cut;    /* the line under way is counted as too long */
} Client;

/* What is wrong, as far as it goes on without this reader: told as READY's detail. Counts
 * but for `refused`, errno of accept4(2), and the last two, yes or no. */
typedef struct {
  guint64 too_long, replaced, cut_off, refused, crowded, flooded;
} Faults;

struct _LineReader {
  char *name, *path;
  ReaderListener listener;
  GThread *thread;
  int stop_fd;
  /* Of the thread. */
  LineSource source;
  Client clients[LINE_READER_CLIENTS_MAX]; /* the first is the FIFO's or standard input */
  Faults faults, said;
  gint64 said_us;
  gint64 call_us; /* before it, callers are not looked at */
  gint64 full_us; /* since when lines wait for want of room; 0: none do */
  char *failure;  /* why the input has ended, if not by its end */
};

/* States ----------------------------------------------------------------------------- */

static void tell (LineReader *reader, ReaderState state, const char *detail)
{
  reader->listener.state (reader->name, state, detail, reader->listener.data);
}

static void add_count (GString *detail, const char *what, guint64 count)
{
  if (count > 0)
    g_string_append_printf (detail, "%s%s: %" G_GUINT64_FORMAT, detail->len > 0 ? "; " : "", what,
                            count);
}

static void add_text (GString *detail, const char *text)
{
  g_string_append_printf (detail, "%s%s", detail->len > 0 ? "; " : "", text);
}

/* READY, or ENDED, with what was wrong so far. */
static void tell_faults (LineReader *reader, ReaderState state)
{
  const Faults *faults = &reader->faults;
  g_autoptr (GString) detail = g_string_new (state == READER_ENDED ? reader->failure : NULL);
  g_autofree char *too_long
      = g_strdup_printf (_ ("codes longer than %d bytes, left out"), READER_CODE_BYTES_MAX);
  g_autofree char *crowd = g_strdup_printf (_ ("%d programs are connected, as many as may be, and "
                                               "others wait: end those that send nothing"),
                                            LINE_READER_CLIENTS_MAX);

  add_count (detail, too_long, faults->too_long);
  add_count (detail, _ ("characters that no code has, replaced by “?”"), faults->replaced);
  add_count (detail, _ ("programs that sent nothing, cut off for others that waited"),
             faults->cut_off);
  if (faults->crowded != 0)
    add_text (detail, crowd);
  if (faults->refused != 0) {
    g_autofree char *refused
        = g_strdup_printf (_ ("programs cannot connect: %s"), g_strerror ((int) faults->refused));
    add_text (detail, refused);
  }
  if (faults->flooded != 0)
    add_text (detail,
              _ ("codes come faster than they can be taken: whoever sends them is made to wait"));
  reader->said = *faults;
  reader->said_us = g_get_monotonic_time ();
  tell (reader, state, detail->str);
}

static gboolean has_new_faults (const LineReader *reader)
{
  return memcmp (&reader->faults, &reader->said, sizeof reader->said) != 0;
}

/* Clients ---------------------------------------------------------------------------- */

static void client_open (Client *client, int fd)
{
  *client = (Client){ .fd = fd, .lines = lines_new (fd), .heard_us = g_get_monotonic_time () };
}

static void client_close (LineReader *reader, Client *client)
{
  g_clear_pointer (&client->lines, lines_free);
  if (reader->source.kind == LINE_SOURCE_SOCKET)
    close (client->fd);
  reader->call_us = 0;
}

/* A place for who calls: a free one, or that of the client that has been silent for
 * longest; NULL if there is none. */
static Client *find_place (LineReader *reader)
{
  Client *place = &reader->clients[0];

  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++) {
    Client *client = &reader->clients[i];
    if (client->lines == NULL)
      return client;
    if (!client->held && (place->held || client->heard_us < place->heard_us))
      place = client;
  }
  if (place->held || g_get_monotonic_time () - place->heard_us < LINE_READER_SILENT_MS * 1000)
    return NULL;
  client_close (reader, place);
  reader->faults.cut_off++;
  return place;
}

/* Who cannot be let in would be seen again at once, so callers are then left alone for a
 * moment. */
static void accept_client (LineReader *reader)
{
  Client *place = find_place (reader);
  int fd
      = place != NULL ? accept4 (reader->source.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;
  int number = place != NULL && fd < 0 && errno != EAGAIN && errno != ECONNABORTED && errno != EINTR
                   ? errno
                   : 0;

  if (fd >= 0)
    client_open (place, fd);
  reader->faults.crowded = place == NULL ? 1 : 0;
  reader->faults.refused = (guint64) number;
  if (place == NULL || number != 0)
    reader->call_us = g_get_monotonic_time () + LOOK_MS * 1000;
}

static gboolean has_room (const LineReader *reader)
{
  return reader->listener.full == NULL
         || !reader->listener.full (reader->name, reader->listener.data);
}

static void take_line (LineReader *reader, Client *client, const char *line, gboolean cut)
{
  if (!cut)
    reader->listener.code (reader->name, line, client->heard_us, reader->listener.data);
  else if (!client->cut)
    reader->faults.too_long++;
  client->cut = FALSE;
}

/* Hands out lines that have come whole, up to a turn's or until there is no room. */
static void hand_out (LineReader *reader, Client *client)
{
  guint64 before = lines_replaced (client->lines);

  client->held = FALSE;
  for (guint i = 0; !client->held; i++) {
    gboolean cut = FALSE, full = !has_room (reader);
    const char *line = full || i >= TURN ? NULL : lines_take (client->lines, &cut);
    client->held = full || i >= TURN;
    if (full && reader->full_us == 0)
      reader->full_us = g_get_monotonic_time ();
    if (line == NULL)
      break;
    take_line (reader, client, line, cut);
  }
  /* Said before its end, which may never come. */
  if (lines_is_cut (client->lines) && !client->cut) {
    client->cut = TRUE;
    reader->faults.too_long++;
  }
  reader->faults.replaced += lines_replaced (client->lines) - before;
}

/* FALSE at the end of the client's lines. */
static gboolean serve (LineReader *reader, Client *client, gboolean readable)
{
  g_autoptr (GError) error = NULL;
  gboolean open = TRUE;

  if (readable && !client->held) {
    client->heard_us = g_get_monotonic_time ();
    open = lines_read (client->lines, &error);
    if (error != NULL && reader->failure == NULL)
      reader->failure = g_strdup (error->message);
  }
  hand_out (reader, client);
  if (!client->held && reader->source.kind == LINE_SOURCE_FIFO && lines_is_open (client->lines)
      && g_get_monotonic_time () - client->heard_us >= LINE_READER_PAUSE_MS * 1000) {
    lines_close (client->lines);
    hand_out (reader, client);
  }
  return open || client->held;
}

/* Waiting ---------------------------------------------------------------------------- */

static int wait_ms (const LineReader *reader)
{
  int wait = LOOK_MS;

  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++) {
    const Client *client = &reader->clients[i];
    if (client->lines != NULL && client->held)
      wait = MIN (wait, has_room (reader) ? 0 : FULL_MS);
    else if (client->lines != NULL && reader->source.kind == LINE_SOURCE_FIFO
             && lines_is_open (client->lines))
      wait = MIN (wait, LINE_READER_PAUSE_MS / 4);
  }
  return wait;
}

/* FALSE when the reader is to stop. @readable says for each client whether something can
 * be read, and whether somebody wants to connect. */
static gboolean wait_for_something (LineReader *reader, gboolean readable[LINE_READER_CLIENTS_MAX],
                                    gboolean *caller)
{
  struct pollfd fds[LINE_READER_CLIENTS_MAX + 2] = { { .fd = reader->stop_fd, .events = POLLIN } };
  gboolean open
      = reader->source.kind == LINE_SOURCE_SOCKET && g_get_monotonic_time () >= reader->call_us;

  fds[1] = (struct pollfd){ .fd = open ? reader->source.fd : -1, .events = POLLIN };
  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++) {
    const Client *client = &reader->clients[i];
    fds[i + 2] = (struct pollfd){ .fd = client->lines != NULL && !client->held ? client->fd : -1,
                                  .events = POLLIN };
  }
  if (poll (fds, G_N_ELEMENTS (fds), wait_ms (reader)) < 0)
    return TRUE;
  *caller = fds[1].revents != 0;
  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++)
    readable[i] = fds[i + 2].revents != 0;
  return fds[0].revents == 0;
}

/* What has passed is told no more. */
static void forget_faults (LineReader *reader, gboolean caller)
{
  gint64 now_us = g_get_monotonic_time ();
  gboolean held = FALSE;

  for (guint i = 0; i < LINE_READER_CLIENTS_MAX; i++)
    held = held || (reader->clients[i].lines != NULL && reader->clients[i].held);
  if (!held)
    reader->full_us = 0;
  reader->faults.flooded = reader->full_us != 0 && now_us - reader->full_us >= SAY_US ? 1 : 0;
  if (!caller && now_us >= reader->call_us)
    reader->faults.crowded = reader->faults.refused = 0;
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
    forget_faults (reader, caller);
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
      tell (reader, READER_UNPLUGGED, _ ("its path was taken away"));
    else if (state == READER_ENDED)
      tell_faults (reader, READER_ENDED);
  }
  return NULL;
}

/* Life ------------------------------------------------------------------------------- */

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
  g_free (reader->failure);
  g_free (reader->name);
  g_free (reader->path);
  g_free (reader);
}
