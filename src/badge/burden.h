/* burden.h: what a template asks of whoever draws it, weighed before anything is drawn.
 *
 * A template is drawn at every start and for every kind of badge, at the door, by a
 * machine that has other things to do; a few lines of SVG can keep librsvg busy for hours
 * (copies of copies, masks in masks, filters), fill the memory (a picture of 30,000 dots
 * a side is 50 KB as PNG) or, in Debian 12, end the program (feConvolveMatrix). So what
 * is heavier than any badge has to be is refused, with the element that weighs most.
 *
 * Must not know: slots.
 *
 * Threads: reentrant. Blocks on disk: looks at the heads of the pictures that are named.
 * Sources: SVG 1.1, W3C; PNG, ISO/IEC 15948, 11.2.2; JPEG, ITU-T T.81, B.2.2.  */
#pragma once

#include "badge/svg.h"

#include <gio/gio.h>

#define BURDEN_MAX                                                                                 \
  100000 /* elements drawn, where a filter, a mask, a pattern or transparency weighs as much as    \
            some hundred */
#define BURDEN_OUTLINE_MAX (64 * 1024)    /* letters that describe one path or polygon … */
#define BURDEN_OUTLINES_MAX (1024 * 1024) /* … and all of them */
#define BURDEN_LETTERS_MAX 20000          /* bytes of text */
#define BURDEN_DOTS_MAX 40000000          /* of one picture, and of all together */
#define BURDEN_STEPS_MAX 12               /* of one filter */

/* Adds to @faults what is too heavy in the file @file, read as @root. TRUE if it may be
 * drawn. */
gboolean burden_weigh (const SvgNode *root, GFile *file, GPtrArray *faults);
