#include "camera/qr_finder.h"

#include "scan/reader.h"

#include <string.h>
#include <zbar.h>

#define REGION_LOOKS 45 /* pictures without a code after which the last place means nothing */
#define REGION_SIDE_MIN 96
#define THOROUGH_EVERY                                                                             \
  4 /* pictures: of so many one is looked at whole though a code was found where the last one was, \
       for there may be another */

typedef struct {
  Frame *(*treat) (const Frame *frame); /* NULL: as it is */
  guint scale;                          /* pixels of the frame to one of the treated copy */
  guint times, border; /* the copy is that many times as large, with so many pixels round it */
} Measure;

#define ENLARGED 4
#define DOUBLED 2
#define BORDER 32
#define ENLARGED_PIXELS_MAX (400 * 400)
#define DOUBLED_PIXELS_MAX (1280 * 1024) /* larger pictures have their modules on many pixels */
#define LIGHT 128

typedef enum { DARK_ON_LIGHT, LIGHT_ON_DARK, EITHER } Ink;

struct _QrFinder {
  zbar_image_scanner_t *scanner;
  GPtrArray *codes; /* QrFinderCode */
  guint64 looks;
  guint turn;          /* which of the slow measures is next */
  const Measure *last; /* by which the last code was found; NULL: none yet, or long ago */
  guint left, top, right, bottom; /* where */
  guint missed;                   /* pictures since */
};

static void code_free (gpointer data)
{
  QrFinderCode *code = data;

  g_free (code->text);
  g_free (code);
}

