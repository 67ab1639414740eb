/* programme.h: the categories, events, days, sessions, entrances' hours and questions of the
 * event file: ids and both languages' words, to understand a list by, to tell a person when
 * and where, and to ask her.
 *
 * A snapshot of the projections, read once, and again when they have changed
 * (programme_refresh()). Lookups fold case, accents, spaces and width
 * (text_fold()); what was taken out of the event file is not in it.
 * Threads: a Programme is immutable and may be shared once read. Reading blocks on
 * disk.  */
#pragma once

#include "congress/days.h"
#include "congress/question.h"
#include "congress/rank.h"
#include "journal/journal.h"
#include "vocabulary/gender.h"

/* Texts that an entry of its kind does not have are "". */
typedef struct {
  char *id, *fr, *zh;
  char *fr_f, *fr_n; /* of categories: for a woman, where nobody knows */
  char **also;       /* of events and categories: other words of lists; may be NULL */
  char *colour;      /* "#rrggbb", of categories */
  char *event, *day, *from, *to, *room; /* of sessions: event id, day label, "14:00" */
  char **days;                          /* of events: labels, in order; NULL elsewhere */
  guint themes;                         /* of sessions: how many sub-themes */
} ProgrammeEntry;

/* The hours of an entrance on one day. */
typedef struct {
  char *event, *fr, *zh; /* event id, "" where it is open to all; the entrance's name */
  char *day, *from, *to; /* "25:30" is half past one of the next morning */
} ProgrammeOpening;

typedef struct _ProgrammeIndex ProgrammeIndex;

/* How many definitions of each of eight tables, and their times. */
#define PROGRAMME_STAMP_NUMBERS 3

typedef struct {
  char *fr, *zh, *place_fr, *place_zh, *timezone;
  GPtrArray *days;        /* Day */
  GPtrArray *events;      /* ProgrammeEntry, in order */
  GPtrArray *categories;  /* ProgrammeEntry, in order */
  GPtrArray *sessions;    /* ProgrammeEntry by id; fr and zh are the titles */
  GPtrArray *delegations; /* ProgrammeEntry; may be empty: lists name delegations freely */
  RankBook *ranks;
  GPtrArray *openings;                   /* ProgrammeOpening of all entrances */
  GPtrArray *questions;                  /* Question, in order (question.h) */
  ProgrammeIndex *index;                 /* programme.c's own */
  gint64 stamp[PROGRAMME_STAMP_NUMBERS]; /* of the definitions it was read from */
} Programme;

/* An empty Programme (fr is "") where no event file was loaded. */
Programme *programme_read (Journal *journal, GError **error);
void programme_free (Programme *programme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Programme, programme_free)

/* @programme (taken over, may be NULL) where no definition has changed since it was read,
 * whoever changed it, else the one of now. One small question instead of seven large ones:
 * for who needs it often. NULL with @error. */
Programme *programme_refresh (Programme *programme, Journal *journal, GError **error);

/* TRUE if no event file was loaded: nothing in a list can be checked. */
gboolean programme_is_empty (const Programme *programme);

/* By id or by a word in either language, for French in the feminine or the plural too
 * (élue, entreprises); NULL if there is none. */
const ProgrammeEntry *programme_category (const Programme *programme, const char *word);
/* The French word of a category for one person. */
const char *programme_category_fr (const ProgrammeEntry *category, Gender gender);
const ProgrammeEntry *programme_event (const Programme *programme, const char *word);
const ProgrammeEntry *programme_session (const Programme *programme, const char *word);
const ProgrammeEntry *programme_delegation (const Programme *programme, const char *word);
/* By label, ISO date, "26/10", "26 octobre", "26 October", "10月26日", "26日". */
const Day *programme_day (const Programme *programme, const char *word);
/* Where and when the congress is, from its first day to its last: « Chengdu, 26–29 octobre
 * 2016 » and “成都 2016年10月26–29日”. Free with g_free(). */
void programme_place (const Programme *programme, char **fr, char **zh);
/* The place of @label among the days, G_MAXUINT if it is none: days in order. */
guint programme_day_order (const Programme *programme, const char *label);
/* The ids, words or labels of @entries as a text for messages: "élu, expert, …". Free
 * with g_free(). */
char *programme_words (const GPtrArray *entries);
