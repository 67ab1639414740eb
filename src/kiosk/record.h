/* record.h: what the desk's pages show of a person and of the station, read from the
 * replica in one go.
 *
 * Must not know: GTK, CUPS (printers are as the agent last wrote them), the network (the
 * hub is as the last sync left it). Ownership: all belongs to the record; texts are never
 * NULL. Threads: immutable once read; reading is as the Journal and blocks on disk.  */
#pragma once

#include "kiosk/guest.h"
#include "vocabulary/wording.h"

#define RECORD_PASSAGES_MAX 12

typedef struct {
  char *when; /* "26 · 09:12" at the venue */
  char *place_fr, *place_zh;
  Verdict verdict;
  Pair said; /* the verdict, or the way it went */
  char *volunteer;
} RecordPassage;

typedef struct {
  Guest *guest;
  Delegate *delegate;
  GPtrArray *badges;   /* DeskBadge, the last first */
  GPtrArray *passages; /* RecordPassage, the last first */
  gboolean has_headset;
} PersonRecord;

/* NULL without @error: nobody is registered as @reference. */
PersonRecord *person_record_read (Journal *journal, const Programme *programme,
                                  const char *reference, GError **error);
void person_record_free (PersonRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PersonRecord, person_record_free)

/* Whom a search found. */
typedef struct {
  GPtrArray *guests; /* Guest: found, the best first; then near */
  guint near;        /* how many at the end only come near what was typed */
  guint total;       /* how many are found in all; DELEGATE_SEARCH_COUNT_MAX: or more */
} SearchRecord;

SearchRecord *search_record_read (Journal *journal, const Programme *programme, const char *typed,
                                  guint limit, GError **error);
void search_record_free (SearchRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SearchRecord, search_record_free)

typedef struct {
  GPtrArray *printers; /* Bulletin, the preferred first */
  gint64 now_ms;       /* when it was read */
  GPtrArray *jobs;     /* DeskBadge: what is not done with */
  GPtrArray *alerts;   /* Alert: open ones, the last first */
  gboolean enrolled;
  gint64 contact_ms;  /* Unix milliseconds of the hub's last answer, 0 for never */
  gint64 offset_ms;   /* how far the hub's clock was ahead of ours then */
  gint64 waiting;     /* own facts that the hub does not have */
  char **checkpoints; /* ids */
} StationRecord;

StationRecord *station_record_read (Journal *journal, GError **error);
void station_record_free (StationRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StationRecord, station_record_free)

/* The checkpoint where headsets are lent, the first by id; "" if there is none. Free with
 * g_free(). */
char *headset_desk_read (Journal *journal, GError **error);
