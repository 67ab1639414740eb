#include "print/raster.h"

#include "print/choose_format.h"
#include "print/printer_job.h"

#include <stdio.h>
#include <string.h>

/* A driver of one bit with margins, made after those of Debian's label printers. */
static const char PPD[]
    = "*PPD-Adobe: \"4.3\"\n*FormatVersion: \"4.3\"\n*FileVersion: \"1.0\"\n*LanguageVersion: "
      "English\n*LanguageEncoding: ISOLatin1\n*PCFileName: \"TEST.PPD\"\n*Product: \"(Test)\"\n"
      "*Manufacturer: \"Test\"\n*ModelName: \"Test\"\n*ShortNickName: \"Test\"\n*NickName: "
      "\"Test\"\n*PSVersion: \"(3010.000) 0\"\n*LanguageLevel: \"3\"\n*ColorDevice: "
      "False\n*DefaultColorSpace: Gray\n"
      "*FileSystem: False\n*Throughput: \"1\"\n*cupsVersion: 2.4\n%s"
      "*OpenUI *PageSize: PickOne\n*OrderDependency: 10 AnySetup *PageSize\n*DefaultPageSize: "
      "small\n*PageSize small: \"<</PageSize[144 288]/ImagingBBox null>>setpagedevice\"\n*CloseUI: "
      "*PageSize\n"
      "*OpenUI *PageRegion: PickOne\n*OrderDependency: 10 AnySetup "
      "*PageRegion\n*DefaultPageRegion: small\n*PageRegion small: \"<</PageSize[144 "
      "288]/ImagingBBox null>>setpagedevice\"\n*CloseUI: *PageRegion\n"
      "*DefaultImageableArea: small\n*ImageableArea small: \"18 36 144 "
      "270\"\n*DefaultPaperDimension: small\n*PaperDimension small: \"144 288\"\n"
      "*OpenUI *Resolution: PickOne\n*OrderDependency: 10 AnySetup "
      "*Resolution\n*DefaultResolution: 200dpi\n*Resolution 200dpi: \"<</HWResolution[200 "
      "200]%s>>setpagedevice\"\n*CloseUI: *Resolution\n%s";
#define ONE_BIT "/cupsBitsPerColor 1/cupsColorSpace 3"
#define EIGHT_BITS "/cupsBitsPerColor 8/cupsColorSpace 0"
#define RASTER_FILTER "*cupsFilter: \"application/vnd.cups-raster 0 rastertotest\"\n"
#define PDF_FILTER "*cupsFilter: \"application/vnd.cups-pdf 0 pdftotest\"\n"
#define HALFTONE_OPTION                                                                            \
  "*OpenUI *TestHalftoning: PickOne\n*OrderDependency: 20 AnySetup "                               \
  "*TestHalftoning\n*DefaultTestHalftoning: Fine\n*TestHalftoning Fine: \"<</cupsBitsPerColor "    \
  "8/cupsColorSpace 0>>setpagedevice\"\n"                                                          \
  "*TestHalftoning None: \"<</cupsColorSpace 3/cupsBitsPerColor 1/cupsBitsPerPixel "               \
  "1>>setpagedevice\"\n*CloseUI: *TestHalftoning\n"

/* The PPD's paper, 2 × 4 inches at 200 dpi. */
#define WIDTH_MM 50.8
#define HEIGHT_MM 101.6
#define WIDTH_PX 400
#define HEIGHT_PX 800

static Driver *driver_of (const char *filters, const char *page, const char *more)
{
  g_autofree char *text = g_strdup_printf (PPD, filters, page, more);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  Driver *driver = driver_parse (bytes, &error);

  g_assert_no_error (error);
  return driver;
}

static PrintFormat *new_format (const Capabilities *traits, Driver *driver, double width_mm,
                                double height_mm)
{
  g_autoptr (GError) error = NULL;
  PrintFormat *format = choose_format ("test", traits, driver, width_mm, height_mm, &error);

  g_assert_no_error (error);
  return format;
}

