/* lease.h: which of the hubs of one log does what only one may do at a time.
 *
 * The holder's name and a number that it raises every LEASE_RENEW_MS stand in a value
 * that all hubs share. No clock is compared with another machine's: who holds it
 * believes so for LEASE_HELD_MS of its own clock after it last raised the number, and
 * who does not takes it once the number has stood still for LEASE_TAKE_MS of its own.
 * What is begun under a lease must end within the difference. A hub with a log of its
 * own always holds it.
 *
 *   if (lease_hold (lease, journal, &error)) … one thing …; while (lease_is_held (lease)) …
 *
 * Threads: a Lease belongs to one thread. Blocks on disk, and on the log. */
#pragma once

#include "journal/journal.h"

#define LEASE_RENEW_MS 1000
#define LEASE_HELD_MS 3000
#define LEASE_TAKE_MS 8500

typedef struct _Lease Lease;

/* @name: the value's, one of those that hubs share (journal/shared_sheet.c). */
Lease *lease_new (const char *name);
void lease_free (Lease *lease);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lease, lease_free)

/* TRUE if this hub holds it now, as far as @journal knows; raises its number, or
 * takes it, where that is due at @now_us (monotonic). FALSE without @error: another
 * hub does. */
gboolean lease_hold (Lease *lease, Journal *journal, gint64 now_us, GError **error);
/* Still, without looking. */
gboolean lease_is_held (const Lease *lease, gint64 now_us);
/* TRUE once after it was taken: what another hub has noted is to be read again. */
gboolean lease_is_new (Lease *lease);
