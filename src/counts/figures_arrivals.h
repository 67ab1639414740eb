/* figures_arrivals.h: who came on one day, through which entrance and when first, and
 * who is inside: kept between readings, of which each looks only at people who have
 * passed since. A part of figures.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/figures_people.h"

typedef struct {
  gint64 first_ms;
  guint entrance; /* place in `entrances` */
  gboolean came;  /* FALSE: all is 0 */
  gboolean inside;
  /* Her last passage there, for the next that is read. */
  gint64 last_at, last_seq;
  const char *last_station;
} FiguresArrival;

typedef struct {
  char *day, *event;     /* ISO date; event's id, "" for all */
  GPtrArray *entrances;  /* FiguresEntrance by id, whose `arrived` is not filled */
  gboolean way_out;      /* at one of them, by its definition */
  GArray *people;        /* FiguresArrival: one for each of FiguresPeople's, in their order */
  GHashTable *strangers; /* reference → FiguresArrival: those who are registered nowhere */
  GStringChunk *stations;
  gint64 number; /* of the last fact that it knows of */
  gint64 built;  /* FiguresPeople's, of which it is */
} FiguresArrivals;

/* Inside a view: @arrivals (taken over, may be NULL) brought up to date, or those of
 * @day and @event. */
FiguresArrivals *figures_arrivals_refresh (FiguresArrivals *arrivals, const FiguresPeople *people,
                                           Journal *journal, const char *day, const char *event,
                                           GError **error);
/* Each who came. */
typedef void (*FiguresArrivalsEach) (const FiguresArrival *arrival, gpointer data);
void figures_arrivals_each (const FiguresArrivals *arrivals, FiguresArrivalsEach each,
                            gpointer data);
void figures_arrivals_free (FiguresArrivals *arrivals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresArrivals, figures_arrivals_free)
