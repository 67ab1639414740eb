/* question.h: questions of the event file that people are asked at a door, and what they
 * answered.
 *
 * A question never decides who is let in, and nobody waits for an answer: whoever passes it over
 * is asked at her next scan, or at the desk. Of each question a person's last answer holds. An
 * answer is hers: an erasure takes it, and a replica of a gate knows only that she has answered.
 *
 * Threads: as the Journal; questions are immutable once read. Blocks on disk. */
#pragma once

#include "congress/addressee.h"
#include "core/words.h"
#include "journal/journal.h"

#define QUESTION_OPTIONS_MAX 8 /* what a small screen shows at once */

typedef enum {
  QUESTION_CHOICE, /* answers "1", "2" …, in the order of the event file */
  QUESTION_YES_NO, /* "yes", "no" */
  QUESTION_DATE,   /* ISO dates */
  QUESTION_DIET,   /* as vocabulary/diet.h, and "none" */
  QUESTION_KINDS
} QuestionKind;

/* "choice" "yes-no" "date" "diet" */
gboolean question_kind_from_name (const char *name, QuestionKind *kind);

typedef struct {
  char *code, *fr, *zh; /* fr, zh: in the congress's two languages */
} QuestionOption;

typedef struct {
  char *id, *fr, *zh;
  QuestionKind kind;
  GPtrArray *options; /* QuestionOption, at most QUESTION_OPTIONS_MAX */
  Addressee addressee;
} Question;

/* All that are asked, in order: Question; free with g_ptr_array_unref(). */
GPtrArray *question_all (Journal *journal, GError **error);
/* NULL if there is none such. */
const Question *question_find (const GPtrArray *questions, const char *id);
/* What an answer says, as people read it; the code where it is no option any more. */
Pair question_answer_wording (const Question *question, const char *code);

/* The places in @questions of those that she is to be asked there and has not answered, in
 * order, as guint; free with g_array_unref(). */
GArray *question_open (Journal *journal, const GPtrArray *questions, const char *reference,
                       const AddresseePerson *person, GError **error);

typedef struct {
  char *question, *answer, *volunteer; /* ids and codes; volunteer: "" for herself */
  HybridTime at;
} QuestionAnswer;
/* Of one person, by question: QuestionAnswer; free with g_ptr_array_unref(). */
GPtrArray *question_answers (Journal *journal, const char *reference, GError **error);

/* The last: what she says now. One transaction; writes nothing where she has said so already.
 * @volunteer: "" for herself. *@known FALSE: nobody is registered so, or the question or the
 * answer is none, and nothing was written. */
gboolean question_answer (Journal *journal, const char *reference, const char *question,
                          const char *code, const char *volunteer, gboolean *known, GError **error);
