#include "http/answer_stream.h"

#include "core/lock.h"

#include <microhttpd.h>
#include <string.h>

#define BLOCK_BYTES 16384

struct _AnswerStreams {
  Lock mutex;
  GPtrArray *open; /* AnswerStream, each until its connection has ended; under mutex */
  gboolean stopping;
};

struct _AnswerStream {
  gatomicrefcount references;
  AnswerStreams *all;
  Lock mutex;
  struct MHD_Connection *connection; /* NULL once it has ended; under mutex, as all below */
  GByteArray *waiting;
  gboolean suspended; /* nothing waits, and the connection sleeps */
  gboolean ended;     /* nothing is taken any more */
};

/* Wakes the connection if it sleeps; under mutex. */
static void wake (AnswerStream *stream)
{
  if (stream->suspended && stream->connection != NULL) {
    stream->suspended = FALSE;
    MHD_resume_connection (stream->connection);
  }
}

/* Ends it; with @drop, what waits is not sent any more. */
static void end (AnswerStream *stream, gboolean drop)
{
  lock_take (&stream->mutex);
  stream->ended = TRUE;
  if (drop)
    g_byte_array_set_size (stream->waiting, 0);
  wake (stream);
  lock_give (&stream->mutex);
}

void answer_stream_unref (AnswerStream *stream)
{
  if (stream == NULL || !g_atomic_ref_count_dec (&stream->references))
    return;
  lock_clear (&stream->mutex);
  g_byte_array_unref (stream->waiting);
  g_free (stream);
}

/* Writing ---------------------------------------------------------------------------- */

static gboolean write_text (AnswerStream *stream, const char *text, gsize length)
{
  gboolean taken;

  lock_take (&stream->mutex);
  if (stream->waiting->len + length > ANSWER_STREAM_WAITING_BYTES_MAX) {
    stream->ended = TRUE;
    g_byte_array_set_size (stream->waiting, 0);
  }
  taken = !stream->ended && stream->connection != NULL;
  if (taken)
    g_byte_array_append (stream->waiting, (const guint8 *) text, (guint) length);
  wake (stream);
  lock_give (&stream->mutex);
  return taken;
}

void answer_stream_append (GString *text, const char *name, const char *id, const char *data)
{
  if (name != NULL)
    g_string_append_printf (text, "event: %s\n", name);
  if (id != NULL)
    g_string_append_printf (text, "id: %s\n", id);
  while (TRUE) {
    gsize line = strcspn (data, "\r\n");

    g_string_append (text, "data: ");
    g_string_append_len (text, data, (gssize) line);
    g_string_append_c (text, '\n');
    data += line;
    if (*data == '\0')
      break;
    data += data[0] == '\r' && data[1] == '\n' ? 2 : 1;
  }
  g_string_append_c (text, '\n');
}

gboolean answer_stream_send (AnswerStream *stream, const GString *events)
{
  return write_text (stream, events->str, events->len);
}

gboolean answer_stream_event (AnswerStream *stream, const char *name, const char *id,
                              const char *data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  answer_stream_append (text, name, id, data);
  return answer_stream_send (stream, text);
}

void answer_stream_end (AnswerStream *stream)
{
  end (stream, FALSE);
}

/* Sending ---------------------------------------------------------------------------- */

/* libmicrohttpd wants more of the answer. */
static ssize_t give (void *data, uint64_t position, char *buffer, size_t room)
{
  AnswerStream *stream = data;
  ssize_t given;

  lock_take (&stream->mutex);
  given = (ssize_t) MIN (room, stream->waiting->len);
  if (given > 0) {
    memcpy (buffer, stream->waiting->data, (gsize) given);
    g_byte_array_remove_range (stream->waiting, 0, (guint) given);
  } else if (stream->ended)
    given = MHD_CONTENT_READER_END_OF_STREAM;
  else {
    stream->suspended = TRUE;
    MHD_suspend_connection (stream->connection);
  }
  lock_give (&stream->mutex);
  return given;
}

/* The answer is over, or the connection is. */
static void over (void *data)
{
  AnswerStream *stream = data;
  AnswerStreams *all = stream->all;

  lock_take (&all->mutex);
  g_ptr_array_remove_fast (all->open, stream);
  lock_give (&all->mutex);
  lock_take (&stream->mutex);
  stream->connection = NULL;
  lock_give (&stream->mutex);
  answer_stream_unref (stream);
}

AnswerStream *answer_stream_new (AnswerStreams *streams, struct MHD_Connection *connection,
                                 struct MHD_Response **response)
{
  AnswerStream *stream = g_new0 (AnswerStream, 1);

  g_atomic_ref_count_init (&stream->references);
  stream->all = streams;
  stream->connection = connection;
  stream->waiting = g_byte_array_new ();
  lock_init (&stream->mutex);
  *response = MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, BLOCK_BYTES, give, stream, over);
  if (*response == NULL) {
    answer_stream_unref (stream);
    return NULL;
  }
  g_atomic_ref_count_inc (&stream->references); /* the response's */
  lock_take (&streams->mutex);
  stream->ended = streams->stopping;
  g_ptr_array_add (streams->open, stream);
  lock_give (&streams->mutex);
  return stream;
}

/* All of a server -------------------------------------------------------------------- */

AnswerStreams *answer_stream_list_new (void)
{
  AnswerStreams *streams = g_new0 (AnswerStreams, 1);

  lock_init (&streams->mutex);
  streams->open = g_ptr_array_new ();
  return streams;
}

void answer_stream_list_stop (AnswerStreams *streams)
{
  lock_take (&streams->mutex);
  streams->stopping = TRUE;
  for (guint i = 0; i < streams->open->len; i++)
    end (streams->open->pdata[i], TRUE);
  lock_give (&streams->mutex);
}

void answer_stream_list_free (AnswerStreams *streams)
{
  if (streams == NULL)
    return;
  lock_clear (&streams->mutex);
  g_ptr_array_unref (streams->open);
  g_free (streams);
}
