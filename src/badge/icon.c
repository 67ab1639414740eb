#include "badge/icon.h"

#include <math.h>

#define GRID 24.0
#define LINE 1.9 /* of 24; on a 4.4 mm icon 0.35 mm */

/* A bowl of rice and two chopsticks. */
static void meals (cairo_t *cr)
{
  cairo_move_to (cr, 2.5, 12);
  cairo_line_to (cr, 21.5, 12);
  cairo_arc (cr, 12, 12, 8.2, 0, G_PI);
  cairo_move_to (cr, 8.5, 21.5);
  cairo_line_to (cr, 15.5, 21.5);
  cairo_move_to (cr, 9.5, 8.5);
  cairo_line_to (cr, 20, 2.5);
  cairo_move_to (cr, 14, 8.8);
  cairo_line_to (cr, 21.5, 6);
}

static void circle (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
}

/* A bus from its side. */
static void transport (cairo_t *cr)
{
  cairo_move_to (cr, 5, 18);
  cairo_line_to (cr, 2, 18);
  cairo_line_to (cr, 2, 5);
  cairo_line_to (cr, 19.5, 5);
  cairo_line_to (cr, 22, 12);
  cairo_line_to (cr, 22, 18);
  cairo_line_to (cr, 19, 18);
  cairo_move_to (cr, 9.5, 18);
  cairo_line_to (cr, 14.5, 18);
  cairo_move_to (cr, 2, 12);
  cairo_line_to (cr, 22, 12);
  cairo_move_to (cr, 11, 5);
  cairo_line_to (cr, 11, 12);
  circle (cr, 7.2, 18.5, 2.2);
  circle (cr, 16.8, 18.5, 2.2);
}

static void ear (cairo_t *cr, double x)
{
  cairo_rectangle (cr, x, 13.5, 4, 7);
}

/* Headphones. */
static void headset (cairo_t *cr)
{
  cairo_arc (cr, 12, 13, 9, G_PI, 2 * G_PI);
  cairo_move_to (cr, 3, 13);
  cairo_line_to (cr, 3, 17);
  cairo_move_to (cr, 21, 13);
  cairo_line_to (cr, 21, 17);
  ear (cr, 3);
  ear (cr, 17);
}

void icon_draw (cairo_t *cr, Icon icon, Box box)
{
  static void (*const paths[]) (cairo_t *)
      = { [ICON_MEALS] = meals, [ICON_TRANSPORT] = transport, [ICON_HEADSET] = headset };
  if (icon == ICON_NONE)
    return;
  cairo_save (cr);
  cairo_translate (cr, box.x, box.y);
  cairo_scale (cr, box.width / GRID, box.height / GRID);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_new_path (cr);
  paths[icon](cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}
