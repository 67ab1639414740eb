/* scanner_test_command.c: `accueil scanner test`: shows a test code, takes it from the
 * reader in hand, and says how that reader is set up. */
#include "cli/command.h"
#include "core/lock.h"
#include "core/words.h"
#include "usb/selftest_words.h"
#include "station/reading.h"
#include "credential/qr.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define WAIT_S 60
#define WAIT_MAX_S 3600
#define PAUSE_MS 300    /* ends a code that is typed into the terminal without Enter */
#define REPEATS_MS 1100 /* after a code: how long its repeats are waited for */
#define PNG_MODULE_PX 12

static int run (int argc, char **argv);

extern const Command command_scanner_test;
const Command command_scanner_test = {
  .name = "scanner test",
  .usage = N_ ("[-o FILE.png] [--wait SECONDS] [--settings FILE]"),
  .summary = N_ ("Show a test code and say of the reader that reads it: layout, Caps Lock, lost "
                 "characters, prefix, suffix, double reads, speed"),
  .run = run,
};

/* What is typed into the terminal, or comes through a pipe. */
typedef struct {
  GString *bytes;
  gint64 first_us, last_us; /* of the line that has begun */
  guint pause;              /* source; 0 for none */
  gboolean is_terminal, saved;
  struct termios before;
} Typed;

/* The keys of the code that is coming, from the readers' thread. */
typedef struct {
  Lock lock;
  GArray *strokes; /* KeyboardStroke */
  gboolean caps;
  gint64 first_us, last_us;
} Pressed;

typedef struct {
  GMainLoop *loop;
  const Settings *settings;
  Reading *reading;
  Typed typed;
  Pressed pressed;
  /* The first code, which is judged once its repeats have had their time. */
  char *text, *reader;
  GArray *strokes;
  gboolean caps;
  gint64 took_us;
  guint repeats;
  guint64 repeats_before;
  int status;
} Test;

/* What is said ----------------------------------------------------------------------- */

static void print_findings (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++) {
    const SelftestFinding *finding = g_ptr_array_index (findings, i);
    g_auto (SelftestWords) words = selftest_words (finding);
    g_print ("\n%s %s\n  %s\n", finding->fault ? "✗" : "✓", words.said.first, words.said.second);
    if (words.remedy.first[0] != '\0')
      g_print ("  → %s\n    %s\n", words.remedy.first, words.remedy.second);
  }
}

static const SettingsReader *settings_of (const Test *test)
{
  for (guint i = 0; test->reader != NULL && i < test->settings->readers->len; i++) {
    const SettingsReader *reader = g_ptr_array_index (test->settings->readers, i);
    if (strcmp (reader->name, test->reader) == 0)
      return reader;
  }
  return NULL;
}

static void judge (Test *test)
{
  const SettingsReader *reader = settings_of (test);
  SelftestInput input = {
    .text = test->text, .took_us = test->took_us, .repeats = test->repeats, .caps = test->caps
  };
  g_autoptr (GPtrArray) findings = NULL;

  if (test->strokes != NULL) {
    input.strokes = (const KeyboardStroke *) (gpointer) test->strokes->data;
    input.n_strokes = test->strokes->len;
  }
  if (reader != NULL && reader->kind == SETTINGS_USB)
    input.layout_known = keymap_layout_named (reader->layout, &input.layout);
  findings = selftest_diagnose (&input);
  if (test->reader != NULL)
    g_print ("\n%s:\n", test->reader);
  print_findings (findings);
  test->status = 0;
  for (guint i = 0; i < findings->len; i++)
    if (((const SelftestFinding *) g_ptr_array_index (findings, i))->fault)
      test->status = EXIT_REFUSED;
}

/* A code, from wherever -------------------------------------------------------------- */

static guint64 repeats_so_far (const Test *test)
{
  Stream *stream = test->reading != NULL ? reading_stream (test->reading) : NULL;
  guint64 repeats = 0;

  for (guint i = 0; stream != NULL && i < stream_count (stream); i++)
    repeats += stream_reader (stream, i).repeats;
  return repeats;
}

static gboolean on_repeats_over (gpointer data)
{
  Test *test = data;

  test->repeats += (guint) (repeats_so_far (test) - test->repeats_before);
  judge (test);
  g_main_loop_quit (test->loop);
  return G_SOURCE_REMOVE;
}

