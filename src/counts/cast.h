/* cast.h: speakers, moderators and chairs of the sessions: who they are, and whether they
 * are in the room, in the building, or have not arrived on a day.
 *
 * “In the building” is inside as counts.h means it: the last passage of the day at the
 * entrances was not a way out. “In the room” is the same at the doors of the session.
 * Threads: as the Journal. Blocks on disk: walks through all delegates.  */
#pragma once

#include "journal/journal.h"

/* A speaker who is not in the room is missed so long before the session begins, and while
 * it lasts. */
#define CAST_MISSED_MS (15 * 60 * 1000)
/* Whether @now_ms is such a time, for a session on @date (YYYY-MM-DD; NULL or "" where it
 * has no day) from @from to @to, hours like 14:00. */
gboolean cast_is_due (GTimeZone *zone, const char *date, const char *from, const char *to,
                      gint64 now_ms);

typedef enum { CAST_ABSENT, CAST_LEFT, CAST_BUILDING, CAST_ROOM } CastPlace;

typedef struct {
  char *reference, *session;
  char *role;  /* the word of the registration: "intervenant" */
  guint theme; /* of the session, from 1; 0 for none */
  char *family, *given, *name_zh, *organisation_fr, *organisation_zh, *category, *country;
  /* country: else the delegation's */
  gboolean protocol;
  CastPlace place;
  gint64 since_ms; /* when she came there, or left; 0 for absent */
} CastMember;

/* By session, role and country: CastMember; free with g_ptr_array_unref(). */
GPtrArray *cast_read (Journal *journal, const char *day, GError **error);