/* Black where it is asked for, in both kinds of pixels. */
typedef struct {
  guint8 *bits;
  guint32 *rgb;
  guint width, height;
  gsize stride;
} Picture;

static gboolean is_black (guint x, guint y)
{
  /* Nothing in it is symmetrical. */
  return (x * 7 + y * 3) % 11 < 3 || (x < 40 && y < 20) || (x == y && x > 50);
}

static Picture *picture_new (guint width, guint height)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->width = width;
  picture->height = height;
  picture->stride = (width + 7) / 8;
  picture->bits = g_malloc0 (picture->stride * height);
  picture->rgb = g_new (guint32, (gsize) width * height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      picture->rgb[y * width + x] = is_black (x, y) ? 0x00202020 : 0x00e0f0e0;
      if (is_black (x, y))
        picture->bits[y * picture->stride + x / 8] |= (guint8) (0x80 >> (x % 8));
    }
  return picture;
}

static void picture_free (Picture *picture)
{
  g_free (picture->bits);
  g_free (picture->rgb);
  g_free (picture);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

static PageSide side_of (const Picture *picture, PageSideKind kind)
{
  if (kind == PAGE_SIDE_BITS)
    return (PageSide){ PAGE_SIDE_BITS, picture->bits, picture->width, picture->height,
                       picture->stride };
  return (PageSide){ PAGE_SIDE_RGB, (const guint8 *) picture->rgb, picture->width, picture->height,
                     picture->width * 4 };
}

static GBytes *document_of (const PrintFormat *format, const PageSide *sides, guint count)
{
  g_autoptr (GError) error = NULL;
  GBytes *document = raster_document (format, sides, count, &error);

  g_assert_no_error (error);
  return document;
}

/* Reading rasters -------------------------------------------------------------------- */

typedef struct {
  const guint8 *at;
  gsize left;
} Source;

static ssize_t take (void *context, unsigned char *buffer, size_t length)
{
  Source *source = context;
  size_t got = MIN (length, source->left);

  memcpy (buffer, source->at, got);
  source->at += got;
  source->left -= got;
  return (ssize_t) got;
}

/* Reads a page's rows; FALSE where there is none. */
static gboolean read_page (cups_raster_t *raster, cups_page_header2_t *head, GByteArray *rows)
{
  if (cupsRasterReadHeader2 (raster, head) == 0)
    return FALSE;
  g_byte_array_set_size (rows, head->cupsBytesPerLine * head->cupsHeight);
  for (guint y = 0; y < head->cupsHeight; y++)
    g_assert_cmpuint (cupsRasterReadPixels (raster, rows->data + y * head->cupsBytesPerLine,
                                            head->cupsBytesPerLine),
                      ==, head->cupsBytesPerLine);
  return TRUE;
}

static gboolean bit_at (const GByteArray *rows, const cups_page_header2_t *head, guint x, guint y)
{
  return (rows->data[y * head->cupsBytesPerLine + x / 8] & (0x80 >> (x % 8))) != 0;
}

/* Tests ------------------------------------------------------------------------------ */

/* The driver's page is the part of the medium that it can print on, and gets just those
 * pixels. */
static void test_margins (gconstpointer data)
{
  PageSideKind kind = (PageSideKind) GPOINTER_TO_INT (data);
  g_autoptr (Capabilities) traits = capabilities_new ();
  g_autoptr (Driver) driver = driver_of (RASTER_FILTER, ONE_BIT, "");
  g_autoptr (Picture) picture = picture_new (WIDTH_PX, HEIGHT_PX);
  PageSide side = side_of (picture, kind);
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  cups_page_header2_t head;

  driver_add_media (driver, traits->media);
  g_autoptr (PrintFormat) format = new_format (traits, driver, WIDTH_MM, HEIGHT_MM);
  g_assert_cmpint (format->format, ==, PRINT_FORMAT_CUPS_RASTER);
  g_assert_cmpstr (format->mime, ==, "application/vnd.cups-raster");
  g_assert_true (format->one_bit && !format->rotated);
  g_assert_cmpuint (format->dpi, ==, 200);
  g_autoptr (GBytes) document = document_of (format, &side, 1);
  Source source = { g_bytes_get_data (document, NULL), g_bytes_get_size (document) };
  cups_raster_t *raster = cupsRasterOpenIO (take, &source, CUPS_RASTER_READ);
  g_assert_true (read_page (raster, &head, rows));
  g_assert_cmpuint (head.cupsWidth, ==, 350);  /* 18…144 pt */
  g_assert_cmpuint (head.cupsHeight, ==, 650); /* 36…270 pt */
  for (guint y = 0; y < head.cupsHeight; y++)
    for (guint x = 0; x < head.cupsWidth; x++)
      g_assert_cmpint (bit_at (rows, &head, x, y), ==,
                       is_black (x + 50, y + 50)); /* 18 pt from the left and from the top */
  g_assert_false (read_page (raster, &head, rows));
  cupsRasterClose (raster);
}

/* A sheet that lies across the paper is turned clockwise: its left edge comes to the
 * top. */
static void test_rotated (void)
{
  g_autoptr (Capabilities) traits = capabilities_new ();
  g_autoptr (Driver) driver = driver_of (RASTER_FILTER, ONE_BIT, "");
  g_autoptr (Picture) picture = picture_new (HEIGHT_PX, WIDTH_PX);
  PageSide side = side_of (picture, PAGE_SIDE_BITS);
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  cups_page_header2_t head;

  driver_add_media (driver, traits->media);
  g_autoptr (PrintFormat) format = new_format (traits, driver, HEIGHT_MM, WIDTH_MM);
  g_assert_true (format->rotated);
  g_autoptr (GBytes) document = document_of (format, &side, 1);
  Source source = { g_bytes_get_data (document, NULL), g_bytes_get_size (document) };
  cups_raster_t *raster = cupsRasterOpenIO (take, &source, CUPS_RASTER_READ);
  g_assert_true (read_page (raster, &head, rows));
  for (guint y = 0; y < head.cupsHeight; y++)
    for (guint x = 0; x < head.cupsWidth; x++)
      g_assert_cmpint (bit_at (rows, &head, x, y), ==, is_black (y + 50, WIDTH_PX - 1 - (x + 50)));
  cupsRasterClose (raster);
}

static void test_option (void)
{
  g_autoptr (Capabilities) traits = capabilities_new ();
  g_autoptr (Driver) both = driver_of (RASTER_FILTER, "", HALFTONE_OPTION);
  g_autoptr (Driver) grey = driver_of (RASTER_FILTER, EIGHT_BITS, "");

  driver_add_media (both, traits->media);
  g_autoptr (PrintFormat) format = new_format (traits, both, WIDTH_MM, HEIGHT_MM);
  g_assert_cmpint (format->format, ==, PRINT_FORMAT_CUPS_RASTER);
  g_assert_cmpstr (format->head->option, ==, "TestHalftoning");
  g_assert_cmpstr (format->head->choice, ==, "None");
  /* A driver that knows only greys gets a PDF, which CUPS turns into them. */
  g_autoptr (PrintFormat) other = new_format (traits, grey, WIDTH_MM, HEIGHT_MM);
  g_assert_cmpint (other->format, ==, PRINT_FORMAT_PDF);
}

/* A driver that wants PDF: one image, dot for dot. */
static void test_pdf_bits (void)
{
  g_autoptr (Capabilities) traits = capabilities_new ();
  g_autoptr (Driver) driver = driver_of (PDF_FILTER, ONE_BIT, "");
  g_autoptr (Picture) picture = picture_new (WIDTH_PX, HEIGHT_PX);
  PageSide side = side_of (picture, PAGE_SIDE_BITS);

  driver_add_media (driver, traits->media);
  traits->dpi = 200;
  g_autoptr (PrintFormat) format = new_format (traits, driver, WIDTH_MM, HEIGHT_MM);
  g_assert_cmpint (format->format, ==, PRINT_FORMAT_PDF_BITS);
  g_assert_cmpstr (format->mime, ==, "application/vnd.cups-pdf");
  g_autoptr (GBytes) document = document_of (format, &side, 1);
  const char *text = g_bytes_get_data (document, NULL);
  gsize size = g_bytes_get_size (document);
  g_assert_nonnull (g_strstr_len (text, (gssize) size, "/MediaBox[0 0 144.0000 288.0000]"));
  g_assert_nonnull (
      g_strstr_len (text, (gssize) size,
                    "/Width 400/Height 800/ColorSpace/DeviceGray/BitsPerComponent 1/Decode[1 0]"));
  g_assert_nonnull (memmem (text, size, picture->bits, picture->stride * picture->height));
  /* A fine one can make greys of its own. */
  traits->dpi = 600;
  g_autoptr (PrintFormat) fine = new_format (traits, driver, WIDTH_MM, HEIGHT_MM);
  g_assert_cmpint (fine->format, ==, PRINT_FORMAT_PDF);
}

/* ZPL as a printer reads it: hexadecimal digits, "," for zeros to the end of the row, ":"
 * for the row before again. */
static void test_zpl (void)
{
  g_autoptr (Capabilities) traits = capabilities_new ();
  g_autoptr (Picture) picture
      = picture_new (WIDTH_PX + 6, HEIGHT_PX + 12); /* 50.8 × 101.6 mm at 203 dpi */
  PageSide side = side_of (picture, PAGE_SIDE_BITS);

  traits->raw = TRUE;
  g_free (traits->note);
  traits->note = g_strdup ("Label printer, ZPL");
  g_autoptr (PrintFormat) format = new_format (traits, NULL, WIDTH_MM, HEIGHT_MM);
  g_assert_cmpint (format->format, ==, PRINT_FORMAT_ZPL);
  g_assert_cmpuint (format->dpi, ==, 203);
  g_autoptr (GBytes) document = document_of (format, &side, 1);
  g_autofree char *text
      = g_strndup (g_bytes_get_data (document, NULL), g_bytes_get_size (document));
  const char *c = strstr (text, "^GFA,");
  guint total, total_again, stride;
  gsize at = 0;
  g_assert_cmpint (sscanf (c, "^GFA,%u,%u,%u,", &total, &total_again, &stride), ==, 3);
  g_assert_cmpuint (stride, ==, picture->stride);
  g_assert_cmpuint (total, ==, picture->stride * picture->height);
  g_autofree guint8 *bytes = g_malloc0 (total);
  for (guint commas = 0; commas < 4; c++)
    commas += *c == ',';
  while (*c != '^') {
    if (*c == ':') {
      g_assert_cmpuint (at % stride, ==, 0);
      memcpy (bytes + at, bytes + at - stride, stride);
      at += stride;
    } else if (*c == ',')
      at += stride - at % stride;
    else {
      bytes[at++] = (guint8) (g_ascii_xdigit_value (c[0]) << 4 | g_ascii_xdigit_value (c[1]));
      c++;
    }
    c++;
  }
  g_assert_cmpuint (at, ==, total);
  g_assert_true (memcmp (bytes, picture->bits, total) == 0);
  g_assert_true (g_str_has_suffix (text, "^FS\n^PQ1\n^XZ\n"));
}

/* A driverless printer: both sides in one raster, the back as the printer wants it. */
static void test_pwg (gconstpointer data)
{
  const char *type = data;
  g_autoptr (Capabilities) traits = capabilities_new ();
  g_autoptr (Picture) picture = picture_new (WIDTH_PX, HEIGHT_PX);
  gboolean bits = strcmp (type, "black_1") == 0;
  PageSide sides[] = { side_of (picture, bits ? PAGE_SIDE_BITS : PAGE_SIDE_RGB),
                       side_of (picture, bits ? PAGE_SIDE_BITS : PAGE_SIDE_RGB) };
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  cups_page_header2_t head;

  traits->raw = TRUE; /* what it reads, it says itself */
  g_strfreev (traits->formats);
  traits->formats = g_strsplit ("image/pwg-raster", ",", -1);
  g_strfreev (traits->raster_types);
  traits->raster_types = g_strsplit (type, ",", -1);
  g_free (traits->sheet_back);
  traits->sheet_back = g_strdup ("rotated");
  traits->two_sided = TRUE;
  traits->dpi = 200;
  media_add_range (traits->media, 25, 25, 110, 1000);
  g_autoptr (PrintFormat) format = new_format (traits, NULL, WIDTH_MM, HEIGHT_MM);
  g_assert_cmpint (format->format, ==, PRINT_FORMAT_PWG_RASTER);
  g_assert_cmpint (format->one_bit, ==, bits);
  g_autoptr (GBytes) document = document_of (format, sides, 2);
  Source source = { g_bytes_get_data (document, NULL), g_bytes_get_size (document) };
  g_assert_cmpmem (source.at, 4, "RaS2", 4);
  g_assert_cmpmem (source.at + 4, 10, "PwgRaster", 10);
  cups_raster_t *raster = cupsRasterOpenIO (take, &source, CUPS_RASTER_READ);
  for (guint page = 0; page < 2; page++) {
    g_assert_true (read_page (raster, &head, rows));
    g_assert_cmpuint (head.cupsWidth, ==, WIDTH_PX);
    g_assert_cmpuint (head.cupsHeight, ==, HEIGHT_PX);
    g_assert_cmpuint (head.Duplex, ==, 1);
    g_assert_cmpuint (head.cupsInteger[CUPS_RASTER_PWG_TotalPageCount], ==, 2);
    for (guint y = 0; y < HEIGHT_PX; y++)
      for (guint x = 0; x < WIDTH_PX; x++) {
        gboolean expected
            = page == 0 ? is_black (x, y) : is_black (WIDTH_PX - 1 - x, HEIGHT_PX - 1 - y);
        guint8 value = rows->data[y * head.cupsBytesPerLine + x * head.cupsBitsPerPixel / 8];
        gboolean dark = head.cupsColorSpace == CUPS_CSPACE_K ? value > 127 : value < 128;
        g_assert_cmpint (bits ? bit_at (rows, &head, x, y) : dark, ==, expected);
      }
  }
  g_assert_false (read_page (raster, &head, rows));
  cupsRasterClose (raster);
}

/* A driverless printer of one bit whose queue reads URF: black and white only, dot for
 * dot. */
static void test_urf (void)
{
  g_autoptr (Capabilities) traits = capabilities_new ();
  g_autoptr (Driver) driver
      = driver_of ("*cupsFilter2: \"image/urf image/urf 0 -\"\n", ONE_BIT, "");
  g_autoptr (Picture) picture = picture_new (WIDTH_PX, HEIGHT_PX);
  PageSide side = side_of (picture, PAGE_SIDE_BITS);
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  cups_page_header2_t head;

  traits->dpi = 200;
  media_add_range (traits->media, 25, 25, 110, 1000);
  g_autoptr (PrintFormat) format = new_format (traits, driver, WIDTH_MM, HEIGHT_MM);
  g_assert_cmpint (format->format, ==, PRINT_FORMAT_URF);
  g_assert_true (format->one_bit && !format->two_sided);
  g_assert_cmpstr (format->mime, ==, "image/urf");
  g_autoptr (GBytes) document = document_of (format, &side, 1);
  Source source = { g_bytes_get_data (document, NULL), g_bytes_get_size (document) };
  /* "UNIRAST", and one page. */
  g_assert_cmpmem (source.at, 12, "UNIRAST\0\0\0\0\1", 12);
  cups_raster_t *raster = cupsRasterOpenIO (take, &source, CUPS_RASTER_READ);
  g_assert_true (read_page (raster, &head, rows));
  g_assert_cmpuint (head.cupsWidth, ==, WIDTH_PX);
  g_assert_cmpuint (head.cupsHeight, ==, HEIGHT_PX);
  g_assert_cmpuint (head.cupsBitsPerPixel, ==, 8);
  g_assert_cmpuint (head.HWResolution[0], ==, 200);
  for (guint y = 0; y < HEIGHT_PX; y++)
    for (guint x = 0; x < WIDTH_PX; x++)
      g_assert_cmpuint (rows->data[y * head.cupsBytesPerLine + x], ==, is_black (x, y) ? 0 : 255);
  g_assert_false (read_page (raster, &head, rows));
  cupsRasterClose (raster);
}

static void test_refused (void)
{
  g_autoptr (Capabilities) traits = capabilities_new ();
  g_autoptr (Driver) driver = driver_of (RASTER_FILTER, ONE_BIT, "");
  g_autoptr (Picture) wide = picture_new (WIDTH_PX + 30, HEIGHT_PX);
  g_autoptr (Picture) narrow = picture_new (WIDTH_PX - 100, HEIGHT_PX);
  PageSide sides[] = { side_of (wide, PAGE_SIDE_BITS), side_of (narrow, PAGE_SIDE_BITS) };
  g_autoptr (GError) error = NULL;
  g_autoptr (Capabilities) raw = capabilities_new ();

  driver_add_media (driver, traits->media);
  g_autoptr (PrintFormat) format = new_format (traits, driver, WIDTH_MM, HEIGHT_MM);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    g_assert_null (raster_document (format, &sides[i], 1, &error));
    g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT);
    g_clear_error (&error);
  }
  g_assert_null (choose_format ("test", traits, driver, 105, 148, &error));
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_MEDIA);
  g_assert_nonnull (strstr (error->message, "50.8 × 101.6 mm"));
  g_clear_error (&error);
  /* Nobody knows what a raw queue's printer reads. */
  raw->raw = TRUE;
  g_assert_null (choose_format ("test", raw, NULL, 105, 148, &error));
  g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT);
  g_assert_nonnull (strstr (error->message, "lpadmin -p test"));
}

