/* ribbon.h: the ribbons of a registration, as lists and facts name them ("signatory",
 * "candidate" for the prize), and their words on the screen and on the badge.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include "core/words.h"

/* What a screen reminds the delegate of. A @name that is none is said as it is
 * written. */
Pair ribbon_wording (const char *name);
/* The badge's words: it has room for one of @names, NULL-terminated, the one that counts
 * most. Empty where none is known. */
Pair ribbon_on_badge (const char *const *names);
