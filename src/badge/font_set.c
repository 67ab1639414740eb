#include "badge/font_set.h"

#include "badge/cff.h"
#include "badge/badge_content.h"
#include "badge/outlines.h"
#include "core/text.h"
#include "core/words.h"

#include <cairo-pdf.h>
#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <string.h>

struct _FontSet {
  PangoFontMap *map;
  PangoContext *context, *right_to_left;
  PangoFontDescription *description;
  cairo_font_options_t *options, *sharp; /* for FONT_AS_DRAWN and FONT_ON_DOTS */
  GHashTable *shaped;                    /* key of text and style → PangoLayout */
  GHashTable *known;                     /* character → KNOWN_SHOWN, KNOWN_LACKS */
  GHashTable *excerpts;                  /* cairo_font_face_t → Excerpt */
  Outlines *outlines;
  GHashTable *hinted; /* cairo_font_face_t → the same, whose strokes are set on dots */
};

/* The one configuration -------------------------------------------------------------- */

static gboolean has_face (FcConfig *config, const char *family, int weight)
{
  FcPattern *pattern = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT,
                                       FcTypeInteger, weight, NULL);
  FcObjectSet *objects = FcObjectSetBuild (FC_FILE, NULL);
  FcFontSet *found = FcFontList (config, pattern, objects);
  gboolean any = found != NULL && found->nfont > 0;
  if (found != NULL)
    FcFontSetDestroy (found);
  FcObjectSetDestroy (objects);
  FcPatternDestroy (pattern);
  return any;
}

static gboolean check_faces (FcConfig *config, const char *fonts_conf, GError **error)
{
  static const struct {
    const char *family, *package;
  } wanted[] = { { FONT_LATIN, "fonts-inter" },
                 { FONT_HAN, "fonts-noto-cjk" },
                 { FONT_OTHERS, "fonts-noto-core" } };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    if (has_face (config, wanted[i].family, FC_WEIGHT_REGULAR)
        && has_face (config, wanted[i].family, FC_WEIGHT_BOLD))
      continue;
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FONT,
                 _ ("Cannot draw badges: the font %s (regular and bold) is not where %s looks for "
                    "it. Install the Debian package %s."),
                 wanted[i].family, fonts_conf, wanted[i].package);
    return FALSE;
  }
  return TRUE;
}

gboolean badge_fonts_start (const char *fonts_conf, GError **error)
{
  /* Read here first, since fontconfig says on standard error, and to nobody else, why it
   * cannot. */
  g_autofree char *text = NULL;
  g_autoptr (GError) why = NULL;
  if (!g_file_get_contents (fonts_conf, &text, NULL, &why)) {
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FONT,
                 _ ("Cannot read the font configuration: %s. Install accueil again."),
                 why->message);
    return FALSE;
  }
  FcConfig *config = FcConfigCreate ();
  gboolean loaded = config != NULL
                    && FcConfigParseAndLoadFromMemory (config, (const FcChar8 *) text, FcTrue)
                    && FcConfigBuildFonts (config);
  if (!loaded)
    g_set_error (error, BADGE_ERROR, BADGE_ERROR_FONT,
                 _ ("Cannot use the font configuration %s: fontconfig finds it broken. Install "
                    "accueil again."),
                 fonts_conf);
  gboolean good = loaded && check_faces (config, fonts_conf, error);
  if (good)
    good = FcConfigSetCurrent (config); /* takes its own reference */
  if (config != NULL)
    FcConfigDestroy (config);
  return good;
}

/* Excerpts --------------------------------------------------------------------------- */

/* Glyphs of a font that PDFs have needed, as small fonts of their own: each glyph in one
 * of them. */
typedef struct {
  GHashTable *places; /* glyph → PLACE() */
  GPtrArray *faces;   /* cairo_font_face_t */
  CffFont *pending;   /* glyphs that have no face yet; NULL for none */
} Excerpt;

/* Never NULL: index 0 is the empty glyph. */
#define PLACE(face, index) GUINT_TO_POINTER ((face) << 16 | (index))
#define PLACE_FACE(place) (GPOINTER_TO_UINT (place) >> 16)
#define PLACE_INDEX(place) (GPOINTER_TO_UINT (place) & 0xffff)

