#include "camera/qr_finder.h"
#include "unit/scan/symbol.h"

static gboolean says_symbol (const GPtrArray *codes)
{
  if (codes->len == 0)
    return FALSE;
  g_assert_cmpuint (codes->len, ==, 1);
  g_assert_cmpstr (((const QrFinderCode *) codes->pdata[0])->text, ==, SYMBOL_TEXT);
  return TRUE;
}

static gboolean searches (const Frame *frame)
{
  g_autoptr (QrFinder) finder = qr_finder_new ();

  return says_symbol (qr_finder_search (finder, frame));
}

/* Within how many pictures of the same scene a camera's finder reads it, at most @most;
 * 0: not. */
static guint looks_needed (const Frame *frame, guint most)
{
  g_autoptr (QrFinder) finder = qr_finder_new ();

  for (guint i = 1; i <= most; i++)
    if (says_symbol (qr_finder_look (finder, frame)))
      return i;
  return 0;
}

static void test_pixels (void)
{
  static const struct {
    guint scale, turn;
    guint8 dark, light;
  } ROWS[] = {
    { 2, 0, 0, 255 },   { 4, 0, 0, 255 },  { 9, 0, 0, 255 },
    { 4, 1, 0, 255 },   { 4, 2, 0, 255 },  { 4, 3, 0, 255 },   /* sizes and turns */
    { 4, 0, 255, 0 },   { 5, 1, 230, 20 },                     /* inverted, as on a dark phone */
    { 4, 0, 100, 140 }, { 4, 0, 10, 40 },  { 4, 0, 215, 250 }, /* low contrast, dim, glare */
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Frame) frame = blank (320, 300, ROWS[i].light);
    draw (frame, 40, 30, ROWS[i].scale, ROWS[i].turn, ROWS[i].dark, ROWS[i].light);
    g_test_message ("row %u", i);
    g_assert_true (searches (frame));
    g_assert_cmpuint (looks_needed (frame, 5), >=, 1);
  }
}

/* Noisy frames, of which ZBar alone reads none: the look at copies is what this
 * measures. */
static void test_noise (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2016);
  guint read = 0, inverted_read = 0, at_once = 0, inverted_soon = 0;

  for (guint i = 0; i < 40; i++) {
    g_autoptr (Frame) frame = blank (240, 240, 190), inverted = blank (240, 240, 60);
    draw (frame, 45, 45, 6, i % 4, 60, 190);
    draw (inverted, 45, 45, 6, i % 4, 190, 60);
    add_noise (frame, random, 50);
    add_noise (inverted, random, 50);
    read += searches (frame) ? 1 : 0;
    inverted_read += searches (inverted) ? 1 : 0;
    at_once += looks_needed (frame, 1);
    inverted_soon += looks_needed (inverted, 8) > 0 ? 1 : 0;
  }
  g_test_message ("of 40 read %u and inverted %u, at the first look %u, inverted within eight %u",
                  read, inverted_read, at_once, inverted_soon);
  g_assert_cmpuint (read, >=, 38);
  g_assert_cmpuint (inverted_read, >=, 38);
  g_assert_cmpuint (at_once, >=, 38);
  g_assert_cmpuint (inverted_soon, >=, 38);
}

static void test_nothing (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  static const struct {
    guint width, height;
  } SIZES[] = { { 1, 1 }, { 1, 300 }, { 300, 1 }, { 3, 3 }, { 200, 200 } };

  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    g_autoptr (Frame) frame = blank (SIZES[i].width, SIZES[i].height, 128);
    g_assert_false (searches (frame));
    add_noise (frame, random, 127);
    g_assert_false (searches (frame));
    g_assert_cmpuint (looks_needed (frame, 30), ==, 0);
  }
}

/* The same code twice is one code. */
static void test_twice (void)
{
  g_autoptr (Frame) frame = blank (400, 200, 255);

  draw (frame, 30, 30, 5, 0, 0, 255);
  draw (frame, 230, 30, 5, 1, 0, 255);
  g_assert_true (searches (frame));
  g_assert_cmpuint (looks_needed (frame, 1), ==, 1);
}

/* Where ------------------------------------------------------------------------------ */

/* The outline's box is the symbol's, give or take @slack pixels. */
static void check_outline (const QrFinderCode *code, gint left, gint top, gint side, gint slack)
{
  gint min_x = G_MAXINT, min_y = G_MAXINT, max_x = G_MININT, max_y = G_MININT;

  for (guint i = 0; i < 4; i++) {
    FramePoint here = code->corners[i], next = code->corners[(i + 1) % 4];
    min_x = MIN (min_x, here.x);
    min_y = MIN (min_y, here.y);
    max_x = MAX (max_x, here.x);
    max_y = MAX (max_y, here.y);
    /* In order round it: of an upright square, neighbours share a side. */
    g_assert_true (ABS (here.x - next.x) <= slack || ABS (here.y - next.y) <= slack);
  }
  g_assert_cmpint (ABS (min_x - left), <=, slack);
  g_assert_cmpint (ABS (min_y - top), <=, slack);
  g_assert_cmpint (ABS (max_x - left - side), <=, slack);
  g_assert_cmpint (ABS (max_y - top - side), <=, slack);
}

