/* finder.h: finds QR codes in grey frames, by ZBar and by what helps it to see.
 *
 * Only QR is enabled: with all symbologies ZBar once read a wrong code. Dark on light and light on dark (ZBAR_CFG_TEST_INVERTED). What ZBar does not read it may read in a copy: halved and sharpened (noise, moiré; a third of the time), blurred and sharpened (soft focus, noise, low
 * contrast), thresholded against its surroundings (shadow, dim screens), blurred. Of 390 hard frames of tests/integration/pictures.h ZBar alone reads 55 %, all of this 90 %.
 *
 * Must not know: cameras and files, what a code means.
 * Threads: a Finder belongs to one thread. Takes processor time, never waits.  */
#pragma once

#include "scan/frame.h"

typedef struct {
  char *text;            /* UTF-8 without control characters, not empty, as long as a symbol can hold */
  FramePoint corners[4]; /* of its outline: the symbol's own upper left, lower left, lower right, upper right */
  gboolean mirrored;     /* left and right are exchanged in the picture */
} FinderCode;

typedef struct _Finder Finder;
Finder *finder_new (void);
void finder_free (Finder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Finder, finder_free)

/* One of a camera's pictures, in bounded time: first where the last code was, then a quick look at all of it, then one of the slower ones in turn, another with each picture. @codes: array of FinderCode, each text once, valid until the next call; may be empty. */
const GPtrArray *finder_look (Finder *finder, const Frame *frame);
/* A single picture: everything is tried until something is found. */
const GPtrArray *finder_search (Finder *finder, const Frame *frame);
