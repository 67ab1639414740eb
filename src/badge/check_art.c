#include "badge/check_art.h"

#include "badge/template_fault.h"
#include "badge/composer.h"
#include "core/text.h"
#include "core/words.h"
#include "credential/qr.h"

#include <math.h>
#include <string.h>

#define LINE_MIN_MM 0.25
#define LINE_MIN_DOTS 2
#define LOOK_DPI 203 /* at which art is looked at */
#define THIN_FACTOR                                                                                \
  4 /* a rectangle that is stated so many times as thick as a line has to be is not measured … */
#define MEASURED_MAX                                                                               \
  300 /* … nor are more than these: each takes longer the more elements there are */
#define CONTRAST_MIN 4.5 /* WCAG AA */
#define BAD_SHARE 0.02   /* of the ground under a text that may have too little contrast: an edge */
#define CODE_SIZE 45     /* modules a side of the longest code */
#define SIZE_SLACK_PT 0.02
#define EVERYBODY G_MAXUINT64

/* Elements --------------------------------------------------------------------------- */

typedef void (*Look) (Checking *checking, const SvgNode *node);

typedef struct {
  Checking *checking;
  Look look;
  gboolean slots; /* look into slots too */
} Tour;

static gboolean tour_element (const SvgNode *node, gpointer data)
{
  static const char *const undrawn[]
      = { "defs",     "metadata", "title",   "desc",  "namedview", "symbol",
          "clipPath", "mask",     "pattern", "style", NULL };
  Tour *tour = data;
  if (g_strv_contains (undrawn, node->tag) || (!tour->slots && !template_is_art (node, NULL))
      || !svg_is_visible (node))
    return FALSE;
  tour->look (tour->checking, node);
  return TRUE;
}

static void look_at_all (Checking *checking, Look look, gboolean slots)
{
  Tour tour = { checking, look, slots };
  svg_walk (template_root (checking->template_), tour_element, &tour);
}

/* Fonts ------------------------------------------------------------------------------ */

static gboolean holds_text (const SvgNode *node)
{
  for (guint i = 0; i < node->children->len; i++) {
    const SvgNode *child = g_ptr_array_index (node->children, i);
    if (child->tag == NULL && child->text[strspn (child->text, " \t\r\n")] != '\0')
      return TRUE;
  }
  return FALSE;
}

static gboolean is_text (const SvgNode *node)
{
  return (svg_is (node, "text") || svg_is (node, "tspan") || svg_is (node, "textPath")
          || svg_is (node, "flowPara"))
         && holds_text (node);
}

static gboolean is_in_slot (const SvgNode *node)
{
  for (; node != NULL; node = node->parent)
    if (slot_of_id (node->id) >= 0)
      return TRUE;
  return FALSE;
}

/* In the art; slots take care of themselves. */
static void look_for_size (Checking *checking, const SvgNode *node)
{
  if (!is_text (node) || is_in_slot (node))
    return;
  g_autofree char *text = svg_text (node), *where = svg_where (node);
  gboolean han = text_has_han (text);
  double pt = svg_font_size_pt (node), least = han ? COMPOSER_LEAST_HAN_PT : COMPOSER_LEAST_PT;
  if (pt <= 0 || pt > least - SIZE_SLACK_PT)
    return;
  g_autofree char *remedy = g_strdup_printf (_ ("Make it %.1f points or more."), least);
  template_fault_add (
      checking->faults, where, remedy,
      han ? _ ("is Chinese of %.1f points, too small to be read: 2.5 mm are the least")
          : _ ("is text of %.1f points, too small to be read"),
      pt);
}

static void look_for_fonts (Checking *checking, const SvgNode *node)
{
  if (!is_text (node))
    return;
  g_autofree char *where = svg_where (node), *family = svg_font_family (node);
  const char *remedy = _ ("Set it in Inter or Noto Sans CJK SC, regular or bold, or turn it into a "
                          "path (Inkscape: Path > Object to Path).");
  if (family == NULL && !is_in_slot (node))
    template_fault_add (checking->faults, where, remedy, "%s",
                        _ ("names no font: each machine would take another"));
  else if (family != NULL && strcmp (family, FONT_LATIN) != 0 && strcmp (family, FONT_HAN) != 0)
    template_fault_add (checking->faults, where, remedy,
                        _ ("is set in the font “%s”, which is not pinned"), family);
  int weight = svg_font_weight (node);
  if (weight != PANGO_WEIGHT_NORMAL && weight != PANGO_WEIGHT_BOLD)
    template_fault_add (
        checking->faults, where, remedy,
        _ ("has the font weight %d, which is not pinned: only 400 (normal) and 700 (bold) are"),
        weight);
}

