/* pictures.h: pictures as a camera at the door takes them, made from a seed: a QR symbol
 * held before it, well or badly.
 *
 * A scene is laid out in light (0 black, 1 white), sampled with 4 rays a pixel, then
 * spoilt: lens and motion blur, light that is low, uneven or glaring, the grid of a
 * screen, the sensor's noise, 8 bits. The same seed makes the same picture.  */
#pragma once

#include "core/sign.h"
#include "camera/frame.h"
#include "credential/code.h"
#include "credential/qr.h"

#include <math.h>
#include <string.h>

typedef enum {
  PICTURE_PLAIN,
  PICTURE_BLUR,
  PICTURE_MOTION,
  PICTURE_NOISE,
  PICTURE_PERSPECTIVE,
  PICTURE_LOW_LIGHT,
  PICTURE_INVERTED,
  PICTURE_LOW_CONTRAST,
  PICTURE_DIM_PHONE,
  PICTURE_MOIRE,
  PICTURE_GLARE,
  PICTURE_SHADOW,
  PICTURE_SMALL,
  PICTURE_KINDS,
} PictureKind;

static const char *const PICTURE_NAMES[PICTURE_KINDS]
    = { "plain",        "blur",      "motion", "noise", "perspective", "low light", "inverted",
        "low contrast", "dim phone", "moiré",  "glare", "shadow",      "small" };

/* A congress key that is the same in every run, so that pictures are. */
#define PICTURE_KEY                                                                                \
  "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyB5tVYuj+ZU+UB4sRLoqYunkB+FOuaVvtfg45ELrQSWZA=="

/* The code of a ticket as delegates get it, for @reference; free with g_free(). */
static inline char *picture_ticket (const char *reference)
{
  SignSecret secret;

  sign_start ();
  g_assert_true (sign_secret_from_text (PICTURE_KEY, &secret));
  return code_make_ticket (&secret, reference, NULL);
}

/* How a picture is taken. */
typedef struct {
  gdouble side_px, angle, tilt; /* symbol with its quiet zone; radians; 0…1 */
  gdouble left, top;            /* of its middle, as parts of the picture */
  gdouble dark, light;          /* of the symbol */
  gdouble surroundings;         /* how light what is round it */
  gdouble blur_px, motion_px, motion_angle;
  gdouble gain, noise;       /* of the sensor; noise as a part of white */
  gdouble grid, grid_period; /* depth of a screen's grid; its period in modules */
  gdouble glare, shadow;     /* strength */
  gboolean bezel;            /* a phone's dark frame round the symbol */
} PictureTake;

static inline gdouble picture_between (GRand *random, gdouble low, gdouble high)
{
  return g_rand_double_range (random, low, high);
}

static inline gdouble picture_gaussian (GRand *random)
{
  return sqrt (-2 * log (1 - g_rand_double (random))) * cos (2 * G_PI * g_rand_double (random));
}

static inline PictureTake picture_take (PictureKind kind, GRand *random)
{
  PictureTake take = {
    .side_px = picture_between (random, 230, 360),
    .angle = picture_between (random, -0.5, 0.5),
    .tilt = picture_between (random, 0, 0.1),
    .left = picture_between (random, 0.42, 0.58),
    .top = picture_between (random, 0.44, 0.56),
    .dark = 0.08,
    .light = 0.9,
    .surroundings = picture_between (random, 0.2, 0.8),
    .blur_px = 0.5,
    .gain = 1,
    .noise = 0.012,
  };

  switch (kind) {
  case PICTURE_BLUR:
    take.blur_px = take.side_px / 50 * picture_between (random, 0.35, 0.75);
    break;
  case PICTURE_MOTION:
    take.motion_px = take.side_px / 50 * picture_between (random, 0.8, 2);
    take.motion_angle = picture_between (random, 0, G_PI);
    break;
  case PICTURE_NOISE:
    take.noise = picture_between (random, 0.03, 0.16);
    break;
  case PICTURE_PERSPECTIVE:
    take.tilt = picture_between (random, 0.12, 0.3);
    take.angle = picture_between (random, -G_PI, G_PI);
    break;
  case PICTURE_LOW_LIGHT:
    take.gain = picture_between (random, 0.1, 0.5);
    take.noise = picture_between (random, 0.01, 0.035);
    break;
  case PICTURE_INVERTED:
    take.dark = 0.85;
    take.light = 0.06;
    take.noise = picture_between (random, 0.01, 0.06);
    take.bezel = TRUE;
    break;
  case PICTURE_LOW_CONTRAST:
    take.dark = picture_between (random, 0.3, 0.5);
    take.light = take.dark + picture_between (random, 0.08, 0.3);
    take.noise = picture_between (random, 0.008, 0.03);
    break;
  case PICTURE_DIM_PHONE:
    take.dark = 0.02;
    take.light = picture_between (random, 0.1, 0.3);
    take.surroundings = picture_between (random, 0.5, 0.9);
    take.noise = picture_between (random, 0.008, 0.035);
    take.bezel = TRUE;
    break;
  case PICTURE_MOIRE:
    take.grid = picture_between (random, 0.3, 0.7);
    take.grid_period = picture_between (random, 0.12, 0.35);
    take.noise = picture_between (random, 0.01, 0.06);
    take.bezel = TRUE;
    break;
  case PICTURE_GLARE:
    take.glare = picture_between (random, 0.5, 1.3);
    break;
  case PICTURE_SHADOW:
    take.shadow = picture_between (random, 0.5, 0.9);
    take.noise = picture_between (random, 0.01, 0.03);
    break;
  case PICTURE_SMALL:
    take.side_px = picture_between (random, 100, 150);
    break;
  case PICTURE_PLAIN:
  case PICTURE_KINDS:
    break;
  }
  return take;
}

