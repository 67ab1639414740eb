/* awaits.h: what a headset desk waits for after the first of two codes.
 * Threads: reentrant. */
#pragma once

#include "core/words.h"

typedef enum { AWAITS_NOTHING, AWAITS_HEADSET, AWAITS_BADGE } Awaits;

/* "", "headset", "badge" */
const char *awaits_name (Awaits awaits);
/* What the person does next: “Now the headset”. */
Pair awaits_wording (Awaits awaits);
/* On her way out with a headset. */
Pair awaits_wording_keeps (void);
/* “Channel 2”. */
OwnedPair awaits_wording_channel (const char *channel);
