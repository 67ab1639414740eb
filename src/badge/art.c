#include "badge/art.h"

#include "badge/condition.h"
#include "badge/badge_content.h"
#include "core/words.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#define PIXELS_MAX (64 * 1024 * 1024)

typedef struct {
  guint64 key;
  RsvgHandle *svg,
      *vector; /* for pixels; for PDFs, without what is left out. NULL as long as not needed */
  cairo_surface_t *drawing; /* NULL, or recorded … */
  double drawing_bleed_pt;  /* … with so much around the page */
  cairo_surface_t *raster;  /* NULL, or at raster_dpi */
  guint raster_dpi;
} Variant;

struct _Art {
  const SvgNode *root;
  SvgKeep is_art;
  gpointer data;
  GFile *base;
  double width_pt, height_pt;
  GPtrArray *conditional; /* SvgNode */
  GPtrArray *left_out;    /* SvgNode */
  GPtrArray *variants;    /* Variant, the last used last */
};

static void variant_free (gpointer data)
{
  Variant *variant = data;
  g_clear_object (&variant->svg);
  g_clear_object (&variant->vector);
  g_clear_pointer (&variant->drawing, cairo_surface_destroy);
  g_clear_pointer (&variant->raster, cairo_surface_destroy);
  g_free (variant);
}

static gboolean find_conditional (const SvgNode *node, gpointer data)
{
  Art *art = data;
  if ((svg_attribute (node, "data-if") != NULL || svg_attribute (node, "data-unless") != NULL)
      && art->is_art (node, art->data) && art->conditional->len < ART_CONDITIONS_MAX)
    g_ptr_array_add (art->conditional, (gpointer) (guintptr) node);
  return art->is_art (node, art->data);
}

Art *art_new (const SvgNode *root, SvgKeep is_art, gpointer data, GFile *base, double width_pt,
              double height_pt)
{
  Art *art = g_new0 (Art, 1);
  *art = (Art){ root,
                is_art,
                data,
                g_object_ref (base),
                width_pt,
                height_pt,
                g_ptr_array_new (),
                g_ptr_array_new (),
                g_ptr_array_new_with_free_func (variant_free) };
  svg_walk (root, find_conditional, art);
  return art;
}

void art_free (Art *art)
{
  if (art == NULL)
    return;
  g_ptr_array_unref (art->conditional);
  g_ptr_array_unref (art->left_out);
  g_ptr_array_unref (art->variants);
  g_object_unref (art->base);
  g_free (art);
}

void art_leave_out (Art *art, const SvgNode *node)
{
  g_ptr_array_add (art->left_out, (gpointer) (guintptr) node);
}

guint art_conditions (const Art *art)
{
  return art->conditional->len;
}

/* Conditions ------------------------------------------------------------------------- */

static gboolean holds (const SvgNode *node, const char *const *traits)
{
  const char *only = svg_attribute (node, "data-if"), *unless = svg_attribute (node, "data-unless");
  return (only == NULL || condition_holds (only, traits))
         && !(unless != NULL && condition_holds (unless, traits));
}

gboolean art_is_shown (const SvgNode *node, const char *const *traits)
{
  for (; node != NULL; node = node->parent)
    if (!holds (node, traits))
      return FALSE;
  return TRUE;
}

guint64 art_variant (const Art *art, const char *const *traits)
{
  guint64 variant = 0;
  for (guint i = 0; i < art->conditional->len; i++)
    if (holds (g_ptr_array_index (art->conditional, i), traits))
      variant |= G_GUINT64_CONSTANT (1) << i;
  return variant;
}

/* Variants --------------------------------------------------------------------------- */

typedef struct {
  const Art *art;
  guint64 variant;
  gboolean vector;
} Choice;

static gboolean keeps (const SvgNode *node, gpointer data)
{
  const Choice *choice = data;
  guint at = 0;
  if (!choice->art->is_art (node, choice->art->data)
      || (choice->vector && g_ptr_array_find (choice->art->left_out, node, NULL)))
    return FALSE;
  return !g_ptr_array_find (choice->art->conditional, node, &at) || (choice->variant >> at & 1);
}

static gboolean fault (GError **error, const GError *why)
{
  g_set_error (error, BADGE_ERROR, BADGE_ERROR_TEMPLATE,
               _ ("Cannot draw the art of the badge template: %s"), why->message);
  return FALSE;
}