static void test_no_driver (void)
{
  static const char *const TEXTS[] = { "", "not a PPD" };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (TEXTS[i], strlen (TEXTS[i]));
    g_autoptr (GError) error = NULL;
    g_assert_null (driver_parse (bytes, &error));
    g_assert_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/print/raster/margins-bits", GINT_TO_POINTER (PAGE_SIDE_BITS),
                        test_margins);
  g_test_add_data_func ("/print/raster/margins-rgb", GINT_TO_POINTER (PAGE_SIDE_RGB), test_margins);
  g_test_add_func ("/print/raster/rotated", test_rotated);
  g_test_add_func ("/print/raster/option", test_option);
  g_test_add_func ("/print/raster/pdf-bits", test_pdf_bits);
  g_test_add_func ("/print/raster/zpl", test_zpl);
  g_test_add_data_func ("/print/raster/pwg-black_1", "black_1", test_pwg);
  g_test_add_data_func ("/print/raster/pwg-sgray_8", "sgray_8", test_pwg);
  g_test_add_data_func ("/print/raster/pwg-srgb_8", "srgb_8", test_pwg);
  g_test_add_data_func ("/print/raster/pwg-black_8", "black_8", test_pwg);
  g_test_add_func ("/print/raster/urf", test_urf);
  g_test_add_func ("/print/raster/refused", test_refused);
  g_test_add_func ("/print/raster/no-driver", test_no_driver);
  return g_test_run ();
}
