/* session_change.h: a session that was moved, given another room or cancelled after
 * the programme was known: done by one command, told to whoever it concerns.
 *
 * The change is written as the definition that it makes (the session, the hours of
 * its doors), which all screens, lists and badges printed from then on follow, and as
 * a fact of its own, `session-change`, from which those who have the session, or a
 * role in it, are told at their next scan. An event file that is loaded later and
 * still has the old hours sets them again: it is to be changed too.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "congress/programme.h"
#include "core/words.h"
#include "journal/journal.h"

#define SESSION_CHANGE_ERROR session_change_error_quark ()
GQuark session_change_error_quark (void);
typedef enum {
  SESSION_CHANGE_ERROR_UNKNOWN, /* no such session, or day */
  SESSION_CHANGE_ERROR_TIME,    /* no time like 14:00, or it ends before it begins */
  SESSION_CHANGE_ERROR_NOTHING, /* it is so already */
} SessionChangeError;

/* NULL: as it is. */
typedef struct {
  const char *day, *from, *to, *room; /* day: a label */
  gboolean cancelled;
} SessionChange;

/* One transaction. */
gboolean session_change_make (Journal *journal, const Programme *programme, const char *session,
                              const SessionChange *change, GError **error);
/* What to tell her at this scan on @day (an ISO date), of all that concerns her: « A1
 * : Salle 2, mercredi 26 octobre, 15:00–17:00 »; empty texts where there is nothing,
 * or she was let in anywhere since. @concerns says whether a session is one of hers.
 * Reads next to nothing where no session was changed. */
gboolean session_change_tell (Journal *journal, const char *reference, const char *day,
                              gboolean (*concerns) (const char *session, gconstpointer data),
                              gconstpointer data, OwnedPair *told, GError **error);