static gboolean draw_svg (const Art *art, RsvgHandle *svg, cairo_t *cr, GError **error)
{
  RsvgRectangle page = { 0, 0, art->width_pt, art->height_pt };
  g_autoptr (GError) why = NULL;
  return rsvg_handle_render_document (svg, cr, &page, &why) || fault (error, why);
}

static gboolean record (const Art *art, Variant *variant, double bleed_pt, GError **error)
{
  cairo_rectangle_t extents
      = { -bleed_pt, -bleed_pt, art->width_pt + 2 * bleed_pt, art->height_pt + 2 * bleed_pt };
  g_clear_pointer (&variant->drawing, cairo_surface_destroy);
  variant->drawing_bleed_pt = bleed_pt;
  variant->drawing = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t *cr = cairo_create (variant->drawing);
  gboolean good = draw_svg (art, variant->vector, cr, error);
  cairo_destroy (cr);
  if (!good)
    g_clear_pointer (&variant->drawing, cairo_surface_destroy);
  return good;
}

static RsvgHandle *read_svg (const Art *art, guint64 key, gboolean vector, GError **error)
{
  Choice choice = { art, key, vector };
  g_autofree char *text = svg_write (art->root, keeps, &choice);
  g_autoptr (GInputStream) stream
      = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GError) why = NULL;
  RsvgHandle *svg
      = rsvg_handle_new_from_stream_sync (stream, art->base, RSVG_HANDLE_FLAGS_NONE, NULL, &why);
  if (svg != NULL)
    rsvg_handle_set_dpi (svg, 96);
  else
    fault (error, why);
  return svg;
}

static Variant *find_variant (Art *art, guint64 key)
{
  for (guint i = art->variants->len; i-- > 0;) {
    Variant *variant = g_ptr_array_index (art->variants, i);
    if (variant->key != key)
      continue;
    g_ptr_array_steal_index (art->variants, i);
    g_ptr_array_add (art->variants, variant);
    return variant;
  }
  Variant *variant = g_new0 (Variant, 1);
  variant->key = key;
  if (art->variants->len >= ART_VARIANTS_MAX)
    g_ptr_array_remove_index (art->variants, 0);
  g_ptr_array_add (art->variants, variant);
  return variant;
}

/* Drawing ---------------------------------------------------------------------------- */

gboolean art_draw (Art *art, guint64 key, cairo_t *cr, gboolean shared, double bleed_pt,
                   GError **error)
{
  Variant *variant = find_variant (art, key);
  if (variant->vector == NULL)
    variant->vector = read_svg (art, key, TRUE, error);
  if (variant->vector == NULL)
    return FALSE;
  if (!shared)
    return draw_svg (art, variant->vector, cr, error);
  if ((variant->drawing == NULL || variant->drawing_bleed_pt != bleed_pt)
      && !record (art, variant, bleed_pt, error))
    return FALSE;
  cairo_set_source_surface (cr, variant->drawing, 0, 0);
  cairo_paint (cr);
  return TRUE;
}

/* Rasters of the variants used longest ago are given up. */
static void forget_rasters (Art *art)
{
  guint kept = 0;
  for (guint i = art->variants->len; i-- > 0;) {
    Variant *variant = g_ptr_array_index (art->variants, i);
    if (variant->raster != NULL && ++kept > ART_RASTERS_MAX)
      g_clear_pointer (&variant->raster, cairo_surface_destroy);
  }
}

cairo_surface_t *art_raster (Art *art, guint64 key, guint dpi, GError **error)
{
  Variant *variant = find_variant (art, key);
  if (variant->raster != NULL && variant->raster_dpi == dpi)
    return variant->raster;
  int width = (int) lround (art->width_pt * dpi / 72),
      height = (int) lround (art->height_pt * dpi / 72);
  if (dpi == 0 || width < 1 || height < 1 || (gint64) width * height > PIXELS_MAX) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_WRITE,
                 _ ("Cannot draw a badge at %u dots an inch: it would have %d × %d pixels"), dpi,
                 width, height);
    return NULL;
  }
  if (variant->svg == NULL)
    variant->svg = read_svg (art, key, FALSE, error);
  if (variant->svg == NULL)
    return NULL;
  g_clear_pointer (&variant->raster, cairo_surface_destroy);
  variant->raster = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  variant->raster_dpi = dpi;
  cairo_t *cr = cairo_create (variant->raster);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  gboolean good = draw_svg (art, variant->svg, cr, error);
  cairo_destroy (cr);
  if (!good)
    g_clear_pointer (&variant->raster, cairo_surface_destroy);
  cairo_surface_t *raster = variant->raster;
  forget_rasters (art);
  return raster;
}
