/* issue.h: how a badge comes to be and to an end, as facts: what a checkpoint (gate.h)
 * and a desk (desk.h) share.
 *
 * A new badge has one serial more than any badge of the person that this replica has
 * heard of: issued, made void, or shown at a checkpoint, also where the fact of its issue
 * has not arrived. All that were heard of are made void with it. So of two badges of
 * which one was known where the other was issued only the later is good, on every
 * replica, whatever clocks say; two that did not know of each other show in the view
 * `conflict`.
 *
 * Needs a transaction; what is read stays true until its commit.
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

/* A serial that leaps further over those that were heard of is none that was given: a
 * badge more or less that has not arrived is likely, thousands are not. */
#define ISSUE_LEAP_MAX 8
#define ISSUE_VOLUNTEER_MAX 60 /* characters kept of what a volunteer types about herself */
#define ISSUE_TEXT_MAX 200     /* … and as a reason */

#define ISSUE_ERROR issue_error_quark ()
GQuark issue_error_quark (void);
typedef enum {
  ISSUE_ERROR_SERIAL, /* the last serial number of a person's badges has been used */
} IssueError;

/* Why, and by whom; all may be NULL or "". @reason is a word for the facts: "lost" …;
 * NULL: "first", or "replaced" where there was a badge before. */
typedef struct {
  const char *reason, *volunteer, *text;
  gboolean elsewhere; /* somebody else prints the badge: this station's agent is not to */
  guint box;          /* where one printed ahead lies until it is fetched; 0 for none */
} IssueWhy;

/* The highest likely serial of @reference that was heard of; 0: none. */
gboolean issue_last (Journal *journal, const char *reference, guint *serial, GError **error);
/* The serial that the next badge of @reference would have. */
gboolean issue_next (Journal *journal, const char *reference, guint *serial, GError **error);
/* A digest of what a badge of @reference would say now, "" if nobody is registered so:
 * two that differ say something else. Free with g_free(). */
gboolean issue_prints (Journal *journal, const char *reference, char **prints, GError **error);
/* Issues a badge to @reference, to be printed here, and makes all others void. Its serial
 * is at least @least. */
gboolean issue_badge (Journal *journal, const char *reference, guint least, const IssueWhy *why,
                      guint *serial, GError **error);
/* Makes void all badges that were heard of and are not void yet; @count, which may be
 * NULL, how many. */
gboolean issue_void (Journal *journal, const char *reference, const IssueWhy *why, guint *count,
                     GError **error);
/* Makes this one void. */
gboolean issue_void_one (Journal *journal, const char *reference, guint serial, const char *issuer,
                         const IssueWhy *why, GError **error);

/* What a person typed, valid, on one line, at most @characters long: fit for a fact. NULL
 * is "". Free with g_free(). */
char *issue_typed (const char *text, glong characters);
