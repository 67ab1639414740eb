/* scan_command.c: `accueil scan`: a station without a screen: codes from standard input,
 * image files or the station's readers, a durable decision each, one line in French and
 * Chinese. */
#include "cli/command.h"
#include "core/words.h"
#include "camera/image.h"
#include "scan/lines.h"
#include "station/gate.h"
#include "station/reader_advice.h"
#include "station/reading.h"
#include "vocabulary/ribbon.h"
#include "vocabulary/wording.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int run (int argc, char **argv);

extern const Command command_scan;
const Command command_scan = {
  .name = "scan",
  .usage = N_ ("--checkpoint ID [--exit] [--readers | --image FILE…] [--json] [--now TIME] "
               "[--settings FILE] [--db FILE]"),
  .summary = N_ ("Decide who may pass: codes as lines of standard input, from image files or from "
                 "the station's readers; exit 0 if all were admitted, 1 if any was not"),
  .run = run,
};

/* Stopping: between two codes, never within one (with readers, in the main loop) ----- */

static volatile sig_atomic_t stop, waiting, status_so_far;

static void on_signal (int number)
{
  if (waiting)
    _exit (status_so_far); /* reading the next line: nothing is open, everything decided is on disk
                              and printed */
  stop = 1;
}

static void catch_signals (void)
{
  struct sigaction action = { .sa_handler = on_signal };
  sigemptyset (&action.sa_mask);
  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGHUP, &action, NULL);
}

/* What is shown ---------------------------------------------------------------------- */

/* The reader's own script first, family name in capitals. Empty for a guest who arrives
 * quietly. */
static char *shown_name (const Delegate *delegate)
{
  if (delegate == NULL || delegate->protocol)
    return g_strdup ("");
  g_autofree char *family = g_utf8_strup (delegate->family, -1);
  gboolean chinese = delegate_second_leads (delegate);
  g_autofree char *latin = chinese ? g_strdup_printf ("%s %s", family, delegate->given)
                                   : g_strdup_printf ("%s %s", delegate->given, family);
  g_strstrip (latin);
  char *name = chinese ? g_strdup_printf ("%s %s", delegate->name_zh, latin)
                       : g_strdup_printf ("%s %s", latin, delegate->name_zh);
  return g_strstrip (name);
}

static Pair sentence (const Gate *gate, const GateResult *result)
{
  if (result->awaits != AWAITS_NOTHING)
    return awaits_wording (result->awaits);
  if (result->verdict == VERDICT_ADMITTED && result->detail[0] == '\0')
    return wording_admitted (gate_checkpoint (gate)->kind, result->direction);
  return wording_verdict (result->verdict, result->detail);
}

