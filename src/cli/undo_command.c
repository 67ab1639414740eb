/* undo_command.c: `accueil undo`: a passage taken back, as if it had not been: a meal scanned by
 * mistake, somebody let in by mistake. */
#include "cli/desk_output.h"
#include "core/words.h"

#include <stdio.h>

static int run (int argc, char **argv);

extern const Command command_undo;
const Command command_undo = {
  .name = "undo",
  .usage = N_ ("REFERENCE [--passage STATION:NUMBER] [--reason TEXT --volunteer NAME] [--json] "
               "[--db FILE]"),
  .summary = N_ ("Take a person's last passage back, or another one, as if it had not been: a meal "
                 "scanned, somebody let in by mistake. Without --reason, list those that can be"),
  .run = run,
};

static void print_passage (const DeskPassage *passage, GTimeZone *zone)
{
  g_autofree char *at = desk_output_time (zone, passage->at_ms, FALSE),
                  *place = g_strdup_printf ("%s · %s", passage->place_fr, passage->place_zh);
  printf ("%s  %s  %s%s%s\n", passage->id, at, desk_output_clean (place), passage->out ? "  " : "",
          passage->out ? _ ("way out") : "");
}

static void add_passage (JsonOut *out, const DeskPassage *passage, GTimeZone *zone)
{
  g_autofree char *at = desk_output_time (zone, passage->at_ms, TRUE);
  json_out_begin_object (out, NULL);
  json_out_string (out, "passage", passage->id);
  json_out_string (out, "at", at);
  json_out_string (out, "fr", passage->place_fr);
  json_out_string (out, "zh", passage->place_zh);
  json_out_bool (out, "out", passage->out);
  json_out_end_object (out);
}

static int list (Journal *journal, const char *reference, gboolean json)
{
  GError *error = NULL;
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  g_autoptr (GPtrArray) passages = desk_passages (journal, reference, &error);
  if (passages == NULL)
    return command_fail (&command_undo, error);
  JsonOut *out = json ? json_out_new () : NULL;
  if (json)
    json_out_begin_array (out, NULL);
  for (guint i = 0; i < passages->len; i++)
    if (json)
      add_passage (out, passages->pdata[i], zone);
    else
      print_passage (passages->pdata[i], zone);
  if (!json)
    return 0;
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
  return 0;
}

static int run (int argc, char **argv)
{
  g_autofree char *passage = NULL, *reason = NULL, *volunteer = NULL;
  gboolean json = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "passage", 'p', 0, G_OPTION_ARG_STRING, &passage,
      N_ ("Which one, as the list names it; without it the last"), N_ ("STATION:NUMBER") },
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason,
      N_ ("Why: mistake, other-person, not-used, or in your own words"), N_ ("TEXT") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who does it"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_undo, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_undo, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("one REFERENCE at a time"));
  if ((reason != NULL) != (volunteer != NULL) || (passage != NULL && reason == NULL))
    return command_usage (&command_undo, "%s",
                          reason != NULL ? _ ("who does it? Write --volunteer NAME")
                                         : _ ("why is it taken back? Write --reason TEXT"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  if (reason == NULL)
    return list (journal, argv[1], json);
  GError *error = NULL;
  DeskResult result = { 0 };
  gboolean done = desk_undo (journal, argv[1], passage, volunteer, reason, &result, &error);
  return desk_output_report (&command_undo, done, &result, argv[1], json, error);
}