/* Each character once; the text of @node's own pieces. */
static void look_for_glyphs (Checking *checking, const SvgNode *node)
{
  for (guint i = 0; i < node->children->len && is_text (node); i++) {
    const SvgNode *child = g_ptr_array_index (node->children, i);
    gunichar lacking = child->tag != NULL
                           ? 0
                           : font_set_lacks (template_fonts (checking->template_), child->text);
    if (!lacking)
      continue;
    g_autofree char *where = svg_where (node);
    template_fault_add (
        checking->faults, where, _ ("Draw it as a path, or use another character."),
        _ ("has a character, U+%04X, that no pinned font can write: an empty box would be printed"),
        lacking);
    return;
  }
}

void check_art_fonts (Checking *checking)
{
  look_at_all (checking, look_for_fonts, TRUE);
  look_at_all (checking, look_for_size, FALSE);
  look_at_all (checking, look_for_glyphs, FALSE);
}

/* Lines ------------------------------------------------------------------------------ */

static double line_min_mm (const Checking *checking)
{
  return checking->one_bit ? MAX (LINE_MIN_MM, LINE_MIN_DOTS * 25.4 / checking->dpi) : LINE_MIN_MM;
}

static gboolean is_shape (const SvgNode *node)
{
  static const char *const shapes[]
      = { "rect", "path", "circle", "ellipse", "line", "polyline", "polygon", NULL };
  return g_strv_contains (shapes, node->tag);
}

/* Measuring draws; so what is surely thick enough is passed over. */
static gboolean may_be_thin (Checking *checking, const SvgNode *node, double least_mm)
{
  double width = svg_length_pt (node, "width"), height = svg_length_pt (node, "height"),
         enough = THIN_FACTOR * least_mm * PT_PER_MM;
  return !(width > enough && height > enough) && checking->measured++ < MEASURED_MAX;
}

static void look_for_lines (Checking *checking, const SvgNode *node)
{
  if (!is_shape (node))
    return;
  g_autofree char *where = svg_where (node);
  g_autofree char *remedy
      = g_strdup_printf (_ ("Make it %.2f mm or more."), ceil (line_min_mm (checking) * 100) / 100);
  double stroke_mm = svg_stroke_width_pt (node) / PT_PER_MM, least = line_min_mm (checking) - 0.005,
         rgb[3];
  Box ink, box;
  if (stroke_mm > 0 && stroke_mm < least)
    template_fault_add (checking->faults, where, remedy,
                        _ ("has a line of %.2f mm, which a printer of %u dots an inch may lose"),
                        stroke_mm, checking->dpi);
  if (stroke_mm > 0 || !svg_is (node, "rect") || !svg_colour (node, "fill", "black", rgb)
      || !may_be_thin (checking, node, least)
      || !template_measure (checking->template_, node->id, &ink, &box))
    return;
  double thin_mm = MIN (box.width, box.height) / PT_PER_MM;
  if (thin_mm > 0 && thin_mm < least)
    template_fault_add (checking->faults, where, remedy,
                        _ ("is %.2f mm thin, which a printer of %u dots an inch may lose"), thin_mm,
                        checking->dpi);
}

void check_art_lines (Checking *checking)
{
  look_at_all (checking, look_for_lines, FALSE);
}

/* Pixels ----------------------------------------------------------------------------- */

