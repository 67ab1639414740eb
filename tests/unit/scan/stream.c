/* The stream: codes and states of several readers' threads arrive in one, in order,
 * bounded, and what is left out is counted and said. */
#include "scan/stream.h"

#include <string.h>

typedef struct {
  GPtrArray *codes;  /* "reader text" */
  GPtrArray *states; /* "reader state detail" */
  GThread *thread;
} Seen;

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Seen *seen = data;

  g_assert_true (g_thread_self () == seen->thread);
  g_ptr_array_add (seen->codes, g_strdup_printf ("%s %s", reader, text));
}

static void on_state (const StreamReader *reader, gpointer data)
{
  Seen *seen = data;

  g_assert_true (g_thread_self () == seen->thread);
  g_ptr_array_add (seen->states,
                   g_strdup_printf ("%s %s %s", reader->name, reader_state_name (reader->state),
                                    reader->detail));
}

static Stream *begin (Seen *seen)
{
  StreamHandler handler = { on_code, on_state, seen };

  *seen = (Seen){ g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free),
                  g_thread_self () };
  return stream_new (NULL, &handler);
}

static void end (Seen *seen, Stream *stream)
{
  stream_free (stream);
  g_ptr_array_unref (seen->codes);
  g_ptr_array_unref (seen->states);
}

static void iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE)) {
  }
}

static ReaderListener add (Stream *stream, const char *name)
{
  g_autoptr (GError) error = NULL;

  stream_add (stream, name, "test", &error);
  g_assert_no_error (error);
  return stream_listener (stream);
}

static void check_last (GPtrArray *list, const char *text)
{
  g_assert_cmpuint (list->len, >, 0);
  g_assert_cmpstr (g_ptr_array_index (list, list->len - 1), ==, text);
}

static void test_delivers (void)
{
  Seen seen;
  Stream *stream = begin (&seen);
  ReaderListener door = add (stream, "door"), eye = add (stream, "eye");
  StreamReader reader;

  door.state ("door", READER_READY, "", door.data);
  door.code ("door", "AC:1", 10, door.data);
  eye.code ("eye", "AC:2", 20, eye.data);
  eye.code ("nobody", "AC:3", 30, eye.data);
  eye.state ("nobody", READER_READY, "", eye.data);
  g_assert_cmpuint (seen.codes->len, ==, 0); /* only in the context */
  iterate ();
  g_assert_cmpuint (seen.codes->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (seen.codes, 0), ==, "door AC:1");
  check_last (seen.codes, "eye AC:2");
  g_assert_cmpuint (seen.states->len, ==, 1);
  check_last (seen.states, "door ready ");
  reader = stream_reader (stream, 1);
  g_assert_cmpstr (reader.name, ==, "eye");
  g_assert_cmpstr (reader.kind, ==, "test");
  g_assert_cmpuint (reader.codes, ==, 1);
  g_assert_cmpint (reader.last_us, ==, 20);
  g_assert_cmpint (reader.state, ==, READER_STARTING);
  end (&seen, stream);
}

static void test_debounces_across_readers (void)
{
  Seen seen;
  Stream *stream = begin (&seen);
  ReaderListener door = add (stream, "door"), eye = add (stream, "eye");

  door.code ("door", "AC:1", 0, door.data);
  eye.code ("eye", "AC:1", G_USEC_PER_SEC / 2, eye.data);
  eye.code ("eye", "AC:1", 3 * G_USEC_PER_SEC, eye.data);
  iterate ();
  g_assert_cmpuint (seen.codes->len, ==, 2);
  check_last (seen.codes, "eye AC:1");
  g_assert_cmpuint (stream_reader (stream, 1).repeats, ==, 1);
  end (&seen, stream);
}

/* A reader that floods loses its own codes, and no other's; what it lost is said; the
 * same code is a scan once there is room. */
