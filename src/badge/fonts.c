#include "badge/fonts.h"

#include "badge/content.h"
#include "core/text.h"
#include "core/words.h"

#include <cairo-pdf.h>
#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <string.h>

struct _FontSet {
  PangoFontMap *map;
  PangoContext *context;
  PangoFontDescription *description;
  cairo_font_options_t *options, *sharp; /* for FONT_AS_DRAWN and FONT_ON_DOTS */
  GHashTable *shaped;   /* key of text and style → PangoLayout */
  GHashTable *outlines; /* Outline → the face that hands it out */
  GHashTable *hinted;   /* cairo_font_face_t → the same, whose strokes are set on dots */
};

/* The one configuration ------------------------------------------------------------------------------------------------------------------------------- */

static gboolean has_face (FcConfig *config, const char *family, int weight)
{
  FcPattern *pattern = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT, FcTypeInteger, weight, NULL);
  FcObjectSet *objects = FcObjectSetBuild (FC_FILE, NULL);
  FcFontSet *found = FcFontList (config, pattern, objects);
  gboolean any = found && found->nfont > 0;
  if (found)
    FcFontSetDestroy (found);
  FcObjectSetDestroy (objects);
  FcPatternDestroy (pattern);
  return any;
}

static gboolean check_faces (FcConfig *config, const char *fonts_conf, GError **error)
{
  static const struct {
    const char *family, *package;
  } wanted[] = { { FONT_LATIN, "fonts-inter" }, { FONT_HAN, "fonts-noto-cjk" } };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    if (has_face (config, wanted[i].family, FC_WEIGHT_REGULAR) && has_face (config, wanted[i].family, FC_WEIGHT_BOLD))
      continue;
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FONT, _("Cannot draw badges: the font %s (regular and bold) is not where %s looks for it. Install the Debian package %s."), wanted[i].family, fonts_conf,
                 wanted[i].package);
    return FALSE;
  }
  return TRUE;
}

gboolean badge_fonts_start (const char *fonts_conf, GError **error)
{
  /* Read here first, since fontconfig says on standard error, and to nobody else, why it cannot. */
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;
  if (!g_file_get_contents (fonts_conf, &text, NULL, &why)) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FONT, _("Cannot read the font configuration: %s. Install accueil again."), why->message);
    return FALSE;
  }
  FcConfig *config = FcConfigCreate ();
  gboolean loaded = config && FcConfigParseAndLoadFromMemory (config, (const FcChar8 *) text, FcTrue) && FcConfigBuildFonts (config);
  if (!loaded)
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FONT, _("Cannot use the font configuration %s: fontconfig finds it broken. Install accueil again."), fonts_conf);
  gboolean good = loaded && check_faces (config, fonts_conf, error);
  if (good)
    good = FcConfigSetCurrent (config); /* takes its own reference */
  if (config)
    FcConfigDestroy (config);
  return good;
}

/* Outlines ------------------------------------------------------------------------------------------------------------------------------------------- */

/* A face that hands cairo the outlines of a real one at one size. FreeType gives them in 64ths of a point; told in that unit, cairo writes all coordinates into the PDF as whole numbers, which is shorter, and much faster to
 * write, than fractions. */
#define OUTLINE_UNITS_PER_PT 64
#define OUTLINES_KEPT_MAX 64

typedef struct {
  cairo_font_face_t *real;
  double size_pt;
} Outline;

static const cairo_user_data_key_t outline_key;

static guint outline_hash (gconstpointer data)
{
  const Outline *outline = data;
  return g_direct_hash (outline->real) ^ g_double_hash (&outline->size_pt);
}

static gboolean outline_equal (gconstpointer a, gconstpointer b)
{
  const Outline *one = a, *other = b;
  return one->real == other->real && one->size_pt == other->size_pt;
}

static void outline_free (gpointer data)
{
  Outline *outline = data;
  cairo_font_face_destroy (outline->real);
  g_free (outline);
}

static const Outline *outline_of (cairo_scaled_font_t *scaled)
{
  return cairo_font_face_get_user_data (cairo_scaled_font_get_font_face (scaled), &outline_key);
}

