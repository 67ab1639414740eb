/* What a queue is given, by what real printers say of themselves: the words are theirs,
 * from public recordings of IPP answers. */
#include "print/choose_format.h"

#include "print/printer_job.h"

#include <string.h>

typedef struct {
  const char *model;
  const char *formats, *types, *urf; /* comma-separated, of the printer */
  const char *driver;                /* MIME types that the queue's PPD reads; NULL: it has none */
  gboolean colour;
  guint dpi, raster_dpi; /* 0: not said */
  int format;            /* -1: refused */
  guint given_dpi;
  gboolean one_bit;
} Row;

static const Row ROWS[] = {
  /* A PPD that CUPS 2.4 has made of a printer that offers URF reads no PWG raster. */
  { "Brother QL-1110NWB", "image/urf,image/pwg-raster", "black_1,sgray_8", "W8,RS300,CP1",
    "image/urf", FALSE, 300, 300, PRINT_FORMAT_URF, 300, TRUE },
  { "LPrint", "image/pwg-raster,image/urf", "black_1", "W8,RS203", "image/urf", FALSE, 203, 203,
    PRINT_FORMAT_URF, 203, TRUE },
  { "a laser printer of 600 dpi, through CUPS's filters", "image/urf", "", "W8,RS600", "image/urf",
    FALSE, 600, 0, PRINT_FORMAT_PDF, 600, FALSE },
  { "URF at another resolution only", "image/urf", "", "W8,RS600", "image/urf", FALSE, 300, 0,
    PRINT_FORMAT_PDF, 300, FALSE },
  { "a printer that is finer than its URF", "image/urf", "", "W8,RS300", "image/urf", FALSE, 600, 0,
    PRINT_FORMAT_PDF, 600, FALSE },
  { "URF in colour only, of one bit", "image/urf", "", "SRGB24,RS300", "image/urf", FALSE, 300, 0,
    PRINT_FORMAT_PDF_BITS, 300, TRUE },
  { "URF in colour only, without CUPS's filters", "image/urf", "", "SRGB24,RS300", NULL, FALSE, 300,
    0, -1, 0, FALSE },
  { "a label printer that says its resolution of URF only", "image/urf", "", "W8,RS203-300",
    "image/urf", FALSE, 0, 0, PRINT_FORMAT_URF, 203, TRUE },
  { "a queue set to what its URF has not", "image/urf", "", "W8,RS300", "image/urf", FALSE, 203, 0,
    PRINT_FORMAT_URF, 300, TRUE },
  { "a label printer of PWG raster", "image/pwg-raster", "black_1,sgray_8", "", "image/pwg-raster",
    FALSE, 203, 203, PRINT_FORMAT_PWG_RASTER, 203, TRUE },
  /* Without a driver. */
  { "Xerox B235", "image/pwg-raster", "black_1,black_8", "", NULL, FALSE, 600, 600,
    PRINT_FORMAT_PWG_RASTER, 600, FALSE },
  { "Epson WF-2630", "image/pwg-raster", "Sgray_8,Srgb_8", "", NULL, TRUE, 360, 360,
    PRINT_FORMAT_PWG_RASTER, 360, FALSE },
  { "Epson XP-330", "image/pwg-raster", "SGRAY_8", "", NULL, FALSE, 360, 360,
    PRINT_FORMAT_PWG_RASTER, 360, FALSE },
  { "Canon MF720C", "image/pwg-raster,image/jpeg", "", "", NULL, TRUE, 600, 0, -1, 0, FALSE },
  { "Lexmark MS421dn", "image/pwg-raster,application/pdf", "sgray_8", "", NULL, FALSE, 600, 600,
    PRINT_FORMAT_PDF, 600, FALSE },
  { "a raster of another resolution", "image/pwg-raster", "sgray_8", "", NULL, FALSE, 600, 300,
    PRINT_FORMAT_PWG_RASTER, 300, FALSE },
};