static void test_full (void)
{
  Seen seen;
  Stream *stream = begin (&seen);
  ReaderListener flood = add (stream, "flood"), door = add (stream, "door");
  guint lost = 3;

  flood.state ("flood", READER_READY, "", flood.data);
  for (guint i = 0; i < STREAM_WAITING_MAX + lost; i++) {
    g_autofree char *text = g_strdup_printf ("AC:%u", i);
    g_assert_cmpint (flood.full ("flood", flood.data), ==, i >= STREAM_WAITING_MAX);
    flood.code ("flood", text, 0, flood.data);
  }
  g_assert_false (door.full ("door", door.data));
  door.code ("door", "AC:door", 0, door.data);
  iterate ();
  g_assert_cmpuint (seen.codes->len, ==, STREAM_WAITING_MAX + 1);
  check_last (seen.codes, "door AC:door");
  g_assert_cmpuint (stream_reader (stream, 0).lost, ==, lost);
  check_last (seen.states,
              "flood ready codes that came faster than they could be taken, and are lost: 3");
  g_assert_false (flood.full ("flood", flood.data));
  flood.code ("flood", "AC:64", 1, flood.data); /* was lost */
  iterate ();
  check_last (seen.codes, "flood AC:64");
  end (&seen, stream);
}

/* What is lost later is said too, but not oftener than once in STREAM_SAY_US. */
static void test_losses_are_said_in_time (void)
{
  Seen seen;
  Stream *stream = begin (&seen);
  ReaderListener flood = add (stream, "flood");
  gint64 first_us;
  guint before;

  for (guint i = 0; i < STREAM_WAITING_MAX + 1; i++) {
    g_autofree char *text = g_strdup_printf ("AC:%u", i);
    flood.code ("flood", text, 0, flood.data);
  }
  iterate ();
  first_us = g_get_monotonic_time ();
  before = seen.states->len;
  for (guint i = 0; i < STREAM_WAITING_MAX + 5; i++) {
    g_autofree char *text = g_strdup_printf ("AC:again %u", i);
    flood.code ("flood", text, 0, flood.data);
  }
  iterate ();
  while (seen.states->len == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - first_us, >=, STREAM_SAY_US * 9 / 10);
  check_last (seen.states,
              "flood starting codes that came faster than they could be taken, and are lost: 6");
  end (&seen, stream);
}

static void test_too_long (void)
{
  Seen seen;
  Stream *stream = begin (&seen);
  ReaderListener door = add (stream, "door");
  g_autofree char *fits = g_strnfill (READER_CODE_BYTES_MAX, 'x'),
                  *too_long = g_strnfill (READER_CODE_BYTES_MAX + 1, 'x');

  door.code ("door", too_long, 0, door.data);
  door.code ("door", fits, 0, door.data);
  iterate ();
  g_assert_cmpuint (seen.codes->len, ==, 1);
  g_assert_cmpuint (stream_reader (stream, 0).lost, ==, 1);
  end (&seen, stream);
}

/* The last state counts; the same again is not said twice; the end comes after the last
 * code. */
static void test_states (void)
{
  Seen seen;
  Stream *stream = begin (&seen);
  ReaderListener door = add (stream, "door");

  door.state ("door", READER_UNPLUGGED, "gone", door.data);
  door.state ("door", READER_READY, "back", door.data);
  iterate ();
  g_assert_cmpuint (seen.states->len, ==, 1);
  check_last (seen.states, "door ready back");
  door.state ("door", READER_READY, "back", door.data);
  iterate ();
  g_assert_cmpuint (seen.states->len, ==, 1);
  for (guint i = 0; i < STREAM_WAITING_MAX; i++) {
    g_autofree char *text = g_strdup_printf ("AC:%u", i);
    door.code ("door", text, 0, door.data);
  }
  door.state ("door", READER_ENDED, "", door.data);
  while (seen.states->len == 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (seen.codes->len, ==, STREAM_WAITING_MAX);
  check_last (seen.states, "door ended ");
  end (&seen, stream);
}

static void test_names (void)
{
  Seen seen;
  Stream *stream = begin (&seen);
  g_autofree char *too_long = g_strnfill (READER_NAME_MAX + 1, 'x');
  const char *const BAD[] = { "", "door", too_long };
  g_autoptr (GError) error = NULL;

  add (stream, "door");
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    g_assert_false (stream_add (stream, BAD[i], "test", &error));
    g_assert_error (error, STREAM_ERROR, STREAM_ERROR_NAME);
    g_clear_error (&error);
  }
  for (guint i = 1; i < STREAM_READERS_MAX; i++) {
    g_autofree char *name = g_strdup_printf ("reader %u", i);
    add (stream, name);
  }
  g_assert_false (stream_add (stream, "one more", "test", &error));
  g_assert_error (error, STREAM_ERROR, STREAM_ERROR_MANY);
  end (&seen, stream);
}

