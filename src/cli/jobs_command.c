/* jobs_command.c: `accueil jobs`, `jobs answer`, `jobs retry`, `jobs cancel`: this
 * station's print jobs, and what a person says of them. */
#include "cli/desk_output.h"
#include "core/words.h"
#include "spool/printer_state.h"

#include <stdio.h>
#include <string.h>

static gboolean waits (const DeskBadge *badge)
{
  return badge->good && badge->print && !print_state_is_final (badge->state);
}

/* Why badges wait, where that is not a badge's own matter: printers that cannot print, or
 * nobody who prints. */
static gboolean print_reasons (Journal *journal, const GPtrArray *jobs, GError **error)
{
  gint64 now_ms = journal_now_ms (journal);
  gboolean waiting = FALSE, alive = FALSE, absent = FALSE;
  g_autoptr (GPtrArray) printers = printer_state_read (journal, error);
  if (printers == NULL)
    return FALSE;
  for (guint i = 0; i < jobs->len; i++)
    waiting |= waits (jobs->pdata[i]);
  for (guint i = 0; i < printers->len; i++)
    alive |= !printer_state_is_stale (printers->pdata[i], now_ms);
  if (waiting && !alive)
    printf (
        "✗ %s\n",
        _ ("No agent prints at this station: start it (systemctl start accueil-agent, or accueil "
           "agent --printer QUEUE), or look at what it says (journalctl -u accueil-agent)."));
  for (guint i = 0; waiting && alive && i < printers->len; i++) {
    const PrinterState *printer = printers->pdata[i];
    Pair remedy = printer_state_trouble (printer);
    if (*remedy.first)
      printf ("✗ %s: %s %s\n", printer->queue, remedy.first, remedy.second);
    absent |= strstr (printer->troubles, printer_reason_keyword (PRINTER_REASON_NO_QUEUE)) != NULL;
  }
  if (absent)
    printf ("  → %s\n", _ ("“accueil printers” lists the queues that there are."));
  return TRUE;
}

static int run_list (int argc, char **argv);
static int run_answer (int argc, char **argv);
static int run_retry (int argc, char **argv);
static int run_cancel (int argc, char **argv);

extern const Command command_jobs, command_jobs_answer, command_jobs_retry, command_jobs_cancel;
const Command command_jobs = {
  .name = "jobs",
  .usage = N_ ("[--all] [--json] [--db FILE]"),
  .summary = N_ (
      "List the badges that this station has to print: state, printer, since when, and what to do"),
  .run = run_list,
};
const Command command_jobs_answer = {
  .name = "jobs answer",
  .usage = N_ ("JOB yes|no --volunteer NAME [--json] [--db FILE]"),
  .summary = N_ ("Was it printed? Of a job that nobody is sure about; “no” prints another, and "
                 "this one opens nothing"),
  .run = run_answer,
};
const Command command_jobs_retry = {
  .name = "jobs retry",
  .usage = N_ ("JOB --volunteer NAME [--json] [--db FILE]"),
  .summary = N_ ("Print another badge in place of one that failed"),
  .run = run_retry,
};
const Command command_jobs_cancel = {
  .name = "jobs cancel",
  .usage = N_ ("JOB --volunteer NAME [--json] [--db FILE]"),
  .summary = N_ ("Do not print this badge, and make it void"),
  .run = run_cancel,
};

/* Listing ---------------------------------------------------------------------------- */

static void put_json (JsonOut *out, const DeskBadge *badge, GTimeZone *zone)
{
  Pair state = desk_state_wording (badge), remedy = desk_state_remedy (badge);
  g_autofree char *since = desk_output_time (zone, clock_hybrid_ms (badge->since), TRUE);
  json_out_begin_object (out, NULL);
  json_out_string (out, "job", badge->job);
  json_out_string (out, "state",
                   badge->state == PRINT_STATE_NEW ? "new" : print_state_name (badge->state));
  json_out_bool (out, "good", badge->good);
  json_out_string (out, "printer", badge->printer);
  json_out_string (out, "trouble", badge->trouble);
  json_out_string (out, "since", since);
  json_out_string (out, "reference", badge->reference);
  json_out_string (out, "name", badge->name);
  json_out_int (out, "serial", badge->serial);
  json_out_string (out, "reason", badge->reason);
  json_out_string (out, "volunteer", badge->volunteer);
  json_out_string (out, "void_reason", badge->void_reason);
  json_out_string (out, "fr", state.first);
  json_out_string (out, "zh", state.second);
  json_out_string (out, "remedy_fr", remedy.first);
  json_out_string (out, "remedy_zh", remedy.second);
  json_out_end_object (out);
}

static void print_json (const GPtrArray *jobs, GTimeZone *zone)
{
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < jobs->len; i++)
    put_json (out, jobs->pdata[i], zone);
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

