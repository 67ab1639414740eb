/* Pages of instructions: where they break, what cannot be set, and that the same items
 * give the same bytes. */
#include "badge/badge.h"
#include "badge/sheet.h"
#include "words_here.h"

#include <string.h>

#define SIDE 21

static guint8 checks[SIDE * SIDE];

static void add_items (Sheet *sheet, guint count)
{
  SheetSymbol symbol
      = { .dark = checks, .columns = SIDE, .rows = SIDE, .quiet = 4, .module_mm = 2 };
  SheetItem item = {
    { "Grand", "大" }, { "À lire de 30 à 60 cm.", "应能在 30–60 厘米处读取。" }, &symbol, "AB.12"
  };

  for (guint i = 0; i < count; i++)
    sheet_item (sheet, &item);
}

static Sheet *begin (void)
{
  Sheet *sheet = sheet_new ("test");

  sheet_page (sheet, (Pair){ "Essayer un lecteur", "检测扫描器" },
              (Pair){ "Lisez un de ces codes.", "请扫描以下任一码。" }, "foot");
  return sheet;
}

/* What the PDF's tree of pages counts. */
static guint pages_of (GBytes *pdf)
{
  static const char COUNT[] = "/Count ";
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length),
             *at = memmem (data, length, COUNT, strlen (COUNT));

  g_assert_nonnull (at);
  return (guint) g_ascii_strtoull (at + strlen (COUNT), NULL, 10);
}

/* Items of 58 mm: four on a page. */
static void test_pages (void)
{
  static const struct {
    guint items, pages;
  } ROWS[] = { { 0, 1 }, { 1, 1 }, { 3, 1 }, { 4, 2 }, { 6, 2 }, { 7, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Sheet) sheet = begin ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pdf = NULL;
    add_items (sheet, ROWS[i].items);
    pdf = sheet_finish (sheet, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (pages_of (pdf), ==, ROWS[i].pages);
    g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
    g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5), ==, 0);
  }
}

static void test_same_bytes (void)
{
  GBytes *pdf[2];

  for (guint i = 0; i < 2; i++) {
    g_autoptr (Sheet) sheet = begin ();
    add_items (sheet, 2);
    pdf[i] = sheet_finish (sheet, NULL);
  }
  g_assert_true (g_bytes_equal (pdf[0], pdf[1]));
  g_bytes_unref (pdf[0]);
  g_bytes_unref (pdf[1]);
}

/* Empty texts and no symbol are allowed; bars and inverted symbols too. */
static void test_kinds (void)
{
  static const guint8 BARS[] = { 1, 0, 1, 1, 0, 1 };
  SheetSymbol bars = {
    .dark = BARS, .columns = sizeof BARS, .rows = 1, .quiet = 10, .module_mm = 0.33, .bar_mm = 13
  };
  SheetSymbol inverted = {
    .dark = checks, .columns = SIDE, .rows = SIDE, .quiet = 4, .module_mm = 1, .inverted = TRUE
  };
  const SheetItem ITEMS[]
      = { { { NULL, "" }, { NULL, NULL }, &bars, NULL },
          { { "Titre", NULL }, { NULL, NULL }, &inverted, "" },
          { { "Titre", "标题" }, { "Manuel, page 3.", "说明书第 3 页。" }, NULL, NULL },
          { .caption = NULL } };
  g_autoptr (Sheet) sheet = begin ();
  g_autoptr (GBytes) pdf = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ITEMS); i++)
    sheet_item (sheet, &ITEMS[i]);
  pdf = sheet_finish (sheet, NULL);
  g_assert_nonnull (pdf);
}

static void test_refused (void)
{
  g_autofree char *long_word = g_strnfill (300, 'W');
  SheetItem wide = { { long_word, "" }, { "", "" }, NULL, NULL },
            strange = { { "\xf3\xb0\x80\x80", "" }, { "", "" }, NULL, NULL };
  g_autoptr (Sheet) too_wide = begin (), unwritable = begin (), empty = sheet_new ("test");
  g_autoptr (GError) error = NULL;

  sheet_item (too_wide, &wide);
  sheet_item (too_wide, &strange); /* the first fault is told */
  g_assert_null (sheet_finish (too_wide, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_FIT);
  g_clear_error (&error);
  sheet_item (unwritable, &strange);
  g_assert_null (sheet_finish (unwritable, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_FONT);
  g_clear_error (&error);
  g_assert_null (sheet_finish (empty, &error));
  g_assert_error (error, BADGE_ERROR, BADGE_ERROR_WRITE);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  words_here ();
  badge_fonts_start ("fonts/fonts.conf", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sizeof checks; i++)
    checks[i] = i % 2;
  g_test_add_func ("/badge/sheet/pages", test_pages);
  g_test_add_func ("/badge/sheet/same-bytes", test_same_bytes);
  g_test_add_func ("/badge/sheet/kinds", test_kinds);
  g_test_add_func ("/badge/sheet/refused", test_refused);
  return g_test_run ();
}
