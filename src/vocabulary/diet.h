/* diet.h: what people eat or must not eat, as registrations name it (roster/value.h), in
 * words for the staff of a meal and the caterer.
 *
 * Threads: reentrant. Nothing here blocks or fails. */
#pragma once

#include "core/words.h"

/* “végétarien” and “素食” for "vegetarian"; any other text, an allergy that somebody wrote,
 * as it is. */
Pair diet_wording (const char *name);
/* TRUE for those that have words. */
gboolean diet_is_known (const char *name);
/* All of these, with commas between; free with g_free(). */
char *diet_names (void);
