/* figures_reader.h: reads the figures (figures.h) of a moment, and again at the next,
 * looking only at what has changed.
 *
 * Threads: as the Journal; a reader goes with one Journal. Blocks on disk: the first
 * time and after a registration some tenths of a second for 100,000 delegates, else
 * hundredths. */
#pragma once

#include "counts/figures.h"
#include "counts/figures_people.h"

typedef struct _FiguresReader FiguresReader;

/* Keeps what seldom changes (people, definitions) between readings. */
FiguresReader *figures_reader_new (void);
void figures_reader_free (FiguresReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresReader, figures_reader_free)

/* @day: ISO date; NULL: the clock's, if the congress has it, else the last on which
 * anybody was admitted, else the first. @event: its id; NULL: all. */
Figures *figures_reader_read (FiguresReader *reader, Journal *journal, const char *day,
                              const char *event, GError **error);
/* Everybody of the last reading; the reader's, until the next. */
const FiguresPeople *figures_reader_people (const FiguresReader *reader);
