/* media.h: which of a queue's media a sheet of some size is printed on.
 *
 * Media are self-describing names of PWG 5101.1 ("iso_a6_105x148mm"), or the range of
 * sizes that a printer cuts or feeds as asked ("custom_min_50x50mm",
 * "custom_max_216x356mm"): rolls and trays with movable guides.
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* A card of 86 × 54 mm goes on one of 85.60 × 53.98 mm, and no sheet on one that is
 * smaller by more. */
#define MEDIA_TOLERANCE_MM 1.0
/* Label drivers give the length of a label with the gap to the next, and its width with
 * the liner's: DYMO's “4 in x 6 in” is 104.4 × 159.5 mm. */
#define MEDIA_SPARE_MM 8.0

typedef struct {
  char *name;                                  /* "" of a range */
  double width_mm, height_mm;                  /* the least of a range */
  double max_width_mm, max_height_mm;          /* the same as above if it is no range */
  double left_mm, right_mm, top_mm, bottom_mm; /* cannot be printed on */
} Medium;

typedef struct {
  char *name;                 /* to be asked for */
  double width_mm, height_mm; /* as it is fed */
  double left_mm, right_mm, top_mm, bottom_mm;
  gboolean custom;  /* a size out of a range */
  gboolean rotated; /* the sheet lies across it */
} MediaFit;

/* An empty list of Medium; free with g_array_unref(). */
GArray *media_new (void);
/* Takes @name apart if it is a fixed size; FALSE if it is none, or not of this world. */
gboolean media_add_name (GArray *media, const char *name);
void media_add_range (GArray *media, double min_width_mm, double min_height_mm, double max_width_mm,
                      double max_height_mm);
/* Adds a size unless it is there; margins in mm. */
void media_add_size (GArray *media, double width_mm, double height_mm, double left_mm,
                     double right_mm, double top_mm, double bottom_mm);

/* The medium for a sheet: of its size, upright before across; then a range that holds it;
 * then one a little larger (MEDIA_SPARE_MM). FALSE if there is none. Free @fit's name
 * with g_free(). */
gboolean media_choose (const GArray *media, double width_mm, double height_mm, MediaFit *fit);
/* "105 × 148, 50–216 × 50–356 mm" for a person: at most @most of them, those nearest to a
 * size first. Free with g_free(). */
char *media_list (const GArray *media, double width_mm, double height_mm, guint most);