static cairo_status_t outline_init (cairo_scaled_font_t *scaled, cairo_t *cr, cairo_font_extents_t *extents)
{
  double em = outline_of (scaled)->size_pt * OUTLINE_UNITS_PER_PT;
  extents->ascent = 0.88 * em; /* as all fonts of East Asia */
  extents->descent = 0.12 * em;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t outline_glyph (cairo_scaled_font_t *scaled, unsigned long index, cairo_t *cr, cairo_text_extents_t *extents)
{
  const Outline *outline = outline_of (scaled);
  cairo_glyph_t glyph = { .index = index };
  cairo_set_font_face (cr, outline->real);
  cairo_set_font_size (cr, outline->size_pt * OUTLINE_UNITS_PER_PT);
  cairo_glyph_extents (cr, &glyph, 1, extents);
  cairo_glyph_path (cr, &glyph, 1);
  cairo_fill (cr);
  return cairo_status (cr);
}

static cairo_font_face_t *outline_face (FontSet *fonts, cairo_font_face_t *real, double size_pt)
{
  const Outline wanted = { real, size_pt };
  cairo_font_face_t *face = g_hash_table_lookup (fonts->outlines, &wanted);
  if (face)
    return face;
  if (g_hash_table_size (fonts->outlines) >= OUTLINES_KEPT_MAX)
    g_hash_table_remove_all (fonts->outlines);
  Outline *outline = g_new (Outline, 1);
  *outline = (Outline) { cairo_font_face_reference (real), size_pt };
  face = cairo_user_font_face_create ();
  cairo_user_font_face_set_init_func (face, outline_init);
  cairo_user_font_face_set_render_glyph_func (face, outline_glyph);
  Outline *own = g_new (Outline, 1); /* the face may outlive the table */
  *own = (Outline) { cairo_font_face_reference (real), size_pt };
  cairo_font_face_set_user_data (face, &outline_key, own, outline_free);
  g_hash_table_insert (fonts->outlines, outline, face);
  return face;
}

/* Shaping -------------------------------------------------------------------------------------------------------------------------------------------- */

FontSet *font_set_new (void)
{
  FontSet *fonts = g_new0 (FontSet, 1);
  fonts->map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts->map), 72);
  fonts->context = pango_font_map_create_context (fonts->map);
  fonts->options = cairo_font_options_create ();
  cairo_font_options_set_antialias (fonts->options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (fonts->options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (fonts->options, CAIRO_HINT_METRICS_OFF);
  fonts->sharp = cairo_font_options_copy (fonts->options);
  cairo_font_options_set_hint_style (fonts->sharp, CAIRO_HINT_STYLE_SLIGHT);
  pango_cairo_context_set_font_options (fonts->context, fonts->options);
  pango_context_set_round_glyph_positions (fonts->context, FALSE);
  pango_context_set_language (fonts->context, pango_language_from_string ("fr")); /* not the machine's */
  pango_context_set_base_dir (fonts->context, PANGO_DIRECTION_LTR);
  fonts->description = pango_font_description_from_string (FONT_LATIN);
  pango_font_description_set_size (fonts->description, PHRASE_SHAPED_PT * PANGO_SCALE);
  fonts->shaped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  fonts->hinted = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) cairo_font_face_destroy, (GDestroyNotify) cairo_font_face_destroy);
  fonts->outlines = g_hash_table_new_full (outline_hash, outline_equal, outline_free, (GDestroyNotify) cairo_font_face_destroy);
  return fonts;
}

void font_set_free (FontSet *fonts)
{
  if (!fonts)
    return;
  g_hash_table_unref (fonts->shaped);
  g_hash_table_unref (fonts->outlines);
  g_hash_table_unref (fonts->hinted);
  pango_font_description_free (fonts->description);
  cairo_font_options_destroy (fonts->options);
  cairo_font_options_destroy (fonts->sharp);
  g_object_unref (fonts->context);
  g_object_unref (fonts->map);
  g_free (fonts);
}

PangoLayout *font_set_shape (FontSet *fonts, const Phrase *phrase, gsize from, gsize to)
{
  gsize bold_from = CLAMP (phrase->bold_from, from, to) - from, bold_to = CLAMP (phrase->bold_to, from, to) - from;
  g_autofree char *key = g_strdup_printf ("%d%d %zu %zu %.*s", phrase->han, phrase->tabular, bold_from, bold_to, (int) (to - from), phrase->text + from);
  PangoLayout *layout = g_hash_table_lookup (fonts->shaped, key);
  if (layout)
    return g_object_ref (layout);

  layout = pango_layout_new (fonts->context);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_font_description (layout, fonts->description);
  pango_layout_set_text (layout, phrase->text + from, (int) (to - from));
  PangoAttrList *attributes = phrase_attributes (phrase, from, to);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  if (g_hash_table_size (fonts->shaped) >= FONT_KEPT_MAX)
    g_hash_table_remove_all (fonts->shaped);
  g_hash_table_insert (fonts->shaped, g_steal_pointer (&key), g_object_ref (layout));
  return layout;
}

gunichar font_set_lacks (FontSet *fonts, const char *text)
{
  g_autoptr (Phrase) phrase = phrase_new (text, FALSE, PHRASE_LIGHT);
  g_autoptr (PangoLayout) whole = font_set_shape (fonts, phrase, 0, strlen (phrase->text));
  if (pango_layout_get_unknown_glyphs_count (whole) == 0)
    return 0;
  for (const char *p = phrase->text; *p; p = text_next (p)) {
    gsize at = (gsize) (p - phrase->text);
    g_autoptr (PangoLayout) one = font_set_shape (fonts, phrase, at, at + (gsize) (text_next (p) - p));
    if (pango_layout_get_unknown_glyphs_count (one) > 0)
      return g_utf8_get_char (p);
  }
  return 0xfffd;
}

