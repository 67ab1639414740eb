/* figures_rooms.h: how full the rooms of a day are. A part of figures.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/counts.h"
#include "counts/figures.h"

/* What a room's peak was when so many had passed: it is not walked through again. */
typedef struct _FiguresPeaks FiguresPeaks;
FiguresPeaks *figures_rooms_peaks (void);
void figures_rooms_peaks_free (FiguresPeaks *peaks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresPeaks, figures_rooms_peaks_free)

/* Fills @figures's rooms, of its day; @counts are those by checkpoint. */
gboolean figures_rooms_read (Journal *journal, FiguresPeaks *peaks, const Counts *counts,
                             Figures *figures, GError **error);
/* The moment @minute minutes after midnight of the ISO date @day at the venue, as Unix
 * milliseconds; 0 for what is no date. */
gint64 figures_rooms_moment (GTimeZone *zone, const char *day, gint minute);
