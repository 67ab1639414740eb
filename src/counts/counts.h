/* counts.h: how many: registered, arrived, inside, by event, day, checkpoint, category,
 * delegation or country.
 *
 * Every count is of people, but for passages and refused, which are scans.
 *
 * - registered: delegates not withdrawn. By event or day: registered for it. By
 *   checkpoint: with every right that it asks for, as the decision sees it, and for one
 *   of the days on which it opens.
 * - arrived: admitted at least once at an entrance (kind `entrance`), on any day; counted
 *   once, however often. By event: at an entrance of the event. By day: on that day. By
 *   checkpoint: there. Who came counts as having come, also if the registration was
 *   withdrawn later.
 * - inside: of those, whose last passage there was not a way out, on the last day on
 *   which anybody was admitted anywhere (`inside_day`). "There" is any entrance; by
 *   event: any entrance of the event; by checkpoint: that checkpoint; at a headset desk:
 *   whoever has a headset that was lent there, since whatever day. By day: on that day.
 * - passages: scans that were admitted, in or out; at all checkpoints. By event: at its
 *   checkpoints.
 * - refused: scans that were not. Codes of nobody belong to no category, delegation or
 *   country.
 *
 * JSON, on one line; keys are never renamed:
 *
 *   {"by":"event","registered":320,"arrived":12,"inside":11,"inside_day":"2016-10-26",
 *    "events":["rencontres","foire"],"both_events":0,"only_first":12,"only_second":0,
 *    "passages":20,"refused":3,"badges_printed":12,"badges_waiting":0,"conflicts":0,
 *    "rows":[{"id":"rencontres","fr":"Rencontres","zh":"会议","registered":320,
 *             "arrived":12,"inside":11,"passages":20,"refused":3}, …]}
 *
 * CSV: headings `id français 中文 inscrits·已报名 arrivés·已到场 présents·在场 passages·通行
 * refusés·未放行`, then the rows, the first of them the total with the id `total`.
 *
 * Threads: as the Journal. Blocks on disk: some hundredths of a second at 100,000
 * delegates, which the projections have counted as they came
 * (schema/projection-45-count.sql); by category, delegation or country, which a
 * correction can change for somebody who has come, two tenths, for it looks at
 * everybody.  */
#pragma once

#include "journal/journal.h"
#include "core/words.h"

typedef enum {
  COUNTS_TOTAL,
  COUNTS_BY_EVENT,
  COUNTS_BY_DAY,
  COUNTS_BY_CHECKPOINT,
  COUNTS_BY_CATEGORY,
  COUNTS_BY_DELEGATION,
  COUNTS_BY_COUNTRY,
  COUNTS_BY_COUNT
} CountsBy;

gboolean counts_by_from_name (
    const char *name,
    CountsBy *by); /* "total" "event" "day" "checkpoint" "category" "delegation" "country" */
const char *counts_by_name (CountsBy by);

#define COUNTS_FIGURES 5 /* registered, arrived, inside, passages, refused */

typedef struct {
  char *id, *fr, *zh;
  gint64 registered, arrived, inside, passages, refused;
} CountsRow;

typedef struct {
  CountsBy by;
  GPtrArray *rows; /* CountsRow; none for COUNTS_TOTAL. In the order of the event file; checkpoints
                      by kind and id; delegations and countries by how many are registered */
  /* Always filled: */
  gint64 registered, arrived, inside, passages, refused;
  char inside_day[11]; /* ISO date; "" before anybody came */
  char *first_event,
      *second_event; /* ids of the first two events of the event file; "" if there are none */
  gint64 both_events, only_first, only_second; /* people who came to them */
  gint64 badges_printed, badges_waiting,
      conflicts; /* badges whose printing is done; owed and not void; conflicts open */
} Counts;

/* What stands above a figure of a row, in their order. */
Pair counts_heading (guint figure);
Counts *counts_read (Journal *journal, CountsBy by, GError **error);
/* Badges that were to be printed; those whose printing is done or given up; the former. */
typedef struct {
  gint64 asked, settled, printed;
} CountsBadges;
/* The same for who counts again and again and knows @badges: @granted (id → how many may
 * pass there, gint64 *; NULL but for COUNTS_BY_CHECKPOINT) is what an earlier reading has
 * found under the same registrations and definitions; where it is empty, it is filled.
 * With it `inside` of rows is read at headset desks alone: whoever counts again and again
 * knows who is in a room (figures_rooms.h). */
Counts *counts_read_known (Journal *journal, CountsBy by, GHashTable *granted,
                           const CountsBadges *badges, GError **error);
void counts_free (Counts *counts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counts, counts_free)
char *counts_to_json (const Counts *counts); /* free with g_free() */
char *counts_to_csv (
    const Counts *counts); /* RFC 4180, UTF-8 with BOM for Excel; free with g_free() */
