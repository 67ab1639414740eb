/* agenda_command.c: `accueil agenda`: the deadlines of the programme, and which are
 * late. */
#include "cli/command.h"

#include "congress/agenda.h"
#include "core/json.h"
#include "core/words.h"
#include "counts/as_of.h"
#include "vocabulary/dates.h"

#include <stdio.h>

#define AHEAD_MAX 3650

static int run (int argc, char **argv);

extern const Command command_agenda;
const Command command_agenda = {
  .name = "agenda",
  .usage = N_ ("[--ahead DAYS] [--all] [--json] [--db FILE]"),
  .summary = N_ ("Show the deadlines of the programme: what is late and what is due; fails where "
                 "something is late"),
  .run = run,
};

static void print_item (const AgendaItem *item)
{
  OwnedPair day = { NULL, NULL };
  dates_day (item->due, &day.first, &day.second);
  g_autofree char *state = words_line (agenda_state_words (item->state)),
                  *what = words_line ((Pair){ item->fr, item->zh }),
                  *when = words_line (words_of_owned (&day)),
                  *who = words_line ((Pair){ item->by_fr, item->by_zh });
  words_owned_clear (&day);
  g_print ("%s  %s  %s\n    %s\n", item->due, state, item->id, what);
  g_print ("    %s", when);
  if (item->state == AGENDA_LATE)
    g_print (words_plural (" (%d day late)", " (%d days late)", (guint64) -item->days),
             -item->days);
  else if (item->state != AGENDA_DONE)
    g_print (words_plural (" (in %d day)", " (in %d days)", (guint64) item->days), item->days);
  g_print ("%s%s\n", *who != '\0' ? "  · " : "", who);
}

static void print_json (const GPtrArray *items, const char *today)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "day", today);
  json_out_int (out, "late", agenda_count (items, AGENDA_LATE));
  json_out_int (out, "due", agenda_count (items, AGENDA_DUE));
  json_out_begin_array (out, "deadlines");
  for (guint i = 0; i < items->len; i++) {
    const AgendaItem *item = items->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "id", item->id);
    json_out_string (out, "fr", item->fr);
    json_out_string (out, "zh", item->zh);
    json_out_string (out, "by_fr", item->by_fr);
    json_out_string (out, "by_zh", item->by_zh);
    json_out_string (out, "due", item->due);
    json_out_string (out, "done", item->done);
    json_out_string (out, "state", agenda_state_name (item->state));
    json_out_int (out, "days", item->days);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_all (const GPtrArray *items, gboolean all)
{
  for (guint i = 0; i < items->len; i++)
    if (all || ((const AgendaItem *) items->pdata[i])->state <= AGENDA_DUE)
      print_item (items->pdata[i]);
  if (items->len == 0)
    g_print (_ ("The event file names no deadline: sections [deadline ID] do.\n"));
  else
    g_print (_ ("Late: %u. Due soon: %u. Later: %u. Done: %u.\n"),
             agenda_count (items, AGENDA_LATE), agenda_count (items, AGENDA_DUE),
             agenda_count (items, AGENDA_LATER), agenda_count (items, AGENDA_DONE));
}

static int run (int argc, char **argv)
{
  gint ahead = AGENDA_AHEAD_DAYS;
  gboolean all = FALSE, json = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "ahead", 0, 0, G_OPTION_ARG_INT, &ahead,
      N_ ("How many days before its date a deadline is due soon; left out: 14"), N_ ("DAYS") },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("Those that are done, or later, too"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_agenda, entries, &argc, &argv, &status))
    return status;
  if (argc != 1)
    return command_usage (&command_agenda, _ ("“%s” is not expected here"), argv[1]);
  if (ahead < 0 || ahead > AHEAD_MAX)
    return command_usage (&command_agenda, _ ("--ahead must be from 0 to %d days"), AHEAD_MAX);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GError) error = NULL;
  g_autoptr (AsOf) as_of = as_of_read (journal, &error);
  g_autofree char *today = as_of != NULL ? as_of_day (as_of) : NULL;
  g_autoptr (GPtrArray) items
      = today != NULL ? agenda_read (journal, today, (guint) ahead, &error) : NULL;
  if (items == NULL)
    return command_fail (&command_agenda, g_steal_pointer (&error));
  if (json)
    print_json (items, today);
  else
    print_all (items, all);
  return agenda_count (items, AGENDA_LATE) > 0 ? EXIT_REFUSED : 0;
}
