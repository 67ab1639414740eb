#include "badge/logo_row.h"

#include "badge/picture.h"
#include "core/words.h"

#include <librsvg/rsvg.h>
#include <math.h>

#define LOOK_PX 256 /* the longer side, where a logo is looked at */
#define ALPHA_MIN 24

typedef struct {
  RsvgHandle *svg; /* or */
  cairo_surface_t *png;
  double width, height; /* of the whole drawing, in its own unit */
  Box ink;              /* in that unit */
} Picture;

struct _LogoRow {
  GArray *pictures; /* Picture */
};

static void picture_clear (gpointer data)
{
  Picture *picture = data;
  g_clear_object (&picture->svg);
  g_clear_pointer (&picture->png, cairo_surface_destroy);
}

LogoRow *logo_row_new (void)
{
  LogoRow *row = g_new0 (LogoRow, 1);
  row->pictures = g_array_new (FALSE, FALSE, sizeof (Picture));
  g_array_set_clear_func (row->pictures, picture_clear);
  return row;
}

void logo_row_free (LogoRow *row)
{
  if (row == NULL)
    return;
  g_array_unref (row->pictures);
  g_free (row);
}

guint logo_row_count (const LogoRow *row)
{
  return row->pictures->len;
}

/* Pictures -------------------------------------------------------------------------- */

typedef struct {
  const guint8 *bytes;
  gsize length, at;
} Reading;

static cairo_status_t read_bytes (void *data, guint8 *bytes, guint length)
{
  Reading *reading = data;
  if (reading->length - reading->at < length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (bytes, reading->bytes + reading->at, length);
  reading->at += length;
  return CAIRO_STATUS_SUCCESS;
}

/* Told before it is unpacked: few bytes can hold a picture that takes all memory. */
static gboolean is_small (const guint8 *bytes, gsize length)
{
  guint width = 0, height = 0;
  return picture_size (bytes, length, &width, &height) && width <= LOGO_ROW_SIDE_MAX
         && height <= LOGO_ROW_SIDE_MAX;
}

static gboolean open_picture (GBytes *bytes, gboolean svg, Picture *picture)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  if (svg) {
    picture->svg = rsvg_handle_new_from_data (data, length, NULL);
    if (picture->svg == NULL)
      return FALSE;
    rsvg_handle_set_dpi (picture->svg, 96);
    gboolean has_box = FALSE;
    RsvgRectangle box;
    rsvg_handle_get_intrinsic_dimensions (picture->svg, NULL, NULL, NULL, NULL, &has_box, &box);
    if (!rsvg_handle_get_intrinsic_size_in_pixels (picture->svg, &picture->width, &picture->height)
        && has_box) {
      picture->width = box.width;
      picture->height = box.height;
    }
  } else if (is_small (data, length)) {
    Reading reading = { data, length, 0 };
    picture->png = cairo_image_surface_create_from_png_stream (read_bytes, &reading);
    picture->width = cairo_image_surface_get_width (picture->png);
    picture->height = cairo_image_surface_get_height (picture->png);
  }
  return picture->width > 0 && picture->height > 0;
}

/* The whole drawing, its corner at the origin, in its own unit. */
static void draw_picture (const Picture *picture, cairo_t *cr)
{
  const RsvgRectangle page = { 0, 0, picture->width, picture->height };
  if (picture->svg != NULL) {
    rsvg_handle_render_document (picture->svg, cr, &page, NULL);
    return;
  }
  cairo_set_source_surface (cr, picture->png, 0, 0);
  cairo_paint (cr);
}

/* WCAG 2: relative luminance of one channel. */
static double linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* What its ink is seen as: where, and how much of it stands out against white. */
static double look_at_ink (const guint8 *pixels, guint width, guint height, guint stride, Box *ink)
{
  guint left = width, top = height, right = 0, bottom = 0, dots = 0, seen = 0;
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      const guint32 pixel = ((const guint32 *) (gconstpointer) (pixels + y * stride))[x];
      double alpha = (pixel >> 24) / 255.0;
      if (pixel >> 24 < ALPHA_MIN)
        continue;
      /* Premultiplied, over white. */
      double red = (pixel >> 16 & 0xff) / 255.0 + 1 - alpha,
             green = (pixel >> 8 & 0xff) / 255.0 + 1 - alpha,
             blue = (pixel & 0xff) / 255.0 + 1 - alpha,
             luminance = 0.2126 * linear (red) + 0.7152 * linear (green) + 0.0722 * linear (blue);
      if (luminance > 0.93)
        continue; /* as good as white: paper, not ink */
      dots++;
      seen += 1.05 / (luminance + 0.05) >= LOGO_ROW_CONTRAST_MIN;
      left = MIN (left, x);
      top = MIN (top, y);
      right = MAX (right, x + 1);
      bottom = MAX (bottom, y + 1);
    }
  if (dots == 0)
    return -1;
  *ink = (Box){ left, top, right - left, bottom - top };
  return (double) seen / dots;
}

