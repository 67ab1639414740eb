/* Badges against the pictures in data/: all four templates, in colour and in one bit,
 * front and back, ordinary guests, marked categories and hard names. */
#include "badge/badge.h"
#include "words_here.h"

#include "golden/badge/guests.h"
#include "golden/compare.h"

#define DATA "tests/golden/badge/data"
#define DPI 120
#define DPI_BITS 203

typedef enum { COLOUR, BITS } Kind;
typedef BadgeContent (*Guest) (void);

enum { A6, CARD, LABEL, ROLL, TEMPLATES };
static const char *const files[TEMPLATES]
    = { "a6-portrait", "card-86x54", "label-4x6in", "roll-62mm" };
static BadgeTemplate *templates[TEMPLATES];

typedef struct {
  const char *name;
  Guest guest;
  guint template_;
  BadgeSides side;
  Kind kind;
} Row;

/* The pictures' names are those of the templates, then the guest, then "back" and
 * "bits". */
static const Row rows[] = {
  /* Each template, both languages, both ways of printing, both sides. */
  { "french", guests_french, A6, BADGE_FRONT, COLOUR },
  { "chinese", guests_chinese, A6, BADGE_FRONT, COLOUR },
  { "french", guests_french, A6, BADGE_FRONT, BITS },
  { "chinese", guests_chinese, A6, BADGE_FRONT, BITS },
  { "french", guests_french, A6, BADGE_BACK, COLOUR },
  { "chinese", guests_chinese, A6, BADGE_BACK, COLOUR },
  { "french", guests_french, A6, BADGE_BACK, BITS },
  { "french", guests_french, CARD, BADGE_FRONT, COLOUR },
  { "chinese", guests_chinese, CARD, BADGE_FRONT, COLOUR },
  { "french", guests_french, CARD, BADGE_FRONT, BITS },
  { "chinese", guests_chinese, CARD, BADGE_FRONT, BITS },
  { "french", guests_french, CARD, BADGE_BACK, COLOUR },
  { "chinese", guests_chinese, CARD, BADGE_BACK, COLOUR },
  { "chinese", guests_chinese, CARD, BADGE_BACK, BITS },
  { "french", guests_french, LABEL, BADGE_FRONT, COLOUR },
  { "chinese", guests_chinese, LABEL, BADGE_FRONT, COLOUR },
  { "french", guests_french, LABEL, BADGE_FRONT, BITS },
  { "chinese", guests_chinese, LABEL, BADGE_FRONT, BITS },
  { "french", guests_french, LABEL, BADGE_BACK, COLOUR },
  { "chinese", guests_chinese, LABEL, BADGE_BACK, BITS },
  { "french", guests_french, ROLL, BADGE_FRONT, COLOUR },
  { "chinese", guests_chinese, ROLL, BADGE_FRONT, COLOUR },
  { "french", guests_french, ROLL, BADGE_FRONT, BITS },
  { "chinese", guests_chinese, ROLL, BADGE_FRONT, BITS },
  { "french", guests_french, ROLL, BADGE_BACK, BITS },
  { "chinese", guests_chinese, ROLL, BADGE_BACK, COLOUR },
  /* Marked categories. */
  { "honour", guests_honour, A6, BADGE_FRONT, COLOUR },
  { "press", guests_press, A6, BADGE_FRONT, COLOUR },
  { "staff", guests_staff, A6, BADGE_FRONT, COLOUR },
  { "volunteer", guests_volunteer, A6, BADGE_FRONT, COLOUR },
  { "honour", guests_honour, CARD, BADGE_FRONT, COLOUR },
  { "press", guests_press, CARD, BADGE_FRONT, COLOUR },
  { "staff", guests_staff, CARD, BADGE_FRONT, BITS },
  { "volunteer", guests_volunteer, CARD, BADGE_FRONT, BITS },
  { "honour", guests_honour, LABEL, BADGE_FRONT, BITS },
  { "press", guests_press, LABEL, BADGE_FRONT, BITS },
  { "staff", guests_staff, LABEL, BADGE_FRONT, BITS },
  { "volunteer", guests_volunteer, LABEL, BADGE_FRONT, BITS },
  { "honour", guests_honour, ROLL, BADGE_FRONT, BITS },
  { "press", guests_press, ROLL, BADGE_FRONT, BITS },
  { "staff", guests_staff, ROLL, BADGE_FRONT, BITS },
  { "volunteer", guests_volunteer, ROLL, BADGE_FRONT, BITS },
  /* Hard names. */
  { "breton", guests_breton, A6, BADGE_FRONT, COLOUR },
  { "four", guests_four, A6, BADGE_FRONT, COLOUR },
  { "rare", guests_rare, A6, BADGE_FRONT, COLOUR },
  { "vietnamese", guests_vietnamese, A6, BADGE_FRONT, COLOUR },
  { "turkish", guests_turkish, A6, BADGE_FRONT, COLOUR },
  { "titles", guests_titles, A6, BADGE_FRONT, COLOUR },
  { "french-only", guests_french_only, A6, BADGE_FRONT, COLOUR },
  { "chinese-only", guests_chinese_only, A6, BADGE_FRONT, COLOUR },
  { "proof", guests_proof, A6, BADGE_FRONT, COLOUR },
  { "breton", guests_breton, CARD, BADGE_FRONT, BITS },
  { "rare", guests_rare, CARD, BADGE_FRONT, COLOUR },
  { "titles", guests_titles, ROLL, BADGE_FRONT, COLOUR },
  { "breton", guests_breton, ROLL, BADGE_FRONT, BITS },
  { "rare", guests_rare, ROLL, BADGE_FRONT, BITS },
  { "titles", guests_titles, LABEL, BADGE_FRONT, BITS },
};