#define PER_THREAD 20000

typedef struct {
  const char *name;
  ReaderListener listener;
} Worker;

static gpointer flood (gpointer data)
{
  Worker *worker = data;

  for (guint i = 0; i < PER_THREAD; i++) {
    g_autofree char *text = g_strdup_printf ("%s:%u", worker->name, i);
    worker->listener.code (worker->name, text, g_get_monotonic_time (), worker->listener.data);
    if (i % 100 == 0)
      worker->listener.state (worker->name, i % 200 == 0 ? READER_READY : READER_UNPLUGGED, text,
                              worker->listener.data);
  }
  worker->listener.state (worker->name, READER_ENDED, "", worker->listener.data);
  return NULL;
}

static void free_thread (gpointer data)
{
  g_thread_join (data);
}

/* Four threads at once, faster than anybody scans: each code is delivered once or counted
 * as lost, each reader's in its order, and each end arrives. */
static void test_threads (void)
{
  static const char *const NAMES[] = { "a", "b", "c", "d" };
  Worker workers[G_N_ELEMENTS (NAMES)];
  Seen seen;
  Stream *stream = begin (&seen);
  guint64 ended = 0, last[G_N_ELEMENTS (NAMES)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    workers[i] = (Worker){ NAMES[i], add (stream, NAMES[i]) };
    stream_keep (stream, g_thread_new (NAMES[i], flood, &workers[i]), free_thread);
  }
  while (ended < G_N_ELEMENTS (NAMES)) {
    g_main_context_iteration (NULL, TRUE);
    ended = 0;
    for (guint i = 0; i < stream_count (stream); i++)
      ended += stream_reader (stream, i).state == READER_ENDED ? 1 : 0;
  }
  for (guint i = 0; i < stream_count (stream); i++) {
    StreamReader reader = stream_reader (stream, i);
    g_assert_cmpuint (reader.codes + reader.lost, ==, PER_THREAD);
    g_assert_cmpuint (reader.codes, >=, STREAM_WAITING_MAX);
  }
  for (guint i = 0; i < seen.codes->len; i++) {
    const char *code = g_ptr_array_index (seen.codes, i);
    guint worker = (guint) (code[0] - 'a');
    guint64 number = g_ascii_strtoull (strchr (code, ':') + 1, NULL, 10) + 1;
    g_assert_cmpuint (number, >, last[worker]);
    last[worker] = number;
  }
  end (&seen, stream);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/stream/delivers", test_delivers);
  g_test_add_func ("/scan/stream/debounces-across-readers", test_debounces_across_readers);
  g_test_add_func ("/scan/stream/full", test_full);
  g_test_add_func ("/scan/stream/losses-are-said-in-time", test_losses_are_said_in_time);
  g_test_add_func ("/scan/stream/too-long", test_too_long);
  g_test_add_func ("/scan/stream/states", test_states);
  g_test_add_func ("/scan/stream/names", test_names);
  g_test_add_func ("/scan/stream/threads", test_threads);
  return g_test_run ();
}