static void excerpt_free (gpointer data)
{
  Excerpt *excerpt = data;
  g_hash_table_unref (excerpt->places);
  g_ptr_array_unref (excerpt->faces);
  cff_free (excerpt->pending);
  g_free (excerpt);
}

static Excerpt *excerpt_of (FontSet *fonts, cairo_font_face_t *real)
{
  Excerpt *excerpt = g_hash_table_lookup (fonts->excerpts, real);
  if (excerpt == NULL) {
    excerpt = g_new0 (Excerpt, 1);
    excerpt->places = g_hash_table_new (NULL, NULL);
    excerpt->faces = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_font_face_destroy);
    g_hash_table_insert (fonts->excerpts, cairo_font_face_reference (real), excerpt);
  }
  return excerpt;
}

static void take_glyph (Excerpt *excerpt, OutlineFile *file, guint glyph)
{
  if (g_hash_table_contains (excerpt->places, GUINT_TO_POINTER (glyph)))
    return;
  if (excerpt->pending == NULL)
    excerpt->pending = cff_new ();
  guint index = cff_add (excerpt->pending, outlines_charstring (file, glyph));
  g_hash_table_insert (excerpt->places, GUINT_TO_POINTER (glyph),
                       PLACE (excerpt->faces->len, index));
}

/* What a face made of bytes in memory needs for as long as cairo has it. */
typedef struct {
  FT_Library freetype;
  FT_Face face;
  GBytes *bytes;
} Memory;

static const cairo_user_data_key_t memory_key;

static void memory_free (void *data)
{
  Memory *memory = data;
  FT_Done_Face (memory->face);
  FT_Done_FreeType (memory->freetype);
  g_bytes_unref (memory->bytes);
  g_free (memory);
}

static void make_face (Excerpt *excerpt)
{
  if (excerpt->pending == NULL)
    return;
  Memory *memory = g_new0 (Memory, 1);
  gsize length = 0;
  memory->bytes = cff_write (excerpt->pending);
  const guint8 *data = g_bytes_get_data (memory->bytes, &length);
  if (FT_Init_FreeType (&memory->freetype) != 0
      || FT_New_Memory_Face (memory->freetype, data, (FT_Long) length, 0, &memory->face) != 0)
    g_error ("FreeType cannot read a font of cff.c");
  cairo_font_face_t *face = cairo_ft_font_face_create_for_ft_face (
      memory->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
  cairo_font_face_set_user_data (face, &memory_key, memory, memory_free);
  g_ptr_array_add (excerpt->faces, face);
  g_clear_pointer (&excerpt->pending, cff_free);
}

static OutlineFile *file_of (FontSet *fonts, PangoFont *font)
{
  FcPattern *pattern = pango_fc_font_get_pattern (PANGO_FC_FONT (font));
  FcChar8 *path = NULL;
  int index = 0;
  FcPatternGetString (pattern, FC_FILE, 0, &path);
  FcPatternGetInteger (pattern, FC_INDEX, 0, &index);
  return outlines_file (fonts->outlines, (const char *) path, index);
}

static cairo_font_face_t *real_face (PangoFont *font)
{
  return cairo_scaled_font_get_font_face (
      pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font)));
}

static void collect_run (FontSet *fonts, const PangoLayoutRun *run)
{
  PangoFont *font = run->item->analysis.font;
  Excerpt *excerpt = excerpt_of (fonts, real_face (font));
  OutlineFile *file = file_of (fonts, font);
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    take_glyph (excerpt, file, run->glyphs->glyphs[i].glyph);
}

void font_set_begin (FontSet *fonts)
{
  g_hash_table_remove_all (fonts->excerpts);
}

void font_set_collect (FontSet *fonts, PangoLayout *shaped)
{
  for (GSList *l = pango_layout_get_line_readonly (shaped, 0)->runs; l != NULL; l = l->next)
    collect_run (fonts, l->data);
}

void font_set_collected (FontSet *fonts)
{
  GHashTableIter iter;
  gpointer excerpt;
  g_hash_table_iter_init (&iter, fonts->excerpts);
  while (g_hash_table_iter_next (&iter, NULL, &excerpt))
    make_face (excerpt);
}

/* Shaping ---------------------------------------------------------------------------- */

