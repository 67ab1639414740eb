/* history_words.h: a fact about a person as a sentence. A part of history.h.
 *
 * Threads: reentrant, after words_start(). Nothing here blocks. */
#pragma once

#include "congress/programme.h"
#include "congress/question.h"
#include "desk/history_change.h"
#include "roster/person_file.h"

/* What a fact is told from; @body is that of an empty object once it was erased. */
typedef struct {
  const Programme *programme;
  const PersonFact *fact;
  JsonValue *body;
  const HistoryChange *change; /* of a registration whose body is there; else NULL */
  gboolean is_past;            /* of a note: another one holds now; of a passage: taken back */
  const PersonFact *undone;    /* the passage that was taken back; NULL for none */
} HistoryTold;

/* @text in the congress's language of that side; WORDS_SIDES: in English. */
const char *history_words_say (guint language, const char *text) G_GNUC_FORMAT (2);
/* Of two names, that reader's; the other where there is none. */
const char *history_words_pick (guint language, const char *first, const char *second);
/* In the congress's language of that side; WORDS_SIDES: in English. Free with
 * g_free(). */
char *history_words_sentence (const HistoryTold *told, guint language);
/* Something that a person looks at first: refused, made void, not printed, withdrawn. */
gboolean history_words_warns (const HistoryTold *told);
