#include "kiosk/display_scale.h"

#include <math.h>

#define MM_PER_INCH 25.4
/* Of a screen that people stand before: a handheld's pixels to those of a large
 * television. */
#define PX_PER_MM_MIN 0.8
#define PX_PER_MM_MAX 20.0
/* Pixels are square, but for a size that was rounded to centimetres. */
#define SQUARE 1.12

/* A ratio that stands where a size should. */
static gboolean is_ratio (int width_mm, int height_mm)
{
  static const int RATIOS[][2]
      = { { 16, 9 }, { 16, 10 }, { 160, 90 }, { 160, 100 }, { 1600, 900 }, { 1600, 1000 } };

  for (guint i = 0; i < G_N_ELEMENTS (RATIOS); i++)
    if (RATIOS[i][0] == MAX (width_mm, height_mm) && RATIOS[i][1] == MIN (width_mm, height_mm))
      return TRUE;
  return FALSE;
}

double display_scale_px_per_mm (int width_px, int height_px, int width_mm, int height_mm,
                                double diagonal_inches)
{
  double across, down;

  if (width_px <= 0 || height_px <= 0)
    return 0;
  if (diagonal_inches > 0)
    return hypot (width_px, height_px) / (diagonal_inches * MM_PER_INCH);
  if (width_mm <= 0 || height_mm <= 0 || is_ratio (width_mm, height_mm))
    return 0;
  /* A screen that was turned may still say how it lay. */
  across = (double) MAX (width_px, height_px) / MAX (width_mm, height_mm);
  down = (double) MIN (width_px, height_px) / MIN (width_mm, height_mm);
  if (MAX (across, down) > SQUARE * MIN (across, down) || across < PX_PER_MM_MIN
      || across > PX_PER_MM_MAX)
    return 0;
  return MAX (across, down);
}
