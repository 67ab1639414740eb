/* answers.h: how many people gave which answer to the questions of the doors
 * (congress/question.h).
 *
 * Counted are people who are registered, withdrawn ones left out; each by her last answer. Where
 * answers are withheld (a gate's replica) nobody has given any.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "congress/question.h"

/* One answer; all texts belong to the row. */
typedef struct {
  char *question, *question_fr, *question_zh; /* id, and what is asked */
  char *answer, *fr, *zh;                     /* code, and as people read it */
  gint64 people;
} AnswersRow;

/* By question and answer in the event file's order, those that nobody gave too; then answers that
 * it does not offer any more: AnswersRow; free with g_ptr_array_unref(). */
GPtrArray *answers_read (Journal *journal, GError **error);
