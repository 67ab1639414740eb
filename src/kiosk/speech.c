#include "kiosk/speech.h"

#include "core/words.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>

/* One command, and the one answer to it. */
typedef struct {
  char *line;       /* with its end */
  gboolean follows; /* belongs to the command before it: a text to "SPEAK" */
} Step;

#define VOLUME_MAX 100 /* the protocol counts from -100 */

struct _Speech {
  guint volume;
  void (*told) (gboolean said, const char *why, gpointer data);
  gpointer data;
  GSocketConnection *connection; /* NULL without one */
  GDataInputStream *answers;
  GCancellable *cancellable; /* of all that is under way; another one for each connection */
  GSubprocess *daemon;       /* while one is started */
  GQueue script;             /* Step: what is still to be sent */
  GQueue kept;               /* Step: all of it, should the connection prove to be lost */
  gboolean busy;             /* connecting, or an answer is waited for */
  gboolean asked;            /* somebody waits to be told */
  gboolean fresh;            /* this connection was made for the present texts */
  gboolean started;          /* a daemon was, for them */
  gboolean talks;            /* something has been said that may have to be silenced */
  guint deadline;            /* timer */
};

/* What is written, until it is. */
typedef struct {
  Speech *speech;
  char *line;
} Writing;

static void connect_to_daemon (Speech *speech);
static void send_next (Speech *speech);

/* The script ------------------------------------------------------------------------- */

static void step_free (Step *step)
{
  g_free (step->line);
  g_free (step);
}

static void clear (GQueue *script)
{
  g_queue_clear_full (script, (GDestroyNotify) step_free);
}

static void add (GQueue *script, const char *line, gboolean follows)
{
  Step *step = g_new0 (Step, 1);

  step->line = g_strdup (line);
  step->follows = follows;
  g_queue_push_tail (script, step);
}

static void copy (const GQueue *from, GQueue *to)
{
  for (const GList *at = from->head; at != NULL; at = at->next)
    add (to, ((const Step *) at->data)->line, ((const Step *) at->data)->follows);
}

/* @text as the data of "SPEAK": one line, which a dot alone would end, and the end. */
static char *data_of (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1),
                  *some = g_utf8_strlen (valid, -1) > SPEECH_TEXT_MAX
                              ? g_utf8_substring (valid, 0, SPEECH_TEXT_MAX)
                              : g_strdup (valid);

  g_strdelimit (some, "\r\n", ' ');
  return g_strdup_printf ("%s%s\r\n.\r\n", some[0] == '.' ? "." : "", some);
}

static void write_script (GQueue *script, const SpeechText *texts, guint count)
{
  add (script, "CANCEL SELF\r\n", FALSE);
  for (guint i = 0; i < count; i++) {
    g_autofree char *data = data_of (texts[i].text),
                    *language = g_strdup_printf ("SET SELF LANGUAGE %s\r\n", texts[i].language);
    if (texts[i].text[0] == '\0')
      continue;
    add (script, language, FALSE);
    add (script, "SPEAK\r\n", FALSE);
    add (script, data, TRUE);
  }
}

/* @speech goes on with what is kept, after what the daemon is waiting for. */
static void take_up (Speech *speech)
{
  Step *first = g_queue_pop_head (&speech->script);

  clear (&speech->script);
  if (first != NULL && first->follows)
    g_queue_push_head (&speech->script, first);
  else if (first != NULL)
    step_free (first);
  copy (&speech->kept, &speech->script);
}

/* Ends ------------------------------------------------------------------------------- */

/* Without a connection; what was under way calls nobody any more. */
static void drop (Speech *speech)
{
  g_cancellable_cancel (speech->cancellable);
  g_object_unref (speech->cancellable);
  speech->cancellable = g_cancellable_new ();
  g_clear_object (&speech->answers);
  g_clear_object (&speech->connection);
  if (speech->daemon != NULL)
    g_subprocess_force_exit (speech->daemon);
  g_clear_object (&speech->daemon);
  clear (&speech->script);
  speech->busy = speech->talks = FALSE;
}

static void finish (Speech *speech, gboolean said, const char *why)
{
  gboolean asked = speech->asked;

  g_clear_handle_id (&speech->deadline, g_source_remove);
  clear (&speech->kept);
  speech->busy = speech->asked = FALSE;
  if (asked)
    speech->told (said, why, speech->data);
}

/* A connection that was there before may have been lost long ago: then there is one more
 * try. */
static void fail (Speech *speech, const char *why)
{
  gboolean again = !speech->fresh && speech->asked;

  drop (speech);
  if (again)
    connect_to_daemon (speech);
  else
    finish (speech, FALSE, why);
}

static gboolean on_deadline (gpointer data)
{
  Speech *speech = data;

  speech->deadline = 0;
  drop (speech);
  finish (speech, FALSE, _ ("speech-dispatcher does not answer"));
  return G_SOURCE_REMOVE;
}

/* The protocol ----------------------------------------------------------------------- */

static gboolean has_code (const char *line)
{
  return g_ascii_isdigit (line[0]) && g_ascii_isdigit (line[1]) && g_ascii_isdigit (line[2])
         && (line[3] == ' ' || line[3] == '-');
}

/* The last line of an answer has a space after its code; codes of 700 and more are
 * events, which nobody asked for. */
