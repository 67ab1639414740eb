/* figures_rooms.h: how full the rooms are and were: every session of the congress on its
 * own day, and the zones of one day. A part of figures.h.
 *
 * A session may have several doors: who goes in at one and out at another was in one
 * room.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "congress/checkpoint.h"
#include "counts/counts.h"
#include "counts/figures.h"

/* What a room was like when so many had passed: it is not walked through again. */
typedef struct _FiguresFill FiguresFill;
FiguresFill *figures_rooms_fill_new (void);
void figures_rooms_fill_free (FiguresFill *fill);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresFill, figures_rooms_fill_free)

/* Fills @figures's rooms, of its day and programme; @counts are those by checkpoint,
 * @checkpoints all (Checkpoint). */
gboolean figures_rooms_read (Journal *journal, FiguresFill *fill, const Counts *counts,
                             const GPtrArray *checkpoints, Figures *figures, GError **error);
/* When the clock on the wall of the venue says @minute minutes after midnight of the ISO
 * date @day (from 1440 on: of the day after), as Unix milliseconds; 0 for what is no
 * date. */
gint64 figures_rooms_moment (GTimeZone *zone, const char *day, gint minute);
/* The first and the last of a checkpoint's openings on @day; 0 and 0 where there is
 * none. */
void figures_rooms_hours (const Checkpoint *checkpoint, const char *day, gint64 *from_ms,
                          gint64 *to_ms);
