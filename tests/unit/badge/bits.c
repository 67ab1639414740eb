#include "badge/bits.h"
#include "words_here.h"

#include "badge/draw.h"
#include "unit/badge/people.h"

#include <math.h>
#include <string.h>

static BadgeTemplate *template_;

static void test_pack (void)
{
  static const struct {
    guint32 pixel;
    gboolean black;
  } table[] = { { 0x000000, TRUE },  { 0xffffff, FALSE }, { 0x1f3a93, TRUE },  { 0xc8102e, TRUE },
                { 0xf2c230, FALSE }, { 0x7f7f7f, TRUE },  { 0x808080, FALSE }, { 0x00ff00, FALSE },
                { 0x0000ff, TRUE },  { 0xffffff, FALSE } };
  const int width = G_N_ELEMENTS (table);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, 2);
  for (int x = 0; x < width; x++)
    memcpy (cairo_image_surface_get_data (surface) + cairo_image_surface_get_stride (surface)
                + 4 * x,
            &table[x].pixel, 4);
  memset (cairo_image_surface_get_data (surface), 0xff, (gsize) width * 4);
  cairo_surface_mark_dirty (surface);
  guint stride = 0;
  g_autoptr (GBytes) bytes = bits_pack (surface, &stride);
  const guint8 *bits = g_bytes_get_data (bytes, NULL);
  g_assert_cmpuint (stride, ==, 2);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 4);
  g_assert_cmphex (bits[0], ==, 0);
  g_assert_cmphex (bits[1], ==, 0);
  for (int x = 0; x < width; x++)
    g_assert_cmpint (bits[2 + x / 8] >> (7 - x % 8) & 1, ==, table[x].black);
  g_assert_cmphex (bits[3] & 0x3f, ==, 0); /* padding is white */
  cairo_surface_destroy (surface);
}

typedef struct {
  BadgeSheet *sheet;
  double px_per_pt;
} Bits;

static gboolean is_black (const Bits *bits, int x, int y)
{
  const guint8 *data = g_bytes_get_data (bits->sheet->bytes, NULL);
  g_assert_true (x >= 0 && y >= 0 && x < (int) bits->sheet->width_px
                 && y < (int) bits->sheet->height_px);
  return data[(guint) y * bits->sheet->stride + (guint) x / 8] >> (7 - x % 8) & 1;
}

static Bits draw (const BadgeContent *content, guint dpi)
{
  g_autoptr (GError) error = NULL;
  Bits bits = { badge_bits (template_, content, BADGE_FRONT, dpi, &error), dpi / 72.0 };
  g_assert_no_error (error);
  g_assert_cmpuint (bits.sheet->stride, ==, (bits.sheet->width_px + 7) / 8);
  g_assert_cmpuint (g_bytes_get_size (bits.sheet->bytes), ==,
                    (gsize) bits.sheet->stride * bits.sheet->height_px);
  return bits;
}

static double black_share (const Bits *bits, const Box *box)
{
  int black = 0, all = 0;
  for (int y = (int) ceil (box->y * bits->px_per_pt);
       y < (int) ((box->y + box->height) * bits->px_per_pt); y++)
    for (int x = (int) ceil (box->x * bits->px_per_pt);
         x < (int) ((box->x + box->width) * bits->px_per_pt); x++) {
      black += is_black (bits, x, y);
      all++;
    }
  return black / (double) all;
}

/* Every dot of every module and of the quiet zone is what the matrix says. */
static void test_code (void)
{
  static const guint resolutions[] = { 203, 300 };
  BadgeContent content = people_french ();
  const Box *slot = &template_slot (template_, SLOT_QR)->box;
  for (guint r = 0; r < G_N_ELEMENTS (resolutions); r++) {
    Bits bits = draw (&content, resolutions[r]);
    g_autoptr (BadgePage) page = compose_page (template_, &content, TRUE, NULL);
    int module = (int) lround (draw_qr_module_pt (page, bits.px_per_pt) * bits.px_per_pt),
        size = (int) page->qr->size;
    int left = (int) lround (slot->x * bits.px_per_pt),
        top = (int) lround ((slot->y + slot->height) * bits.px_per_pt) - size * module;
    g_assert_cmpint (module, >=, 4);
    for (int y = -QR_QUIET_MODULES * module; y < (size + QR_QUIET_MODULES) * module; y++)
      for (int x = -QR_QUIET_MODULES * module; x < (size + QR_QUIET_MODULES) * module; x++) {
        gboolean inside = x >= 0 && y >= 0 && x < size * module && y < size * module;
        g_assert_cmpint (is_black (&bits, left + x, top + y), ==,
                         inside
                             && qr_is_dark (page->qr, (guint) (x / module), (guint) (y / module)));
      }
    badge_sheet_free (bits.sheet);
  }
}

