/* headsets.h: who has a headset still, by delegation, for whoever collects them at
 * the end of a day.
 *
 * Each headset is one row; one that was lent without a code has the empty id. Events
 * are apart: what was lent at a desk of one event is looked for among its headsets
 * only. Threads: as the Journal. Blocks on disk. */
#pragma once

#include "journal/journal.h"

typedef struct {
  char *headset;   /* its id; "" without a code */
  char *reference; /* "" where a conflict has left nobody */
  char *name;      /* "" for a guest of the protocol */
  char *delegation, *delegation_fr, *delegation_zh;
  char *event, *checkpoint, *day, *channel; /* of the loan; "" where the fact does not say */
  gint64 since_ms;                          /* Unix milliseconds */
  gboolean gone; /* she went out by an entrance since, and has not come in again */
} HeadsetsRow;

typedef struct {
  guint all, defect; /* with codes; of them marked as defective */
  GPtrArray *rows;   /* HeadsetsRow by delegation, person, headset */
} Headsets;
void headsets_free (Headsets *headsets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Headsets, headsets_free)

/* Lent on @day (an ISO date) or before, at desks of @event; NULL: whenever, wherever. */
Headsets *headsets_read (Journal *journal, const char *event, const char *day, GError **error);
