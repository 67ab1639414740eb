/* press.h: from a delegate and a serial to what stands on the badge: reads the replica, signs the badge's code, writes out the person's programme.
 *
 * A PressText is all that one badge says; badge.h draws it, either side, in any form. Its content->traits, by which templates show or hide their groups: "category:ID", "role:speaker", "role:moderator",
 * "role:chair", "event:ID", "day:LABEL", "entitlement:meals|transport|headset", "ribbon:signatory|candidate", "country:FR", "script:fr|zh" (the person's own), "proof".
 *
 * Threads: a Press is as its Journal. A PressText is immutable: it may be drawn, and freed, in another thread than it was made in. Blocks on disk; press_text() does not.  */
#pragma once

#include "badge/badge.h"
#include "journal/journal.h"
#include "roster/delegate.h"
#include "roster/programme.h"

#define PRESS_ERROR press_error_quark ()
GQuark press_error_quark (void);
typedef enum {
  PRESS_ERROR_UNKNOWN, /* no such delegate or badge */
  PRESS_ERROR_KEY,     /* the badge was issued by another station, whose key is not here */
} PressError;

typedef struct _Press Press;           /* the event file's words and this station's key, read once for many badges */
typedef struct _PressText PressText;

Press *press_open (Journal *journal, GError **error);
void press_close (Press *press);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Press, press_close)
const Programme *press_programme (const Press *press);

/* Takes @delegate, also when it fails. @serial 0: a proof, marked so, whose code opens nothing; else the caller has issued that badge here, or is about to. */
PressText *press_text (Press *press, Delegate *delegate, guint serial, GError **error);
/* As the first badge of @delegate would be, to find out whether it can be drawn and read: its code is as long as a real one, signed with a key that is forgotten with the press, and opens nothing. Takes @delegate. */
PressText *press_text_trial (Press *press, Delegate *delegate, GError **error);
/* The text of a badge that was issued here, as the replica has it now; @serial 0: a proof. */
PressText *press_text_issued (Journal *journal, const char *reference, guint serial, GError **error);
void press_text_free (PressText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PressText, press_text_free)
const BadgeContent *press_text_content (const PressText *text);
const Delegate *press_text_delegate (const PressText *text);

typedef enum {
  PRESS_PDF,    /* @sides may be both */
  PRESS_PNG,    /* this and the others: one side, at @dpi */
  PRESS_RASTER,
  PRESS_BITS,
} PressFormat;

/* The badge of @reference with @serial, issued here, drawn in one step: press_text_issued() and badge.h. */
BadgeSheet *press_badge (Journal *journal, BadgeTemplate *template_, const char *reference, guint serial, BadgeSides sides, PressFormat format, guint dpi, GError **error);

/* Name under which a badge is printed: "accueil-STATION-REFERENCE-SERIAL". Free with g_free(). */
char *press_job_name (const char *station, const char *reference, guint serial);
