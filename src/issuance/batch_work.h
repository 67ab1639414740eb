/* batch_work.h: draws many badges with several threads into one PDF, or into a folder
 * with a PDF each.
 *
 * Nothing stands under the name that was asked for until batch_work_place(); what was not
 * placed is removed by batch_work_free().
 *
 * Threads: all calls from one thread; the pool's (render_pool.h) are the module's own.
 * Blocks on disk, and on the pool where it is behind.  */
#pragma once

#include "issuance/badge_data.h"

typedef struct _BatchWork BatchWork;

/* @threads draw, for a folder; a file has one. @count: badges to come. A folder must be
 * empty or not be there. @bleed_mm: as badge_pdf_bleeding(). BADGE_ERROR of the template;
 * BATCH_WORK_ERROR. */
BatchWork *batch_work_start (const char *template_, const char *output, gboolean folder,
                             double bleed_mm, guint threads, guint count, GError **error);
/* Hands over the next badge. FALSE: the disk failed; batch_work_finish() says why. */
gboolean batch_work_add (BatchWork *work, BadgeDataText *text);
guint batch_work_drawn (BatchWork *work);
/* Waits for the pool, and writes to disk what could be drawn, if anything could. */
gboolean batch_work_finish (BatchWork *work, GError **error);
/* After it: why the badge of that number (the first is 1) could not be drawn, with whose
 * it is; NULL for one that was. */
const char *batch_work_fault (const BatchWork *work, guint number);
/* Gives what was written its name. */
gboolean batch_work_place (BatchWork *work, GError **error);
void batch_work_free (BatchWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatchWork, batch_work_free)

#define BATCH_WORK_ERROR batch_work_error_quark ()
GQuark batch_work_error_quark (void);
typedef enum {
  BATCH_WORK_ERROR_DRAWING, /* none could be drawn: a line for each, at most
                               BATCH_WORK_FAULTS_MAX, with its reference */
  BATCH_WORK_ERROR_OUTPUT,
} BatchWorkError;

#define BATCH_WORK_FAULTS_MAX 20
