/* badge_data.h: from a delegate and a serial to what stands on the badge: reads the
 * replica, signs the badge's code, writes out the person's programme.
 *
 * A BadgeDataText is all that one badge says; badge_command.h draws it, either side, in
 * any form. Its content->traits, by which templates show or hide their groups:
 * "category:ID", "role:speaker", "role:moderator", "role:chair", "event:ID", "day:LABEL",
 * "entitlement:meals|transport|headset", "ribbon:signatory|candidate", "country:FR",
 * "script:fr|zh" (the person's own), "proof".
 *
 * Threads: a BadgeData is as its Journal. A BadgeDataText is immutable: it may be drawn,
 * and freed, in another thread than it was made in. Blocks on disk; badge_data_text()
 * does not.  */
#pragma once

#include "badge/badge.h"
#include "journal/journal.h"
#include "roster/delegate.h"
#include "congress/programme.h"

#define BADGE_DATA_ERROR badge_data_error_quark ()
GQuark badge_data_error_quark (void);
typedef enum {
  BADGE_DATA_ERROR_UNKNOWN, /* no such delegate or badge */
  BADGE_DATA_ERROR_KEY,     /* the badge was issued by another station, whose key is not here */
} BadgeDataError;

typedef struct _BadgeData
    BadgeData; /* the event file's words and this station's key, read once for many badges */
typedef struct _BadgeDataText BadgeDataText;

BadgeData *badge_data_open (Journal *journal, GError **error);
void badge_data_close (BadgeData *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BadgeData, badge_data_close)
const Programme *badge_data_programme (const BadgeData *source);

/* Takes @delegate, also when it fails. @serial 0: a proof, marked so, whose code opens
 * nothing; else the caller has issued that badge here, or is about to. */
BadgeDataText *badge_data_text (BadgeData *source, Delegate *delegate, guint serial,
                                GError **error);
/* As the first badge of @delegate would be, to find out whether it can be drawn and read:
 * its code is as long as a real one, signed with a key that is forgotten with the source,
 * and opens nothing. Takes @delegate. */
BadgeDataText *badge_data_text_trial (BadgeData *source, Delegate *delegate, GError **error);
/* The text of a badge that was issued here, as the replica has it now; @serial 0: a
 * proof. */
BadgeDataText *badge_data_text_issued (Journal *journal, const char *reference, guint serial,
                                       GError **error);
void badge_data_text_free (BadgeDataText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BadgeDataText, badge_data_text_free)
const BadgeContent *badge_data_text_content (const BadgeDataText *text);
const Delegate *badge_data_text_delegate (const BadgeDataText *text);

typedef enum {
  BADGE_DATA_PDF, /* @sides may be both */
  BADGE_DATA_PNG, /* this and the others: one side, at @dpi */
  BADGE_DATA_RASTER,
  BADGE_DATA_BITS,
} BadgeDataFormat;

/* The badge of @reference with @serial, issued here, drawn in one step:
 * badge_data_text_issued() and badge_command.h. */
BadgeSheet *badge_data_badge (Journal *journal, BadgeTemplate *template_, const char *reference,
                              guint serial, BadgeSides sides, BadgeDataFormat format, guint dpi,
                              GError **error);

/* Name under which a badge is printed: "accueil-STATION-REFERENCE-SERIAL". Free with
 * g_free(). */
char *badge_data_job_name (const char *station, const char *reference, guint serial);
