#include "print/raster.h"

#include "core/words.h"
#include "print/choose_format.h"
#include "print/printer_job.h"
#include "print/bits_document.h"

#include <string.h>

static ssize_t append (void *context, unsigned char *buffer, size_t length)
{
  g_byte_array_append (context, buffer, (guint) length);
  return (ssize_t) length;
}

/* One row of the raster's page, whose pixel 0 is the medium's @left; @mirror: from right
 * to left. */
static void fill_row (const PageSidePlaced *placed, const cups_page_header2_t *page, guint left,
                      guint y, gboolean mirror, guint8 *row)
{
  for (guint i = 0; i < page->cupsWidth; i++) {
    guint32 rgb
        = page_bits_rgb (placed, (int) (left + (mirror ? page->cupsWidth - 1 - i : i)), (int) y);
    if (page->cupsBitsPerPixel == 8)
      row[i] = page->cupsColorSpace == CUPS_CSPACE_K ? (guint8) ~page_bits_luminance (rgb)
                                                     : page_bits_luminance (rgb);
    else {
      row[3 * i] = (guint8) (rgb >> 16);
      row[3 * i + 1] = (guint8) (rgb >> 8);
      row[3 * i + 2] = (guint8) rgb;
    }
  }
}

/* The same of one bit. */
static void fill_bits (const PageBits *bits, const cups_page_header2_t *page, guint left, guint y,
                       gboolean mirror, guint8 *row)
{
  static const guint8 NOTHING[1] = { 0 };
  gboolean inside = bits != NULL && y < bits->height_px;
  const guint8 *from = inside ? bits->rows + y * bits->stride : NOTHING;
  guint width = inside ? bits->width_px : 0;

  memset (row, 0, page->cupsBytesPerLine);
  if (!mirror)
    page_bits_shift_row (from, width, -(int) left, row, page->cupsWidth);
  for (guint i = 0; mirror && i < page->cupsWidth; i++) {
    guint x = left + page->cupsWidth - 1 - i;
    if (x < width && (from[x / 8] & (0x80 >> (x % 8))) != 0)
      row[i / 8] |= (guint8) (0x80 >> (i % 8));
  }
  for (guint i = 0; page->cupsColorSpace != CUPS_CSPACE_K && i < page->cupsBytesPerLine; i++)
    row[i] = (guint8) ~row[i];
}

static gboolean write_page (cups_raster_t *raster, const PageSidePlaced *placed,
                            const PageBits *bits, cups_page_header2_t page)
{
  const PrintFormatHead *head = placed->format->head;
  g_autofree guint8 *row = g_malloc (page.cupsBytesPerLine);
  gboolean good = cupsRasterWriteHeader2 (raster, &page) != 0;
  gboolean pwg = placed->format->format == PRINT_FORMAT_PWG_RASTER;
  /* How the back lies when the printer has turned the sheet over (PWG 5102.4, 4.3.5 and
   * 4.3.11). */
  gboolean mirror_x = pwg && (int) page.cupsInteger[CUPS_RASTER_PWG_CrossFeedTransform] < 0,
           mirror_y = pwg && (int) page.cupsInteger[CUPS_RASTER_PWG_FeedTransform] < 0;

  for (guint i = 0; good && i < page.cupsHeight; i++) {
    guint y = head->top_px + (mirror_y ? page.cupsHeight - 1 - i : i);
    if (page.cupsBitsPerPixel == 1)
      fill_bits (bits, &page, head->left_px, y, mirror_x, row);
    else
      fill_row (placed, &page, head->left_px, y, mirror_x, row);
    good = cupsRasterWritePixels (raster, row, page.cupsBytesPerLine) != 0;
  }
  return good;
}

static GBytes *raster_bytes (const PrintFormat *format, const PageSide *sides, guint count,
                             GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cups_raster_t *raster
      = cupsRasterOpenIO (append, bytes,
                          format->format == PRINT_FORMAT_PWG_RASTER ? CUPS_RASTER_WRITE_PWG
                          : format->format == PRINT_FORMAT_URF      ? CUPS_RASTER_WRITE_APPLE
                                                                    : CUPS_RASTER_WRITE_COMPRESSED);
  gboolean good = raster != NULL;

  for (guint i = 0; good && i < count; i++) {
    PageSidePlaced placed;
    g_autoptr (PageBits) bits = NULL;
    cups_page_header2_t page = i == 0 || format->format != PRINT_FORMAT_PWG_RASTER
                                   ? format->head->page
                                   : format->head->back;
    if (!page_bits_place (format, &sides[i], &placed, error)
        || (page.cupsBitsPerPixel == 1
            && (bits = page_bits_make (format, &sides[i], error)) == NULL)) {
      cupsRasterClose (raster);
      return NULL;
    }
    if (format->format == PRINT_FORMAT_PWG_RASTER && count == 2) {
      page.Duplex = CUPS_TRUE;
      page.cupsInteger[CUPS_RASTER_PWG_TotalPageCount] = 2;
    }
    if (format->format == PRINT_FORMAT_URF)
      page.cupsInteger[CUPS_RASTER_PWG_TotalPageCount] = count; /* of the file's head */
    good = write_page (raster, &placed, bits, page);
  }
  if (raster != NULL)
    cupsRasterClose (raster);
  if (good)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT, _ ("Writing the raster failed: %s"),
               cupsRasterErrorString ());
  return NULL;
}

GBytes *raster_document (const PrintFormat *format, const PageSide *sides, guint count,
                         GError **error)
{
  g_return_val_if_fail (count == 1 || count == 2, NULL);
  switch (format->format) {
  case PRINT_FORMAT_CUPS_RASTER:
  case PRINT_FORMAT_PWG_RASTER:
  case PRINT_FORMAT_URF:
    return raster_bytes (format, sides, count, error);
  case PRINT_FORMAT_PDF_BITS:
    return bits_document_pdf (format, sides, count, error);
  case PRINT_FORMAT_ZPL:
    return bits_document_zpl (format, sides, count, error);
  case PRINT_FORMAT_PDF:
    break;
  }
  g_set_error (error, PRINTER_ERROR, PRINTER_ERROR_DOCUMENT, "%s",
               _ ("The queue wants a PDF, not pixels"));
  return NULL;
}
