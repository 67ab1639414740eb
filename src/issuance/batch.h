/* batch.h: the badges of the whole congress before the day, as one PDF or a folder of
 * them.
 *
 * What these badges' codes are: pre-printing issues badges. Each is a `badge-issued`
 * fact of this station with the reason "preprinted" and "print":false (no agent prints
 * it), so that it opens doors, is made void by the next one, and a ticket is closed from
 * then on: badges printed ahead are handed out before the first door. A badge that
 * exists already would be made void; who does not say what is wanted for people who have
 * one is refused. A batch of proofs issues nothing: each badge says that it is one, and
 * its code opens nothing.
 *
 * All that can be drawn, or nothing: every badge is drawn first, into a file of another
 * name beside the one asked for; then those that could be are issued in one transaction;
 * then the file gets its name. Who could not be drawn is listed with the reason, and has
 * what she had before. A full disk, a signal or a kill before the transaction leave
 * nothing issued (a kill may leave a file whose name ends in .part, without the end that
 * makes it a PDF). A kill between the last two steps leaves badges that are issued and
 * no file: the next batch says so, and replaces them if asked to.
 *
 * Threads: uses more of its own, each with its own template; the Journal stays in the
 * caller's. Blocks on disk, minutes for 10,000 badges. Memory does not grow with their
 * number but for their references. */
#pragma once

#include "journal/journal.h"
#include "issuance/batch_order.h"

#define BATCH_ERROR batch_error_quark ()
GQuark batch_error_quark (void);
typedef enum {
  BATCH_ERROR_NOBODY,  /* nobody is left to print a badge for */
  BATCH_ERROR_HOLDERS, /* somebody has a badge already, and the options do not say what then */
  BATCH_ERROR_DRAWING, /* no badge can be drawn: a line for each, with its reference, at most
                          BATCH_WORK_FAULTS_MAX (batch_work.h) */
  BATCH_ERROR_CHANGED, /* somebody was given a badge, or another name, while these were drawn */
  BATCH_ERROR_OUTPUT,  /* the file or folder cannot be written, or the folder is not empty */
  BATCH_ERROR_STOPPED,
} BatchError;

#define BATCH_REASON "preprinted"
#define BATCH_BLEED_MM 3.0
#define BATCH_BOX_MAX 9999 /* the highest number of a box */

typedef enum {
  BATCH_REFUSE_HOLDERS,
  BATCH_LEAVE_HOLDERS,
  BATCH_REPLACE_HOLDERS,
  BATCH_REPLACE_UNTRUE, /* prints for nobody but holders of a badge whose text is no longer true */
} BatchHolders;

typedef struct {
  const char *template_; /* the SVG file */
  const char *output;    /* a file, or a folder that is empty or not there: then a file a badge,
                            numbered in order: "0017-FR-0123.pdf" */
  gboolean folder;
  BatchSort sort;
  BatchHolders holders;
  gboolean proof;
  gboolean bleed; /* for a print shop: BATCH_BLEED_MM beyond the edge, and cut marks (badge.h) */
  guint box_size; /* badges a box, in order; the box's number is a fact with each. 0: no boxes */
  guint threads;  /* that draw, for a folder; a file has one. 0: as many as there are processors */
  gint *stop;     /* looked at between badges; a signal handler may set it. May be NULL */
} BatchOptions;

typedef struct {
  guint badges;
  GPtrArray *faults; /* char *: "FR-1 Al 🎉: why it cannot be drawn" */
  guint left_out;    /* had a badge */
  guint replaced;    /* had one, which is void now */
} BatchSummary;
void batch_summary_clear (BatchSummary *summary);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatchSummary, batch_summary_clear)

/* @progress (may be NULL) counts badges drawn. @summary: { 0 }, or one that was used
 * before. */
gboolean batch_print (Journal *journal, const BatchOptions *options, JournalProgress progress,
                      gpointer data, BatchSummary *summary, GError **error);
