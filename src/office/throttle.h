/* throttle.h: how often a sign-in may fail: by name and by address.
 *
 * After THROTTLE_FREE failures nobody may try again under that name, or after
 * THROTTLE_FREE_ADDRESS from that address, which many share, for THROTTLE_FIRST_MS, twice
 * as long after each further one, up to THROTTLE_MOST_MS. A success forgets those of its
 * name alone, so that who has one account cannot try others for ever; what is quiet for a
 * while is forgotten too. A name that does not exist is kept like any other, so that
 * nobody learns which exist.
 *
 * Threads: any. Nothing here blocks.  */
#pragma once

#include <glib.h>

#define THROTTLE_FREE 5
#define THROTTLE_FREE_ADDRESS 25
#define THROTTLE_FIRST_MS 2000
#define THROTTLE_MOST_MS (15 * 60 * 1000)
/* Names and addresses that are kept: beyond it, those longest quiet go. */
#define THROTTLE_KEPT 10000

typedef struct _Throttle Throttle;

Throttle *throttle_new (void);
void throttle_free (Throttle *throttle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Throttle, throttle_free)

/* For how many milliseconds no try is taken; 0: try. A try that is taken counts as failed
 * until throttle_succeeded(). */
gint64 throttle_try (Throttle *throttle, const char *name, const char *address, gint64 now_ms);
void throttle_succeeded (Throttle *throttle, const char *name, const char *address);
