/* companions_command.c: `accueil companions`, `accueil companions add`: people at a
 * door who are counted only. */
#include "cli/desk_output.h"

#include "congress/programme.h"
#include "core/json.h"
#include "core/words.h"
#include "credential/issue.h"
#include "desk/head_count.h"

#include <stdio.h>

static int run (int argc, char **argv);
static int run_add (int argc, char **argv);

extern const Command command_companions, command_companions_add;
const Command command_companions = {
  .name = "companions",
  .usage = N_ ("[--day DAY] [--json] [--db FILE]"),
  .summary = N_ ("Count companions and visitors without a registration, by day and door; they are "
                 "in no figure of persons"),
  .run = run,
};
const Command command_companions_add = {
  .name = "companions add",
  .usage = N_ ("CHECKPOINT [--visitors] [--heads N] [--volunteer NAME] [--db FILE]"),
  .summary = N_ ("Note that companions went in at a door, or visitors without a registration"),
  .run = run_add,
};

static int run_add (int argc, char **argv)
{
  g_autofree char *volunteer = NULL;
  gboolean visitors = FALSE;
  gint heads = 1;
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "visitors", 0, 0, G_OPTION_ARG_NONE, &visitors, N_ ("They are visitors, not companions"),
      NULL },
    { "heads", 'n', 0, G_OPTION_ARG_INT, &heads, N_ ("How many; below 0 takes back"), N_ ("N") },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who says so"), N_ ("NAME") },
    { 0 },
  };
  if (!command_parse (&command_companions_add, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_companions_add, "%s",
                          argc < 2 ? _ ("at which door? Write the checkpoint’s id")
                                   : _ ("one door at a time"));
  if (heads == 0 || ABS (heads) > HEAD_COUNT_MOST)
    return command_usage (&command_companions_add, _ ("--heads is from 1 to %d, or below 0"),
                          HEAD_COUNT_MOST);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autofree char *who = issue_typed (volunteer, ISSUE_VOLUNTEER_MAX);
  HeadCountWho kind = visitors ? HEAD_COUNT_VISITOR : HEAD_COUNT_COMPANION;
  if (!head_count_add (journal, argv[1], kind, heads, who, &error))
    return command_fail (&command_companions_add, error);
  return 0;
}

static void print_json (const GPtrArray *rows)
{
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < rows->len; i++) {
    const HeadCountRow *row = rows->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "day", row->day);
    json_out_string (out, "checkpoint", row->checkpoint);
    json_out_string (out, "fr", row->fr);
    json_out_string (out, "zh", row->zh);
    json_out_int (out, "companions", row->heads[HEAD_COUNT_COMPANION]);
    json_out_int (out, "visitors", row->heads[HEAD_COUNT_VISITOR]);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

static void print_rows (const GPtrArray *rows)
{
  g_autofree char *companions = words_line (head_count_wording (HEAD_COUNT_COMPANION)),
                  *visitors = words_line (head_count_wording (HEAD_COUNT_VISITOR));
  for (guint i = 0; i < rows->len; i++) {
    const HeadCountRow *row = rows->pdata[i];
    g_autofree char *place = words_line ((Pair){ row->fr, row->zh }),
                    *line
                    = g_strdup_printf ("%s  %s  %s: %lld  %s: %lld", row->day, place, companions,
                                       (long long) row->heads[HEAD_COUNT_COMPANION], visitors,
                                       (long long) row->heads[HEAD_COUNT_VISITOR]);
    puts (desk_output_clean (line));
  }
}

static int run (int argc, char **argv)
{
  g_autofree char *word = NULL;
  gboolean json = FALSE;
  GError *error = NULL;
  int status = 0;
  GOptionEntry entries[] = {
    { "day", 'd', 0, G_OPTION_ARG_STRING, &word, N_ ("Of one day"), N_ ("DAY") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_companions, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_companions, _ ("“%s” is not expected here"), argv[1]);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  const Day *day = programme != NULL && word != NULL ? programme_day (programme, word) : NULL;
  if (programme != NULL && word != NULL && day == NULL)
    return command_usage (&command_companions, _ ("“%s” is no day of the congress"), word);
  g_autoptr (GPtrArray) rows
      = programme != NULL ? head_count_read (journal, day != NULL ? day->date : NULL, &error)
                          : NULL;
  if (rows == NULL)
    return command_fail (&command_companions, error);
  (json ? print_json : print_rows) (rows);
  return 0;
}