/* A terminal obeys control characters, so none gets there, whatever a list held. */
static void print_clean (char *text)
{
  for (char *p = text; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  puts (text);
}

static void print_headset (GString *line, const GateResult *result)
{
  if (result->headset[0] != '\0')
    g_string_append_printf (line, "  %s", result->headset);
  if (result->channel[0] != '\0') {
    g_auto (OwnedPair) channel = awaits_wording_channel (result->channel);
    g_string_append_printf (line, "  %s · %s", channel.first, channel.second);
  }
  if (result->keeps > 0) {
    Pair keeps = awaits_wording_keeps ();
    g_string_append_printf (line, "  ! %s %s", keeps.first, keeps.second);
  }
}

/* Sessions that were changed, her appointments, what the event file says: a part of the line
 * each, in both languages. */
static void print_told (GString *line, const OwnedPair *told, const char *mark)
{
  g_auto (GStrv) first = g_strsplit (told->first != NULL ? told->first : "", "\n", 0),
                 second = g_strsplit (told->second != NULL ? told->second : "", "\n", 0);
  for (guint i = 0; first[i] != NULL && second[i] != NULL; i++) {
    g_autofree char *both = words_line ((Pair){ first[i], second[i] });
    g_string_append_printf (line, "  %s %s", mark, both);
  }
}

static void print_line (const Gate *gate, const GateResult *result)
{
  Pair said = sentence (gate, result), remedy = wording_remedy (result->verdict, result->detail);
  g_autofree char *name = shown_name (result->delegate);
  g_autoptr (GString) line = g_string_new (result->awaits != AWAITS_NOTHING      ? "… "
                                           : result->verdict == VERDICT_ADMITTED ? "✓ "
                                                                                 : "✗ ");
  g_string_append_printf (line, "%s  %s · %s", verdict_name (result->verdict), said.first,
                          said.second);
  if (*name)
    g_string_append_printf (line, "  %s", name);
  if (result->delegate != NULL)
    g_string_append_printf (line, "  %s", result->delegate->reference);
  if (result->delegate != NULL && result->delegate->protocol) {
    g_autofree char *protocol = words_line (words_pair (N_ ("Protocol")));
    g_string_append_printf (line, "  %s", protocol);
  }
  if (result->badge_serial > 0)
    g_string_append_printf (line, "  badge %u", result->badge_serial);
  print_headset (line, result);
  print_told (line, &result->told, "!");
  print_told (line, &result->team, "#");
  for (guint i = 0; result->verdict == VERDICT_ADMITTED && result->delegate != NULL
                    && result->delegate->ribbons[i] != NULL;
       i++) {
    Pair ribbon = ribbon_wording (result->delegate->ribbons[i]);
    g_string_append_printf (line, "  ★ %s · %s", ribbon.first, ribbon.second);
  }
  g_auto (OwnedPair) next = gate_next_wording (gate, result);
  if (*next.first)
    g_string_append_printf (line, "  → %s %s", next.first, next.second);
  else if (*remedy.first)
    g_string_append_printf (line, "  → %s %s", remedy.first, remedy.second);
  print_clean (line->str);
}

static void print_json (const Gate *gate, const GateResult *result, gint64 latency_us)
{
  Pair said = sentence (gate, result), remedy = wording_remedy (result->verdict, result->detail);
  g_autofree char *name = shown_name (result->delegate);
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "verdict", verdict_name (result->verdict));
  json_out_string (out, "detail", result->detail);
  json_out_string (out, "direction", direction_name (result->direction));
  json_out_string (out, "reference", result->delegate != NULL ? result->delegate->reference : "");
  json_out_string (out, "name", name);
  json_out_bool (out, "protocol", result->delegate != NULL && result->delegate->protocol);
  json_out_strings (out, "ribbons",
                    result->delegate != NULL ? (const char *const *) result->delegate->ribbons
                                             : NULL);
  json_out_int (out, "badge_serial", result->badge_serial);
  json_out_int (out, "presented_serial", result->presented_serial);
  json_out_string (out, "awaits", awaits_name (result->awaits));
  json_out_string (out, "headset", result->headset);
  json_out_string (out, "channel", result->channel);
  json_out_int (out, "keeps_headsets", result->keeps);
  json_out_string_if (out, "told_fr", result->told.first);
  json_out_string_if (out, "told_zh", result->told.second);
  json_out_string_if (out, "team_fr", result->team.first);
  json_out_string_if (out, "team_zh", result->team.second);
  json_out_string (out, "fr", said.first);
  json_out_string (out, "zh", said.second);
  json_out_string (out, "remedy_fr", remedy.first);
  json_out_string (out, "remedy_zh", remedy.second);
  g_auto (OwnedPair) next = gate_next_wording (gate, result);
  json_out_string (out, "next_fr", next.first);
  json_out_string (out, "next_zh", next.second);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  /* The one fraction, which JsonOut does not write, goes before the closing brace. */
  printf ("%.*s,\"latency_ms\":%" G_GINT64_FORMAT ".%03d}\n", (int) strlen (text) - 1, text,
          latency_us / 1000, (int) (latency_us % 1000));
}

/* Scanning --------------------------------------------------------------------------- */

typedef struct {
  Gate *gate;
  gboolean json;
  gboolean is_door; /* codes come as people do, not from a file or pictures */
  GateResult result;
} Scan;

/* Whoever stands at the door need not read the organiser's language. */
static void say_standstill (void)
{
  Pair standstill = wording_standstill ();
  g_printerr ("%s %s\n", standstill.first, standstill.second);
}

/* FALSE, having said why, if it cannot go on. A door does, whatever keeps the replica
 * from being written: the next code may be decided again. (This one is not kept for
 * later: who showed it has been sent to the desk.) */
