/* condition.h: when an optional group of a template is shown: `data-if` and
 * `data-unless`.
 *
 * Words are a badge's traits ("category:press", BadgeContent.traits). Words side by side
 * are alternatives, words joined by + must all hold: data-if="category:press
 * category:staff+day:26" is for the press, and for the staff of the 26th.
 *
 * Threads: reentrant. Nothing here blocks.  */
#pragma once

#include <glib.h>

/* TRUE if @condition holds of somebody with @traits (NULL-terminated; NULL for none). An
 * empty condition holds of nobody. */
gboolean condition_holds (const char *condition, const char *const *traits);

/* The first word of @condition that no badge can have as a trait: no kind that there is,
 * or without its value. NULL if all are good. Free with g_free(). */
char *condition_unknown_word (const char *condition);
