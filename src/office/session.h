/* session.h: who is signed in: from a correct password to the end, which comes by
 * signing out, by idleness, by age, and at once when the account is removed or its
 * password changed.
 *
 * A token is 192 random bits; kept is only its BLAKE2b-256. Sessions are one value
 * that all hubs of a log share (as account.h), read again whenever it has changed:
 * who signs in at one is known at the others, who signs out is out everywhere, and a
 * hub that was killed and comes back still knows who looks at its pages. When each
 * was last used is known in memory alone, hub by hub, and counts from when the hub
 * first heard of it.
 *
 * Threads: any; a Journal that is passed in is the caller's, outside a transaction.
 * All block on disk, session_begin() and session_end() also on the log where that is
 * shared. */
#pragma once

#include "office/account.h"

#define SESSION_IDLE_MS (8 * 60 * 60 * 1000LL)
#define SESSION_AGE_MS (24 * 60 * 60 * 1000LL)
/* Of one account; the oldest ends. */
#define SESSION_PER_ACCOUNT_MAX 20

typedef struct _Sessions Sessions;

Sessions *session_list_new (void);
void session_list_free (Sessions *sessions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sessions, session_list_free)

/* A new one's token; NULL with @error if it cannot be kept. Free with g_free(). */
char *session_begin (Sessions *sessions, Journal *journal, const Account *account, gint64 now_ms,
                     GError **error);
/* The account's name and epoch of the session of @token, which was used at @now_ms; FALSE
 * if there is none. Free both with g_free(). */
gboolean session_find (Sessions *sessions, Journal *journal, const char *token, gint64 now_ms,
                       char **name, char **epoch);
gboolean session_end (Sessions *sessions, Journal *journal, const char *token, gint64 now_ms,
                      GError **error);
/* What a form must bring back, made of the account's @epoch: known to its pages alone,
 * and the same when its session has ended and another one begun, so that a form that was
 * being filled in then is not lost. Free with g_free(). */
char *session_form_token (const char *epoch);
