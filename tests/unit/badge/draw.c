#include "badge/draw.h"
#include "words_here.h"

#include "unit/badge/people.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static BadgeTemplate *template_;

typedef struct {
  guint width, height, stride, dpi;
  GBytes *bytes;
} Raster;

static Raster draw (const BadgeContent *content, guint dpi)
{
  g_autoptr (GError) error = NULL;
  Raster raster = { .dpi = dpi };
  g_autoptr (BadgeSheet) sheet = badge_raster (template_, content, BADGE_FRONT, dpi, &error);
  g_assert_no_error (error);
  raster = (Raster){ sheet->width_px, sheet->height_px, sheet->stride, dpi,
                     g_bytes_ref (sheet->bytes) };
  return raster;
}

static guint32 pixel (const Raster *raster, guint x, guint y)
{
  guint32 value;
  const guint8 *data = g_bytes_get_data (raster->bytes, NULL);
  g_assert_cmpuint (x, <, raster->width);
  g_assert_cmpuint (y, <, raster->height);
  memcpy (&value, data + (gsize) raster->stride * y + x * sizeof value, sizeof value);
  return value & 0xffffff;
}

/* As a printer of one bit sees it. */
static gboolean is_black (const Raster *raster, guint x, guint y)
{
  guint32 value = pixel (raster, x, y);
  return 299 * (value >> 16) + 587 * (value >> 8 & 0xff) + 114 * (value & 0xff) < 127500;
}

/* Every pixel of every module, and of the quiet zone, is what the matrix says. */
static void test_qr (void)
{
  static const guint resolutions[] = { 203, 300, 600 };
  BadgeContent content = people_french ();
  g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, NULL);
  const Box *slot = &template_slot (template_, SLOT_QR)->box;
  for (guint r = 0; r < G_N_ELEMENTS (resolutions); r++) {
    Raster raster = draw (&content, resolutions[r]);
    double px_per_pt = resolutions[r] / 72.0,
           exact = draw_qr_module_pt (page, px_per_pt) * px_per_pt;
    int module = (int) lround (exact), size = (int) page->qr->size;
    g_assert_cmpfloat_with_epsilon (exact, module, 1e-9);
    g_assert_cmpfloat (module * 25.4 / resolutions[r], >=, COMPOSE_QR_MODULE_MIN_MM);
    int left = (int) lround (slot->x * px_per_pt),
        top = (int) lround ((slot->y + slot->height) * px_per_pt) - size * module;
    guint wrong = 0;
    for (int y = -QR_QUIET_MODULES * module; y < (size + QR_QUIET_MODULES) * module; y++)
      for (int x = -QR_QUIET_MODULES * module; x < (size + QR_QUIET_MODULES) * module; x++) {
        gboolean inside = x >= 0 && y >= 0 && x < size * module && y < size * module;
        gboolean dark = inside && qr_is_dark (page->qr, (guint) (x / module), (guint) (y / module));
        wrong += pixel (&raster, (guint) (left + x), (guint) (top + y))
                 != (dark ? 0x000000u : 0xffffffu);
      }
    g_assert_cmpuint (wrong, ==, 0);
    g_bytes_unref (raster.bytes);
  }
}

/* Modules of whole pixels only as long as they are large enough. */
static void test_modules (void)
{
  BadgePage page = { .qr_module_pt = 0.6 * PT_PER_MM, .qr_clear_pt = 100 };
  Qr qr = { .size = 37 };
  page.qr = &qr;
  static const struct {
    guint dpi;
    double clear_mm, module_mm;
  } table[] = {
    { 0, 10, 0.6 },
    { 254, 10, 0.6 },
    { 203, 10, 5 / 203.0 * 25.4 },   /* 4.8 pixels: five, with room for it */
    { 203, 2.45, 4 / 203.0 * 25.4 }, /* no room: four */
    { 96, 10, 2 / 96.0 * 25.4 },
    { 50, 2.45, 25.4 / 50 }, /* one pixel is 0.508 mm */
    { 72, 2.45, 0.6 },       /* one pixel would be 0.35 mm: no grid */
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    page.qr_clear_pt = table[i].clear_mm * PT_PER_MM;
    g_assert_cmpfloat_with_epsilon (draw_qr_module_pt (&page, table[i].dpi / 72.0) / PT_PER_MM,
                                    table[i].module_mm, 1e-6);
  }
}

static double black_share (const Raster *raster, const Box *box)
{
  double scale = raster->dpi / 72.0;
  guint black = 0, all = 0;
  for (guint y = (guint) ceil (box->y * scale); y < (guint) ((box->y + box->height) * scale); y++)
    for (guint x = (guint) ceil (box->x * scale); x < (guint) ((box->x + box->width) * scale);
         x++) {
      black += is_black (raster, x, y);
      all++;
    }
  return black / (double) all;
}

