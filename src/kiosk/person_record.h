/* person_record.h: what the desk's page shows of a person, read from the replica in one
 * go.
 *
 * Must not know: GTK. Ownership: all belongs to the record; texts are never NULL.
 * Threads: immutable once read; reading is as the Journal and blocks on disk.  */
#pragma once

#include "desk/desk.h"
#include "kiosk/guest.h"
#include "vocabulary/wording.h"

#define PERSON_RECORD_PASSAGES_MAX 12

typedef struct {
  char *when; /* "26 · 09:12" at the venue */
  char *place_fr, *place_zh;
  Verdict verdict;
  Pair said; /* the verdict, or the way it went */
  char *volunteer;
} PersonRecordPassage;

typedef struct {
  Guest *guest;
  Delegate *delegate;
  GPtrArray *badges;   /* DeskBadge, the last first */
  GPtrArray *passages; /* PersonRecordPassage, the last first */
  gboolean has_headset;
  DeskStanding standing; /* today */
  char *arrived;         /* "09:12" at the venue today; "" for not yet */
  char *note;            /* for the team only; "" for none */
  char *taker;           /* who took her badge; "" for herself */
  GPtrArray *places;     /* DeskPlaces of all sessions */
  GPtrArray *admissions; /* DeskPassage: what can be taken back, the last first */
} PersonRecord;

/* NULL without @error: nobody is registered as @reference. */
PersonRecord *person_record_read (Journal *journal, const Programme *programme,
                                  const char *reference, GError **error);
void person_record_free (PersonRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PersonRecord, person_record_free)
