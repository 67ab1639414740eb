/* guide_sheet.h: one A4 page for those who help at the door: two columns of numbered
 * steps, each beside the screen that it speaks of; below them what to do when something
 * stops, and lines for the names of those to call.
 *
 * Text is as large as the page allows, all of one kind in one size; what has no room at a
 * size that is read at arm's length is refused.
 *
 * Must not know: what the steps are.
 *
 * Threads: badge_fonts_start() first (badge.h); then reentrant. Blocks on the disk where
 * the pictures are. The same sheet gives the same bytes. */
#pragma once

#include <glib.h>

#define GUIDE_SHEET_COLUMNS 2
#define GUIDE_SHEET_STEPS 3 /* in a column */
#define GUIDE_SHEET_NOTES 4
#define GUIDE_SHEET_CALLS 3
#define GUIDE_SHEET_TEXTS 4 /* paragraphs of a step or a note; NULL: no more */

/* What the step's heading means on the screen. */
typedef enum { GUIDE_PLAIN, GUIDE_YES, GUIDE_ATTENTION } GuideColour;

typedef struct {
  const char *picture; /* a PNG of a screen upright; the file */
  GuideColour colour;
  const char *heading, *texts[GUIDE_SHEET_TEXTS];
} GuideStep;

typedef struct {
  const char *heading, *texts[GUIDE_SHEET_TEXTS];
} GuideNote;

typedef struct {
  const char *title, *under, *kind; /* kind: at the right of the title */
  const char *columns[GUIDE_SHEET_COLUMNS];
  GuideStep steps[GUIDE_SHEET_COLUMNS][GUIDE_SHEET_STEPS];
  const char *notes_title;
  GuideNote notes[GUIDE_SHEET_NOTES];
  const char *calls_title, *calls_text, *calls[GUIDE_SHEET_CALLS];
  const char *foot;
  gboolean han;    /* set as Chinese */
  gboolean french; /* with French spaces */
} GuideSheet;

/* The PDF; free with g_bytes_unref(). BADGE_ERROR_FIT, BADGE_ERROR_FONT;
 * BADGE_ERROR_WRITE also for a picture that cannot be read. */
GBytes *guide_sheet_draw (const GuideSheet *sheet, GError **error);
