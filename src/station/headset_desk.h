/* headset_desk.h: two codes at a headset desk, the badge's and the headset's, in whatever
 * order: only gate.c includes this; the manual is gate.h.
 *
 *   first code          second                     what happens
 *   badge               a headset                  lent to her; hers: given back
 *   headset, lent       –                          given back, in one scan
 *   headset, not lent   a badge                    lent to her
 *   headset, not lent   the same headset again     given back, nobody knows by whom: it was
 *                                                  lent by a desk of which nothing was heard
 *
 * Where one person takes those of her delegation (`several`), a badge holds for one headset
 * after another. A headset that another person still has as far as this replica knows was
 * given back unseen. The first code decides nothing and is no fact, unless it is refused.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "station/gate_step.h"

/* Inside the transaction of a scan. *@handled is FALSE where the scan is an ordinary one:
 * headsets have no codes here, or she has one that has none. */
gboolean headset_desk_scan (Gate *gate, GateCode *shown, GateResult *result, gboolean *handled,
                            GError **error);
/* Without a second code: lends a headset that has no code, or takes back all that she
 * has. */
gboolean headset_desk_loan (Gate *gate, const GateResult *result, const char *day, GError **error);
/* What she still has, on her way out, into @result. */
gboolean headset_desk_look (Gate *gate, GateResult *result, GError **error);