static gboolean scan_text (Scan *scan, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_monotonic_time ();
  if (!gate_scan (scan->gate, text, &scan->result, &error)) {
    say_standstill ();
    status_so_far = command_fail (&command_scan, g_steal_pointer (&error));
    return scan->is_door;
  }
  gint64 latency_us = g_get_monotonic_time () - before;
  if (scan->result.verdict != VERDICT_ADMITTED)
    status_so_far = EXIT_REFUSED;
  if (scan->json)
    print_json (scan->gate, &scan->result, latency_us);
  else
    print_line (scan->gate, &scan->result);
  if (fflush (stdout) == 0)
    return TRUE;
  g_printerr (_ ("accueil scan: writing the result: %s; the decision is kept\n"),
              g_strerror (errno));
  __fpurge (stdout); /* or it would be tried again at the end, and wait again */
  status_so_far = EXIT_REFUSED;
  return FALSE;
}

static gboolean is_file (int fd)
{
  struct stat stat;

  return fstat (fd, &stat) == 0 && S_ISREG (stat.st_mode);
}

static void scan_lines (Scan *scan)
{
  g_autoptr (Lines) lines = lines_new (STDIN_FILENO);
  g_autoptr (GError) error = NULL;
  for (;;) {
    gboolean cut = FALSE;
    waiting = 1;
    const char *line = stop ? NULL : lines_next (lines, &cut, &error);
    waiting = 0;
    if (line == NULL)
      break;
    if (!scan_text (scan, line))
      return;
  }
  if (error != NULL)
    status_so_far = command_fail (&command_scan, g_steal_pointer (&error));
}

/* An image without a code is a failure, but not the end of the others. */
static void scan_images (Scan *scan, char **paths)
{
  for (guint i = 0; paths[i] != NULL && !stop; i++) {
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) codes = image_file_codes (paths[i], &error);
    if (codes == NULL) {
      status_so_far = command_fail (&command_scan, g_steal_pointer (&error));
      continue;
    }
    for (guint j = 0; codes[j] != NULL && !stop; j++)
      if (!scan_text (scan, codes[j]))
        return;
  }
}

/* Readers ---------------------------------------------------------------------------- */

typedef struct {
  Scan *scan;
  Reading *reading;
  ReaderAdvice *advice;
  GMainLoop *loop;
  gboolean broken; /* cannot go on: what still comes is not decided */
} Post;

static void on_code (const char *reader, const char *text, gint64 at_us, gpointer data)
{
  Post *post = data;
  if (reader_advice_see (post->advice, reader, text)) {
    g_autofree char *said = words_line (reader_advice_said (post->advice, reader));
    g_printerr ("%s  %s\n", reader, said);
  }
  if (strcmp (text, READING_SEVERAL) == 0) {
    Pair one = words_pair (N_ ("Please show one code at a time"));
    g_printerr ("%s · %s\n", one.first, one.second);
    return;
  }
  if (post->broken || scan_text (post->scan, text))
    return;
  post->broken = TRUE;
  g_main_loop_quit (post->loop);
}

/* Whoever stands there reads one of the two languages; the detail is for the
 * organiser. */
