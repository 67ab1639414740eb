/* display_scale.h: how large things are on the glass: pixels to the millimetre, from what
 * a monitor says of itself or a technician has measured.
 *
 * Must not know: GTK. Sources: EDID 1.4, 3.6 (the size of the picture in centimetres; 0
 * for projectors) and 3.10 (in millimetres). Televisions write their ratio there instead:
 * 16 × 9 or 16 × 10 centimetres, millimetres or tenths.
 * Threads: any.  */
#pragma once

#include <glib.h>

/* What a finger needs (shared look of the project: at least 15 mm on the glass). */
#define DISPLAY_SCALE_TOUCH_MM 15.0

/* Pixels to the millimetre; 0 where nobody knows: no size is given, or one that no
 * screen has, and no diagonal. A diagonal (in inches, 0 for none) is believed before
 * the size. */
double display_scale_px_per_mm (int width_px, int height_px, int width_mm, int height_mm,
                                double diagonal_inches);
