/* agenda.h: the deadlines of the programme, as the event file has them ([deadline ID]):
 * what is done, late, due soon, or later.
 *
 * A deadline is late from the day after its date, at the venue; due from
 * AGENDA_AHEAD_DAYS before it. Whoever has done it writes the date into the event file.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "core/words.h"
#include "journal/journal.h"

#define AGENDA_AHEAD_DAYS 14

typedef enum { AGENDA_LATE, AGENDA_DUE, AGENDA_LATER, AGENDA_DONE, AGENDA_STATES } AgendaState;

typedef struct {
  char *id, *fr, *zh;
  char *by_fr, *by_zh; /* who sees to it; "" where nobody is named */
  char *due, *done;    /* ISO dates; done: "" until it is */
  AgendaState state;
  gint days; /* until it is due; below 0: since */
} AgendaItem;

/* As of the ISO date @today, with @ahead days: AgendaItem by state, date and order; free
 * with g_ptr_array_unref(). */
GPtrArray *agenda_read (Journal *journal, const char *today, guint ahead, GError **error);
/* How many are of that state. */
guint agenda_count (const GPtrArray *items, AgendaState state);
/* "late" "due" "later" "done" */
const char *agenda_state_name (AgendaState state);
/* The same for people. */
Pair agenda_state_words (AgendaState state);
