/* as_of.h: what a figure is worth: of which moment it is, at which head of the journal,
 * and which stations have been heard.
 *
 * A station is heard if it was in contact with this hub within AS_OF_SILENT_MS: it asks
 * for news all the time, also when nobody comes. Those that were revoked are not
 * counted. A replica that is no hub knows no contacts: `stations` is empty there, and
 * what it says is what it holds.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "core/words.h"
#include "journal/journal.h"

#define AS_OF_SILENT_MS (60 * 1000)

typedef struct {
  char *name;
  char *checkpoint; /* where it scanned last; "" for nowhere yet */
  gint64 last_ms;   /* last contact, Unix milliseconds; 0: never */
  gboolean silent;
} AsOfStation;

typedef struct {
  gint64 at_ms;        /* the clock of this replica */
  char *head;          /* journal_heads_digest() */
  GPtrArray *stations; /* AsOfStation, by name */
  GTimeZone *zone;     /* of the venue */
} AsOf;

AsOf *as_of_read (Journal *journal, GError **error);
void as_of_free (AsOf *as_of);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AsOf, as_of_free)

/* How many stations serve @checkpoints (ids; NULL: all stations), and how many of them
 * have been heard. */
guint as_of_count (const AsOf *as_of, const char *const *checkpoints, guint *heard);
/* « à 13:44:52 · 14 postes sur 15 · est-2 muet depuis 13:41:46 », in the organiser's
 * language or that of a side; as above of which stations. Free with g_free(). */
char *as_of_line (const AsOf *as_of, const char *const *checkpoints);
char *as_of_line_for (const AsOf *as_of, WordsSide side);
/* "2016-10-27 13:44:52" at the venue. Free with g_free(). */
char *as_of_time (const AsOf *as_of);
/* "2016-10-27" there. Free with g_free(). */
char *as_of_day (const AsOf *as_of);
/* "2016-10-27 13:44:52 · 14/15 · 3f2a9c01d4e5": time, stations heard of all, if any are
 * known, and the beginning of the head: for the foot of a sheet. Free with g_free(). */
char *as_of_stamp (const AsOf *as_of);
/* {"at":"2016-10-27T13:44:52+08:00","head":…,"stations":15,"heard":14,
 *  "silent":[{"station":"est-2","since":"…" or null}]}, as a member of what is written. */
void as_of_to_json (const AsOf *as_of, JsonOut *out, const char *key);