/* From picture to symbol: (u, v, w) = @to (x, y, 1). */
typedef struct {
  gdouble to[9];
} PicturePlane;

/* The plane of a square of @side_px turned by @angle about the picture's axis, then
 * tilted away. */
static inline PicturePlane picture_plane (const PictureTake *take, gdouble middle_x,
                                          gdouble middle_y, gdouble modules)
{
  gdouble c = cos (take->angle), s = sin (take->angle), k = modules / take->side_px,
          t = take->tilt * 1.6 / take->side_px;
  /* Seen with the middle as origin: u = (c x + s y) k / (1 + t x), v likewise; then moved
   * so that (0, 0) is the symbol's corner. */
  gdouble w[3] = { t * cos (take->angle * 3), t * sin (take->angle * 3), 1 };
  PicturePlane plane;

  for (guint i = 0; i < 3; i++) {
    gdouble u[3] = { c * k, s * k, 0 },
            v[3] = { -s * k * (1 + take->tilt), c * k * (1 + take->tilt), 0 };
    plane.to[i] = u[i] + modules / 2 * w[i];
    plane.to[3 + i] = v[i] + modules / 2 * w[i];
    plane.to[6 + i] = w[i];
  }
  for (guint row = 0; row < 3; row++)
    plane.to[3 * row + 2] -= plane.to[3 * row] * middle_x + plane.to[3 * row + 1] * middle_y;
  return plane;
}

static inline gboolean picture_locate (const PicturePlane *plane, gdouble x, gdouble y, gdouble *u,
                                       gdouble *v)
{
  const gdouble *m = plane->to;
  gdouble w = m[6] * x + m[7] * y + m[8];

  *u = (m[0] * x + m[1] * y + m[2]) / w;
  *v = (m[3] * x + m[4] * y + m[5]) / w;
  return w > 0;
}

/* What stands behind: stripes and boxes of a hall, neither flat nor a code. */
static inline gdouble picture_behind (const PictureTake *take, gdouble x, gdouble y)
{
  gdouble boxes = ((gint) (x / 37) + (gint) (y / 53)) % 3 == 0 ? 0.12 : 0;

  return CLAMP (take->surroundings + 0.1 * sin (x / 31) + 0.08 * cos (y / 19 + x / 90) - boxes, 0,
                1);
}

static inline gdouble picture_light (const Qr *qr, const PictureTake *take,
                                     const PicturePlane *plane, gdouble x, gdouble y,
                                     gdouble before)
{
  gdouble modules = qr->size + 2 * QR_QUIET_MODULES, u, v, light;

  if (!picture_locate (plane, x, y, &u, &v) || u < -6 || v < -6 || u >= modules + 6
      || v >= modules + 6)
    return before;
  if (u < 0 || v < 0 || u >= modules || v >= modules)
    return take->bezel ? 0.03 : before;
  u -= QR_QUIET_MODULES;
  v -= QR_QUIET_MODULES;
  light = u >= 0 && v >= 0 && u < qr->size && v < qr->size && qr_is_dark (qr, (guint) u, (guint) v)
              ? take->dark
              : take->light;
  if (take->grid > 0)
    light *= 1
             - take->grid
                   * (0.5 + 0.25 * sin (2 * G_PI * u / take->grid_period)
                      + 0.25 * sin (2 * G_PI * v / take->grid_period));
  return light;
}

