#include "camera/frame.h"

#include <string.h>

/* Of a cell's mean, in grey levels: the noise of a camera in low light stays below, a
 * hand or a phone does not. */
#define CELL_DIFFERS 8
#define CELLS_DIFFER 3

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

/* Shape ------------------------------------------------------------------------------ */

Frame *frame_crop (const Frame *frame, guint left, guint top, guint width, guint height)
{
  Frame *part = frame_new (width, height);

  for (gsize y = 0; y < height; y++)
    memcpy (part->grey + y * width, frame->grey + (top + y) * frame->width + left, width);
  return part;
}

Frame *frame_inverted (const Frame *frame)
{
  Frame *inverted = frame_new (frame->width, frame->height);
  gsize pixels = (gsize) frame->width * frame->height;

  for (gsize i = 0; i < pixels; i++)
    inverted->grey[i] = (guint8) (255 - frame->grey[i]);
  return inverted;
}

Frame *frame_halved (const Frame *frame)
{
  guint width = MAX (frame->width / 2, 1), height = MAX (frame->height / 2, 1);
  gsize right = frame->width > 1 ? 1 : 0, below = frame->height > 1 ? frame->width : 0;
  Frame *half = frame_new (width, height);

  for (gsize y = 0; y < height; y++) {
    const guint8 *from = frame->grey + 2 * y * frame->width;
    for (gsize x = 0; x < width; x++, from += 2)
      half->grey[y * width + x]
          = (guint8) ((from[0] + from[right] + from[below] + from[below + right] + 2) / 4);
  }
  return half;
}

Frame *frame_enlarged (const Frame *frame, guint times)
{
  Frame *large = frame_new (frame->width * times, frame->height * times);

  for (gsize y = 0; y < large->height; y++)
    for (gsize x = 0; x < large->width; x++)
      large->grey[y * large->width + x] = frame->grey[y / times * frame->width + x / times];
  return large;
}

Frame *frame_bordered (const Frame *frame, guint pixels)
{
  Frame *wide = frame_new (frame->width + 2 * pixels, frame->height + 2 * pixels);

  memset (wide->grey, 255, (gsize) wide->width * wide->height);
  for (gsize y = 0; y < frame->height; y++)
    memcpy (wide->grey + (y + pixels) * wide->width + pixels, frame->grey + y * frame->width,
            frame->width);
  return wide;
}

/* Blur ------------------------------------------------------------------------------- */

static guint8 binomial (guint outer, guint inner, guint middle)
{
  return (guint8) ((outer + 4 * inner + 6 * middle + 8) / 16);
}

static void blur_row (const guint8 *from, guint8 *to, gint width)
{
  for (gint x = 0; x < width; x++) {
    gint l = MAX (x - 1, 0), ll = MAX (x - 2, 0), r = MIN (x + 1, width - 1),
         rr = MIN (x + 2, width - 1);
    to[x] = binomial ((guint) from[ll] + from[rr], (guint) from[l] + from[r], from[x]);
  }
}

/* The binomial kernel of 5, which is a Gaussian of σ ≈ 1, one direction after the
 * other. */
Frame *frame_blurred (const Frame *frame)
{
  gint width = (gint) frame->width, height = (gint) frame->height;
  g_autoptr (Frame) across = frame_new (frame->width, frame->height);
  Frame *blurred = frame_new (frame->width, frame->height);

  for (gsize y = 0; y < frame->height; y++)
    blur_row (frame->grey + y * frame->width, across->grey + y * frame->width, width);
  for (gint y = 0; y < height; y++) {
    const guint8 *rows[5];
    guint8 *to = blurred->grey + (gsize) y * frame->width;
    for (gint i = 0; i < 5; i++)
      rows[i] = across->grey + (gsize) CLAMP (y + i - 2, 0, height - 1) * frame->width;
    for (gint x = 0; x < width; x++)
      to[x]
          = binomial ((guint) rows[0][x] + rows[4][x], (guint) rows[1][x] + rows[3][x], rows[2][x]);
  }
  return blurred;
}

