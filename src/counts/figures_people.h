/* figures_people.h: everybody who is registered, in few bytes, kept while no definition
 * changes: a registration changes the one it is of. A part of figures.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/figures.h"

#define FIGURES_PEOPLE_NOBODY G_MAXUINT

typedef struct {
  guint64 events, days;       /* bits: place in figures_people's lists */
  guint category, delegation; /* places in figures_people's lists */
  guint8 side;
  guint rank;          /* place in `ranks` */
  gboolean guessed;    /* it follows from her function: nobody has said it */
  gboolean registered; /* not withdrawn */
  gboolean pending;    /* yet to be confirmed */
  /* Where she rides from, in which language she listens; NULL: she does not. Those of
   * FiguresPeople. */
  const char *hotel, *language;
} FiguresPerson;

typedef struct {
  char *id, *fr, *zh, *country;
  gint first; /* the place of its first person, after whom it is called; < 0: it is defined */
} FiguresGroup;

typedef struct {
  GArray *people;           /* FiguresPerson, in the order in which they were registered here */
  GHashTable *by_reference; /* reference → place in `people` + 1 */
  GStringChunk *texts;      /* references, hotels, languages */
  GPtrArray *events, *days; /* char *: ids; labels */
  GPtrArray *dates;         /* char *: of the days */
  RankBook *ranks;
  GPtrArray *categories, *delegations;     /* FiguresGroup */
  GHashTable *category_of, *delegation_of; /* id → place + 1 */
  GHashTable *riders, *listeners; /* hotel, language → how many may ride, have a headset */
  gint64 number;                  /* of the last fact that it knows of */
  gint64 built;                   /* of the last fact when all was read anew */
  gint64 changed;                 /* the same when anybody was read anew */
} FiguresPeople;

/* Inside a view (journal_view_begin()): @people (taken over, may be NULL) with who was
 * registered since, else all anew. As long as `built` stays, so do places: whoever is new
 * stands at the end. */
FiguresPeople *figures_people_refresh (FiguresPeople *people, Journal *journal, GError **error);
void figures_people_free (FiguresPeople *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresPeople, figures_people_free)

/* Who has that reference, or FIGURES_PEOPLE_NOBODY: a passage of somebody who is not
 * registered here. */
guint figures_people_find (const FiguresPeople *people, const char *reference);
/* The bit of an event or of a day's date; 0 if there is no such. */
guint64 figures_people_event (const FiguresPeople *people, const char *id);
guint64 figures_people_day (const FiguresPeople *people, const char *date);