static Driver *driver_of (const char *mimes)
{
  g_auto (GStrv) each = g_strsplit (mimes, ",", -1);
  GString *text = g_string_new (
      "*PPD-Adobe: \"4.3\"\n*FormatVersion: \"4.3\"\n*FileVersion: \"1\"\n*LanguageVersion: "
      "English\n*LanguageEncoding: ISOLatin1\n*PCFileName: \"A.PPD\"\n*Product: \"(A)\"\n"
      "*Manufacturer: \"A\"\n*ModelName: \"A\"\n*ShortNickName: \"A\"\n*NickName: \"A\"\n"
      "*PSVersion: \"(3010.000) 0\"\n*LanguageLevel: \"3\"\n*ColorDevice: False\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Driver *driver;

  for (guint i = 0; each[i] != NULL; i++)
    g_string_append_printf (text, "*cupsFilter2: \"%s %s 0 -\"\n", each[i], each[i]);
  g_string_append (text,
                   "*OpenUI *PageSize: PickOne\n*DefaultPageSize: A6\n"
                   "*PageSize A6: \"<</PageSize[297.64 419.53]>>setpagedevice\"\n"
                   "*PageSize A6.Borderless: \"<</PageSize[297.64 419.53]>>setpagedevice\"\n"
                   "*PageSize A4: \"<</PageSize[595.28 841.89]>>setpagedevice\"\n"
                   "*CloseUI: *PageSize\n"
                   "*OpenUI *PageRegion: PickOne\n*DefaultPageRegion: A6\n"
                   "*PageRegion A6: \"\"\n*PageRegion A6.Borderless: \"\"\n*PageRegion A4: \"\"\n"
                   "*CloseUI: *PageRegion\n*DefaultImageableArea: A6\n"
                   "*ImageableArea A6: \"8.5 62.4 289.1 411\"\n"
                   "*ImageableArea A6.Borderless: \"0 0 297.64 419.53\"\n"
                   "*ImageableArea A4: \"8.5 8.5 586.7 833.3\"\n"
                   "*DefaultPaperDimension: A6\n*PaperDimension A6: \"297.64 419.53\"\n"
                   "*PaperDimension A6.Borderless: \"297.64 419.53\"\n"
                   "*PaperDimension A4: \"595.28 841.89\"\n");
  bytes = g_string_free_to_bytes (text);
  driver = driver_parse (bytes, &error);
  g_assert_no_error (error);
  return driver;
}

static Capabilities *traits_of (const Row *row)
{
  Capabilities *traits = capabilities_new ();

  traits->raw = row->driver == NULL;
  traits->colour = row->colour;
  traits->dpi = row->dpi;
  g_strfreev (traits->formats);
  g_strfreev (traits->raster_types);
  g_strfreev (traits->urf);
  traits->formats = g_strsplit (row->formats, ",", -1);
  traits->raster_types = g_strsplit (row->types, ",", -1);
  traits->urf = g_strsplit (row->urf, ",", -1);
  if (row->raster_dpi > 0)
    g_array_append_val (traits->raster_dpis, row->raster_dpi);
  media_add_name (traits->media, "iso_a6_105x148mm");
  return traits;
}

static void test_formats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Capabilities) traits = traits_of (&ROWS[i]);
    g_autoptr (Driver) driver = ROWS[i].driver != NULL ? driver_of (ROWS[i].driver) : NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (PrintFormat) format = choose_format ("q", traits, driver, 105, 148, &error);
    g_test_message ("%s", ROWS[i].model);
    if (ROWS[i].format < 0) {
      g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT);
      g_assert_nonnull (strstr (error->message, "lpadmin -p q"));
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpint (format->format, ==, ROWS[i].format);
    g_assert_cmpuint (format->dpi, ==, ROWS[i].given_dpi);
    g_assert_cmpint (format->one_bit, ==, ROWS[i].one_bit);
  }
}

/* One size with margins and without: the one is asked for that is reckoned with. */
static void test_margins (void)
{
  static const struct {
    double margins[2][2]; /* of media-col-database: side and bottom; -1: no more */
    const char *size;
    double lost_bottom_mm;
  } CASES[] = {
    /* Brother J870DW says no margins: CUPS cuts what its PPD says, of the better of
     * two. */
    { { { -1, -1 }, { -1, -1 } }, "A6.Borderless", 0 },
    { { { 3, 22 }, { -1, -1 } }, "A6.Borderless", 22 },
    { { { 3, 22 }, { 0, 0 } }, "A6.Borderless", 0 },
    { { { 0, 0 }, { 3, 22 } }, "A6.Borderless", 0 },
  };
  static const Row ROW = { "", "image/urf",      "",  "W8,RS600", "image/urf", FALSE, 600,
                           0,  PRINT_FORMAT_PDF, 600, FALSE };
  g_autoptr (Driver) driver = driver_of ("image/urf");

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (Capabilities) traits = traits_of (&ROW);
    g_autoptr (GError) error = NULL;
    g_autoptr (PrintFormat) format = NULL;
    for (guint j = 0; j < 2 && CASES[i].margins[j][0] >= 0; j++)
      media_add_size (traits->media, 105, 148, CASES[i].margins[j][0], CASES[i].margins[j][0], 3,
                      CASES[i].margins[j][1]);
    format = choose_format ("q", traits, driver, 105, 148, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (format->head->size, ==, CASES[i].size);
    g_assert_cmpfloat (format->lost_bottom_mm, ==, CASES[i].lost_bottom_mm);
  }
}

