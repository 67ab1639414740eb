#include "badge/caption.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

#define WEIGHT_BOLD_FROM 600
#define WIDTH_SLACK                                                                                \
  0.02 /* of its width: a caption that we would set otherwise than librsvg stays with the art */

typedef struct {
  FontSet *fonts;
  SvgKeep is_art;
  CaptionMeasure measure;
  gpointer data;
  GArray *captions;
} Finding;

static void caption_clear (gpointer data)
{
  g_object_unref (((Caption *) data)->shaped);
}

/* TRUE if any of @names is stated for @node, as an attribute or in its style, or for what
 * it is in. */
static gboolean has_any (const SvgNode *node, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *value = svg_property (node, names[i]);
    if (value != NULL && strcmp (value, "none") != 0 && strcmp (value, "1") != 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean is_upright (const SvgNode *node)
{
  for (; node != NULL; node = node->parent) {
    const char *transform = svg_attribute (node, "transform");
    if (transform != NULL
        && (strstr (transform, "rotate") != NULL || strstr (transform, "skew") != NULL
            || strstr (transform, "matrix") != NULL))
      return FALSE;
  }
  return TRUE;
}

static gboolean is_plain (const SvgNode *node)
{
  static const char *const others[] = { "dx",
                                        "dy",
                                        "rotate",
                                        "textLength",
                                        "letter-spacing",
                                        "word-spacing",
                                        "text-decoration",
                                        "writing-mode",
                                        "opacity",
                                        "fill-opacity",
                                        "stroke",
                                        "clip-path",
                                        "mask",
                                        "filter",
                                        NULL };
  for (guint i = 0; i < node->children->len; i++)
    if (((const SvgNode *) g_ptr_array_index (node->children, i))->tag != NULL)
      return FALSE;
  return is_upright (node) && svg_is_visible (node) && !has_any (node, others);
}

/* Sets the text as librsvg would and lays its ink over where librsvg has it. */
static gboolean place (const Finding *finding, const SvgNode *node, const char *text,
                       Caption *caption)
{
  double rgb[3], size = svg_font_size_pt (node);
  g_autofree char *family = svg_font_family (node);
  Box ink;
  if (!svg_colour (node, "fill", "black", rgb) || !(size > 0) || family == NULL
      || !finding->measure (node, &ink, finding->data))
    return FALSE;
  g_autoptr (Phrase) phrase
      = phrase_new (text, strcmp (family, FONT_LATIN) != 0,
                    svg_font_weight (node) >= WEIGHT_BOLD_FROM ? PHRASE_BOLD : PHRASE_LIGHT);
  g_autoptr (PangoLayout) shaped
      = font_set_shape (finding->fonts, phrase, 0, strlen (phrase->text));
  PangoRectangle extents;
  pango_layout_get_extents (shaped, &extents, NULL);
  double scale = size / PHRASE_SHAPED_PT, width = pango_units_to_double (extents.width) * scale;
  if (pango_layout_get_unknown_glyphs_count (shaped) > 0
      || fabs (width - ink.width) > WIDTH_SLACK * ink.width)
    return FALSE;
  double top = pango_units_to_double (extents.y - pango_layout_get_baseline (shaped)) * scale;
  *caption = (Caption){ node,        g_object_ref (shaped),
                        size,        ink.x - pango_units_to_double (extents.x) * scale,
                        ink.y - top, { rgb[0], rgb[1], rgb[2] } };
  return TRUE;
}

static gboolean look_at (const SvgNode *node, gpointer data)
{
  static const char *const undrawn[]
      = { "defs", "metadata", "symbol", "clipPath", "mask", "pattern", NULL };
  Finding *finding = data;
  if (!finding->is_art (node, finding->data) || g_strv_contains (undrawn, node->tag))
    return FALSE;
  if (!svg_is (node, "text"))
    return TRUE;
  g_autofree char *text = svg_text (node);
  Caption caption;
  if (text_has_han (text) && is_plain (node) && place (finding, node, text, &caption))
    g_array_append_val (finding->captions, caption);
  return FALSE;
}

GArray *caption_find (const SvgNode *root, FontSet *fonts, SvgKeep is_art, CaptionMeasure measure,
                      gpointer data)
{
  Finding finding = { fonts, is_art, measure, data, g_array_new (FALSE, FALSE, sizeof (Caption)) };
  g_array_set_clear_func (finding.captions, caption_clear);
  svg_walk (root, look_at, &finding);
  return finding.captions;
}
