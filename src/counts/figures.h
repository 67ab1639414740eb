/* figures.h: all figures that stand on the organisers' pages, in answers of the hub and
 * on sheets that are taken away: read at one moment, so that they agree with each other.
 *
 * Words are those of counts.h, and so are the values: at one head of the journal
 * counts_read() says the same. What this adds is of one day (`day`) and, if one is asked
 * for, of one event:
 *
 * - expected: registered for the day, and for the event if one is asked for; not withdrawn.
 * - arrived: admitted on the day at an entrance (of the event); inside: of those, whose last
 *   passage there was no way out. Whoever came counts, expected or not.
 * - missing: expected and not arrived, person by person. So inside + left + missing =
 *   expected + unexpected, where left = arrived - inside and unexpected = arrived -
 *   (expected - missing).
 * - an arrival is a person's first admission of the day; their sum is arrived.
 *
 * Distinct persons, but for passages and refused. A side is whose country that is: FR is
 * France; CN, HK and MO are China; a person without a country has the delegation's.
 *
 * figures_reader.h reads them. Threads: a Figures is immutable once read, and may be
 * shared. */
#pragma once

#include "congress/programme.h"
#include "counts/as_of.h"
#include "congress/rank.h"

typedef enum { FIGURES_FRANCE, FIGURES_CHINA, FIGURES_ELSEWHERE, FIGURES_SIDES } FiguresSide;
/* "france" "china" "other" */
const char *figures_side_name (FiguresSide side);
/* The side of who comes from that country; "" for a country that nobody knows. */
FiguresSide figures_side_of (const char *country);
/* The country of a side's name, "FR" or "CN"; "" for elsewhere. */
const char *figures_side_country (FiguresSide side);

typedef struct {
  gint64 registered, arrived, inside;
} FiguresCount;

typedef struct {
  gint64 expected, arrived, inside, missing;
} FiguresDay;

typedef struct {
  char *id, *fr, *zh;
  FiguresCount count;
  gint64 opens_ms;  /* when its entrances open first; 0: not said */
  gboolean way_out; /* an entrance is defined to see people leave */
} FiguresEvent;

typedef struct {
  char *id, *fr, *zh;
  gint64 arrived; /* people whose first admission of the day was here */
} FiguresEntrance;

#define FIGURES_QUARTER_MS (15 * 60 * 1000)
typedef struct {
  gint64 from_ms;
  gint64 people;
  gint64 *by_entrance; /* one an entrance, in their order */
} FiguresQuarter;

typedef enum { FIGURES_ROOM_FREE, FIGURES_ROOM_NEARLY_FULL, FIGURES_ROOM_FULL } FiguresRoomState;
/* "free" "nearly-full" "full" */
const char *figures_room_state_name (FiguresRoomState state);
#define FIGURES_ROOM_NEARLY_PERCENT 80

/* Who comes in first so long after the beginning is late; who is out so long before the
 * end, and not back, has left half-way. */
#define FIGURES_ROOM_GRACE_MS (10 * 60 * 1000)

/* A session, whichever of its doors people take, or a zone. */
typedef struct {
  char *id, *fr, *zh; /* the checkpoint, of several the first; "" where nobody scans */
  char *session, *title_fr, *title_zh, *room; /* "" where it is a zone */
  char *day;                                  /* ISO date; of a zone the figures' */
  gint64 from_ms, to_ms;                      /* of the session, or the zone's openings */
  gint64 capacity;                            /* 0: no limit */
  gint64 registered, inside, arrived;         /* on its day; registered as in counts.h */
  gint64 peak, peak_ms;                       /* the most at a time, and when first; 0: nobody */
  gint64 late, left; /* of a session: who came in late; who went out before its end for good */
  FiguresRoomState state;
} FiguresRoom;
/* Somebody scans there: otherwise nothing is known but how many are registered. */
gboolean figures_room_is_counted (const FiguresRoom *room);

/* A meal, a shuttle or a desk that lends headsets, on the day. The id is "" for headsets that
 * are out and were lent at none of the day's desks, or nobody knows where: so what desks have
 * lent is what is out by channel. */