/* No margins said and one size in the driver: what the queue cuts is lost; across, the
 * medium's right edge is the sheet's top. */
static void test_cut (void)
{
  static const Row ROW = { "", "image/urf",      "",  "W8,RS600", "image/urf", FALSE, 600,
                           0,  PRINT_FORMAT_PDF, 600, FALSE };
  g_autoptr (Driver) driver = driver_of ("image/urf");
  g_autoptr (Capabilities) traits = traits_of (&ROW);
  g_autoptr (PrintFormat) upright = NULL, across = NULL;

  g_array_set_size (traits->media, 0);
  media_add_name (traits->media, "iso_a4_210x297mm");
  upright = choose_format ("q", traits, driver, 210, 297, NULL);
  g_assert_cmpfloat_with_epsilon (upright->lost_left_mm, 3, 0.1);
  g_assert_cmpfloat_with_epsilon (upright->lost_top_mm, 3, 0.1);
  g_assert_cmpstr (upright->head->size, ==, "A4");
  g_array_set_size (traits->media, 0);
  media_add_size (traits->media, 210, 297, 3, 4, 5, 6);
  across = choose_format ("q", traits, driver, 297, 210, NULL);
  g_assert_true (across->rotated);
  g_assert_cmpfloat_with_epsilon (across->lost_left_mm, 5, 0.1);
  g_assert_cmpfloat_with_epsilon (across->lost_right_mm, 6, 0.1);
  g_assert_cmpfloat_with_epsilon (across->lost_top_mm, 4, 0.1);
  g_assert_cmpfloat_with_epsilon (across->lost_bottom_mm, 3, 0.1);
}

/* Rolls are ranges; another roll than is wanted is named before it is printed on. */
static void test_rolls (void)
{
  static const char *const NAMES[]
      = { "roll_min_12x25.4mm", "roll_max_62x1000mm", "custom_min_10x10mm", NULL };
  static const struct {
    const char *ready;
    gboolean good;
  } CASES[] = { { "", TRUE },
                { "roll_current_62x0mm", TRUE },
                { "roll_current_29x0mm", FALSE },
                { "oe_dk1202-label_62x100mm", TRUE },
                /* A tray asks for its paper itself. */
                { "oe_address-label_29x90mm", TRUE },
                { "oe_address-label_29x90mm,roll_current_62x0mm", TRUE },
                { "oe_address-label_29x90mm,roll_current_38x0mm", FALSE } };
  static const Row ROW
      = { "",  "image/pwg-raster",      "black_1", "",  "image/pwg-raster", FALSE, 300,
          300, PRINT_FORMAT_PWG_RASTER, 300,       TRUE };
  g_autoptr (Driver) driver = driver_of (ROW.driver);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (Capabilities) traits = traits_of (&ROW);
    g_auto (GStrv) ready = g_strsplit (CASES[i].ready, ",", -1);
    g_autoptr (GError) error = NULL;
    g_autoptr (PrintFormat) format = NULL;
    g_array_set_size (traits->media, 0);
    media_add_names (traits->media, NAMES);
    media_add_names (traits->ready, (const char *const *) ready);
    g_assert_cmpuint (traits->media->len, ==, 1);
    format = choose_format ("q", traits, driver, 62, 96, &error);
    g_test_message ("%s", CASES[i].ready);
    if (CASES[i].good) {
      g_assert_no_error (error);
      g_assert_cmpstr (format->media, ==, "custom_62x96mm_62x96mm");
    } else {
      g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_MEDIA);
      g_assert_nonnull (strstr (error->message, "29"));
    }
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/choose-format/formats", test_formats);
  g_test_add_func ("/print/choose-format/margins", test_margins);
  g_test_add_func ("/print/choose-format/cut", test_cut);
  g_test_add_func ("/print/choose-format/rolls", test_rolls);
  return g_test_run ();
}