/* TRUE if it is the first, to which more belongs. */
static gboolean take_code (Test *test, const char *reader, const char *text)
{
  if (test->text != NULL) {
    test->repeats += strcmp (test->text, text) == 0 ? 1 : 0;
    return FALSE;
  }
  test->text = g_strdup (text);
  test->reader = g_strdup (reader);
  test->repeats_before = repeats_so_far (test);
  g_timeout_add (REPEATS_MS, on_repeats_over, test);
  return TRUE;
}

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Test *test = data;
  Pressed *pressed = &test->pressed;

  if (!take_code (test, reader, text))
    return;
  lock_take (&pressed->lock);
  if (pressed->strokes->len > 0) {
    test->strokes = g_array_copy (pressed->strokes);
    test->caps = pressed->caps;
  }
  test->took_us = pressed->first_us > 0 ? pressed->last_us - pressed->first_us : 0;
  lock_give (&pressed->lock);
}

static void on_state (const StreamReader *reader, gpointer data)
{
  Pair said = reading_words (reader->state);

  g_printerr ("%s  %s · %s  %s\n", reader->name, said.first, said.second, reader->detail);
}

static void on_raw (const char *reader, const UsbRaw *raw, gpointer data)
{
  Pressed *pressed = &((Test *) data)->pressed;
  KeyboardStroke stroke = { raw->usage, raw->modifiers };

  lock_take (&pressed->lock);
  if (raw->at_us - pressed->last_us > PAUSE_MS * 1000) {
    g_array_set_size (pressed->strokes, 0);
    pressed->first_us = raw->at_us;
    pressed->caps = raw->caps;
  }
  pressed->last_us = raw->at_us;
  if (raw->kind == USB_RAW_KEY && pressed->strokes->len < SELFTEST_KEYS_MAX)
    g_array_append_val (pressed->strokes, stroke);
  lock_give (&pressed->lock);
}

/* Terminal --------------------------------------------------------------------------- */

static void end_line (Test *test)
{
  Typed *typed = &test->typed;
  g_autoptr (GString) line = g_string_new (NULL);

  g_clear_handle_id (&typed->pause, g_source_remove);
  if (typed->bytes->len == 0)
    return;
  reader_append (line, typed->bytes->str, typed->bytes->len);
  g_string_truncate (typed->bytes, 0);
  if (take_code (test, NULL, line->str))
    test->took_us
        = typed->is_terminal ? typed->last_us - typed->first_us : 0; /* a pipe has no pace */
}

static gboolean on_pause (gpointer data)
{
  Test *test = data;

  test->typed.pause = 0;
  end_line (test);
  return G_SOURCE_REMOVE;
}

static void take_byte (Test *test, char byte)
{
  Typed *typed = &test->typed;

  if (byte == '\r' || byte == '\n') {
    end_line (test);
    return;
  }
  typed->last_us = g_get_monotonic_time ();
  if (typed->bytes->len == 0)
    typed->first_us = typed->last_us;
  if (typed->bytes->len < READER_CODE_BYTES_MAX)
    g_string_append_c (typed->bytes, byte);
}

static gboolean on_typed (int fd, GIOCondition condition, gpointer data)
{
  Test *test = data;
  char bytes[256];
  ssize_t count = read (fd, bytes, sizeof bytes);

  for (ssize_t i = 0; i < count; i++)
    take_byte (test, bytes[i]);
  g_clear_handle_id (&test->typed.pause, g_source_remove);
  if (count > 0 && test->typed.is_terminal && test->typed.bytes->len > 0)
    test->typed.pause = g_timeout_add (PAUSE_MS, on_pause, test);
  if (count > 0)
    return G_SOURCE_CONTINUE;
  end_line (test);
  return G_SOURCE_REMOVE;
}

/* Every key at once and unseen: the line discipline would hold the code until Enter, and
 * no pace could be measured. */
static void open_terminal (Test *test)
{
  struct termios raw;

  test->typed.bytes = g_string_new (NULL);
  test->typed.is_terminal = isatty (STDIN_FILENO);
  if (test->typed.is_terminal && tcgetattr (STDIN_FILENO, &test->typed.before) == 0) {
    raw = test->typed.before;
    raw.c_lflag &= ~(tcflag_t) (ICANON | ECHO);
    test->typed.saved = tcsetattr (STDIN_FILENO, TCSANOW, &raw) == 0;
  }
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_typed, test);
}

static void close_terminal (Test *test)
{
  g_clear_handle_id (&test->typed.pause, g_source_remove);
  if (test->typed.saved)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &test->typed.before);
  g_string_free (test->typed.bytes, TRUE);
}

