/* counts.h: how many: registered, arrived, inside, by event, day, checkpoint, category, delegation or country.
 *
 * Registered: delegates not revoked. Arrived: distinct people admitted at an entrance (for a checkpoint: at that checkpoint). Inside: of those, whose last passage there that day was not out.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

typedef enum { COUNTS_TOTAL, COUNTS_BY_EVENT, COUNTS_BY_DAY, COUNTS_BY_CHECKPOINT, COUNTS_BY_CATEGORY, COUNTS_BY_DELEGATION, COUNTS_BY_COUNTRY } CountsBy;

gboolean counts_by_from_name (const char *name, CountsBy *by); /* "total" "event" "day" "checkpoint" "category" "delegation" "country" */

typedef struct {
  char *id, *fr, *zh;
  gint64 registered, arrived, inside, passages, refused;
} CountsRow;

typedef struct {
  CountsBy by;
  GPtrArray *rows; /* CountsRow */
  /* Always filled: */
  gint64 registered, arrived;
  gint64 both_events, only_first, only_second; /* people who came to the first two events of the event file */
  gint64 badges_printed, badges_waiting, conflicts; /* conflicts open */
} Counts;

Counts *counts_read (Journal *journal, CountsBy by, GError **error);
void counts_free (Counts *counts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counts, counts_free)
char *counts_to_json (const Counts *counts); /* free with g_free() */
char *counts_to_csv (const Counts *counts);  /* RFC 4180, UTF-8 with BOM for Excel */
