/* frame.h: a grey picture, shared between threads once it is filled, and what is done to
 * its pixels so that a code in it can be read.
 *
 * Pixels are 8 bits, row by row without gaps, 0 is black. A Frame is filled by whoever
 * made it and immutable as soon as a second thread has it. Must not know: where pictures
 * come from, and codes.
 * Threads: reentrant; references are counted atomically. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef struct {
  guint width, height; /* pixels, at least 1 */
  gint references;
  guint8 grey[]; /* width * height */
} Frame;

/* Pixels are not set. @width * @height must be within IMAGE_PIXELS_MAX (image.h). */
Frame *frame_new (guint width, guint height);
Frame *frame_ref (Frame *frame);
void frame_unref (Frame *frame);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Frame, frame_unref)

typedef struct {
  gint x, y; /* pixels from the upper left corner; may lie a little outside */
} FramePoint;

/* Each makes a new frame. Edges are as if their pixels went on outside. */
Frame *frame_crop (const Frame *frame, guint left, guint top, guint width,
                   guint height);           /* must lie inside */
Frame *frame_inverted (const Frame *frame); /* dark and light exchanged */
Frame *frame_halved (const Frame *frame);   /* means of 2 × 2; frames of one pixel stay */
Frame *frame_enlarged (const Frame *frame, guint times);  /* each pixel becomes a square */
Frame *frame_bordered (const Frame *frame, guint pixels); /* white round it */
Frame *frame_blurred (const Frame *frame);                /* Gaussian of 5 × 5 */
/* Each pixel is moved away from the mean of the square of 2 * @radius + 1 round it by
 * @gain times what it differs; radius 1…64. */
Frame *frame_sharpened (const Frame *frame, guint radius, gint gain);
/* White what is lighter than that mean, black what is darker. */
Frame *frame_thresholded (const Frame *frame, guint radius);

/* A frame at a glance: means of a grid of cells, by which two frames are compared for
 * movement. */
#define FRAME_GLANCE_COLUMNS 32
#define FRAME_GLANCE_ROWS 24
typedef struct {
  guint8 cells[FRAME_GLANCE_ROWS][FRAME_GLANCE_COLUMNS];
} FrameGlance;
void frame_glance (const Frame *frame, FrameGlance *glance);
/* Something moved: more than noise and flicker of single cells. A slow change of the
 * light counts once it has become clear. */
gboolean frame_glances_differ (const FrameGlance *a, const FrameGlance *b);
