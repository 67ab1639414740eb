/* sample.h: a badge of nobody, to try a printer with.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include "badge/content.h"

/* A badge that shows what a printer can, whose code opens nothing; @label is printed small. Valid as long as @label. */
BadgeContent sample_content (const char *label);
