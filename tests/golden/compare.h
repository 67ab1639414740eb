/* compare.h: a drawn picture against its reference, pixel by pixel with a tolerance.
 *
 * Two pixels are the same if no channel differs by more than COMPARE_CHANNEL of 255; two
 * pictures, if not more than COMPARE_SHARE of their pixels differ. A stray antialiased
 * edge passes, a moved line of text does not. On failure the picture and the visual
 * difference (the reference, faint, with what differs in red) are left in $BUILD/golden.
 *
 * To accept the present pictures as the references: GOLDEN_UPDATE=1
 * build/debug/tests/golden/badge/badge, and look at them before you commit them.  */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#define COMPARE_CHANNEL 48
#define COMPARE_SHARE 0.0005

static inline guint32 compare_pixel (cairo_surface_t *surface, int x, int y)
{
  guint32 value;
  memcpy (&value,
          cairo_image_surface_get_data (surface)
              + (gsize) cairo_image_surface_get_stride (surface) * (gsize) y
              + (gsize) x * sizeof value,
          sizeof value);
  return value & 0xffffff;
}

static inline gboolean compare_differs (guint32 a, guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > COMPARE_CHANNEL)
      return TRUE;
  return FALSE;
}

/* The share of pixels that differ, 1 for pictures of different size. Where @difference is
 * not NULL, the visual difference is written there. */
static inline double compare_pictures (cairo_surface_t *picture, cairo_surface_t *reference,
                                       const char *difference)
{
  int width = cairo_image_surface_get_width (reference),
      height = cairo_image_surface_get_height (reference), count = 0;
  if (cairo_image_surface_get_width (picture) != width
      || cairo_image_surface_get_height (picture) != height)
    return 1;
  cairo_surface_flush (picture);
  cairo_surface_flush (reference);
  cairo_surface_t *visual = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      guint32 a = compare_pixel (picture, x, y), b = compare_pixel (reference, x, y);
      gboolean differs = compare_differs (a, b);
      guint32 grey = 192 + ((b >> 16 & 0xff) + (b >> 8 & 0xff) + (b & 0xff)) / 12,
              shown = differs ? 0xd00000 : grey << 16 | grey << 8 | grey;
      memcpy (cairo_image_surface_get_data (visual)
                  + (gsize) cairo_image_surface_get_stride (visual) * (gsize) y
                  + (gsize) x * sizeof shown,
              &shown, sizeof shown);
      count += differs;
    }
  cairo_surface_mark_dirty (visual);
  if (difference)
    g_assert_cmpint (cairo_surface_write_to_png (visual, difference), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (visual);
  return count / ((double) width * height);
}

/* Fails the test unless the PNG file @picture is the same as @directory/@name.png; with
 * GOLDEN_UPDATE=1 makes it so. */
static inline void compare_with_golden (const char *directory, const char *name, GBytes *png)
{
  const char *build = g_getenv ("BUILD");
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *reference_path = g_build_filename (directory, file, NULL);
  g_autofree char *left = g_build_filename (build ? build : "build/debug", "golden", NULL);
  g_autofree char *picture_path = g_build_filename (left, file, NULL);
  g_autofree char *difference_name = g_strconcat (name, "-difference.png", NULL);
  g_autofree char *difference_path = g_build_filename (left, difference_name, NULL);
  gboolean update = g_strcmp0 (g_getenv ("GOLDEN_UPDATE"), "1") == 0;

  g_assert_cmpint (g_mkdir_with_parents (left, 0755), ==, 0);
  g_assert_true (g_file_set_contents (update ? reference_path : picture_path,
                                      g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png),
                                      NULL));
  if (update)
    return;
  cairo_surface_t *picture = cairo_image_surface_create_from_png (picture_path),
                  *reference = cairo_image_surface_create_from_png (reference_path);
  g_assert_cmpint (cairo_surface_status (picture), ==, CAIRO_STATUS_SUCCESS);
  if (cairo_surface_status (reference) != CAIRO_STATUS_SUCCESS)
    g_error ("cannot read the reference %s: %s", reference_path,
             cairo_status_to_string (cairo_surface_status (reference)));
  double share = compare_pictures (picture, reference, difference_path);
  g_test_message ("%s: %.4f %% of the pixels differ", name, share * 100);
  if (share > COMPARE_SHARE)
    g_error ("%s differs from its reference in %.3f %% of the pixels (%.3f %% are allowed): "
             "compare %s with %s; the difference is shown in %s",
             name, share * 100, COMPARE_SHARE * 100, picture_path, reference_path, difference_path);
  cairo_surface_destroy (picture);
  cairo_surface_destroy (reference);
  g_remove (picture_path);
  g_remove (difference_path);
}