static PangoContext *new_context (FontSet *fonts, PangoDirection direction)
{
  PangoContext *context = pango_font_map_create_context (fonts->map);
  pango_cairo_context_set_font_options (context, fonts->options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("fr")); /* not the machine's */
  pango_context_set_base_dir (context, direction);
  return context;
}

FontSet *font_set_new (void)
{
  FontSet *fonts = g_new0 (FontSet, 1);
  fonts->map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (fonts->map), 72);
  fonts->options = cairo_font_options_create ();
  cairo_font_options_set_antialias (fonts->options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (fonts->options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (fonts->options, CAIRO_HINT_METRICS_OFF);
  fonts->sharp = cairo_font_options_copy (fonts->options);
  cairo_font_options_set_hint_style (fonts->sharp, CAIRO_HINT_STYLE_SLIGHT);
  fonts->context = new_context (fonts, PANGO_DIRECTION_LTR);
  fonts->right_to_left = new_context (fonts, PANGO_DIRECTION_RTL);
  fonts->description = pango_font_description_from_string (FONT_LATIN);
  pango_font_description_set_size (fonts->description, PHRASE_SHAPED_PT * PANGO_SCALE);
  fonts->shaped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  fonts->known = g_hash_table_new (NULL, NULL);
  fonts->hinted = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) cairo_font_face_destroy,
                                         (GDestroyNotify) cairo_font_face_destroy);
  fonts->excerpts
      = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) cairo_font_face_destroy, excerpt_free);
  fonts->outlines = outlines_new ();
  return fonts;
}

void font_set_free (FontSet *fonts)
{
  if (fonts == NULL)
    return;
  g_hash_table_unref (fonts->shaped);
  g_hash_table_unref (fonts->known);
  g_hash_table_unref (fonts->excerpts);
  outlines_free (fonts->outlines);
  g_hash_table_unref (fonts->hinted);
  pango_font_description_free (fonts->description);
  cairo_font_options_destroy (fonts->options);
  cairo_font_options_destroy (fonts->sharp);
  g_object_unref (fonts->context);
  g_object_unref (fonts->right_to_left);
  g_object_unref (fonts->map);
  g_free (fonts);
}

/* Pango sets a run beside Chinese as the baselines of both fonts say; for one that says
 * nothing it guesses, and lifts an Arabic name by half its size. */
static gboolean is_lifted (const PangoLayoutRun *run)
{
  FcChar8 *family = NULL;
  if (run->y_offset == 0)
    return FALSE;
  FcPatternGetString (pango_fc_font_get_pattern (PANGO_FC_FONT (run->item->analysis.font)),
                      FC_FAMILY, 0, &family);
  return g_strcmp0 ((const char *) family, FONT_LATIN) != 0
         && g_strcmp0 ((const char *) family, FONT_HAN) != 0;
}

static void put_on_baseline (PangoLayout *layout)
{
  gboolean any = FALSE;
  for (GSList *l = pango_layout_get_line_readonly (layout, 0)->runs; l != NULL; l = l->next)
    any = any || is_lifted (l->data);
  if (!any)
    return;
  for (GSList *l = pango_layout_get_line (layout, 0)->runs; l != NULL; l = l->next)
    if (is_lifted (l->data))
      ((PangoLayoutRun *) l->data)->y_offset = 0;
}

PangoLayout *font_set_shape (FontSet *fonts, const Phrase *phrase, gsize from, gsize to)
{
  gsize bold_from = CLAMP (phrase->bold_from, from, to) - from,
        bold_to = CLAMP (phrase->bold_to, from, to) - from;
  g_autofree char *key = g_strdup_printf ("%d%d%d%d %zu %zu %.*s", phrase->han, phrase->tabular,
                                          phrase->plain_ordinals, phrase->right_to_left, bold_from,
                                          bold_to, (int) (to - from), phrase->text + from);
  PangoLayout *layout = g_hash_table_lookup (fonts->shaped, key);
  if (layout != NULL)
    return g_object_ref (layout);

  layout = pango_layout_new (phrase->right_to_left ? fonts->right_to_left : fonts->context);
  pango_layout_set_auto_dir (layout, FALSE); /* a line goes the way of its text */
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_font_description (layout, fonts->description);
  pango_layout_set_text (layout, phrase->text + from, (int) (to - from));
  PangoAttrList *attributes = phrase_attributes (phrase, from, to);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  put_on_baseline (layout);
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
    g_autoptr (PangoLayout) one
        = font_set_shape (fonts, phrase, at, at + (gsize) (text_next (p) - p));
    if (pango_layout_get_unknown_glyphs_count (one) > 0)
      return g_utf8_get_char (p);
  }
  return 0xfffd;
}

