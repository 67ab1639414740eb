/* question_command.c: `accueil questions` and `accueil answer`: what people are asked at the
 * doors, how many said what, and what one of them says. */
#include "cli/desk_output.h"
#include "core/text.h"
#include "core/words.h"
#include "counts/answers.h"
#include "credential/issue.h"

#include <stdio.h>
#include <string.h>

static int run_questions (int argc, char **argv);
static int run_answer (int argc, char **argv);

extern const Command command_questions, command_answer;
const Command command_questions = {
  .name = "questions",
  .usage = N_ ("[--json|--csv] [--db FILE]"),
  .summary = N_ ("Count the answers to the questions that the event file asks at the doors"),
  .run = run_questions,
};
const Command command_answer = {
  .name = "answer",
  .usage = N_ ("REFERENCE [QUESTION ANSWER --volunteer NAME] [--json] [--db FILE]"),
  .summary = N_ ("Show what a person has answered at the doors, or note an answer of hers: its "
                 "number, yes or no, a date, a diet"),
  .run = run_answer,
};

/* Counts ----------------------------------------------------------------------------- */

static void print_csv (const GPtrArray *rows)
{
  puts ("question,question_fr,question_zh,answer,fr,zh,people");
  for (guint i = 0; i < rows->len; i++) {
    const AnswersRow *row = rows->pdata[i];
    g_autofree char *people = g_strdup_printf ("%lld", (long long) row->people);
    const char *fields[] = { row->question, row->question_fr, row->question_zh,
                             row->answer,   row->fr,          row->zh,
                             people };
    g_autoptr (GString) line = g_string_new (NULL);
    for (guint j = 0; j < G_N_ELEMENTS (fields); j++)
      command_csv_append (line, fields[j], j + 1 == G_N_ELEMENTS (fields));
    fputs (line->str, stdout);
  }
}

static void print_json (const GPtrArray *rows)
{
  JsonOut *out = json_out_new ();
  json_out_begin_array (out, NULL);
  for (guint i = 0; i < rows->len; i++) {
    const AnswersRow *row = rows->pdata[i];
    json_out_begin_object (out, NULL);
    json_out_string (out, "question", row->question);
    json_out_string (out, "answer", row->answer);
    json_out_string (out, "fr", row->fr);
    json_out_string (out, "zh", row->zh);
    json_out_int (out, "people", row->people);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
}

/* Each question is said once, above its answers. */
static void print_text (const GPtrArray *rows)
{
  const char *before = "";
  for (guint i = 0; i < rows->len; i++) {
    const AnswersRow *row = rows->pdata[i];
    g_autofree char *label = g_strdup_printf ("%s · %s", row->fr, row->zh);
    if (strcmp (row->question, before) != 0)
      printf ("%s%s  %s · %s\n", i > 0 ? "\n" : "", row->question, row->question_fr,
              row->question_zh);
    before = row->question;
    printf ("  %-14s %s%*s %lld\n", row->answer, label, MAX (0, 40 - text_columns (label)), "",
            (long long) row->people);
  }
}

static int run_questions (int argc, char **argv)
{
  gboolean json = FALSE, csv = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_ ("As CSV, for a spreadsheet"), NULL },
    { 0 },
  };
  if (!command_parse (&command_questions, entries, &argc, &argv, &status))
    return status;
  if (argc != 1)
    return command_usage (&command_questions, _ ("“%s” is not expected here"), argv[1]);
  if (json && csv)
    return command_usage (&command_questions, "%s", _ ("either --json or --csv"));
  g_autoptr (Journal) journal = command_open ();
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = journal != NULL ? answers_read (journal, &error) : NULL;
  if (rows == NULL)
    return error != NULL ? command_fail (&command_questions, error) : EXIT_REFUSED;
  (json ? print_json : csv ? print_csv : print_text) (rows);
  return 0;
}

/* One person ------------------------------------------------------------------------- */

static void show_answer (const Question *question, const QuestionAnswer *answer, GTimeZone *zone,
                         JsonOut *out)
{
  Pair said = question != NULL ? question_answer_wording (question, answer->answer)
                               : (Pair){ answer->answer, answer->answer };
  g_autofree char *at = desk_output_time (zone, clock_hybrid_ms (answer->at), out != NULL),
                  *line = words_line (said);
  if (out == NULL) {
    printf ("%s  %s  %s\n", answer->question, at, desk_output_clean (line));
    return;
  }
  json_out_begin_object (out, NULL);
  json_out_string (out, "question", answer->question);
  json_out_string (out, "answer", answer->answer);
  json_out_string (out, "fr", said.first);
  json_out_string (out, "zh", said.second);
  json_out_string (out, "at", at);
  json_out_string_if (out, "volunteer", answer->volunteer);
  json_out_end_object (out);
}

static int show (Journal *journal, const char *reference, gboolean json)
{
  GError *error = NULL;
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  g_autoptr (GPtrArray) questions = question_all (journal, &error);
  g_autoptr (GPtrArray) answers
      = questions != NULL ? question_answers (journal, reference, &error) : NULL;
  if (answers == NULL)
    return command_fail (&command_answer, error);
  JsonOut *out = json ? json_out_new () : NULL;
  if (json)
    json_out_begin_array (out, NULL);
  for (guint i = 0; i < answers->len; i++) {
    const QuestionAnswer *answer = answers->pdata[i];
    show_answer (question_find (questions, answer->question), answer, zone, out);
  }
  if (!json)
    return 0;
  json_out_end_array (out);
  g_autofree char *text = json_out_finish (out);
  puts (text);
  return 0;
}

static int note (Journal *journal, char **argv, const char *volunteer)
{
  g_autofree char *who = issue_typed (volunteer, ISSUE_VOLUNTEER_MAX);
  gboolean known = FALSE;
  GError *error = NULL;
  if (!question_answer (journal, argv[1], argv[2], argv[3], who, &known, &error))
    return command_fail (&command_answer, error);
  if (known)
    return 0;
  g_printerr (_ ("accueil answer: there is no person “%s”, no question “%s” of the event file, or "
                 "no answer “%s” to it; “accueil questions” lists them. Nothing was written.\n"),
              argv[1], argv[2], argv[3]);
  return EXIT_REFUSED;
}

static int run_answer (int argc, char **argv)
{
  g_autofree char *volunteer = NULL;
  gboolean json = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &volunteer, N_ ("Who notes it"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_answer, entries, &argc, &argv, &status))
    return status;
  if (argc != 2 && argc != 4)
    return command_usage (&command_answer, "%s",
                          argc < 2 ? _ ("the REFERENCE is missing")
                                   : _ ("write REFERENCE QUESTION ANSWER"));
  if ((argc == 4) != (volunteer != NULL))
    return command_usage (&command_answer, "%s",
                          argc == 4 ? _ ("who does it? Write --volunteer NAME")
                                    : _ ("write REFERENCE QUESTION ANSWER"));
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  return argc == 2 ? show (journal, argv[1], json) : note (journal, argv, volunteer);
}
