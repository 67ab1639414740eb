/* check_art.h: what can be wrong with fonts, lines, colours and the code's surroundings:
 * the part of check.h that looks at what is drawn.
 * Threads: as the BadgeTemplate. */
#pragma once

#include "badge/template.h"

typedef struct {
  BadgeTemplate *template_;
  GPtrArray *faults; /* Fault */
  guint dpi;
  gboolean one_bit;
  guint measured; /* elements, for their thickness */
} Checking;

/* Fonts that are not pinned and characters that none of them has, in art and
 * placeholders. */
void check_art_fonts (Checking *checking);
/* Lines that the printer would lose. */
void check_art_lines (Checking *checking);
/* Text against what it stands on; with one bit also what would be dithered or become
 * alike. */
void check_art_colours (Checking *checking);
/* What is drawn where the code needs white. */
void check_art_quiet_zone (Checking *checking);
