#include "congress/question.h"

#include "core/json.h"
#include "journal/query.h"
#include "vocabulary/dates.h"
#include "vocabulary/diet.h"
#include "vocabulary/name_table.h"

#include <string.h>

static const char QUESTIONS[]
    = "SELECT id, fr, zh, kind, choices, codes, checkpoints, events, categories FROM question "
      "WHERE NOT removed ORDER BY sort, id";
static const char ANSWERS[] = "SELECT question, answer, volunteer, at FROM answer WHERE reference "
                              "= :reference ORDER BY question";
static const char IS_KNOWN[] = "SELECT 1 FROM delegate WHERE reference = :reference";
static const char SAID[]
    = "SELECT answer FROM answer WHERE reference = :reference AND question = :question";

/* Kinds ------------------------------------------------------------------------------ */

static const char *const NAMES[] = { "choice", "yes-no", "date", "diet" };
G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == QUESTION_KINDS);

gboolean question_kind_from_name (const char *name, QuestionKind *kind)
{
  guint index;
  if (!name_table_find (NAMES, QUESTION_KINDS, name, &index))
    return FALSE;
  *kind = (QuestionKind) index;
  return TRUE;
}

/* Questions -------------------------------------------------------------------------- */

static void option_free (gpointer data)
{
  QuestionOption *option = data;
  g_free (option->code);
  g_free (option->fr);
  g_free (option->zh);
  g_free (option);
}

static void question_free (gpointer data)
{
  Question *question = data;
  g_free (question->id);
  g_free (question->fr);
  g_free (question->zh);
  g_ptr_array_unref (question->options);
  addressee_clear (&question->addressee);
  g_free (question);
}

static void add_option (Question *question, const char *code, Pair words)
{
  if (question->options->len >= QUESTION_OPTIONS_MAX)
    return;
  QuestionOption *option = g_new0 (QuestionOption, 1);
  option->code = g_strdup (code);
  option->fr = g_strdup (words.first);
  option->zh = g_strdup (words.second);
  g_ptr_array_add (question->options, option);
}

static void add_choices (Question *question, const char *choices)
{
  g_autoptr (JsonIn) in = json_in_parse (choices, -1, NULL);
  for (guint i = 0; in != NULL && i < json_in_length (json_in_root (in)); i++) {
    JsonValue *choice = json_in_element (json_in_root (in), i);
    const char *fr = json_in_string (choice, "fr"), *zh = json_in_string (choice, "zh");
    g_autofree char *code = g_strdup_printf ("%u", i + 1);
    add_option (question, code, (Pair){ fr != NULL ? fr : "", zh != NULL ? zh : "" });
  }
}

static void add_date (Question *question, const char *date)
{
  g_auto (OwnedPair) words = { NULL, NULL };
  dates_day (date, &words.first, &words.second);
  add_option (question, date, words_of_owned (&words));
}

static void add_options (Question *question, const char *choices, const char *codes)
{
  g_auto (GStrv) list = json_in_strings_of (codes);
  switch (question->kind) {
  case QUESTION_YES_NO:
    add_option (question, "yes", words_pair_in ("answer", NC_ ("answer", "Yes")));
    add_option (question, "no", words_pair_in ("answer", NC_ ("answer", "No")));
    break;
  case QUESTION_DATE:
    for (guint i = 0; list[i] != NULL; i++)
      add_date (question, list[i]);
    break;
  case QUESTION_DIET:
    add_option (question, "none", words_pair_in ("answer", NC_ ("answer", "I eat everything")));
    for (guint i = 0; list[i] != NULL; i++)
      add_option (question, list[i], diet_wording (list[i]));
    break;
  case QUESTION_CHOICE:
  case QUESTION_KINDS:
    add_choices (question, choices);
    break;
  }
}

static Question *of_row (Query *query)
{
  Question *question = g_new0 (Question, 1);
  question->id = g_strdup (query_text (query, 0));
  question->fr = g_strdup (query_text (query, 1));
  question->zh = g_strdup (query_text (query, 2));
  if (!question_kind_from_name (query_text (query, 3), &question->kind))
    question->kind = QUESTION_KINDS;
  question->options = g_ptr_array_new_with_free_func (option_free);
  add_options (question, query_text (query, 4), query_text (query, 5));
  question->addressee
      = addressee_of (query_text (query, 6), query_text (query, 7), query_text (query, 8));
  return question;
}

GPtrArray *question_all (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (question_free);
  Query *query = journal_query (journal, QUESTIONS, error);
  if (query == NULL)
    return NULL;
  while (query_next (query))
    g_ptr_array_add (questions, of_row (query));
  return query_end (query, error) ? g_steal_pointer (&questions) : NULL;
}