typedef struct {
  char *id, *fr, *zh; /* "" without an id */
  CheckpointKind kind;
  gint64 from_ms, to_ms; /* its hours on the day; 0: always open */
  gint64 capacity;       /* 0: no limit */
  gint64 entitled;       /* people, as counts.h's registered */
  gint64 served;         /* people admitted on the day; at a headset desk: people who have one */
  gint64 left;           /* of those entitled; of headsets, if it has a capacity: to be lent */
  gint64 passages;       /* scans that were admitted on the day */
} FiguresService;
/* Of how many it has served so many: a desk's headsets, else those entitled; 0: not said. */
gint64 figures_service_whole (const FiguresService *service);

/* Who stays in a hotel: how many may ride, and how many did on the day. */
typedef struct {
  char *hotel; /* "": not said */
  gint64 entitled, rode;
} FiguresHotel;

/* Headsets of a channel, of the whole congress. */
typedef struct {
  char *language;             /* as registered; "": not said */
  gint64 entitled, out, back; /* people who may have, have, and had one */
  gint64 overdue;             /* out since a day before */
} FiguresChannel;

/* What a station has done on the day. */
typedef struct {
  char *name;
  gint64 passages, refused; /* scans */
  gint64 last_hour;         /* scans of the last sixty minutes */
  gint64 last_ms;           /* of its last scan */
} FiguresStation;

typedef struct {
  char *id, *fr, *zh;
  const char *source; /* in English, static; NULL where the event file names it */
  FiguresDay sides[FIGURES_SIDES];
} FiguresCategory;

/* The members of a delegation that are of one side. */
typedef struct {
  char *id, *fr, *zh;
  FiguresSide side;
  FiguresDay day;
} FiguresDelegation;

typedef struct {
  AsOf *as_of;
  gint64 number;        /* of the last fact that is counted */
  gint64 cost_ms;       /* of a processor's time that it took */
  Programme *programme; /* empty where there is no congress yet */
  char day[11];         /* ISO date; "" where there is no congress yet */
  gboolean is_today;    /* it is the clock's */
  char *event;          /* that was asked for; "" for all */
  /* The way out is scanned: an entrance is defined so, or somebody has gone out.
   * Otherwise say “arrived”, not “inside”. */
  gboolean way_out;

  FiguresCount all; /* the congress, whatever was asked for; inside on counts.h's inside_day */
  FiguresDay today; /* on `day` (of the event) */
  gint64 passages, refused;               /* of the congress */
  gint64 passages_of_day, refused_of_day; /* at all checkpoints on `day` */
  gint64 badges_printed, badges_waiting, conflicts;

  GPtrArray *events; /* FiguresEvent, in order; whatever was asked for */
  /* Of the first two events: registered for or came to both; to one of them or both,
   * where inside is at any entrance. */
  gint64 both_registered, both_arrived;
  FiguresCount either;

  FiguresDay sides[FIGURES_SIDES];
  GPtrArray *ranks;       /* FiguresCategory, the highest first, RANK_OTHER last */
  GPtrArray *categories;  /* FiguresCategory, in order; "" last, if somebody has none */
  GPtrArray *delegations; /* FiguresDelegation by expected, the most first; then by id, side */

  GPtrArray *entrances; /* FiguresEntrance by id */
  GPtrArray *quarters;  /* FiguresQuarter from the first to the last arrival, without a gap */
  gint peak;            /* index of the fullest, the first of several; -1: nobody came */

  GPtrArray *rooms;    /* FiguresRoom: all sessions by day and hour, then zones of the day */
  GPtrArray *services; /* FiguresService by kind and id */
  GPtrArray *hotels;   /* FiguresHotel by name */
  GPtrArray *channels; /* FiguresChannel by language */
  GPtrArray *stations; /* FiguresStation by name */
} Figures;

/* Empty, of @event (NULL: all). */
Figures *figures_new (const char *event);
void figures_free (Figures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Figures, figures_free)

/* @part of @whole in whole percents, never 100 for less than all, nor 0 for more than
 * none; 0 of nothing. */
gint figures_percent (gint64 part, gint64 whole);
/* Equal means within a tenth of the larger, so below ten persons exactly. */
gboolean figures_in_balance (gint64 one, gint64 other);
/* Of the figures' day, and somebody scans there. */
gboolean figures_room_is_of_day (const Figures *figures, const FiguresRoom *room);
/* What a station has done; NULL for one that has scanned nothing on the day. */
const FiguresStation *figures_station (const Figures *figures, const char *name);

/* For those who fill them: entrances without arrivals. */
GPtrArray *figures_entrances (void);
void figures_add_entrance (GPtrArray *entrances, const char *id, const char *fr, const char *zh);
