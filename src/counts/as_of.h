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
#include "vocabulary/checkpoint_kind.h"

#define AS_OF_SILENT_MS (60 * 1000)

typedef struct {
  char *name;
  char *checkpoint, *fr, *zh; /* where it scanned last, and how that is called; "" for nowhere */
  CheckpointKind kind;        /* of that; CHECKPOINT_KIND_COUNT for nowhere */
  gint64 last_ms;             /* last contact, of which enrolling is one; Unix milliseconds */
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

/* How many stations scan at places of @kinds (bits 1 << CheckpointKind; 0: all stations,
 * wherever they scan), and how many of them have been heard; *@silent: of the others the
 * one that was heard longest ago, or NULL (may be NULL itself). */
guint as_of_count (const AsOf *as_of, guint kinds, guint *heard, const AsOfStation **silent);
/* A station by its name; NULL for one that is not enrolled. */
const AsOfStation *as_of_station (const AsOf *as_of, const char *name);
/* « à 13:44:52 · 14 postes sur 15 · est-2 muet depuis 13:41:46 », in the language of a
 * side. Free with g_free(). */
char *as_of_line_for (const AsOf *as_of, WordsSide side);
/* "2016-10-27 13:44:52" at the venue. Free with g_free(). */
char *as_of_time (const AsOf *as_of);
/* "2016-10-27" there. Free with g_free(). */
char *as_of_day (const AsOf *as_of);
/* "2016-10-27 13:44:52 · 14/15 · 3f2a9c01d4e5": time, stations heard of all, if any are
 * known, and the beginning of the head: for the foot of a sheet. Free with g_free(). */
char *as_of_stamp (const AsOf *as_of);
/* {"at":"2016-10-27T13:44:52+08:00","head":…,"stations":15,"heard":14,
 *  "silent":[{"station":"est-2","since":"…"}]}, as a member of what is written. */
void as_of_to_json (const AsOf *as_of, JsonOut *out, const char *key);
