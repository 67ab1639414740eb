#include "print/bits_document.h"

#include <string.h>

#define PT_PER_INCH 72.0

/* ZPL -------------------------------------------------------------------------------- */

/* A row as hexadecimal digits; "," stands for zeros to its end, ":" for the row before
 * again. */
static void append_row (GString *zpl, const PageBits *bits, guint y)
{
  static const char DIGITS[] = "0123456789ABCDEF";
  const guint8 *row = bits->rows + y * bits->stride;
  gsize length = bits->stride;

  if (y > 0 && memcmp (row, row - bits->stride, bits->stride) == 0) {
    g_string_append_c (zpl, ':');
    return;
  }
  while (length > 0 && row[length - 1] == 0)
    length--;
  for (gsize i = 0; i < length; i++) {
    g_string_append_c (zpl, DIGITS[row[i] >> 4]);
    g_string_append_c (zpl, DIGITS[row[i] & 15]);
  }
  if (length < bits->stride)
    g_string_append_c (zpl, ',');
}

GBytes *bits_document_zpl (const PrintFormat *format, const PageSide *sides, guint count,
                           GError **error)
{
  g_autoptr (GString) zpl = g_string_new (NULL);

  for (guint i = 0; i < count; i++) {
    g_autoptr (PageBits) bits = page_bits_make (format, &sides[i], error);
    if (bits == NULL)
      return NULL;
    /* Width, length, origin and the field; darkness, speed and media tracking stay as the
     * printer has them. */
    g_string_append_printf (zpl, "^XA\n^PW%u\n^LL%u\n^LH0,0\n^FO0,0^GFA,%zu,%zu,%zu,",
                            bits->width_px, bits->height_px, bits->stride * bits->height_px,
                            bits->stride * bits->height_px, bits->stride);
    for (guint y = 0; y < bits->height_px; y++)
      append_row (zpl, bits, y);
    g_string_append (zpl, "^FS\n^PQ1\n^XZ\n");
  }
  return g_string_free_to_bytes (g_steal_pointer (&zpl));
}

/* PDF -------------------------------------------------------------------------------- */

typedef struct {
  GByteArray *bytes;
  GArray *places; /* guint, of the objects */
} Pdf;

static void say (Pdf *pdf, const char *format, ...) G_GNUC_PRINTF (2, 3);
static void say (Pdf *pdf, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_byte_array_append (pdf->bytes, (const guint8 *) text, (guint) strlen (text));
}

/* Begins the next object, counted from 1. */
static void begin (Pdf *pdf)
{
  guint place = pdf->bytes->len;

  g_array_append_val (pdf->places, place);
  say (pdf, "%u 0 obj\n", pdf->places->len);
}

/* Page, its content and its image: three objects, the first of which is @number. */
static void append_page (Pdf *pdf, const PageBits *bits, guint dpi, guint number)
{
  char width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *content = NULL;

  g_ascii_formatd (width, sizeof width, "%.4f", bits->width_px * PT_PER_INCH / dpi);
  g_ascii_formatd (height, sizeof height, "%.4f", bits->height_px * PT_PER_INCH / dpi);
  content = g_strdup_printf ("q %s 0 0 %s 0 0 cm /I Do Q", width, height);
  begin (pdf);
  say (pdf,
       "<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Contents %u 0 R/Resources<</XObject<</I %u 0 "
       "R>>>>>>\nendobj\n",
       width, height, number + 1, number + 2);
  begin (pdf);
  say (pdf, "<</Length %zu>>stream\n%s\nendstream\nendobj\n", strlen (content), content);
  begin (pdf);
  say (pdf,
       "<</Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace/DeviceGray/BitsPerComponent "
       "1/Decode[1 0]/Interpolate false/Length %zu>>stream\n",
       bits->width_px, bits->height_px, bits->stride * bits->height_px);
  g_byte_array_append (pdf->bytes, bits->rows, (guint) (bits->stride * bits->height_px));
  say (pdf, "\nendstream\nendobj\n");
}

static void end (Pdf *pdf)
{
  guint table = pdf->bytes->len;

  say (pdf, "xref\n0 %u\n0000000000 65535 f \n", pdf->places->len + 1);
  for (guint i = 0; i < pdf->places->len; i++)
    say (pdf, "%010u 00000 n \n", g_array_index (pdf->places, guint, i));
  say (pdf, "trailer<</Size %u/Root 1 0 R>>\nstartxref\n%u\n%%%%EOF\n", pdf->places->len + 1,
       table);
}

GBytes *bits_document_pdf (const PrintFormat *format, const PageSide *sides, guint count,
                           GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Pdf pdf = { bytes, places };

  say (&pdf, "%%PDF-1.4\n");
  begin (&pdf);
  say (&pdf, "<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
  begin (&pdf);
  say (&pdf, "<</Type/Pages/Kids[3 0 R%s]/Count %u>>\nendobj\n", count > 1 ? " 6 0 R" : "", count);
  for (guint i = 0; i < count; i++) {
    g_autoptr (PageBits) bits = page_bits_make (format, &sides[i], error);
    if (bits == NULL)
      return NULL;
    append_page (&pdf, bits, format->dpi, 3 + 3 * i);
  }
  end (&pdf);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