/* No stroke of a letter is lost: every line of text has the ink that its outlines cover,
 * more or less. */
static void test_text (void)
{
  for (guint zh = 0; zh < 2; zh++) {
    BadgeContent content = zh ? people_chinese () : people_french ();
    Bits coarse = draw (&content, 203), fine = draw (&content, 1200);
    g_autoptr (BadgePage) page = compose_page (template_, &content, TRUE, NULL);
    for (guint i = 0; i < page->lines->len; i++) {
      const Line *line = &g_array_index (page->lines, Line, i);
      gboolean on_black = line->colour.red == 1;
      double had = black_share (&coarse, &line->ink), wanted = black_share (&fine, &line->ink);
      if (on_black) {
        had = 1 - had;
        wanted = 1 - wanted;
      }
      g_test_message ("%s: %.3f of %.3f", pango_layout_get_text (line->shaped), had, wanted);
      g_assert_true (line->colour.red == 0 || line->colour.red == 1); /* nothing to dither */
      g_assert_cmpfloat (had, >, 0.7 * wanted);
      g_assert_cmpfloat (had, <, 1.4 * wanted);
    }
    badge_sheet_free (coarse.sheet);
    badge_sheet_free (fine.sheet);
  }
}

/* The frame of a tile that is not held is two dots wide at least, everywhere. */
static void test_hairlines (void)
{
  static const guint resolutions[] = { 150, 203, 300 };
  for (guint r = 0; r < G_N_ELEMENTS (resolutions); r++) {
    BadgeContent content = people_chinese ();
    Bits bits = draw (&content, resolutions[r]);
    g_autoptr (BadgePage) page = compose_page (template_, &content, TRUE, NULL);
    guint frames = 0;
    for (guint i = 0; i < page->tiles->len; i++) {
      const Tile *tile = &g_array_index (page->tiles, Tile, i);
      if (tile->held)
        continue;
      int middle = (int) ((tile->box.y + tile->box.height / 2) * bits.px_per_pt),
          x = (int) (tile->box.x * bits.px_per_pt) - 2, dots = 0;
      while (!is_black (&bits, x, middle))
        x++;
      while (is_black (&bits, x + dots, middle))
        dots++;
      g_assert_cmpint (dots, >=, 2);
      frames++;
    }
    g_assert_cmpuint (frames, >, 0);
    badge_sheet_free (bits.sheet);
  }
}

/* Eight categories, eight different bands; on each the word can be read. */
static void test_categories (void)
{
  GBytes *seen[8] = { NULL };
  for (guint order = 0; order < 8; order++) {
    BadgeContent content = people_french ();
    content.category_order = order;
    content.category_colour = order % 2 ? "#b5121b" : "#1f3a93"; /* both would be black */
    Bits bits = draw (&content, 203);
    g_autoptr (BadgePage) page = compose_page (template_, &content, TRUE, NULL);
    for (guint i = 0; i < page->lines->len; i++) {
      const Line *line = &g_array_index (page->lines, Line, i);
      if (line->slot != SLOT_CATEGORY)
        continue;
      double share = black_share (&bits, &line->ink);
      if (line->colour.red == 1)
        share = 1 - share;
      g_assert_cmpfloat (share, >, 0.08);
      g_assert_cmpfloat (share, <, 0.6);
    }
    seen[order] = g_bytes_ref (bits.sheet->bytes);
    for (guint other = 0; other < order; other++)
      g_assert_false (g_bytes_equal (seen[order], seen[other]));
    badge_sheet_free (bits.sheet);
  }
  for (guint i = 0; i < 8; i++)
    g_bytes_unref (seen[i]);
}

static void test_same_bytes (void)
{
  BadgeContent content = people_chinese ();
  Bits one = draw (&content, 203), other = draw (&content, 300), again = draw (&content, 203);
  g_assert_true (g_bytes_equal (one.sheet->bytes, again.sheet->bytes));
  g_assert_cmpuint (one.sheet->width_px, ==, 839);
  g_assert_cmpuint (other.sheet->width_px, ==, 1240);
  badge_sheet_free (one.sheet);
  badge_sheet_free (other.sheet);
  badge_sheet_free (again.sheet);
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
  g_test_add_func ("/bits/pack", test_pack);
  g_test_add_func ("/bits/code", test_code);
  g_test_add_func ("/bits/text", test_text);
  g_test_add_func ("/bits/hairlines", test_hairlines);
  g_test_add_func ("/bits/categories", test_categories);
  g_test_add_func ("/bits/same-bytes", test_same_bytes);
  int result = g_test_run ();
  badge_template_free (template_);
  return result;
}