/* Two lines a job, a third where there is something to do. */
static void print_job (const DeskBadge *badge, GTimeZone *zone)
{
  Pair state = desk_state_wording (badge), remedy = desk_state_remedy (badge),
       reason = desk_verdict_reason_wording (badge->reason);
  g_autofree char *since = desk_output_time (zone, clock_hybrid_ms (badge->since), FALSE);
  g_autoptr (GString) line = g_string_new (badge->job);
  g_string_append_printf (line, "  %s · %s  %s", state.first, state.second, since);
  if (*badge->printer)
    g_string_append_printf (line, "  %s", badge->printer);
  puts (desk_output_clean (line->str));
  g_string_printf (line, "    %s%s%s  badge %u  %s · %s", badge->reference,
                   *badge->name ? "  " : "", badge->name, badge->serial, reason.first,
                   reason.second);
  if (*badge->volunteer)
    g_string_append_printf (line, "  (%s)", badge->volunteer);
  puts (desk_output_clean (line->str));
  if (*remedy.first)
    printf ("    → %s %s\n", remedy.first, remedy.second);
}

static int run_list (int argc, char **argv)
{
  gboolean all = FALSE, json = FALSE;
  GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("Also those that are done with"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As a JSON array"), NULL },
    { 0 },
  };
  int status = 0;
  if (!command_parse (&command_jobs, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_jobs, _ ("“%s” is not expected here"), argv[1]);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  GError *error = NULL;
  g_autoptr (GPtrArray) jobs = desk_jobs (journal, all, &error);
  if (jobs == NULL)
    return command_fail (&command_jobs, error);
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  if (json)
    print_json (jobs, zone);
  for (guint i = 0; !json && i < jobs->len; i++)
    print_job (jobs->pdata[i], zone);
  if (!json && !print_reasons (journal, jobs, &error))
    return command_fail (&command_jobs, error);
  if (!json && jobs->len == 0)
    g_printerr ("%s\n", all ? _ ("This station has printed no badge yet.")
                            : _ ("Nothing is waiting to be printed here."));
  return 0;
}

/* Answering -------------------------------------------------------------------------- */

/* @words: how many follow the command's name. NULL: *@status says how to end. */
static Journal *begin (const Command *command, int words, int *argc, char ***argv, char **volunteer,
                       gboolean *json, int *status)
{
  GOptionEntry entries[] = {
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, volunteer, N_ ("Who says so"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (command, entries, argc, argv, status))
    return NULL;
  if (*argc < 2)
    *status = command_usage (command, _ ("the JOB is missing; “accueil jobs” lists them"));
  else if (*argc < 1 + words)
    *status = command_usage (command, _ ("yes or no?"));
  else if (*argc > 1 + words)
    *status = command_usage (command, _ ("“%s” is too much"), (*argv)[1 + words]);
  else if (*volunteer == NULL)
    *status = command_usage (command, _ ("who says so? Write --volunteer NAME"));
  else {
    Journal *journal = command_open ();
    *status = EXIT_REFUSED;
    return journal;
  }
  return NULL;
}

static int run_answer (int argc, char **argv)
{
  g_autofree char *volunteer = NULL;
  gboolean json = FALSE;
  int status = 0;
  g_autoptr (Journal) journal
      = begin (&command_jobs_answer, 2, &argc, &argv, &volunteer, &json, &status);
  if (journal == NULL)
    return status;
  gboolean yes = strcmp (argv[2], "yes") == 0;
  if (!yes && strcmp (argv[2], "no") != 0)
    return command_usage (&command_jobs_answer, _ ("yes or no? “%s” is neither"), argv[2]);
  GError *error = NULL;
  DeskResult result;
  gboolean done = desk_answer (journal, argv[1], yes, volunteer, &result, &error);
  return desk_output_report (&command_jobs_answer, done, &result, "", json, error);
}

typedef gboolean (*JobAct) (Journal *journal, const char *job, const char *volunteer,
                            DeskResult *result, GError **error);

static int run_act (const Command *command, JobAct act, int argc, char **argv)
{
  g_autofree char *volunteer = NULL;
  gboolean json = FALSE;
  int status = 0;
  g_autoptr (Journal) journal = begin (command, 1, &argc, &argv, &volunteer, &json, &status);
  if (journal == NULL)
    return status;
  GError *error = NULL;
  DeskResult result;
  gboolean done = act (journal, argv[1], volunteer, &result, &error);
  return desk_output_report (command, done, &result, "", json, error);
}

static int run_retry (int argc, char **argv)
{
  return run_act (&command_jobs_retry, desk_retry, argc, argv);
}

static int run_cancel (int argc, char **argv)
{
  return run_act (&command_jobs_cancel, desk_cancel, argc, argv);
}
