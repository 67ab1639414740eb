/* shrink.h: fewer steps by which a seed still fails. */
#pragma once

#include "world.h"

/* NULL: all held with these steps; else what did not. Free with g_free(). */
typedef char *(*ShrinkTry) (guint32 seed, const GArray *steps);

/* Takes @steps; what is left. */
GArray *shrink (guint32 seed, GArray *steps, ShrinkTry try);
/* Of @steps those whose numbers stand in @numbers, by commas. */
GArray *shrink_only (const GArray *steps, const char *numbers);
/* "3,7,12", for shrink_only(). Free with g_free(). */
char *shrink_numbers (const GArray *steps);