enum { KNOWN_NOT, KNOWN_SHOWN, KNOWN_LACKS };

static gboolean lacks_one (FontSet *fonts, gunichar character)
{
  gpointer key = GUINT_TO_POINTER (character);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (fonts->known, key));
  if (known == KNOWN_NOT) {
    char one[7] = { 0 };
    g_unichar_to_utf8 (character, one);
    known = font_set_lacks (fonts, one) != 0 ? KNOWN_LACKS : KNOWN_SHOWN;
    g_hash_table_insert (fonts->known, key, GUINT_TO_POINTER (known));
  }
  return known == KNOWN_LACKS;
}

char *font_set_showable (FontSet *fonts, const char *text, glong most)
{
  GString *made = g_string_new (NULL);
  glong count = 0;
  for (const char *p = text; *p != '\0'; p = text_next (p), count++) {
    if (count == most) {
      g_string_append (made, "…");
      break;
    }
    if (lacks_one (fonts, g_utf8_get_char (p)))
      g_string_append (made, "〓");
    else
      g_string_append_len (made, p, text_next (p) - p);
  }
  return g_string_free (made, FALSE);
}

/* Faces ------------------------------------------------------------------------------ */

/* The same font file, without the pinned configuration's word against hinting. */
static cairo_font_face_t *hinted_face (FontSet *fonts, PangoFont *font, cairo_font_face_t *real)
{
  static const char *const own[] = { FC_HINTING, FC_HINT_STYLE, FC_AUTOHINT };
  cairo_font_face_t *face = g_hash_table_lookup (fonts->hinted, real);
  if (face != NULL)
    return face;
  FcPattern *pattern = FcPatternDuplicate (pango_fc_font_get_pattern (PANGO_FC_FONT (font)));
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    FcPatternDel (pattern, own[i]);
  FcPatternAddBool (pattern, FC_HINTING, FcTrue);
  FcPatternAddInteger (pattern, FC_HINT_STYLE, FC_HINT_SLIGHT);
  FcPatternAddBool (pattern, FC_AUTOHINT, FcTrue);
  face = cairo_ft_font_face_create_for_pattern (pattern);
  g_hash_table_insert (fonts->hinted, cairo_font_face_reference (real), face);
  FcPatternDestroy (pattern);
  return face;
}

/* Showing ---------------------------------------------------------------------------- */

static double size_of (PangoFont *font)
{
  PangoFontDescription *description = pango_font_describe (font);
  double size = pango_units_to_double (pango_font_description_get_size (description));
  pango_font_description_free (description);
  return size;
}

/* Glyphs in one face, from left to right, with the text that they stand for. */
typedef struct {
  cairo_t *cr;
  const char *text;       /* of the run */
  int from;               /* the first byte of the clusters */
  gboolean right_to_left; /* the first cluster of the text is the last of the glyphs */
  int n_bytes, n_glyphs, n_clusters;
  cairo_glyph_t *glyphs;
  cairo_text_cluster_t *clusters;
  cairo_font_face_t *face;
} Showing;

