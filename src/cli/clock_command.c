/* clock_command.c: `accueil clock`: the time by which this station decides, and how a
 * person tells it to one whose own clock cannot be believed. */
#include "cli/command.h"

#include "cli/desk_output.h"
#include "core/clock_correction.h"
#include "core/words.h"

#include <string.h>

static int run (int argc, char **argv);

extern const Command command_clock_show;
const Command command_clock_show = {
  .name = "clock",
  .usage = N_ ("[--set TIME | --forget] [--db FILE]"),
  .summary = N_ ("Say by which time this station decides; or tell it the time, where its own clock "
                 "is wrong and the hub cannot be reached"),
  .run = run,
};

/* With a zone, or as clocks at the venue say it. */
static gboolean read_time (const char *text, GTimeZone *zone, gint64 *ms)
{
  /* Without seconds it has this many letters, and GLib wants them. */
  gboolean short_form = strlen (text) == strlen ("2016-10-26T09:12");
  g_autofree char *full = g_strconcat (text, short_form ? ":00" : "", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (full, zone);

  if (time == NULL)
    return FALSE;
  *ms = g_date_time_to_unix (time) * 1000;
  return TRUE;
}

static gboolean set (Journal *journal, gint64 ms, GTimeZone *zone, GError **error)
{
  gint64 wall_ms = journal_machine_ms (journal), latest_ms;
  ClockCorrection correction = clock_correction_new (ms - wall_ms, wall_ms);
  g_autofree char *text = clock_correction_text (&correction);

  if (!journal_latest_ms (journal, &latest_ms, error))
    return FALSE;
  if (ms < latest_ms - JOURNAL_CLOCK_BEHIND_MS) {
    g_autofree char *latest = desk_output_time (zone, latest_ms, FALSE);

    g_set_error (error, JOURNAL_ERROR, JOURNAL_ERROR_INVALID,
                 _ ("that is before what is known to have happened: the last fact held here is of "
                    "%s"),
                 latest);
    return FALSE;
  }
  return journal_set_local (journal, JOURNAL_LOCAL_HUB_CLOCK, text, error);
}

static gboolean show (Journal *journal, GTimeZone *zone, GError **error)
{
  gint64 machine_ms = journal_machine_ms (journal), now_ms = journal_now_ms (journal), latest_ms;
  g_autofree char *machine = desk_output_time (zone, machine_ms, FALSE),
                  *now = desk_output_time (zone, now_ms, FALSE), *latest = NULL;
  gboolean impossible;

  if (!journal_clock_is_impossible (journal, &impossible, &latest_ms, error))
    return FALSE;
  latest = desk_output_time (zone, latest_ms, FALSE);
  g_print (
      _ ("this station decides by  %s\nits machine's clock      %s\nthe last fact held here  %s\n"),
      now, machine, latest);
  if (impossible)
    g_print ("%s", _ ("That cannot be. Say the time: accueil clock --set 2016-10-26T09:12\n"));
  return TRUE;
}

static int run (int argc, char **argv)
{
  g_autofree char *text = NULL;
  gboolean forget = FALSE, good;
  gint64 ms = 0;
  GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING, &text,
      N_ ("The time now, as at the venue: 2016-10-26T09:12. What the hub says later counts more"),
      N_ ("TIME") },
    { "forget", 0, 0, G_OPTION_ARG_NONE, &forget,
      N_ ("Go by the machine's clock again, until the hub says otherwise"), NULL },
    { 0 },
  };
  GError *error = NULL;
  int status = 0;

  if (!command_parse (&command_clock_show, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_clock_show, _ ("“%s” is too much"), argv[1]);
  if (text != NULL && forget)
    return command_usage (&command_clock_show, _ ("--set and --forget do not go together"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  if (text != NULL && !read_time (text, zone, &ms))
    return command_usage (&command_clock_show, _ ("“%s” is no time like 2016-10-26T09:12"), text);
  good = text != NULL
             ? set (journal, ms, zone, &error)
             : !forget || journal_set_local (journal, JOURNAL_LOCAL_HUB_CLOCK, NULL, &error);
  if (good) {
    g_autofree char *kept = journal_local (journal, JOURNAL_LOCAL_HUB_CLOCK, NULL);

    journal_correct_clock (journal, kept);
  }
  return good && show (journal, zone, &error) ? 0 : command_fail (&command_clock_show, error);
}