static void on_state (const StreamReader *reader, gpointer data)
{
  Post *post = data;
  Pair said = reading_words (reader->state);
  g_autofree char *line = g_strdup_printf ("%s  %s · %s%s%s", reader->name, said.first, said.second,
                                           reader->detail[0] != '\0' ? "  " : "", reader->detail);
  for (char *p = line; *p; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_printerr ("%s\n", line);
  gboolean any = FALSE;
  Stream *stream = reading_stream (post->reading);
  for (guint i = 0; i < stream_count (stream); i++)
    any = any || stream_reader (stream, i).state != READER_ENDED;
  if (!any)
    g_main_loop_quit (post->loop);
}

static gboolean on_quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* GLib has what was under way begin again after a signal: printing, where nobody reads
 * what is printed, would go on for ever. */
static void break_off_on (int number)
{
  struct sigaction action;
  sigaction (number, NULL, &action);
  action.sa_flags &= ~SA_RESTART;
  sigaction (number, &action, NULL);
}

static void scan_readers (Scan *scan, const char *settings_file)
{
  static const int SIGNALS[] = { SIGTERM, SIGINT, SIGHUP };
  g_autoptr (GError) error = NULL;
  g_autoptr (Settings) settings = settings_read (settings_file, &error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ReaderAdvice) advice = reader_advice_new ();
  Post post = { .scan = scan, .advice = advice, .loop = loop };
  StreamHandler handler = { .code = on_code, .state = on_state, .data = &post };
  for (guint i = 0; i < G_N_ELEMENTS (SIGNALS); i++) {
    g_unix_signal_add (SIGNALS[i], on_quit, loop);
    break_off_on (SIGNALS[i]);
  }
  signal (SIGPIPE, SIG_IGN); /* the readers are to be closed when whoever reads it has gone */
  post.reading = settings != NULL ? reading_start (settings, NULL, &handler, NULL, &error) : NULL;
  if (post.reading != NULL)
    g_main_loop_run (loop);
  else
    status_so_far = command_fail (&command_scan, g_steal_pointer (&error));
  reading_free (post.reading);
}

/* ------------------------------------------------------------------------------------ */

static Gate *open_gate (Journal *journal, const char *checkpoint, gboolean is_exit)
{
  g_autoptr (GError) error = NULL;
  Gate *gate = gate_open (journal, checkpoint, &error);
  if (gate == NULL)
    command_fail (&command_scan, g_steal_pointer (&error));
  else if (is_exit)
    gate_set_exit (gate);
  return gate;
}

static int run (int argc, char **argv)
{
  g_autofree char *checkpoint = NULL;
  g_autofree char *now = NULL;
  g_autofree char *settings = NULL;
  g_auto (GStrv) images = NULL;
  gboolean json = FALSE, is_exit = FALSE, readers = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "checkpoint", 'c', 0, G_OPTION_ARG_STRING, &checkpoint,
      N_ ("The checkpoint of the event file"), N_ ("ID") },
    { "exit", 0, 0, G_OPTION_ARG_NONE, &is_exit, N_ ("This machine stands at the way out"), NULL },
    { "image", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &images,
      N_ ("Read codes from image files; more files may follow"), N_ ("FILE") },
    { "readers", 0, 0, G_OPTION_ARG_NONE, &readers,
      N_ ("Read codes from the readers of the station's settings"), NULL },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &settings,
      N_ ("The station's settings (default: $ACCUEIL_SETTINGS, else /etc/accueil/station.ini)"),
      N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("One JSON object a line, for machines"), NULL },
    { "now", 0, 0, G_OPTION_ARG_STRING, &now,
      N_ ("Set the clock, like 2016-10-26T09:12:00+08:00 (default: $ACCUEIL_NOW, else the "
          "machine's clock)"),
      N_ ("TIME") },
    { 0 },
  };
  if (!command_parse (&command_scan, entries, &argc, &argv, &status))
    return status;
  if (checkpoint == NULL)
    return command_usage (&command_scan, _ ("which checkpoint? Name it with --checkpoint"));
  if (argc > 1 && images == NULL)
    return command_usage (&command_scan,
                          _ ("“%s” is not expected here; image files follow --image"), argv[1]);

  if (images != NULL && readers)
    return command_usage (&command_scan, _ ("--image or --readers, not both"));

  Clock clock;
  if (now != NULL && !clock_shifted (now, &clock))
    return command_usage (
        &command_scan, _ ("“%s” is not a time with its zone, like 2016-10-26T09:12:00+08:00"), now);
  if (now != NULL)
    g_setenv ("ACCUEIL_NOW", now, TRUE); /* by which all commands go */
  g_autoptr (Journal) journal = command_open ();
  g_autoptr (Gate) gate = journal != NULL ? open_gate (journal, checkpoint, is_exit) : NULL;
  if (journal == NULL)
    say_standstill ();
  if (gate == NULL)
    return EXIT_REFUSED;

  Scan scan = { .gate = gate, .json = json, .is_door = readers || !is_file (STDIN_FILENO) };
  gate_result_clear (&scan.result);
  if (!readers)
    catch_signals ();
  if (readers)
    scan_readers (&scan, settings);
  else if (images != NULL) {
    scan_images (&scan, images);
    scan_images (&scan, argv + 1); /* argv ends with NULL */
  } else
    scan_lines (&scan);
  gate_result_clear (&scan.result);
  return status_so_far;
}
