/* media.h: which of a queue's media a sheet of some size is printed on.
 *
 * Media are self-describing names of PWG 5101.1 ("iso_a6_105x148mm"), or the range of
 * sizes that a printer cuts or feeds as asked ("custom_min_50x50mm",
 * "custom_max_216x356mm", "roll_min_…"): rolls and trays with movable guides.
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
  gboolean bare;                               /* only its name is known: these margins are not */
} Medium;

typedef struct {
  char *name;                 /* to be asked for */
  double width_mm, height_mm; /* as it is fed */
  double left_mm, right_mm, top_mm, bottom_mm;
  gboolean bare;    /* Medium */
  gboolean custom;  /* a size out of a range */
  gboolean rotated; /* the sheet lies across it */
} MediaFit;

/* An empty list of Medium; free with g_array_unref(). */
GArray *media_new (void);
/* Takes @name apart if it is a fixed size; FALSE if it is none, or not of this world. */
gboolean media_add_name (GArray *media, const char *name);
/* Takes all the names of a printer: sizes, the two ends of ranges, and rolls of which
 * only the width is said ("roll_current_62x0mm"). */
void media_add_names (GArray *media, const char *const *names);
void media_add_range (GArray *media, double min_width_mm, double min_height_mm, double max_width_mm,
                      double max_height_mm);
/* Adds a size unless it is there; margins in mm. Of one that is there with other margins,
 * the least are kept: borderless paper and other of one size are two choices, and the
 * whole of a badge is wanted. */
void media_add_size (GArray *media, double width_mm, double height_mm, double left_mm,
                     double right_mm, double top_mm, double bottom_mm);

/* The medium for a sheet: of its size, upright before across; then a range that holds it;
 * then one a little larger (MEDIA_SPARE_MM). FALSE if there is none. Free @fit's name
 * with g_free(). */
gboolean media_choose (const GArray *media, double width_mm, double height_mm, MediaFit *fit);
/* TRUE if a roll is in, and none of @ready can be what a sheet on @fit, out of a
 * range, is to be printed on. (Trays ask for the paper that they want.) */
gboolean media_is_another (const GArray *ready, const MediaFit *fit);
/* "105 × 148, 50–216 × 50–356 mm" for a person: at most @most of them, those nearest to a
 * size first. Free with g_free(). */
char *media_list (const GArray *media, double width_mm, double height_mm, guint most);
