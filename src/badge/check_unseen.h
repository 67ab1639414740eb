/* check_unseen.h: what a designer sees in Inkscape and no badge would show: pictures that
 * cannot be had, texts in a form that is not drawn, style sheets, turned slots, a back of
 * another size. A part of check.h.
 * Threads: as the BadgeTemplate.  */
#pragma once

#include "badge/check_art.h"

/* Pictures and texts of the art that leave no mark. */
void check_unseen_art (Checking *checking);
/* Style sheets, and slots that are not upright. */
void check_unseen_style (Checking *checking);
/* Whether the template, a back, is as large as its front; where there is no front, that
 * is no fault of its own. */
void check_unseen_size (Checking *checking, const char *front_path);