/* One direction of a Gaussian; edges repeat. */
static inline void picture_blur_lines (gfloat *light, gint length, gint lines, gint step,
                                       gint pitch, gdouble sigma)
{
  gint reach = (gint) ceil (sigma * 3);
  g_autofree gdouble *weight = g_new (gdouble, 2 * reach + 1);
  g_autofree gfloat *line = g_new (gfloat, length);
  gdouble sum = 0;

  for (gint i = -reach; i <= reach; i++)
    sum += weight[i + reach] = exp (-0.5 * i * i / (sigma * sigma));
  for (gint l = 0; l < lines; l++) {
    for (gint i = 0; i < length; i++)
      line[i] = light[l * pitch + i * step];
    for (gint i = 0; i < length; i++) {
      gdouble value = 0;
      for (gint k = -reach; k <= reach; k++)
        value += weight[k + reach] * line[CLAMP (i + k, 0, length - 1)];
      light[l * pitch + i * step] = (gfloat) (value / sum);
    }
  }
}

static inline void picture_motion (gfloat *light, gint width, gint height, gdouble length,
                                   gdouble angle)
{
  g_autofree gfloat *from = g_memdup2 (light, (gsize) width * height * sizeof *light);
  gint steps = (gint) ceil (length) * 2 + 1;

  for (gint y = 0; y < height; y++)
    for (gint x = 0; x < width; x++) {
      gdouble sum = 0;
      for (gint i = 0; i < steps; i++) {
        gdouble at = length * (i / (gdouble) (steps - 1) - 0.5);
        gint from_x = CLAMP ((gint) lround (x + at * cos (angle)), 0, width - 1),
             from_y = CLAMP ((gint) lround (y + at * sin (angle)), 0, height - 1);
        sum += from[from_y * width + from_x];
      }
      light[y * width + x] = (gfloat) (sum / steps);
    }
}

/* @count symbols side by side (0: an empty hall), each taken as @take says. */
static inline Frame *picture_new (Qr *const *codes, guint count, const PictureTake *take,
                                  guint width, guint height, GRand *random)
{
  g_autofree gfloat *light = g_new (gfloat, (gsize) width * height);
  PicturePlane planes[4];
  gdouble spot_x = width * picture_between (random, 0.35, 0.65),
          spot_y = height * picture_between (random, 0.35, 0.65),
          spot = picture_between (random, 25, 60);
  Frame *frame = frame_new (width, height);

  for (guint i = 0; i < count; i++)
    planes[i] = picture_plane (take, width * (count > 1 ? (i + 0.5) / count : take->left),
                               height * take->top, codes[i]->size + 2 * QR_QUIET_MODULES);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      gdouble sum = 0;
      for (guint ray = 0; ray < 4; ray++) {
        gdouble at_x = x + (ray % 2 + 0.5) / 2, at_y = y + (ray / 2 + 0.5) / 2,
                value = picture_behind (take, at_x, at_y);
        for (guint i = 0; i < count; i++)
          value = picture_light (codes[i], take, &planes[i], at_x, at_y, value);
        sum += value;
      }
      light[y * width + x] = (gfloat) (sum / 4);
    }
  if (take->motion_px > 0)
    picture_motion (light, (gint) width, (gint) height, take->motion_px, take->motion_angle);
  picture_blur_lines (light, (gint) width, (gint) height, 1, (gint) width, take->blur_px);
  picture_blur_lines (light, (gint) height, (gint) width, (gint) width, 1, take->blur_px);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      gdouble value = light[y * width + x], distance = hypot (x - spot_x, y - spot_y) / spot;
      gdouble lit = take->shadow > 0
                        ? 1 - take->shadow / (1 + exp ((x - spot_x + 0.4 * (y - spot_y)) / 12))
                        : 1;
      value = (value * lit + take->glare * exp (-0.5 * distance * distance)) * take->gain
              + take->noise * picture_gaussian (random);
      frame->grey[y * width + x] = (guint8) CLAMP (lround (value * 255), 0, 255);
    }
  return frame;
}
