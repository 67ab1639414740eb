/* tally.h: who came, gathered from the projections for counts.h.
 *
 * Where no groups are asked for it reads what the projections have counted, in a
 * millisecond or two. By group it looks at each delegate and at each person who was
 * admitted at an entrance.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

#define TALLY_EVENTS_MAX 64
#define TALLY_NO_GROUP G_MAXUINT

/* A column of `delegate` that groups people. */
typedef enum { TALLY_UNGROUPED, TALLY_CATEGORY, TALLY_DELEGATION, TALLY_COUNTRY } TallyGrouping;

typedef struct {
  char *id, *fr,
      *zh; /* fr and zh only of a delegation that bears its organisation's name; else "" */
  gint64 registered, arrived, inside, passages, refused;
} TallyGroup;

typedef struct {
  char *id;
  gint event; /* index in events, -1 if unknown */
} TallyEntrance;

typedef struct {
  GPtrArray *events;    /* char *: ids, in order; at most TALLY_EVENTS_MAX */
  GPtrArray *entrances; /* TallyEntrance */
  GPtrArray *groups;    /* TallyGroup */
  char day[11];         /* the last on which anybody was admitted; "" if nobody was */
  gint64 registered, arrived, inside;
  gint64 arrived_at[TALLY_EVENTS_MAX]; /* by event */
  gint64 both, only_first, only_second;
} Tally;

Tally *tally_read (Journal *journal, TallyGrouping grouping, GError **error);
void tally_free (Tally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tally, tally_free)

/* People admitted on @day at the entrances of event @event (-1: of all), and those of
 * them who did not go out. */
gboolean tally_day (const Tally *tally, Journal *journal, const char *day, gint event,
                    gint64 *arrived, gint64 *inside, GError **error);