static void flush (Showing *showing)
{
  int n = showing->n_clusters;
  for (int i = 0; showing->right_to_left && i < n / 2; i++) {
    cairo_text_cluster_t cluster = showing->clusters[i];
    showing->clusters[i] = showing->clusters[n - 1 - i];
    showing->clusters[n - 1 - i] = cluster;
  }
  if (showing->n_glyphs > 0) {
    cairo_set_font_face (showing->cr, showing->face);
    cairo_show_text_glyphs (showing->cr, showing->text + showing->from, showing->n_bytes,
                            showing->glyphs, showing->n_glyphs, showing->clusters, n,
                            showing->right_to_left ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
  }
  showing->from = G_MAXINT;
  showing->n_bytes = showing->n_glyphs = showing->n_clusters = 0;
}

/* Begins the cluster whose first glyph from the left is @i. */
static void begin_cluster (Showing *showing, const PangoLayoutRun *run, int i)
{
  const int *at = run->glyphs->log_clusters;
  int n = run->glyphs->num_glyphs, next = i;
  while (next >= 0 && next < n && at[next] == at[i])
    next += showing->right_to_left ? -1 : 1;
  int bytes = (next >= 0 && next < n ? at[next] : run->item->length) - at[i];
  showing->clusters[showing->n_clusters++] = (cairo_text_cluster_t){ bytes, 0 };
  showing->n_bytes += bytes;
  showing->from = MIN (showing->from, at[i]);
}

/* The face that a PDF takes @glyph from, and its index there; the whole font for a text
 * that was not collected. */
static cairo_font_face_t *excerpt_face (Excerpt *excerpt, cairo_font_face_t *whole,
                                        unsigned long *glyph)
{
  gpointer place = g_hash_table_lookup (excerpt->places, GUINT_TO_POINTER (*glyph));
  if (place == NULL || PLACE_FACE (place) >= excerpt->faces->len)
    return whole;
  *glyph = PLACE_INDEX (place);
  return g_ptr_array_index (excerpt->faces, PLACE_FACE (place));
}

static cairo_font_face_t *usual_face (FontSet *fonts, PangoFont *font, FontSharpness sharpness)
{
  return sharpness == FONT_ON_DOTS ? hinted_face (fonts, font, real_face (font)) : real_face (font);
}

static void show_run (FontSet *fonts, cairo_t *cr, const char *text, PangoLayoutRun *run,
                      double scale, double x, double y, FontSharpness sharpness)
{
  int n = run->glyphs->num_glyphs;
  PangoFont *font = run->item->analysis.font;
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));
  gboolean pdf = type == CAIRO_SURFACE_TYPE_PDF
                 || type == CAIRO_SURFACE_TYPE_RECORDING; /* what is recorded is for a PDF
                                                             (badge_contact.c) */
  Excerpt *excerpt = pdf ? excerpt_of (fonts, real_face (font)) : NULL;
  g_autofree cairo_glyph_t *glyphs = g_new (cairo_glyph_t, n);
  g_autofree cairo_text_cluster_t *clusters = g_new0 (cairo_text_cluster_t, n);
  Showing showing = { .cr = cr,
                      .text = text + run->item->offset,
                      .from = G_MAXINT,
                      .right_to_left = run->item->analysis.level % 2 == 1,
                      .glyphs = glyphs,
                      .clusters = clusters,
                      .face = excerpt != NULL ? NULL : usual_face (fonts, font, sharpness) };

  cairo_set_font_size (cr, size_of (font) * scale);
  for (int i = 0; i < n; i++) {
    const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
    cairo_glyph_t glyph
        = { info->glyph, x + pango_units_to_double (info->geometry.x_offset) * scale,
            y + pango_units_to_double (info->geometry.y_offset) * scale };
    gboolean begins = i == 0 || run->glyphs->log_clusters[i] != run->glyphs->log_clusters[i - 1];
    cairo_font_face_t *face
        = excerpt != NULL ? excerpt_face (excerpt, real_face (font), &glyph.index) : showing.face;
    x += pango_units_to_double (info->geometry.width) * scale;
    if (begins && face != showing.face)
      flush (&showing);
    showing.face = face;
    if (begins)
      begin_cluster (&showing, run, i);
    glyphs[showing.n_glyphs++] = glyph;
    clusters[showing.n_clusters - 1].num_glyphs++;
  }
  flush (&showing);
}

void font_set_show (FontSet *fonts, cairo_t *cr, PangoLayout *shaped, double size_pt, double x,
                    double y, FontSharpness sharpness)
{
  double scale = size_pt / PHRASE_SHAPED_PT;
  PangoLayoutIter *iter = pango_layout_get_iter (shaped);
  int baseline = pango_layout_iter_get_baseline (iter);
  cairo_set_font_options (cr, sharpness == FONT_ON_DOTS ? fonts->sharp : fonts->options);
  do {
    PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
    if (run == NULL)
      continue;
    PangoRectangle logical;
    pango_layout_iter_get_run_extents (iter, NULL, &logical);
    double dy = pango_units_to_double (pango_layout_iter_get_run_baseline (iter) - baseline);
    show_run (fonts, cr, pango_layout_get_text (shaped), run, scale,
              x + pango_units_to_double (logical.x) * scale, y + dy * scale, sharpness);
  } while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
}