QrFinder *qr_finder_new (void)
{
  QrFinder *finder = g_new0 (QrFinder, 1);

  finder->codes = g_ptr_array_new_with_free_func (code_free);
  finder->scanner = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (finder->scanner, 0, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (finder->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  return finder;
}

void qr_finder_free (QrFinder *finder)
{
  if (finder == NULL)
    return;
  zbar_image_scanner_destroy (finder->scanner);
  g_ptr_array_unref (finder->codes);
  g_free (finder);
}

/* Measures --------------------------------------------------------------------------- */

static Frame *halve (const Frame *frame)
{
  g_autoptr (Frame) half = frame_halved (frame);

  return frame_sharpened (half, 2, 2);
}

static Frame *sharpen (const Frame *frame)
{
  g_autoptr (Frame) blurred = frame_blurred (frame);

  return frame_sharpened (blurred, 6, 4);
}

static Frame *threshold (const Frame *frame)
{
  return frame_thresholded (frame, 16);
}

/* A code drawn at one dot a module, and one that was cut out without its quiet zone. */
static Frame *enlarge (const Frame *frame)
{
  g_autoptr (Frame) large = frame_enlarged (frame, ENLARGED);

  return frame_bordered (large, BORDER);
}

static Frame *make_double (const Frame *frame)
{
  g_autoptr (Frame) large = frame_enlarged (frame, DOUBLED);

  return frame_bordered (large, BORDER);
}

static Frame *border (const Frame *frame)
{
  return frame_bordered (frame, BORDER);
}

static const Measure PLAIN = { NULL, 1, 1, 0 }, HALVED = { halve, 2, 1, 0 },
                     SHARPENED = { sharpen, 1, 1, 0 }, THRESHOLDED = { threshold, 1, 1, 0 },
                     BLURRED = { frame_blurred, 1, 1, 0 }, LARGE = { enlarge, 1, ENLARGED, BORDER },
                     DOUBLE = { make_double, 1, DOUBLED, BORDER },
                     BORDERED = { border, 1, 1, BORDER };
static const Measure *const SLOW[] = { &SHARPENED, &PLAIN, &THRESHOLDED, &BLURRED };

/* Reading ---------------------------------------------------------------------------- */

static gboolean is_known (const GPtrArray *codes, const char *text)
{
  for (guint i = 0; i < codes->len; i++)
    if (strcmp (((const QrFinderCode *) codes->pdata[i])->text, text) == 0)
      return TRUE;
  return FALSE;
}

/* ZBar reads mirrored symbols too, and begins at the symbol's own upper left corner, then
 * its lower left: clockwise means mirrored. */
static gboolean is_mirrored (const FramePoint corners[4])
{
  gint64 twice_area = 0;

  for (guint i = 0; i < 4; i++) {
    FramePoint here = corners[i], next = corners[(i + 1) % 4];
    twice_area += (gint64) here.x * next.y - (gint64) next.x * here.y;
  }
  return twice_area > 0;
}

/* A place of the treated copy in what it was made of. */
static gint back (const Measure *measure, gint at)
{
  return (at - (gint) measure->border) * (gint) measure->scale / (gint) measure->times;
}

static void take_symbol (QrFinder *finder, const zbar_symbol_t *symbol, const Measure *measure,
                         guint left, guint top)
{
  g_autoptr (GString) text = g_string_new (NULL);
  QrFinderCode *code;

  reader_append (text, zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
  if (text->len == 0 || is_known (finder->codes, text->str))
    return;
  code = g_new0 (QrFinderCode, 1);
  code->text = g_strdup (text->str);
  for (guint i = 0; i < G_N_ELEMENTS (code->corners) && i < zbar_symbol_get_loc_size (symbol); i++)
    code->corners[i]
        = (FramePoint){ back (measure, zbar_symbol_get_loc_x (symbol, i)) + (gint) left,
                        back (measure, zbar_symbol_get_loc_y (symbol, i)) + (gint) top };
  code->mirrored = is_mirrored (code->corners);
  g_ptr_array_add (finder->codes, code);
}

/* TRUE if codes were found that were not known. @frame begins at @left, @top of the whole
 * picture. EITHER ink takes twice as long. */
static gboolean read_frame (QrFinder *finder, const Frame *frame, const Measure *measure, Ink ink,
                            guint left, guint top)
{
  guint before = finder->codes->len;
  g_autoptr (Frame) treated = measure->treat != NULL ? measure->treat (frame) : NULL;
  g_autoptr (Frame) inverted
      = ink == LIGHT_ON_DARK ? frame_inverted (treated != NULL ? treated : frame) : NULL;
  const Frame *looked_at = inverted != NULL ? inverted : treated != NULL ? treated : frame;
  zbar_image_t *image = zbar_image_create ();

  zbar_image_scanner_set_config (finder->scanner, 0, ZBAR_CFG_TEST_INVERTED, ink == EITHER ? 1 : 0);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, looked_at->width, looked_at->height);
  zbar_image_set_data (image, looked_at->grey, (gsize) looked_at->width * looked_at->height, NULL);
  if (zbar_scan_image (finder->scanner, image) > 0)
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
         symbol = zbar_symbol_next (symbol))
      take_symbol (finder, symbol, measure, left, top);
  zbar_image_destroy (image);
  if (finder->codes->len == before)
    return FALSE;
  finder->last = measure;
  return TRUE;
}

/* The last place --------------------------------------------------------------------- */

/* Keeps where the codes are, with a quarter of their size round them, for a hand that
 * moves. */
static void keep_region (QrFinder *finder, const Frame *frame)
{
  gint left = G_MAXINT, top = G_MAXINT, right = 0, bottom = 0, margin;

  for (guint i = 0; i < finder->codes->len; i++)
    for (guint corner = 0; corner < 4; corner++) {
      FramePoint point = ((const QrFinderCode *) finder->codes->pdata[i])->corners[corner];
      left = MIN (left, point.x);
      top = MIN (top, point.y);
      right = MAX (right, point.x);
      bottom = MAX (bottom, point.y);
    }
  margin = MAX (MAX (right - left, bottom - top), REGION_SIDE_MIN) / 4;
  finder->left = (guint) CLAMP (left - margin, 0, (gint) frame->width - 1);
  finder->top = (guint) CLAMP (top - margin, 0, (gint) frame->height - 1);
  finder->right = (guint) CLAMP (right + margin, (gint) finder->left + 1, (gint) frame->width);
  finder->bottom = (guint) CLAMP (bottom + margin, (gint) finder->top + 1, (gint) frame->height);
}

static gboolean read_region (QrFinder *finder, const Frame *frame)
{
  if (finder->last == NULL || finder->right > frame->width || finder->bottom > frame->height)
    return FALSE;
  g_autoptr (Frame) part = frame_crop (frame, finder->left, finder->top,
                                       finder->right - finder->left, finder->bottom - finder->top);
  return read_frame (finder, part, finder->last, EITHER, finder->left, finder->top);
}

/* Looking ---------------------------------------------------------------------------- */

const GPtrArray *qr_finder_look (QrFinder *finder, const Frame *frame)
{
  gboolean found;

  g_ptr_array_set_size (finder->codes, 0);
  finder->looks++;
  found = read_region (finder, frame);
  if (!found || finder->looks % THOROUGH_EVERY == 0)
    found = read_frame (finder, frame, &HALVED, EITHER, 0, 0) || found;
  if (!found) {
    Ink ink = finder->turn / G_N_ELEMENTS (SLOW) % 2 == 0 ? DARK_ON_LIGHT : LIGHT_ON_DARK;
    found = read_frame (finder, frame, SLOW[finder->turn++ % G_N_ELEMENTS (SLOW)], ink, 0, 0);
  }
  if (found) {
    keep_region (finder, frame);
    finder->missed = 0;
  } else if (++finder->missed >= REGION_LOOKS)
    finder->last = NULL;
  return finder->codes;
}

/* A code that was cut out at its edge and lies on black, as a telephone shows pictures at
 * night: its first dark modules are lost in what is round it, so what is not black is cut
 * out, and gets its margin of white. */
static gboolean read_cut_out (QrFinder *finder, const Frame *frame)
{
  guint left = frame->width, top = frame->height, right = 0, bottom = 0, pixels;
  const Measure *measure;
  g_autoptr (Frame) part = NULL;

  for (guint y = 0; y < frame->height; y++)
    for (guint x = 0; x < frame->width; x++)
      if (frame->grey[(gsize) y * frame->width + x] >= LIGHT) {
        left = MIN (left, x);
        right = MAX (right, x + 1);
        top = MIN (top, y);
        bottom = y + 1;
      }
  if (left >= right)
    return FALSE;
  part = frame_crop (frame, left, top, right - left, bottom - top);
  pixels = part->width * part->height;
  measure = pixels <= ENLARGED_PIXELS_MAX  ? &LARGE
            : pixels <= DOUBLED_PIXELS_MAX ? &DOUBLE
                                           : &BORDERED;
  return read_frame (finder, part, measure, EITHER, left, top);
}

const GPtrArray *qr_finder_search (QrFinder *finder, const Frame *frame)
{
  static const Measure *const ALL[] = { &PLAIN, &HALVED, &SHARPENED, &THRESHOLDED, &BLURRED };
  gboolean found = FALSE;

  g_ptr_array_set_size (finder->codes, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ALL) && !found; i++)
    found = read_frame (finder, frame, ALL[i], EITHER, 0, 0);
  if (!found)
    read_cut_out (finder, frame);
  return finder->codes;
}