/* In one bit at 203 dots an inch what is held stands out, and what is not is nearly
 * empty. */
static void test_marks_in_one_bit (void)
{
  BadgeContent content = people_chinese ();
  content.meals = FALSE;
  Raster raster = draw (&content, 203);
  g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, NULL);
  guint held = 0;
  for (guint i = 0; i < page->tiles->len; i++) {
    const Tile *tile = &g_array_index (page->tiles, Tile, i);
    double share = black_share (&raster, &tile->box);
    g_test_message ("tile %u, held %d: %.2f black", i, tile->held, share);
    if (tile->held)
      g_assert_cmpfloat (share, >, 0.2);
    else
      g_assert_cmpfloat (share, <, 0.16);
    held += tile->held;
  }
  g_assert_cmpuint (held, >, 0);
  g_assert_cmpuint (held, <, page->tiles->len);
  g_bytes_unref (raster.bytes);
}

/* Words on the band stay readable in one bit whatever the category's colour is. */
static void test_band_in_one_bit (void)
{
  static const char *const colours[]
      = { "#1f3a93", "#b5121b", "#8a5300", "#f2c230", "#ffffff", "#7f7f7f", "#808080" };
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++) {
    BadgeContent content = people_french ();
    content.category_colour = colours[i];
    Raster raster = draw (&content, 203);
    g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, NULL);
    double band = black_share (&raster, &template_slot (template_, SLOT_CATEGORY_BAND)->box);
    g_assert_true (page->band_dark ? band > 0.6 : band < 0.4 && band > 0.02);
    for (guint j = 0; j < page->lines->len; j++) {
      const Line *line = &g_array_index (page->lines, Line, j);
      double share = black_share (&raster, &line->ink);
      if (line->slot == SLOT_CATEGORY || line->slot == SLOT_RIBBON) {
        g_assert_cmpfloat (share, >, 0.08);
        g_assert_cmpfloat (share, <, 0.92);
      }
    }
    g_bytes_unref (raster.bytes);
  }
}

/* No line of text loses its ink to the threshold; all text is pure ink or pure paper. */
static void test_text_in_one_bit (void)
{
  BadgeContent content = people_french ();
  Raster raster = draw (&content, 203);
  g_autoptr (BadgePage) page = compose_page (template_, &content, FALSE, NULL);
  for (guint i = 0; i < page->lines->len; i++) {
    const Line *line = &g_array_index (page->lines, Line, i);
    double share = black_share (&raster, &line->ink);
    g_assert_true ((line->colour.red == 1 && line->colour.green == 1 && line->colour.blue == 1)
                   || (line->colour.red == page_ink.red && line->colour.green == page_ink.green
                       && line->colour.blue == page_ink.blue));
    if (line->colour.red == 1)
      share = 1 - share;
    g_assert_cmpfloat (share, >, 0.08);
    g_assert_cmpfloat (share, <, 0.75);
  }
  g_bytes_unref (raster.bytes);
}

#define BLEED_MM 3.0
#define SIDE_MM 8.0 /* around the page, on the surface that it is drawn on */

/* What a template draws beyond its page, and the band that ends at its edges, go on
 * into the bleed and no farther; without bleed nothing leaves the page. */
static void test_bleed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("badge-bleed-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "art.svg", NULL);
  g_assert_true (g_file_set_contents (
      path,
      "<svg xmlns='http://www.w3.org/2000/svg' width='60mm' height='90mm' viewBox='0 0 60 90'>"
      "<rect x='-6' y='-6' width='16' height='10' fill='#000000'/>"
      "<rect id='category-band' x='0' y='60' width='60' height='10'/>"
      "<g id='name'><rect x='12' y='6' width='40' height='20'/><text "
      "style='font-size:6px'>x</text></g><g id='category'><rect x='12' y='61' width='40' "
      "height='8'/><text style='font-size:4px'>x</text></g>"
      "<rect id='qr' x='16' y='30' width='25' height='25'/></svg>",
      -1, NULL));
  g_autoptr (BadgeTemplate) art = badge_template_load (path, &error);
  g_assert_no_error (error);
  BadgeContent content = people_french ();
  g_autoptr (BadgePage) page = compose_page (art, &content, FALSE, &error);
  g_assert_no_error (error);
  for (guint round = 0; round < 4; round++) {
    gboolean shared = round % 2, bleeds = round / 2;
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 760, 1060);
    cairo_t *cr = cairo_create (surface);
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_paint (cr);
    cairo_scale (cr, 10 / PT_PER_MM, 10 / PT_PER_MM); /* ten pixels a millimetre */
    cairo_translate (cr, SIDE_MM * PT_PER_MM, SIDE_MM * PT_PER_MM);
    g_assert_true (draw_vector_page (cr, page, shared, bleeds ? BLEED_MM * PT_PER_MM : 0, &error));
    cairo_destroy (cr);
    cairo_surface_flush (surface);
    const struct {
      double x, y; /* mm, from the page's corner */
      gboolean dark;
    } points[] = {
      { 1, 1, TRUE },      { -2.5, 1, bleeds },  { 1, -2.5, bleeds },  { -2.5, -2.5, bleeds },
      { 2, 65, TRUE },     { -2.5, 65, bleeds }, { 62.5, 65, bleeds }, { -3.5, 65, FALSE },
      { 63.5, 65, FALSE }, { -2.5, 80, FALSE },  { 61, 1, FALSE },
    };
    for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
      guint32 value;
      memcpy (&value,
              cairo_image_surface_get_data (surface)
                  + (gsize) lround ((points[i].y + SIDE_MM) * 10)
                        * (gsize) cairo_image_surface_get_stride (surface)
                  + (gsize) lround ((points[i].x + SIDE_MM) * 10) * sizeof value,
              sizeof value);
      if ((((value >> 8) & 0xff) < 0x80) != points[i].dark)
        g_error ("round %u: at %.1f, %.1f mm stands %06x", round, points[i].x, points[i].y,
                 value & 0xffffff);
    }
    cairo_surface_destroy (surface);
  }
  g_remove (path);
  g_rmdir (folder);
}