/* Dots ----------------------------------------------------------------------------------------------------------------------------------------------- */

/* The same font file, without the pinned configuration's word against hinting. */
static cairo_font_face_t *hinted_face (FontSet *fonts, PangoFont *font, cairo_font_face_t *real)
{
  cairo_font_face_t *face = g_hash_table_lookup (fonts->hinted, real);
  if (face)
    return face;
  FcPattern *pattern = FcPatternDuplicate (pango_fc_font_get_pattern (PANGO_FC_FONT (font)));
  static const char *const own[] = { FC_HINTING, FC_HINT_STYLE, FC_AUTOHINT };
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    FcPatternDel (pattern, own[i]);
  FcPatternAddBool (pattern, FC_HINTING, FcTrue);
  FcPatternAddInteger (pattern, FC_HINT_STYLE, FC_HINT_SLIGHT);
  FcPatternAddBool (pattern, FC_AUTOHINT, FcTrue);
  face = cairo_ft_font_face_create_for_pattern (pattern);
  FcPatternDestroy (pattern);
  g_hash_table_insert (fonts->hinted, cairo_font_face_reference (real), face);
  return face;
}

/* Showing -------------------------------------------------------------------------------------------------------------------------------------------- */

/* Sets face and size on @cr for @font, scaled. */
static void choose_face (FontSet *fonts, cairo_t *cr, PangoFont *font, double scale, FontSharpness sharpness)
{
  cairo_font_face_t *face = cairo_scaled_font_get_font_face (pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font)));
  PangoFontDescription *description = pango_font_describe (font);
  double size = pango_units_to_double (pango_font_description_get_size (description)) * scale;
  gboolean pdf = cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_PDF;
  gboolean outlines = pdf && g_strcmp0 (pango_font_description_get_family (description), FONT_HAN) == 0;
  pango_font_description_free (description);
  cairo_set_font_face (cr, outlines ? outline_face (fonts, face, size) : sharpness == FONT_ON_DOTS ? hinted_face (fonts, font, face) : face);
  cairo_set_font_size (cr, outlines ? 1.0 / OUTLINE_UNITS_PER_PT : size);
}

static void show_run (FontSet *fonts, cairo_t *cr, const char *text, PangoLayoutRun *run, double scale, double x, double y, FontSharpness sharpness)
{
  int n = run->glyphs->num_glyphs;
  g_autofree cairo_glyph_t *glyphs = g_new (cairo_glyph_t, n);
  g_autofree cairo_text_cluster_t *clusters = g_new0 (cairo_text_cluster_t, n);
  int n_clusters = 0, begin = 0;

  for (int i = 0; i < n; i++) {
    const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
    glyphs[i].index = info->glyph;
    glyphs[i].x = x + pango_units_to_double (info->geometry.x_offset) * scale;
    glyphs[i].y = y + pango_units_to_double (info->geometry.y_offset) * scale;
    x += pango_units_to_double (info->geometry.width) * scale;
    if (i > 0 && run->glyphs->log_clusters[i] != begin) {
      clusters[n_clusters++].num_bytes = run->glyphs->log_clusters[i] - begin;
      begin = run->glyphs->log_clusters[i];
    }
    clusters[n_clusters].num_glyphs++;
  }
  if (n)
    clusters[n_clusters++].num_bytes = run->item->length - begin;
  choose_face (fonts, cr, run->item->analysis.font, scale, sharpness);
  cairo_show_text_glyphs (cr, text + run->item->offset, run->item->length, glyphs, n, clusters, n_clusters, 0);
}

void font_set_show (FontSet *fonts, cairo_t *cr, PangoLayout *shaped, double size_pt, double x, double y, FontSharpness sharpness)
{
  double scale = size_pt / PHRASE_SHAPED_PT;
  PangoLayoutIter *iter = pango_layout_get_iter (shaped);
  int baseline = pango_layout_iter_get_baseline (iter);
  cairo_set_font_options (cr, sharpness == FONT_ON_DOTS ? fonts->sharp : fonts->options);
  do {
    PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
    if (!run)
      continue;
    PangoRectangle logical;
    pango_layout_iter_get_run_extents (iter, NULL, &logical);
    double dy = pango_units_to_double (pango_layout_iter_get_run_baseline (iter) - baseline);
    show_run (fonts, cr, pango_layout_get_text (shaped), run, scale, x + pango_units_to_double (logical.x) * scale, y + dy * scale, sharpness);
  } while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
}
