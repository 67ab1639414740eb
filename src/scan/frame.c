#include "scan/frame.h"

Frame *frame_new (guint width, guint height)
{
  Frame *frame = g_malloc (sizeof *frame + (gsize) width * height);

  frame->width = width;
  frame->height = height;
  frame->references = 1;
  return frame;
}

Frame *frame_ref (Frame *frame)
{
  g_atomic_int_inc (&frame->references);
  return frame;
}

void frame_unref (Frame *frame)
{
  if (frame != NULL && g_atomic_int_dec_and_test (&frame->references))
    g_free (frame);
}