/* The share of its ink that stands out; -1 for a blank one. */
static double measure (Picture *picture)
{
  double scale = LOOK_PX / MAX (picture->width, picture->height);
  guint width = MAX (1, (guint) lround (picture->width * scale)),
        height = MAX (1, (guint) lround (picture->height * scale));
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cairo_t *cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  draw_picture (picture, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  Box ink = { 0 };
  double share = look_at_ink (cairo_image_surface_get_data (surface), width, height,
                              (guint) cairo_image_surface_get_stride (surface), &ink);
  picture->ink = (Box){ ink.x / scale, ink.y / scale, ink.width / scale, ink.height / scale };
  cairo_surface_destroy (surface);
  return share;
}

gboolean logo_row_add (LogoRow *row, GBytes *bytes, gboolean svg, GError **error)
{
  Picture picture = { 0 };
  const char *fault = NULL;
  double share = open_picture (bytes, svg, &picture) ? measure (&picture) : -2;
  if (share <= -2)
    fault = _ ("cannot be drawn; export the logo again, as SVG or PNG");
  else if (share < 0)
    fault = _ ("is blank on white paper; take the version for a light ground");
  else if (share < LOGO_ROW_INK_SHARE_MIN)
    fault = _ ("can hardly be seen on white paper (less than 3 : 1 for most of it); take the "
               "version for a light ground");
  else if (row->pictures->len >= LOGO_ROW_MAX)
    fault = _ ("is one logo too many: there is room for 24");
  if (fault == NULL) {
    g_array_append_val (row->pictures, picture);
    return TRUE;
  }
  picture_clear (&picture);
  g_set_error_literal (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE, fault);
  return FALSE;
}

/* Rows ------------------------------------------------------------------------------ */

/* Of the area 1. */
static double width_of (const Picture *picture)
{
  return sqrt (picture->ink.width / picture->ink.height);
}

gboolean logo_row_place (const LogoRow *row, Box box, Box *places)
{
  double width = 0, height = 0;
  for (guint i = 0; i < row->pictures->len; i++) {
    double one = width_of (&g_array_index (row->pictures, Picture, i));
    width += one;
    height = MAX (height, 1 / one);
  }
  if (row->pictures->len == 0 || box.width <= 0 || box.height <= 0)
    return FALSE;
  double gap = LOGO_ROW_CLEAR * height;
  width += gap * (row->pictures->len - 1);
  double side = MIN (box.width / width, box.height / height), x = box.x;
  for (guint i = 0; i < row->pictures->len; i++) {
    double one = width_of (&g_array_index (row->pictures, Picture, i)) * side,
           high = side * side / one;
    places[i] = (Box){ x, box.y + (height * side - high) / 2, one, high };
    x += one + gap * side;
  }
  return TRUE;
}

/* The ink alone, at @place. */
static void draw_ink (const Picture *picture, cairo_t *cr, Box place)
{
  double scale = place.width / picture->ink.width;
  cairo_save (cr);
  cairo_rectangle (cr, place.x, place.y, place.width, place.height);
  cairo_clip (cr);
  cairo_translate (cr, place.x - picture->ink.x * scale, place.y - picture->ink.y * scale);
  cairo_scale (cr, scale, scale);
  draw_picture (picture, cr);
  cairo_restore (cr);
}

double logo_row_draw (const LogoRow *row, cairo_t *cr, Box box)
{
  Box places[LOGO_ROW_MAX];
  double high = 0;
  if (!logo_row_place (row, box, places))
    return 0;
  for (guint i = 0; i < row->pictures->len; i++) {
    draw_ink (&g_array_index (row->pictures, Picture, i), cr, places[i]);
    high = MAX (high, places[i].y + places[i].height - box.y);
  }
  return high;
}

/* PNG ------------------------------------------------------------------------------- */

static cairo_status_t append (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *logo_row_png (const LogoRow *row, guint which, guint height_px, guint *width_px)
{
  Box places[LOGO_ROW_MAX],
      box = { 0, 0, (double) LOGO_ROW_WIDE * height_px * row->pictures->len, height_px };
  if (which >= row->pictures->len || !logo_row_place (row, box, places))
    return NULL;
  Box place = places[which];
  *width_px = MAX (1, (guint) ceil (place.width));
  place.x = (*width_px - place.width) / 2;
  place.y = (height_px - place.height) / 2;
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) *width_px, (int) height_px);
  cairo_t *cr = cairo_create (surface);
  GByteArray *bytes = g_byte_array_new ();
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  draw_ink (&g_array_index (row->pictures, Picture, which), cr, place);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}
