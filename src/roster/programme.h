/* programme.h: the categories, events, days and sessions of the event file, as the roster floor needs them to understand a list: ids and both languages' words.
 *
 * A snapshot of the projections, read once. Lookups fold case, accents, spaces and width (text_fold()).
 * Threads: a Programme is immutable and may be shared once read. Reading blocks on disk.  */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *id, *fr, *zh, *colour; /* colour "#rrggbb" */
} ProgrammeEntry;

typedef struct {
  char *label; /* "26" */
  char *date;  /* "2016-10-26" */
} ProgrammeDay;

typedef struct {
  char *fr, *zh, *place_fr, *place_zh, *timezone;
  GPtrArray *days;       /* ProgrammeDay */
  GPtrArray *events;     /* ProgrammeEntry, in order */
  GPtrArray *categories; /* ProgrammeEntry, in order */
  GPtrArray *sessions;   /* ProgrammeEntry; fr and zh are the titles */
} Programme;

/* An empty Programme (fr is "") where no event file was loaded. */
Programme *programme_read (Journal *journal, GError **error);
void programme_free (Programme *programme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Programme, programme_free)

/* By id or by a word in either language; NULL if there is none. */
const ProgrammeEntry *programme_category (const Programme *programme, const char *word);
const ProgrammeEntry *programme_event (const Programme *programme, const char *word);
const ProgrammeEntry *programme_session (const Programme *programme, const char *word);
/* By label, ISO date, "26/10", "26 octobre", "10月26日", "26日". */
const ProgrammeDay *programme_day (const Programme *programme, const char *word);
