/* entitlement.h: what a delegate may be entitled to beside events and sessions, as the
 * event file and facts write it.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

typedef enum {
  ENTITLEMENT_NONE,
  ENTITLEMENT_MEALS,
  ENTITLEMENT_TRANSPORT,
  ENTITLEMENT_HEADSET,
  ENTITLEMENT_COUNT
} Entitlement;

/* The word of facts and of the event file; static. */
const char *entitlement_name (Entitlement entitlement);
/* FALSE for a word that is none; @entitlement is left alone then. */
gboolean entitlement_from_name (const char *name, Entitlement *entitlement);
