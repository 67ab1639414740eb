/* Answers that go on: events as they are written, who is cut off, and the server's
 * end. */
#include "http/answer_stream.h"

#include "core/lock.h"
#include "http/request.h"
#include "unit/http/plain_client.h"

/* The streams that were begun, for the test to write to. */
static Lock mutex = LOCK_INIT;
static AnswerStream *begun;
static Wake wake;

static gboolean events (Request *request)
{
  AnswerStream *stream;
  gboolean good = request_answer_stream (request, ANSWER_STREAM_EVENTS, &stream);

  lock_take (&mutex);
  begun = stream;
  lock_wake_one (&wake);
  lock_give (&mutex);
  return good;
}

static const Route ROUTES[] = { { "GET", "/events", 0, NULL, NULL, events }, { 0 } };

static AnswerStream *open_stream (const PlainServer *plain, GSocketConnection **connection)
{
  static const char REQUEST[] = "GET /events HTTP/1.1\r\nHost: test\r\n\r\n";
  AnswerStream *stream;

  *connection = plain_connect (plain);
  plain_send (*connection, REQUEST, sizeof REQUEST - 1);
  lock_take (&mutex);
  while (begun == NULL)
    lock_wake_wait (&wake, &mutex);
  stream = begun;
  begun = NULL;
  lock_give (&mutex);
  return stream;
}

static void test_events (void)
{
  PlainServer plain;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (AnswerStream) stream = NULL;
  char *text;

  plain_start (&plain, ROUTES, (ServerOptions){ 0 });
  stream = open_stream (&plain, &connection);
  text = plain_read_until (connection, "\r\n\r\n"); /* headers come before the first event */
  plain_assert (text, 200, "Content-Type: text/event-stream");
  g_free (text);
  g_assert_true (answer_stream_event (stream, "count", "17", "one\ntwo\r\nthree"));
  text = plain_read_until (connection, "three\n\n");
  g_assert_nonnull (strstr (text, "event: count\nid: 17\ndata: one\ndata: two\ndata: three\n\n"));
  g_free (text);
  g_autoptr (GString) two = g_string_new (NULL);
  answer_stream_append (two, "count", NULL, "18");
  answer_stream_append (two, NULL, "19", "");
  g_assert_true (answer_stream_send (stream, two));
  text = plain_read_until (connection, "id: 19\ndata: \n\n");
  g_assert_nonnull (strstr (text, "event: count\ndata: 18\n\n"));
  g_free (text);
  g_assert_true (answer_stream_event (stream, NULL, NULL, ""));
  text = plain_read_until (connection, "data: \n\n");
  g_free (text);
  answer_stream_end (stream);
  g_assert_false (answer_stream_event (stream, NULL, NULL, "late"));
  text = plain_read_until (connection, "0\r\n\r\n"); /* the last chunk */
  g_assert_null (strstr (text, "late"));
  g_free (text);
  server_stop (plain.server);
}

/* A reader that takes nothing is cut off; one that has gone is noticed. */
static void test_cut_off (void)
{
  PlainServer plain;
  g_autoptr (GSocketConnection) slow = NULL, gone = NULL;
  g_autoptr (AnswerStream) to_slow = NULL, to_gone = NULL;
  g_autofree char *block = g_strnfill (64 * 1024, 'x');
  guint64 written = 0;

  plain_start (&plain, ROUTES, (ServerOptions){ 0 });
  to_slow = open_stream (&plain, &slow);
  to_gone = open_stream (&plain, &gone);
  g_io_stream_close (G_IO_STREAM (gone), NULL, NULL);
  while (answer_stream_event (to_gone, NULL, NULL, ""))
    g_thread_yield ();
  while (answer_stream_event (to_slow, NULL, NULL, block))
    written += strlen (block);
  g_assert_cmpuint (written, >=, ANSWER_STREAM_WAITING_BYTES_MAX - strlen (block));
  g_assert_false (answer_stream_event (to_slow, NULL, NULL, ""));
  server_stop (plain.server);
}

/* A server stops though streams sleep and others still have something to send. */
static void test_stop (void)
{
  PlainServer plain;
  g_autoptr (GSocketConnection) one = NULL, two = NULL;
  g_autoptr (AnswerStream) idle = NULL, busy = NULL;
  g_autofree char *block = g_strnfill (900 * 1024, 'x');

  plain_start (&plain, ROUTES, (ServerOptions){ 0 });
  idle = open_stream (&plain, &one);
  busy = open_stream (&plain, &two);
  g_assert_true (answer_stream_event (busy, NULL, NULL, block));
  server_stop (plain.server);
  g_assert_false (answer_stream_event (idle, NULL, NULL, ""));
  g_assert_false (answer_stream_event (busy, NULL, NULL, ""));
}

int main (int argc, char **argv)
{
  lock_wake_init (&wake);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/answer-stream/events", test_events);
  g_test_add_func ("/http/answer-stream/cut-off", test_cut_off);
  g_test_add_func ("/http/answer-stream/stop", test_stop);
  return g_test_run ();
}