static cairo_status_t append_png (void *data, const guint8 *bytes, guint length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Bits as a PNG of one bit: cairo's own order within bytes, and white where it has
 * ink. */
static GBytes *png_of_bits (const BadgeSheet *sheet)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_A1, (int) sheet->width_px, (int) sheet->height_px);
  const guint8 *bits = g_bytes_get_data (sheet->bytes, NULL);
  for (guint y = 0; y < sheet->height_px; y++) {
    guint8 *to = cairo_image_surface_get_data (surface)
                 + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);
    for (guint x = 0; x < sheet->width_px; x++)
      if (!(bits[(gsize) y * sheet->stride + x / 8] & 0x80 >> x % 8))
        to[x / 8] |= (guint8) (1 << x % 8);
  }
  cairo_surface_mark_dirty (surface);
  GByteArray *png = g_byte_array_new ();
  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, append_png, png), ==,
                   CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

static GBytes *draw (const Row *row)
{
  g_autoptr (GError) error = NULL;
  BadgeContent content = row->guest ();
  g_autoptr (BadgeSheet) sheet
      = row->kind == BITS
            ? badge_bits (templates[row->template_], &content, row->side, DPI_BITS, &error)
            : badge_png (templates[row->template_], &content, row->side, DPI, &error);
  g_assert_no_error (error);
  return row->kind == BITS ? png_of_bits (sheet) : g_bytes_ref (sheet->bytes);
}

static void test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *name
      = g_strdup_printf ("%s-%s%s%s", files[row->template_], row->name,
                         row->side == BADGE_BACK ? "-back" : "", row->kind == BITS ? "-bits" : "");
  g_autoptr (GBytes) png = draw (row);
  compare_with_golden (DATA, name, png);
}

/* Characters that no font has are refused, on every template, and the slot is
 * named. */
static void test_refused (void)
{
  static const char *const NAMES[] = { "\U00012000\U00012001", "Ἀθηνᾶ\U00012000", "Al 🎉" };
  for (guint t = 0; t < TEMPLATES; t++)
    for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
      g_autoptr (GError) error = NULL;
      BadgeContent content = guests_french ();
      content.family = NAMES[i];
      g_autoptr (BadgeSheet) sheet = badge_png (templates[t], &content, BADGE_FRONT, DPI, &error);
      g_assert_null (sheet);
      g_assert_error (error, BADGE_ERROR, BADGE_ERROR_FONT);
      g_assert_nonnull (strstr (error->message, "“name”"));
    }
}

/* Cyrillic, which Inter has, is set as it is. */
static void test_cyrillic (void)
{
  g_autoptr (GError) error = NULL;
  BadgeContent content = guests_french ();
  content.family = "Щукин";
  content.given = "Юрий";
  g_autoptr (BadgeSheet) sheet = badge_png (templates[A6], &content, BADGE_FRONT, DPI, &error);
  g_assert_no_error (error);
}

/* The comparison itself: another person, a right less, two letters more, another code do
 * not pass. */
static double share_of (const BadgeContent *content, const char *reference_path)
{
  g_autoptr (BadgeSheet) sheet = badge_raster (templates[A6], content, BADGE_FRONT, DPI, NULL);
  gsize length = 0;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&sheet->bytes), &length);
  cairo_surface_t *picture = cairo_image_surface_create_for_data (
      data, CAIRO_FORMAT_RGB24, (int) sheet->width_px, (int) sheet->height_px, (int) sheet->stride);
  cairo_surface_t *reference = cairo_image_surface_create_from_png (reference_path);
  double share = compare_pictures (picture, reference, NULL);
  cairo_surface_destroy (picture);
  cairo_surface_destroy (reference);
  g_free (data);
  return share;
}

static void test_comparison (void)
{
  if (g_strcmp0 (g_getenv ("GOLDEN_UPDATE"), "1") == 0) {
    g_test_skip ("the pictures are being drawn anew");
    return;
  }
  const char *french = DATA "/a6-portrait-french.png", *chinese = DATA "/a6-portrait-chinese.png";
  BadgeContent content = guests_french ();
  g_assert_cmpfloat (share_of (&content, french), <=, COMPARE_SHARE);
  g_assert_cmpfloat (share_of (&content, chinese), >, COMPARE_SHARE);
  content.headset = FALSE;
  g_assert_cmpfloat (share_of (&content, french), >, COMPARE_SHARE);
  content = guests_french ();
  content.given = "Anne-Laurent";
  g_assert_cmpfloat (share_of (&content, french), >, COMPARE_SHARE);
  content = guests_french ();
  content.code = "AC:0";
  g_assert_cmpfloat (share_of (&content, french), >, COMPARE_SHARE);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  for (guint t = 0; t < TEMPLATES; t++) {
    g_autofree char *path = g_strdup_printf ("assets/badge/%s.svg", files[t]);
    templates[t] = badge_template_load (path, &error);
    g_assert_no_error (error);
  }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf (
        "/golden/badge/%s/%s%s%s", files[rows[i].template_], rows[i].name,
        rows[i].side == BADGE_BACK ? "-back" : "", rows[i].kind == BITS ? "-bits" : "");
    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/golden/badge/refused", test_refused);
  g_test_add_func ("/golden/badge/cyrillic", test_cyrillic);
  g_test_add_func ("/golden/badge/comparison", test_comparison);
  int result = g_test_run ();
  for (guint t = 0; t < TEMPLATES; t++)
    badge_template_free (templates[t]);
  return result;
}
