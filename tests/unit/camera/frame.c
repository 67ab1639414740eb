#include "camera/frame.h"

#include <string.h>

#define ROUNDS 60

static Frame *random_frame (GRand *random)
{
  Frame *frame = frame_new ((guint) g_rand_int_range (random, 1, 60),
                            (guint) g_rand_int_range (random, 1, 40));

  for (guint i = 0; i < frame->width * frame->height; i++)
    frame->grey[i] = (guint8) g_rand_int_range (random, 0, 256);
  return frame;
}

static guint at (const Frame *frame, gint x, gint y)
{
  return frame->grey[CLAMP (y, 0, (gint) frame->height - 1) * (gint) frame->width
                     + CLAMP (x, 0, (gint) frame->width - 1)];
}

/* Every treatment against what its comment says, written down again as slowly as can
 * be. */

static guint8 blurred_at (const Frame *frame, gint x, gint y)
{
  static const guint WEIGHTS[5] = { 1, 4, 6, 4, 1 };
  guint sum = 0;

  for (gint v = -2; v <= 2; v++) {
    guint across = 0;
    for (gint u = -2; u <= 2; u++)
      across += WEIGHTS[u + 2] * at (frame, x + u, CLAMP (y + v, 0, (gint) frame->height - 1));
    sum += WEIGHTS[v + 2] * ((across + 8) / 16);
  }
  return (guint8) ((sum + 8) / 16);
}

/* How much lighter than its surroundings, times their area. */
static gint lighter (const Frame *frame, gint x, gint y, gint radius)
{
  gint area = (2 * radius + 1) * (2 * radius + 1), sum = 0;

  for (gint v = -radius; v <= radius; v++)
    for (gint u = -radius; u <= radius; u++)
      sum += (gint) at (frame, x + u, y + v);
  return (gint) at (frame, x, y) * area - sum;
}

static void check_treatments (const Frame *frame, gint radius, gint gain)
{
  g_autoptr (Frame) blurred = frame_blurred (frame),
                    sharp = frame_sharpened (frame, (guint) radius, gain),
                    black_white = frame_thresholded (frame, (guint) radius),
                    half = frame_halved (frame), inverted = frame_inverted (frame);
  gint area = (2 * radius + 1) * (2 * radius + 1);

  for (gint y = 0; y < (gint) frame->height; y++)
    for (gint x = 0; x < (gint) frame->width; x++) {
      gint difference = lighter (frame, x, y, radius);
      g_assert_cmpuint (at (blurred, x, y), ==, blurred_at (frame, x, y));
      g_assert_cmpint ((gint) at (sharp, x, y), ==,
                       CLAMP ((gint) at (frame, x, y) + gain * difference / area, 0, 255));
      if (ABS (difference) >= area)
        g_assert_cmpint ((gint) at (black_white, x, y), ==, difference > 0 ? 255 : 0);
    }
  for (guint i = 0; i < frame->width * frame->height; i++)
    g_assert_cmpuint (inverted->grey[i] + frame->grey[i], ==, 255);
  g_assert_cmpuint (half->width, ==, MAX (frame->width / 2, 1));
  g_assert_cmpuint (half->height, ==, MAX (frame->height / 2, 1));
  for (gint y = 0; y < (gint) half->height; y++)
    for (gint x = 0; x < (gint) half->width; x++)
      g_assert_cmpuint (at (half, x, y), ==,
                        (at (frame, 2 * x, 2 * y) + at (frame, 2 * x + 1, 2 * y)
                         + at (frame, 2 * x, 2 * y + 1) + at (frame, 2 * x + 1, 2 * y + 1) + 2)
                            / 4);
}

static void test_treatments (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (Frame) frame = random_frame (random);
    check_treatments (frame, g_rand_int_range (random, 1, 20), g_rand_int_range (random, 1, 6));
  }
}

static void test_flat_stays_flat (void)
{
  for (guint level = 0; level < 256; level++) {
    g_autoptr (Frame) frame = frame_new (9, 7), blurred = NULL, sharp = NULL;
    memset (frame->grey, (int) level, 9 * 7);
    blurred = frame_blurred (frame);
    sharp = frame_sharpened (frame, 6, 4);
    g_assert_cmpmem (frame->grey, 9 * 7, blurred->grey, 9 * 7);
    g_assert_cmpmem (frame->grey, 9 * 7, sharp->grey, 9 * 7);
  }
}

static void test_crop (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (Frame) frame = random_frame (random);
    guint left = (guint) g_rand_int_range (random, 0, (gint) frame->width),
          top = (guint) g_rand_int_range (random, 0, (gint) frame->height);
    g_autoptr (Frame) part = frame_crop (
        frame, left, top, (guint) g_rand_int_range (random, 1, (gint) (frame->width - left) + 1),
        (guint) g_rand_int_range (random, 1, (gint) (frame->height - top) + 1));
    for (guint y = 0; y < part->height; y++)
      for (guint x = 0; x < part->width; x++)
        g_assert_cmpuint (part->grey[y * part->width + x], ==,
                          frame->grey[(top + y) * frame->width + left + x]);
  }
}

/* Movement --------------------------------------------------------------------------- */

static Frame *hall (GRand *random, gint noise)
{
  Frame *frame = frame_new (640, 480);

  for (gint i = 0; i < 640 * 480; i++)
    frame->grey[i]
        = (guint8) CLAMP (60 + i % 640 / 8 + g_rand_int_range (random, -noise, noise + 1), 0, 255);
  return frame;
}

static gboolean moved (const Frame *before, const Frame *after)
{
  FrameGlance a, b;

  frame_glance (before, &a);
  frame_glance (after, &b);
  return frame_glances_differ (&a, &b);
}

static void test_movement (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2016);
  g_autoptr (Frame) still = hall (random, 25);

  for (guint i = 0; i < 20; i++) {
    g_autoptr (Frame) later = hall (random, 25);
    g_assert_false (moved (still, later));
    /* A badge of 80 × 60 that is 30 levels lighter than what was there. */
    for (guint y = 0; y < 60; y++)
      for (guint x = 0; x < 80; x++) {
        guint8 *pixel = &later->grey[(100 + 10 * i + y) * 640 + 7 * i + x];
        *pixel = (guint8) MIN (*pixel + 30, 255);
      }
    g_assert_true (moved (still, later));
  }
}

/* Frames smaller than the grid have cells without pixels. */
static void test_small_glances (void)
{
  for (guint width = 1; width < 70; width += 3)
    for (guint height = 1; height < 60; height += 7) {
      g_autoptr (Frame) dark = frame_new (width, height), light = frame_new (width, height);
      memset (dark->grey, 0, (gsize) width * height);
      memset (light->grey, 255, (gsize) width * height);
      g_assert_false (moved (dark, dark));
      if (width * height >= 16)
        g_assert_true (moved (dark, light));
    }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/frame/treatments", test_treatments);
  g_test_add_func ("/scan/frame/flat-stays-flat", test_flat_stays_flat);
  g_test_add_func ("/scan/frame/crop", test_crop);
  g_test_add_func ("/scan/frame/movement", test_movement);
  g_test_add_func ("/scan/frame/small-glances", test_small_glances);
  return g_test_run ();
}
