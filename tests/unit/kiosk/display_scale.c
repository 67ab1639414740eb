/* Pixels to the millimetre of screens as they are sold, and of what is said of screens
 * and cannot be. */
#include "kiosk/display_scale.h"

#include <math.h>

static const struct {
  const char *screen;
  int width_px, height_px, width_mm, height_mm;
  double inches, wanted;
} CASES[] = {
  { "7 inches", 800, 480, 154, 86, 0, 5.58 },
  { "10.1 inches", 1280, 800, 217, 136, 0, 5.90 },
  { "15.6 inches", 1920, 1080, 344, 194, 0, 5.58 },
  { "21.5 inches, upright", 1080, 1920, 268, 476, 0, 4.03 },
  { "21.5 inches, upright, says how it lay", 1080, 1920, 476, 268, 0, 4.03 },
  { "32 inches", 1920, 1080, 708, 398, 0, 2.71 },
  { "says nothing", 1920, 1080, 0, 0, 0, 0 },
  { "half of it", 1920, 1080, 476, 0, 0, 0 },
  { "below nothing", 1920, 1080, -476, -268, 0, 0 },
  { "a television's ratio", 1920, 1080, 160, 90, 0, 0 },
  { "the same, upright", 1080, 1920, 90, 160, 0, 0 },
  { "in tenths", 1920, 1080, 1600, 900, 0, 0 },
  { "pixels that are not square", 1920, 1080, 476, 400, 0, 0 },
  { "a stamp", 1920, 1080, 32, 18, 0, 0 },
  { "a house", 1920, 1080, 16000, 9000, 0, 0 },
  { "no picture", 0, 0, 476, 268, 0, 0 },
  { "measured: 7 inches", 800, 480, 0, 0, 7, 5.25 },
  { "measured, before what it says", 1920, 1080, 160, 90, 21.5, 4.03 },
  { "no picture, measured", 0, 0, 0, 0, 7, 0 },
};

static void test_screens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    double found = display_scale_px_per_mm (CASES[i].width_px, CASES[i].height_px,
                                            CASES[i].width_mm, CASES[i].height_mm, CASES[i].inches);
    if (fabs (found - CASES[i].wanted) > 0.01)
      g_error ("%s: %.2f pixels to the millimetre, not %.2f", CASES[i].screen, found,
               CASES[i].wanted);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glass/screens", test_screens);
  return g_test_run ();
}
