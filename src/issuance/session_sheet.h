/* session_sheet.h: from a session, or a day and its half, to a list that those sign who
 * come (badge/signature_sheet.h).
 *
 * On it stands who is registered and not withdrawn: with the session as a wish or a role
 * in it; or for the day, and for the event if one is asked for. In French order by
 * family name and given name; who has no Latin name comes last, by pinyin. A guest
 * marked for protocol is not named on paper that lies about: the foot says how many
 * there are.
 *
 * Threads: as the Journal; badge_fonts_start() first. Blocks on disk. */
#pragma once

#include "journal/journal.h"

#define SESSION_SHEET_ERROR session_sheet_error_quark ()
GQuark session_sheet_error_quark (void);
typedef enum {
  SESSION_SHEET_ERROR_WORD, /* no such session, event, day or half; or none is given */
} SessionSheetError;

/* Ids or words of the event file; NULL or "" for none. */
typedef struct {
  const char *session;
  const char *event, *day;
  const char *half; /* "morning" "afternoon"; none: the whole day */
  const char *delegation;
  const char *foot; /* as of when the list is, and which head */
} SessionSheet;

/* The PDF; free with g_bytes_unref(). @people (may be NULL): how many stand on it. */
GBytes *session_sheet_draw (Journal *journal, const SessionSheet *sheet, guint *people,
                            GError **error);
