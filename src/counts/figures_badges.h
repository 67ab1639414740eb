/* figures_badges.h: how many badges are to be printed and are, by person: kept between
 * readings, of which each looks only at people of whose badges something was said since.
 * Reading all takes a tenth of a second at 100,000 badges, and during arrivals each
 * second has some. A part of figures.h.
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "counts/figures_people.h"
#include "counts/counts.h"

typedef struct _FiguresBadges FiguresBadges;

/* Inside a view: @badges (taken over, may be NULL) brought up to where @people are. */
FiguresBadges *figures_badges_refresh (FiguresBadges *badges, const FiguresPeople *people,
                                       Journal *journal, GError **error);
const CountsBadges *figures_badges_sum (const FiguresBadges *badges);
void figures_badges_free (FiguresBadges *badges);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FiguresBadges, figures_badges_free)