/* Followed by its last place, found again after a jump, in pictures of several sizes. */
static void test_region (void)
{
  static const struct {
    guint width, height, left, top;
  } STEPS[] = { { 640, 480, 60, 60 },     { 640, 480, 66, 63 },   { 640, 480, 90, 70 },
                { 640, 480, 460, 320 },   { 640, 480, 450, 330 }, { 320, 240, 100, 60 },
                { 1280, 720, 1000, 500 }, { 200, 200, 40, 40 } };
  g_autoptr (QrFinder) finder = qr_finder_new ();

  for (guint round = 0; round < 8; round++)
    for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++) {
      g_autoptr (Frame) frame = blank (STEPS[i].width, STEPS[i].height, 220);
      const GPtrArray *codes;
      draw (frame, STEPS[i].left, STEPS[i].top, 5, 0, 30, 220);
      codes = qr_finder_look (finder, frame);
      g_test_message ("round %u, step %u", round, i);
      g_assert_true (says_symbol (codes));
      check_outline (codes->pdata[0], (gint) STEPS[i].left, (gint) STEPS[i].top, SYMBOL_SIDE_PX (5),
                     8);
    }
}

/* A camera that delivers mirrored pictures: the codes are read, and known to be so,
 * whichever way they are turned. */
static void test_mirrored (void)
{
  for (guint turn = 0; turn < 4; turn++) {
    g_autoptr (QrFinder) finder = qr_finder_new ();
    g_autoptr (Frame) frame = blank (640, 480, 220), mirrored = blank (640, 480, 220);
    const QrFinderCode *code;
    draw (frame, 50, 60, 5, turn, 30, 220);
    for (guint i = 0; i < 640 * 480; i++)
      mirrored->grey[i] = frame->grey[i / 640 * 640 + 639 - i % 640];
    g_assert_true (says_symbol (qr_finder_look (finder, mirrored)));
    code = qr_finder_search (finder, mirrored)->pdata[0];
    g_assert_true (code->mirrored);
    check_outline (code, 640 - 50 - SYMBOL_SIDE_PX (5), 60, SYMBOL_SIDE_PX (5), 8);
    code = qr_finder_search (finder, frame)->pdata[0];
    g_assert_false (code->mirrored);
    check_outline (code, 50, 60, SYMBOL_SIDE_PX (5), 8);
  }
}

/* What was found before says nothing about a picture without a code. */
static void test_gone (void)
{
  g_autoptr (QrFinder) finder = qr_finder_new ();
  g_autoptr (Frame) frame = blank (320, 240, 220), empty = blank (320, 240, 220);

  draw (frame, 50, 60, 5, 0, 30, 220);
  for (guint i = 0; i < 5; i++) {
    g_assert_true (says_symbol (qr_finder_look (finder, frame)));
    for (guint k = 0; k < 20 * i; k++)
      g_assert_cmpuint (qr_finder_look (finder, empty)->len, ==, 0);
  }
}

/* A code on a sheet of white of so many modules round it, in a picture that is else of one
 * grey: a telephone at night, a page that was scanned whole. */
static void test_cut_out (void)
{
  static const struct {
    guint8 grey;
    guint scale, around;
  } ROWS[] = { { 0, 1, 0 },   { 0, 2, 0 },   { 0, 3, 0 },  { 0, 5, 0 },   { 0, 9, 0 },
               { 0, 1, 2 },   { 60, 1, 2 },  { 60, 2, 0 }, { 120, 1, 4 }, { 180, 1, 4 },
               { 240, 1, 0 }, { 240, 1, 4 }, { 240, 5, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Frame) frame = blank (640, 480, ROWS[i].grey);
    guint scale = ROWS[i].scale, margin = ROWS[i].around * scale;
    guint side = SYMBOL_SIDE_PX (scale) + 2 * margin;

    for (guint y = 0; y < side; y++)
      memset (frame->grey + (40 + y) * 640 + 50, 255, side);
    draw (frame, 50 + margin, 40 + margin, scale, 0, 0, 255);
    g_test_message ("grey %u, %u dots a module, %u round it", ROWS[i].grey, scale, ROWS[i].around);
    g_assert_true (searches (frame));
  }
}

/* One dot a module, with its quiet zone and without, and larger ones that were cut
 * out. */
static void test_small (void)
{
  static const struct {
    guint scale, around;
  } ROWS[] = { { 1, 4 }, { 1, 0 }, { 2, 0 }, { 3, 0 }, { 5, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    guint side = SYMBOL_SIDE_PX (ROWS[i].scale) + 2 * ROWS[i].around;
    g_autoptr (Frame) frame = blank (side, side, 255);
    draw (frame, ROWS[i].around, ROWS[i].around, ROWS[i].scale, 0, 0, 255);
    g_test_message ("%u dots a module, %u round it", ROWS[i].scale, ROWS[i].around);
    g_assert_true (searches (frame));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/finder/pixels", test_pixels);
  g_test_add_func ("/scan/finder/noise", test_noise);
  g_test_add_func ("/scan/finder/nothing", test_nothing);
  g_test_add_func ("/scan/finder/twice", test_twice);
  g_test_add_func ("/scan/finder/region", test_region);
  g_test_add_func ("/scan/finder/mirrored", test_mirrored);
  g_test_add_func ("/scan/finder/gone", test_gone);
  g_test_add_func ("/scan/finder/small", test_small);
  g_test_add_func ("/scan/finder/cut-out", test_cut_out);
  return g_test_run ();
}
