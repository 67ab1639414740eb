/* qr_finder.h: finds QR codes in grey frames, by ZBar and by what helps it to see.
 *
 * Only QR is enabled: with all symbologies ZBar once read a wrong code. What ZBar does
 * not read it may read light on dark, or in a copy. Of 240 hard pictures of
 * tests/integration/pictures.h in a hundred, with both inks, and milliseconds for 640 ×
 * 480 where nothing is found at first: as it is, dark on light only 55 (9); as it is 63
 * (13); blurred 77 (9); halved 69 (3); halved and sharpened 74 (4); blurred, then
 * sharpened 84 (12); thresholded against its surroundings 81 (10). All of these together
 * 90. Not kept: contrast stretched 63 (15), doubled 75 (43), sharpened without blur 46
 * (18). tests/bench/camera.c measures what a camera's looks come to against ZBar alone.
 *
 * Must not know: cameras and files, what a code means.
 * Threads: a QrFinder belongs to one thread. Takes processor time, never waits.  */
#pragma once

#include "camera/frame.h"

typedef struct {
  char *text; /* UTF-8 without control characters, not empty, as long as a symbol can hold */
  FramePoint corners[4]; /* of its outline: the symbol's own upper left, lower left, lower right,
                            upper right */
  gboolean mirrored;     /* left and right are exchanged in the picture */
} QrFinderCode;

typedef struct _QrFinder QrFinder;
QrFinder *qr_finder_new (void);
void qr_finder_free (QrFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QrFinder, qr_finder_free)

/* One of a camera's pictures, in bounded time: first where the last code was, then a
 * quick look at all of it, then one of the slower ones in turn, another with each
 * picture. @codes: array of QrFinderCode, each text once, valid until the next call; may
 * be empty.  */
const GPtrArray *qr_finder_look (QrFinder *finder, const Frame *frame);
/* A single picture: everything is tried until something is found. */
const GPtrArray *qr_finder_search (QrFinder *finder, const Frame *frame);
