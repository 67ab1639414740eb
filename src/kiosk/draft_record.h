/* draft_record.h: what a form is about to write, and the badge that it makes, before
 * anything is written.
 *
 * Must not know: GTK. Ownership: all belongs to the record. Threads: immutable once read;
 * reading is as the Journal, blocks on disk and draws a badge.  */
#pragma once

#include "badge/badge.h"
#include "desk/desk.h"
#include "kiosk/guest.h"

typedef struct {
  Guest *before;     /* as she is registered; NULL for somebody new */
  Guest *after;      /* as she would be */
  Guest *namesake;   /* somebody of the same name; NULL for nobody */
  BadgeSheet *sheet; /* NULL where it cannot be drawn */
  gboolean reprint;  /* she has a badge that says something else now */
} DraftRecord;

/* A walk-in (@reference "") or changed rights, from the form's fields (form.h). NULL
 * without @error: the form cannot be written, for the reason in @result. */
DraftRecord *draft_record_read (Journal *journal, const Programme *programme,
                                BadgeTemplate *template_, const char *reference, GHashTable *fields,
                                guint dpi, DeskResult *result, GError **error);
void draft_record_free (DraftRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraftRecord, draft_record_free)