/* The code --------------------------------------------------------------------------- */

static gboolean write_png (const char *path, const Qr *qr, GError **error)
{
  g_autoptr (GBytes) png = qr_png (qr, PNG_MODULE_PX);

  return command_write (path, png, 0666, error);
}

static void show_code (const Qr *qr)
{
  g_autofree char *symbol = qr_text (qr);

  g_autofree char *told
      = words_line (words_pair (N_ ("Read this code with the reader that you try.")));

  g_print ("\n%s\n%s\n", symbol, told);
  fflush (stdout);
}

/* Running ---------------------------------------------------------------------------- */

static gboolean on_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean on_nothing (gpointer data)
{
  Test *test = data;

  if (test->text == NULL) {
    judge (test);
    g_main_loop_quit (test->loop);
  }
  return G_SOURCE_REMOVE;
}

/* The readers of the settings and, unless one of those reads it, the terminal. Without
 * any, a USB scanner is guessed. */
static gboolean start (Test *test, GError **error)
{
  StreamHandler handler = { .code = on_code, .state = on_state, .data = test };
  UsbTap tap = { .raw = on_raw, .data = test };
  gboolean lines = FALSE;

  for (guint i = 0; i < test->settings->readers->len; i++) {
    const SettingsReader *reader = g_ptr_array_index (test->settings->readers, i);
    lines = lines || (reader->kind == SETTINGS_LINES && strcmp (reader->device, "-") == 0);
  }
  test->reading = reading_start (test->settings, NULL, &handler, &tap, error);
  if (test->reading != NULL && !lines)
    open_terminal (test);
  return test->reading != NULL;
}

static int test_reader (const Settings *settings, int wait_s)
{
  static const int SIGNALS[] = { SIGTERM, SIGINT, SIGHUP };
  Test test
      = { .settings = settings, .loop = g_main_loop_new (NULL, FALSE), .status = EXIT_REFUSED };
  GError *error = NULL;

  lock_init (&test.pressed.lock);
  test.pressed.strokes = g_array_new (FALSE, FALSE, sizeof (KeyboardStroke));
  for (guint i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    g_unix_signal_add (SIGNALS[i], on_quit, test.loop);
  g_timeout_add_seconds ((guint) wait_s, on_nothing, &test);
  if (start (&test, &error))
    g_main_loop_run (test.loop);
  else
    command_fail (&command_scanner_test, error);
  if (test.typed.bytes != NULL)
    close_terminal (&test);
  reading_free (test.reading);
  g_main_loop_unref (test.loop);
  g_array_unref (test.pressed.strokes);
  g_clear_pointer (&test.strokes, g_array_unref);
  lock_clear (&test.pressed.lock);
  g_free (test.text);
  g_free (test.reader);
  return test.status;
}

static int run (int argc, char **argv)
{
  static const char GUESS[] = "[reader usb]\nkind = usb\n";
  g_autofree char *file = NULL, *output = NULL;
  int wait_s = WAIT_S, status = 0;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write the test code as a PNG and end"),
      N_ ("FILE") },
    { "wait", 0, 0, G_OPTION_ARG_INT, &wait_s, N_ ("How long a code is waited for (default: 60)"),
      N_ ("SECONDS") },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &file,
      N_ ("The station's settings (default: $ACCUEIL_SETTINGS, else /etc/accueil/station.ini)"),
      N_ ("FILE") },
    { 0 },
  };
  g_autoptr (Settings) settings = NULL;
  g_autoptr (Qr) qr = NULL;
  GError *error = NULL;

  if (!command_parse (&command_scanner_test, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_scanner_test, _ ("“%s” is too much"), argv[1]);
  if (wait_s < 1 || wait_s > WAIT_MAX_S)
    return command_usage (&command_scanner_test, _ ("--wait is between 1 and %d"), WAIT_MAX_S);
  qr = qr_new (SELFTEST_TEXT, &error);
  if (qr != NULL && output != NULL)
    return write_png (output, qr, &error) ? 0 : command_fail (&command_scanner_test, error);
  if (qr == NULL || (settings = settings_read (file, &error)) == NULL)
    return command_fail (&command_scanner_test, error);
  if (settings->readers->len == 0) {
    settings_free (settings);
    settings = settings_parse ("", GUESS, strlen (GUESS), NULL);
  }
  show_code (qr);
  return test_reader (settings, wait_s);
}
