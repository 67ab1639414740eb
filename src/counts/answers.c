#include "counts/answers.h"

#include "journal/query.h"

#include <string.h>

static const char GIVEN[]
    = "SELECT a.question, a.answer, count (*) FROM answer a JOIN delegate d ON d.reference = "
      "a.reference WHERE NOT d.revoked AND a.answer <> '' GROUP BY 1, 2 ORDER BY 1, 2";

static void row_free (gpointer data)
{
  AnswersRow *row = data;
  g_free (row->question);
  g_free (row->question_fr);
  g_free (row->question_zh);
  g_free (row->answer);
  g_free (row->fr);
  g_free (row->zh);
  g_free (row);
}

static AnswersRow *add_row (GPtrArray *rows, const Question *question, const char *code)
{
  AnswersRow *row = g_new0 (AnswersRow, 1);
  Pair words = question_answer_wording (question, code);
  row->question = g_strdup (question->id);
  row->question_fr = g_strdup (question->fr);
  row->question_zh = g_strdup (question->zh);
  row->answer = g_strdup (code);
  row->fr = g_strdup (words.first);
  row->zh = g_strdup (words.second);
  g_ptr_array_add (rows, row);
  return row;
}

static AnswersRow *row_of (GPtrArray *rows, const Question *question, const char *code)
{
  for (guint i = 0; i < rows->len; i++) {
    AnswersRow *row = rows->pdata[i];
    if (strcmp (row->question, question->id) == 0 && strcmp (row->answer, code) == 0)
      return row;
  }
  return add_row (rows, question, code);
}

GPtrArray *answers_read (Journal *journal, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free),
                        questions = question_all (journal, error);
  Query *query = questions != NULL ? journal_query (journal, GIVEN, error) : NULL;
  if (query == NULL)
    return NULL;
  for (guint i = 0; i < questions->len; i++) {
    const Question *question = questions->pdata[i];
    for (guint j = 0; j < question->options->len; j++)
      add_row (rows, question, ((const QuestionOption *) question->options->pdata[j])->code);
  }
  while (query_next (query)) {
    const Question *question = question_find (questions, query_text (query, 0));
    if (question != NULL)
      row_of (rows, question, query_text (query, 1))->people = query_int (query, 2);
  }
  return query_end (query, error) ? g_steal_pointer (&rows) : NULL;
}
