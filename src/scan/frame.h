/* frame.h: a grey picture, shared between threads once it is filled, and what is done to its pixels so that a code in it can be read.
 *
 * Pixels are 8 bits, row by row without gaps, 0 is black. A Frame is filled by whoever made it and immutable as soon as a second thread has it.
 * Must not know: where pictures come from, and codes.
 * Threads: reentrant; references are counted atomically. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef struct {
  guint width, height; /* pixels, at least 1 */
  gint references;
  guint8 grey[];       /* width * height */
} Frame;

/* Pixels are not set. @width * @height must be within IMAGE_PIXELS_MAX (image.h). */
Frame *frame_new (guint width, guint height);
Frame *frame_ref (Frame *frame);
void frame_unref (Frame *frame);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Frame, frame_unref)

typedef struct {
  gint x, y;           /* pixels from the upper left corner; may lie a little outside */
} FramePoint;