static double linear (double channel)
{
  return channel <= 0.03928 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double luminance (Colour colour)
{
  return 0.2126 * linear (colour.red) + 0.7152 * linear (colour.green)
         + 0.0722 * linear (colour.blue);
}

static double contrast (Colour a, Colour b)
{
  double one = luminance (a), other = luminance (b);
  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static Colour pixel_at (cairo_surface_t *surface, int x, int y)
{
  guint32 value;
  memcpy (&value,
          cairo_image_surface_get_data (surface)
              + (gsize) y * (gsize) cairo_image_surface_get_stride (surface)
              + (gsize) x * sizeof value,
          sizeof value);
  return (Colour){ (value >> 16 & 0xff) / 255.0, (value >> 8 & 0xff) / 255.0,
                   (value & 0xff) / 255.0 };
}

typedef gboolean (*PixelTest) (Colour pixel, gconstpointer data);

/* The share of the pixels of @box for which @test holds. */
static double share_of (cairo_surface_t *surface, Box box, PixelTest test, gconstpointer data)
{
  const double scale = LOOK_DPI / 72.0;
  int left = MAX (0, (int) ceil (box.x * scale)), top = MAX (0, (int) ceil (box.y * scale)),
      all = 0, bad = 0;
  int right
      = MIN (cairo_image_surface_get_width (surface), (int) floor ((box.x + box.width) * scale)),
      bottom
      = MIN (cairo_image_surface_get_height (surface), (int) floor ((box.y + box.height) * scale));
  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++) {
      bad += test (pixel_at (surface, x, y), data);
      all++;
    }
  return all > 0 ? bad / (double) all : 0;
}

/* Colours ---------------------------------------------------------------------------- */

static gboolean has_little_contrast (Colour pixel, gconstpointer text)
{
  return contrast (pixel, *(const Colour *) text) < CONTRAST_MIN;
}

static gboolean is_alike_in_one_bit (Colour pixel, gconstpointer text)
{
  return badge_page_is_dark (pixel) == badge_page_is_dark (*(const Colour *) text);
}

static gboolean is_pure (Colour colour)
{
  double sum = colour.red + colour.green + colour.blue;
  return sum < 0.01 || sum > 2.99;
}

static gboolean is_same (Colour a, Colour b)
{
  return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

static char *hex (Colour colour)
{
  return g_strdup_printf ("#%02x%02x%02x", (guint) lround (colour.red * 255),
                          (guint) lround (colour.green * 255), (guint) lround (colour.blue * 255));
}

/* @text stands on @box of the art @ground. */
static void check_text_colour (Checking *checking, const char *where, Colour text,
                               cairo_surface_t *ground, Box box)
{
  g_autofree char *colour = hex (text);
  if (checking->one_bit && !is_pure (text))
    template_fault_add (checking->faults, where, _ ("Make it pure black, #000000, or pure white."),
                        _ ("is text in %s, which a printer of one bit would pierce with dots"),
                        colour);
  if (ground == NULL)
    return;
  if (share_of (ground, box, is_alike_in_one_bit, &text) > BAD_SHARE)
    template_fault_add (
        checking->faults, where, _ ("Make one of the two dark and the other light."),
        _ ("is text in %s on a ground with which a black-and-white printer would merge it"),
        colour);
  else if (share_of (ground, box, has_little_contrast, &text) > BAD_SHARE)
    template_fault_add (
        checking->faults, where, _ ("Make one of the two darker or lighter."),
        _ ("is text in %s on a ground from which it stands out too little (less than %.1f : 1)"),
        colour, CONTRAST_MIN);
}

static gboolean is_wordless_art (const SvgNode *node, gpointer data)
{
  return template_is_art (node, data) && !svg_is (node, "text") && !svg_is (node, "flowRoot");
}

static cairo_surface_t *draw_ground (Checking *checking, Art **art)
{
  g_autoptr (GFile) base = g_file_new_for_path (template_path (checking->template_));
  *art
      = art_new (template_root (checking->template_), is_wordless_art, NULL, base,
                 template_width_pt (checking->template_), template_height_pt (checking->template_));
  return art_raster (*art, EVERYBODY, LOOK_DPI, NULL);
}

/* A slot in both scripts; what stands on the band takes its colour from there. */
static void check_slot_colours (Checking *checking, SlotId id, cairo_surface_t *ground)
{
  const Slot *slot = template_slot (checking->template_, id);
  gboolean on_band = template_slot (checking->template_, SLOT_CATEGORY_BAND)->present
                     && (id == SLOT_CATEGORY || id == SLOT_RIBBON);
  if (!slot->present || !slot_has_text (id) || on_band)
    return;
  g_autofree char *where = svg_where (slot->node);
  check_text_colour (checking, where, slot->face[0].colour, ground, slot->box);
  if (!is_same (slot->face[0].colour, slot->face[1].colour))
    check_text_colour (checking, where, slot->face[1].colour, ground, slot->box);
}

typedef struct {
  Checking *checking;
  cairo_surface_t *ground;
} Grounds;

static gboolean look_for_art_text (const SvgNode *node, gpointer data)
{
  Grounds *grounds = data;
  double rgb[3];
  Box ink, box;
  if (!template_is_art (node, NULL) || !svg_is_visible (node))
    return FALSE;
  if (!is_text (node) || !svg_colour (node, "fill", "black", rgb))
    return TRUE;
  const SvgNode *whole = node;
  while (!svg_is (whole, "text") && whole->parent != NULL)
    whole = whole->parent;
  g_autofree char *where = svg_where (node);
  gboolean placed = template_measure (grounds->checking->template_, whole->id, &ink, &box);
  check_text_colour (grounds->checking, where, (Colour){ rgb[0], rgb[1], rgb[2] },
                     placed ? grounds->ground : NULL, ink);
  return TRUE;
}

/* Conditional art --- */

typedef struct {
  gboolean words;
  gboolean coloured;
  Colour colour;
} Sign;

static gboolean look_for_sign (const SvgNode *node, gpointer data)
{
  Sign *sign = data;
  double rgb[3];
  sign->words |= svg_is (node, "text");
  if (is_shape (node) && !sign->coloured && svg_colour (node, "fill", "black", rgb)) {
    sign->coloured = TRUE;
    sign->colour = (Colour){ rgb[0], rgb[1], rgb[2] };
  }
  return TRUE;
}

typedef struct {
  Checking *checking;
  const SvgNode *first;
  Sign sign;
} Signs;

/* Groups for different categories that only colour tells apart. */
static gboolean look_for_category_art (const SvgNode *node, gpointer data)
{
  Signs *signs = data;
  const char *condition = svg_attribute (node, "data-if");
  if (!template_is_art (node, NULL))
    return FALSE;
  if (condition == NULL || strstr (condition, "category:") == NULL)
    return TRUE;
  Sign sign = { 0 };
  svg_walk (node, look_for_sign, &sign);
  if (sign.words || !sign.coloured)
    return FALSE;
  if (signs->first != NULL && !is_same (signs->sign.colour, sign.colour)
      && badge_page_is_dark (signs->sign.colour) == badge_page_is_dark (sign.colour)) {
    g_autofree char *one = svg_where (signs->first), *other = svg_where (node),
                    *where = g_strdup_printf (_ ("%s and %s"), one, other);
    template_fault_add (
        signs->checking->faults, where,
        _ ("Let them differ in shape or by a word too, or use the slot `category-band`, which has "
           "a pattern for each category."),
        "%s", _ ("tell categories apart by colours that a black-and-white printer would merge"));
  }
  if (signs->first == NULL) {
    signs->first = node;
    signs->sign = sign;
  }
  return FALSE;
}

void check_art_colours (Checking *checking)
{
  g_autoptr (Art) art = NULL;
  Grounds grounds = { checking, draw_ground (checking, &art) };
  Signs signs = { .checking = checking };
  for (int id = 0; id < SLOT_COUNT; id++)
    check_slot_colours (checking, (SlotId) id, grounds.ground);
  svg_walk (template_root (checking->template_), look_for_art_text, &grounds);
  svg_walk (template_root (checking->template_), look_for_category_art, &signs);
}

/* Quiet zone ------------------------------------------------------------------------- */

static gboolean is_no_white (Colour pixel, gconstpointer unused)
{
  return pixel.red < 0.9 || pixel.green < 0.9 || pixel.blue < 0.9;
}

typedef struct {
  Checking *checking;
  Box zone;
  guint found;
} Zone;

static gboolean meets (const Box *a, const Box *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

static gboolean is_white (const SvgNode *node)
{
  double rgb[3];
  return is_shape (node) && svg_stroke_width_pt (node) <= 0
         && svg_colour (node, "fill", "black", rgb) && rgb[0] + rgb[1] + rgb[2] > 2.9;
}

static gboolean look_into_zone (const SvgNode *node, gpointer data)
{
  Zone *zone = data;
  Box ink, box;
  if (!template_is_art (node, NULL) || !svg_is_visible (node))
    return FALSE;
  gboolean leaf
      = is_shape (node) || svg_is (node, "text") || svg_is (node, "image") || svg_is (node, "use");
  if (!leaf || is_white (node)
      || !template_measure (zone->checking->template_, node->id, &ink, &box)
      || !meets (&ink, &zone->zone))
    return TRUE;
  g_autofree char *where = svg_where (node);
  template_fault_add (
      zone->checking->faults, where, _ ("Move it away from the code, or the code from it."), "%s",
      _ ("lies in the quiet zone of “qr”, where all must be white for readers to find the code"));
  zone->found++;
  return FALSE;
}

void check_art_quiet_zone (Checking *checking)
{
  const Slot *qr = template_slot (checking->template_, SLOT_QR);
  if (!qr->present)
    return;
  double module = MIN (qr->box.width, qr->box.height) / CODE_SIZE,
         quiet = QR_QUIET_MODULES * module, clear = template_qr_clear_pt (checking->template_);
  if (clear < quiet - 0.05)
    template_fault_add (
        checking->faults, "“qr”",
        _ ("Move it away from the edge and from other slots, or make it smaller."),
        _ ("has %.1f mm of free room around it; the quiet zone of a code that large is %.1f mm"),
        clear / PT_PER_MM, quiet / PT_PER_MM);
  Zone zone = { checking,
                { qr->box.x - quiet, qr->box.y - quiet, qr->box.width + 2 * quiet,
                  qr->box.height + 2 * quiet },
                0 };
  cairo_surface_t *art = art_raster (template_art (checking->template_), EVERYBODY, LOOK_DPI, NULL);
  if (art == NULL || share_of (art, zone.zone, is_no_white, NULL) <= 0)
    return;
  svg_walk (template_root (checking->template_), look_into_zone, &zone);
  if (zone.found == 0)
    template_fault_add (checking->faults, "“qr”", _ ("Leave the paper white there."), "%s",
                        _ ("has something drawn in its quiet zone"));
}