/* Against the mean ------------------------------------------------------------------- */

static const guint8 *row_of (const Frame *frame, gint y)
{
  return frame->grey + (gsize) CLAMP (y, 0, (gint) frame->height - 1) * frame->width;
}

/* Sums of the square round each pixel of row @y, from the sums of each column over the
 * square's height. */
static void sum_row (const guint32 *columns, guint32 *sums, gint width, gint radius)
{
  guint32 sum = 0;

  for (gint x = -radius; x <= radius; x++)
    sum += columns[CLAMP (x, 0, width - 1)];
  for (gint x = 0; x < width; x++) {
    sums[x] = sum;
    sum += columns[MIN (x + radius + 1, width - 1)] - columns[MAX (x - radius, 0)];
  }
}

/* Pixels become their base, which is themselves or middle grey, and @gain times their
 * difference from the mean. */
static Frame *against_mean (const Frame *frame, gint radius, gint gain, gboolean keep)
{
  gint width = (gint) frame->width, height = (gint) frame->height,
       area = (2 * radius + 1) * (2 * radius + 1);
  g_autofree guint32 *columns = g_new0 (guint32, frame->width),
                     *sums = g_new (guint32, frame->width);
  Frame *result = frame_new (frame->width, frame->height);

  for (gint y = -radius; y <= radius; y++)
    for (gint x = 0; x < width; x++)
      columns[x] += row_of (frame, y)[x];
  for (gint y = 0; y < height; y++) {
    const guint8 *from = row_of (frame, y), *next = row_of (frame, y + radius + 1),
                 *last = row_of (frame, y - radius);
    guint8 *to = result->grey + (gsize) y * frame->width;
    sum_row (columns, sums, width, radius);
    for (gint x = 0; x < width; x++) {
      gint value = (keep ? from[x] : 128) + gain * (from[x] * area - (gint) sums[x]) / area;
      to[x] = (guint8) CLAMP (value, 0, 255);
    }
    for (gint x = 0; x < width; x++)
      columns[x] += (guint32) next[x] - last[x];
  }
  return result;
}

Frame *frame_sharpened (const Frame *frame, guint radius, gint gain)
{
  return against_mean (frame, (gint) radius, gain, TRUE);
}

Frame *frame_thresholded (const Frame *frame, guint radius)
{
  return against_mean (frame, (gint) radius, 255, FALSE);
}

/* Movement --------------------------------------------------------------------------- */

/* The mean of every second pixel of every second row. */
static guint8 cell_mean (const Frame *frame, guint left, guint right, guint top, guint bottom)
{
  guint sum = 0, count = 0;

  for (gsize y = top; y < bottom; y += 2)
    for (gsize x = left; x < right; x += 2, count++)
      sum += frame->grey[y * frame->width + x];
  return (guint8) (count > 0 ? sum / count : 0);
}

void frame_glance (const Frame *frame, FrameGlance *glance)
{
  for (guint row = 0; row < FRAME_GLANCE_ROWS; row++)
    for (guint column = 0; column < FRAME_GLANCE_COLUMNS; column++)
      glance->cells[row][column] = cell_mean (frame, column * frame->width / FRAME_GLANCE_COLUMNS,
                                              (column + 1) * frame->width / FRAME_GLANCE_COLUMNS,
                                              row * frame->height / FRAME_GLANCE_ROWS,
                                              (row + 1) * frame->height / FRAME_GLANCE_ROWS);
}

gboolean frame_glances_differ (const FrameGlance *a, const FrameGlance *b)
{
  guint count = 0;

  for (guint row = 0; row < FRAME_GLANCE_ROWS; row++)
    for (guint column = 0; column < FRAME_GLANCE_COLUMNS; column++)
      count += ABS (a->cells[row][column] - b->cells[row][column]) >= CELL_DIFFERS ? 1 : 0;
  return count >= CELLS_DIFFER;
}
