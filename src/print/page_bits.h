/* page_bits.h: one side of a sheet as pixels, and where it comes to lie on the medium.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "print/print_format.h"

typedef enum {
  PAGE_SIDE_RGB,  /* 32 bits a pixel, 0x00RRGGBB, native endian (CAIRO_FORMAT_RGB24) */
  PAGE_SIDE_BITS, /* one bit a pixel, 1 is black, the leftmost in the highest bit of a byte */
} PageSideKind;

/* Upright, at the format's resolution; borrowed. */
typedef struct {
  PageSideKind kind;
  const guint8 *pixels;
  guint width_px, height_px;
  gsize stride; /* bytes a row */
} PageSide;

/* In the middle of the medium, turned if the format says so. */
typedef struct {
  const PrintFormat *format;
  const PageSide *side;
  int off_x, off_y; /* the sheet's corner on the medium */
} PageSidePlaced;

/* A medium's bits. */
typedef struct {
  guint8 *rows; /* 1 is black, the leftmost in the highest bit; padded with white */
  guint width_px, height_px;
  gsize stride;
} PageBits;

/* PRINTER_ERROR_DOCUMENT if it does not have the medium's size. */
gboolean page_bits_place (const PrintFormat *format, const PageSide *side, PageSidePlaced *placed,
                          GError **error);
/* The colour, 0xRRGGBB, at a pixel of the medium as it is fed; white beside the sheet. */
guint32 page_bits_rgb (const PageSidePlaced *placed, int x, int y);
/* Of 255; black is less than 128. */
guint8 page_bits_luminance (guint32 rgb);
/* Sets in a row of @to_width white bits those that are black in a row of @width bits,
 * @shift bits to the right; what falls outside is left out. */
void page_bits_shift_row (const guint8 *row, guint width, int shift, guint8 *to, guint to_width);
PageBits *page_bits_make (const PrintFormat *format, const PageSide *side, GError **error);
void page_bits_free (PageBits *bits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageBits, page_bits_free)
