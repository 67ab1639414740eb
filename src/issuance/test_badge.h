/* test_badge.h: a badge of nobody, to try a printer with.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include "badge/badge_content.h"

/* A badge that shows what a printer can, whose code opens nothing; @label is printed
 * small. Valid as long as @label. */
BadgeContent test_badge_content (const char *label);
