/* moment.h: all that the pages show at one moment: figures, what needs a person, who has
 * a role in a session, and the stations. Made once a change, shared by all who look.
 *
 * A station is silent as counts/as_of.h says: what it has done since then is in no
 * figure.
 * Threads: immutable once made, counted by references. Making one blocks on disk. */
#pragma once

#include "core/words.h"
#include "counts/cast.h"
#include "counts/figures_reader.h"
#include "office/logo_shelf.h"
#include "replication/hub_clock.h"

/* What there is to do about a station, the most urgent first. */
typedef enum {
  MOMENT_STATION_SILENT,
  MOMENT_STATION_PRINTER, /* one of its printers cannot print */
  MOMENT_STATION_CLOCK,   /* wrong by more than STATION_STATE_CLOCK_MS */
  MOMENT_STATION_SUPPLY,  /* paper, ink or room is soon at an end */
  MOMENT_STATION_WELL,
  MOMENT_STATION_INVITED, /* not enrolled yet */
  MOMENT_STATION_REVOKED,
} MomentStationNeed;

typedef struct {
  char *name;          /* its id */
  OwnedPair called;    /* how people call it; "" for nothing */
  StationState *state; /* what it said of itself within STATION_STATE_OLD_MS; NULL: nothing */
  MomentStationNeed need;
  gint64 last_ms; /* last contact; 0: never enrolled */
  gint64 seq;     /* facts of it that the hub holds */
  gint64 expires_ms;
  gboolean enrolled, revoked, silent;
  const AsOfStation *heard;   /* NULL: not enrolled, or revoked; the figures' */
  const FiguresStation *work; /* NULL: nothing on the day; the figures' */
} MomentStation;

/* What needs a person beside the alerts of the facts (desk/alert.h), but for what somebody
 * has closed with a reason. It is open again when it happens again: a station that was
 * heard and is silent anew, a printer with another trouble, or with the same after
 * MOMENT_MATTER_PRINTER_MS. */
#define MOMENT_MATTER_PRINTER_MS (30 * 60 * 1000)

typedef enum {
  MOMENT_MATTER_SPEAKER,
  MOMENT_MATTER_SILENT,
  MOMENT_MATTER_PRINTER,
} MomentMatterKind;

typedef struct {
  MomentMatterKind kind;
  char *id;                 /* as alerts have them */
  guint seen;               /* what closing notes: larger when it happens again */
  const CastMember *member; /* of a speaker, with the room; all are the moment's */
  const FiguresRoom *room;
  const MomentStation *station;       /* of the two others */
  const StationStatePrinter *printer; /* of a printer */
} MomentMatter;

typedef struct {
  gint64 version; /* grows with each */
  Figures *figures;
  GPtrArray *alerts;       /* Alert (desk/alert.h): open ones, newest first */
  GPtrArray *matters;      /* MomentMatter: open ones */
  GPtrArray *cast;         /* CastMember (counts/cast.h) */
  GPtrArray *agenda;       /* AgendaItem (congress/agenda.h) */
  GPtrArray *answers;      /* AnswersRow: to what is asked at the doors */
  GPtrArray *appointments; /* AppointmentsThing of the day, guests of protocol too */
  GPtrArray *stations;     /* MomentStation by name */
  LogoShelf *logos;
  HubClock clock;
  guint enrolled, heard, in_need; /* enrolled: with something to do about */
  gint64 states;                  /* station_state_changes() */
  gint references;                /* atomic */
} Moment;

/* After @before (may be NULL). */
Moment *moment_make (Journal *journal, FiguresReader *reader, StationStates *states,
                     const Moment *before, GError **error);
Moment *moment_ref (Moment *moment);
void moment_unref (Moment *moment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Moment, moment_unref)

/* TRUE if what @before shows is still so, but for its time: no fact more, no station
 * silent or heard again, no printer otherwise. */
gboolean moment_is_current (Journal *journal, StationStates *states, const Moment *before,
                            gboolean *current, GError **error);
/* By its id; NULL for one that was never invited. */
const MomentStation *moment_station (const Moment *moment, const char *name);