static void on_answer (GObject *stream, GAsyncResult *result, gpointer data)
{
  Speech *speech = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line
      = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (stream), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (line == NULL)
    fail (speech, error != NULL ? error->message : _ ("speech-dispatcher has ended"));
  else if (!has_code (line))
    fail (speech, _ ("speech-dispatcher answers what cannot be read"));
  else if (line[0] > '6' || line[3] != ' ')
    g_data_input_stream_read_line_async (speech->answers, G_PRIORITY_DEFAULT, speech->cancellable,
                                         on_answer, speech);
  else if (line[0] != '1' && line[0] != '2')
    fail (speech, line);
  else {
    speech->busy = FALSE;
    send_next (speech);
  }
}

static void on_written (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autofree Writing *writing = data;
  g_autoptr (GError) error = NULL;
  gboolean good = g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, &error);

  g_free (writing->line);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!good)
    fail (writing->speech, error->message);
  else
    g_data_input_stream_read_line_async (writing->speech->answers, G_PRIORITY_DEFAULT,
                                         writing->speech->cancellable, on_answer, writing->speech);
}

static void send_next (Speech *speech)
{
  g_autofree Step *step = g_queue_pop_head (&speech->script);
  Writing *writing;

  if (step == NULL) {
    finish (speech, TRUE, NULL);
    return;
  }
  writing = g_new0 (Writing, 1);
  writing->speech = speech;
  writing->line = step->line;
  speech->busy = TRUE;
  speech->talks = speech->talks || step->follows;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (speech->connection)),
                                   writing->line, strlen (writing->line), G_PRIORITY_DEFAULT,
                                   speech->cancellable, on_written, writing);
}

/* Finding the daemon ----------------------------------------------------------------- */

static char *socket_path (void)
{
  const char *named = g_getenv ("SPEECHD_ADDRESS");

  return named != NULL && g_str_has_prefix (named, "unix_socket:")
             ? g_strdup (named + strlen ("unix_socket:"))
             : g_build_filename (g_get_user_runtime_dir (), "speech-dispatcher", "speechd.sock",
                                 NULL);
}

/* It has forked its daemon, or cannot. */
static void on_started (GObject *process, GAsyncResult *result, gpointer data)
{
  Speech *speech = data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (process), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&speech->daemon);
  connect_to_daemon (speech);
}

static void start_daemon (Speech *speech)
{
  g_autofree char *path = socket_path ();
  g_autoptr (GError) error = NULL;

  speech->started = TRUE;
  speech->daemon
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                          &error, "speech-dispatcher", "--spawn", "--communication-method",
                          "unix_socket", "--socket-path", path, NULL);
  if (speech->daemon == NULL)
    fail (speech, error->message);
  else
    g_subprocess_wait_async (speech->daemon, speech->cancellable, on_started, speech);
}

static void on_connected (GObject *client, GAsyncResult *result, gpointer data)
{
  Speech *speech = data;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection
      = g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL && !speech->started) {
    start_daemon (speech);
    return;
  }
  if (connection == NULL) {
    fail (speech, _ ("speech-dispatcher does not start"));
    return;
  }
  speech->connection = connection;
  speech->answers
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_set_newline_type (speech->answers, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  add (&speech->script, "SET SELF CLIENT_NAME accueil:kiosk:main\r\n", FALSE);
  if (speech->volume < VOLUME_MAX) {
    g_autofree char *line
        = g_strdup_printf ("SET SELF VOLUME %d\r\n", 2 * (int) speech->volume - VOLUME_MAX);
    add (&speech->script, line, FALSE);
  }
  copy (&speech->kept, &speech->script);
  send_next (speech);
}

static void connect_to_daemon (Speech *speech)
{
  g_autofree char *path = socket_path ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  speech->busy = speech->fresh = TRUE;
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), speech->cancellable,
                                 on_connected, speech);
}

/* What is asked for ------------------------------------------------------------------ */

Speech *speech_new (guint volume, void (*told) (gboolean said, const char *why, gpointer data),
                    gpointer data)
{
  Speech *speech = g_new0 (Speech, 1);

  speech->volume = volume;
  speech->told = told;
  speech->data = data;
  speech->cancellable = g_cancellable_new ();
  g_queue_init (&speech->script);
  g_queue_init (&speech->kept);
  return speech;
}

void speech_free (Speech *speech)
{
  if (speech == NULL)
    return;
  drop (speech);
  g_clear_handle_id (&speech->deadline, g_source_remove);
  clear (&speech->kept);
  g_object_unref (speech->cancellable);
  g_free (speech);
}

/* What is kept is to be sent; a daemon that does not answer has its time from here. */
static void begin (Speech *speech)
{
  g_clear_handle_id (&speech->deadline, g_source_remove);
  speech->deadline = g_timeout_add (SPEECH_WAIT_MS, on_deadline, speech);
  if (speech->connection != NULL) {
    take_up (speech);
    if (!speech->busy)
      send_next (speech);
  } else if (!speech->busy) {
    speech->started = FALSE;
    connect_to_daemon (speech);
  }
}

void speech_say (Speech *speech, const SpeechText *texts, guint count)
{
  clear (&speech->kept);
  write_script (&speech->kept, texts, count);
  speech->asked = TRUE;
  if (!speech->busy)
    speech->fresh = speech->started = FALSE;
  begin (speech);
}

void speech_hush (Speech *speech)
{
  gboolean connecting = speech->busy && speech->connection == NULL;

  speech->asked = FALSE;
  clear (&speech->kept);
  if (connecting) {
    drop (speech);
    g_clear_handle_id (&speech->deadline, g_source_remove);
  } else if (speech->talks) {
    speech->talks = FALSE;
    write_script (&speech->kept, NULL, 0);
    begin (speech);
  }
}
