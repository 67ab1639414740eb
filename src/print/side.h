/* side.h: one side of a sheet as pixels, and where it comes to lie on the medium.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "print/wish.h"

typedef enum {
  SIDE_RGB,  /* 32 bits a pixel, 0x00RRGGBB, native endian (CAIRO_FORMAT_RGB24) */
  SIDE_BITS, /* one bit a pixel, 1 is black, the leftmost in the highest bit of a byte */
} SideKind;

/* Upright, at the wish's resolution; borrowed. */
typedef struct {
  SideKind kind;
  const guint8 *pixels;
  guint width_px, height_px;
  gsize stride; /* bytes a row */
} Side;

/* In the middle of the medium, turned if the wish says so. */
typedef struct {
  const Wish *wish;
  const Side *side;
  int off_x, off_y; /* the sheet's corner on the medium */
} SidePlaced;

/* A medium's bits. */
typedef struct {
  guint8 *rows; /* 1 is black, the leftmost in the highest bit; padded with white */
  guint width_px, height_px;
  gsize stride;
} SideBits;

/* PRINTER_ERROR_DOCUMENT if it does not have the medium's size. */
gboolean side_place (const Wish *wish, const Side *side, SidePlaced *placed, GError **error);
/* The colour, 0xRRGGBB, at a pixel of the medium as it is fed; white beside the sheet. */
guint32 side_rgb (const SidePlaced *placed, int x, int y);
/* Of 255; black is less than 128. */
guint8 side_luminance (guint32 rgb);
/* Sets in a row of @to_width white bits those that are black in a row of @width bits, @shift bits to the right; what falls outside is left out. */
void side_shift_row (const guint8 *row, guint width, int shift, guint8 *to, guint to_width);
SideBits *side_bits (const Wish *wish, const Side *side, GError **error);
void side_bits_free (SideBits *bits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideBits, side_bits_free)
