/* overview_shape.h: what a recount holds (overview.h), and how it is let go of. For what
 * each figure means see there.
 * Threads: an Overview is immutable once read. */
#pragma once

#include "congress/programme.h"
#include "counts/counts.h"
#include "vocabulary/checkpoint_kind.h"

#define OVERVIEW_QUARTER_MS (15 * 60 * 1000)

typedef struct {
  gint64 expected, arrived, inside;
} OverviewFigures;

typedef struct {
  char *id, *fr, *zh; /* of a side: the country's code and names */
  char *country;      /* of a delegation: of these members of it */
  OverviewFigures figures;
} OverviewGroup;

/* A category, for the two sides. */
typedef struct {
  char *id, *fr, *zh;
  OverviewFigures sides[2];
} OverviewBalance;

typedef struct {
  char *id, *fr, *zh;
  gint64 arrivals;
} OverviewEntrance;

typedef struct {
  char *id, *fr, *zh, *room, *day; /* day: ISO date */
  gint64 opens_ms, closes_ms;
  gboolean door; /* somebody scans there: without, inside and peak are not known */
  gint64 capacity, registered, inside, peak, peak_ms;
} OverviewRoom;

typedef struct {
  char *id, *fr, *zh;
  CheckpointKind kind;
  gint64 entitled, served, capacity; /* capacity: 0 for none */
} OverviewService;

/* What a station has done on the day. */
typedef struct {
  char *name, *checkpoint_fr, *checkpoint_zh; /* where it scanned last */
  CheckpointKind kind;
  gint64 passages, refused, last_hour, last_ms; /* last_ms: its last passage */
} OverviewStation;

typedef struct {
  gint64 at_ms;   /* when it was counted, by the hub's clock */
  gint64 head;    /* the highest number of a fact that is counted */
  gint64 cost_ms; /* how long it took */
  char day[11];   /* ISO date */
  char *label;    /* of the day */
  gboolean today; /* the day is the clock's */
  GTimeZone *zone;
  Programme *programme;
  Counts *events; /* by event: all of the congress, and its events */
  gint64 registered_both, registered_either;
  OverviewFigures figures;
  gint64 passages, refused; /* of the day */
  GPtrArray *sides;         /* OverviewGroup: the two, then one for all others if any */
  GPtrArray *delegations;   /* OverviewGroup */
  GPtrArray *balances;      /* OverviewBalance, in the order of the categories */
  GPtrArray *entrances;     /* OverviewEntrance with arrivals, most first */
  gint64 first_quarter_ms;
  guint quarters;
  gint64 *arrivals;    /* quarters × entrances */
  GPtrArray *rooms;    /* OverviewRoom by day and hour */
  GPtrArray *services; /* OverviewService of the day */
  GPtrArray *stations; /* OverviewStation by name */
} Overview;

/* Empty, for overview.c to fill. */
Overview *overview_new (void);
void overview_free (Overview *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Overview, overview_free)

/* Arrivals of a quarter at an entrance, or at all (G_MAXUINT). */
gint64 overview_arrivals (const Overview *overview, guint quarter, guint entrance);
/* What OverviewStation a name has; NULL for one that has scanned nothing on the day. */
const OverviewStation *overview_station (const Overview *overview, const char *name);