const Question *question_find (const GPtrArray *questions, const char *id)
{
  for (guint i = 0; i < questions->len; i++)
    if (strcmp (((const Question *) questions->pdata[i])->id, id) == 0)
      return questions->pdata[i];
  return NULL;
}

static const QuestionOption *option_of (const Question *question, const char *code)
{
  for (guint i = 0; i < question->options->len; i++)
    if (strcmp (((const QuestionOption *) question->options->pdata[i])->code, code) == 0)
      return question->options->pdata[i];
  return NULL;
}

Pair question_answer_wording (const Question *question, const char *code)
{
  const QuestionOption *option = option_of (question, code);
  return option != NULL ? (Pair){ option->fr, option->zh } : (Pair){ code, code };
}

/* Answers ---------------------------------------------------------------------------- */

static void answer_free (gpointer data)
{
  QuestionAnswer *answer = data;
  g_free (answer->question);
  g_free (answer->answer);
  g_free (answer->volunteer);
  g_free (answer);
}

GPtrArray *question_answers (Journal *journal, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (answer_free);
  Query *query = journal_query (journal, ANSWERS, error);
  if (query == NULL)
    return NULL;
  query_bind_text (query, ":reference", reference);
  while (query_next (query)) {
    QuestionAnswer *answer = g_new0 (QuestionAnswer, 1);
    answer->question = g_strdup (query_text (query, 0));
    answer->answer = g_strdup (query_text (query, 1));
    answer->volunteer = g_strdup (query_text (query, 2));
    answer->at = (HybridTime) query_int (query, 3);
    g_ptr_array_add (answers, answer);
  }
  return query_end (query, error) ? g_steal_pointer (&answers) : NULL;
}

static gboolean is_answered (const GPtrArray *answers, const char *question)
{
  for (guint i = 0; i < answers->len; i++)
    if (strcmp (((const QuestionAnswer *) answers->pdata[i])->question, question) == 0)
      return TRUE;
  return FALSE;
}

GArray *question_open (Journal *journal, const GPtrArray *questions, const char *reference,
                       const AddresseePerson *person, GError **error)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < questions->len; i++) {
    const Question *question = questions->pdata[i];
    if (question->options->len > 0 && addressee_fits (&question->addressee, person))
      g_array_append_val (open, i);
  }
  if (open->len == 0)
    return g_steal_pointer (&open);
  g_autoptr (GPtrArray) answers = question_answers (journal, reference, error);
  if (answers == NULL)
    return NULL;
  for (guint i = open->len; i > 0; i--) {
    const Question *question = questions->pdata[g_array_index (open, guint, i - 1)];
    if (is_answered (answers, question->id))
      g_array_remove_index (open, i - 1);
  }
  return g_steal_pointer (&open);
}

/* Sets *@found to the first column of @sql's row; NULL where there is none. */
static gboolean look (Journal *journal, const char *sql, const char *reference,
                      const char *question, char **found, GError **error)
{
  Query *query = journal_query (journal, sql, error);
  if (query == NULL)
    return FALSE;
  query_bind_text (query, ":reference", reference);
  if (question != NULL)
    query_bind_text (query, ":question", question);
  if (query_next (query))
    *found = g_strdup (query_text (query, 0));
  return query_end (query, error);
}

static gboolean append (Journal *journal, const char *reference, const QuestionAnswer *answer,
                        GError **error)
{
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  json_out_string (out, "question", answer->question);
  json_out_string (out, "answer", answer->answer);
  json_out_string_if (out, "volunteer", answer->volunteer);
  json_out_end_object (out);
  g_autofree char *body = json_out_finish (out);
  return journal_append (journal, "answer", reference, body, NULL, error);
}

static gboolean say (Journal *journal, const char *reference, const QuestionAnswer *answer,
                     gboolean *known, GError **error)
{
  g_autofree char *registered = NULL, *before = NULL;
  g_autoptr (GPtrArray) questions = question_all (journal, error);
  if (questions == NULL || !look (journal, IS_KNOWN, reference, NULL, &registered, error)
      || !look (journal, SAID, reference, answer->question, &before, error))
    return FALSE;
  const Question *question = question_find (questions, answer->question);
  *known = registered != NULL && question != NULL && option_of (question, answer->answer) != NULL;
  return !*known || g_strcmp0 (before, answer->answer) == 0
         || append (journal, reference, answer, error);
}

gboolean question_answer (Journal *journal, const char *reference, const char *question,
                          const char *code, const char *volunteer, gboolean *known, GError **error)
{
  const QuestionAnswer answer = { .question = (char *) (guintptr) question,
                                  .answer = (char *) (guintptr) code,
                                  .volunteer = (char *) (guintptr) volunteer };
  *known = FALSE;
  return journal_begin (journal, error)
         && journal_finish (journal, say (journal, reference, &answer, known, error), error);
}