/* Logos of the event file on the back: nowhere but in their slot, dark enough to be seen, and
 * round it a free space of a quarter of its height. */
static void test_logos (void)
{
  enum { DPI = 300 };
  static const char *const NAMES[] = { "ponts", "fleuve", "tour" };
  g_autoptr (BadgeTemplate) a6 = badge_template_load ("assets/badge/a6-portrait.svg", NULL);
  g_autoptr (GArray) logos = g_array_new (FALSE, FALSE, sizeof (BadgeLogo));
  BadgeContent content = people_french ();
  const Box slot = template_slot (template_back (a6), SLOT_LOGOS)->box;
  const double px = DPI / 72.0, clear = LOGO_ROW_CLEAR * slot.height;
  guint inked = 0, seen = 0;
  g_autoptr (BadgeSheet) plain = badge_raster (a6, &content, BADGE_BACK, DPI, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_strdup_printf ("assets/demo/logos/%s.svg", NAMES[i]);
    char *text = NULL;
    gsize length = 0;
    g_assert_true (g_file_get_contents (path, &text, &length, NULL));
    const BadgeLogo logo = { g_bytes_new_take (text, length), TRUE };
    g_array_append_val (logos, logo);
  }
  content.logos = logos;
  g_autoptr (BadgeSheet) sheet = badge_raster (a6, &content, BADGE_BACK, DPI, NULL);
  const Raster with = { sheet->width_px, sheet->height_px, sheet->stride, DPI, sheet->bytes },
               without = { plain->width_px, plain->height_px, plain->stride, DPI, plain->bytes };
  for (guint y = 0; y < with.height; y++)
    for (guint x = 0; x < with.width; x++) {
      gboolean inside = x + 1 >= slot.x * px && x <= (slot.x + slot.width) * px
                        && y + 1 >= slot.y * px && y <= (slot.y + slot.height) * px,
               near = x >= (slot.x - clear) * px && x <= (slot.x + slot.width + clear) * px
                      && y >= (slot.y - clear) * px && y <= (slot.y + slot.height + clear) * px;
      guint32 value = pixel (&with, x, y);
      if (near && !inside)
        g_assert_cmphex (value, ==, 0xffffff);
      if (!inside)
        g_assert_cmphex (value, ==, pixel (&without, x, y));
      else if (value != 0xffffff) {
        inked++;
        seen += is_black (&with, x, y);
      }
    }
  g_assert_cmpuint (inked, >, 1000);
  g_assert_cmpfloat (seen, >, inked * LOGO_ROW_INK_SHARE_MIN);
  for (guint i = 0; i < logos->len; i++)
    g_bytes_unref (g_array_index (logos, BadgeLogo, i).picture);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  template_ = badge_template_load (PEOPLE_TEMPLATE, &error);
  g_assert_no_error (error);
  g_test_add_func ("/draw/logos", test_logos);
  g_test_add_func ("/draw/qr", test_qr);
  g_test_add_func ("/draw/modules", test_modules);
  g_test_add_func ("/draw/marks-in-one-bit", test_marks_in_one_bit);
  g_test_add_func ("/draw/band-in-one-bit", test_band_in_one_bit);
  g_test_add_func ("/draw/text-in-one-bit", test_text_in_one_bit);
  g_test_add_func ("/draw/bleed", test_bleed);
  int result = g_test_run ();
  badge_template_free (template_);
  return result;
}
