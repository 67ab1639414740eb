/* align.h: where one text stands inside another that may have lost, doubled or changed
 * characters: the cheapest way of editing the first into a part of the second (P.
 * Sellers, "The theory and computation of evolutionary distances", 1980).
 *
 * Must not know: scanners.
 * Threads: reentrant. Takes time and memory in proportion to the product of the lengths,
 * each at most ALIGN_MAX characters; what is longer is cut.  */
#pragma once

#include <glib.h>

#define ALIGN_MAX 1024

typedef struct {
  gunichar expected, got; /* 0: no character stands opposite */
} AlignPair;

typedef struct {
  guint cost;          /* one for a character lost or added, two for a changed one */
  guint before, after; /* characters of the text before and behind the part */
  guint length;        /* of the text, in characters */
  GArray *pairs;       /* AlignPair, in order */
} Alignment;

/* Only what it costs. */
guint align_cost (const char *expected, const char *text);
void align (const char *expected, const char *text, Alignment *alignment);
void align_clear (Alignment *alignment);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Alignment, align_clear)
